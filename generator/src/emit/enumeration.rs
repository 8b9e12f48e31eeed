//! Open enums of strings and of integers.

use super::structure::code;
use super::ty::ident_text;
use super::{derives, docs};
use crate::format::Item as Piece;
use crate::format::piece::{Definition, Front, Member};
use crate::format::statement::literal;
use crate::model::{Docs, Enum, Item};

/// An open enum of strings, and its conversions.
pub(super) fn strings(item: &Item, values: &Enum<String>) -> Vec<Piece> {
    vec![
        definition(item, values, String::clone, "String"),
        conversions(item, values, "open_string_enum", |value| literal(value)),
    ]
}

/// An open enum of integers, and its conversions.
pub(super) fn integers(item: &Item, values: &Enum<i64>) -> Vec<Piece> {
    vec![
        definition(item, values, ToString::to_string, "i64"),
        conversions(item, values, "open_integer_enum", ToString::to_string),
    ]
}

fn definition<T>(
    item: &Item,
    values: &Enum<T>,
    text: impl Fn(&T) -> String,
    payload: &str,
) -> Piece {
    let derives = [
        "Clone",
        "Debug",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
    ];
    let known = values.variants.iter().map(|variant| Member {
        front: variant_front(&text(&variant.value), variant.description.as_deref()),
        text: ident_text(&variant.name.rust).into_owned(),
    });
    let unknown = Member {
        front: docs::front_sentence(super::union::UNKNOWN),
        text: format!("UnknownValue(crate::UnknownValue<{payload}>)"),
    };
    Definition {
        front: derives::front(item, &derives),
        head: format!("pub enum {}", ident_text(&item.name.rust)),
        members: known.chain([unknown]).collect(),
    }
    .into()
}

fn variant_front(value: &str, description: Option<&str>) -> Front {
    let sentence = if value.trim().is_empty() {
        format!("The value {value:?}.")
    } else {
        ["`", &*code(value), "`"].concat()
    };
    match description {
        Some(description) => docs::front(
            &Docs {
                text: Some(description.to_owned()),
                notes: vec![sentence],
            },
            "",
        ),
        None => docs::front_sentence(&sentence),
    }
}

/// The call of the macro that writes them.
fn conversions<T>(
    item: &Item,
    values: &Enum<T>,
    name: &str,
    literal: impl Fn(&T) -> String,
) -> Piece {
    let of = ident_text(&item.name.rust);
    let mut text = format!("crate::runtime::{name}! {{\n    {of} {{\n");
    for variant in &values.variants {
        let (name, value) = (ident_text(&variant.name.rust), literal(&variant.value));
        text.extend(["        ", &*name, " = ", &value, ",\n"]);
    }
    text.push_str("    }\n}\n");
    Piece::Text(text)
}
