//! Features: the named plan in, the same plan with a cargo feature for each
//! top-level namespace out, where the configuration asks for that.
//!
//! A type is compiled where a feature is on whose operations lead to it. What
//! operations without a tag need is always there. Types that no operation leads
//! to, those of webhooks say, have a feature of their own: nothing that a
//! program calls needs them, and large documents have many.

use std::collections::{BTreeMap, BTreeSet};

use driftless_runtime::sources::FEATURES;

use crate::config::Config;
use crate::diagnostic::Report;
use crate::model::{
    Api, BodyContent, Content, Feature, Item, ItemKind, NamespaceId, Operation, Outcome, Type, View,
};

#[cfg(test)]
mod tests;

/// The feature of types that no operation leads to.
const OTHER_TYPES: &str = "other-types";

/// Names that features of any client have, or may come to have.
const RESERVED: [&str; 13] = [
    "default",
    "reqwest",
    "rustls",
    "native-tls",
    "http2",
    "blocking",
    "mock",
    "tracing",
    "tower",
    "tokio",
    "platform-roots",
    "webpki-roots",
    OTHER_TYPES,
];

/// Divides the crate into features.
#[must_use]
pub fn features(mut api: Api, config: &Config, report: &mut Report) -> Api {
    if !api.per_tag {
        return api;
    }
    let names = names(&api);
    if names.is_empty() {
        let message = "`features = \"per-tag\"` has no effect: no operation has a tag";
        config
            .error(report, &["features"], message)
            .help("remove the line, or give the operations tags");
        return api;
    }
    let mut features = Vec::new();
    for (id, name) in &names {
        let accessor = &api.namespaces[id.0].accessor.rust;
        features.push(Feature {
            name: name.clone(),
            about: format!("The operations below `client.{accessor}()`, with their types."),
        });
    }
    features.sort_by(|one, other| one.name.cmp(&other.name));
    let of: Vec<Option<String>> = (0..api.namespaces.len())
        .map(|index| names.get(&root(&api, NamespaceId(index))).cloned())
        .collect();
    for (namespace, feature) in api.namespaces.iter_mut().zip(of) {
        namespace.feature = feature;
    }
    if divide_types(&mut api) {
        features.push(Feature {
            name: OTHER_TYPES.to_owned(),
            about: "The types that no operation leads to.".to_owned(),
        });
    }
    api.features = features;
    api
}

/// The namespace on the client that leads to a namespace.
fn root(api: &Api, mut id: NamespaceId) -> NamespaceId {
    while let Some(parent) = api.namespaces[id.0].parent {
        id = parent;
    }
    id
}

/// The names of the features of the namespaces on the client. Their modules are
/// told apart already.
fn names(api: &Api) -> BTreeMap<NamespaceId, String> {
    let mut roots: Vec<(String, NamespaceId)> = Vec::new();
    for (index, namespace) in api.namespaces.iter().enumerate() {
        let module = namespace.module.first().map(String::as_str);
        if let (None, Some(module)) = (namespace.parent, module) {
            let name = module.trim_end_matches('_').replace('_', "-");
            roots.push((name, NamespaceId(index)));
        }
    }
    let is_reserved = |name: &str| {
        RESERVED.contains(&name) || FEATURES.iter().any(|feature| feature.name == name)
    };
    let wanted: BTreeSet<String> = roots.iter().map(|(name, _)| name.clone()).collect();
    let mut taken = BTreeSet::new();
    roots.sort();
    roots
        .into_iter()
        .map(|(wish, id)| {
            let mut name = wish.clone();
            let mut number = 1;
            while is_reserved(&name)
                || taken.contains(&name)
                || (name != wish && wanted.contains(&name))
            {
                name = match number {
                    1 => format!("{wish}-api"),
                    number => format!("{wish}-api-{number}"),
                };
                number += 1;
            }
            taken.insert(name.clone());
            (id, name)
        })
        .collect()
}

