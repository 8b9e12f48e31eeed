//! Values in paths, queries, headers and cookies.

use proptest::prelude::*;

use super::wire::{Sent, check, decode, text};
use crate::runtime::*;
use crate::tests::fixture::Delete;

/// Whether every server takes a text for the name of one thing.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[test]
fn values_of_paths() {
    check((text(), text()), |wire, (first, second)| {
        let sent = wire.send(wire.client.delete(&first, &second));
        let Some(Sent {
            segments, query, ..
        }) = sent
        else {
            assert!(!is_plain(&first) || !is_plain(&second));
            return;
        };
        let expected = ["v1", &first, "connections", &second];
        assert_eq!(segments, expected.map(|text| text.as_bytes().to_vec()));
        assert!(query.is_empty());
    });
}

#[test]
fn values_of_parts_of_a_segment() {
    check((text(), text()), |wire, (first, second)| {
        let Some(sent) = wire.send(wire.client.touch(&first, &second)) else {
            return;
        };
        let last = format!("{first}:touch.{second}");
        let expected = ["v1", "connections", &last];
        assert_eq!(sent.segments, expected.map(|text| text.as_bytes().to_vec()));
    });
}

/// The items of a list, which can be told apart before they are decoded.
fn items(list: &str) -> Vec<String> {
    let decoded = list.split(',').map(decode);
    decoded
        .map(|item| String::from_utf8(item).unwrap())
        .collect()
}

#[test]
fn lists_in_paths() {
    for (style, start) in [
        (PathStyle::Simple, ""),
        (PathStyle::Label, "."),
        (PathStyle::Matrix, ";id="),
    ] {
        check(prop::collection::vec(text(), 1..4), |wire, list| {
            let mut draft = Draft::new(&wire.client.core, Delete::ENDPOINT);
            draft.path("organization_id", false, "o");
            draft.path_in("id", style, false, &list);
            let Some(sent) = wire.send(draft.call::<Delete>()) else {
                return;
            };
            let (last, _) = sent.encoded;
            // RFC 6570, 3.2.7: where there is only an empty text, `;id` is all.
            assert_eq!(items(last.strip_prefix(start).unwrap_or_default()), list);
            assert_eq!(sent.segments.len(), 4);
        });
    }
}

#[test]
fn lists_in_queries() {
    check(prop::collection::vec(text(), 1..4), |wire, list| {
        let mut call = wire.client.find();
        call.draft.query("q", QueryStyle::Form, false, &list);
        let sent = wire.send(call).expect("a query can hold everything");
        let (_, query) = sent.encoded;
        assert_eq!(items(query.strip_prefix("q=").unwrap()), list);
    });
}

#[test]
fn values_of_queries() {
    let values = (prop::collection::vec(text(), 0..4), text(), text());
    check(values, |wire, (items, name, value)| {
        let call = wire.client.find().parameter("q", &items);
        let call = call.options(CallOptions::new().query(&name, value.as_str()));
        let sent = wire.send(call).expect("a query can hold everything");
        let mut pairs: Vec<(&str, &str)> = items.iter().map(|item| ("q", &**item)).collect();
        pairs.push((&name, &value));
        let bytes = |text: &str| text.as_bytes().to_vec();
        let expected: Vec<_> = pairs
            .iter()
            .map(|(name, value)| (bytes(name), bytes(value)))
            .collect();
        assert_eq!(sent.query, expected);
        assert_eq!(sent.segments, [b"v1".to_vec(), b"connections".to_vec()]);
    });
}

#[test]
fn objects_in_queries() {
    let values = prop::collection::btree_map(text(), text(), 1..4);
    check(values, |wire, object| {
        let mut call = wire.client.find();
        call.draft.query("q", QueryStyle::DeepObject, true, &object);
        let Some(sent) = wire.send(call) else { return };
        let expected: Vec<_> = object
            .iter()
            .map(|(name, value)| {
                (
                    format!("q[{name}]").into_bytes(),
                    value.clone().into_bytes(),
                )
            })
            .collect();
        assert_eq!(sent.query, expected);
    });
}

