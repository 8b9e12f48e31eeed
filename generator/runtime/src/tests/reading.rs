//! Reading as APIs mean it: lists are no structs, `1.0` is an integer.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::runtime::*;

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Point {
    x: i64,
    #[serde(default)]
    next: Option<Box<Point>>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Open {
    id: u32,
    #[serde(flatten)]
    others: BTreeMap<String, serde_json::Value>,
}

fn read_text<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    decode(&mut deserializer).map_err(|error| error.to_string())
}

#[test]
fn a_list_is_no_struct_at_any_depth() {
    for (json, place) in [
        ("[1]", ""),
        (r#"{"x":1,"next":[2]}"#, "next"),
        (r#"{"x":1,"next":{"x":2,"next":[3,null]}}"#, "next.next"),
    ] {
        let error = read_text::<Point>(json).unwrap_err();
        assert!(
            error.contains("Point") && error.contains("found an array"),
            "{error}"
        );
        assert!(
            place.is_empty() || error.starts_with(&format!("`{place}`: ")),
            "{error}"
        );
    }
    let error = read_text::<BTreeMap<String, Vec<Point>>>(r#"{"a":[{"x":1},[2]]}"#).unwrap_err();
    assert!(error.starts_with("`a[1]`: "), "{error}");
    // Lists that are meant as such, tuples among them.
    assert_eq!(
        read_text::<(u8, String)>(r#"[1,"a"]"#),
        Ok((1, "a".to_owned()))
    );
    assert_eq!(read_text::<Vec<u8>>("[1,2]"), Ok(vec![1, 2]));
}

#[test]
fn whole_numbers_are_integers_however_written() {
    assert_eq!(
        read_text::<Vec<i64>>("[1.0, -2.0, 1e3, 0.0, -0.0, 7]"),
        Ok(vec![1, -2, 1000, 0, 0, 7])
    );
    assert_eq!(
        read_text::<u64>("1.8446744073709550e19"),
        Ok(18_446_744_073_709_549_568)
    );
    assert_eq!(read_text::<Option<u8>>("255.0"), Ok(Some(255)));
    assert_eq!(
        read_text::<Point>(r#"{"x":2.0}"#),
        Ok(Point { x: 2, next: None })
    );
    for json in ["1.5", "256.0", "-1.0", "1e300"] {
        let error = read_text::<u8>(json).unwrap_err();
        assert!(error.starts_with("expected u8"), "{json}: {error}");
    }
    assert!(read_text::<i64>("9223372036854775808.0").is_err());
    // Numbers stay what they are.
    assert_eq!(read_text::<f64>("1.0"), Ok(1.0));
    assert_eq!(
        read_text::<serde_json::Value>("1.0"),
        Ok(serde_json::json!(1.0))
    );
}

#[test]
fn keys_of_all_kinds_are_read() {
    let numbers: BTreeMap<u8, bool> = read_text(r#"{"1":true}"#).unwrap();
    assert_eq!(numbers, BTreeMap::from([(1, true)]));
    let error = read_text::<BTreeMap<String, u8>>(r#"{"a":1,"b":"x"}"#).unwrap_err();
    assert_eq!(error, "`b`: expected u8, found a string");
    let open: Open = read_text(r#"{"a":[1],"id":1,"b":null}"#).unwrap();
    assert_eq!((open.id, open.others.len()), (1, 2));
    let error = read_text::<Open>(r#"{"a":1,"id":"x"}"#).unwrap_err();
    assert_eq!(error, "`id`: expected u32, found a string");
}
