//! Structs: fields, construction and setters.

use std::borrow::Cow;

use proc_macro2::TokenStream;

use super::ty::{self, From, ident_text, tokens};
use super::{derives, docs};
use crate::format::Item as Piece;
use crate::format::piece::{Attribute, Definition, Front, Function, Impl, Member};
use crate::format::statement::{assignment, literal};
use crate::model::{Api, Default, Docs, Field, Item, ItemKind, Presence, Scalar, Struct, Type};
use crate::name::is_keyword;

/// A struct, the plain struct of its required fields where it has several, and
/// its methods.
pub(super) fn items(api: &Api, item: &Item, structure: &Struct) -> Vec<Piece> {
    let from = From::Types(&item.module);
    let all_optional = structure
        .fields
        .iter()
        .all(|field| !field.presence.is_required());
    let mut derives = vec!["Clone", "Debug"];
    derives.extend(all_optional.then_some("Default"));
    derives.extend(["PartialEq", "serde::Deserialize", "serde::Serialize"]);
    let front = docs::front(&item.docs, &format!("`{}`.", item.name.rust))
        .with(deprecation(item.deprecated, &item.docs))
        .with([derives::attribute(item, &derives)]);
    let definition = definition(api, item, structure, front, from, |field| {
        serde_attribute(api, field)
    });
    with_methods(api, item, structure, definition, from)
}

/// The same for a struct that is no JSON and stands outside of `types`.
pub(super) fn plain_items(api: &Api, item: &Item, structure: &Struct) -> Vec<Piece> {
    let from = From::Crate;
    let front = docs::front(&item.docs, "").with([Attribute::of("derive", ["Debug"])]);
    let mut definition = definition(api, item, structure, front, from, |_| None);
    if structure.additional.is_some()
        && let Some(additional) = definition.members.last_mut()
    {
        additional.front.attributes.clear();
    }
    with_methods(api, item, structure, definition, from)
}

fn with_methods(
    api: &Api,
    item: &Item,
    structure: &Struct,
    definition: Definition,
    from: From<'_>,
) -> Vec<Piece> {
    let required: Vec<&Field> = structure
        .fields
        .iter()
        .filter(|field| field.presence.is_required())
        .collect();
    let mut items = vec![
        definition.into(),
        methods(api, item, structure, &required, from).into(),
    ];
    if let Some(name) = &structure.required_name {
        items.extend(required_struct(api, item, &name.rust, &required, from));
    }
    items
}

fn definition(
    api: &Api,
    item: &Item,
    structure: &Struct,
    front: Front,
    from: From<'_>,
    attribute: impl Fn(&Field) -> Option<Attribute>,
) -> Definition {
    let fields = structure.fields.iter().map(|field| Member {
        front: docs::front(&field.docs, &format!("`{}`.", code(&field.wire)))
            .with(deprecation(field.deprecated, &field.docs))
            .with(attribute(field)),
        text: public_field(
            &field.name.rust,
            &ty::field(api, &field.ty, field.presence, field.boxed, from),
        ),
    });
    let additional = structure.additional.as_ref().map(|(name, values)| Member {
        front: docs::front_sentence("The properties that have no field of their own.")
            .with([Attribute::of("serde", ["flatten"])]),
        text: public_field(&name.rust, &map_of(api, values, from)),
    });
    Definition {
        front: front.non_exhaustive(),
        head: format!("pub struct {}", ident_text(&item.name.rust)),
        members: fields.chain(additional).collect(),
    }
}

fn public_field(name: &str, ty: &str) -> String {
    format!("pub {}: {ty}", ident_text(name))
}

/// The type of properties that have no field of their own.
fn map_of(api: &Api, values: &Type, from: From<'_>) -> String {
    let values = ty::text(api, values, from);
    format!("{}<String, {values}>", api.map.name())
}

