//! The module of types: one file for each component with its inline children.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{ident, imports};
use super::{Files, alias, enumeration, structure, union, validation, view};
use crate::format::RustFile;
use crate::model::{Api, Item, ItemKind, Owner};

pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    let mut modules: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &api.items {
        modules.entry(&item.module).or_default().push(item);
    }
    let mut exports: Vec<(&str, Vec<String>)> = Vec::new();
    for (module, mut items) in modules {
        // The component first, then its inline children by name.
        items.sort_by_key(|item| {
            (
                matches!(item.owner, Owner::Item(..)),
                item.name.rust.clone(),
            )
        });
        let mut names: Vec<String> = items.iter().flat_map(|item| names(item)).collect();
        names.sort();
        exports.push((module, names));
        let first = items[0];
        files.rust(
            format!("src/types/{module}.rs"),
            Some(first.origin),
            first.pointer.clone(),
            move || {
                let items: Vec<TokenStream> = items
                    .iter()
                    .flat_map(|item| definition(api, item))
                    .collect();
                RustFile {
                    imports: imports(api, &items),
                    items,
                    ..RustFile::default()
                }
            },
        );
    }
    files.rust("src/types.rs", None, "#/components/schemas", move || {
        root(&exports)
    });
}

/// The module itself: its files, and the names in them.
fn root(exports: &[(&str, Vec<String>)]) -> RustFile {
    let mut root = RustFile {
        docs: vec!["The types of the API.".to_owned()],
        ..RustFile::default()
    };
    let mut uses = TokenStream::new();
    for (module, names) in exports {
        let module = ident(module);
        root.imports.push(quote!(mod #module;));
        let names = names.iter().map(|name| ident(name));
        uses.extend(quote!(pub use #module::{#(#names),*};));
    }
    root.items.push(uses);
    root
}

/// The public names that an item defines.
fn names(item: &Item) -> Vec<String> {
    let mut names = vec![item.name.rust.clone()];
    if let ItemKind::Struct(structure) = &item.kind {
        names.extend(structure.required_name.iter().map(|name| name.rust.clone()));
    }
    names
}

fn definition(api: &Api, item: &Item) -> Vec<TokenStream> {
    let mut items = match &item.kind {
        ItemKind::Struct(structure) => structure::items(api, item, structure),
        ItemKind::StringEnum(values) => enumeration::strings(item, values),
        ItemKind::IntegerEnum(values) => enumeration::integers(item, values),
        ItemKind::Union(union) => union::items(api, item, union),
        ItemKind::Alias(alias) => alias::items(api, item, alias),
    };
    items.extend(view::conversion(api, item));
    items.extend(validation::validation(api, item));
    items
}
