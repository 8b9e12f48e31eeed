//! Unions: enums of types, told apart by a tag or by their shape.

use super::structure::code;
use super::ty::{self, From, ident_text};
use super::{derives, docs, shape, validation};
use crate::format::Item as Piece;
use crate::format::piece::{Definition, Function, Impl, Member};
use crate::format::statement::{arm, literal};
use crate::model::{Api, Item, ItemKind, Scalar, Type, Union, UnionVariant};

/// What an enum says of the variant for what it does not know.
pub(super) const UNKNOWN: &str = "A value that the API description does not list, kept as it is.";

/// A union and its conversions.
pub(super) fn items(api: &Api, item: &Item, union: &Union) -> Vec<Piece> {
    let from = From::Types(&item.module);
    let mut items = vec![definition(api, item, union, from)];
    items.extend(item.serialize.then(|| serialize(api, item, union)));
    if item.deserialize {
        items.push(match &union.tag {
            Some(tag) => deserialize_tagged(api, item, union, tag),
            None => deserialize_untagged(item, union),
        });
        if union.is_chosen_by_shape(api) {
            items.push(shape::of_union(api, item, union));
        }
    }
    items.extend(conversions(api, item, union, from));
    items
}

fn definition(api: &Api, item: &Item, union: &Union, from: From<'_>) -> Piece {
    let variants = union.variants.iter().map(|variant| {
        let docs = match (&union.tag, &variant.tag) {
            (Some(property), Some(tag)) => {
                let also = variant
                    .also
                    .iter()
                    .map(|tag| format!(" or `{}`", code(tag)));
                let also: String = also.collect();
                let other = match variant.default {
                    true => ", absent, or of no other variant",
                    false => "",
                };
                format!(
                    "Where `{}` is `{}`{also}{other}.",
                    code(property),
                    code(tag)
                )
            }
            (Some(property), None) if variant.default => {
                format!(
                    "Where `{}` is absent, or of no other variant.",
                    code(property)
                )
            }
            _ => format!("As `{}`.", variant.name.rust),
        };
        let ty = ty::text(api, &variant.ty, from);
        let ty = match variant.boxed {
            true => format!("Box<{ty}>"),
            false => ty,
        };
        Member {
            front: docs::front_sentence(&docs),
            text: format!("{}({ty})", ident_text(&variant.name.rust)),
        }
    });
    let unknown = Member {
        front: docs::front_sentence(UNKNOWN),
        text: "UnknownValue(serde_json::Value)".to_owned(),
    };
    Definition {
        front: derives::front(item, &["Clone", "Debug", "PartialEq"]),
        head: format!("pub enum {}", ident_text(&item.name.rust)),
        members: variants.chain([unknown]).collect(),
    }
    .into()
}

fn serialize(api: &Api, item: &Item, union: &Union) -> Piece {
    let plain = "serde::Serialize::serialize(value, serializer)";
    let mut body = vec!["match self {".to_owned()];
    for (index, variant) in union.variants.iter().enumerate() {
        let pattern = format!("Self::{}(value)", ident_text(&variant.name.rust));
        // Checks belong to the variant that is held.
        let held =
            validation::is_checked(item, index).then(|| literal(&validation::held(item, variant)));
        let value = match (&union.tag, &variant.tag, held) {
            // Without a tag, a value is of the default variant.
            (Some(property), Some(tag), held)
                if !variant.default && !variant.ty.always_has(api, property) =>
            {
                format!(
                    "crate::runtime::tagged::encode_variant({}, {}, {}, serializer)",
                    literal(property),
                    literal(tag),
                    match held {
                        Some(name) => format!("&crate::runtime::tagged::Named({name}, value)"),
                        None => "value".to_owned(),
                    }
                )
            }
            (_, _, Some(name)) => format!("serializer.serialize_newtype_struct({name}, value)"),
            _ => plain.to_owned(),
        };
        body.extend(arm(&pattern, &value, 4));
    }
    body.extend(arm("Self::UnknownValue(value)", plain, 4));
    body.push("}".to_owned());
    let serialize = Function::new(
        "fn serialize<S: serde::Serializer>",
        ["&self", "serializer: S"],
        "Result<S::Ok, S::Error>",
        body,
    );
    let name = ident_text(&item.name.rust);
    Impl::new(format!("impl serde::Serialize for {name}"), vec![serialize]).into()
}