fn serde_attribute(api: &Api, field: &Field) -> Option<Attribute> {
    let skip = "skip_serializing_if = \"Option::is_none\"";
    let presence: &[&str] = match field.presence {
        Presence::Required => &[],
        // Without this, serde takes a missing property for null.
        Presence::RequiredNullable => &["deserialize_with = \"Option::deserialize\""],
        Presence::Optional if !is_any(api, &field.ty) => &["default", skip],
        Presence::Optional | Presence::OptionalNullable => &[
            "default",
            "deserialize_with = \"crate::runtime::presence::present\"",
            skip,
        ],
    };
    let rename = (field.wire != field.name.rust)
        .then(|| Cow::Owned(format!("rename = {}", literal(&field.wire))));
    let presence = presence.iter().map(|argument| Cow::Borrowed(*argument));
    let arguments: Vec<Cow<'_, str>> = rename.into_iter().chain(presence).collect();
    (!arguments.is_empty()).then(|| Attribute::of("serde", arguments))
}

/// Whether the type has `null` among its values.
pub(super) fn is_any(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => *scalar == Scalar::Any,
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) => is_any(api, &alias.ty),
            _ => false,
        },
        _ => false,
    }
}

fn methods(
    api: &Api,
    item: &Item,
    structure: &Struct,
    required: &[&Field],
    from: From<'_>,
) -> Impl {
    let mut methods = vec![constructor(api, structure, required, from)];
    // What is required is given to `new`, and can be assigned later.
    for field in &structure.fields {
        if !field.presence.is_required() {
            methods.push(setter(api, field, from));
            methods.extend(
                (field.presence == Presence::OptionalNullable).then(|| null(structure, field)),
            );
        }
    }
    if let Some((name, values)) = &structure.additional {
        let name = ident_text(&name.rust);
        methods.push(Function {
            front: docs::front_sentence("Sets the properties that have no field of their own.")
                .must_use(),
            head: format!("pub fn {name}"),
            arguments: vec![
                "mut self".to_owned(),
                format!("{name}: {}", map_of(api, values, from)),
            ],
            output: "Self".to_owned(),
            body: vec![format!("self.{name} = {name};"), "self".to_owned()],
        });
    }
    methods.extend(
        structure
            .fields
            .iter()
            .filter_map(|field| default(api, structure, field, from)),
    );
    Impl::new(format!("impl {}", ident_text(&item.name.rust)), methods)
}

fn constructor(api: &Api, structure: &Struct, required: &[&Field], from: From<'_>) -> Function {
    let (sentence, arguments) = match (required, &structure.required_name) {
        ([], _) => ("With no property set.", Vec::new()),
        (_, Some(name)) => (
            "With the required properties, and no other set.",
            vec![format!("required: {}", ident_text(&name.rust))],
        ),
        (required, None) => (
            "With the required property, and no other set.",
            required
                .iter()
                .map(|field| {
                    let (ty, _) = required_argument(api, field, from);
                    format!("{}: {ty}", ident_text(&field.name.rust))
                })
                .collect(),
        ),
    };
    let given = required.iter().map(|field| {
        let name = ident_text(&field.name.rust);
        let value = match &structure.required_name {
            Some(_) => format!("required.{name}"),
            None => required_argument(api, field, from).1,
        };
        let value = boxed(field, value);
        if value == name {
            format!("    {name},")
        } else {
            format!("    {name}: {value},")
        }
    });
    let optional = structure
        .fields
        .iter()
        .filter(|field| !field.presence.is_required())
        .map(|field| format!("    {}: None,", ident_text(&field.name.rust)));
    let additional = structure.additional.iter().map(|(name, _)| {
        let (name, map) = (ident_text(&name.rust), api.map.name());
        format!("    {name}: {map}::new(),")
    });
    let mut body = vec!["Self {".to_owned()];
    body.extend(given.chain(optional).chain(additional));
    match body.len() {
        1 => body = vec!["Self {}".to_owned()],
        _ => body.push("}".to_owned()),
    }
    Function {
        front: docs::front_sentence(sentence).must_use(),
        head: "pub fn new".to_owned(),
        arguments,
        output: "Self".to_owned(),
        body,
    }
}

