//! Objects: absent, null and a value told apart; defaults within reach and
//! never written.

mod canned;

use canned::{body, client, decode, encode, refuse, round_trip, sent};
use golden_objects as api;
use golden_objects::types::{
    Book, BookBinding, BookChange, BookRequired, Loan, Nothing, Voucher, VoucherRequired,
};
use serde_json::json;

const LEAST: &str = r#"{"isbn": "1", "title": "On Order", "subtitle": null}"#;

fn with(property: &str) -> String {
    LEAST.replace('}', &format!(", {property}}}"))
}

#[test]
fn absent_null_and_a_value_are_three_things() {
    assert_eq!(round_trip::<Book>(LEAST).note, None);
    let null: Book = round_trip(&with(r#""note": null"#));
    assert_eq!(null.note, Some(None));
    let text: Book = round_trip(&with(r#""note": """#));
    assert_eq!(text.note, Some(Some(String::new())));

    assert_eq!(round_trip::<Book>(LEAST).rating, None);
    let null: Book = round_trip(&with(r#""rating": null"#));
    assert_eq!(null.rating, Some(None));
}

#[test]
fn a_nullable_schema_by_name_is_nullable_where_it_is_used() {
    assert_eq!(round_trip::<BookChange>("{}").loan, None);
    let returned: BookChange = round_trip(r#"{"loan": null}"#);
    assert_eq!(returned.loan, Some(None));
    let lent: BookChange = round_trip(r#"{"loan": {"reader": "Ada", "until": "2024-02-29"}}"#);
    let loan: Loan = lent.loan.expect("present").expect("not null");
    assert_eq!(loan.reader, "Ada");
}

#[test]
fn what_is_required_has_to_be_there_even_where_it_may_be_null() {
    round_trip::<Book>(LEAST);
    refuse::<Book>(r#"{"isbn": "1", "title": "On Order"}"#);
    refuse::<Book>(r#"{"title": "On Order", "subtitle": null}"#);
    refuse::<Book>(r#"{"isbn": null, "title": "On Order", "subtitle": null}"#);
}

#[test]
fn any_value_at_all_is_kept() {
    for extra in [
        "0",
        r#""""#,
        "[]",
        "{}",
        "false",
        r#"{"a": [null]}"#,
        "null",
    ] {
        round_trip::<Book>(&with(&format!(r#""extra": {extra}"#)));
    }
}

#[test]
fn defaults_are_within_reach_and_never_written() {
    let book: Book = round_trip(LEAST);
    assert_eq!(book.language, None);
    assert_eq!(book.language_or_default(), "en");
    assert_eq!(book.copies_or_default(), 1);
    assert!(!book.on_loan_or_default());
    assert_eq!(book.binding_or_default(), BookBinding::Hard);

    let book: Book = round_trip(&with(
        r#""language": "fr", "copies": 0, "on_loan": true, "binding": "paper""#,
    ));
    assert_eq!(book.language_or_default(), "fr");
    assert_eq!(book.copies_or_default(), 0);
    assert!(book.on_loan_or_default());
    assert_eq!(book.binding_or_default(), BookBinding::Paper);
}

#[test]
fn required_properties_are_given_by_name() {
    let book = Book::new(BookRequired {
        isbn: "1".to_owned(),
        title: "On Order".to_owned(),
        subtitle: None,
    });
    assert_eq!(encode(&book), decode::<serde_json::Value>(LEAST));
    let mut book = book
        .note_null()
        .shelves(Vec::new())
        .dimensions(Default::default());
    book.subtitle = Some("Vol. 1".to_owned());
    let sent = json!({
        "isbn": "1", "title": "On Order", "subtitle": "Vol. 1",
        "note": null, "shelves": [], "dimensions": {},
    });
    assert_eq!(encode(&book), sent);
}

#[test]
fn both_directions_hold_what_only_one_side_sends() {
    let book: Book = round_trip(&with(r#""stored_at_shelf": "B2", "donor": "Ada""#));
    assert_eq!(book.stored_at_shelf.as_deref(), Some("B2"));
    assert_eq!(book.donor.as_deref(), Some("Ada"));
}

#[test]
fn what_nobody_described_is_passed_over() {
    let book: Book = decode(&with(r#""later": {"version": 2}"#));
    assert_eq!(encode(&book), decode::<serde_json::Value>(LEAST));
    assert_eq!(decode::<Nothing>(r#"{"later": 1}"#), Nothing::new());
    assert_eq!(encode(&Nothing::new()), json!({}));
}

#[test]
fn a_body_that_is_optional_is_sent_only_when_given() {
    let client = client();
    let without = sent(client.patch_book("1"));
    assert!(without.body().is_empty());
    assert!(!without.headers().contains_key("content-type"));

    let empty = sent(client.patch_book("1").body(BookChange::new()));
    assert_eq!(empty.body().as_ref(), b"{}");
    assert_eq!(empty.headers()["content-type"], "application/json");

    let clear = BookChange::new().note_null().loan_null();
    let clear = sent(client.patch_book("1").body(clear));
    assert_eq!(body(&clear), json!({"note": null, "loan": null}));
}

#[test]
fn a_required_property_that_is_not_declared_is_any_value_and_never_absent() {
    let voucher = Voucher::new(VoucherRequired {
        reader: "Ada".to_owned(),
        token: json!([1]),
    });
    assert_eq!(encode(&voucher), json!({"reader": "Ada", "token": [1]}));
    let null: Voucher = round_trip(r#"{"reader": "Ada", "token": null}"#);
    assert_eq!(null.token, json!(null));
    refuse::<Voucher>(r#"{"reader": "Ada"}"#);
}
