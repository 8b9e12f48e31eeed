//! Media types of responses: one type where they say the same, a variant for
//! each where they do not.

mod canned;

use api::operations::untagged::several::{GetSeveralFailure, GetSeveralOutput};
use api::operations::untagged::variants::GetVariantsOutput;
use api::types::{Other, Thing};
use canned::{answered, block_on, sent};
use golden_media_types as api;

fn client(media_type: &'static str, body: &'static str) -> &'static api::Client {
    Box::leak(Box::new(answered(200, media_type, body)))
}

const THING: &str = r#"{"name": "n"}"#;

#[test]
fn notations_of_the_same_are_one_type() {
    for media_type in ["application/json", "application/scim+json", ""] {
        let same = block_on(client(media_type, THING).get_same().send()).expect("a thing");
        assert_eq!(*same, Thing::new("n"));
    }
    let request = sent(client("", "").get_same());
    assert_eq!(request.headers()["accept"], "application/json, application/scim+json");
}

#[test]
fn what_differs_is_a_variant() {
    let several = |media_type, body| {
        let several = block_on(client(media_type, body).get_several().send());
        several.expect("200").into_body()
    };
    let ok = GetSeveralOutput::OkJson(Thing::new("n"));
    assert_eq!(several("application/json", THING), ok);
    assert_eq!(several("APPLICATION/JSON ; charset=UTF-8", THING), ok);
    assert_eq!(several("", THING), ok);
    assert_eq!(several("image/png", THING), ok);
    let other = several("application/geo+json", r#"{"other": "o"}"#);
    assert_eq!(other, GetSeveralOutput::OkGeoJson(Other::new("o")));
    let page = several("text/html; charset=utf-8", "<p>");
    assert_eq!(page, GetSeveralOutput::OkHtml("<p>".to_owned()));
    let table = several("text/csv", "a,b");
    assert_eq!(table, GetSeveralOutput::OkHtml("a,b".to_owned()));
}

#[test]
fn errors_differ_too() {
    let error = |media_type, body| {
        let client = answered(400, media_type, body);
        let error = block_on(client.get_several().send()).expect_err("400");
        error.into_api().expect("what is wrong")
    };
    let problem = error("application/problem+json", r#"{"title": "t"}"#);
    let GetSeveralFailure::BadRequestProblemJson(problem) = problem else {
        panic!("{problem:?}");
    };
    assert_eq!(problem.title.as_deref(), Some("t"));
    let text = error("text/plain", "no");
    assert_eq!(text, GetSeveralFailure::BadRequestText("no".to_owned()));
}

#[test]
fn ranges_and_unknown_types_go_by_their_schema() {
    let wild = block_on(client("text/x-unknown", THING).get_wild().send()).expect("a thing");
    assert_eq!(*wild, Thing::new("n"));
    let pdf = block_on(client("application/pdf", "%PDF").get_pdf().send()).expect("a document");
    assert_eq!(block_on(pdf.into_body().into_bytes(9)).expect("bytes"), "%PDF");
    let xml = block_on(client("application/xml", "<a/>").get_xml().send()).expect("a text");
    assert_eq!(*xml, "<a/>");
}

#[test]
fn parameters_tell_apart_where_the_document_has_them() {
    let variants = |media_type, body| {
        let variants = block_on(client(media_type, body).get_variants().send());
        variants.expect("200").into_body()
    };
    let full = variants("application/json; view=full", r#"{"other": "o"}"#);
    assert_eq!(full, GetVariantsOutput::OkJsonViewFull(Other::new("o")));
    let short = variants("application/json", THING);
    assert_eq!(short, GetVariantsOutput::OkJsonViewShort(Thing::new("n")));
}

#[test]
fn what_has_no_body_is_not_read() {
    assert!(block_on(client("application/json", "").probe().send()).is_ok());
    let client = answered(204, "application/json", "");
    assert!(block_on(client.remove().send()).is_ok());
    assert!(!sent(client.probe()).headers().contains_key("accept"));
}

#[test]
fn names_that_cannot_be_sent_are_not() {
    let request = sent(client("", "").get_odd());
    assert_eq!(request.headers()["accept"], "application/json");
}
