//! Structs: their fields, and the plain structs of what they require.

use std::borrow::Cow;

use proc_macro2::TokenStream;

use super::ty::{self, From, ident_text, tokens};
use super::{derives, docs, methods};
use crate::format::Item as Piece;
use crate::format::piece::{Attribute, Definition, Front, Function, Impl, Member};
use crate::format::statement::literal;
use crate::model::{Api, Docs, Field, Item, ItemKind, Presence, Scalar, Struct, Type};
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
    derives.push("PartialEq");
    let is_read = is_read(item, structure);
    derives.extend((!is_read).then_some("serde::Deserialize"));
    derives.push("serde::Serialize");
    let definition = Definition {
        front: derives::front(item, &derives),
        ..definition(api, item, structure, from, item.serialize)
    };
    let mut items = with_methods(api, item, structure, definition, from);
    items.extend(is_read.then(|| reading(api, item, structure)));
    items
}

/// Whether a struct is read property by property. Serde reads one without any.
pub(super) fn is_read(item: &Item, structure: &Struct) -> bool {
    item.deserialize && !(structure.fields.is_empty() && structure.additional.is_none())
}

/// The call of the macro that reads a struct.
fn reading(api: &Api, item: &Item, structure: &Struct) -> Piece {
    let of = ident_text(&item.name.rust);
    let mut text = format!("crate::runtime::object! {{\n    {of} {{\n");
    for field in &structure.fields {
        let presence = match field.presence {
            Presence::Required | Presence::RequiredNullable => "required",
            Presence::Optional if !is_any(api, &field.ty) => "optional",
            Presence::Optional | Presence::OptionalNullable => "present",
        };
        let (name, wire) = (ident_text(&field.name.rust), literal(&field.wire));
        let integers = match ty::is_of_integers(api, &field.ty) {
            true => "_integers",
            false => "",
        };
        text.extend([
            "        ", &*name, ": ", presence, integers, " ", &wire, ",\n",
        ]);
    }
    if let Some((name, ty)) = &structure.additional {
        let keeping = match ty::is_of_integers(api, ty) {
            true => ": kept_integers",
            false => "",
        };
        text.push_str(&format!("        ..{}{keeping}\n", ident_text(&name.rust)));
    }
    text.push_str("    }\n}\n");
    Piece::Text(text)
}

/// The same for a struct that is no JSON and stands outside of `types`.
pub(super) fn plain_items(api: &Api, item: &Item, structure: &Struct) -> Vec<Piece> {
    let from = From::Crate;
    let front = docs::front(&item.docs, "").with([Attribute::of("derive", ["Debug"])]);
    let definition = Definition {
        front: front.non_exhaustive(),
        ..definition(api, item, structure, from, false)
    };
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
        methods::methods(api, item, structure, &required, from).into(),
    ];
    if let Some(name) = &structure.required_name {
        items.extend(required_struct(api, item, &name.rust, &required, from));
    }
    items
}

/// The struct with its fields, with nothing in front; `serialize` where serde
/// derives how it is written.
fn definition(
    api: &Api,
    item: &Item,
    structure: &Struct,
    from: From<'_>,
    serialize: bool,
) -> Definition {
    let fields = structure.fields.iter().map(|field| Member {
        front: docs::front(&field.docs, &["`", &*code(&field.wire), "`."].concat())
            .with(deprecation(field.deprecated, &field.docs))
            .with(serialize.then(|| serde_attribute(field)).flatten()),
        text: public_field(
            &field.name.rust,
            &ty::field(api, &field.ty, field.presence, field.boxed, from),
        ),
    });
    let flatten = serialize.then(|| Attribute::of("serde", ["flatten"]));
    let additional = structure.additional.as_ref().map(|(name, values)| Member {
        front: docs::front_sentence("The properties that have no field of their own.")
            .with(flatten),
        text: public_field(&name.rust, &map_of(api, values, from)),
    });
    Definition {
        front: Front::default(),
        head: format!("pub struct {}", ident_text(&item.name.rust)),
        members: fields.chain(additional).collect(),
    }
}

fn public_field(name: &str, ty: &str) -> String {
    ["pub ", &*ident_text(name), ": ", ty].concat()
}

/// The type of properties that have no field of their own.
pub(super) fn map_of(api: &Api, values: &Type, from: From<'_>) -> String {
    let values = ty::text(api, values, from);
    format!("{}<String, {values}>", api.map.name())
}

fn serde_attribute(field: &Field) -> Option<Attribute> {
    let rename =
        (field.wire != field.name.rust).then(|| format!("rename = {}", literal(&field.wire)));
    let skip = (!field.presence.is_required())
        .then(|| "skip_serializing_if = \"Option::is_none\"".to_owned());
    let arguments: Vec<String> = rename.into_iter().chain(skip).collect();
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
pub(super) fn code(text: &str) -> Cow<'_, str> {
    match text.contains(['`', '\n', '\r']) {
        true => text.replace('`', "'").replace(['\n', '\r'], " ").into(),
        false => text.into(),
    }
}
