//! Marks the types whose values may hold a secret.

use crate::model::{Api, ItemKind, Scalar, Type, View};

/// Marks every type that has a secret, every type that such a one is in, and the
/// types that responses hold in place of these.
pub(super) fn mark(api: &mut Api) {
    // By type: the types that it is in.
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); api.items.len()];
    let mut open = Vec::new();
    for (index, item) in api.items.iter().enumerate() {
        let mut has_secret = false;
        let mut look = |ty: &Type| {
            ty.items(&mut |inner, _| around[inner.0].push(index));
            ty.scalars(&mut |scalar| has_secret |= scalar == Scalar::Secret);
        };
        match &item.kind {
            ItemKind::Struct(structure) => {
                structure.fields.iter().for_each(|field| look(&field.ty));
                structure.additional.iter().for_each(|(_, ty)| look(ty));
            }
            ItemKind::Union(union) => union.variants.iter().for_each(|variant| look(&variant.ty)),
            ItemKind::Alias(alias) => look(&alias.ty),
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_) => {}
        }
        // A server may send what only requests should have in them.
        if let Some(View::Request { response, .. }) = item.view {
            around[index].push(response.0);
        }
        if has_secret {
            open.push(index);
        }
    }
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut api.items[index].holds_secret, true) {
            open.extend(&around[index]);
        }
    }
}
