//! Derives: the traits of a type that come from `#[derive]`.

use crate::format::piece::Attribute;
use crate::model::Item;

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
        .filter(|name| !of_kind.contains(name));
    // `lower` has seen to it that they are paths.
    Attribute::of("derive", own.chain(extra))
}
