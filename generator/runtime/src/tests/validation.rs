//! Checks of values: what holds, what does not, and what is said of it.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::runtime::exact_number::ExactNumber;
use crate::runtime::validation::Checker;
use crate::runtime::{Check, Validate, ViolationKind};

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

/// A union as the generator writes it.
#[derive(Clone)]
enum Choice {
    Short(String),
    Number(f32),
    Node(Box<Node>),
    Inner(Inner),
    Unknown(Value),
}

#[derive(Clone, serde::Serialize)]
struct Node {
    name: String,
    next: Option<Choice>,
}

#[derive(Clone)]
enum Inner {
    Cat(Animal),
    Dog(Animal),
}

#[derive(Clone, Default, serde::Serialize)]
struct Animal {
    lives: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    friend: Option<Box<Choice>>,
}

impl serde::Serialize for Choice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Short(value) => serializer.serialize_newtype_struct("Choice::Short", value),
            Self::Number(value) => serializer.serialize_newtype_struct("Choice::Number", value),
            Self::Node(value) => serializer.serialize_newtype_struct("Choice::Node", value),
            Self::Inner(value) => serializer.serialize_newtype_struct("Choice::Inner", value),
            Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
        }
    }
}

impl serde::Serialize for Inner {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use crate::runtime::tagged::{Named, encode_variant};

        match self {
            Self::Cat(value) => {
                encode_variant("kind", "cat", &Named("Inner::Cat", value), serializer)
            }
            Self::Dog(value) => encode_variant("kind", "dog", value, serializer),
        }
    }
}

impl Validate for Choice {
    fn checks() -> &'static [Check] {
        &[
            Check::MaxProperties(3),
            Check::Variants(&[
                ("Choice::Inner", &[Check::Type(<Inner as Validate>::checks)]),
                ("Choice::Node", &[Check::Type(<Node as Validate>::checks)]),
                ("Choice::Number", &[Check::Maximum("0.1")]),
                ("Choice::Short", &[Check::MaxLength(2)]),
            ]),
        ]
    }
}

impl Validate for Node {
    fn checks() -> &'static [Check] {
        &[
            Check::Property("name", &[Check::MaxLength(3)]),
            Check::Property("next", &[Check::Type(<Choice as Validate>::checks)]),
        ]
    }
}

impl Validate for Inner {
    fn checks() -> &'static [Check] {
        &[Check::Variants(&[(
            "Inner::Cat",
            &[
                Check::Property("lives", &[Check::Maximum("9")]),
                Check::Property("friend", &[Check::Type(<Choice as Validate>::checks)]),
                Check::MinProperties(3),
            ],
        )])]
    }
}

fn violations(value: &impl Validate) -> String {
    match value.validate() {
        Ok(()) => String::new(),
        Err(violations) => violations.to_string(),
    }
}

#[test]
fn the_variant_that_is_held_is_checked() {
    let node = |name: &str, next| {
        let name = name.to_owned();
        Choice::Node(Box::new(Node { name, next }))
    };
    let animal = |lives, friend: Option<Choice>| Animal {
        lives,
        friend: friend.map(Box::new),
    };
    let cat = |lives, friend| Choice::Inner(Inner::Cat(animal(lives, friend)));
    let dog = |lives, friend| Choice::Inner(Inner::Dog(animal(lives, friend)));
    let short = |text: &str| Choice::Short(text.to_owned());
    for (value, expected) in [
        (short("ab"), ""),
        (short("abc"), "the value breaks `maxLength 2`"),
        (Choice::Number(0.1), ""),
        (Choice::Number(0.2), "the value breaks `maximum 0.1`"),
        (Choice::Unknown(json!("abc")), ""),
        (
            Choice::Unknown(json!({"a": 1, "b": 1, "c": 1, "d": 1})),
            "the value breaks `maxProperties 3`",
        ),
        (
            node("a", Some(node("abcd", Some(short("abc"))))),
            "`/next/name` breaks `maxLength 3`; `/next/next` breaks `maxLength 2`",
        ),
        (cat(9, Some(short("ab"))), ""),
        // The tag counts as a property.
        (cat(9, None), "the value breaks `minProperties 3`"),
        (
            cat(10, Some(dog(10, Some(short("abc"))))),
            "`/lives` breaks `maximum 9`",
        ),
        (
            cat(1, Some(cat(1, Some(short("abc"))))),
            "`/friend/friend` breaks `maxLength 2`",
        ),
    ] {
        assert_eq!(violations(&value), expected);
    }
}

