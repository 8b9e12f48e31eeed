//! Multipart bodies: the structs and enums of the plan in, their items and how
//! they become a body out.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::structure::{self, code};
use super::ty::ident;
use crate::format::Item as Piece;
use crate::format::statement::literal;
use crate::model::{
    Api, Docs, FormStyle, Item, ItemKind, Operation, Owner, PartEncoding, PartStyle, PartsStruct,
    PartsUnion, Presence, Scalar, Type,
};
use crate::source::percent_decoded;

/// The entry of a property that is not written as usual.
pub(super) fn encoding(part: &PartEncoding) -> String {
    let style = style(&part.style);
    format!("({}, {style})", literal(&part.property))
}

fn style(style: &PartStyle) -> TokenStream {
    match style {
        PartStyle::Type(content_type) => quote!(PartStyle::Of(#content_type)),
        PartStyle::Style(FormStyle::Exploded) => quote!(PartStyle::Exploded),
        PartStyle::Style(FormStyle::Deep) => quote!(PartStyle::Deep),
        // Nothing is percent-encoded in a part.
        PartStyle::Style(FormStyle::Joined(between)) => {
            let between = percent_decoded(between);
            quote!(PartStyle::Joined(#between))
        }
        PartStyle::Style(FormStyle::Json) => quote!(PartStyle::Of("application/json")),
    }
}

/// The enum of the structs that a multipart body can be.
pub(super) fn union_items(operation: &Operation, union: &PartsUnion) -> Vec<Piece> {
    let docs = docs::attributes(
        &union.docs,
        &format!("The multipart body of `{}`.", code(&operation.id)),
    );
    let name = ident(&union.name.rust);
    let variants = union.variants.iter().map(|variant| {
        let docs = docs::sentence(&match &variant.tag {
            Some((property, value)) => {
                format!("With `{}` as `{}`.", code(value), code(property))
            }
            None => format!("[`{}`].", variant.parts.name.rust),
        });
        let (name, parts) = (ident(&variant.name.rust), ident(&variant.parts.name.rust));
        quote!(#docs #name(#parts),)
    });
    let union_name = &name;
    let arms = union.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        match &variant.tag {
            None => quote!(#union_name::#name(parts) => Self::from(parts),),
            Some((property, value)) => quote! {
                #union_name::#name(parts) => {
                    let mut multipart = Self::from(parts);
                    multipart.tag(#property, #value);
                    multipart
                }
            },
        }
    });
    let conversions = union.variants.iter().map(|variant| {
        let (variant, parts) = (ident(&variant.name.rust), ident(&variant.parts.name.rust));
        quote! {
            impl From<#parts> for #name {
                fn from(parts: #parts) -> Self {
                    Self::#variant(parts)
                }
            }
        }
    });
    let definition = quote! {
        #docs
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    };
    let conversion = quote! {
        impl From<#name> for Multipart {
            fn from(body: #name) -> Self {
                match body { #(#arms)* }
            }
        }
    };
    [definition, conversion]
        .into_iter()
        .chain(conversions)
        .map(Piece::Tokens)
        .collect()
}

/// The expressions for how a part is written: its content type, and its style.
struct Styles {
    content_type: TokenStream,
    style: TokenStream,
}

impl Styles {
    fn one(style: Option<&PartStyle>) -> Self {
        let content_type = match style {
            Some(PartStyle::Type(content_type)) => quote!(Some(#content_type)),
            _ => quote!(None),
        };
        let style = match style.map(self::style) {
            Some(style) => quote!(Some(#style)),
            None => quote!(None),
        };
        Self {
            content_type,
            style,
        }
    }

    /// Those of properties that have no field, by their names.
    fn of_others(parts: &PartsStruct) -> Self {
        let fields = &parts.structure.fields;
        let is_field = |part: &&PartEncoding| fields.iter().any(|it| it.wire == part.property);
        let others: Vec<&PartEncoding> =
            parts.encodings.iter().filter(|it| !is_field(it)).collect();
        if others.is_empty() {
            return Self::one(None);
        }
        let by_name = |expression: fn(Self) -> TokenStream| {
            let arms = others.iter().map(|part| {
                let (name, value) = (&part.property, expression(Self::one(Some(&part.style))));
                quote!(#name => #value,)
            });
            quote!(match name.as_str() { #(#arms)* _ => None })
        };
        Self {
            content_type: by_name(|styles| styles.content_type),
            style: by_name(|styles| styles.style),
        }
    }
}

/// The statement that adds `value` to a multipart body.
fn add(ty: &Type, wire: &TokenStream, styles: &Styles, allow: &TokenStream) -> TokenStream {
    let Styles {
        content_type,
        style,
    } = styles;
    match ty {
        Type::Scalar(Scalar::Part) => quote! {
            #allow
            multipart.part(#wire, #content_type, value);
        },
        Type::Array(inner) if **inner == Type::Scalar(Scalar::Part) => quote! {
            for value in value {
                #allow
                multipart.part(#wire, #content_type, value);
            }
        },
        _ => quote!(multipart.value(#wire, #style, &value);),
    }
}

/// The statement that refuses a part `value` of another content type than those.
fn allow(wire: &str, allowed: &[String]) -> TokenStream {
    match allowed {
        [] => quote!(),
        allowed => quote!(multipart.allow(#wire, &[#(#allowed),*], &value);),
    }
}

/// The same of properties that have no field, by their names.
fn allow_others(parts: &PartsStruct) -> TokenStream {
    let fields = &parts.structure.fields;
    let is_field = |name: &String| fields.iter().any(|field| field.wire == *name);
    let others = parts.allowed.iter().filter(|(name, _)| !is_field(name));
    let arms: Vec<TokenStream> = others
        .map(|(name, types)| quote!(#name => multipart.allow(&name, &[#(#types),*], &value),))
        .collect();
    match arms.is_empty() {
        true => quote!(),
        false => quote!(match name.as_str() { #(#arms)* _ => {} }),
    }
}

/// The struct of a multipart body, and how it becomes one.
pub(super) fn struct_items(api: &Api, operation: &Operation, parts: &PartsStruct) -> Vec<Piece> {
    let name = &parts.name.rust;
    // Laid out as the types are.
    let item = Item {
        origin: operation.origin,
        pointer: operation.pointer.clone(),
        owner: Owner::Component,
        name: parts.name.clone(),
        module: String::new(),
        docs: Docs {
            notes: parts
                .docs
                .notes
                .iter()
                .cloned()
                .chain([format!("The multipart body of `{}`.", code(&operation.id))])
                .collect(),
            text: parts.docs.text.clone(),
        },
        deprecated: false,
        view: None,
        derives: Vec::new(),
        checks: Vec::new(),
        serialize: true,
        deserialize: false,
        holds_secret: false,
        kind: ItemKind::Struct(parts.structure.clone()),
    };
    let mut items = structure::plain_items(api, &item, &parts.structure);
    let name = ident(name);
    let fields = parts.structure.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let wire = &field.wire;
        let styles = Styles::one(parts.style(wire));
        let allow = allow(wire, parts.allowed(wire));
        let add = add(&field.ty, &quote!(#wire), &styles, &allow);
        match field.presence {
            Presence::Required | Presence::RequiredNullable => quote! {
                let value = parts.#name;
                #add
            },
            Presence::Optional | Presence::OptionalNullable => quote! {
                if let Some(value) = parts.#name {
                    #add
                }
            },
        }
    });
    let additional = parts.structure.additional.as_ref().map(|(name, ty)| {
        let name = ident(&name.rust);
        let add = add(
            ty,
            &quote!(&name),
            &Styles::of_others(parts),
            &allow_others(parts),
        );
        quote! {
            for (name, value) in parts.#name {
                #add
            }
        }
    });
    let conversion = quote! {
        impl From<#name> for Multipart {
            fn from(parts: #name) -> Self {
                let mut multipart = Self::default();
                #(#fields)*
                #additional
                multipart
            }
        }
    };
    items.push(conversion.into());
    items
}
