//! Unions: enums of types, told apart by a tag or by their shape.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::{code, deprecated};
use super::ty::{self, From, ident};
use super::{derives, docs};
use crate::model::{Api, Item, ItemKind, Scalar, Type, Union, UnionVariant};

/// A union and its conversions.
pub(super) fn items(api: &Api, item: &Item, union: &Union) -> Vec<TokenStream> {
    let from = From::Types(&item.module);
    let mut items = vec![definition(api, item, union, from)];
    items.extend(item.serialize.then(|| serialize(item, union)));
    items.extend(item.deserialize.then(|| match &union.tag {
        Some(tag) => deserialize_tagged(item, union, tag),
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
                format!("Where `{}` is `{}`.", code(property), code(tag))
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

fn serialize(item: &Item, union: &Union) -> TokenStream {
    let name = ident(&item.name.rust);
    let arms = union.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        match (&union.tag, &variant.tag) {
            (Some(property), Some(tag)) => quote! {
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

fn deserialize_tagged(item: &Item, union: &Union, property: &str) -> TokenStream {
    let name = ident(&item.name.rust);
    let arms = union.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        let tag = variant.tag.as_deref().unwrap_or_default();
        quote!(Some(#tag) => crate::runtime::tagged::decode_variant(value).map(Self::#name),)
    });
    quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (tag, value) = crate::runtime::tagged::split(deserializer, #property)?;
                match tag.as_deref() {
                    #(#arms)*
                    _ => Ok(Self::UnknownValue(value)),
                }
            }
        }
    }
}

fn deserialize_untagged(api: &Api, item: &Item, union: &Union) -> TokenStream {
    let name = ident(&item.name.rust);
    let shapes = union.variants.iter().map(|variant| shape(api, &variant.ty));
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let name = ident(&variant.name.rust);
        quote!(#index => crate::runtime::untagged::attempt(&value).map(Self::#name),)
    });
    quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use crate::runtime::untagged::{JsonKind, Shape};
                const SHAPES: &[Shape] = &[#(#shapes),*];
                let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
                for index in crate::runtime::untagged::candidates(&value, SHAPES) {
                    let decoded = match index {
                        #(#arms)*
                        _ => None,
                    };
                    if let Some(decoded) = decoded {
                        return Ok(decoded);
                    }
                }
                Ok(Self::UnknownValue(value))
            }
        }
    }
}

/// What is known of a value of the type before it is decoded.
fn shape(api: &Api, ty: &Type) -> TokenStream {
    let mut required: Vec<&str> = Vec::new();
    let mut properties: Vec<&str> = Vec::new();
    let mut constants: Vec<TokenStream> = Vec::new();
    let kind = match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Any => "Any",
            Scalar::Bool => "Boolean",
            Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64 => "Integer",
            Scalar::F32 | Scalar::F64 => "Number",
            _ => "String",
        },
        Type::Array(_) => "Array",
        Type::Map(_) => "Object",
        Type::Nullable(_) | Type::Foreign(_) => "Any",
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) => return shape(api, &alias.ty),
            ItemKind::StringEnum(_) => "String",
            ItemKind::IntegerEnum(_) => "Integer",
            ItemKind::Union(_) => "Any",
            ItemKind::Struct(structure) => {
                for field in &structure.fields {
                    properties.push(&field.wire);
                    if field.presence.is_required() {
                        required.push(&field.wire);
                    }
                    if let Some(constant) = constant(api, &field.ty)
                        && field.presence.is_required()
                    {
                        let wire = &field.wire;
                        constants.push(quote!((#wire, #constant)));
                    }
                }
                "Object"
            }
        },
    };
    let kind = ident(kind);
    quote! {
        Shape {
            json: JsonKind::#kind,
            required: &[#(#required),*],
            properties: &[#(#properties),*],
            constants: &[#(#constants),*],
        }
    }
}

/// The one value of an enum that has one.
fn constant<'a>(api: &'a Api, ty: &Type) -> Option<&'a str> {
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::StringEnum(values) => match values.variants.as_slice() {
                [only] => Some(&only.value),
                _ => None,
            },
            _ => None,
        },
        _ => None,
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
