//! Unions: enums of types, told apart by a tag or by their shape.

use super::structure::code;
use super::ty::{self, From, ident_text};
use super::{conversion, derives, docs, shape, validation};
use crate::format::Item as Piece;
use crate::format::piece::{Definition, Function, Impl, Member};
use crate::format::statement::{arm, literal};
use crate::model::{Api, Item, Scalar, Type, Union};

/// What an enum says of the variant for what it does not know.
pub(super) const UNKNOWN: &str = "A value that the API description does not list, kept as it is.";

/// A union and its conversions.
pub(super) fn items(api: &Api, item: &Item, union: &Union) -> Vec<Piece> {
    let from = From::Types(&item.module);
    let mut items = vec![definition(api, item, union, from)];
    items.extend(item.holds_secret.then(|| debug(item, union)));
    items.extend(item.serialize.then(|| serialize(api, item, union)));
    if item.deserialize {
        items.push(match &union.tag {
            Some(tag) => deserialize_tagged(api, item, union, tag),
            None => deserialize_untagged(api, item, union),
        });
        if union.is_chosen_by_shape(api) {
            items.push(shape::of_union(api, item, union));
        }
    }
    items.extend(conversion::conversions(api, item, union, from));
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
        front: match item.holds_secret {
            true => derives::front(item, &["Clone", "PartialEq"]),
            false => derives::front(item, &["Clone", "Debug", "PartialEq"]),
        },
        head: format!("pub enum {}", ident_text(&item.name.rust)),
        members: variants.chain([unknown]).collect(),
    }
    .into()
}

/// `Debug` of a union whose values may hold secrets: a value of no variant is
/// not shown, for a secret may be anywhere in it.
fn debug(item: &Item, union: &Union) -> Piece {
    let name = ident_text(&item.name.rust);
    let mut body = vec!["match self {".to_owned()];
    for variant in &union.variants {
        let variant = ident_text(&variant.name.rust);
        let shown = format!("f.debug_tuple({}).field(value).finish()", literal(&variant));
        body.extend(arm(&format!("Self::{variant}(value)"), &shown, 4));
    }
    let hidden = "f.write_str(\"UnknownValue(..)\")";
    body.extend(arm("Self::UnknownValue(_)", hidden, 4));
    body.push("}".to_owned());
    let arguments = ["&self", "f: &mut std::fmt::Formatter<'_>"].map(str::to_owned);
    let fmt = Function::new("fn fmt", arguments, "std::fmt::Result", body);
    Impl::new(format!("impl std::fmt::Debug for {name}"), vec![fmt]).into()
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
            "let (tag, value) = crate::runtime::{}::split(deserializer, {})?;",
            Json::of(api).split,
            literal(property)
        ),
        "match tag.as_deref() {".to_owned(),
    ];
    // The default is of all tags that are left.
    let json = Json::of(api);
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
            &json.decoded(&name),
            4,
        ));
    }
    if union.falls_back(api) {
        let untagged = match union.default_variant() {
            Some(_) => format!("    None if !{}.is_object() => {{", json.value),
            None => "    None => {".to_owned(),
        };
        body.push(untagged);
        body.extend(
            choice(union, json)
                .into_iter()
                .map(|line| format!("        {line}")),
        );
        body.push("    }".to_owned());
    }
    let other = match union.default_variant() {
        Some(variant) => json.decoded(&ident_text(&variant.name.rust)),
        None => format!("Ok(Self::UnknownValue({}))", json.owned),
    };
    body.extend(arm("_", &other, 4));
    body.push("}".to_owned());
    deserialize(item, body)
}

/// How generated code reads the JSON of a union, `value`: with its text where
/// integers may be wider than 64 bits.
#[derive(Clone, Copy)]
struct Json {
    ty: &'static str,
    split: &'static str,
    /// The `serde_json::Value`.
    value: &'static str,
    /// A reference to it.
    borrowed: &'static str,
    owned: &'static str,
    decode: &'static str,
    attempt: &'static str,
}

impl Json {
    fn of(api: &Api) -> Self {
        match api.wide_integers {
            true => Self {
                ty: "crate::runtime::exact_json::ExactJson",
                split: "exact_json::ExactJson",
                value: "value.value()",
                borrowed: "value.value()",
                owned: "value.into_value()",
                decode: "value.decode_variant()",
                attempt: "value.attempt()",
            },
            false => Self {
                ty: "serde_json::Value",
                split: "tagged",
                value: "value",
                borrowed: "&value",
                owned: "value",
                decode: "crate::runtime::tagged::decode_variant(value)",
                attempt: "untagged::attempt(&value)",
            },
        }
    }

    /// Reads the variant of this name.
    fn decoded(self, variant: &str) -> String {
        format!("{}.map(Self::{variant})", self.decode)
    }
}

fn deserialize_untagged(api: &Api, item: &Item, union: &Union) -> Piece {
    let json = Json::of(api);
    let mut body = vec![format!(
        "let value: {} = serde::Deserialize::deserialize(deserializer)?;",
        json.ty
    )];
    body.extend(choice(union, json));
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
fn choice(union: &Union, json: Json) -> Vec<String> {
    let mut lines = vec![
        "use crate::runtime::untagged;".to_owned(),
        format!(
            "let chosen = untagged::choose({}, Self::SHAPES, |index| match index {{",
            json.borrowed
        ),
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
                format!("    {index} => {}", json.attempt),
                format!("        .filter(|{exact})"),
                format!("        .map(Self::{name}),"),
            ]),
            None => lines.extend(arm(
                &index.to_string(),
                &format!("{}.map(Self::{name})", json.attempt),
                4,
            )),
        }
    }
    lines.extend(arm("_", "None", 4));
    lines.push("});".to_owned());
    lines.push(match json.owned {
        "value" => "Ok(chosen.unwrap_or(Self::UnknownValue(value)))".to_owned(),
        owned => format!("Ok(chosen.unwrap_or_else(|| Self::UnknownValue({owned})))"),
    });
    lines
}