/// What is given for a required property, and the expression that makes its
/// value of it.
fn required_argument(api: &Api, field: &Field, from: From<'_>) -> (String, String) {
    let name = ident_text(&field.name.rust);
    if field.presence == Presence::RequiredNullable {
        let ty = ty::text(api, &field.ty, from);
        (format!("Option<{ty}>"), name.into_owned())
    } else {
        ty::argument(api, &field.ty, &name, from)
    }
}

/// The value of a field that stands behind a pointer.
fn boxed(field: &Field, value: String) -> String {
    match (field.boxed, field.presence) {
        (false, _) => value,
        (true, Presence::RequiredNullable) => format!("{value}.map(Box::new)"),
        (true, _) => format!("Box::new({value})"),
    }
}

/// The setter of an optional property.
fn setter(api: &Api, field: &Field, from: From<'_>) -> Function {
    let name = ident_text(&field.name.rust);
    let (argument, value) = ty::argument(api, &field.ty, &name, from);
    let value = boxed(field, value);
    let value = if field.presence == Presence::OptionalNullable {
        format!("Some(Some({value}))")
    } else {
        format!("Some({value})")
    };
    let mut body = assignment(&format!("self.{name}"), &value);
    body.push("self".to_owned());
    Function {
        front: docs::front_sentence(&format!("Sets `{}`.", code(&field.wire)))
            .with(deprecation(field.deprecated, &field.docs))
            .must_use(),
        head: format!("pub fn {name}"),
        arguments: vec!["mut self".to_owned(), format!("{name}: {argument}")],
        output: "Self".to_owned(),
        body,
    }
}

/// The setter of null.
fn null(structure: &Struct, field: &Field) -> Function {
    let sentence = format!(
        "Sets `{}` to null, which is not the same as leaving it out.",
        code(&field.wire)
    );
    let place = format!("self.{}", ident_text(&field.name.rust));
    let mut body = assignment(&place, "Some(None)");
    body.push("self".to_owned());
    Function {
        front: docs::front_sentence(&sentence)
            .with(deprecation(field.deprecated, &field.docs))
            .must_use(),
        head: format!("pub fn {}", beside(structure, field, "null")),
        arguments: vec!["mut self".to_owned()],
        output: "Self".to_owned(),
        body,
    }
}

/// The name of a second method of a field. A setter that is called so already
/// keeps its name.
fn beside(structure: &Struct, field: &Field, suffix: &str) -> String {
    let name = format!("{}_{suffix}", field.name.rust.trim_end_matches('_'));
    if structure.fields.iter().any(|other| other.name.rust == name) {
        format!("{name}_")
    } else {
        name
    }
}

/// The value of a property, or what the API takes where it is absent.
fn default(api: &Api, structure: &Struct, field: &Field, from: From<'_>) -> Option<Function> {
    if field.presence.is_required() || field.boxed {
        return None;
    }
    let place = format!("self.{}", ident_text(&field.name.rust));
    let ty = ty::text(api, &field.ty, from);
    let nullable = field.presence == Presence::OptionalNullable;
    let (ty, value) = match field.default.as_ref()? {
        Default::Bool(value) => (ty, or_copy(&place, nullable, &value.to_string())),
        Default::Integer(value) => (ty, or_copy(&place, nullable, &value.to_string())),
        Default::Float(value) => (ty, or_copy(&place, nullable, &format!("{value:?}"))),
        Default::String(value) => {
            let value = literal(value);
            let value = if nullable {
                format!("{place}.as_ref().map_or(Some({value}), Option::as_deref)")
            } else {
                format!("{place}.as_deref().unwrap_or({value})")
            };
            ("&str".to_owned(), value)
        }
        Default::Text(value) | Default::StringEnum(_, value) => {
            (ty, or_made(&place, nullable, &literal(value)))
        }
        Default::IntegerEnum(_, value) => (ty, or_made(&place, nullable, &value.to_string())),
    };
    // Null is no absence.
    let (output, null) = match nullable {
        true => (format!("Option<{ty}>"), "; null stays null"),
        false => (ty, ""),
    };
    let sentence = format!(
        "`{}`, or what the API takes for it where it is absent{null}.",
        code(&field.wire)
    );
    Some(Function {
        front: docs::front_sentence(&sentence).must_use(),
        head: format!("pub fn {}", beside(structure, field, "or_default")),
        arguments: vec!["&self".to_owned()],
        output,
        body: vec![value],
    })
}

