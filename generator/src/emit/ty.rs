//! Type expressions: a type of the plan in, the Rust that names it out.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};

use super::used::Used;
use crate::format::Item;
use crate::format::import::Import;
use crate::model::{Api, ItemKind, Presence, Scalar, Type};
use crate::name::is_keyword;

/// An identifier, raw where it is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    if !is_keyword(name) {
        Ident::new(name, Span::call_site())
    } else {
        Ident::new_raw(name, Span::call_site())
    }
}

/// How a type of the crate is reached from where it is named.
#[derive(Clone, Copy)]
pub(super) enum From<'a> {
    /// From this module below `types`.
    Types(&'a str),
    /// From anywhere else in the crate, where `types` is imported.
    Crate,
}

/// An identifier as text, raw where it is a keyword.
pub(super) fn ident_text(name: &str) -> Cow<'_, str> {
    if is_keyword(name) {
        Cow::Owned(format!("r#{name}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The type of a value that is there and not null.
pub(super) fn ty(api: &Api, ty: &Type, from: From<'_>) -> TokenStream {
    tokens(&text(api, ty, from))
}

/// The type of a value that is there and not null, as it is written.
pub(super) fn text(api: &Api, ty: &Type, from: From<'_>) -> String {
    match ty {
        Type::Scalar(scalar) => scalar_type(*scalar),
        Type::Foreign(path) => path.clone(),
        Type::Array(inner) => of("Vec", &text(api, inner, from)),
        Type::Map(inner) => {
            let values = text(api, inner, from);
            [api.map.name(), "<String, ", &values, ">"].concat()
        }
        Type::Nullable(inner) => of("Option", &text(api, inner, from)),
        Type::Item(id) => {
            let item = api.item(*id);
            let name = ident_text(&item.name.rust);
            match from {
                From::Types(module) if module == item.module => name.into_owned(),
                From::Types(_) => ["super::", &*name].concat(),
                From::Crate => ["types::", &*name].concat(),
            }
        }
    }
}

/// A generic type with one argument.
fn of(generic: &str, argument: &str) -> String {
    [generic, "<", argument, ">"].concat()
}

pub(super) fn scalar_type(scalar: Scalar) -> String {
    let name = match scalar {
        Scalar::Any => "serde_json::Value",
        Scalar::Bool => "bool",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::I128 => "i128",
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::F32 => "f32",
        Scalar::F64 => "f64",
        Scalar::String => "String",
        Scalar::Secret => "Secret",
        Scalar::Part => "Part",
        Scalar::Formatted(format) => return format!("Formatted<{}>", format.path()),
    };
    name.to_owned()
}

/// Whether values of the type are integers, or lists or maps of them.
pub(super) fn is_of_integers(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => scalar.is_integer(),
        Type::Nullable(inner) | Type::Array(inner) | Type::Map(inner) => is_of_integers(api, inner),
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) if !alias.newtype => is_of_integers(api, &alias.ty),
            _ => false,
        },
        Type::Foreign(_) => false,
    }
}

/// Rust as tokens. What is given here is a path or a type that this module or
/// `lower` has made or checked.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// The type of a field.
pub(super) fn field(
    api: &Api,
    inner: &Type,
    presence: Presence,
    boxed: bool,
    from: From<'_>,
) -> String {
    let inner = text(api, inner, from);
    let inner = if boxed { of("Box", &inner) } else { inner };
    match presence {
        Presence::Required => inner,
        Presence::RequiredNullable | Presence::Optional => of("Option", &inner),
        Presence::OptionalNullable => of("Option", &of("Option", &inner)),
    }
}

/// What a caller may give for a value of the type, and the expression that
/// makes it one.
pub(super) fn argument(api: &Api, inner: &Type, name: &str, from: From<'_>) -> (String, String) {
    let plain = text(api, inner, from);
    if converts(api, inner) {
        (of("impl Into", &plain), [name, ".into()"].concat())
    } else {
        (plain, name.to_owned())
    }
}

/// Whether values of the type are commonly made from others.
fn converts(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => {
            matches!(
                scalar,
                Scalar::String | Scalar::Secret | Scalar::Formatted(_) | Scalar::Part | Scalar::Any
            )
        }
        Type::Array(_) => true,
        Type::Map(_) | Type::Nullable(_) | Type::Foreign(_) => false,
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) => !alias.newtype && converts(api, &alias.ty),
            ItemKind::Struct(_)
            | ItemKind::StringEnum(_)
            | ItemKind::IntegerEnum(_)
            | ItemKind::Newtype(_)
            | ItemKind::Union(_) => true,
        },
    }
}

/// Whether values of the type are made of a text as it is.
pub(super) fn is_text(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Secret),
        Type::Item(id) => {
            matches!(&api.item(*id).kind, ItemKind::Newtype(newtype) if newtype.inner == Scalar::String)
        }
        _ => false,
    }
}

/// The runtime's types that are named in types of fields.
pub(super) const OF_RUNTIME: [&str; 4] = ["Base64", "Base64Url", "Formatted", "Secret"];

/// The imports that the items of a module of types need.
pub(super) fn imports(api: &Api, items: &[Item]) -> Vec<Import> {
    let names = OF_RUNTIME.into_iter().chain([api.map.name()]);
    let used = Used::of(names, items);
    let runtime = used.among(&OF_RUNTIME);
    let runtime = (!runtime.is_empty()).then(|| Import::names("use crate::runtime", &runtime));
    map_import(api, &used).into_iter().chain(runtime).collect()
}

/// The import of the type of maps, where it is used.
pub(super) fn map_import(api: &Api, used: &Used<'_>) -> Option<Import> {
    let map = api.map.name();
    let head = format!("use {}", api.map.module());
    used.has(map).then(|| Import::names(&head, &[map]))
}
