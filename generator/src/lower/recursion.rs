//! Recursion: types that hold themselves in place get a pointer, names that
//! stand for themselves get a type.

use crate::graph::circle;
use crate::model::{Api, ItemKind, Type};

/// Breaks every cycle of the plan's types.
pub(super) fn break_cycles(api: &mut Api) {
    newtypes(api);
    boxes(api);
}

/// An alias that leads back to itself through other aliases, behind lists and
/// maps or not, is not a type in Rust: it becomes a struct around what it
/// names.
fn newtypes(api: &mut Api) {
    let aliases: Vec<Vec<usize>> = api
        .items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Alias(alias) => held(&alias.ty, true),
            _ => Vec::new(),
        })
        .collect();
    let circles = circle::components(&aliases);
    for index in 0..api.items.len() {
        let on_circle = |other: &usize| circles[*other] == circles[index];
        let circular = aliases[index].iter().any(on_circle);
        if let ItemKind::Alias(alias) = &mut api.items[index].kind {
            alias.newtype = circular;
        }
    }
}

/// A struct or union that holds itself in place, directly or by way of others,
/// gets a pointer on the way.
fn boxes(api: &mut Api) {
    let edges: Vec<Vec<usize>> = api
        .items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Struct(structure) => structure
                .fields
                .iter()
                .flat_map(|field| held(&field.ty, false))
                .collect(),
            ItemKind::Union(union) => union
                .variants
                .iter()
                .flat_map(|variant| held(&variant.ty, false))
                .collect(),
            ItemKind::Alias(alias) => held(&alias.ty, false),
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) => Vec::new(),
        })
        .collect();
    let circles = circle::components(&edges);
    for (index, item) in api.items.iter_mut().enumerate() {
        // What the item holds leads back to it if it is on a circle with it.
        let on_circle = |other: usize| circles[other] == circles[index];
        let circular = |ty: &Type| held(ty, false).into_iter().any(on_circle);
        match &mut item.kind {
            ItemKind::Struct(structure) => {
                for field in &mut structure.fields {
                    field.boxed = circular(&field.ty);
                }
            }
            ItemKind::Union(union) => {
                for variant in &mut union.variants {
                    variant.boxed = circular(&variant.ty);
                }
            }
            _ => {}
        }
    }
}

/// The types that a value of `ty` holds: all, or only those in place.
fn held(ty: &Type, all: bool) -> Vec<usize> {
    let mut items = Vec::new();
    ty.items(&mut |item, in_place| {
        if all || in_place {
            items.push(item.0);
        }
    });
    items
}
