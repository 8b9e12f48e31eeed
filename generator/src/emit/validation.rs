//! Validation: the checks of a type in, its `Validate` out.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::ident;
use crate::model::{Api, Check, Item, ItemKind, UnionVariant};

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
        Check::Variants(id, lists) => {
            let union = api.item(*id);
            let lists: BTreeMap<String, TokenStream> = variants(union)
                .iter()
                .zip(lists)
                .filter(|(_, checks)| !checks.is_empty())
                .map(|(variant, checks)| (held(union, variant), list(api, checks)))
                .collect();
            let lists = lists.iter().map(|(name, checks)| quote!((#name, #checks)));
            quote!(Check::Variants(&[#(#lists),*]))
        }
    }
}

fn variants(union: &Item) -> &[UnionVariant] {
    match &union.kind {
        ItemKind::Union(union) => &union.variants,
        _ => &[],
    }
}

/// The name under which a union encodes a variant for checks.
pub(super) fn held(union: &Item, variant: &UnionVariant) -> String {
    format!("{}::{}", union.name.rust, variant.name.rust)
}

/// Whether anything is checked of a variant that the union itself holds.
pub(super) fn is_checked(union: &Item, index: usize) -> bool {
    union.checks.iter().any(|check| match check {
        Check::Variants(_, lists) => lists.get(index).is_some_and(|checks| !checks.is_empty()),
        _ => false,
    })
}
