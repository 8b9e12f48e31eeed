//! OpenAPI 3.1: types, null and definitions mean what they say there.

mod canned;

use canned::{answered_json, block_on, encode, refuse, round_trip};
use golden_v3_1 as api;
use golden_v3_1::types::{Measurement, Payment, PaymentKind, Place, Renamed};

const FULL: &str = r#"{"kind": "measurement", "value": 3, "unit": "metre", "place": {"name": "here"},
    "note": null, "picture": "aGk=", "pair": [1.5, 2.5], "counts": {"c_a": 1}, "anything": {"a": [null]}}"#;

#[test]
fn everything_comes_back_as_it_came() {
    round_trip::<Measurement>(FULL);
    let measurement: Measurement =
        round_trip(r#"{"kind": "measurement", "value": "low", "unit": "second", "place": null}"#);
    assert_eq!(measurement.place, None);
    assert_eq!(measurement.note, None);
}

#[test]
fn null_in_a_list_of_types_is_told_from_absence() {
    let measurement: Measurement = round_trip(FULL);
    assert_eq!(measurement.note, Some(None));
    assert_eq!(encode(&measurement.picture), "aGk=");
    assert_eq!(measurement.pair.as_deref(), Some([1.5, 2.5].as_slice()));
    assert_eq!(encode(&measurement)["counts"]["c_a"], 1);
}

#[test]
fn what_is_required_may_be_null_but_not_absent() {
    refuse::<Measurement>(r#"{"kind": "measurement", "value": 3, "unit": "metre"}"#);
    refuse::<Measurement>(
        r#"{"kind": "measurement", "value": 3, "unit": null, "place": null}"#,
    );
}

#[test]
fn path_items_may_be_components() {
    let client = answered_json(200, FULL);
    let measurement = block_on(client.get_measurement("m").send()).expect("a measurement");
    assert_eq!(measurement.place.clone(), Some(Place::new("here")));
}

#[test]
fn a_reference_with_a_description_is_what_it_names() {
    let renamed: Renamed = Place::new("there");
    assert_eq!(renamed.name, "there");
}

#[test]
fn properties_under_a_condition_are_read_and_sent() {
    let payment: Payment = round_trip(r#"{"kind": "bank", "iban": "DE00", "bic": "X"}"#);
    assert_eq!(payment.bic.as_deref(), Some("X"));
    let payment = Payment::new(PaymentKind::Card).number("4111");
    assert_eq!(encode(&payment), serde_json::json!({"kind": "card", "number": "4111"}));
}