#[test]
fn values_of_headers() {
    // Those that the client sends anyway.
    const OWN: usize = 4;
    check((text(), text(), text()), |wire, (one, two, three)| {
        let fits = |text: &str| {
            let whole = text.trim_matches([' ', '\t']) == text;
            whole && !text.chars().any(char::is_control)
        };
        let all = [&one, &two, &three];
        let call = wire.client.find().header("X-One", &one).session(&two);
        let call = call.options(CallOptions::new().header("X-Three", three.as_str()));
        let Some(sent) = wire.send(call) else {
            // An empty secret is none.
            assert!(two.is_empty() || !all.into_iter().all(|text| fits(text)));
            return;
        };
        let names = ["x-one", "x-member-session", "x-three"];
        for (name, value) in names.into_iter().zip(all) {
            assert_eq!(sent.header(name), value.as_bytes());
        }
        assert_eq!(sent.headers.len(), OWN + names.len(), "{:?}", sent.headers);
        assert!(sent.body.is_empty());
    });
}

#[test]
fn credentials() {
    check((text(), text()), |wire, (username, password)| {
        let options = CallOptions::new().basic_auth(username.as_str(), password.as_str());
        let Some(sent) = wire.send(wire.client.find().options(options)) else {
            let text = format!("{username}{password}");
            assert!(username.contains(':') || text.chars().any(char::is_control));
            return;
        };
        let value = std::str::from_utf8(sent.header("authorization")).unwrap();
        let encoded = value.strip_prefix("Basic ").unwrap();
        let expected = format!("{username}:{password}");
        assert_eq!(from_base64(encoded), expected.as_bytes());
    });
    check(text(), |wire, token| {
        let options = CallOptions::new().bearer_auth(token.as_str());
        if let Some(sent) = wire.send(wire.client.find().options(options)) {
            let expected = format!("Bearer {token}");
            assert_eq!(sent.header("authorization"), expected.as_bytes());
        }
    });
}

/// Undoes base64 (RFC 4648, section 4).
fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    assert_eq!(text.len() % 4, 0, "{text}");
    let mut bits = Vec::new();
    for byte in text.trim_end_matches('=').bytes() {
        let value = LETTERS.iter().position(|letter| *letter == byte).unwrap();
        bits.extend((0..6).rev().map(|bit| (value >> bit & 1) as u8));
    }
    let whole = bits.chunks_exact(8);
    whole
        .map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit))
        .collect()
}

#[test]
fn values_of_cookies() {
    let values = (text(), text());
    check(values, |wire, (one, two)| {
        let call = wire.client.find().cookie("one", &one).cookie("two", &two);
        let sent = wire.send(call).expect("a cookie can hold everything");
        let text = std::str::from_utf8(sent.header("cookie")).unwrap();
        let pairs: Vec<(&str, Vec<u8>)> = text
            .split("; ")
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name, decode(value)))
            .collect();
        let expected = [("one", one.into_bytes()), ("two", two.into_bytes())];
        assert_eq!(pairs, expected);
    });
}

#[test]
fn paths_that_no_description_has() {
    // Many of them such as may be sent.
    let path = prop_oneof![text(), "/[a-z.]{0,3}", "(/[a-z.~%2eEfF]{1,5}){1,4}"];
    check((path, text()), |wire, (path, value)| {
        let call = undescribed(&wire.client.core, &http::Method::GET, &path);
        let Some(sent) = wire.send(call.query("q", &value)) else {
            return;
        };
        // As it is: encoded already, and nothing that would change on the way.
        let segments: Vec<Vec<u8>> = path[1..].split('/').map(decode).collect();
        assert_eq!(sent.segments, segments);
        assert_eq!(sent.query, [(b"q".to_vec(), value.into_bytes())]);
    });
}
