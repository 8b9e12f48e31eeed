//! Derives: the traits of a type that come from `#[derive]`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Item;

/// `#[derive(…)]` of an item: what its kind has, without the direction of serde
/// that is not wanted, and what the configuration adds.
pub(super) fn attribute(item: &Item, of_kind: &[&str]) -> TokenStream {
    let own = of_kind.iter().copied().filter(|name| match *name {
        "serde::Serialize" => item.serialize,
        "serde::Deserialize" => item.deserialize,
        _ => true,
    });
    let extra = item
        .derives
        .iter()
        .map(String::as_str)
        .filter(|name| !of_kind.contains(name));
    let names = own
        .chain(extra)
        // `lower` has seen to it that they are paths.
        .map(|name| name.parse::<TokenStream>().unwrap_or_default());
    quote!(#[derive(#(#names),*)])
}
