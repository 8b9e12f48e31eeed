//! Gates: the features that a part of the crate depends on in, `#[cfg(…)]` out.

use std::collections::BTreeSet;

use super::ty::ident_text;
use crate::format::import::Import;
use crate::format::piece::Attribute;
use crate::format::statement::literal;
use crate::model::{Api, Namespace, Operation};

/// The gate of a module of types.
pub(super) fn of_types(api: &Api, module: &str) -> Option<Attribute> {
    let features: Vec<&String> = api.type_features.get(module)?.iter().collect();
    Some(match features.as_slice() {
        [only] => cfg(only),
        several => {
            let several: Vec<String> = several.iter().map(|name| is_on(name)).collect();
            Attribute::of("cfg", [format!("any({})", several.join(", "))])
        }
    })
}

/// The modules inside a module of operations, or of what else there is for
/// each of them.
pub(super) fn modules(
    api: &Api,
    path: &[String],
    children: &BTreeSet<String>,
) -> impl Iterator<Item = Import> {
    children.iter().map(move |child| {
        // What is deeper is inside of a gate.
        let mut namespaces = api.namespaces.iter().filter(|_| path.is_empty());
        let namespace = namespaces.find(|namespace| namespace.module.first() == Some(child));
        let feature = namespace.and_then(|namespace| namespace.feature.as_deref());
        let item = format!("pub mod {};", ident_text(child));
        Import::item(feature.map(cfg).as_ref(), &item)
    })
}

/// The gate of the accessor of a namespace.
pub(super) fn of_accessor(namespace: &Namespace) -> Option<Attribute> {
    let feature = namespace.feature.as_ref();
    feature
        .filter(|_| namespace.parent.is_none())
        .map(|name| cfg(name))
}

/// The gate of a test of an operation.
pub(super) fn of_operation(api: &Api, operation: &Operation) -> Option<Attribute> {
    feature_of(api, operation).map(cfg)
}

/// The feature that an operation depends on.
pub(super) fn feature_of<'a>(api: &'a Api, operation: &Operation) -> Option<&'a str> {
    api.namespaces[operation.namespace?.0].feature.as_deref()
}

fn cfg(feature: &str) -> Attribute {
    Attribute::of("cfg", [is_on(feature)])
}

fn is_on(feature: &str) -> String {
    format!("feature = {}", literal(feature))
}
