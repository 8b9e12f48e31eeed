//! Derives: what the configuration says of them and the plan of types in, the
//! derives of every type out.

use std::collections::BTreeSet;

use super::Lowerer;
use super::replacement::Key;
use crate::config::SerdeDerives;
use crate::diagnostic::nearest;
use crate::model::{Api, ItemId, ItemKind, Type, Union};

/// The keys of `[derives]` that are no pointers.
const GROUPS: [&str; 4] = ["all", "structs", "enums", "unions"];

impl Lowerer<'_> {
    /// Gives every type its derives.
    pub(super) fn derives(&mut self) {
        if self.config.derives.serde == SerdeDerives::Used {
            self.used_directions();
        }
        let mut unmet: BTreeSet<&String> = BTreeSet::new();
        for (key, derives) in &self.config.derives.extra {
            if !GROUPS.contains(&key.as_str()) {
                unmet.insert(key);
            }
            for (index, derive) in derives.iter().enumerate() {
                self.usable_derive(key, index, derive);
            }
        }
        for item in &mut self.api.items {
            let group = match &item.kind {
                ItemKind::Struct(_) | ItemKind::Newtype(_) => "structs",
                ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) => "enums",
                ItemKind::Union(_) => "unions",
                ItemKind::Alias(alias) if alias.newtype => "structs",
                ItemKind::Alias(_) => continue,
            };
            for key in ["all", group, item.pointer.as_str()] {
                let Some((key, derives)) = self.config.derives.extra.get_key_value(key) else {
                    continue;
                };
                unmet.remove(key);
                for derive in derives {
                    if !item.derives.contains(derive) {
                        item.derives.push(derive.clone());
                    }
                }
            }
        }
        for key in unmet {
            let message = format!("`[derives]` names `{key}`, which is no type of the client");
            let help = match nearest(key, GROUPS) {
                Some(group) if !key.starts_with('#') => format!("did you mean `{group}`?"),
                _ if key.starts_with('#') => self.pointer_help(key),
                _ => "write `all`, `structs`, `enums`, `unions`, `serde` or the pointer of a \
                      schema: `#/components/schemas/…`"
                    .to_owned(),
            };
            self.config
                .error(self.report, &["derives", key], message)
                .help(help);
        }
    }

    fn usable_derive(&mut self, key: &str, index: usize, derive: &str) {
        let index = index.to_string();
        let path = ["derives", key, &index];
        if derive.contains("::") && !derive.contains('<') {
            self.usable_type(derive, &Key::Configuration(&path));
        } else if syn::parse_str::<syn::Ident>(derive).is_err() {
            let message =
                format!("`[derives]` `{key}` has `{derive}`, which is no name of a trait");
            self.config
                .error(self.report, &path, message)
                .help("write `Eq`, or the path of a derive: `schemars::JsonSchema`");
        }
    }

    /// Leaves out the direction of serde that no operation needs of a type. A
    /// type that no operation leads to keeps both, as do the types inside it.
    fn used_directions(&mut self) {
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        for operation in &self.api.operations {
            for parameter in operation
                .path_parameters
                .iter()
                .chain(&operation.parameters)
            {
                parameter.ty.items(&mut |item, _| sent.push(item));
            }
            let choices = operation.body.iter().flat_map(|body| &body.choices);
            for ty in choices.flat_map(|choice| choice.content.types()) {
                ty.items(&mut |item, _| sent.push(item));
            }
            let media = operation
                .responses
                .iter()
                .flat_map(|response| &response.media);
            for ty in media.filter_map(|(_, content)| content.ty()) {
                ty.items(&mut |item, _| received.push(item));
            }
        }
        let in_one = |list: &[ItemId]| reached(&self.api, list.to_vec());
        let (sent_only, received_only) = (in_one(&sent), in_one(&received));
        let unused = (0..self.api.items.len())
            .filter(|index| !sent_only[*index] && !received_only[*index])
            .map(ItemId);
        let unused: Vec<ItemId> = unused.collect();
        let received = reached(&self.api, [received, unused.clone()].concat());
        // To tell which of its variants fits a value best, such a union encodes them
        // again.
        let compared = self.api.items.iter().enumerate().filter(|(index, item)| {
            let is_compared = |union: &Union| union.is_chosen_by_shape(&self.api);
            received[*index] && matches!(&item.kind, ItemKind::Union(union) if is_compared(union))
        });
        let compared = compared.map(|(index, _)| ItemId(index)).collect();
        let sent = reached(&self.api, [sent, unused, compared].concat());
        for (index, item) in self.api.items.iter_mut().enumerate() {
            // These have both from the runtime.
            let has_both = matches!(
                item.kind,
                ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_)
            );
            if sent[index] != received[index] && !has_both {
                item.serialize = sent[index];
                item.deserialize = received[index];
            }
        }
    }
}

/// By type: whether a value of it stands inside those of `open`.
fn reached(api: &Api, mut open: Vec<ItemId>) -> Vec<bool> {
    let mut reached = vec![false; api.items.len()];
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut reached[id.0], true) {
            continue;
        }
        let mut add = |ty: &Type| ty.items(&mut |item, _| open.push(item));
        match &api.item(id).kind {
            ItemKind::Struct(structure) => {
                structure.fields.iter().for_each(|field| add(&field.ty));
                structure.additional.iter().for_each(|(_, ty)| add(ty));
            }
            ItemKind::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty)),
            ItemKind::Alias(alias) => add(&alias.ty),
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_) => {}
        }
    }
    reached
}
