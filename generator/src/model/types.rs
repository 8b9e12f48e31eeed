//! Rust type expressions.

use super::{Api, Format, ItemId, ItemKind, Presence};

/// The Rust type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A type that needs no definition.
    Scalar(Scalar),
    /// A list.
    Array(Box<Type>),
    /// A map with string keys.
    Map(Box<Type>),
    /// A value or `null`.
    Nullable(Box<Type>),
    /// A type of the crate.
    Item(ItemId),
    /// A type that the author or the configuration names in place of ours, as
    /// it is written in Rust.
    Foreign(String),
}

/// The type of maps with string keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub enum MapType {
    /// `std::collections::BTreeMap`: sorted by key.
    #[default]
    BTreeMap,
    /// `std::collections::HashMap`: in no order.
    HashMap,
    /// `indexmap::IndexMap`: in the order of the text.
    IndexMap,
}

impl MapType {
    /// The name of the type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MapType::BTreeMap => "BTreeMap",
            MapType::HashMap => "HashMap",
            MapType::IndexMap => "IndexMap",
        }
    }

    /// The path of its module.
    #[must_use]
    pub fn module(self) -> &'static str {
        match self {
            MapType::BTreeMap | MapType::HashMap => "std::collections",
            MapType::IndexMap => "indexmap",
        }
    }
}

/// The types that need no definition in the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// Any JSON value.
    Any,
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `i128`.
    I128,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// Text.
    String,
    /// Text that is never shown.
    Secret,
    /// Text with a format.
    Formatted(Format),
    /// A part of a multipart body: a file, say.
    Part,
}

impl Scalar {
    /// Whether values are integers, which JSON may write as `1.0`.
    #[must_use]
    pub fn is_integer(self) -> bool {
        matches!(
            self,
            Self::I32 | Self::I64 | Self::I128 | Self::U32 | Self::U64
        )
    }
}

impl Type {
    /// Whether every value of the type is an object with the property.
    #[must_use]
    pub fn always_has(&self, api: &Api, property: &str) -> bool {
        match self {
            Self::Item(id) => match &api.item(*id).kind {
                ItemKind::Struct(structure) => structure
                    .fields
                    .iter()
                    .any(|field| field.wire == property && field.presence == Presence::Required),
                ItemKind::Alias(alias) if !alias.newtype => alias.ty.always_has(api, property),
                _ => false,
            },
            _ => false,
        }
    }

    /// The types of the crate that a value of this type holds, in place
    /// (`true`) or behind the pointer of a list or map (`false`).
    pub fn items(&self, visit: &mut dyn FnMut(ItemId, bool)) {
        match self {
            Type::Scalar(_) | Type::Foreign(_) => {}
            Type::Item(id) => visit(*id, true),
            Type::Nullable(inner) => inner.items(visit),
            Type::Array(inner) | Type::Map(inner) => inner.items(&mut |id, _| visit(id, false)),
        }
    }

    /// The scalars in this type.
    pub fn scalars(&self, visit: &mut dyn FnMut(Scalar)) {
        match self {
            Type::Scalar(scalar) => visit(*scalar),
            Type::Item(_) | Type::Foreign(_) => {}
            Type::Nullable(inner) | Type::Array(inner) | Type::Map(inner) => inner.scalars(visit),
        }
    }
}
