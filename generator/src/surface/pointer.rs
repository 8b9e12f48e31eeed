//! Where the schemas of types stand: the plan and the documents in, a pointer
//! for each type out, as its author would write it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, ItemId, ItemKind, Owner, Type};
use crate::source::{Document, Source};

/// The pointers of all types, in their order.
///
/// A component is under its own key, also where what it says stands elsewhere.
/// No other type has the pointer of a component: what merging made of one and
/// something else is where the property is that holds it, or else where in the
/// component the merging is asked for.
pub(super) fn pointers(api: &Api, source: &Source) -> Vec<String> {
    let components = components(source.entry());
    let mut pointers: Vec<String> = api
        .items
        .iter()
        .map(|item| match item.owner {
            Owner::Component => components.get(&item.name.words).cloned(),
            _ => None,
        })
        .zip(&api.items)
        .map(|(known, item)| known.unwrap_or_else(|| item.pointer.clone()))
        .collect();
    let taken: BTreeSet<String> = api
        .items
        .iter()
        .zip(&pointers)
        .filter(|(item, _)| item.owner == Owner::Component)
        .map(|(_, pointer)| pointer.clone())
        .collect();
    let beside: BTreeSet<ItemId> = api
        .items
        .iter()
        .zip(&pointers)
        .enumerate()
        .filter(|(_, (item, pointer))| item.owner != Owner::Component && taken.contains(*pointer))
        .map(|(index, _)| ItemId(index))
        .collect();
    let properties = properties(api, source, &beside);
    for id in beside {
        let property = properties.get(&id).cloned();
        if let Some(other) = property.or_else(|| inside(source, &pointers[id.0])) {
            pointers[id.0] = other;
        }
    }
    pointers
}

/// The pointers of the schemas that the document names, by name.
fn components(entry: &Document) -> BTreeMap<String, String> {
    let places = &entry.places;
    let below = |parent: Option<u32>, key: &str| {
        let parent = parent?;
        places
            .keys(parent)
            .find(|(_, name)| *name == key)
            .map(|(place, _)| place)
    };
    let root = Some(entry.root.origin.place);
    let schemas = below(below(root, "components"), "schemas").or(below(root, "definitions"));
    schemas
        .into_iter()
        .flat_map(|schemas| places.keys(schemas))
        .map(|(place, name)| (name.to_owned(), format!("#{}", places.pointer(place))))
        .collect()
}

/// What in a component makes it more than one type.
fn inside(source: &Source, component: &str) -> Option<String> {
    let all = ["allOf", "discriminator", "oneOf", "anyOf"];
    let mut all = all.iter().map(|key| format!("{component}/{key}"));
    all.find(|pointer| {
        let pointer = pointer.trim_start_matches('#');
        source.entry().root.pointer(pointer).is_some()
    })
}

/// For those of the types that a property holds, the pointer of the first such.
fn properties(api: &Api, source: &Source, wanted: &BTreeSet<ItemId>) -> BTreeMap<ItemId, String> {
    let mut found = BTreeMap::new();
    for item in &api.items {
        let ItemKind::Struct(structure) = &item.kind else {
            continue;
        };
        for field in &structure.fields {
            let mut steps = String::new();
            if let Some(id) = held(&field.ty, &mut steps)
                && wanted.contains(&id)
            {
                let pointer = || format!("{}{steps}", source.reference(field.origin));
                found.entry(id).or_insert_with(pointer);
            }
        }
    }
    found
}

/// The type of the crate in a type, and the steps to its schema.
fn held(ty: &Type, steps: &mut String) -> Option<ItemId> {
    match ty {
        Type::Scalar(_) | Type::Foreign(_) => None,
        Type::Item(id) => Some(*id),
        Type::Nullable(inner) => held(inner, steps),
        Type::Array(inner) => {
            steps.push_str("/items");
            held(inner, steps)
        }
        Type::Map(inner) => {
            steps.push_str("/additionalProperties");
            held(inner, steps)
        }
    }
}
