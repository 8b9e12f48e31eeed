//! Recursion and size: types that hold themselves in place get a pointer, as do
//! the structs in variants; names that stand for themselves get a type.

use crate::graph::circle;
use crate::model::{Api, ItemId, ItemKind, Type};

/// Breaks every cycle of the plan's types.
pub(super) fn break_cycles(api: &mut Api) {
    newtypes(api);
    variants(api);
    boxes(api);
}

/// Every struct in a variant gets a pointer, large or not: objects that can be
/// expanded hold each other by way of unions, which in place makes values of
/// many kilobytes; and were it a matter of size, one property more would change
/// the types of others.
fn variants(api: &mut Api) {
    let structs: Vec<bool> = (0..api.items.len())
        .map(|index| is_struct(api, &Type::Item(ItemId(index))))
        .collect();
    for item in &mut api.items {
        if let ItemKind::Union(union) = &mut item.kind {
            for variant in &mut union.variants {
                let held = held(&variant.ty, false);
                variant.boxed = held.into_iter().any(|index| structs[index]);
            }
        }
    }
}

/// Whether values of the type are structs, by another name perhaps.
fn is_struct(api: &Api, ty: &Type) -> bool {
    // Aliases that lead back to themselves are structs by now.
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Struct(_) => true,
            ItemKind::Alias(alias) => alias.newtype || is_struct(api, &alias.ty),
            _ => false,
        },
        Type::Nullable(inner) => is_struct(api, inner),
        _ => false,
    }
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
                .filter(|variant| !variant.boxed)
                .flat_map(|variant| held(&variant.ty, false))
                .collect(),
            ItemKind::Alias(alias) => held(&alias.ty, false),
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_) => Vec::new(),
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
                    variant.boxed |= circular(&variant.ty);
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
