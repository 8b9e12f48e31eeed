//! The module of types: one file for each component with its inline children.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{ident, imports};
use super::{Files, alias, enumeration, structure, union, validation, view};
use crate::format::RustFile;
use crate::model::{Api, Item, ItemKind, Owner};

pub(super) fn emit(api: &Api, files: &mut Files<'_>) -> Result<(), String> {
    let mut modules: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &api.items {
        modules.entry(&item.module).or_default().push(item);
    }
    let mut root = RustFile {
        docs: vec!["The types of the API.".to_owned()],
        ..RustFile::default()
    };
    let mut exports = Vec::new();
    for (module, mut items) in modules {
        // The component first, then its inline children by name.
        items.sort_by_key(|item| {
            (
                matches!(item.owner, Owner::Item(..)),
                item.name.rust.clone(),
            )
        });
        let module_name = ident(module);
        root.imports.push(quote!(mod #module_name;));
        let mut names: Vec<String> = items.iter().flat_map(|item| names(item)).collect();
        names.sort();
        let names = names.iter().map(|name| ident(name));
        exports.push(quote!(pub use #module_name::{#(#names),*};));
        let tokens: Vec<TokenStream> = items
            .iter()
            .flat_map(|item| definition(api, item))
            .collect();
        let imports = imports(api, &tokens);
        let first = items[0];
        let file = RustFile {
            imports,
            items: tokens,
            ..RustFile::default()
        };
        files.rust(
            &format!("src/types/{module}.rs"),
            Some(first.origin),
            &first.pointer,
            &file,
        )?;
    }
    root.items
        .extend(exports.into_iter().reduce(|all, next| quote!(#all #next)));
    files.rust("src/types.rs", None, "#/components/schemas", &root)
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
