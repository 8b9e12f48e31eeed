//! Unions: enums of types, told apart by a tag or by their shape.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::{code, deprecated};
use super::ty::{self, From, ident};
use super::{derives, docs};
use crate::model::{Api, Item, ItemKind, Presence, Scalar, Type, Union, UnionVariant};

/// A union and its conversions.
pub(super) fn items(api: &Api, item: &Item, union: &Union) -> Vec<TokenStream> {
    let from = From::Types(&item.module);
    let mut items = vec![definition(api, item, union, from)];
    items.extend(item.serialize.then(|| serialize(api, item, union)));
    items.extend(item.deserialize.then(|| match &union.tag {
        Some(tag) => deserialize_tagged(api, item, union, tag),
        None => deserialize_untagged(api, item, union),
    }));
    items.extend(conversions(api, item, union, from));
    items
}

fn definition(api: &Api, item: &Item, union: &Union, from: From<'_>) -> TokenStream {
    let name = ident(&item.name.rust);
    let docs = docs::attributes(&item.docs, &format!("`{}`.", item.name.rust));
    let deprecated = deprecated(item.deprecated, &item.docs);
    let derives = derives::attribute(item, &["Clone", "Debug", "PartialEq"]);
    let variants = union.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        let ty = variant_type(api, variant, from);
        let docs = match (&union.tag, &variant.tag) {
            (Some(property), Some(tag)) => {
                let also = variant
                    .also
                    .iter()
                    .map(|tag| format!(" or `{}`", code(tag)));
                let also: String = also.collect();
                format!("Where `{}` is `{}`{also}.", code(property), code(tag))
            }
            _ => format!("As `{}`.", variant.name.rust),
        };
        let docs = docs::sentence(&docs);
        quote! { #docs #name(#ty), }
    });
    quote! {
        #docs
        #deprecated
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the API description does not list, kept as it is.
            UnknownValue(serde_json::Value),
        }
    }
}

fn variant_type(api: &Api, variant: &UnionVariant, from: From<'_>) -> TokenStream {
    let ty = ty::ty(api, &variant.ty, from);
    if variant.boxed { quote!(Box<#ty>) } else { ty }
}

fn serialize(api: &Api, item: &Item, union: &Union) -> TokenStream {
    let name = ident(&item.name.rust);
    let arms = union.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        match (&union.tag, &variant.tag) {
            (Some(property), Some(tag)) if !writes(api, &variant.ty, property) => quote! {
                Self::#name(value) => {
                    crate::runtime::tagged::encode_variant(#property, #tag, value, serializer)
                }
            },
            _ => quote!(Self::#name(value) => serde::Serialize::serialize(value, serializer),),
        }
    });
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    Self::UnknownValue(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }
    }
}

/// Whether every value of the type has the property.
fn writes(api: &Api, ty: &Type, property: &str) -> bool {
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Struct(structure) => structure
                .fields
                .iter()
                .any(|field| field.wire == property && field.presence == Presence::Required),
            ItemKind::Alias(alias) if !alias.newtype => writes(api, &alias.ty, property),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a value without a tag may be one of the variants: one has no tag, or
/// its type does not ask for the property.
pub(super) fn falls_back(api: &Api, union: &Union) -> bool {
    union.tag.as_ref().is_some_and(|property| {
        union
            .variants
            .iter()
            .any(|variant| variant.tag.is_none() || !writes(api, &variant.ty, property))
    })
}

fn deserialize_tagged(api: &Api, item: &Item, union: &Union, property: &str) -> TokenStream {
    let name = ident(&item.name.rust);
    let arms = union.variants.iter().filter_map(|variant| {
        let name = ident(&variant.name.rust);
        let tag = variant.tag.as_deref()?;
        let also = &variant.also;
        Some(quote! {
            Some(#tag #(| #also)*) => {
                crate::runtime::tagged::decode_variant(value).map(Self::#name)
            }
        })
    });
    let fallback = falls_back(api, union).then(|| {
        let choice = choice(api, union);
        quote! { None => { #choice } }
    });
    quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (tag, value) = crate::runtime::tagged::split(deserializer, #property)?;
                match tag.as_deref() {
                    #(#arms)*
                    #fallback
                    _ => Ok(Self::UnknownValue(value)),
                }
            }
        }
    }
}

fn deserialize_untagged(api: &Api, item: &Item, union: &Union) -> TokenStream {
    let name = ident(&item.name.rust);
    let choice = choice(api, union);
    quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
                #choice
            }
        }
    }
}

/// Makes of `value` the variant that fits best.
fn choice(api: &Api, union: &Union) -> TokenStream {
    let shapes = super::shape::shapes(api, union);
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let name = ident(&variant.name.rust);
        // Any text is one with a format; here it has to be in that format.
        let meant = matches!(variant.ty, Type::Scalar(Scalar::Formatted(_)))
            .then(|| quote!(.filter(|text: &Formatted<_>| text.value().is_some())));
        quote!(#index => untagged::attempt(&value) #meant.map(Self::#name),)
    });
    quote! {
        use crate::runtime::untagged::{self, JsonKind, Shape};
        const SHAPES: &[Shape] = &[#(#shapes),*];
        let chosen = untagged::choose(&value, SHAPES, |index| match index {
            #(#arms)*
            _ => None,
        });
        Ok(chosen.unwrap_or(Self::UnknownValue(value)))
    }
}

/// `From` each type that only one variant holds.
fn conversions(api: &Api, item: &Item, union: &Union, from: From<'_>) -> Vec<TokenStream> {
    let name = ident(&item.name.rust);
    union
        .variants
        .iter()
        .filter(|variant| {
            let named = match &variant.ty {
                // An alias is no type of its own: what it names may be shared.
                Type::Item(id) => !matches!(api.item(*id).kind, ItemKind::Alias(_)),
                _ => false,
            };
            let times = union
                .variants
                .iter()
                .filter(|other| other.ty == variant.ty)
                .count();
            named && times == 1
        })
        .map(|variant| {
            let ty = ty::ty(api, &variant.ty, from);
            let variant_name = ident(&variant.name.rust);
            let value = if variant.boxed {
                quote!(Box::new(value))
            } else {
                quote!(value)
            };
            quote! {
                impl From<#ty> for #name {
                    fn from(value: #ty) -> Self { Self::#variant_name(#value) }
                }
            }
        })
        .collect()
}
