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
        (of(&'x'), "x"),
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
    for (parameter, text) in [
        (of(&true), "true"),
        (of(&-5_i8), "-5"),
        (of(&u64::MAX), "18446744073709551615"),
        (of(&i128::MIN), "-170141183460469231731687303715884105728"),
        (of(&0.1_f32), "0.1"),
        (of(&1.0_f64), "1"),
        (of(&1e21_f64), "1000000000000000000000"),
        (of(&Some(Newtype(1))), "1"),
    ] {
        assert_eq!(parameter, Parameter::Literal(text.to_owned()));
    }
    assert_eq!(of(&None::<u8>), Parameter::Absent);
    assert_eq!(of(&()), Parameter::Absent);
    let one = || Parameter::Literal("1".into());
    let text = |text: &str| Parameter::Scalar(text.into());
    assert_eq!(of(&(1, "a")), Parameter::List(vec![one(), text("a")]));
    assert_eq!(
        of(&[Some(1), None]),
        Parameter::List(vec![one(), Parameter::Absent])
    );
    let map = BTreeMap::from([(1, "x")]);
    assert_eq!(of(&map), Parameter::Object(vec![("1".into(), text("x"))]));
}

#[test]
fn simple_in_a_path() {
    for (value, plain, exploded) in [
        (of("a/b"), "a%2Fb", "a%2Fb"),
        (of(&["x", "y,z"]), "x,y%2Cz", "x,y%2Cz"),
        (of(&COLOR), "R,100,G,a%20b%2Cc", "R=100,G=a%20b%2Cc"),
    ] {
        assert_eq!(
            path(PathStyle::Simple, false, "c", value.clone()).unwrap(),
            plain
        );
        assert_eq!(path(PathStyle::Simple, true, "c", value).unwrap(), exploded);
    }
    assert!(path(PathStyle::Simple, false, "c", Parameter::Absent).is_err());
    assert!(path(PathStyle::Label, false, "c", of(&Vec::<u8>::new())).is_err());
}

#[test]
fn a_delimiter_that_is_not_encoded_is_refused() {
    let label = |explode| path(PathStyle::Label, explode, "c", of(&[1.5, 2.0]));
    assert_eq!(label(false).unwrap(), ".1.5,2");
    assert!(label(true).is_err());
    let reserved = |explode, item| query_reserved(QueryStyle::Form, explode, "c", of(&[item]));
    assert_eq!(pairs(reserved(true, "a,b").unwrap()), "c=a,b");
    assert_eq!(pairs(reserved(false, "a/b").unwrap()), "c=a/b");
    assert!(reserved(false, "a,b").is_err());
}

#[test]
fn delimited_in_a_path_and_a_header() {
    let items = || of(&["a,b", "é"]);
    for (style, delimiter, expected) in [
        (PathStyle::SpaceDelimited, ' ', "a%2Cb%20%C3%A9"),
        (PathStyle::PipeDelimited, '|', "a%2Cb%7C%C3%A9"),
        (PathStyle::TabDelimited, '\t', "a%2Cb%09%C3%A9"),
    ] {
        assert_eq!(path(style, false, "c", items()).unwrap(), expected);
        let header = header_delimited(delimiter, items()).unwrap();
        assert_eq!(header, Some(format!("a,b{delimiter}é")));
        let split = of(&[format!("a{delimiter}b")]);
        assert!(path(style, false, "c", split.clone()).is_err());
        assert!(header_delimited(delimiter, split).is_err());
        assert!(path(style, false, "c", of(&Vec::<u8>::new())).is_err());
    }
}

