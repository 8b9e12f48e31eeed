//! The types of the client as their text says them: what is inside of one.

use std::collections::{BTreeMap, BTreeSet};

use super::spec::Direction;
use crate::surface::{Surface, TypeEntry};

/// The types of a client, by path.
pub(super) struct RustTypes<'a> {
    by_path: BTreeMap<&'a str, &'a TypeEntry>,
}

impl<'a> RustTypes<'a> {
    pub(super) fn new(surface: &'a Surface) -> Self {
        let types = surface.types.iter();
        Self {
            by_path: types.map(|entry| (entry.rust.as_str(), entry)).collect(),
        }
    }

    /// The way that values of a type travel: its own, or that of the types in
    /// it, where those have one.
    pub(super) fn direction(&self, entry: &'a TypeEntry) -> Option<Direction> {
        let mut seen = BTreeSet::new();
        let mut open = vec![entry];
        let mut found = None;
        while let Some(entry) = open.pop() {
            if !seen.insert(entry.rust.as_str()) {
                continue;
            }
            match entry.direction {
                Some("request") => return Some(Direction::Request),
                Some(_) => found = Some(Direction::Response),
                None => {}
            }
            let variants = entry.variants.iter().filter_map(|one| one.ty.as_ref());
            let fields = entry.fields.iter().map(|field| &field.ty);
            let all = fields
                .chain(variants)
                .chain(&entry.ty)
                .chain(&entry.additional);
            for ty in all {
                let names = ty.split(['<', '>', ',', ' ']);
                open.extend(names.filter_map(|name| self.by_path.get(name)));
            }
        }
        found
    }

    /// The entry behind a type, other names followed.
    fn entry(&self, ty: &'a str) -> Option<&'a TypeEntry> {
        let mut entry = *self.by_path.get(ty)?;
        // Longer chains would be circles, which Rust does not have.
        for _ in 0..100 {
            match entry.ty.as_deref().and_then(|ty| self.by_path.get(ty)) {
                Some(next) => entry = next,
                None => return Some(entry),
            }
        }
        None
    }

    /// The type with other names and `Option` taken away.
    fn plain(&self, ty: &'a str) -> &'a str {
        let mut ty = ty;
        for _ in 0..100 {
            let inner = inside(ty, "Option<");
            let named = self.entry(ty).and_then(|entry| entry.ty.as_deref());
            match inner.or(named) {
                Some(next) => ty = next,
                None => break,
            }
        }
        ty
    }

    /// The type of a property of a struct.
    pub(super) fn property(&self, ty: &'a str, wire: &str) -> Option<&'a str> {
        let entry = self.entry(self.plain(ty))?;
        let field = entry.fields.iter().find(|field| field.wire == wire)?;
        Some(&field.ty)
    }

    /// The type of the items of a list.
    pub(super) fn item(&self, ty: &'a str) -> Option<&'a str> {
        inside(self.plain(ty), "Vec<")
    }

    /// The type of the values of a map, or of further properties of a struct.
    pub(super) fn value(&self, ty: &'a str) -> Option<&'a str> {
        let ty = self.plain(ty);
        inside(ty, "BTreeMap<String, ").or_else(|| self.entry(ty)?.additional.as_deref())
    }
}

fn inside<'a>(ty: &'a str, generic: &str) -> Option<&'a str> {
    ty.strip_prefix(generic)?.strip_suffix('>')
}
