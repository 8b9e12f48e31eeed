//! What stands in front of a type: documentation, and the traits that come from
//! `#[derive]`.

use super::docs;
use super::structure::deprecation;
use crate::format::piece::{Attribute, Front};
use crate::model::Item;

/// What stands in front of the definition of a type that may grow. `of_kind` are
/// the traits that its kind has.
pub(super) fn front(item: &Item, of_kind: &[&str]) -> Front {
    docs::front(&item.docs, &format!("`{}`.", item.name.rust))
        .with(deprecation(item.deprecated, &item.docs))
        .with([attribute(item, of_kind)])
        .non_exhaustive()
}

/// `#[derive(…)]` of an item: what its kind has, without the direction of serde
/// that is not wanted, and what the configuration adds.
pub(super) fn attribute(item: &Item, of_kind: &[&str]) -> Attribute {
    let own = of_kind.iter().copied().filter(|name| match *name {
        "serde::Serialize" => item.serialize,
        "serde::Deserialize" => item.deserialize,
        _ => true,
    });
    let extra = item
        .derives
        .iter()
        .map(String::as_str)
        .filter(|name| !of_kind.contains(name))
        // That of a type with secrets hides them.
        .filter(|name| *name != "Debug" || !item.holds_secret);
    // `lower` has seen to it that they are paths.
    Attribute::of("derive", own.chain(extra))
}
