//! OpenAPI 3.2: tags below tags are namespaces in namespaces, media types may be
//! shared, and discriminators may have a default.

mod canned;

use canned::{answered_json, block_on, encode, refuse, round_trip};
use golden_v3_2 as api;
use golden_v3_2::types::{OtherPet, Pet, Vehicle};
use serde_json::json;

#[test]
fn tags_have_parents() {
    let client = answered_json(200, r#"{"id": "o-1", "gift": null}"#);
    let order = block_on(client.shop().orders().get_order("o-1").send()).expect("an order");
    assert_eq!(order.id, "o-1");
    assert_eq!(order.gift, Some(None));
}

#[test]
fn unknown_and_absent_tags_are_of_the_default() {
    for json in [r#"{"legs": 4}"#, r#"{"kind": "dog", "legs": 4}"#, r#"{"kind": null, "legs": 4}"#] {
        assert!(matches!(api_value(json), Pet::OtherPet(_)), "{json}");
    }
    assert!(matches!(round_trip(r#"{"kind": "cat", "lives": 9}"#), Pet::Cat(_)));
    assert!(matches!(round_trip(r#""text""#), Pet::String(_)));
    // The default is a schema as any other.
    refuse::<Pet>(r#"{"kind": "dog"}"#);
}

/// A value that is sent as it came, but for nulls.
fn api_value(json: &str) -> Pet {
    let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let pet: Pet = canned::decode(json);
    let mut expected = value;
    if expected["kind"].is_null() {
        expected.as_object_mut().expect("an object").remove("kind");
    }
    assert_eq!(encode(&pet), expected);
    pet
}

#[test]
fn a_default_is_sent_with_its_own_tag_or_none() {
    assert_eq!(encode(&Pet::from(OtherPet::new(4))), json!({"legs": 4}));
    let dog = OtherPet::new(4).kind("dog");
    assert_eq!(encode(&Pet::from(dog)), json!({"kind": "dog", "legs": 4}));
}

#[test]
fn the_default_of_a_hierarchy_may_be_its_base() {
    let truck: Vehicle = round_trip(r#"{"wheels": "truck", "seats": 2}"#);
    assert!(matches!(truck, Vehicle::Base(_)));
    let bicycle: Vehicle = round_trip(r#"{"wheels": "Bicycle", "bell": true}"#);
    assert!(matches!(bicycle, Vehicle::Bicycle(_)));
}
