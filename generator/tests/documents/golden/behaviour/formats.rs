//! Formats: the types that stand for them keep every value.

mod canned;

use canned::{client, decode, encode, headers, refuse, round_trip, sent, target};
use golden_formats as api;
use golden_formats::Base64;
use golden_formats::types::{Choices, ChoicesSlots, ChoicesUntil, ChoicesWhen, Measurement};

const LEAST: &str = r#"{
    "id": "7f1d9a52-8f2e-4f0d-9d57-2b6c1f7d7a64", "taken_at": "2024-02-29T12:34:56Z",
    "day": "2024-02-29", "station": "north", "token": "canary"
}"#;

fn with(property: &str) -> String {
    LEAST.replace('}', &format!(", {property}}}"))
}

fn without(property: &str) -> String {
    let mut value: serde_json::Value = decode(LEAST);
    value.as_object_mut().expect("an object").remove(property);
    value.to_string()
}

#[test]
fn integers_keep_their_limits() {
    let numbers = [
        ("small", "-2147483648"),
        ("small", "2147483647"),
        ("large", "-9223372036854775808"),
        ("large", "9223372036854775807"),
        ("count", "4294967295"),
        ("total", "18446744073709551615"),
        ("plain", "-9007199254740993"),
        ("tiny", "255"),
        ("unsigned", "0"),
    ];
    for (name, number) in numbers {
        let measurement: Measurement = decode(&with(&format!(r#""{name}": {number}"#)));
        assert_eq!(encode(&measurement)[name].to_string(), number, "{name}");
    }
    refuse::<Measurement>(&with(r#""small": 2147483648"#));
    refuse::<Measurement>(&with(r#""count": -1"#));
    refuse::<Measurement>(&with(r#""plain": 1.5"#));
}

#[test]
fn floats_keep_their_digits() {
    for (name, number) in [("single", "0.1"), ("double", "0.1"), ("ratio", "1e300")] {
        let written = serde_json::to_string(&decode::<Measurement>(&with(&format!(
            r#""{name}": {number}"#
        ))));
        let written = written.expect("JSON");
        let expected = format!(r#""{name}":{number}"#).replace("1e300", "1e+300");
        assert!(written.contains(&expected), "{expected} in {written}");
    }
    // An integer is a number too.
    let whole: Measurement = decode(&with(r#""double": 2"#));
    assert_eq!(whole.double, Some(2.0));
}

#[test]
fn times_keep_their_instant() {
    for time in [
        "2024-02-29T12:34:56.789Z",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
    ] {
        let json = LEAST.replace("2024-02-29T12:34:56Z", time);
        assert_eq!(encode(&round_trip::<Measurement>(&json))["taken_at"], time);
    }
    let offset = LEAST.replace("12:34:56Z", "14:34:56+02:00");
    assert_eq!(decode::<Measurement>(&offset), decode::<Measurement>(LEAST));
    let value = decode::<Measurement>(&offset).taken_at.into_value();
    assert_eq!(value.map(jiff::Timestamp::as_second), Some(1_709_210_096));
    for wrong in [
        "2023-02-29T12:34:56Z",
        "2024-02-29 12:34:56",
        "0000-00-00",
        "yesterday",
        "",
    ] {
        let measurement: Measurement = round_trip(&LEAST.replace("2024-02-29T12:34:56Z", wrong));
        assert_eq!(measurement.taken_at.value(), None);
        assert_eq!(measurement.taken_at.text(), wrong);
    }
    let never: Measurement = round_trip(&with(r#""checked_at": null"#));
    assert_eq!(never.checked_at, Some(None));
    round_trip::<Measurement>(&with(r#""visits": {"first": "2024-01-01T00:00:00Z"}"#));
}

#[test]
fn dates_and_ids_keep_their_value() {
    round_trip::<Measurement>(&with(r#""days": ["2024-01-01", "9999-12-31"]"#));
    round_trip::<Measurement>(&with(r#""days": ["2023-02-29"]"#));
    let upper = LEAST.replace("7f1d9a52-8f2e", "7F1D9A52-8F2E");
    assert_eq!(decode::<Measurement>(&upper), decode::<Measurement>(LEAST));
    let odd: Measurement = round_trip(&LEAST.replace("7f1d9a52-8f2e", "7f1d9a52-8f2"));
    assert_eq!(odd.id.value(), None);
    refuse::<Measurement>(&without("id"));
}

#[test]
fn bytes_are_base64_in_json_and_bytes_in_rust() {
    let measurement: Measurement = round_trip(&with(r#""digest": "aGVsbG8=""#));
    assert_eq!(measurement.digest, Some(Base64::new(*b"hello").into()));
    let all: Vec<u8> = (0..=255).collect();
    let sent = encode(&measurement.digest(Base64::new(all.clone())));
    let again: Measurement = decode(&sent.to_string());
    let digest = again.digest.expect("present").into_value();
    assert_eq!(digest.expect("base64").into_bytes(), all);
    round_trip::<Measurement>(&with(r#""digest": "no base64!""#));
    let print: Measurement = round_trip(&with(r#""thumbprint": "-_8""#));
    let print = print.thumbprint.expect("present").into_value();
    assert_eq!(print.expect("base64").as_ref(), [0xfb, 0xff]);
}

#[test]
fn lengths_and_times_of_day_are_types_too() {
    let measurement: Measurement = round_trip(&with(
        r#""lasting": "PT90S", "at": "07:30:00", "seen": "now", "guid": "g""#,
    ));
    let lasting = measurement.lasting.expect("present").into_value();
    assert_eq!(lasting.expect("a span").get_seconds(), 90);
    let at = measurement.at.expect("present").into_value();
    assert_eq!(at, Some(jiff::civil::time(7, 30, 0, 0)));
}

#[test]
fn every_default_that_is_no_list_or_object_has_a_method() {
    let measurement: Measurement = decode(LEAST);
    assert_eq!(measurement.rounds_or_default(), 3);
    assert_eq!(measurement.step_or_default(), 2);
    assert_eq!(measurement.level_or_default().as_i64(), 1);
    assert_eq!(measurement.pin_or_default().expose(), "0000");
    assert_eq!(measurement.at_or_default().text(), "12:00:00");
    assert_eq!(
        measurement.begin_or_default(),
        "2024-01-01T01:00:00+01:00".into()
    );
    assert_eq!(measurement.pause_or_default(), Some(5));
    assert_eq!(measurement.remark_or_default(), Some("none"));
    let null = measurement.pause_null().remark_null();
    assert_eq!(null.pause_or_default(), None);
    assert_eq!(null.remark_or_default(), None);
    let given: Measurement = decode(&with(r#""pause": 1, "remark": "r", "level": 9"#));
    assert_eq!(given.pause_or_default(), Some(1));
    assert_eq!(given.remark_or_default(), Some("r"));
    assert_eq!(given.level_or_default().as_i64(), 9);
}

#[test]
fn formats_without_a_type_are_texts() {
    let json = with(
        r#""mail": "not a mail", "page": "nor a page", "amount": "12.30", "odd": "", "raw": "r""#,
    );
    let measurement: Measurement = round_trip(&json);
    assert_eq!(measurement.amount.as_deref(), Some("12.30"));
}

#[test]
fn secrets_are_sent_and_never_shown() {
    let measurement: Measurement = round_trip(LEAST);
    assert_eq!(measurement.token.expose(), "canary");
    assert!(!format!("{measurement:?} {measurement:#?}").contains("canary"));
}

#[test]
fn parameters_are_written_as_in_json() {
    let measurement: Measurement = decode(LEAST);
    let client = client();
    let call = client.get_measurement(measurement.day, measurement.id);
    let request = sent(call.since(measurement.taken_at).x_station_token("canary"));
    assert_eq!(
        target(&request),
        "/days/2024-02-29/measurements/7f1d9a52-8f2e-4f0d-9d57-2b6c1f7d7a64\
         ?since=2024-02-29T12%3A34%3A56Z"
    );
    assert_eq!(headers(&request), [("x-station-token", "canary")]);
    assert!(request.headers()["x-station-token"].is_sensitive());
    assert_eq!(request.headers()["accept"], "application/json");
}

#[test]
fn choices_of_formats_have_a_variant_for_each_type() {
    let when = |text: &str| {
        let choices: Choices = round_trip(&format!(r#"{{"when": "{text}"}}"#));
        choices.when.expect("a value")
    };
    assert!(matches!(when("PT1H"), ChoicesWhen::Duration(_)));
    assert!(matches!(when("12:34:56"), ChoicesWhen::Time(_)));
    let choices: Choices = round_trip(
        r#"{"id": "7f1d9a52-8f2e-4f0d-9d57-2b6c1f7d7a64", "contact": "ada@example.com", "until": "P1D"}"#,
    );
    assert!(choices.id.expect("a value").value().is_some());
    assert_eq!(choices.contact.as_deref(), Some("ada@example.com"));
    assert!(matches!(choices.until, Some(ChoicesUntil::Duration(_))));
    let choices: Choices = round_trip(r#"{"slots": ["12:34:56"]}"#);
    assert!(matches!(choices.slots, Some(ChoicesSlots::TimeList(_))));
}
