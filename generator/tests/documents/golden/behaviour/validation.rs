//! Validation: on demand, of everything inside, and silent about values.

mod canned;

use canned::{client, decode, sent};
use golden_validation as api;
use golden_validation::Validate;
use golden_validation::types::{Check, Choice, Order};

/// What is wrong with an order, one violation a line.
fn wrong(json: &str) -> Vec<String> {
    match decode::<Order>(json).validate() {
        Ok(()) => Vec::new(),
        Err(violations) => violations.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn nothing_is_checked_unless_asked_for() {
    let order: Order = decode(r#"{"customer": "far too long", "count": 99}"#);
    let client = client();
    sent(client.add_order(order.clone()));
    assert!(order.validate().is_err());
}

#[test]
fn every_keyword_is_checked_where_it_is() {
    let good = r#"{"customer": "ada", "secret": "long enough", "count": 9, "price": 1.25,
        "lines": [{"sku": "AB1"}], "labels": {"a": "abc"}, "choice": "x",
        "animal": {"kind": "Cat", "lives": 9}, "plain": {"self": {}}, "odd": ")", "both": "ab"}"#;
    assert_eq!(wrong(good), [""; 0]);
    for (json, expected) in [
        (r#"{"customer": ""}"#, "`/customer` breaks `minLength 1`"),
        (
            r#"{"customer": "äbcdef"}"#,
            "`/customer` breaks `maxLength 5`",
        ),
        (
            r#"{"customer": "1"}"#,
            r"`/customer` breaks `pattern ^(?=[a-z])\w*$`",
        ),
        (
            r#"{"customer": "a", "secret": "canary"}"#,
            "`/secret` breaks `minLength 8`",
        ),
        (
            r#"{"customer": "a", "count": 0}"#,
            "`/count` breaks `minimum 1`",
        ),
        (
            r#"{"customer": "a", "count": 10}"#,
            "`/count` breaks `exclusiveMaximum 10`",
        ),
        (
            r#"{"customer": "a", "price": 0.125}"#,
            "`/price` breaks `multipleOf 0.01`",
        ),
        (
            r#"{"customer": "a", "lines": []}"#,
            "`/lines` breaks `minItems 1`",
        ),
        (
            r#"{"customer": "a", "lines": [{}, {}]}"#,
            "`/lines` breaks `uniqueItems`",
        ),
        (
            r#"{"customer": "a", "lines": [{}, {"sku": "a"}]}"#,
            r"`/lines/1/sku` breaks `pattern ^[A-Z]{2}\d+$`",
        ),
        (
            r#"{"customer": "a", "labels": {"x": "abcd"}}"#,
            "`/labels/x` breaks `maxLength 3`",
        ),
        (
            r#"{"customer": "a", "labels": {"x": "", "y": "", "z": ""}}"#,
            "`/labels` breaks `maxProperties 2`",
        ),
        (
            r#"{"customer": "a", "parent": {"customer": ""}}"#,
            "`/parent/customer` breaks `minLength 1`",
        ),
        (
            r#"{"customer": "a", "animal": {"kind": "Cat", "lives": 10}}"#,
            "`/animal/lives` breaks `maximum 9`",
        ),
        (
            r#"{"customer": "a", "both": "a"}"#,
            "`/both` breaks `minLength 2`",
        ),
        (
            r#"{"customer": "a", "both": "abcd"}"#,
            "`/both` breaks `maxLength 3`",
        ),
    ] {
        let found = wrong(json);
        assert!(
            found.iter().any(|found| found == expected),
            "{json}: {found:?}"
        );
        assert!(!found.concat().contains("canary"));
    }
    let dog = r#"{"customer": "a", "animal": {"kind": "Dog", "lives": 10}, "price": null}"#;
    assert_eq!(wrong(dog), [""; 0]);
}

#[test]
fn parts_can_be_checked_by_themselves() {
    let choice: Choice = decode(r#"{"sku": "no"}"#);
    let _ = choice.validate();
    let check = Check::new().check(Check::new().validate(""));
    let violations = Validate::validate(&check).expect_err("too short");
    assert_eq!(
        violations.to_string(),
        "`/check/validate` breaks `minLength 1`"
    );
    let _: Option<api::Violation> = violations.iter().next().cloned();
}