#[test]
fn form_in_a_query() {
    let form = |explode, value| pairs(query(QueryStyle::Form, explode, "c[]", value).unwrap());
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

#[test]
fn what_no_style_can_say_is_json() {
    let nested = serde_json::json!({"a": [1, null, "x\"\n"], "b": {"c": true}, "d": null});
    assert_eq!(
        cookie(true, "c", of(&nested)),
        [
            ("a", r#"[1%2Cnull%2C%22x%5C%22%5Cu000a%22]"#),
            ("b", "{%22c%22:true}")
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    // What is written so is read as what it was.
    let texts: BTreeMap<&str, Vec<&str>> = BTreeMap::from([("\u{1}é\\", vec!["\"", "\t/"])]);
    let text = of(&[&texts]).into_text().unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text).unwrap(),
        serde_json::json!([texts])
    );
    // In a header the commas of that JSON would read as further items.
    assert!(header_simple(false, of(&[["a", "b"]])).is_err());
    assert_eq!(
        header_simple(false, of(&[["a"]])).unwrap().as_deref(),
        Some(r#"["a"]"#)
    );
}

#[test]
fn a_parameter_can_be_json_as_a_whole() {
    let value = serde_json::json!({"é😀": [1, "a,b"]});
    let text = of(&JsonText(&value)).into_text().unwrap();
    assert_eq!(text, r#"{"\u00e9\ud83d\ude00":[1,"a,b"]}"#);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text).unwrap(),
        value
    );
}

#[test]
fn brackets_go_on_in_deep_objects() {
    let deep = |value: serde_json::Value| {
        let text = pairs(query(QueryStyle::DeepObject, true, "f o", of(&value)).unwrap());
        text.replace("%5B", "[").replace("%5D", "]")
    };
    for (value, expected) in [
        (serde_json::json!("a&b"), "f%20o=a%26b"),
        (serde_json::json!(["a", 1]), "f%20o[]=a&f%20o[]=1"),
        (
            serde_json::json!({"a": {"b": {"c": 1}}}),
            "f%20o[a][b][c]=1",
        ),
        (
            serde_json::json!({"a": {"b": ["x", "y"]}, "n": null, "e": [], "o": {}}),
            "f%20o[a][b][]=x&f%20o[a][b][]=y",
        ),
        (
            serde_json::json!({"a": [{"b": 1, "c": [2]}, {"b": 3}]}),
            "f%20o[a][0][b]=1&f%20o[a][0][c][]=2&f%20o[a][1][b]=3",
        ),
        (serde_json::json!([["x"], "y"]), "f%20o[0][]=x&f%20o[1]=y"),
        (serde_json::json!({"a]&": 1}), "f%20o[a]%26]=1"),
        (serde_json::json!(null), ""),
    ] {
        assert_eq!(deep(value), expected);
    }
}

#[test]
fn delimiters_inside_items_are_refused() {
    for (style, item, fine) in [
        (QueryStyle::SpaceDelimited, "a b", "a|b"),
        (QueryStyle::PipeDelimited, "a|b", "a b"),
        (QueryStyle::TabDelimited, "a\tb", "a b"),
    ] {
        assert!(query(style, false, "c", of(&["x", item])).is_err());
        assert!(query(style, false, "c", of(&BTreeMap::from([(item, 1)]))).is_err());
        assert!(query(style, false, "c", of(&["x", fine])).is_ok());
        // Alone, and exploded, there is nothing to confuse.
        assert!(query(style, false, "c", of(item)).is_ok());
        assert!(query(style, true, "c", of(&["x", item])).is_ok());
    }
}

#[test]
fn reserved_characters_may_stay() {
    let reserved =
        |value: &str| pairs(query_reserved(QueryStyle::Form, true, "a/b", of(value)).unwrap());
    for (value, expected) in [
        ("a/b?c:d@e!$'()*,;=", "a/b?c:d@e!$'()*,;="),
        ("a&b#c+d e[f]\"", "a%26b%23c%2Bd%20e%5Bf%5D%22"),
        ("50%25%zz%2f%", "50%25%25zz%2f%25"),
        ("é", "%C3%A9"),
    ] {
        assert_eq!(reserved(value), format!("a%2Fb={expected}"));
    }
}
