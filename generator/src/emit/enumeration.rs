//! Open enums of strings and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::structure::{code, deprecated};
use super::ty::ident;
use super::{derives, docs};
use crate::model::{Docs, Enum, Item};

/// An open enum of strings, and its conversions.
pub(super) fn strings(item: &Item, values: &Enum<String>) -> Vec<TokenStream> {
    let name = ident(&item.name.rust);
    let definition = definition(item, values, |value| value.clone(), &quote!(String));
    let arms = values.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name.rust), &variant.value);
        quote!(Self::#name => #value,)
    });
    let known = values.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name.rust), &variant.value);
        quote!(#value => Self::#name,)
    });
    vec![
        definition,
        quote! {
            impl #name {
                /// The value as it is sent.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#arms)*
                        Self::UnknownValue(value) => value.get(),
                    }
                }

                fn from_known(value: &str) -> Option<Self> {
                    Some(match value {
                        #(#known)*
                        _ => return None,
                    })
                }
            }
        },
        quote!(crate::runtime::open_string_enum!(#name);),
    ]
}

/// An open enum of integers, and its conversions.
pub(super) fn integers(item: &Item, values: &Enum<i64>) -> Vec<TokenStream> {
    let name = ident(&item.name.rust);
    let definition = definition(item, values, ToString::to_string, &quote!(i64));
    let arms = values.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        let value = Literal::i64_unsuffixed(variant.value);
        quote!(Self::#name => #value,)
    });
    let known = values.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        let value = Literal::i64_unsuffixed(variant.value);
        quote!(#value => Self::#name,)
    });
    vec![
        definition,
        quote! {
            impl #name {
                /// The value as it is sent.
                #[must_use]
                pub fn as_i64(&self) -> i64 {
                    match self {
                        #(#arms)*
                        Self::UnknownValue(value) => *value.get(),
                    }
                }

                fn from_known(value: i64) -> Option<Self> {
                    Some(match value {
                        #(#known)*
                        _ => return None,
                    })
                }
            }
        },
        quote!(crate::runtime::open_integer_enum!(#name);),
    ]
}

fn definition<T>(
    item: &Item,
    values: &Enum<T>,
    text: impl Fn(&T) -> String,
    payload: &TokenStream,
) -> TokenStream {
    let name = ident(&item.name.rust);
    let docs = docs::attributes(&item.docs, &format!("`{}`.", item.name.rust));
    let deprecated = deprecated(item.deprecated, &item.docs);
    let derives = derives::attribute(
        item,
        &[
            "Clone",
            "Debug",
            "PartialEq",
            "Eq",
            "PartialOrd",
            "Ord",
            "Hash",
        ],
    );
    let variants = values.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        let value = text(&variant.value);
        let docs = if value.trim().is_empty() {
            format!("The value {value:?}.")
        } else {
            format!("`{}`", code(&value))
        };
        let docs = match &variant.description {
            Some(description) => docs::attributes(
                &Docs {
                    text: Some(description.clone()),
                    notes: vec![docs],
                },
                "",
            ),
            None => docs::sentence(&docs),
        };
        quote! { #docs #name, }
    });
    quote! {
        #docs
        #deprecated
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the API description does not list, kept as it is.
            UnknownValue(crate::UnknownValue<#payload>),
        }
    }
}
