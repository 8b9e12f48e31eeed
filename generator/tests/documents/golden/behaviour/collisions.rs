//! Names that Rust, the standard library or the client itself uses: both stay
//! within reach.

mod canned;

use canned::{answered_json, block_on, client, decode, round_trip, sent};
use golden_collisions as api;
use golden_collisions::types;

fn method<O: api::Operation>(call: api::Call<'_, O>) -> String {
    sent(call).method().to_string()
}

#[test]
fn operations_named_like_methods_of_calls_and_clients() {
    let client = client();
    assert_eq!(method(client.client().send()), "GET");
    assert_eq!(method(client.client().new_()), "POST");
    assert_eq!(method(client.types().build()), "PUT");
    assert_eq!(method(client.runtime().options()), "DELETE");
    assert_eq!(method(client.std().clone_()), "PATCH");
    assert_eq!(method(client.error().error()), "HEAD");
    assert_eq!(method(client.builder_()), "GET");
    assert_eq!(method(client.client_()), "DELETE");
    assert_eq!(method(client.types_()), "PUT");
    assert_eq!(method(client.pets().pets()), "GET");
    assert_eq!(method(client.pets().create_pet2()), "DELETE");
    assert_eq!(method(client.pets().create_pet_2()), "PATCH");
}

#[test]
fn schemas_named_like_types_of_the_standard_library() {
    let json = r#"{"ok": {"value": "a"}, "err": {"message": "b"}, "some": "c", "items": ["d"],
        "map": {"e": "f"}, "request": {}, "secret": "s", "date": "2024-01-01", "count": 1,
        "id": "7f1d9a52-8f2e-4f0d-9d57-2b6c1f7d7a64", "boxed": {"box": {"box": {}}}}"#;
    let all: types::ResultSchema = round_trip(json);
    assert_eq!(all.err, Some(types::Error::new("b")));
    assert_eq!(all.some.as_deref(), Some("c"));
    assert_eq!(types::DefaultSchema::new().default_or_default(), "x");
    assert_eq!(types::Operation::from("None"), types::Operation::None);
    let known = types::UnknownValue::from("UnknownValue");
    assert_eq!(known.as_str(), "UnknownValue");
    assert!(!matches!(known, types::UnknownValue::UnknownValue(_)));
    let union: types::CloneSchema = decode(r#"{"message": "b"}"#);
    assert!(matches!(union, types::CloneSchema::Error(_)));
}

#[test]
fn what_an_operation_needs_gives_way_to_components() {
    let body = types::CreatePetRequestSchema::new().name("Tom");
    let client = answered_json(200, r#"{"id": "1"}"#);
    let created = block_on(client.pets().create_pet(body.clone()).send()).expect("a pet");
    let created: types::CreatePetResponseSchema = created.into_body();
    assert_eq!(created.id.as_deref(), Some("1"));

    let client = answered_json(400, r#"{"code": "c"}"#);
    let error = block_on(client.pets().create_pet(body).send()).expect_err("400");
    assert_eq!(error.api().expect("a body").code.as_deref(), Some("c"));
}
