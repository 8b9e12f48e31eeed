//! Identifiers: references lead to the schema that has the identifier.

mod canned;

use canned::{answered_json, block_on, round_trip};
use golden_identifiers as api;
use golden_identifiers::types::{Numbers, Person, Pet, Tree};

#[test]
fn anchors_are_those_of_the_schema_around_them() {
    let pet: Pet = round_trip(
        r#"{"name": "Tom", "size": 3, "mother": {"name": "Ada"},
            "owner": {"name": {"first": "Eve"}, "pet": {"name": "Tim"}}}"#,
    );
    assert_eq!(pet.mother.map(|mother| mother.name).as_deref(), Some("Ada"));
    let owner: Person = *pet.owner.expect("an owner");
    assert_eq!(owner.name.first.as_deref(), Some("Eve"));
}

#[test]
fn the_only_dynamic_anchor_is_meant() {
    let tree: Tree = round_trip(r#"{"value": 1, "children": [{"value": 2}]}"#);
    let children = tree.children.expect("children");
    assert_eq!(children[0].value, Some(2));
}

#[test]
fn of_several_dynamic_anchors_any_may_be_meant() {
    let client = answered_json(200, "[1, 2]");
    let numbers: Numbers = block_on(client.list_numbers().send())
        .expect("numbers")
        .into_body();
    assert_eq!(numbers, [1, 2]);
    round_trip::<api::types::List>(r#"["a", 1]"#);
}
