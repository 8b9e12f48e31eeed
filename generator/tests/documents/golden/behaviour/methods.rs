//! Methods: each is sent as it is named; a response to HEAD has no body.

mod canned;

use canned::{Canned, NOTHING, answering, block_on, client, decode, sent};
use golden_methods as api;
use golden_methods::Operation;
use golden_methods::operations::untagged::all::{HeadAll, OptionsAll, QueryAll};
use golden_methods::operations::untagged::hooks::Subscribe;

#[test]
fn methods_are_sent_as_they_are_named() {
    let client = client();
    assert_eq!(sent(client.head_all("1")).method(), "HEAD");
    assert_eq!(sent(client.options_all("1")).method(), "OPTIONS");
    assert_eq!(sent(client.trace_all("1")).method(), "TRACE");
    assert_eq!(sent(client.copy_all_by_id("1")).method(), "COPY");
    let request = sent(client.query_all("1", decode(r#"{"q": "x"}"#)));
    assert_eq!(request.method(), "QUERY");
    assert_eq!(request.body(), r#"{"q":"x"}"#);
    assert_eq!((HeadAll::ENDPOINT.method, QueryAll::ENDPOINT.method), ("HEAD", "QUERY"));
}

#[test]
fn a_response_to_head_needs_no_body() {
    let empty = Canned::json(200, "");
    let client = answering(empty).build().expect("a client");
    block_on(client.head_all("1").send()).expect("an answer");
    assert!(block_on(client.query_all("1", decode("{}")).send()).is_err());
    let client = answering(NOTHING).build().expect("a client");
    block_on(client.subscribe().send()).expect("an answer");
}

#[test]
fn the_document_says_what_may_be_sent_twice() {
    assert_eq!(Subscribe::ENDPOINT.idempotent, Some(true));
    assert_eq!(OptionsAll::ENDPOINT.idempotent, None);
}
