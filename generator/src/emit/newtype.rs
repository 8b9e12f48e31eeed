//! Newtypes of strings and of integers.

use quote::quote;

use super::structure::deprecated;
use super::ty::{ident, ident_text, tokens};
use super::{derives, docs};
use crate::format::Item as Piece;
use crate::model::{Item, Newtype, Scalar};

/// The struct around the value, and its conversions.
pub(super) fn items(item: &Item, newtype: Newtype) -> Vec<Piece> {
    let name = ident(&item.name.rust);
    let of = ident_text(&item.name.rust);
    let inner = super::ty::scalar_type(newtype.inner);
    let (fallback, copy, conversions) = match newtype.inner {
        Scalar::String => (
            format!(
                "`{}`: text that is not taken for another id.",
                item.name.rust
            ),
            None,
            format!("crate::runtime::string_newtype!({of});\n"),
        ),
        _ => (
            format!(
                "`{}`: a number that is not taken for another id.",
                item.name.rust
            ),
            Some("Copy"),
            format!("crate::runtime::integer_newtype!({of}({inner}));\n"),
        ),
    };
    let of_kind = ["Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];
    let of_kind: Vec<&str> = ["Clone"].into_iter().chain(copy).chain(of_kind).collect();
    let docs = docs::attributes(&item.docs, &fallback);
    let deprecated = deprecated(item.deprecated, &item.docs);
    let derives = tokens(&derives::attribute(item, &of_kind).line());
    let inner = ident(&inner);
    let definition = quote! {
        #docs
        #deprecated
        #derives
        pub struct #name(#inner);
    };
    vec![definition.into(), Piece::Text(conversions)]
}
