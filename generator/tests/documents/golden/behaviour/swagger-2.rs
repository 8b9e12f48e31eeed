//! Swagger 2.0: bodies, lists, files and addresses go where they went.

mod canned;

use canned::{answered_json, block_on, body, client, round_trip, sent, target};
use golden_swagger_2 as api;
use golden_swagger_2::types::Pet;
use serde_json::json;

#[test]
fn lists_have_commas_unless_they_say_otherwise() {
    let client = client();
    let call = client
        .list_pets()
        .limit(2)
        .tags(["a".to_owned(), "b".to_owned()])
        .names(["c".to_owned(), "d".to_owned()]);
    assert_eq!(
        target(&sent(call)),
        "/pets?limit=2&tags=a,b&names=c&names=d"
    );
}

#[test]
fn a_shared_body_is_a_body() {
    let request = sent(client().create_pet(Pet::new("Tom")));
    assert_eq!(target(&request), "/pets");
    assert_eq!(body(&request), json!({"name": "Tom"}));
}

#[test]
fn definitions_are_types() {
    let pet: Pet = round_trip(r#"{"name": "Tom", "mother": {"name": "Ada"}, "born": null}"#);
    assert_eq!(pet.born, Some(None));
}

#[test]
fn errors_are_shared_responses() {
    let client = answered_json(400, r#"{"message": "no"}"#);
    let error = block_on(client.list_pets().send()).expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
}
