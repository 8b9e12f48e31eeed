//! Forms are written as OpenAPI and its `encoding` say.

mod canned;

use canned::{decode, refused, sent};
use golden_form_encoding as api;
use golden_form_encoding::types::Message;
use http::Request;

/// Calls borrow from their client; here it lives as long as they may.
fn client() -> &'static api::Client {
    Box::leak(Box::new(canned::client()))
}

#[track_caller]
fn form(request: &Request<bytes::Bytes>) -> &str {
    assert_eq!(
        request.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    std::str::from_utf8(request.body()).expect("text")
}

#[test]
fn properties_are_pairs_in_the_authors_order() {
    let message: Message = decode(
        r#"{"To": "+1 500", "Body": "a=b&c é*~", "MediaUrl": ["x", "y/z"], "Price": 1.1,
            "Draft": false, "Note": null, "Meta": {"key": "v"}}"#,
    );
    assert_eq!(
        form(&sent(client().send_plain(message))),
        "To=%2B1+500&Body=a%3Db%26c+%C3%A9*%7E&MediaUrl=x&MediaUrl=y%2Fz&Price=1.1&Draft=false\
         &Note=&Meta=%7B%22key%22%3A%22v%22%7D",
    );
    let short = sent(client().send_plain(Message::new("1")));
    assert_eq!(form(&short), "To=1");
    assert!(short.headers().get("content-length").is_none());
}

#[test]
fn deep_objects_have_brackets_to_any_depth() {
    let request = client().send_nested().body(decode(
        r#"{"address": {"city": "Köln", "lines": ["a", "b"]},
            "items": [{"price": "p_1", "quantity": 2}, {"price": "p_2"}]}"#,
    ));
    let sent = sent(request);
    let form = form(&sent).replace("%5B", "[").replace("%5D", "]");
    assert_eq!(
        form,
        "address[city]=K%C3%B6ln&address[lines][0]=a&address[lines][1]=b\
         &items[0][price]=p_1&items[0][quantity]=2&items[1][price]=p_2",
    );
}

#[test]
fn a_form_that_may_be_left_out_is() {
    let without = sent(client().send_nested());
    assert!(without.body().is_empty());
    assert!(!without.headers().contains_key("content-type"));
}

#[test]
fn styles_are_the_declared_ones() {
    let request = client().send_styles(decode(
        r#"{"comma": ["a", "b,c"], "space": ["a", "b"], "pipe": ["a", "b"],
            "spread": {"x": 1, "y": 2}, "stringified": [1, 2], "url": "https://x/?a=b&c d"}"#,
    ));
    assert_eq!(
        form(&sent(request)),
        "comma=a,b%2Cc&space=a%20b&pipe=a%7Cb&x=1&y=2&stringified=%5B1%2C2%5D\
         &url=https://x/?a%3Db%26c+d",
    );
    let empty = client().send_styles(decode(r#"{"comma": []}"#));
    assert_eq!(form(&sent(empty)), "");
}

#[test]
fn an_item_that_would_read_as_two_is_refused() {
    let styles = |json: &str| client().send_styles(decode(json));
    for json in [
        r#"{"pipe": ["a", "b|c"]}"#,
        r#"{"space": ["a b"]}"#,
        r#"{"urls": ["a,b"]}"#,
        r#"{"pairs": {"a|b": "c"}}"#,
        r#"{"pairs": {"a": "b|c"}}"#,
    ] {
        refused(styles(json));
    }
    let others = r#"{"pipe": ["a b", "c,d"], "space": ["a|b"], "urls": ["a/b", "c"],
        "pairs": {"a": "b"}}"#;
    assert_eq!(
        form(&sent(styles(others))),
        "space=a%7Cb&pipe=a+b%7Cc%2Cd&urls=a/b,c&pairs=a%7Cb"
    );
}

#[test]
fn the_text_of_a_form_is_sent_as_it_is() {
    let request = sent(client().send_text("a=%20&b=+".to_owned()));
    assert_eq!(form(&request), "a=%20&b=+");
}
