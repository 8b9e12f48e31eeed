//! Which keywords a schema has that need work, found in one look at its keys;
//! and those that come to nothing.

use crate::dialect::check::Check;
use crate::source::{Entries, Value};

/// A set of kinds of keywords.
#[derive(Clone, Copy)]
pub(super) struct Keywords(u16);

impl Keywords {
    pub(super) const UNION: Self = Self(1);
    pub(super) const CONST: Self = Self(1 << 1);
    pub(super) const EXAMPLES: Self = Self(1 << 2);
    pub(super) const LIST: Self = Self(1 << 3);
    pub(super) const OBJECT: Self = Self(1 << 4);
    pub(super) const CONTENT: Self = Self(1 << 5);
    pub(super) const IGNORED: Self = Self(1 << 6);
    pub(super) const TYPE: Self = Self(1 << 7);
    pub(super) const NULLABLE: Self = Self(1 << 8);
    pub(super) const CONDITIONAL: Self = Self(1 << 9);

    /// The kinds of keywords among these keys.
    pub(super) fn of(entries: &Entries) -> Self {
        let mut found = 0;
        for (key, node) in entries {
            found |= match key {
                "type" => Self::TYPE.0,
                "anyOf" | "oneOf" | "allOf" => Self::UNION.0,
                "const" => Self::CONST.0,
                "examples" => Self::EXAMPLES.0,
                "prefixItems" | "unevaluatedItems" => Self::LIST.0,
                "items" if node.as_object().is_none() => Self::LIST.0,
                "patternProperties" | "unevaluatedProperties" => Self::OBJECT.0,
                "contentEncoding" | "contentMediaType" => Self::CONTENT.0,
                "if" | "then" | "else" | "dependentSchemas" | "dependentRequired" => {
                    Self::CONDITIONAL.0
                }
                "nullable" | "x-nullable" => Self::NULLABLE.0,
                _ if IGNORED.contains(&key) || SILENT.contains(&key) => Self::IGNORED.0,
                _ => 0,
            };
        }
        Self(found)
    }

    /// Whether one of `kind` is among them.
    pub(super) fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }
}

/// Keywords that narrow values in ways that types do not show.
const IGNORED: &[&str] = &[
    "contains",
    "contentSchema",
    "dependencies",
    "maxContains",
    "minContains",
    "propertyNames",
];

/// Keywords that say nothing about values.
const SILENT: &[&str] = &[
    "$dynamicAnchor",
    "$anchor",
    "$comment",
    "$id",
    "$schema",
    "$vocabulary",
    "$recursiveAnchor",
];

/// Takes out the keywords that have no effect.
pub(super) fn without_effect(check: &mut Check<'_>, entries: &mut Entries) {
    entries.retain(|key, node| {
        if SILENT.contains(&key) {
            return false;
        }
        if !IGNORED.contains(&key) {
            return true;
        }
        // `propertyNames: {}` says nothing at all.
        let says_nothing = match &node.value {
            Value::Bool(says) => *says,
            Value::Object(object) => object.is_empty(),
            _ => false,
        };
        if !says_nothing {
            check.no_effect(node.origin, key);
        }
        false
    });
}
