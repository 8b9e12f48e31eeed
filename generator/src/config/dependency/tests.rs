//! Requirements that are joined, and dependencies that are merged.

use super::{joined, merged};

#[test]
fn a_requirement_joins_in_where_both_can_be_met() {
    for (ours, theirs, expected) in [
        ("1.5", "1", Some("1.5")),
        ("1.5", "*", Some("1.5")),
        ("0.3.34", "0.3", Some("0.3.34")),
        ("1.5", "1.6", Some("1.5, 1.6")),
        ("1.5", "=1.6.2", Some("1.5, =1.6.2")),
        ("1.5", ">1.5", Some("1.5, >1.5")),
        ("1.5", "<2", Some("1.5, <2")),
        ("1.5", "~1.5.2", Some("1.5, ~1.5.2")),
        ("1.5", "<1.5", None),
        ("1.5", "=1.4.9", None),
        ("1.5", ">1", None),
        ("1.5", "2", None),
        ("0.3.34", "0.2", None),
        ("1.5", "nothing", None),
    ] {
        assert_eq!(joined(ours, theirs).as_deref(), expected, "{theirs}");
    }
}

#[test]
fn nothing_that_the_client_needs_gets_lost() {
    let value = |text: &str| {
        let table: toml::Table = format!("x = {text}").parse().expect(text);
        table["x"].clone()
    };
    for (ours, theirs, expected) in [
        (
            "{ version = '1.5', features = ['a'], optional = true }",
            "{ version = '1', features = ['b', 'a'] }",
            "{ version = '1.5', features = ['a', 'b'] }",
        ),
        (
            "{ version = '1.5', features = ['a'] }",
            "{ version = '1', default-features = false }",
            "{ version = '1.5', features = ['a'] }",
        ),
        (
            "{ version = '1.5', default-features = false }",
            "'1.6'",
            "{ version = '1.5, 1.6' }",
        ),
        ("'1.5'", "{ path = 'x' }", "{ version = '1.5', path = 'x' }"),
        ("'1.5'", "{ workspace = true }", "{ workspace = true }"),
    ] {
        assert_eq!(merged(&value(ours), &value(theirs)), value(expected));
    }
}
