//! The table of parameter styles.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::runtime::*;

#[derive(Serialize)]
struct Color {
    #[serde(rename = "R")]
    red: u8,
    #[serde(rename = "G")]
    green: Option<&'static str>,
    absent: Option<u8>,
}

const COLOR: Color = Color {
    red: 100,
    green: Some("a b,c"),
    absent: None,
};

fn of<T: Serialize + ?Sized>(value: &T) -> Parameter {
    Parameter::of(value).unwrap()
}

fn pairs(pairs: Vec<(String, String)>) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

#[test]
fn scalars_have_one_text_each() {
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Unit {
        Metre,
    }
    #[derive(Serialize)]
    struct Newtype(i8);
    for (parameter, text) in [
        (of("é "), "é "),
        (of(&true), "true"),
        (of(&-5_i8), "-5"),
        (of(&u64::MAX), "18446744073709551615"),
        (of(&i128::MIN), "-170141183460469231731687303715884105728"),
        (of(&0.1_f32), "0.1"),
        (of(&1.0_f64), "1"),
        (of(&1e21_f64), "1000000000000000000000"),
        (of(&'x'), "x"),
        (of(&Some(Newtype(1))), "1"),
        (of(&Unit::Metre), "metre"),
        (of(&Secret::new("s")), "s"),
        (
            of(&uuid::Uuid::nil()),
            "00000000-0000-0000-0000-000000000000",
        ),
        (of(&jiff::Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00Z"),
    ] {
        assert_eq!(parameter, Parameter::Scalar(text.to_owned()));
    }
    assert_eq!(of(&None::<u8>), Parameter::Absent);
    assert_eq!(of(&()), Parameter::Absent);
    assert_eq!(of(&(1, "a")), Parameter::List(vec!["1".into(), "a".into()]));
    assert_eq!(of(&[Some(1), None]), Parameter::List(vec!["1".into()]));
    let map = BTreeMap::from([(1, "x")]);
    assert_eq!(of(&map), Parameter::Object(vec![("1".into(), "x".into())]));
}

#[test]
fn simple_in_a_path() {
    for (value, plain, exploded) in [
        (of("a/b"), "a%2Fb", "a%2Fb"),
        (of(&["x", "y,z"]), "x,y%2Cz", "x,y%2Cz"),
        (of(&COLOR), "R,100,G,a%20b%2Cc", "R=100,G=a%20b%2Cc"),
    ] {
        assert_eq!(path_simple(false, value.clone()).unwrap(), plain);
        assert_eq!(path_simple(true, value).unwrap(), exploded);
    }
    assert!(path_simple(false, Parameter::Absent).is_err());
    assert!(path_simple(false, of(&Vec::<u8>::new())).is_err());
}

#[test]
fn form_in_a_query() {
    let form = |explode, value| pairs(query(QueryStyle::Form, explode, "c[]", value));
    for (value, exploded, plain) in [
        (of("a&b"), "c%5B%5D=a%26b", "c%5B%5D=a%26b"),
        (of(""), "c%5B%5D=", "c%5B%5D="),
        (
            of(&["x", "y,z"]),
            "c%5B%5D=x&c%5B%5D=y%2Cz",
            "c%5B%5D=x,y%2Cz",
        ),
        (of(&COLOR), "R=100&G=a%20b%2Cc", "c%5B%5D=R,100,G,a%20b%2Cc"),
        (of(&None::<u8>), "", ""),
        (of(&Vec::<u8>::new()), "", ""),
    ] {
        assert_eq!(form(true, value.clone()), exploded);
        assert_eq!(form(false, value), plain);
    }
}

#[test]
fn simple_in_a_header() {
    for (value, plain, exploded) in [
        (of("a/b, c"), Some("a/b, c"), Some("a/b, c")),
        (of(&["x", "y z"]), Some("x,y z"), Some("x,y z")),
        (
            of(&Color {
                green: None,
                ..COLOR
            }),
            Some("R,100"),
            Some("R=100"),
        ),
        (of(&None::<u8>), None, None),
        (of(&Vec::<u8>::new()), None, None),
    ] {
        assert_eq!(
            header_simple(false, value.clone()).unwrap().as_deref(),
            plain
        );
        assert_eq!(header_simple(true, value).unwrap().as_deref(), exploded);
    }
    assert!(header_simple(false, of(&COLOR)).is_err());
}

#[test]
fn form_in_a_cookie() {
    for (value, exploded, plain) in [
        (of("a=b/+é%;"), "c=a=b/+%C3%A9%25%3B", "c=a=b/+%C3%A9%25%3B"),
        (of(&["x", "y,z"]), "c=x&c=y%2Cz", "c=x,y%2Cz"),
        (of(&COLOR), "R=100&G=a%20b%2Cc", "c=R,100,G,a%20b%2Cc"),
    ] {
        assert_eq!(pairs(cookie(true, "c", value.clone())), exploded);
        assert_eq!(pairs(cookie(false, "c", value)), plain);
    }
}
