//! Choices: the right variant by everything that tells variants apart, and
//! nothing lost.

mod canned;

use canned::{decode, encode, round_trip};
use golden_choices as api;
use golden_choices::types::{
    Beside, Code, Contact, Distance, Filter, Holder, Level, Maybe, Mixed, Numbered, Numbers, Outer,
    Size, Versioned, When,
};
use serde_json::json;

#[test]
fn listed_values_choose_the_enum() {
    assert!(matches!(round_trip(r#""s""#), Size::Small(_)));
    assert!(matches!(round_trip(r#""xl""#), Size::Large(_)));
    // Known to none: the first keeps it.
    assert!(matches!(round_trip(r#""m""#), Size::Small(_)));
    assert!(matches!(round_trip("1"), Size::UnknownValue(_)));
}

#[test]
fn formats_come_before_text_whatever_the_order() {
    assert!(matches!(
        round_trip(r#""2024-01-01T00:00:00Z""#),
        When::Timestamp(_)
    ));
    assert!(matches!(
        round_trip(r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#),
        When::Uuid(_)
    ));
    assert!(matches!(round_trip(r#""tomorrow""#), When::String(_)));
}

#[test]
fn elements_choose_the_list() {
    assert!(matches!(round_trip("[1, 2]"), Numbers::IntegerList(_)));
    assert!(matches!(round_trip(r#"[{"x": 1}]"#), Numbers::PointList(_)));
    assert!(!matches!(round_trip(r#"["a"]"#), Numbers::UnknownValue(_)));
    assert!(matches!(
        round_trip(r#"["a", 1]"#),
        Numbers::UnknownValue(_)
    ));
}

#[test]
fn constants_choose_wherever_they_stand() {
    assert!(matches!(round_trip(r#"{"id": "a"}"#), Maybe::Live(_)));
    assert!(matches!(
        round_trip(r#"{"id": "a", "deleted": true}"#),
        Maybe::Deleted(_)
    ));
    assert!(matches!(
        round_trip(r#"{"meta": {"version": "v2"}}"#),
        Versioned::Second(_)
    ));
    assert!(matches!(
        round_trip(r#"{"meta": {"version": "v3"}}"#),
        Versioned::UnknownValue(_)
    ));
}

#[test]
fn what_loses_nothing_is_chosen() {
    assert!(matches!(
        round_trip(r#"{"place": {"miles": 1.5}}"#),
        Distance::Far(_)
    ));
    assert!(matches!(
        round_trip(r#"{"place": {"metres": 1.5}}"#),
        Distance::Near(_)
    ));
    assert!(matches!(
        round_trip(r#"{"elsewhere": 1}"#),
        Distance::Map(_)
    ));
    // What the API has added since does not make it something else.
    let near: Distance = decode(r#"{"place": {"metres": 1.5}, "new": 1}"#);
    assert!(matches!(near, Distance::Near(_)), "{near:?}");
}

#[test]
fn unions_stand_in_unions() {
    assert!(matches!(
        round_trip(r#"{"id": "a", "name": "b"}"#),
        Outer::Maybe(Maybe::Live(_))
    ));
    assert!(matches!(round_trip(r#"{"x": 1}"#), Outer::Point(_)));
    assert!(matches!(round_trip("7"), Outer::Integer(7)));
    assert!(matches!(round_trip(r#"{"y": 1}"#), Outer::UnknownValue(_)));
}

#[test]
fn tags_may_be_numbers_and_may_be_missing() {
    assert!(matches!(
        round_trip(r#"{"type": 1, "a": "x"}"#),
        Numbered::One(_)
    ));
    assert!(matches!(
        round_trip(r#"{"type": 22, "b": "x"}"#),
        Numbered::Two(_)
    ));
    assert!(matches!(
        round_trip(r#"{"type": 3}"#),
        Numbered::UnknownValue(_)
    ));
    assert!(matches!(round_trip(r#""text""#), Numbered::String(_)));
    assert!(matches!(decode(r#"{"b": "x"}"#), Numbered::Two(_)));
}

#[test]
fn members_that_only_ask_for_properties_are_no_choice() {
    let contact: Contact = round_trip(r#"{"mail": "a@b", "phone": "1"}"#);
    assert_eq!(contact.mail.as_deref(), Some("a@b"));
}

#[test]
fn what_stands_beside_a_choice_is_in_every_variant() {
    let Beside::Link(link) = round_trip(r#"{"id": 1, "href": "/"}"#) else {
        panic!("no link");
    };
    assert_eq!((link.id, link.href.as_str()), (1, "/"));
    assert!(matches!(
        round_trip(r#"{"id": 1, "text": "x"}"#),
        Beside::Text(_)
    ));
}

#[test]
fn enums_keep_values_of_several_types_and_the_names_they_were_given() {
    for json in [r#""auto""#, "1", "false", r#""other""#, "7"] {
        assert!(
            !matches!(round_trip(json), Mixed::UnknownValue(_)),
            "{json}"
        );
    }
    assert!(matches!(round_trip("1.5"), Mixed::UnknownValue(_)));
    assert_eq!(round_trip::<Level>("1"), Level::High);
    assert_eq!(round_trip::<Code>("404"), Code::NotFound);
    assert!(matches!(round_trip("7"), Code::UnknownValue(_)));
}

#[test]
fn a_choice_may_hold_itself() {
    let filter: Filter =
        round_trip(r#"{"all": [{"term": "a", "boost": 2}, {"not": {"not": {"term": "b"}}}]}"#);
    assert!(matches!(filter, Filter::All(_)));
    let mut deep = json!({"term": "x"});
    for _ in 0..40 {
        deep = json!({"not": deep, "rank": 1});
    }
    // An unknown property at every level: it is read all the same.
    assert!(matches!(decode(&deep.to_string()), Filter::Not(_)));
}

#[test]
fn a_holder_of_all_of_them() {
    let holder: Holder = round_trip(
        r#"{"size": "s", "undeclared": [1], "maybe": null, "level": 1,
            "filter": {"term": "x"}, "large": 18446744073709551615}"#,
    );
    assert_eq!(holder.maybe, Some(None));
    assert_eq!(holder.large, Some(u64::MAX));
    assert_eq!(holder.code_or_default().as_i64(), 2);
    assert_eq!(encode(&holder.level), json!(1));
}
