//! Request bodies: those of the plan in; the arguments that take them, the
//! statements that send them and the types made for them out.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::sending::plain;
use super::structure::{self, code};
use super::ty::{self, From, ident};
use crate::model::{
    Api, Body, BodyChoice, BodyContent, Docs, FormStyle, Item, ItemKind, Operation, Owner,
    PartEncoding, PartsStruct, Presence, Scalar, Type,
};

/// The type of a body's argument.
pub(super) fn argument(api: &Api, body: &Body) -> TokenStream {
    if let Some(name) = &body.enum_name {
        let name = ident(&name.rust);
        return quote!(impl Into<#name>);
    }
    match body.preferred().map(|choice| &choice.content) {
        Some(BodyContent::Binary) => quote!(impl Into<RequestBody>),
        Some(content) => payload(api, content),
        None => quote!(()),
    }
}

/// The type of what a body holds.
fn payload(api: &Api, content: &BodyContent) -> TokenStream {
    match content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            ty::ty(api, ty, From::Crate)
        }
        BodyContent::Parts(parts) => {
            let name = ident(&parts.name.rust);
            quote!(#name)
        }
        BodyContent::Text => quote!(String),
        BodyContent::Binary => quote!(RequestBody),
    }
}

/// The statement that puts a body into a draft.
pub(super) fn send(body: &Body, draft: &TokenStream, value: &TokenStream) -> TokenStream {
    let Some(name) = &body.enum_name else {
        return body
            .preferred()
            .map(|choice| send_choice(choice, draft, value))
            .unwrap_or_default();
    };
    let name = ident(&name.rust);
    let arms = body.choices.iter().map(|choice| {
        let variant = ident(&choice.name.rust);
        let send = send_choice(choice, draft, &quote!(body));
        quote!(#name::#variant(body) => { #send })
    });
    quote!(match #value.into() { #(#arms)* })
}

fn send_choice(choice: &BodyChoice, draft: &TokenStream, value: &TokenStream) -> TokenStream {
    let media_type = &choice.sent_as;
    match &choice.content {
        BodyContent::Json(_) => quote!(#draft.json(#media_type, &#value);),
        BodyContent::Form(_, fields) => {
            let fields = fields.iter().map(|field| {
                let name = &field.property;
                let style = match field.style {
                    FormStyle::Exploded => quote!(FormStyle::Exploded),
                    FormStyle::Joined(between) => quote!(FormStyle::Joined(#between)),
                    FormStyle::Deep => quote!(FormStyle::Deep),
                    FormStyle::Json => quote!(FormStyle::Json),
                };
                let reserved = field.allow_reserved.then(|| quote!(.allow_reserved()));
                quote!(FormField::new(#name, #style) #reserved)
            });
            quote!(#draft.form(#media_type, &#value, &[#(#fields),*]);)
        }
        BodyContent::Multipart(_, parts) => {
            let types = part_types(parts);
            quote!(#draft.multipart(#media_type, Multipart::of(&#value, &[#(#types),*]));)
        }
        BodyContent::Parts(_) => quote!(#draft.multipart(#media_type, #value.into());),
        BodyContent::Text => quote!(#draft.bytes(#media_type, #value.into());),
        BodyContent::Binary => quote!(#draft.stream(#media_type, #value.into());),
    }
}

fn part_types(parts: &[PartEncoding]) -> Vec<TokenStream> {
    parts
        .iter()
        .map(|part| {
            let PartEncoding {
                property,
                content_type,
            } = part;
            quote!((#property, #content_type))
        })
        .collect()
}

/// The types made for a body: the enum of its media types, and the structs of
/// multipart bodies.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let mut items = body_enum(api, operation, body);
    for choice in &body.choices {
        if let BodyContent::Parts(parts) = &choice.content {
            items.extend(parts_struct(api, operation, parts));
        }
    }
    items
}

fn body_enum(api: &Api, operation: &Operation, body: &Body) -> Vec<TokenStream> {
    let Some(name) = &body.enum_name else {
        return Vec::new();
    };
    let name = ident(&name.rust);
    let docs = docs::sentence(&format!(
        "The body of `{}`, by media type.",
        code(&operation.id)
    ));
    let variants = body.choices.iter().map(|choice| {
        let name = ident(&choice.name.rust);
        let docs = docs::sentence(&format!("`{}`.", code(&choice.media_type)));
        let ty = payload(api, &choice.content);
        quote! { #docs #name(#ty), }
    });
    let comparable = !body
        .choices
        .iter()
        .any(|choice| matches!(choice.content, BodyContent::Binary | BodyContent::Parts(_)));
    let derives = if comparable {
        quote!(#[derive(Clone, Debug, PartialEq)])
    } else {
        quote!(#[derive(Debug)])
    };
    let mut known: Vec<String> = Vec::new();
    let conversions = body.choices.iter().filter_map(|choice| {
        if !converts(api, &choice.content) {
            return None;
        }
        let ty = payload(api, &choice.content);
        // The same type for several media types stands for the first of them.
        let key = match &choice.content {
            BodyContent::Json(of) | BodyContent::Form(of, _) | BodyContent::Multipart(of, _) => {
                ty::ty(api, plain(api, of), From::Crate).to_string()
            }
            _ => ty.to_string(),
        };
        if known.contains(&key) {
            return None;
        }
        known.push(key);
        let variant = ident(&choice.name.rust);
        let docs = docs::sentence(&format!("As `{}`.", code(&choice.media_type)));
        Some(quote! {
            #docs
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self { Self::#variant(body) }
            }
        })
    });
    let definition = quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    };
    std::iter::once(definition).chain(conversions).collect()
}

/// Whether the type of a body says by itself what it is.
fn converts(api: &Api, content: &BodyContent) -> bool {
    match content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            match plain(api, ty) {
                Type::Item(_) => true,
                Type::Scalar(scalar) => matches!(scalar, Scalar::Any | Scalar::String),
                _ => false,
            }
        }
        BodyContent::Parts(_) | BodyContent::Text | BodyContent::Binary => true,
    }
}

/// The struct of a multipart body, and how it becomes one.
fn parts_struct(api: &Api, operation: &Operation, parts: &PartsStruct) -> Vec<TokenStream> {
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
        kind: ItemKind::Struct(parts.structure.clone()),
    };
    let mut items = structure::plain_items(api, &item, &parts.structure);
    let name = ident(name);
    let fields = parts.structure.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let wire = &field.wire;
        let content_type = match parts
            .encodings
            .iter()
            .find(|encoding| encoding.property == *wire)
        {
            Some(PartEncoding { content_type, .. }) => quote!(Some(#content_type)),
            None => quote!(None),
        };
        let add = match &field.ty {
            Type::Scalar(Scalar::Part) => quote!(multipart.part(#wire, #content_type, value);),
            Type::Array(inner) if **inner == Type::Scalar(Scalar::Part) => quote! {
                for part in value {
                    multipart.part(#wire, #content_type, part);
                }
            },
            _ => quote!(multipart.value(#wire, #content_type, &value);),
        };
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
    let additional = parts.structure.additional.as_ref().map(|(name, _)| {
        let name = ident(&name.rust);
        quote! {
            for (name, value) in parts.#name {
                multipart.value(&name, None, &value);
            }
        }
    });
    items.push(quote! {
        impl From<#name> for Multipart {
            fn from(parts: #name) -> Self {
                let mut multipart = Self::default();
                #(#fields)*
                #additional
                multipart
            }
        }
    });
    items
}