/// The value of a property, or one that needs no making.
fn or_copy(place: &str, nullable: bool, value: &str) -> String {
    if nullable {
        format!("{place}.unwrap_or(Some({value}))")
    } else {
        format!("{place}.unwrap_or({value})")
    }
}

/// The value of a property, or one that is made from `value`.
fn or_made(place: &str, nullable: bool, value: &str) -> String {
    if nullable {
        format!("{place}.clone().unwrap_or_else(|| Some({value}.into()))")
    } else {
        format!("{place}.clone().unwrap_or_else(|| {value}.into())")
    }
}

fn required_struct(
    api: &Api,
    item: &Item,
    required_name: &str,
    required: &[&Field],
    from: From<'_>,
) -> [Piece; 2] {
    let name = ident_text(&item.name.rust);
    let required_name = ident_text(required_name);
    let members = required.iter().map(|field| {
        let property = format!("`{}::{}`", item.name.rust, ident_text(&field.name.rust));
        // Whether links find raw identifiers depends on rustdoc.
        let sentence = match is_keyword(&field.name.rust) {
            true => format!("What {property} becomes."),
            false => format!("What [{property}] becomes."),
        };
        Member {
            front: docs::front_sentence(&sentence),
            text: public_field(
                &field.name.rust,
                &ty::field(api, &field.ty, field.presence, false, from),
            ),
        }
    });
    // Parts of multipart bodies may be streams, of which there is one each.
    let has_parts = required.iter().any(|field| {
        let mut found = false;
        field
            .ty
            .scalars(&mut |scalar| found |= scalar == Scalar::Part);
        found
    });
    let derives: &[&str] = match has_parts {
        true => &["Debug"],
        false => &["Clone", "Debug", "PartialEq"],
    };
    let sentence = format!("The required properties of [`{}`].", item.name.rust);
    let definition = Definition {
        front: docs::front_sentence(&sentence)
            .with([Attribute::of("derive", derives.iter().copied())]),
        head: format!("pub struct {required_name}"),
        members: members.collect(),
    };
    let from = Function::new(
        "fn from",
        [format!("required: {required_name}")],
        "Self",
        vec!["Self::new(required)".to_owned()],
    );
    let conversion = Impl::new(format!("impl From<{required_name}> for {name}"), vec![from]);
    [definition.into(), conversion.into()]
}

/// `#[deprecated]`, where it applies, with what the author says about it.
pub(super) fn deprecation(deprecated: bool, docs: &Docs) -> Option<Attribute> {
    deprecated.then(|| match docs.deprecation() {
        None => Attribute::new("deprecated"),
        Some(note) => Attribute::of("deprecated", [format!("note = {}", literal(note))]),
    })
}

/// The same as tokens.
pub(super) fn deprecated(deprecated: bool, docs: &Docs) -> TokenStream {
    deprecation(deprecated, docs)
        .map_or_else(TokenStream::new, |attribute| tokens(&attribute.line()))
}

/// Text that cannot end a Markdown code span.
pub(super) fn code(text: &str) -> String {
    text.replace('`', "'").replace(['\n', '\r'], " ")
}
