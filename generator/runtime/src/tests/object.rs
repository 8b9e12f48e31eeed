//! Structs are read from objects: what is required, what may be left out, and
//! what is told from null.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::runtime::object;

#[derive(Debug, PartialEq, Serialize)]
struct Patch {
    #[serde(rename = "type")]
    kind: String,
    parent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Option<String>>,
    #[serde(flatten)]
    others: BTreeMap<String, serde_json::Value>,
}

object! {
    Patch {
        kind: required "type",
        parent: required "parent",
        size: optional "size",
        note: present "note",
        ..others
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Name {
    name: String,
}

object! {
    Name {
        name: required "name",
    }
}

fn refusal(json: &str) -> String {
    serde_json::from_str::<Patch>(json).unwrap_err().to_string()
}

#[test]
fn three_states_round_trip() {
    for (rest, note) in [
        ("", None),
        (r#","note":null"#, Some(None)),
        (r#","note":"x""#, Some(Some("x".to_owned()))),
    ] {
        let json = format!(r#"{{"type":"a","parent":null{rest},"x":[1,2.5]}}"#);
        let patch: Patch = serde_json::from_str(&json).unwrap();
        assert_eq!(patch.note, note);
        assert_eq!(patch.others.len(), 1);
        assert_eq!(serde_json::to_string(&patch).unwrap(), json);
    }
}

#[test]
fn null_leaves_out_what_is_optional() {
    let patch: Patch = serde_json::from_str(r#"{"type":"a","parent":"b","size":null}"#).unwrap();
    assert_eq!(patch.size, None);
}

#[test]
fn what_does_not_fit_is_told() {
    assert!(refusal(r#"{"parent":null}"#).starts_with("missing field `type`"));
    assert!(refusal(r#"{"type":"a"}"#).starts_with("missing field `parent`"));
    assert!(refusal(r#"{"type":"a","type":"b"}"#).starts_with("duplicate field `type`"));
    assert!(refusal(r#"{"type":null}"#).starts_with("invalid type: null"));
    assert!(refusal(r#"["a",null]"#).starts_with("invalid type: sequence, expected struct Patch"));
}

#[test]
fn what_is_unknown_is_passed_over() {
    let name: Name = serde_json::from_str(r#"{"x":{"y":[1]},"name":"n"}"#).unwrap();
    assert_eq!(name.name, "n");
}
