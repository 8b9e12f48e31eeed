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

/// What is wrong with one property of `choices` or `numbers`.
fn wrong_in(part: &str, json: &str) -> Vec<String> {
    let found = wrong(&format!(r#"{{"customer": "a", "{part}": {{{json}}}}}"#));
    let start = format!("`/{part}");
    let inside = found.iter().map(|it| it.strip_prefix(&start).expect("a place inside"));
    inside.map(|it| it.replacen("` breaks `", " ", 1)).collect()
}

#[test]
fn the_variant_that_a_union_holds_is_checked() {
    for json in [
        r#""scalars": "ab""#,
        r#""scalars": 5"#,
        r#""scalars": [1, "not described"]"#,
        r#""named": "abc""#,
        r#""lists": ["a"]"#,
        r#""alike": "ab""#,
        r#""alike": "abcde""#,
        r#""alike_in_a_union": "abcde""#,
        r#""free": "abc""#,
        r#""nullable": null"#,
        r#""nullable": "ab""#,
        r#""map": {"a": 100, "b": "ab"}"#,
        r#""items": [{"sku": "AB1"}, 0.1, {"sku": "AB2"}]"#,
        r#""nested": "x""#,
        r#""nested": ["x", {"sku": "AB1"}]"#,
        r#""nested": true"#,
        r#""whole": "ab""#,
        r#""based": {"base": "x", "left": "y"}"#,
        r#""tree": {"leaf": "abc", "next": {"branch": "b", "next": {"leaf": "abc"}}}"#,
        r#""mapped": {"kind": "lion", "lives": 9}"#,
        r#""mapped": {"kind": "mouse", "cheese": "x", "size": 0.1}"#,
    ] {
        assert_eq!(wrong_in("choices", json), [""; 0], "{json}");
    }
    for (json, expected) in [
        (r#""scalars": "abc""#, "/scalars maxLength 2`"),
        (r#""scalars": 6"#, "/scalars maximum 5`"),
        (r#""named": "abcd""#, "/named maxLength 3`"),
        (r#""lists": ["a", "b"]"#, "/lists maxItems 1`"),
        (r#""lists": ["ab"]"#, "/lists/0 maxLength 1`"),
        (r#""alike": "abc""#, "/alike maxLength 2`"),
        (r#""alike_in_a_union": "abc""#, "/alike_in_a_union maxLength 2`"),
        (r#""nullable": "abc""#, "/nullable maxLength 2`"),
        (r#""map": {"a": 100, "b": "abc"}"#, "/map/b maxLength 2`"),
        (r#""items": [{"sku": "a"}]"#, r"/items/0/sku pattern ^[A-Z]{2}\d+$`"),
        (r#""items": [0.2]"#, "/items/0 maximum 0.1`"),
        (r#""items": [0.1, 1e-1]"#, "/items uniqueItems`"),
        (r#""items": [{"sku": "AB1"}, {"sku": "AB1"}]"#, "/items uniqueItems`"),
        (r#""nested": "xy""#, "/nested maxLength 1`"),
        (r#""nested": {"sku": "a"}"#, r"/nested/sku pattern ^[A-Z]{2}\d+$`"),
        (r#""nested": ["xy"]"#, "/nested/0 maxLength 1`"),
        (r#""whole": "abc""#, "/whole maxLength 2`"),
        (r#""whole": 8"#, "/whole maximum 7`"),
        (r#""based": {"base": "xy", "left": "y"}"#, "/based/base maxLength 1`"),
        (r#""based": {"right": 2}"#, "/based/right maximum 1`"),
        (
            r#""tree": {"leaf": "abc", "next": {"branch": "a", "next": {"leaf": "abc"}}}"#,
            "/tree/next/branch pattern ^b`",
        ),
        (
            r#""tree": {"branch": "b", "next": {"leaf": "abcd"}}"#,
            "/tree/next/leaf maxLength 3`",
        ),
        (r#""mapped": {"kind": "lion", "lives": 10}"#, "/mapped/lives maximum 9`"),
        (r#""mapped": {"kind": "tiger", "lives": 10}"#, "/mapped/lives maximum 9`"),
        (r#""mapped": {"kind": "mouse", "cheese": "xy"}"#, "/mapped/cheese maxLength 1`"),
        (r#""mapped": {"kind": "mouse", "size": 0.2}"#, "/mapped/size maximum 0.1`"),
        // It has no tag: its shape tells.
        (r#""mapped": {"cheese": "xy"}"#, "/mapped/cheese maxLength 1`"),
        (
            r#""narrow": {"kind": "a", "cheese": "x", "size": 0.1}"#,
            "/narrow maxProperties 2`",
        ),
    ] {
        assert_eq!(wrong_in("choices", json), [expected], "{json}");
    }
}

#[test]
fn recursive_unions_take_no_longer_for_each_level() {
    let mut tree = r#"{"leaf": "abcd"}"#.to_owned();
    for _ in 0..60 {
        tree = format!(r#"{{"leaf": "abcd", "next": {tree}}}"#);
    }
    assert_eq!(wrong_in("choices", &format!(r#""tree": {tree}"#)).len(), 61);
}

#[test]
fn numbers_are_compared_as_they_are_written() {
    for json in [
        r#""float_most": 0.1, "float_least": 0.7, "float_step": 0.3"#,
        r#""double": 1e300, "integer": -9223372036854775807, "exclusive": 6"#,
        r#""integer": 9007199254740992, "unsigned": 18446744073709551614"#,
        r#""rest": {"a": "abc", "z": "abc", "m": "a"}"#,
    ] {
        assert_eq!(wrong_in("numbers", json), [""; 0], "{json}");
    }
    for (json, expected) in [
        (r#""float_most": 0.11"#, "/float_most maximum 0.1`"),
        (r#""float_least": 0.69"#, "/float_least minimum 0.7`"),
        (r#""float_step": 0.35"#, "/float_step multipleOf 0.1`"),
        (r#""double": 1.1e300"#, "/double maximum 1e+300`"),
        (r#""integer": 9007199254740993"#, "/integer maximum 9007199254740992`"),
        (r#""integer": -9223372036854775808"#, "/integer minimum -9223372036854775807`"),
        (r#""unsigned": 18446744073709551615"#, "/unsigned maximum 18446744073709551614`"),
        (r#""exclusive": 5"#, "/exclusive exclusiveMinimum 5`"),
        (r#""rest": {"a": "abc", "m": "ab"}"#, "/rest/m maxLength 1`"),
    ] {
        assert_eq!(wrong_in("numbers", json), [expected], "{json}");
    }
}

#[test]
fn variants_are_sent_without_their_names() {
    let json = r#"{"customer":"a","choices":{"scalars":"ab","mapped":{"kind":"mouse","size":0.1}}}"#;
    let order: Order = decode(json);
    assert_eq!(serde_json::to_string(&order).expect("JSON"), json);
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
