//! Enums: every value keeps its exact form, values that nobody listed too.

mod canned;

use canned::{client, refuse, refused, round_trip, sent, target};
use golden_enums as api;
use golden_enums::types::{Kind, Level, ListSignalsSort, Operator, Signal, State};

/// The value as an enum, there and back by every way there is.
macro_rules! kept {
    ($enum:ty, $value:expr) => {{
        let value: &str = $value;
        let json = serde_json::to_string(value).expect("JSON");
        let decoded: $enum = round_trip(&json);
        assert_eq!(decoded.as_str(), value);
        assert_eq!(decoded.to_string(), value);
        assert_eq!(<$enum>::from(value), decoded);
        assert_eq!(value.parse::<$enum>().expect("any text"), decoded);
        decoded
    }};
}

#[test]
fn known_values_have_variants_of_their_own() {
    let kinds = [
        "type",
        "Self",
        "self",
        "crate",
        "async",
        "2fa",
        "",
        " ",
        "hello world",
        "hello-world",
        "hello_world",
        "helloWorld",
        "naïve",
        "Unknown",
        "UnknownValue",
    ];
    for (at, value) in kinds.into_iter().enumerate() {
        let kind = kept!(Kind, value);
        assert!(!matches!(kind, Kind::UnknownValue(_)), "{value:?}");
        for other in &kinds[..at] {
            assert_ne!(Kind::from(*other), kind);
        }
    }
    for value in ["red", "Red", "RED", "off", "true", "null", "1", "01"] {
        assert!(
            !matches!(kept!(State, value), State::UnknownValue(_)),
            "{value:?}"
        );
    }
    for value in ["=", "!=", "<", "<=", "*", "/", "&&", "||", "→", ""] {
        assert!(
            !matches!(kept!(Operator, value), Operator::UnknownValue(_)),
            "{value:?}"
        );
    }
}

#[test]
fn unknown_values_are_kept_as_they_are() {
    for value in ["new", "Type", " type", "type ", "\u{0}\n\"\\", "𝄞", "rEd"] {
        assert!(
            matches!(kept!(Kind, value), Kind::UnknownValue(_)),
            "{value:?}"
        );
        let State::UnknownValue(kept) = kept!(State, value) else {
            panic!("{value:?} is taken for another");
        };
        assert_eq!(kept.get(), value);
    }
}

#[test]
fn a_known_value_is_never_the_unknown_one() {
    let Kind::UnknownValue(_) = Kind::from("never heard of") else {
        panic!("taken for another");
    };
    assert_eq!(Kind::from("Unknown"), Kind::Unknown);
    assert!(!matches!(Kind::from("UnknownValue"), Kind::UnknownValue(_)));
}

#[test]
fn integers_keep_their_exact_value() {
    for value in [-1, 0, 1, 200] {
        let level: Level = round_trip(&value.to_string());
        assert_eq!(level.as_i64(), value);
        assert!(!matches!(level, Level::UnknownValue(_)), "{value}");
    }
    for value in [2, -2, i64::MIN, i64::MAX, 9_007_199_254_740_993] {
        let level: Level = round_trip(&value.to_string());
        assert_eq!(level.as_i64(), value);
        assert_eq!(Level::from(value), level);
        assert!(matches!(level, Level::UnknownValue(_)), "{value}");
    }
    refuse::<Level>(r#""1""#);
    refuse::<Level>("1.5");
}

#[test]
fn an_enum_may_be_null_only_where_it_says_so() {
    let signal = |trend: &str, state: &str| {
        format!(r#"{{"kind": "new kind", "state": {state}, "level": 7, "trend": {trend}}}"#)
    };
    assert_eq!(
        round_trip::<Signal>(&signal("null", r#""red""#)).trend,
        None
    );
    let known: Signal = round_trip(&signal(r#""up""#, r#""null""#));
    assert_eq!(known.trend.expect("not null").as_str(), "up");
    assert_eq!(known.state.as_str(), "null");
    round_trip::<Signal>(&signal(r#""sideways""#, r#""red""#));
    refuse::<Signal>(&signal(r#""up""#, "null"));
}

#[test]
fn parameters_carry_the_exact_values() {
    let client = client();
    let call = client.list_signals("2fa");
    let call = call.sort(ListSignalsSort::from("-asc")).level(-1);
    let states = ["RED", "red", "rosé & co"].map(State::from);
    assert_eq!(
        target(&sent(call.state(states))),
        "/signals/2fa?sort=-asc&level=-1&state=RED&state=red&state=ros%C3%A9%20%26%20co"
    );
    let request = sent(client.list_signals(Kind::from("a/b")));
    assert_eq!(target(&request), "/signals/a%2Fb");
    refused(client.list_signals(""));
}
