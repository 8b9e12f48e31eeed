//! What decode errors say, and what they leave out.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::fixture::Connection;
use crate::runtime::*;

fn received(body: impl Into<Bytes>) -> Received {
    Received {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: body.into(),
        attempts: 1,
        value_limit: DEFAULT_VALUE_LIMIT,
        asked: None,
        followed: false,
    }
}

fn refusal<T: DeserializeOwned>(body: &str) -> String {
    match received(body.to_owned()).json::<T>() {
        Ok(_) => panic!("decoded: {body}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_path_is_named_and_no_value() {
    for (body, expected) in [
        (
            r#"{"connection_id":5}"#,
            "`connection_id`: expected a string, found an integer",
        ),
        (
            r#"{"connection_id":null}"#,
            "`connection_id`: expected a string, found null",
        ),
        (
            r#"{"connection_id":{"a":1}}"#,
            "`connection_id`: expected a string, found an object",
        ),
        (
            r#"{"connection_id":"x","size":"5"}"#,
            "`size`: expected u32, found a string",
        ),
        (
            r#"{"connection_id":"x","size":-1}"#,
            "`size`: expected u32, found an integer that is out of range",
        ),
        (
            r#"{"connection_id":"x","size":1.5}"#,
            "`size`: expected u32, found a number",
        ),
        (
            r#"{"connection_id":"x","certificates":{}}"#,
            "`certificates`: expected a sequence, found an object",
        ),
        (
            r#"{"connection_id":"x","certificates":[{"issuer":"a"},{}]}"#,
            "`certificates[1]`: missing field `issuer`",
        ),
        (
            r#"{"connection_id":"x","certificates":[{"issuer":"a","created_at":"yesterday"}]}"#,
            "`certificates[0].created_at`: the value does not fit its type",
        ),
        ("{}", "missing field `connection_id`"),
        (
            "[]",
            "expected struct Connection with 3 elements, found an array",
        ),
        (r#"{"connection_id":"x"} {}"#, "something follows the JSON"),
        (r#"{"connection_id""#, "the JSON ends too early"),
        (r#"{"connection_id":"x",}"#, "it is not JSON"),
        ("", "it is empty"),
    ] {
        let message = refusal::<Connection>(body);
        assert!(
            message == expected || (body == "[]" && message.contains("Connection")),
            "{message}"
        );
    }
}

#[test]
fn a_value_cannot_pass_for_a_message() {
    for value in [
        "at `x`: secret",
        "missing field `secret",
        "x, expected secret",
    ] {
        let body = serde_json::json!({ "connection_id": "x", "size": value }).to_string();
        assert_eq!(
            refusal::<Connection>(&body),
            "`size`: expected u32, found a string"
        );
    }
}

#[test]
fn names_that_are_no_plain_words_are_left_out() {
    type Map = std::collections::BTreeMap<String, std::collections::BTreeMap<String, u8>>;
    assert_eq!(
        refusal::<Map>(r#"{"a b":{"c-d":"x"}}"#),
        "`….c-d`: expected u8, found a string"
    );
    let long = "k".repeat(65);
    assert_eq!(
        refusal::<Map>(&format!(r#"{{"{long}":1}}"#)),
        "`…`: expected a map, found an integer"
    );
}

#[test]
fn enums_say_what_they_expect() {
    #[derive(Debug, Deserialize)]
    enum Closed {
        #[serde(rename = "a")]
        A,
    }
    let message = refusal::<Vec<Closed>>(r#"["a","secret"]"#);
    assert_eq!(message, "`[1]`: expected `a`");
    assert!(matches!(
        received(r#"["a"]"#).json::<Vec<Closed>>().unwrap()[..],
        [Closed::A]
    ));
}

#[test]
fn a_byte_order_mark_and_other_charsets() {
    let connection: Connection = received("\u{feff}{\"connection_id\":\"x\"}")
        .json()
        .unwrap();
    assert_eq!(connection.connection_id, "x");
    assert_eq!(received("hé").text().unwrap(), "hé");
    let error = received(&b"h\xe9"[..]).text().unwrap_err();
    assert_eq!(error.to_string(), "it is not UTF-8");
    assert_eq!(received(&b"h\xe9"[..]).bytes().unwrap(), &b"h\xe9"[..]);
    assert_eq!(received("ignored").empty(), Ok(()));
}

#[test]
fn the_media_type_is_read_without_its_parameters() {
    let mut received = received("");
    assert_eq!(received.content_type(), None);
    for (header, expected) in [
        ("application/json", Some("application/json")),
        (
            "application/problem+json; charset=utf-8",
            Some("application/problem+json"),
        ),
        (" ; x", None),
    ] {
        received
            .headers
            .insert("content-type", header.parse().unwrap());
        assert_eq!(received.content_type(), expected);
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_an_overflow() {
    let deep = "[".repeat(100_000);
    let expected = format!("`{}.…`: it is not JSON", "[0]".repeat(32));
    assert_eq!(refusal::<serde_json::Value>(&deep), expected);
}

#[test]
fn a_response_from_elsewhere_is_decoded() {
    use super::fixture::Find;
    let response = |status: u16, body: &'static str| {
        let response = http::Response::builder().status(status);
        Received::from(response.body(body).unwrap())
    };
    let found = Find::decode(&response(200, r#"{"connection_id": "c"}"#)).unwrap();
    assert_eq!(found.connection_id, "c");
    assert!(Find::decode(&response(200, "[]")).is_err());
    assert!(Find::decode_failure(&response(502, "<html>")).is_none());
}
