//! Names that are no Rust names: what they stand for is unchanged.

mod canned;

use canned::{client, encode, round_trip, sent, target};
use golden_names as api;
use golden_names::types::{OddName1, Type, UserProfile, UserProfile2, UserProfile3};
use serde_json::Value;

fn call<O: api::Operation>(call: api::Call<'_, O>) -> (String, String) {
    let request = sent(call);
    (request.method().to_string(), target(&request))
}

#[test]
fn calls_reach_their_operations() {
    let client = client();
    let pets = |method: &str| (method.to_owned(), "/pets".to_owned());
    assert_eq!(call(client.pets_owners().pets_list_all()), pets("GET"));
    assert_eq!(call(client.größe().n1st_pet()), pets("POST"));
    assert_eq!(call(client.größe().größe_setzen()), pets("PUT"));
    assert_eq!(call(client.r#type().r#move()), pets("DELETE"));
    assert_eq!(call(client.u2603().u2603()), pets("PATCH"));
    assert_eq!(
        call(client.deep().nested().http_server_v2url()),
        pets("HEAD")
    );

    let without = |path: &str| ("GET".to_owned(), path.to_owned());
    let first = call(client.get_without_by_id_operation_id("a"));
    assert_eq!(first, without("/without/a/operation-id"));
    let second = call(client.get_without_by_id_operation_id_2("a"));
    assert_eq!(second, without("/without/a/operation-id/"));
}

#[test]
fn properties_keep_their_names() {
    let names = [
        "type",
        "self",
        "Self",
        "crate",
        "super",
        "_",
        "gen",
        "try",
        "@id",
        "_links",
        "__typename",
        "name with spaces",
        "dotted.name",
        "fooBar",
        "foo_bar",
        "foo-bar",
        "größe",
        "имя",
        "☃",
        "",
        "quote\"and\\backslash",
        "new",
        "default",
        "clone",
        "into",
    ];
    // Each with a value of its own, so that none can stand in for another.
    let mut object = serde_json::Map::new();
    for (at, name) in names.into_iter().enumerate() {
        object.insert(name.to_owned(), Value::from(at.to_string()));
    }
    for name in ["async", "2fa"] {
        object.insert(name.to_owned(), Value::from(true));
    }
    for (at, name) in ["+1", "-1"].into_iter().enumerate() {
        object.insert(name.to_owned(), Value::from(at));
    }
    let odd: OddName1 = round_trip(&Value::Object(object).to_string());
    assert_eq!(odd.foo_bar.as_deref(), Some("14"));
    assert_eq!(odd.größe.as_deref(), Some("16"));
    assert_eq!(odd.plus_1, Some(0));
    assert_eq!(odd.minus_1, Some(1));
    assert_eq!(
        encode(&OddName1::new().new_("x")).to_string(),
        r#"{"new":"x"}"#
    );
}

#[test]
fn schemas_with_nearly_the_same_name_stay_apart() {
    // The one whose name is a Rust name already keeps it.
    assert_eq!(
        encode(&UserProfile::new().b("x")).to_string(),
        r#"{"b":"x"}"#
    );
    assert_eq!(
        encode(&UserProfile2::new().a("x")).to_string(),
        r#"{"a":"x"}"#
    );
    assert_eq!(
        encode(&UserProfile3::new().c("x")).to_string(),
        r#"{"c":"x"}"#
    );
}

#[test]
fn keywords_are_values_like_any_other() {
    for (variant, value) in [
        (Type::Fn, "fn"),
        (Type::Match, "match"),
        (Type::RRaw, "r#raw"),
    ] {
        assert_eq!(variant.as_str(), value);
        assert_eq!(Type::from(value), variant);
    }
}
