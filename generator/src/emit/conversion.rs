//! Writes the conversions of unions: `From` whatever exactly one variant takes.

use std::collections::HashMap;
use std::hash::Hash;

use super::ty::{self, From, ident_text};
use crate::format::Item as Piece;
use crate::format::piece::{Function, Impl};
use crate::model::{Api, Item, ItemKind, Scalar, Type, Union, UnionVariant};

/// How long a chain of aliases may be.
const LONGEST_CHAIN: usize = 32;

/// `From` each type that only one variant takes.
pub(super) fn conversions(api: &Api, item: &Item, union: &Union, from: From<'_>) -> Vec<Piece> {
    let name = ident_text(&item.name.rust);
    let plain: Vec<Type> = union
        .variants
        .iter()
        .map(|variant| without_aliases(api, &variant.ty))
        .collect();
    // What a type of others may be equal to is not known.
    let has_foreign = plain.iter().any(|ty| matches!(ty, Type::Foreign(_)));
    let count = |is_alike: &dyn Fn(&Type) -> bool| plain.iter().filter(|ty| is_alike(ty)).count();
    let has_one_text = count(&|ty| is_text(api, ty)) == 1 && !has_foreign;
    let has_one_integer = count(&|ty| is_integer(api, ty)) == 1 && !has_foreign;
    let counts = counts(&plain);
    let mut pieces = Vec::new();
    for (variant, plain_ty) in union.variants.iter().zip(&plain) {
        let ty = ty::text(api, &variant.ty, from);
        let mut add = |argument: &str, value: &str| {
            let piece = conversion(&name, variant, argument, value);
            pieces.push((argument.to_owned(), piece));
        };
        if counts[plain_ty] == 1 && is_own(api, plain_ty, has_foreign) {
            add(&ty, "value");
        }
        if has_one_text && is_text(api, plain_ty) {
            add("&str", "value.into()");
            add("String", "value.into()");
        }
        if has_one_integer && is_integer(api, plain_ty) {
            // `i32` is what a number without a suffix is.
            match plain_ty {
                Type::Scalar(Scalar::I64) => {
                    add("i64", "value");
                    add("i32", "value.into()");
                }
                Type::Scalar(_) => add(&ty, "value"),
                // An enum; a newtype is there to be named.
                ty if is_integer_enum(api, ty) => {
                    add("i64", "value.into()");
                    add("i32", "i64::from(value).into()");
                }
                _ => {}
            }
        }
    }
    // Two formats may have one type in Rust.
    let arguments: Vec<String> = pieces
        .iter()
        .map(|(argument, _)| argument.clone())
        .collect();
    let counts = self::counts(&arguments);
    let pieces = pieces.into_iter();
    pieces
        .filter(|(argument, _)| counts[argument] == 1)
        .map(|(_, piece)| piece)
        .collect()
}

/// How often each item is there.
fn counts<T: Eq + Hash>(items: &[T]) -> HashMap<&T, usize> {
    let mut counts = HashMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// One conversion into a variant.
fn conversion(name: &str, variant: &UnionVariant, argument: &str, value: &str) -> Piece {
    let value = match variant.boxed {
        true => format!("Box::new({value})"),
        false => value.to_owned(),
    };
    let variant = ident_text(&variant.name.rust);
    let from = Function::new(
        "fn from",
        [format!("value: {argument}")],
        "Self",
        vec![format!("Self::{variant}({value})")],
    );
    Impl::new(format!("impl From<{argument}> for {name}"), vec![from]).into()
}

/// Whether a value of the type says by its type alone which variant is meant.
fn is_own(api: &Api, ty: &Type, has_foreign: bool) -> bool {
    match ty {
        Type::Item(id) => !matches!(api.item(*id).kind, ItemKind::Alias(_)),
        Type::Scalar(scalar) => {
            let has_rule = matches!(scalar, Scalar::Any | Scalar::Part | Scalar::String);
            !has_foreign && !has_rule && !scalar.is_integer()
        }
        Type::Array(_) | Type::Map(_) => !has_foreign,
        Type::Nullable(_) | Type::Foreign(_) => false,
    }
}

/// Whether a text is a value of the type.
fn is_text(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => matches!(
            scalar,
            Scalar::String | Scalar::Secret | Scalar::Formatted(_)
        ),
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::StringEnum(_) => true,
            ItemKind::Newtype(newtype) => newtype.inner == Scalar::String,
            _ => false,
        },
        _ => false,
    }
}

fn is_integer_enum(api: &Api, ty: &Type) -> bool {
    matches!(ty, Type::Item(id) if matches!(api.item(*id).kind, ItemKind::IntegerEnum(_)))
}

/// Whether an integer is a value of the type.
fn is_integer(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => scalar.is_integer(),
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::IntegerEnum(_) => true,
            ItemKind::Newtype(newtype) => newtype.inner.is_integer(),
            _ => false,
        },
        _ => false,
    }
}

/// The type, with what aliases in it stand for in their place.
fn without_aliases(api: &Api, ty: &Type) -> Type {
    fn at(api: &Api, ty: &Type, left: usize) -> Type {
        let inner = |ty: &Type| Box::new(at(api, ty, left));
        match ty {
            Type::Item(id) => match &api.item(*id).kind {
                ItemKind::Alias(alias) if !alias.newtype && left > 0 => {
                    at(api, &alias.ty, left - 1)
                }
                _ => ty.clone(),
            },
            Type::Array(ty) => Type::Array(inner(ty)),
            Type::Map(ty) => Type::Map(inner(ty)),
            Type::Nullable(ty) => Type::Nullable(inner(ty)),
            Type::Scalar(_) | Type::Foreign(_) => ty.clone(),
        }
    }
    at(api, ty, LONGEST_CHAIN)
}
