//! Names are readable, legal, and do not depend on what they do not collide
//! with.

use super::{Case, identifier};
use crate::test_support::{plan, types};

#[test]
fn identifiers_are_readable() {
    let table = [
        ("display_name", "DisplayName", "display_name"),
        ("google-workspace", "GoogleWorkspace", "google_workspace"),
        ("X-Rate-Limit", "XRateLimit", "x_rate_limit"),
        ("24h", "N24h", "n24h"),
        ("+1", "Plus1", "plus_1"),
        ("-1", "Minus1", "minus_1"),
        ("-created", "MinusCreated", "minus_created"),
        (">=", "GreaterEqual", "greater_equal"),
        ("", "Empty", "empty"),
        ("  ", "Empty", "empty"),
        ("*", "Star", "star"),
        ("self", "Self_", "self_"),
        ("type", "Type", "type"),
        ("größe", "Größe", "größe"),
        ("☃", "Unnamed", "unnamed"),
    ];
    for (text, pascal, snake) in table {
        assert_eq!(identifier(text, Case::Pascal), pascal, "{text:?}");
        assert_eq!(identifier(text, Case::Snake), snake, "{text:?}");
    }
}

const PLAIN: &str = "
  foo-bar: {type: object, properties: {a: {type: object, properties: {x: {type: string}}}}}
  Other: {type: object, properties: {b: {type: string, enum: [x, y]}}}
";

#[test]
fn adding_an_item_renames_nothing_that_it_does_not_collide_with() {
    let before = types(PLAIN);
    for added in [
        "  Extra: {type: string}",
        "  Aardvark: {type: object, properties: {a: {type: string, enum: [a]}}}",
    ] {
        let after = types(&format!("{PLAIN}{added}\n"));
        for (pointer, name) in &before {
            assert_eq!(after.get(pointer), Some(name), "{pointer}");
        }
    }
}

#[test]
fn a_collision_renames_one_of_the_two_alone_and_says_how_to_choose() {
    let (api, report) = plan(&format!("{PLAIN}  FooBar: {{type: string}}\n"));
    let names = types(&format!("{PLAIN}  FooBar: {{type: string}}\n"));
    // The one that is written as in Rust keeps its name, whatever the order.
    assert_eq!(names["#/components/schemas/FooBar"], "FooBar");
    assert_eq!(names["#/components/schemas/foo-bar"], "FooBar2");
    assert_eq!(names["#/components/schemas/Other"], "Other");
    let finding = report
        .diagnostics()
        .iter()
        .find(|finding| finding.code.name() == "name-collision");
    let help = finding.and_then(|finding| finding.help.clone()).unwrap();
    assert!(
        help.contains("\"#/components/schemas/foo-bar\" = "),
        "{help}"
    );
    assert!(api.is_some());
}

#[test]
fn the_order_of_a_document_does_not_decide_names() {
    let one = types(
        "
  a-b: {type: string}
  a_b: {type: string}
  a.b: {type: string}
",
    );
    let other = types(
        "
  a.b: {type: string}
  a_b: {type: string}
  a-b: {type: string}
",
    );
    assert_eq!(one, other);
}

#[test]
fn a_numbered_name_avoids_what_others_are_called() {
    let names = types(
        "
  Foo: {type: string}
  foo: {type: string}
  Foo2: {type: string}
",
    );
    assert_eq!(names["#/components/schemas/Foo"], "Foo");
    assert_eq!(names["#/components/schemas/Foo2"], "Foo2");
    assert_eq!(names["#/components/schemas/foo"], "Foo3");
}

#[test]
fn types_never_hide_those_of_the_prelude() {
    let names = types(
        "
  Option: {type: object, properties: {a: {type: string}}}
  String: {type: string}
",
    );
    assert_eq!(names["#/components/schemas/Option"], "OptionSchema");
    assert_eq!(names["#/components/schemas/String"], "StringSchema");
}

#[test]
fn an_inline_type_is_named_after_where_it_was_written_and_not_who_refers_to_it() {
    let names = types(
        "
  Zoo: {type: object, properties: {keeper: {type: object, properties: {name: {type: string}}}}}
  Aviary: {type: object, properties: {warden: {$ref: '#/components/schemas/Zoo/properties/keeper'}}}
",
    );
    assert_eq!(
        names["#/components/schemas/Zoo/properties/keeper"],
        "ZooKeeper"
    );
}