/// Finds the features that each module of types depends on; whether some types
/// are led to by no operation.
///
/// A module is compiled whole, so what anything in it needs has to be there
/// with it.
fn divide_types(api: &mut Api) -> bool {
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for item in &api.items {
        let needed = needs.entry(&item.module).or_default();
        held(api, item, &mut |module| {
            needed.insert(module);
        });
    }
    let mut always: BTreeSet<&str> = BTreeSet::new();
    let mut starts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for operation in &api.operations {
        let feature = operation
            .namespace
            .and_then(|id| api.namespaces[id.0].feature.as_deref());
        let start = match feature {
            Some(feature) => starts.entry(feature).or_default(),
            None => &mut always,
        };
        for ty in used(operation) {
            ty.items(&mut |id, _| {
                start.insert(&api.item(id).module);
            });
        }
    }
    // The name for the error of most operations is always there.
    if let Some(ty) = api.common_failure().and_then(Content::ty) {
        ty.items(&mut |id, _| {
            always.insert(&api.item(id).module);
        });
    }
    let always = closed(&needs, always);
    let mut features: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |feature: &str, modules: BTreeSet<&str>| {
        for module in modules.difference(&always) {
            let of = features.entry((*module).to_owned()).or_default();
            of.insert(feature.to_owned());
        }
    };
    let mut met = always.clone();
    for (feature, start) in starts {
        let modules = closed(&needs, start);
        met.extend(&modules);
        add(feature, modules);
    }
    let others: BTreeSet<&str> = needs
        .keys()
        .copied()
        .filter(|module| !met.contains(module))
        .collect();
    let some = !others.is_empty();
    add(OTHER_TYPES, closed(&needs, others));
    api.type_features = features;
    some
}

/// The modules, with all that they need.
fn closed<'a>(
    needs: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    start: BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = start.iter().copied().collect();
    let mut closed = start;
    while let Some(module) = open.pop() {
        for needed in needs.get(module).into_iter().flatten() {
            if closed.insert(needed) {
                open.push(needed);
            }
        }
    }
    closed
}

/// The modules of the types that a type is made of, or made from.
fn held<'a>(api: &'a Api, item: &Item, visit: &mut dyn FnMut(&'a str)) {
    let mut add = |ty: &Type| ty.items(&mut |id, _| visit(&api.item(id).module));
    match &item.kind {
        ItemKind::Struct(structure) => {
            structure.fields.iter().for_each(|field| add(&field.ty));
            structure.additional.iter().for_each(|(_, ty)| add(ty));
        }
        ItemKind::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty)),
        ItemKind::Alias(alias) => add(&alias.ty),
        ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_) => {}
    }
    if let Some(View::Request { response, .. }) = item.view {
        add(&Type::Item(response));
    }
}

/// The types that the code of an operation names.
fn used(operation: &Operation) -> Vec<&Type> {
    let parameters = operation
        .path_parameters
        .iter()
        .chain(&operation.parameters);
    let mut types: Vec<&Type> = parameters.map(|parameter| &parameter.ty).collect();
    let choices = operation.body.iter().flat_map(|body| &body.choices);
    types.extend(
        choices
            .map(|choice| &choice.content)
            .flat_map(BodyContent::types),
    );
    for outcome in [&operation.output, &operation.failure] {
        match outcome {
            Outcome::Nothing => {}
            Outcome::One(content) => types.extend(content.ty()),
            Outcome::ByStatus(outcome) => types.extend(
                outcome
                    .variants
                    .iter()
                    .filter_map(|variant| variant.content.as_ref()?.ty()),
            ),
        }
    }
    let headers = [&operation.output_headers, &operation.failure_headers];
    let headers = headers.into_iter().flatten();
    types.extend(
        headers
            .flat_map(|headers| &headers.fields)
            .map(|field| &field.ty),
    );
    types.extend(operation.examples.iter().map(|example| &example.ty));
    types
}