#[test]
fn variants_are_sent_as_before() {
    let friend = Some(Box::new(Choice::Number(0.1)));
    let cat = Choice::Inner(Inner::Cat(Animal { lives: 9, friend }));
    assert_eq!(
        serde_json::to_string(&cat).expect("JSON"),
        r#"{"lives":9,"friend":0.1,"kind":"cat"}"#
    );
    let list = vec![Choice::Short("a".into()), Choice::Unknown(json!(null))];
    assert_eq!(serde_json::to_string(&list).expect("JSON"), r#"["a",null]"#);
}

#[test]
fn a_choice_of_scalars_holds_where_one_of_it_does() {
    const SHORT_OR_LONG: &[Check] = &[Check::Any(&[
        &[Check::MaxLength(2)],
        &[Check::MinLength(5), Check::Pattern("^a")],
    ])];
    for (text, expected) in [
        ("ab", ""),
        ("abcde", ""),
        ("abc", "the value breaks `maxLength 2`"),
        ("bcdef", "the value breaks `maxLength 2`"),
    ] {
        assert_eq!(said(SHORT_OR_LONG, json!(text)), expected);
    }
    const SLOW: &[Check] = &[Check::Any(&[
        &[Check::MaxLength(2)],
        &[Check::Pattern(r"^(a+)(?:a+)+\1b$")],
    ])];
    assert_eq!(
        said(SLOW, json!("a".repeat(10_000))),
        r"the value could not be checked against `pattern ^(a+)(?:a+)+\1b$`"
    );
}

/// How many checks a value takes.
fn steps<T: Validate>(value: &T) -> usize {
    let mut checker = Checker::default();
    checker.check(T::checks(), value);
    checker.steps
}

#[test]
fn the_steps_grow_with_the_value_and_no_faster() {
    fn nested(depth: usize) -> Choice {
        (0..depth).fold(Choice::Short("ab".into()), |next, depth| match depth % 2 {
            0 => Choice::Node(Box::new(Node {
                name: "abcdef".into(),
                next: Some(next),
            })),
            _ => Choice::Inner(Inner::Cat(Animal {
                lives: 99,
                friend: Some(Box::new(next)),
            })),
        })
    }
    let (one, two, four) = (steps(&nested(10)), steps(&nested(20)), steps(&nested(40)));
    assert_eq!(two - one, (four - two) / 2, "{one} {two} {four}");

    #[derive(serde::Serialize)]
    struct Many(std::collections::BTreeMap<String, u8>);
    impl Validate for Many {
        fn checks() -> &'static [Check] {
            &[Check::Others(&["1", "2"], &[Check::Maximum("1")])]
        }
    }
    let many = |count: usize| Many((0..count).map(|name| (name.to_string(), 0)).collect());
    assert_eq!(steps(&many(1_000)), 1_999);
    assert_eq!(steps(&many(2_000)), 3_999);
}

#[test]
fn values_that_are_nested_too_deep_are_not_checked_in_silence() {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let run = || {
        let mut value = Choice::Short("ab".into());
        for _ in 0..1_000 {
            value = Choice::Node(Box::new(Node {
                name: "a".into(),
                next: Some(value),
            }));
        }
        let violations = value.validate().expect_err("a violation");
        let all: Vec<_> = violations.iter().collect();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].kind, ViolationKind::Unchecked);
        assert_eq!(all[0].constraint, "nesting of at most 200 levels");
    };
    thread
        .spawn(run)
        .expect("a thread")
        .join()
        .expect("no panic");
}

#[test]
fn values_that_cannot_be_encoded_are_not_checked_in_silence() {
    struct Odd;
    impl serde::Serialize for Odd {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("canary"))
        }
    }
    impl Validate for Odd {
        fn checks() -> &'static [Check] {
            &[]
        }
    }
    assert_eq!(
        violations(&Odd),
        "the value could not be checked against `JSON`"
    );
}

#[test]
fn items_are_unique_by_their_values() {
    const UNIQUE: &[Check] = &[Check::UniqueItems];
    for different in [
        json!([]),
        json!([1, "1", true, null, [], {}, [1], {"a": 1}, {"1": "a"}]),
        json!(["a", ["a"], [["a"]], ["a", "b"], ["ab"], [["a"], "b"]]),
        json!([{"a": "b"}, {"b": "a"}, {"a": "b", "b": "a"}, {"ab": ""}]),
        json!([0.1, 0.10000000000000002, 1e300, 1e301, -1, 1]),
        json!([9007199254740992_u64, 9007199254740993_u64]),
    ] {
        assert_eq!(said(UNIQUE, different.clone()), "", "{different}");
    }
    for equal in [
        json!([1, 1.0]),
        json!([100, 1e2]),
        json!([0, -0.0]),
        json!(["a", "b", "a"]),
        json!([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]),
        json!([null, null]),
    ] {
        assert_eq!(
            said(UNIQUE, equal.clone()),
            "the value breaks `uniqueItems`",
            "{equal}"
        );
    }
    let many: Vec<String> = (0..100_000).map(|item| item.to_string()).collect();
    assert_eq!(said(UNIQUE, json!(many)), "");
}

