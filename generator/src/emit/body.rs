//! Request bodies: those of the plan in; the arguments that take them, the
//! statements that send them and the types made for them out.

use quote::quote;

use super::docs;
use super::sending::plain;
use super::structure::{self, code};
use super::ty::{self, From, ident, ident_text};
use crate::format::Item as Piece;
use crate::format::piece::{Attribute, Definition, Function, Impl, Member};
use crate::format::statement::{call, indented, literal};
use crate::model::{
    Api, Body, BodyChoice, BodyContent, Docs, FormEncoding, FormStyle, Item, ItemKind, Operation,
    Owner, PartEncoding, PartsStruct, Presence, Scalar, Type,
};

/// The type of a body's argument.
pub(super) fn argument(api: &Api, body: &Body) -> String {
    if let Some(name) = &body.enum_name {
        return format!("impl Into<{}>", ident_text(&name.rust));
    }
    match body.preferred().map(|choice| &choice.content) {
        Some(BodyContent::Binary) => "impl Into<RequestBody>".to_owned(),
        Some(content) => payload(api, content),
        None => "()".to_owned(),
    }
}

/// The type of what a body holds.
fn payload(api: &Api, content: &BodyContent) -> String {
    match content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            ty::text(api, ty, From::Crate)
        }
        BodyContent::Parts(parts) => ident_text(&parts.name.rust).into_owned(),
        BodyContent::Text => "String".to_owned(),
        BodyContent::Binary => "RequestBody".to_owned(),
    }
}

/// The statement that puts a body into a draft.
pub(super) fn send(body: &Body, draft: &str, value: &str) -> Vec<String> {
    let Some(name) = &body.enum_name else {
        return body
            .preferred()
            .map(|choice| send_choice(choice, draft, value))
            .unwrap_or_default();
    };
    let name = ident_text(&name.rust);
    let mut lines = vec![format!("match {value}.into() {{")];
    for choice in &body.choices {
        let variant = ident_text(&choice.name.rust);
        lines.push(format!("    {name}::{variant}(body) => {{"));
        lines.extend(indented(indented(send_choice(choice, draft, "body"))));
        lines.push("    }".to_owned());
    }
    lines.push("}".to_owned());
    lines
}

fn send_choice(choice: &BodyChoice, draft: &str, value: &str) -> Vec<String> {
    let media_type = literal(&choice.sent_as);
    let given = format!("&{value}");
    let (method, value, list) = match &choice.content {
        BodyContent::Json(_) => ("json", given, None),
        BodyContent::Form(_, fields) => {
            let fields: Vec<String> = fields.iter().map(form_field).collect();
            ("form", given, Some(fields))
        }
        BodyContent::Multipart(_, parts) => {
            let types: Vec<String> = parts.iter().map(part_type).collect();
            let head = format!("{draft}.multipart({media_type}, Multipart::of");
            return call(&head, &[&given], Some(&types), ");");
        }
        // Its methods are properties of the document.
        BodyContent::Parts(_) => ("multipart", format!("Multipart::from({value})"), None),
        BodyContent::Text => ("bytes", format!("{value}.into()"), None),
        BodyContent::Binary => ("stream", format!("{value}.into()"), None),
    };
    let head = format!("{draft}.{method}");
    call(&head, &[&media_type, &value], list.as_deref(), ";")
}

fn form_field(field: &FormEncoding) -> String {
    let style = match field.style {
        FormStyle::Exploded => "Exploded".to_owned(),
        FormStyle::Joined(between) => format!("Joined({})", literal(between)),
        FormStyle::Deep => "Deep".to_owned(),
        FormStyle::Json => "Json".to_owned(),
    };
    let reserved = match field.allow_reserved {
        true => ".allow_reserved()",
        false => "",
    };
    let name = literal(&field.property);
    format!("FormField::new({name}, FormStyle::{style}){reserved}")
}

fn part_type(part: &PartEncoding) -> String {
    let (property, content_type) = (literal(&part.property), literal(&part.content_type));
    format!("({property}, {content_type})")
}

/// The types made for a body: the enum of its media types, and the structs of
/// multipart bodies.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<Piece> {
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

fn body_enum(api: &Api, operation: &Operation, body: &Body) -> Vec<Piece> {
    let Some(name) = &body.enum_name else {
        return Vec::new();
    };
    let name = ident_text(&name.rust);
    let variants = body.choices.iter().map(|choice| {
        let ty = payload(api, &choice.content);
        Member {
            front: docs::front_sentence(&format!("`{}`.", code(&choice.media_type))),
            text: format!("{}({ty})", ident_text(&choice.name.rust)),
        }
    });
    let comparable = !body
        .choices
        .iter()
        .any(|choice| matches!(choice.content, BodyContent::Binary | BodyContent::Parts(_)));
    let derives: &[&str] = match comparable {
        true => &["Clone", "Debug", "PartialEq"],
        false => &["Debug"],
    };
    let sentence = format!("The body of `{}`, by media type.", code(&operation.id));
    let definition = Definition {
        front: docs::front_sentence(&sentence)
            .with([Attribute::of("derive", derives.iter().copied())])
            .non_exhaustive(),
        head: format!("pub enum {name}"),
        members: variants.collect(),
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
                ty::text(api, plain(api, of), From::Crate)
            }
            _ => ty.clone(),
        };
        if known.contains(&key) {
            return None;
        }
        known.push(key);
        let variant = ident_text(&choice.name.rust);
        let from = Function::new(
            "fn from",
            [format!("body: {ty}")],
            "Self",
            vec![format!("Self::{variant}(body)")],
        );
        let mut conversion = Impl::new(format!("impl From<{ty}> for {name}"), vec![from]);
        conversion.front = docs::front_sentence(&format!("As `{}`.", code(&choice.media_type)));
        Some(conversion.into())
    });
    std::iter::once(definition.into())
        .chain(conversions)
        .collect()
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
fn parts_struct(api: &Api, operation: &Operation, parts: &PartsStruct) -> Vec<Piece> {
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