fn deserialize_tagged(api: &Api, item: &Item, union: &Union, property: &str) -> Piece {
    let mut body = vec![
        format!(
            "let (tag, value) = crate::runtime::tagged::split(deserializer, {})?;",
            literal(property)
        ),
        "match tag.as_deref() {".to_owned(),
    ];
    // The default is of all tags that are left.
    for variant in union.variants.iter().filter(|variant| !variant.default) {
        let Some(tag) = &variant.tag else {
            continue;
        };
        let tags: Vec<String> = [tag]
            .into_iter()
            .chain(&variant.also)
            .map(|tag| literal(tag))
            .collect();
        let name = ident_text(&variant.name.rust);
        body.extend(arm(
            &format!("Some({})", tags.join(" | ")),
            &decoded(&name),
            4,
        ));
    }
    if union.falls_back(api) {
        let untagged = match union.default_variant() {
            Some(_) => "    None if !value.is_object() => {",
            None => "    None => {",
        };
        body.push(untagged.to_owned());
        body.extend(
            choice(union)
                .into_iter()
                .map(|line| format!("        {line}")),
        );
        body.push("    }".to_owned());
    }
    let other = match union.default_variant() {
        Some(variant) => decoded(&ident_text(&variant.name.rust)),
        None => "Ok(Self::UnknownValue(value))".to_owned(),
    };
    body.extend(arm("_", &other, 4));
    body.push("}".to_owned());
    deserialize(item, body)
}

/// Reads `value` as the variant of this name.
fn decoded(variant: &str) -> String {
    format!("crate::runtime::tagged::decode_variant(value).map(Self::{variant})")
}

fn deserialize_untagged(item: &Item, union: &Union) -> Piece {
    let mut body = vec![
        "let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;".to_owned(),
    ];
    body.extend(choice(union));
    deserialize(item, body)
}

fn deserialize(item: &Item, body: Vec<String>) -> Piece {
    let deserialize = Function::new(
        "fn deserialize<D: serde::Deserializer<'de>>",
        ["deserializer: D"],
        "Result<Self, D::Error>",
        body,
    );
    let name = ident_text(&item.name.rust);
    Impl::new(
        format!("impl<'de> serde::Deserialize<'de> for {name}"),
        vec![deserialize],
    )
    .into()
}

/// Makes of `value` the variant that fits best.
fn choice(union: &Union) -> Vec<String> {
    let mut lines = vec![
        "use crate::runtime::untagged;".to_owned(),
        "let chosen = untagged::choose(&value, Self::SHAPES, |index| match index {".to_owned(),
    ];
    for (index, variant) in union.variants.iter().enumerate() {
        let name = ident_text(&variant.name.rust);
        // Any text is one with a format; here it has to be in that format.
        let exact = match &variant.ty {
            Type::Scalar(Scalar::Formatted(_)) => Some("text: &Formatted<_>| text.is_exact()"),
            Type::Array(element) if matches!(**element, Type::Scalar(Scalar::Formatted(_))) => {
                Some("list: &Vec<Formatted<_>>| list.iter().all(Formatted::is_exact)")
            }
            _ => None,
        };
        match exact {
            Some(exact) => lines.extend([
                format!("    {index} => untagged::attempt(&value)"),
                format!("        .filter(|{exact})"),
                format!("        .map(Self::{name}),"),
            ]),
            None => lines.extend(arm(
                &index.to_string(),
                &format!("untagged::attempt(&value).map(Self::{name})"),
                4,
            )),
        }
    }
    lines.extend(arm("_", "None", 4));
    lines.push("});".to_owned());
    lines.push("Ok(chosen.unwrap_or(Self::UnknownValue(value)))".to_owned());
    lines
}

/// `From` each type that only one variant holds.
fn conversions(api: &Api, item: &Item, union: &Union, from: From<'_>) -> Vec<Piece> {
    let name = ident_text(&item.name.rust);
    union
        .variants
        .iter()
        .filter(|variant| converts(api, union, variant))
        .map(|variant| {
            let ty = ty::text(api, &variant.ty, from);
            let value = if variant.boxed {
                "Box::new(value)"
            } else {
                "value"
            };
            let variant = ident_text(&variant.name.rust);
            let from = Function::new(
                "fn from",
                [format!("value: {ty}")],
                "Self",
                vec![format!("Self::{variant}({value})")],
            );
            Impl::new(format!("impl From<{ty}> for {name}"), vec![from]).into()
        })
        .collect()
}

fn converts(api: &Api, union: &Union, variant: &UnionVariant) -> bool {
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
}
