//! Integers mean the same to a client and to `serde_json::from_str`: `1.0` is one,
//! and one that does not fit is an error with its path.
#![allow(
    unreachable_pub,
    reason = "the macros write what generated clients export"
)]

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::runtime::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Id(u64);

integer_newtype!(Id(u64));

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Level {
    Low,
    High,
    UnknownValue(UnknownValue<i64>),
}

open_integer_enum!(Level {
    Low = 1,
    High = 2,
});

#[derive(Debug, PartialEq)]
struct Counts {
    id: Id,
    count: i64,
    level: Option<Level>,
    small: Option<u8>,
    nullable: Option<Option<i32>>,
    list: Option<Vec<Vec<i64>>>,
    map: Option<BTreeMap<String, Vec<u32>>>,
    inner: Option<Box<Counts>>,
    others: BTreeMap<String, i64>,
}

object! {
    Counts {
        id: required "id",
        count: required_integers "count",
        level: optional "level",
        small: optional_integers "small",
        nullable: present_integers "nullable",
        list: optional_integers "list",
        map: optional_integers "map",
        inner: optional "inner",
        ..others: kept_integers
    }
}

/// The value by either way.
fn both<T: DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let plain = serde_json::from_str::<T>(json).unwrap();
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::from_value::<T>(value).unwrap(), plain);
    assert_eq!(read_json::<T>(json.as_bytes(), 1000).unwrap(), plain);
    plain
}

#[test]
fn integers_may_be_written_as_any_number() {
    let counts: Counts = both(
        r#"{"id":7.0,"count":1e2,"level":2.0,"small":-0.0,"nullable":3.0,
            "list":[[1.0,2],[]],"map":{"a":[4.0]},"other":-5.0,
            "inner":{"id":1.8e19,"count":-1.0,"nullable":null}}"#,
    );
    assert_eq!(counts.id.get(), 7);
    assert_eq!(counts.count, 100);
    assert_eq!(counts.level, Some(Level::High));
    assert_eq!(counts.small, Some(0));
    assert_eq!(counts.nullable, Some(Some(3)));
    assert_eq!(counts.list, Some(vec![vec![1, 2], vec![]]));
    assert_eq!(counts.map.unwrap()["a"], [4]);
    assert_eq!(counts.others["other"], -5);
    let inner = counts.inner.unwrap();
    assert_eq!(inner.id, Id(18_000_000_000_000_000_000));
    assert_eq!((inner.count, inner.nullable), (-1, Some(None)));
    let unknown: Level = both("3.0");
    assert_eq!(unknown.as_i64(), 3);
}

#[test]
fn what_does_not_fit_is_named_with_its_path() {
    for (json, expected) in [
        (
            r#"{"id":1,"count":99999999999999999999}"#,
            "`count`: expected i64, found an integer that is out of range",
        ),
        (
            r#"{"id":1,"count":1,"inner":{"id":1,"count":0,"list":[[1],[2,1e30]]}}"#,
            "`inner.list[1][1]`: expected i64, found an integer that is out of range",
        ),
        (
            r#"{"id":1,"count":1,"small":300.0}"#,
            "`small`: expected u8, found an integer that is out of range",
        ),
        (
            r#"{"id":-1.0,"count":1}"#,
            "`id`: expected u64, found an integer that is out of range",
        ),
        (
            r#"{"id":1,"count":1,"level":-1e300}"#,
            "`level`: expected i64, found an integer that is out of range",
        ),
        (
            r#"{"id":1,"count":1.5}"#,
            "`count`: expected i64, found a number",
        ),
        (
            r#"{"id":1,"count":1,"map":{"a":[0.5]}}"#,
            "`map.a[0]`: expected u32, found a number",
        ),
        (
            r#"{"id":1,"count":1,"other":1e19}"#,
            "`other`: expected i64, found an integer that is out of range",
        ),
    ] {
        assert!(serde_json::from_str::<Counts>(json).is_err(), "{json}");
        let error = read_json::<Counts>(json.as_bytes(), 1000).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
