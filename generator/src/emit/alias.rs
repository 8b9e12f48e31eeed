//! Other names for types.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::deprecated;
use super::ty::{self, From, ident, tokens};
use super::{derives, docs};
use crate::model::{Alias, Api, Item};

pub(super) fn item(api: &Api, item: &Item, alias: &Alias) -> TokenStream {
    let name = ident(&item.name.rust);
    let docs = docs::attributes(&item.docs, &format!("`{}`.", item.name.rust));
    let deprecated = deprecated(item.deprecated, &item.docs);
    let ty = ty::ty(api, &alias.ty, From::Types(&item.module));
    let derives = derives::attribute(
        item,
        &[
            "Clone",
            "Debug",
            "PartialEq",
            "serde::Deserialize",
            "serde::Serialize",
        ],
    );
    let derives = tokens(&derives.line());
    if alias.newtype {
        let reading = (item.deserialize && ty::is_of_integers(api, &alias.ty))
            .then(|| quote!(#[serde(deserialize_with = "crate::runtime::reading::read_integers")]));
        quote! {
            #docs
            #deprecated
            #derives
            #[serde(transparent)]
            pub struct #name(#reading pub #ty);
        }
    } else {
        quote! { #docs #deprecated pub type #name = #ty; }
    }
}
