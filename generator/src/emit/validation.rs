//! Validation: the checks of a type in, its `Validate` out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::ident;
use crate::model::{Api, Check, Item};

/// What `validate` checks, where it checks anything.
pub(super) fn validation(api: &Api, item: &Item) -> Option<TokenStream> {
    if item.checks.is_empty() {
        return None;
    }
    let name = ident(&item.name.rust);
    let checks = list(api, &item.checks);
    Some(quote! {
        impl crate::runtime::Validate for #name {
            fn checks() -> &'static [crate::runtime::Check] {
                use crate::runtime::Check;
                const CHECKS: &[Check] = #checks;
                CHECKS
            }
        }
    })
}

fn list(api: &Api, checks: &[Check]) -> TokenStream {
    let checks = checks.iter().map(|check| one(api, check));
    quote!(&[#(#checks),*])
}

fn one(api: &Api, check: &Check) -> TokenStream {
    match check {
        Check::Count(name, count) => {
            let name = ident(name);
            let count = Literal::u64_unsuffixed(*count);
            quote!(Check::#name(#count))
        }
        Check::Number(name, bound) => {
            let name = ident(name);
            quote!(Check::#name(#bound))
        }
        Check::Pattern(pattern) => quote!(Check::Pattern(#pattern)),
        Check::UniqueItems => quote!(Check::UniqueItems),
        Check::Property(name, checks) => {
            let checks = list(api, checks);
            quote!(Check::Property(#name, #checks))
        }
        Check::Items(checks) => {
            let checks = list(api, checks);
            quote!(Check::Items(#checks))
        }
        Check::Others(known, checks) => {
            let checks = list(api, checks);
            quote!(Check::Others(&[#(#known),*], #checks))
        }
        Check::Type(id) => {
            // Another type may be called `Check`.
            let name = ident(&api.item(*id).name.rust);
            quote!(Check::Type(<super::#name as crate::runtime::Validate>::checks))
        }
        Check::Any(lists) => {
            let lists = lists.iter().map(|checks| list(api, checks));
            quote!(Check::Any(&[#(#lists),*]))
        }
        Check::Tagged(property, lists) => {
            let lists = lists.iter().map(|(tag, checks)| {
                let checks = list(api, checks);
                quote!((#tag, #checks))
            });
            quote!(Check::Tagged(#property, &[#(#lists),*]))
        }
    }
}
