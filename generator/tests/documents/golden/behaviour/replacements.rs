//! Types of others: they stand where the schema is, and bring their own form.

#[allow(dead_code)]
mod canned;

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU64;
use std::path::PathBuf;

use canned::{decode, encode};
use golden_replacements as api;
use golden_replacements::types::{Choice, Kind, Leaf, NewOrder, NewOrderRequired, Order};
use serde_json::json;

#[test]
fn named_types_take_the_place_of_generated_ones() {
    let money = NonZeroU64::new(7).expect("not zero");
    let order = NewOrder::new(NewOrderRequired {
        money,
        kind: Kind::A,
    })
    .path(PathBuf::from("a/b"))
    .range(1..3)
    .map([("x".to_owned(), true)].into_iter().collect())
    .lost("a text")
    .choice(Choice::from(Leaf::new("l")));
    assert_eq!(
        encode(&order),
        json!({"money": 7, "kind": "a", "path": "a/b", "range": {"start": 1, "end": 3},
            "map": {"x": true}, "lost": "a text", "choice": {"leaf": "l"}})
    );
}

#[test]
fn maps_are_of_the_chosen_type() {
    let order: Order = decode(r#"{"id": 1, "attributes": {"color": "red"}, "more": 2}"#);
    let attributes: &HashMap<String, String> = order.attributes.as_ref().expect("present");
    assert_eq!(attributes["color"], "red");
    let more: HashMap<String, i64> = order.additional_properties;
    assert_eq!(more["more"], 2);
}

#[test]
fn types_derive_what_they_are_told_to() {
    fn eq<T: Eq>() {}
    eq::<NewOrder>();
    eq::<Choice>();
    assert_eq!(HashSet::from([Leaf::new("l"), Leaf::new("l")]).len(), 1);
}

#[test]
fn other_extensions_say_what_they_say() {
    let order: Order = decode(r#"{"id": 1, "empty": null}"#);
    assert_eq!(order.empty, Some(None));
    let client = canned::client();
    let order = NewOrder::new(NewOrderRequired {
        money: NonZeroU64::MIN,
        kind: Kind::B,
    });
    #[expect(deprecated, reason = "that is what is tested")]
    let call = client.add_order(order);
    assert_eq!(canned::target(&canned::sent(call)), "/orders");
}
