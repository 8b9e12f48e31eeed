//! Request bodies: those of the plan in; the arguments that take them, the
//! statements that send them and the types made for them out.

use super::sending::plain;
use super::structure::code;
use super::ty::{self, From, ident_text};
use super::{docs, parts};
use crate::format::Item as Piece;
use crate::format::piece::{Attribute, Definition, Function, Impl, Member};
use crate::format::statement::{call, indented, literal};
use crate::model::{
    Api, Body, BodyChoice, BodyContent, FormEncoding, FormStyle, Operation, Scalar, Type,
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
        BodyContent::PartsUnion(union) => ident_text(&union.name.rust).into_owned(),
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
        BodyContent::Multipart(_, encodings) => {
            let styles: Vec<String> = encodings.iter().map(parts::encoding).collect();
            let head = format!("{draft}.multipart({media_type}, Multipart::of");
            return call(&head, &[&given], Some(&styles), ");");
        }
        // Its methods are properties of the document.
        BodyContent::Parts(_) | BodyContent::PartsUnion(_) => {
            ("multipart", format!("Multipart::from({value})"), None)
        }
        BodyContent::Text => ("text", given, None),
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

/// The types made for a body: the enum of its media types, and the structs of
/// multipart bodies.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<Piece> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let mut items = body_enum(api, operation, body);
    for choice in &body.choices {
        for parts in choice.content.parts() {
            items.extend(parts::struct_items(api, operation, parts));
        }
        if let BodyContent::PartsUnion(union) = &choice.content {
            items.extend(parts::union_items(operation, union));
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
        .any(|choice| is_sent_once(&choice.content));
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

/// Whether what is given for a body may be a stream, which is there only once.
fn is_sent_once(content: &BodyContent) -> bool {
    matches!(
        content,
        BodyContent::Binary | BodyContent::Parts(_) | BodyContent::PartsUnion(_)
    )
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
        BodyContent::Parts(_)
        | BodyContent::PartsUnion(_)
        | BodyContent::Text
        | BodyContent::Binary => true,
    }
}
