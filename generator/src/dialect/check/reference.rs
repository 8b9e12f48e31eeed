//! References in the place of objects.

use super::Verdict::{Keep, Remove};
use super::{Check, Name, Verdict};
use crate::diagnostic::{Code, is_one_edit};
use crate::dialect::structure::{Kind, Object};
use crate::dialect::version::Version;
use crate::dialect::{shared, v2};
use crate::source::{Entries, Node, Value};

impl Check<'_> {
    /// A reference in the place of an object: it has no other keys.
    pub(super) fn reference(&mut self, node: &mut Node, object: &Object) -> Option<Verdict> {
        let Value::Object(entries) = &mut node.value else {
            return None;
        };
        let reference = entries.get("$ref")?;
        if !object.reference {
            self.report.error(
                Code::UnknownKey,
                reference.origin,
                format!("a reference cannot stand for {}", object.name),
            );
            return Some(Remove);
        }
        if reference.as_str().is_none() {
            let reference = reference.clone();
            return Some(self.wrong(&reference, Name::Key("$ref"), "a string"));
        }
        if self.version == Version::V2
            && let Some(Node {
                value: Value::String(text),
                ..
            }) = entries.get_mut("$ref")
            && let Some(moved) = v2::reference(text)
        {
            *text = moved;
        }
        if self.dangling(entries, object.kind) {
            if object.kind != Kind::Schema {
                return Some(Remove);
            }
            shared::any(node);
            return Some(Keep);
        }
        entries.retain(|key, sibling| {
            if key == "$ref" {
                return true;
            }
            let operations = object.kind == Kind::PathItem && sibling.as_object().is_some();
            if operations && !key.starts_with("x-") {
                self.report
                    .error(
                        Code::Unsupported,
                        sibling.origin,
                        format!("`{key}` beside `$ref` is not supported"),
                    )
                    .help("write the operation in the path item that `$ref` names");
                return false;
            }
            let diagnostic = self.report.warn(
                Code::NoEffect,
                sibling.origin,
                format!("`{key}` has no effect beside `$ref`"),
            );
            if object.kind == Kind::Schema && !key.starts_with("x-") {
                diagnostic.help("wrap the reference: `allOf: [{ $ref: … }]`");
            }
            false
        });
        Some(Keep)
    }

    /// Whether a reference names nothing, and there is a way to do without what
    /// it meant. That is reported.
    fn dangling(&mut self, entries: &Entries, kind: Kind) -> bool {
        let Some(reference) = entries.get("$ref") else {
            return false;
        };
        let text = reference.as_str().unwrap_or_default();
        let (missing, instead) = match kind {
            Kind::Schema => (self.shared.missing_schema(text), "any value is taken"),
            Kind::Header | Kind::Example | Kind::Link | Kind::Callback => {
                (self.shared.missing_other(text), "it is left out")
            }
            _ => return false,
        };
        let Some(missing) = missing else {
            return false;
        };
        // As the author wrote it.
        const MOVED: &str = "#/components/schemas/";
        let written = match self.version {
            Version::V2 => "#/definitions/",
            _ => MOVED,
        };
        let text = text.replacen(MOVED, written, 1);
        let meant = match kind {
            Kind::Schema => self.meant(missing),
            _ => None,
        };
        let message = format!("the reference `{text}` names nothing");
        let (code, origin) = (Code::UnresolvedReference, reference.origin);
        let meant = meant.map(|name| {
            let name = name.replace('~', "~0").replace('/', "~1");
            format!("{written}{name}")
        });
        match meant {
            // A typo would let the client send and read any value.
            Some(meant) if is_one_edit(&text, &meant) => self
                .report
                .error(code, origin, message)
                .help(format!("did you mean `{meant}`?")),
            Some(meant) => self
                .report
                .warn(code, origin, message)
                .help(format!("did you mean `{meant}`? Any value is taken")),
            None => self.report.warn(code, origin, message).help(instead),
        }
        true
    }

    /// The schema that was probably meant by a name that there is not. Where
    /// one has been renamed, hundreds of references have its old name.
    fn meant(&mut self, missing: String) -> Option<String> {
        if let Some(meant) = self.meant.get(&missing) {
            return meant.clone();
        }
        let meant = self.guesses.nearest(&missing, self.shared.schemas());
        let meant = meant.map(str::to_owned);
        self.meant.insert(missing, meant.clone());
        meant
    }
}
