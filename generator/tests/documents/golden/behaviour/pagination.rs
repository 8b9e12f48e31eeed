//! Pages and items: what is asked for after each page, and when it ends.

mod canned;

use canned::{Script, block_on};
use golden_pagination as api;
use golden_pagination::{Client, Error, RequestBody};
use std::sync::Arc;

/// A client with a key in its query.
fn client(script: &Arc<Script>) -> Client {
    script.builder().key("secret").build().expect("a client")
}

/// What `next` gives until there is no more.
macro_rules! all {
    ($stream:expr) => {{
        let mut stream = $stream;
        let mut all = Vec::new();
        while let Some(one) = block_on(stream.next()) {
            all.push(one);
        }
        all
    }};
}

/// The ids of items.
macro_rules! ids {
    ($items:expr) => {{
        let all = all!($items);
        all.into_iter().map(|item| item.expect("an item").id).collect::<Vec<String>>()
    }};
}

const LAST: (u16, &str) = (200, r#"{"data":[{"id":"c"}],"meta":{"next":null}}"#);

#[test]
fn cursors_lead_from_page_to_page() {
    let script = Script::json(&[
        (200, r#"{"data":[{"id":"a"},{"id":"b"}],"meta":{"next":"x/ y"}}"#),
        (200, r#"{"data":[],"meta":{"next":"z"}}"#),
        LAST,
    ]);
    let client = client(&script);
    let items = client.list_by_cursor().items_(9).items();
    assert_eq!(ids!(items), ["a", "b", "c"]);
    assert_eq!(
        script.targets(),
        [
            "/v1/cursors?items=9&key=secret",
            "/v1/cursors?items=9&after%5Bid%5D=x%2F%20y&key=secret",
            "/v1/cursors?items=9&after%5Bid%5D=z&key=secret",
        ]
    );
}

#[test]
fn pages_keep_their_responses() {
    let script = Script::json(&[(503, "{}"), (200, r#"{"data":[],"meta":{"next":"x"}}"#), LAST]);
    let client = client(&script);
    let pages = all!(client.list_by_cursor().pages());
    let attempts: Vec<u32> = pages
        .iter()
        .map(|page| page.as_ref().expect("a page").attempts())
        .collect();
    assert_eq!(attempts, [2, 1]);
}

#[test]
fn an_outcome_that_is_no_page_is_the_last() {
    let script = Script::json(&[(202, "")]);
    let client = client(&script);
    assert_eq!(all!(client.list_by_cursor().pages()).len(), 1);
    let script = Script::json(&[(202, "")]);
    let client = self::client(&script);
    assert!(all!(client.list_by_cursor().items()).is_empty());
}

#[test]
fn an_error_is_the_end() {
    let script = Script::json(&[
        (200, r#"{"data":[{"id":"a"}],"meta":{"next":"x"}}"#),
        (404, r#"{"code":"gone"}"#),
    ]);
    let client = client(&script);
    let mut items = client.list_by_cursor().items();
    assert_eq!(block_on(items.next()).expect("one").expect("an item").id, "a");
    let error = block_on(items.next()).expect("one").expect_err("404");
    assert_eq!(error.api().expect("typed").code.as_deref(), Some("gone"));
    assert!(block_on(items.next()).is_none());
}

#[test]
fn a_page_that_leads_to_itself_is_an_error() {
    let again = (200, r#"{"data":[{"id":"a"}],"meta":{"next":"x"}}"#);
    let script = Script::json(&[again, again, again, again]);
    let client = client(&script);
    let all = all!(client.list_by_cursor().pages());
    assert_eq!(all.len(), 3);
    assert!(all[2].as_ref().expect_err("a loop").to_string().contains("itself"));
    assert_eq!(script.seen().len(), 2);
}

#[test]
fn the_last_item_can_be_the_cursor() {
    let script = Script::json(&[
        (200, r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#),
        (200, r#"{"data":[{"id":"c"}],"has_more":false}"#),
    ]);
    let client = client(&script);
    let items = client.list_after_last_item().starting_after("0").items();
    assert_eq!(ids!(items), ["a", "b", "c"]);
    assert_eq!(
        script.targets(),
        [
            "/v1/last-items?starting_after=0&key=secret",
            "/v1/last-items?starting_after=b&key=secret",
        ]
    );
}

#[test]
fn cursors_can_stand_in_the_body() {
    let script = Script::json(&[(200, r#"{"data":[{"id":"a"}],"meta":{"next":"x"}}"#), LAST]);
    let client = client(&script);
    let search: api::types::Search = canned::decode(r#"{"text":"t","page":{"size":1}}"#);
    assert_eq!(ids!(client.search(search).items()), ["a", "c"]);
    let bodies: Vec<_> = script.seen().iter().map(canned::body).collect();
    assert_eq!(bodies[0], canned::decode::<serde_json::Value>(r#"{"text":"t","page":{"size":1}}"#));
    let second = r#"{"text":"t","page":{"size":1,"cursor":"x"}}"#;
    assert_eq!(bodies[1], canned::decode::<serde_json::Value>(second));
    let types: Vec<_> = script.seen().iter().map(|seen| seen.headers()["content-type"].clone()).collect();
    assert_eq!(types, ["application/json", "application/json"]);
}

#[test]
fn numbers_count_pages() {
    let page = (200, r#"{"data":[{"id":"a"}],"meta":{"pages":3}}"#);
    let script = Script::json(&[page, page, page, page]);
    let client = client(&script);
    assert_eq!(ids!(client.list_by_page().items()).len(), 3);
    let targets = ["/v1/numbers?key=secret", "/v1/numbers?page=1&key=secret", "/v1/numbers?page=2&key=secret"];
    assert_eq!(script.targets(), targets);
    // From the page that the caller names, up to one without items.
    let page = (200, r#"{"data":[{"id":"a"}]}"#);
    let script = Script::json(&[page, (200, r#"{"data":[]}"#), page]);
    let client = self::client(&script);
    assert_eq!(ids!(client.list_by_page().page(7).items()).len(), 1);
    assert_eq!(script.targets(), ["/v1/numbers?page=7&key=secret", "/v1/numbers?page=8&key=secret"]);
}

#[test]
fn offsets_count_items() {
    let page = (200, r#"{"data":[{"id":"a"},{"id":"b"}],"meta":{"total":5}}"#);
    let last = (200, r#"{"data":[{"id":"c"}],"meta":{"total":5}}"#);
    let script = Script::json(&[page, page, last, page]);
    let client = client(&script);
    assert_eq!(ids!(client.list_by_offset().items()).len(), 5);
    let targets = ["/v1/offsets?key=secret", "/v1/offsets?offset=2&key=secret", "/v1/offsets?offset=4&key=secret"];
    assert_eq!(script.targets(), targets);
}

fn linked(link: &str) -> http::Response<String> {
    let body = r#"[{"id":"a"}]"#.to_owned();
    http::Response::builder().header("link", link).body(body).expect("a response")
}

#[test]
fn links_of_headers_are_followed_on_the_same_server() {
    let script = Arc::new(Script::default());
    script.add(linked(r#"<https://api.example.test/>; rel=first, <https://api.example.test/v1/links/o?page=2&per_page=5>; title="a, <b>; rel=next"; rel="last next""#));
    script.add(linked("</v1/links/o?page=3&key=own>; rel=next"));
    script.add(linked("<https://api.example.test/v1/links/o>; rel=prev"));
    let client = client(&script);
    assert_eq!(ids!(client.list_by_link("o").per_page(5).items()).len(), 3);
    assert_eq!(
        script.targets(),
        [
            "/v1/links/o?per_page=5&key=secret",
            "/v1/links/o?page=2&per_page=5&key=secret",
            "/v1/links/o?page=3&key=own",
        ]
    );
}

#[test]
fn credentials_do_not_follow_links_to_other_servers() {
    let others = [
        "https://evil.example/v1/links/o",
        "https://api.example.test.evil.example/v1",
        "https://api.example.test@evil.example/v1",
        "http://api.example.test/v1/links/o",
        "//evil.example/v1",
        "evil.example",
    ];
    for other in others {
        let script = Arc::new(Script::default());
        script.add(linked(&format!("<{other}>; rel=next")));
        let client = client(&script);
        let all = all!(client.list_by_link("o").pages());
        assert_eq!(all.len(), 2, "{other}");
        let error = all[1].as_ref().expect_err("elsewhere");
        assert!(error.is_invalid_request(), "{other}");
        assert_eq!(script.seen().len(), 1, "{other}");
    }
}

#[test]
fn links_can_stand_in_the_body() {
    let first = (200, r#"{"data":[{"id":"a"}],"meta":{"link":"https://api.example.test/v1/body-links?t=1"}}"#);
    let script = Script::json(&[first, LAST]);
    let client = client(&script);
    assert_eq!(ids!(client.list_by_link_in_body().items()), ["a", "c"]);
    assert_eq!(script.targets(), ["/v1/body-links?key=secret", "/v1/body-links?t=1&key=secret"]);
}

#[test]
fn pages_and_items_are_streams_that_any_thread_may_have() {
    fn is_stream<S: futures_core::Stream + Send + Unpin>(_: &S) {}
    let script = Script::json(&[LAST]);
    let client = client(&script);
    is_stream(&client.list_by_cursor().pages());
    is_stream(&client.list_by_cursor().items());
    let _: Option<(Error, RequestBody)> = None;
}
