//! Unions with a discriminator: the tag decides, wherever it stands; unknown
//! tags are kept and sent back.

mod canned;

use canned::{answered_json, block_on, body, client, decode, encode, refuse, round_trip, sent};
use golden_unions_with_discriminator as api;
use golden_unions_with_discriminator::types::{
    Card, CardRequired, CardType, Event, Method, Payment, PaymentFallback, Pet,
};
use serde_json::json;

#[test]
fn the_tag_decides_wherever_it_stands() {
    let first: Method = round_trip(r#"{"type": "card", "number": "4242"}"#);
    let last: Method = round_trip(r#"{"number": "4242", "type": "card"}"#);
    assert_eq!(first, last);
    assert!(matches!(first, Method::Card(_)));
    // Its own properties would fit a card.
    refuse::<Method>(r#"{"type": "sepa", "number": "4242"}"#);
}

#[test]
fn two_tags_of_one_schema_stay_two() {
    assert!(matches!(
        round_trip(r#"{"type": "sepa", "iban": "DE02"}"#),
        Method::Sepa(_)
    ));
    assert!(matches!(
        round_trip(r#"{"type": "bank", "iban": "DE02"}"#),
        Method::Bank(_)
    ));
}

#[test]
fn without_a_mapping_the_tag_is_the_name_of_the_schema() {
    let paid: Event = round_trip(r#"{"kind": "Paid", "at": "2024-01-01T00:00:00Z"}"#);
    assert!(matches!(paid, Event::Paid(_)));
    let lower = round_trip(r#"{"kind": "paid", "at": "2024-01-01T00:00:00Z"}"#);
    assert!(matches!(lower, Event::UnknownValue(_)));
}

#[test]
fn an_unknown_tag_is_kept_and_sent_back() {
    let unknown = r#"{"type": "cash", "coins": [1, {"euro": 2}], "note": null}"#;
    let method: Method = round_trip(unknown);
    assert!(matches!(method, Method::UnknownValue(_)));
    let request = sent(client().create_payment(method));
    assert_eq!(body(&request), decode::<serde_json::Value>(unknown));
    for json in [
        r#"{"number": "4242"}"#,
        r#"{"type": null}"#,
        r#"{"type": 1}"#,
        "[]",
        "7",
    ] {
        assert!(
            matches!(round_trip(json), Method::UnknownValue(_)),
            "{json}"
        );
    }
}

#[test]
fn a_variant_is_a_type_of_its_own() {
    let card = Card::new(CardRequired {
        r#type: CardType::Card,
        number: "4242".to_owned(),
    });
    let written = encode(&Method::from(card.clone()));
    assert_eq!(written, json!({"type": "card", "number": "4242"}));
    let request = sent(client().create_payment(card.into()));
    assert_eq!(body(&request), written);
}

#[test]
fn variants_with_a_common_base_have_its_properties() {
    let cat: Pet = round_trip(r#"{"pet_type": "Cat", "name": "Tom", "lives": 9}"#);
    let Pet::Cat(cat) = cat else {
        panic!("{cat:?}");
    };
    assert_eq!((cat.name.as_str(), cat.lives), ("Tom", Some(9)));
    assert!(matches!(
        round_trip(r#"{"pet_type": "Dog", "name": "Rex"}"#),
        Pet::Dog(_)
    ));
    refuse::<Pet>(r#"{"pet_type": "Dog"}"#);
}

#[test]
fn unions_stand_in_lists_maps_and_nullable_places() {
    let payment: Payment = round_trip(
        r#"{"id": 1, "method": {"type": "card", "number": "4242"},
            "history": [{"kind": "Refused", "reason": "limit"}, {"kind": "Later"}],
            "steps": {"a": {"kind": "Paid", "at": "2024-01-01T00:00:00Z"}},
            "fallback": {"type": "sepa", "iban": "DE02"}}"#,
    );
    assert!(matches!(
        payment.fallback,
        Some(Some(PaymentFallback::Transfer(_)))
    ));
    let [Event::Refused(_), Event::UnknownValue(_)] = &payment.history[..] else {
        panic!("{:?}", payment.history);
    };
    let least = r#"{"id": 1, "method": {"type": "new"}, "history": []"#;
    let absent: Payment = round_trip(&format!("{least}}}"));
    assert_eq!(absent.fallback, None);
    let null: Payment = round_trip(&format!(r#"{least}, "fallback": null}}"#));
    assert_eq!(null.fallback, Some(None));
}

#[test]
fn what_does_not_fit_is_named_by_its_path() {
    let client = answered_json(
        200,
        r#"{"id": 1, "method": {"type": "new"}, "history": [{"kind": "Paid", "at": ["canary"]}]}"#,
    );
    let answer = block_on(client.create_payment(decode(r#"{"type": "new"}"#)).send());
    let error = answer.expect_err("no time");
    assert!(error.is_decode());
    let path = error.decode_error().expect("a decode error").path();
    assert!(
        path.starts_with("history[0]") && path.ends_with("at"),
        "{path}"
    );
    assert!(!format!("{error} {error:?}").contains("canary"));
}
