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
            "`count`: expected i64, found an integer that is out of range; a client generated with `integer = \"i128\"` takes more",
        ),
        (
            r#"{"id":1,"count":1,"inner":{"id":1,"count":0,"list":[[1],[2,1e30]]}}"#,
            "`inner.list[1][1]`: expected i64, found an integer that is out of range; a client generated with `integer = \"i128\"` takes more",
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
            "`level`: expected i64, found an integer that is out of range; a client generated with `integer = \"i128\"` takes more",
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
            "`other`: expected i64, found an integer that is out of range; a client generated with `integer = \"i128\"` takes more",
        ),
    ] {
        assert!(serde_json::from_str::<Counts>(json).is_err(), "{json}");
        let error = read_json::<Counts>(json.as_bytes(), 1000).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[derive(Debug, PartialEq)]
struct Wide {
    wide: i128,
    unsigned: Option<u128>,
    list: Option<Vec<Option<i128>>>,
    others: BTreeMap<String, i128>,
}

object! {
    Wide {
        wide: required_integers "wide",
        unsigned: optional_integers "unsigned",
        list: optional_integers "list",
        ..others: kept_integers
    }
}

#[test]
fn wide_integers_are_read_digit_by_digit() {
    let json = format!(
        r#"{{"wide": {}, "unsigned": {}, "list": [1.0, null, -1.5e1, {}], "a": 10000000000000000000010e-1}}"#,
        i128::MIN,
        u128::MAX,
        i128::MAX
    );
    let expected = Wide {
        wide: i128::MIN,
        unsigned: Some(u128::MAX),
        list: Some(vec![Some(1), None, Some(-15), Some(i128::MAX)]),
        others: BTreeMap::from([("a".to_owned(), 1_000_000_000_000_000_000_001)]),
    };
    assert_eq!(serde_json::from_str::<Wide>(&json).unwrap(), expected);
    assert_eq!(read_json::<Wide>(json.as_bytes(), 1000).unwrap(), expected);
    let reader = serde_json::from_reader::<_, Wide>(json.replace("e-1", "").as_bytes()).unwrap();
    assert_eq!(reader.others["a"], 10_000_000_000_000_000_000_010);
    // Within 64 bits, a value in memory is exact.
    let narrow: Wide = both(r#"{"wide": 1.0, "unsigned": 18446744073709551615, "list": [-2e0]}"#);
    assert_eq!(narrow.list, Some(vec![Some(-2)]));
}

#[test]
fn wide_integers_that_are_lost_or_do_not_fit_are_errors() {
    let remedy = "; a client generated with a type for `integer` may take it";
    for (number, expected) in [
        (
            "170141183460469231731687303715884105728",
            format!("expected i128, found an integer that is out of range{remedy}"),
        ),
        (
            "-1e999999999999999999999",
            format!("expected i128, found an integer that is out of range{remedy}"),
        ),
        ("1e-99999999999", "expected i128, found a number".to_owned()),
        ("1.5", "expected i128, found a number".to_owned()),
        ("\"1\"", "expected i128, found a string".to_owned()),
        ("null", "expected i128, found null".to_owned()),
        ("[]", "expected i128, found an array".to_owned()),
        ("{\"a\": 1}", "expected i128, found an object".to_owned()),
        ("true", "expected i128, found a boolean".to_owned()),
    ] {
        let json = format!(r#"{{"wide": {number}}}"#);
        let error = read_json::<Wide>(json.as_bytes(), 1000).unwrap_err();
        assert_eq!(error.to_string(), format!("`wide`: {expected}"), "{number}");
    }
    for number in ["-1", "340282366920938463463374607431768211456"] {
        let json = format!(r#"{{"wide": 1, "unsigned": {number}}}"#);
        let error = read_json::<Wide>(json.as_bytes(), 1000).unwrap_err();
        assert_eq!(error.path(), "unsigned", "{number}");
    }
    // `Value` has rounded this one to 1e20.
    let value: serde_json::Value =
        serde_json::from_str(r#"{"wide": 100000000000000000001}"#).unwrap();
    let error = serde_json::from_value::<Wide>(value).unwrap_err();
    assert!(error.to_string().contains("kept as a float"), "{error}");
}
