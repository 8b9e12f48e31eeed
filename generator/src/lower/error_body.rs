//! Checks `[error]`: the properties that it names are those of an error body.

use std::collections::BTreeSet;

use super::Lowerer;
use crate::diagnostic::nearest;
use crate::model::{Content, ItemKind, Type};

/// How many types may be inside one another where properties are looked for.
const DEEPEST: usize = 8;

impl Lowerer<'_> {
    /// Reports names under `[error]` that no error body has.
    pub(super) fn error_body(&mut self) {
        let named = [
            ("code", &self.config.error.code),
            ("request-id", &self.config.error.request_id),
        ];
        for (key, name) in named {
            // A pointer leads into what the description need not know.
            let Some(name) = name.as_ref().filter(|name| !name.starts_with('/')) else {
                continue;
            };
            let known = self.error_properties();
            if known.is_empty() || known.contains(name) {
                continue;
            }
            let help = match nearest(name, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a property of the API's error body, or write a JSON pointer".into(),
            };
            let message = format!("`[error] {key}` names `{name}`, which no error body has");
            self.config
                .error(self.report, &["error", key], message)
                .help(help);
        }
    }

    /// The properties of all error bodies.
    fn error_properties(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for response in self.api.operations.iter().flat_map(|it| &it.responses) {
            if response.is_success() {
                continue;
            }
            let types = response
                .media
                .iter()
                .filter_map(|(_, content)| Content::ty(content));
            types.for_each(|ty| self.properties(ty, &mut names, 0));
        }
        names
    }

    fn properties(&self, ty: &Type, names: &mut BTreeSet<String>, depth: usize) {
        let Type::Item(id) = ty else {
            return;
        };
        if depth > DEEPEST {
            return;
        }
        match &self.api.item(*id).kind {
            ItemKind::Struct(structure) => {
                names.extend(structure.fields.iter().map(|field| field.wire.clone()));
            }
            ItemKind::Union(union) => union
                .variants
                .iter()
                .for_each(|variant| self.properties(&variant.ty, names, depth + 1)),
            ItemKind::Alias(alias) => self.properties(&alias.ty, names, depth + 1),
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_) => {}
        }
    }
}
