//! The module of types: one file for each component with its inline children.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::shape::Shaped;
use super::ty::{ident_text, imports};
use super::{Files, alias, enumeration, gate, newtype, structure, union, validation, view};
use crate::format::import::{self, Import};
use crate::format::{Item as Piece, RustFile};
use crate::model::{Api, Item, ItemId, ItemKind, Owner};

pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    let mut modules: BTreeMap<&str, Vec<(ItemId, &Item)>> = BTreeMap::new();
    for (index, item) in api.items.iter().enumerate() {
        modules
            .entry(&item.module)
            .or_default()
            .push((ItemId(index), item));
    }
    let shaped = Arc::new(Shaped::of(api));
    let mut exports: Vec<(&str, Vec<String>)> = Vec::new();
    for (module, mut items) in modules {
        // The component first, then its inline children by name.
        items.sort_by_key(|(_, item)| {
            (
                matches!(item.owner, Owner::Item(..)),
                item.name.rust.clone(),
            )
        });
        let mut names: Vec<String> = items.iter().flat_map(|(_, item)| names(item)).collect();
        names.sort();
        exports.push((module, names));
        let (_, first) = items[0];
        let shaped = Arc::clone(&shaped);
        files.rust(
            format!("src/types/{module}.rs"),
            Some(first.origin),
            first.pointer.clone(),
            move || {
                let items: Vec<Piece> = items
                    .iter()
                    .flat_map(|(id, item)| definition(api, *id, item, &shaped))
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
        root(api, &exports)
    });
}

/// The module itself: its files, and the names in them.
fn root(api: &Api, exports: &[(&str, Vec<String>)]) -> RustFile {
    let mut root = RustFile {
        docs: vec!["The types of the API.".to_owned()],
        ..RustFile::default()
    };
    let mut uses = String::new();
    for (module, names) in exports {
        let gate = gate::of_types(api, module);
        let module = ident_text(module);
        let item = format!("mod {module};");
        root.imports.push(Import::item(gate.as_ref(), &item));
        if let Some(gate) = gate {
            uses.push_str(&gate.line());
            uses.push('\n');
        }
        let names: Vec<_> = names.iter().map(|name| ident_text(name)).collect();
        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
        uses.push_str(&import::names(&format!("pub use {module}"), &names));
    }
    root.items.push(Piece::Text(uses));
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

fn definition(api: &Api, id: ItemId, item: &Item, shaped: &Shaped) -> Vec<Piece> {
    let mut items = match &item.kind {
        ItemKind::Struct(structure) => structure::items(api, item, structure),
        ItemKind::StringEnum(values) => enumeration::strings(item, values),
        ItemKind::IntegerEnum(values) => enumeration::integers(item, values),
        ItemKind::Union(union) => union::items(api, item, union),
        ItemKind::Newtype(newtype) => newtype::items(item, *newtype),
        ItemKind::Alias(alias) => vec![alias::item(api, item, alias).into()],
    };
    if let ItemKind::Struct(structure) = &item.kind {
        items.extend(shaped.of_struct(api, id, structure));
    }
    items.extend(view::conversion(api, item).map(Piece::Tokens));
    items.extend(validation::validation(api, item).map(Piece::Tokens));
    items
}
