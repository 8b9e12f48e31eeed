//! Families: where the base is asked for, whatever builds on it may come, and
//! what nobody knows is kept.

mod canned;

use canned::{answered_json, block_on, body, client, encode, refuse, round_trip, sent};
use golden_families as api;
use golden_families::types::{Cat, CatBase, Holder, HolderEither, Pet, Shape, Vehicle};
use serde_json::json;

#[test]
fn the_tag_chooses_among_what_builds_on_the_base() {
    assert!(matches!(
        round_trip(r#"{"kind": "Dog", "name": "Rex"}"#),
        Pet::Dog(_)
    ));
    assert!(matches!(
        round_trip(r#"{"kind": "Lion", "lives": 1, "pride": {"kind": "Dog"}}"#),
        Pet::Lion(_)
    ));
    // Its own name is a tag, that of one in the middle too.
    assert!(matches!(
        round_trip(r#"{"kind": "Pet", "name": "It"}"#),
        Pet::Base(_)
    ));
    let cat = round_trip(r#"{"kind": "Cat", "lives": 9, "friend": {"kind": "Pet"}}"#);
    let Pet::Cat(cat) = cat else {
        panic!("{cat:?}");
    };
    let Cat::Base(cat) = cat else {
        panic!("{cat:?}");
    };
    assert_eq!(cat.lives, Some(9));
    refuse::<Pet>(r#"{"kind": "Lion"}"#);
}

#[test]
fn an_unknown_relative_is_kept_as_it_is() {
    let pet: Pet = round_trip(r#"{"kind": "Fish", "name": "Nemo", "fins": [1, null]}"#);
    assert!(matches!(pet, Pet::UnknownValue(_)));
    assert!(matches!(
        round_trip(r#"{"name": "Nemo"}"#),
        Pet::UnknownValue(_)
    ));
}

#[test]
fn a_mapping_names_the_base_and_gives_one_two_tags() {
    assert!(matches!(
        round_trip(r#"{"type": "any", "wheels": 3}"#),
        Vehicle::Base(_)
    ));
    assert!(matches!(
        round_trip(r#"{"type": "car", "wheels": 4, "doors": 5}"#),
        Vehicle::Car(_)
    ));
    assert!(matches!(
        round_trip(r#"{"type": "van", "wheels": 4, "load": 1.5}"#),
        Vehicle::Van(_)
    ));
    assert!(matches!(
        round_trip(r#"{"type": "lorry", "wheels": 6}"#),
        Vehicle::Lorry(_)
    ));
    // Without a tag, what it has decides; the tag is added.
    let car: Vehicle = canned::decode(r#"{"wheels": 4, "doors": 3}"#);
    assert!(matches!(car, Vehicle::Car(_)), "{car:?}");
    assert_eq!(
        encode(&car),
        json!({"type": "car", "wheels": 4, "doors": 3})
    );
}

#[test]
fn a_base_that_lists_its_family_is_no_circle() {
    let circle: Shape = round_trip(r#"{"form": "circle", "radius": 1.5, "color": "red"}"#);
    assert!(matches!(circle, Shape::Circle(_)));
}

#[test]
fn references_to_a_base_are_the_family_wherever_they_stand() {
    let holder: Holder = round_trip(
        r#"{"pet": {"kind": "Dog"}, "maybe": null, "shape": {"form": "square", "side": 2.5},
            "either": {"kind": "Dog", "name": "x"}}"#,
    );
    assert!(matches!(holder.pet, Some(Pet::Dog(_))));
    assert_eq!(holder.maybe, Some(None));
    assert!(matches!(holder.either, Some(HolderEither::Dog(_))));
}

#[test]
fn calls_take_and_yield_families() {
    let cat: Cat = CatBase::new("Cat").lives(7).into();
    let request = sent(client().create_cat(cat));
    assert_eq!(body(&request), json!({"kind": "Cat", "lives": 7}));
    let client = answered_json(200, r#"[{"kind": "Dog"}, {"kind": "Newt"}]"#);
    let pets = block_on(client.list_pets().send()).expect("pets");
    assert!(matches!(&pets[..], [Pet::Dog(_), Pet::UnknownValue(_)]));
}
