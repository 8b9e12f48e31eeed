//! Views of types: the plan of both sides in, whether the one of requests can be
//! made from the one of responses out.

use super::Lowerer;
use crate::graph::{self, SchemaId};
use crate::model::{Api, ItemId, ItemKind, Type, View};

impl Lowerer<'_> {
    /// The side that a schema's type is of. Until [`derive`] comes by, no type
    /// of requests is derivable.
    pub(super) fn view(&self, id: SchemaId) -> Option<View> {
        match self.graph.schema(id).view? {
            graph::View::Response => Some(View::Response),
            graph::View::Request(response) => Some(View::Request {
                response: *self.items.get(&response)?,
                derivable: false,
            }),
        }
    }
}

/// Finds the types of requests that can be made from those of responses: all,
/// but for those that must hold something which responses do not, and for those
/// that hold such types.
pub(super) fn derive(api: &mut Api) {
    let responses: Vec<Option<ItemId>> = api
        .items
        .iter()
        .map(|item| match item.view {
            Some(View::Request { response, .. }) => Some(response),
            _ => None,
        })
        .collect();
    let mut derivable: Vec<bool> = responses.iter().map(Option::is_some).collect();
    loop {
        let next: Vec<bool> = responses
            .iter()
            .enumerate()
            .map(|(index, response)| {
                response.is_some_and(|response| {
                    derivable[index] && is_derivable(api, &derivable, response, ItemId(index))
                })
            })
            .collect();
        if next == derivable {
            break;
        }
        derivable = next;
    }
    for (item, found) in api.items.iter_mut().zip(derivable) {
        if let Some(View::Request { derivable, .. }) = &mut item.view {
            *derivable = found;
        }
    }
}

fn is_derivable(api: &Api, derivable: &[bool], response: ItemId, request: ItemId) -> bool {
    match (&api.item(response).kind, &api.item(request).kind) {
        (ItemKind::Struct(from), ItemKind::Struct(to)) => {
            let fields = to.fields.iter().all(|field| {
                match from.fields.iter().find(|other| other.wire == field.wire) {
                    None => !field.presence.is_required(),
                    Some(other) => {
                        other.presence == field.presence
                            && converts(api, derivable, &other.ty, &field.ty)
                    }
                }
            });
            let additional = match (&from.additional, &to.additional) {
                (Some((_, from)), Some((_, to))) => converts(api, derivable, from, to),
                (None, None) => true,
                _ => false,
            };
            fields && additional
        }
        (ItemKind::Union(from), ItemKind::Union(to)) => {
            from.variants.len() == to.variants.len()
                && from.variants.iter().zip(&to.variants).all(|(from, to)| {
                    from.tag == to.tag
                        && from.default == to.default
                        && converts(api, derivable, &from.ty, &to.ty)
                })
        }
        (ItemKind::Alias(from), ItemKind::Alias(to)) => {
            from.newtype == to.newtype && converts(api, derivable, &from.ty, &to.ty)
        }
        _ => false,
    }
}

fn converts(api: &Api, derivable: &[bool], from: &Type, to: &Type) -> bool {
    match (from, to) {
        _ if from == to => true,
        (Type::Item(from), Type::Item(to)) => match api.item(*to).view {
            Some(View::Request { response, .. }) => response == *from && derivable[to.0],
            _ => false,
        },
        (Type::Array(from), Type::Array(to))
        | (Type::Map(from), Type::Map(to))
        | (Type::Nullable(from), Type::Nullable(to)) => converts(api, derivable, from, to),
        _ => false,
    }
}