#[test]
fn numbers_are_compared_as_they_are_written() {
    #[derive(serde::Serialize)]
    #[serde(untagged)]
    enum Number {
        F32(f32),
        F64(f64),
        I64(i64),
        U64(u64),
        I128(i128),
        U128(u128),
        Written(Written),
    }
    /// A number of `serde_json` with its feature `arbitrary_precision`.
    #[derive(serde::Serialize)]
    #[serde(rename = "$serde_json::private::Number")]
    struct Written {
        #[serde(rename = "$serde_json::private::Number")]
        number: &'static str,
    }
    let holds = |number: &Number, check: Check| {
        let mut checker = Checker::default();
        checker.check(&[check], number);
        checker.is_fine()
    };
    use Number::{F32, F64, I64, I128, U64, U128};
    for (number, check, expected) in [
        (F32(0.1), Check::Maximum("0.1"), true),
        (F32(0.7), Check::Minimum("0.7"), true),
        (F32(0.1), Check::ExclusiveMaximum("0.1"), false),
        (F32(0.3), Check::MultipleOf("0.1"), true),
        (F32(0.35), Check::MultipleOf("0.1"), false),
        (F32(3.4e38), Check::Maximum("3.4e38"), true),
        (
            F32(f32::MIN_POSITIVE),
            Check::Minimum("1.1754944e-38"),
            true,
        ),
        (F64(0.1 + 0.2), Check::Maximum("0.3"), false),
        (F64(1e300), Check::Maximum("1e300"), true),
        (F64(1e300), Check::Maximum("9.99e299"), false),
        (F64(5e-324), Check::ExclusiveMinimum("0"), true),
        (F64(f64::NAN), Check::Maximum("0"), true),
        (F64(-0.0), Check::Minimum("0"), true),
        (
            I64(9007199254740993),
            Check::Maximum("9007199254740992"),
            false,
        ),
        (I64(i64::MIN), Check::Minimum("-9223372036854775808"), true),
        (I64(i64::MIN), Check::Minimum("-9223372036854775807"), false),
        (U64(u64::MAX), Check::Maximum("18446744073709551615"), true),
        (
            U64(u64::MAX),
            Check::ExclusiveMaximum("18446744073709551615"),
            false,
        ),
        (
            I128(i128::MAX),
            Check::Maximum("170141183460469231731687303715884105726"),
            false,
        ),
        (
            U128(u128::MAX),
            Check::Minimum("340282366920938463463374607431768211455"),
            true,
        ),
        (U128(u128::MAX), Check::MultipleOf("5"), true),
        (U128(u128::MAX), Check::MultipleOf("7"), false),
        (
            Number::Written(Written {
                number: "1.00000000000000000001",
            }),
            Check::Maximum("1"),
            false,
        ),
    ] {
        assert_eq!(holds(&number, check), expected, "{check:?}");
    }
}

fn exact(text: &str) -> ExactNumber {
    ExactNumber::parse(text).expect("a number")
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
        ("-2", "-1"),
        ("-1e999999999", "-1"),
        ("1e-999999999999999999999", "1e999999999999999999999"),
        ("99", "1e2"),
        ("123", "1234"),
        ("0.00012", "0.0012"),
    ] {
        let (one, other) = (exact(one), exact(other));
        assert_eq!(one.cmp(&other), Ordering::Less, "{one:?} {other:?}");
        assert_eq!(other.cmp(&one), Ordering::Greater, "{one:?} {other:?}");
        assert!(one == exact(&one.canonical().replace('+', "")));
    }
    for (one, other) in [
        ("1", "1.00"),
        ("1e2", "100"),
        ("1E+2", "100.0"),
        ("-0", "0.0e5"),
        ("0.10", "1e-1"),
    ] {
        assert_eq!(exact(one), exact(other));
        assert_eq!(exact(one).cmp(&exact(other)), Ordering::Equal);
    }
    for text in ["", "-", "e5", "1e", "1e+", "a", "1.2.3", "0x1", "NaN", "+1"] {
        assert!(ExactNumber::parse(text).is_none(), "{text}");
    }
}

#[test]
fn multiples_are_found_without_rounding() {
    for (number, step, multiple) in [
        ("0.3", "0.1", Some(true)),
        ("4.02", "0.01", Some(true)),
        ("4.025", "0.01", Some(false)),
        ("-6", "3", Some(true)),
        ("1e3", "250", Some(true)),
        ("7", "0", Some(true)),
        ("0", "0.7", Some(true)),
        ("1e300", "3", Some(false)),
        ("3e300", "3", Some(true)),
        ("1e999999999999", "7", Some(false)),
        ("1e999999999999", "1024", Some(true)),
        ("1e-300", "1", Some(false)),
        ("1", "1e-300", Some(true)),
        ("1", "1e300", Some(false)),
        ("9007199254740993", "2", Some(false)),
        (
            "340282366920938463463374607431768211455",
            "85070591730234615865843651857942052863",
            Some(false),
        ),
        (
            "170141183460469231731687303715884105726",
            "85070591730234615865843651857942052863",
            Some(true),
        ),
        ("1", "1234567890123456789012345678901234567891", None),
    ] {
        let found = exact(number).is_multiple_of(&exact(step));
        assert_eq!(found, multiple, "{number} {step}");
    }
}
