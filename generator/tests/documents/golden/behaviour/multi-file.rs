//! A document over many files: its client is that of one document.

mod canned;

use canned::{Canned, NOTHING, answering, block_on, body, decode, headers, sent, target};
use golden_multi_file as api;
use golden_multi_file::types::{Animal, AnimalKind, CommonError, Count, Error};
use serde_json::{Value, json};

fn client(answer: Canned) -> api::Client {
    answering(answer).key("k").build().expect("a client")
}

const REX: &str = r#"{"id": "p-1", "kind": {"type": "cat", "lives": 9}, "friends": [{"id": "p-2", "kind": {"type": "dog"}}]}"#;

#[test]
fn parameters_and_security_of_other_files_apply() {
    let client = client(NOTHING);
    let request = sent(client.list_pets().x_trace("t-1").limit(10));
    assert_eq!(target(&request), "/pets?limit=10");
    assert_eq!(headers(&request), [("x-key", "k"), ("x-trace", "t-1")]);
    assert_eq!(target(&sent(client.get_pet("p/1"))), "/pets/p%2F1");
}

#[test]
fn a_schema_is_one_type_from_wherever_it_is_named() {
    let pet: Animal = decode(REX);
    let created: api::Client = client(Canned::json(201, REX));
    let created: Animal = block_on(created.create_pet(pet.clone()).send())
        .expect("a pet")
        .into_body();
    assert_eq!(created, pet);
    let request = sent(client(NOTHING).create_pet(pet.clone()));
    assert_eq!(body(&request), decode::<Value>(REX));
    let owners = client(Canned::json(200, r#"[{"name": "Ann", "pets": [{"id": "p-3", "kind": {"type": "dog"}}]}]"#));
    let owners = block_on(owners.list_owners().send()).expect("owners").into_body();
    let theirs: Option<&Animal> = owners[0].pets.as_ref().and_then(|pets| pets.first());
    assert_eq!(theirs.expect("a pet").id, "p-3");
}

#[test]
fn mappings_name_schemas_of_other_files() {
    let pet: Animal = decode(REX);
    let AnimalKind::Cat(cat) = pet.kind else {
        panic!("no cat")
    };
    assert_eq!(cat.lives, Some(Count::N9));
}

#[test]
fn two_schemas_of_one_name_are_two_types() {
    let failed = client(Canned::json(500, r#"{"message": "no"}"#));
    let failed = block_on(failed.list_owners().send()).expect_err("500").into_api();
    let error: Option<CommonError> = failed;
    assert_eq!(error.expect("an error").message, "no");
    let error: Error = decode(r#"{"reason": "no"}"#);
    assert_eq!(serde_json::to_value(error).expect("JSON"), json!({"reason": "no"}));
}
