//! Request bodies: what a caller gives is sent as the media type that the
//! document has for it, and the caller chooses where it has several.

mod canned;

use api::RequestBody;
use api::operations::untagged::notes::AddNoteBody;
use api::operations::untagged::pets::{AddPetBody, ChangePetsBody};
use api::types::Pet;
use bytes::Bytes;
use canned::{body, decode, sent};
use golden_request_bodies as api;
use http::Request;
use serde_json::json;

/// Calls borrow from their client; here it lives as long as they may.
fn client() -> &'static api::Client {
    Box::leak(Box::new(canned::client()))
}

#[track_caller]
fn content(request: &Request<Bytes>) -> (&str, &str) {
    let content_type = request.headers()["content-type"].to_str().expect("ASCII");
    let body = std::str::from_utf8(request.body()).expect("text");
    (content_type, body)
}

#[test]
fn json_is_meant_unless_something_else_is_said() {
    let client = client();
    let request = sent(client.add_pet(Pet::new("Rex")));
    assert_eq!(content(&request), ("application/json", r#"{"name":"Rex"}"#));
    let request = sent(client.add_pet(AddPetBody::Form(Pet::new("Rex"))));
    let form = "application/x-www-form-urlencoded";
    assert_eq!(content(&request), (form, "name=Rex"));
    let request = sent(client.add_pet("<Pet/>".to_owned()));
    assert_eq!(content(&request), ("application/xml", "<Pet/>"));
}

#[test]
fn kinds_of_json_are_told_apart() {
    let client = client();
    let merge = ChangePetsBody::MergePatchJson(decode(r#"{"name": "Rex"}"#));
    let request = sent(client.change_pets().body(merge));
    assert_eq!(
        content(&request),
        ("application/merge-patch+json", r#"{"name":"Rex"}"#)
    );
    let patch = ChangePetsBody::JsonPatchJson(decode(r#"[{"op": "remove", "path": "/name"}]"#));
    let request = sent(client.change_pets().body(patch));
    assert_eq!(request.headers()["content-type"], "application/json-patch+json");
    assert_eq!(body(&request), json!([{"op": "remove", "path": "/name"}]));
    assert!(sent(client.change_pets()).body().is_empty());
}

#[test]
fn any_media_type_is_json_where_the_schema_is() {
    let request = sent(client().put_anything(Pet::new("Rex")));
    assert_eq!(content(&request), ("application/json", r#"{"name":"Rex"}"#));
    let request = sent(client().post_anything(json!([1, null])));
    assert_eq!(content(&request), ("application/json", "[1,null]"));
}

#[test]
fn bytes_are_of_the_media_type_that_they_say() {
    let client = client();
    let picture = RequestBody::from("PNG").of_media_type("image/png");
    let request = sent(client.add_picture(picture));
    assert_eq!(content(&request), ("image/png", "PNG"));
    let request = sent(client.add_picture(b"?".to_vec()));
    assert_eq!(content(&request), ("application/octet-stream", "?"));
    let picture = RequestBody::from("PNG").of_media_type("image/png\r\nX-Evil: 1");
    canned::refused(client.add_picture(picture));
}

#[test]
fn streams_are_not_held_in_memory() {
    let stream = RequestBody::new(http_body_util::Full::new(Bytes::from_static(b"zip")));
    let request = client().add_archive().body(stream).build().expect("a request");
    assert!(request.body().as_bytes().is_none());
    assert_eq!(request.body().length(), Some(3));
    let request = sent(client().add_records("{}\n{}\n"));
    assert_eq!(content(&request), ("application/x-ndjson", "{}\n{}\n"));
}

#[test]
fn texts_and_bytes_are_told_apart_by_their_type() {
    let request = sent(client().add_note("ä".to_owned()));
    assert_eq!(content(&request), ("text/plain; charset=utf-8", "ä"));
    let request = sent(client().add_note(AddNoteBody::Binary("x".into())));
    assert_eq!(content(&request), ("application/octet-stream", "x"));
    let request = sent(client().add_document("<a/>".to_owned()));
    assert_eq!(content(&request), ("application/xml", "<a/>"));
}
