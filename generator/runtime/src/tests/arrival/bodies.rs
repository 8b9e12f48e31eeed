//! Values in bodies.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::wire::{Sent, Wire, check, text};
use crate::runtime::*;
use crate::tests::fixture::Update;

/// Sends a body; all of them can be sent.
fn sent(wire: &Wire, fill: impl FnOnce(&mut Draft<'_>)) -> Sent {
    let mut draft = Draft::new(&wire.client.core, Update::ENDPOINT);
    draft.path("id", false, "c");
    fill(&mut draft);
    wire.send(draft.call::<Update>())
        .expect("a body can hold everything")
}

/// Reads a string of JSON (RFC 8259, section 7), and gives what comes after it.
fn read_string(json: &str) -> (String, &str) {
    let mut units = Vec::new();
    let mut rest = json.strip_prefix('"').unwrap();
    loop {
        let character = rest.chars().next().unwrap();
        rest = &rest[character.len_utf8()..];
        match character {
            '"' => return (String::from_utf16(&units).unwrap(), rest),
            '\\' => {
                let escaped = rest.chars().next().unwrap();
                rest = &rest[1..];
                units.push(match escaped {
                    'u' => {
                        let (digits, after) = rest.split_at(4);
                        rest = after;
                        u16::from_str_radix(digits, 16).unwrap()
                    }
                    'b' => 8,
                    't' => 9,
                    'n' => 10,
                    'f' => 12,
                    'r' => 13,
                    '"' | '\\' | '/' => escaped as u16,
                    other => panic!("\\{other}"),
                });
            }
            // Control characters must be escaped.
            other => {
                assert!(other >= ' ', "{json:?}");
                units.extend_from_slice(other.encode_utf16(&mut [0; 2]));
            }
        }
    }
}

#[test]
fn values_in_json() {
    check((text(), text()), |wire, (name, value)| {
        let object = BTreeMap::from([(&name, &value)]);
        let sent = sent(wire, |draft| draft.json("application/json", &object));
        let json = std::str::from_utf8(&sent.body).unwrap();
        let (key, rest) = read_string(json.strip_prefix('{').unwrap());
        let (text, rest) = read_string(rest.strip_prefix(':').unwrap());
        assert_eq!((key, text, rest), (name, value, "}"));
        assert_eq!(sent.header("content-type"), b"application/json");
    });
}

#[test]
fn values_in_forms() {
    let values = prop::collection::btree_map(text(), text(), 0..4);
    check(values, |wire, object| {
        let media_type = "application/x-www-form-urlencoded";
        let sent = sent(wire, |draft| draft.form(media_type, &object, &[]));
        // As browsers' servers read it (WHATWG).
        let pairs: BTreeMap<_, _> = url::form_urlencoded::parse(&sent.body)
            .into_owned()
            .collect();
        assert_eq!(pairs, object);
    });
}

#[test]
fn values_in_parts() {
    check((text(), text()), |wire, (one, two)| {
        let sent = sent(wire, |draft| {
            let mut multipart = Multipart::default();
            multipart.value("one", None, &one);
            multipart.value("two", None, &two);
            draft.multipart("multipart/form-data", multipart);
        });
        let media_type = std::str::from_utf8(sent.header("content-type")).unwrap();
        let (_, boundary) = media_type.split_once("; boundary=").unwrap();
        // RFC 2046, section 5.1.1.
        let body = std::str::from_utf8(&sent.body).unwrap();
        let body = body.strip_prefix(&format!("--{boundary}\r\n")).unwrap();
        let body = body
            .strip_suffix(&format!("\r\n--{boundary}--\r\n"))
            .unwrap();
        let parts: Vec<(&str, &str)> = body
            .split(&format!("\r\n--{boundary}\r\n"))
            .map(|part| part.split_once("\r\n\r\n").unwrap())
            .collect();
        assert_eq!(parts.len(), 2);
        for ((head, text), (name, value)) in parts.into_iter().zip([("one", one), ("two", two)]) {
            assert!(head.contains(&format!("; name=\"{name}\"")), "{head}");
            assert_eq!(text, value);
        }
    });
}

#[test]
fn bytes() {
    let values = prop::collection::vec(any::<u8>(), 1..300);
    check(values, |wire, bytes| {
        let body = bytes.clone().into();
        let sent = sent(wire, |draft| draft.bytes("application/octet-stream", body));
        assert_eq!(sent.body, bytes);
    });
}
