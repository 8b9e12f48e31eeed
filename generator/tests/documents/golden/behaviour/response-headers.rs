//! Response headers are read into the types that the document gives them.

mod canned;

use api::operations::untagged::pets::{ListPetsFailureHeaders, ListPetsHeaders};
use api::types::{Limits, ListPetsXStateHeader};
use golden_response_headers as api;
use http::{HeaderMap, HeaderName, HeaderValue};

fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    let lines = lines.iter().map(|(name, value)| {
        let name = HeaderName::from_static(name);
        (name, HeaderValue::from_static(value))
    });
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(name, value);
    }
    headers
}

#[test]
fn every_header_has_its_type() {
    let read = ListPetsHeaders::from_headers(&headers(&[
        ("x-total", " 42 "),
        ("x-next", "https://api.example.test/pets?page=2"),
        ("x-tags", "a, b"),
        ("x-tags", "c"),
        ("x-expires", "2024-02-29T12:00:00Z"),
        ("x-state", "unheard-of"),
        ("x-limits", "limit,5,unit,s"),
        ("x-pairs", "limit=6,unit=min"),
        ("x-info", r#"{"limit": 7}"#),
        ("x-bare", "x"),
        ("x-next_", "true"),
    ]))
    .expect("headers");
    assert_eq!(read.x_total, 42);
    assert_eq!(read.x_next.as_deref(), Some("https://api.example.test/pets?page=2"));
    assert_eq!(read.x_tags.expect("tags"), ["a", "b", "c"]);
    let expires = read.x_expires.expect("a time");
    assert_eq!(expires.to_string(), "2024-02-29T12:00:00Z");
    assert_eq!(read.x_state, Some(ListPetsXStateHeader::from("unheard-of")));
    assert_eq!(read.x_limits, Some(Limits::new().limit(5).unit("s")));
    assert_eq!(read.x_pairs, Some(Limits::new().limit(6).unit("min")));
    assert_eq!(read.x_info, Some(Limits::new().limit(7)));
    assert_eq!(read.x_bare.as_deref(), Some("x"));
    assert_eq!(read.x_next_underscore, Some(true));
}

#[test]
fn what_is_absent_is_none() {
    let read = ListPetsHeaders::from_headers(&headers(&[("x-total", "1")])).expect("headers");
    assert_eq!((read.x_next, read.x_tags, read.x_limits), (None, None, None));
}

#[test]
fn what_does_not_fit_is_named_and_not_quoted() {
    let error = ListPetsHeaders::from_headers(&headers(&[])).expect_err("no total");
    assert_eq!(error.to_string(), "`x-total`: the header is missing".replace("x-t", "X-T"));
    for (name, value) in [("x-total", "canary"), ("x-info", "canary"), ("x-limits", "canary")] {
        let mut lines = vec![(name, value)];
        if name != "x-total" {
            lines.push(("x-total", "1"));
        }
        let error = ListPetsHeaders::from_headers(&headers(&lines)).expect_err("no fit");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
}

#[test]
fn errors_have_headers_too() {
    let client = canned::answered(429, "", "");
    let error = canned::block_on(client.list_pets().send()).expect_err("429");
    let headers = error.headers().expect("headers");
    assert!(ListPetsFailureHeaders::from_headers(headers).is_err());
    let read = ListPetsFailureHeaders::from_headers(&self::headers(&[("retry-after", "3")]));
    assert_eq!(read.expect("headers").retry_after, 3);
}
