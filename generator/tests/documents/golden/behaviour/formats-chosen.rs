//! Formats: the types that the configuration chose.

mod canned;

use canned::{client, decode, round_trip, sent, target};
use golden_formats_chosen as api;
use golden_formats_chosen::types::Thing;

#[test]
fn chosen_types_hold_the_values() {
    let thing: Thing = round_trip(
        r#"{"id": "i", "made": "2024-02-29T12:00:00+01:00", "day": "2024-02-29",
            "hour": "12:00:00", "length": "PT1H", "price": "1.10",
            "page": "https://example.com", "address": "192.0.2.1", "big": "-1",
            "data": "no base64", "tags": ["a/b"]}"#,
    );
    let id: Option<String> = thing.id;
    assert_eq!(id.as_deref(), Some("i"));
    let made = thing.made.expect("present").into_value().expect("a time");
    assert_eq!(made.to_rfc3339(), "2024-02-29T11:00:00+00:00");
    let price = thing
        .price
        .expect("present")
        .into_value()
        .expect("a number");
    assert_eq!(price.scale(), 2);
    let page = thing.page.expect("present").into_value().expect("a URL");
    assert_eq!(page.host_str(), Some("example.com"));
    let address = thing
        .address
        .expect("present")
        .into_value()
        .expect("an address");
    assert!(!address.is_loopback());
    assert_eq!(thing.big.expect("present").value(), Some(&-1_i64));
    let day = thing.day.expect("present").into_value().expect("a day");
    assert_eq!(day.ordinal(), 60);
    let tags = thing.tags.expect("present");
    assert!(tags[0].starts_with("a"));
}

#[test]
fn values_and_texts_are_both_taken() {
    let thing = Thing::new().big(7).day("2024-02-29").page("/relative");
    let again: Thing = decode(&serde_json::to_string(&thing).expect("JSON"));
    assert_eq!(again, thing);
    let client = client();
    let request = sent(client.get_thing("i").count(u64::MAX));
    assert_eq!(target(&request), "/things/i?count=18446744073709551615");
}
