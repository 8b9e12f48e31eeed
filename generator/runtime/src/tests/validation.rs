//! Checks of values: what holds, what does not, and what is said of it.

use serde_json::{Value, json};

use crate::runtime::{Check, Validate, ViolationKind, exact_number};

/// What the checks say of a value.
fn said(checks: &'static [Check], value: Value) -> String {
    thread_local! {
        static CHECKS: std::cell::Cell<&'static [Check]> = const { std::cell::Cell::new(&[]) };
    }
    #[derive(serde::Serialize)]
    struct Sample(Value);
    impl Validate for Sample {
        fn checks() -> &'static [Check] {
            CHECKS.get()
        }
    }
    CHECKS.set(checks);
    match Sample(value).validate() {
        Ok(()) => String::new(),
        Err(violations) => {
            assert!(violations.iter().next().is_some());
            violations.to_string()
        }
    }
}

#[test]
fn each_keyword_speaks_of_its_own_type_alone() {
    let cases: [(&'static [Check], Value, Value, &str); 13] = [
        (
            &[Check::MinLength(2)],
            json!("äö"),
            json!("ä"),
            "minLength 2",
        ),
        (
            &[Check::MaxLength(1)],
            json!("😀"),
            json!("ab"),
            "maxLength 1",
        ),
        (
            &[Check::Pattern("^a+$")],
            json!("aa"),
            json!("ab"),
            "pattern ^a+$",
        ),
        (&[Check::Minimum("1")], json!(1), json!(0.9), "minimum 1"),
        (&[Check::Maximum("1")], json!(1.0), json!(2), "maximum 1"),
        (
            &[Check::ExclusiveMinimum("1")],
            json!(1.1),
            json!(1),
            "exclusiveMinimum 1",
        ),
        (
            &[Check::ExclusiveMaximum("1")],
            json!(0),
            json!(1),
            "exclusiveMaximum 1",
        ),
        (
            &[Check::MultipleOf("0.01")],
            json!(0.07),
            json!(0.075),
            "multipleOf 0.01",
        ),
        (&[Check::MinItems(1)], json!([1]), json!([]), "minItems 1"),
        (
            &[Check::MaxItems(1)],
            json!([1]),
            json!([1, 2]),
            "maxItems 1",
        ),
        (
            &[Check::UniqueItems],
            json!([1, 2]),
            json!([1, 2, 1]),
            "uniqueItems",
        ),
        (
            &[Check::MinProperties(1)],
            json!({"a": 1}),
            json!({}),
            "minProperties 1",
        ),
        (
            &[Check::MaxProperties(0)],
            json!({}),
            json!({"a": 1}),
            "maxProperties 0",
        ),
    ];
    for (checks, good, bad, constraint) in cases {
        assert_eq!(said(checks, good), "");
        assert_eq!(
            said(checks, bad),
            format!("the value breaks `{constraint}`")
        );
        for other in [json!(null), json!(true)] {
            assert_eq!(said(checks, other), "");
        }
    }
}

#[test]
fn patterns_are_those_of_ecmascript() {
    for (pattern, good, bad) in [
        (r"^(?=.*\d).+$", "a1", "ab"),
        (r"^[\w.\-]+$", "a.b-c", "a b"),
        (r"^\p{Lu}", "Äpfel", "apfel"),
        ("b", "abc", "ac"),
        (r"^\/\d{2}$", "/12", "/1"),
    ] {
        let checks: &'static [Check] = Box::leak(Box::new([Check::Pattern(pattern)]));
        assert_eq!(said(checks, json!(good)), "", "{pattern}");
        assert_ne!(said(checks, json!(bad)), "", "{pattern}");
    }
}

#[test]
fn a_pattern_that_takes_too_long_is_neither_broken_nor_kept() {
    const CHECKS: &[Check] = &[Check::Pattern(r"^(a+)(?:a+)+\1b$")];
    let text = "a".repeat(10_000);
    let said = said(CHECKS, json!(text));
    assert_eq!(
        said,
        r"the value could not be checked against `pattern ^(a+)(?:a+)+\1b$`"
    );
    #[derive(serde::Serialize)]
    struct Text(String);
    impl Validate for Text {
        fn checks() -> &'static [Check] {
            CHECKS
        }
    }
    let kinds = |text: &str| {
        let violations = Text(text.to_owned()).validate().expect_err("a violation");
        violations.iter().map(|it| it.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&text), [ViolationKind::Unchecked]);
    assert_eq!(kinds("b"), [ViolationKind::Broken]);
}

#[test]
fn violations_say_where_and_never_what() {
    fn inner() -> &'static [Check] {
        &[Check::Property("a/b~", &[Check::MaxLength(2)])]
    }
    let checks: &'static [Check] = &[
        Check::Property("list", &[Check::Items(&[Check::Type(inner)])]),
        Check::Others(&["list"], &[Check::Minimum("0")]),
    ];
    let value = json!({"list": [{"a/b~": "ok"}, {"a/b~": "canary"}], "more": -1, "list2": 0});
    assert_eq!(
        said(checks, value),
        "`/list/1/a~1b~0` breaks `maxLength 2`; `/more` breaks `minimum 0`"
    );
}

#[test]
fn a_choice_holds_where_one_of_it_does() {
    let any: &'static [Check] = &[Check::Any(&[
        &[Check::MinLength(3), Check::MaxLength(0)],
        &[Check::MinLength(2)],
    ])];
    assert_eq!(said(any, json!("ab")), "");
    assert_eq!(said(any, json!("a")), "the value breaks `minLength 2`");
    let tagged: &'static [Check] = &[Check::Tagged(
        "kind",
        &[
            ("a", &[Check::MinProperties(3)]),
            ("b", &[Check::MaxProperties(1)]),
        ],
    )];
    assert_eq!(said(tagged, json!({"kind": "b"})), "");
    assert_eq!(said(tagged, json!({"kind": "c"})), "");
    assert_eq!(
        said(tagged, json!({"kind": "a"})),
        "the value breaks `minProperties 3`"
    );
}

#[test]
fn numbers_are_compared_without_rounding() {
    for (one, other) in [
        ("9007199254740992", "9007199254740993"),
        ("-1", "0"),
        ("0.1", "0.11"),
        ("1e-3", "0.002"),
        ("-1e300", "1"),
        ("1", "1e300"),
    ] {
        assert!(exact_number::less(one, other), "{one} < {other}");
        assert!(!exact_number::less(other, one), "{other} < {one}");
        assert!(!exact_number::less(one, one), "{one} < {one}");
    }
    assert!(!exact_number::less("1", "1.00") && !exact_number::less("1.00", "1"));
    for (number, step, multiple) in [
        ("0.3", "0.1", true),
        ("4.02", "0.01", true),
        ("4.025", "0.01", false),
        ("-6", "3", true),
        ("1e3", "250", true),
        ("7", "0", true),
        ("1e300", "3", true),
    ] {
        assert_eq!(
            exact_number::is_multiple(number, step),
            multiple,
            "{number} {step}"
        );
    }
}
