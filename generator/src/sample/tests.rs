//! Samples of small documents.

use std::sync::atomic::AtomicBool;

use serde_json::{Value as Json, json};

use super::fits::{Budget, Judge};
use super::make::all_components;
use super::program;
use super::same::{instant, is_same};
use super::spec::{Direction, Spec};

/// What is made of each component of a document.
fn made(schemas: Json) -> Json {
    let root = json!({"components": {"schemas": schemas}});
    let spec = Spec::new(&root);
    let all = all_components(&spec);
    let values = all.into_iter().map(|(name, cases)| {
        let values = cases.into_iter().map(|(_, value)| value);
        (name.to_owned(), values.collect::<Json>())
    });
    values.collect()
}

fn fits(schema: Json, value: Json) -> bool {
    let root = json!({"components": {"schemas": {"It": schema}}});
    let spec = Spec::new(&root);
    let judge = Judge::new(&spec, None);
    judge.fits(&root["components"]["schemas"]["It"], &value)
}

/// The number of the values of a component.
fn count(made: &Json, name: &str, wanted: &Json) -> usize {
    let values = made[name].as_array().into_iter().flatten();
    values.filter(|value| *value == wanted).count()
}

#[track_caller]
fn assert_made(made: &Json, name: &str, wanted: Json) {
    assert_eq!(
        count(made, name, &wanted),
        1,
        "{wanted} among {:#}",
        made[name]
    );
}

#[test]
fn objects_are_made_whole_bare_and_with_nulls() {
    let made = made(json!({
        "Pet": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "integer", "minimum": 5},
                "name": {"type": "string", "nullable": true, "maxLength": 2},
                "kind": {"type": "string", "enum": ["cat", "dog"]},
                "tags": {"type": "array", "items": {"type": "string"}},
                "parent": {"$ref": "#/components/schemas/Pet"},
            }
        },
        "Bag": {"type": "object", "properties": {"a": {"type": "boolean"}}, "additionalProperties": {"type": "boolean"}},
        "Endless": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Endless"}}},
    }));
    // A pet in a pet would go on without end.
    assert_made(
        &made,
        "Pet",
        json!({"id": 9_007_199_254_740_993_i64, "name": "te", "kind": "cat", "tags": ["text"]}),
    );
    assert_made(&made, "Pet", json!({"id": 9_007_199_254_740_993_i64}));
    assert_made(&made, "Pet", json!({"id": 5}));
    assert_made(
        &made,
        "Pet",
        json!({"id": 9_007_199_254_740_993_i64, "name": null}),
    );
    assert_made(
        &made,
        "Pet",
        json!({"id": 9_007_199_254_740_993_i64, "tags": []}),
    );
    assert_made(
        &made,
        "Pet",
        json!({"id": 9_007_199_254_740_993_i64, "kind": "unheard-of value"}),
    );
    assert_made(&made, "Bag", json!({"extra": true, "x-ü /~\"": true}));
    assert_eq!(made["Endless"], json!([]));
}

#[test]
fn every_variant_is_made_with_its_tag() {
    let made = made(json!({
        "Any": {"oneOf": [{"type": "integer"}, {"$ref": "#/components/schemas/Cat"}]},
        "Pet": {
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind", "mapping": {"kitty": "#/components/schemas/Cat"}},
        },
        "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
        "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
    }));
    assert_made(&made, "Any", json!(1));
    assert_made(&made, "Any", json!({"kind": "text", "lives": 1}));
    assert_made(&made, "Pet", json!({"kind": "kitty", "lives": 1}));
    assert_made(&made, "Pet", json!({"kind": "Dog"}));
    assert_made(
        &made,
        "Pet",
        json!({"kind": "unheard-of tag", "kept": ["as", {"it": "is"}]}),
    );
}

#[test]
fn a_variant_may_only_ask_for_properties() {
    let made = made(json!({
        "Address": {
            "type": "object",
            "properties": {"v4": {"type": "string", "format": "ipv4"}, "v6": {"type": "boolean"}},
            "anyOf": [{"required": ["v4"]}, {"required": ["v6"]}],
        },
    }));
    assert_made(&made, "Address", json!({"v4": "192.0.2.1", "v6": true}));
    assert_made(&made, "Address", json!({"v4": "192.0.2.1"}));
    assert_made(&made, "Address", json!({"v6": true}));
}

#[test]
fn all_parts_of_a_schema_count() {
    let made = made(json!({
        "Base": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, "one": {"type": "integer"}},
            "discriminator": {"propertyName": "kind"},
        },
        "Child": {"allOf": [
            {"$ref": "#/components/schemas/Base"},
            {"type": "object", "required": ["two"], "properties": {"two": {"type": "boolean"}, "one": {"maximum": 0}}},
        ]},
    }));
    assert_made(
        &made,
        "Child",
        json!({"kind": "Child", "one": 0, "two": true}),
    );
    assert_made(&made, "Child", json!({"kind": "Child", "two": true}));
    assert_made(&made, "Base", json!({"kind": "Child", "two": true}));
}

/// Whether one value of a schema fits it by all keywords.
#[track_caller]
fn assert_telling_fits(schema: Json) {
    let never = AtomicBool::new(false);
    let budget = Budget::new(&never);
    let root = json!({"components": {"schemas": {"It": schema}}});
    let spec = Spec::new(&root);
    let schema = &root["components"]["schemas"]["It"];
    let judge = Judge::by_the_word(&spec, Direction::Request, &budget);
    let value = super::value(&spec, schema, Direction::Request);
    let fits = value
        .as_ref()
        .is_some_and(|value| judge.fits(schema, value));
    assert!(fits, "{schema}: {value:?}");
}

#[test]
fn samples_have_as_many_items_and_properties_as_their_schemas_ask_for() {
    for item in [
        json!({"type": "string"}),
        json!({"type": "integer", "minimum": 3}),
        json!({"type": "number"}),
        json!({"type": "string", "enum": ["a", "b", "c"]}),
        json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}),
        json!({"anyOf": [{"type": "string"}, {"type": "boolean"}]}),
        json!({"type": "array", "minItems": 1, "items": {"type": "integer"}}),
    ] {
        for unique in [false, true] {
            assert_telling_fits(
                json!({"type": "array", "minItems": 3, "uniqueItems": unique, "items": item}),
            );
        }
    }
    assert_telling_fits(json!({"type": "array", "minItems": 30, "uniqueItems": true}));
    assert_telling_fits(json!({"type": "array", "maxItems": 0, "items": {"type": "string"}}));
    assert_telling_fits(
        json!({"type": "object", "minProperties": 3, "additionalProperties": {"type": "string"}}),
    );
    assert_telling_fits(json!({"type": "object", "minProperties": 3}));
    assert_telling_fits(json!({
        "type": "object", "minProperties": 2, "maxProperties": 2, "required": ["c"],
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}},
        "additionalProperties": false,
    }));
    assert_telling_fits(json!({"type": "object", "maxProperties": 0}));
}

#[test]
fn elements_of_a_tuple_have_schemas_of_their_own() {
    let items = json!({"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "boolean"}]});
    let value = |positions: Json| {
        let root = json!({"type": "array", "minItems": 4, "items": items, "x-driftless-prefix": positions});
        super::value(&Spec::new(&root), &root, Direction::Request)
    };
    let made = value(json!([0, 1, 0, 3])).unwrap();
    assert!(
        made[0].is_i64() && made[1].is_string() && made[2].is_i64(),
        "{made}"
    );
    assert!(made[3].is_boolean(), "{made}");
    // What no longer fits the alternatives says nothing.
    let made = value(json!([0, 1, 0, 4])).unwrap();
    assert!(made[1].is_i64(), "{made}");
}

#[test]
fn values_are_judged_by_their_schema() {
    let object = json!({"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string", "format": "date-time"}}});
    assert!(fits(
        object.clone(),
        json!({"a": "2024-02-29T00:00:00Z", "b": 1})
    ));
    assert!(!fits(
        object.clone(),
        json!({"a": "2023-02-29T00:00:00Z", "b": 1})
    ));
    assert!(!fits(object, json!({})));
    assert!(fits(
        json!({"type": "integer", "format": "int32"}),
        json!(3.0)
    ));
    assert!(!fits(
        json!({"type": "integer", "format": "int32"}),
        json!(3_000_000_000_u32)
    ));
    assert!(!fits(
        json!({"type": "number", "format": "int64"}),
        json!(1.5)
    ));
    assert!(!fits(
        json!({"type": "string", "format": "byte"}),
        json!("a b=")
    ));
    assert!(!fits(json!({"type": "string", "enum": ["a"]}), json!("b")));
    assert!(!fits(json!({"type": "string"}), json!(null)));
    assert!(fits(
        json!({"allOf": [{"type": "string", "nullable": true}]}),
        json!(null)
    ));
    assert!(!fits(json!({"not": {"type": "string"}}), json!("text")));
    assert!(!fits(
        json!({"additionalProperties": false, "properties": {"a": {}}}),
        json!({"b": 1})
    ));
    assert!(fits(
        json!({"allOf": [{"additionalProperties": false}, {"properties": {"b": {}}}]}),
        json!({"b": 1})
    ));
    assert!(!fits(
        json!({"additionalProperties": {"type": "string"}}),
        json!({"b": 1})
    ));
    assert!(!fits(
        json!({"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
        json!([1])
    ));
}

#[test]
fn times_are_the_same_if_their_instants_are() {
    let same = |one: &str, other: &str| is_same(&json!(one), &json!(other));
    assert!(same(
        "2024-02-29T12:00:00Z",
        "2024-02-29T14:00:00.000+02:00"
    ));
    assert!(same("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z"));
    assert!(!same("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.1Z"));
    assert!(!same("text", "other"));
    assert_eq!(
        instant("1970-01-02T00:00:00Z")
            .zip(instant("1970-01-01T00:00:00Z"))
            .map(|(two, one)| two.0 - one.0),
        Some(86_400)
    );
    assert_eq!(instant("2024-02-30T00:00:00Z"), None);
    assert!(is_same(&json!({"a": [1, 2.0]}), &json!({"a": [1.0, 2]})));
    assert!(!is_same(
        &json!(9_007_199_254_740_993_i64),
        &json!(9_007_199_254_740_992_i64)
    ));
    assert!(!is_same(&json!({"a": null}), &json!({})));
}

/// Runs the test over one value of a list.
fn run(list: &str, sample: Json, again: fn(usize) -> program::Again, validate: bool) -> bool {
    let mut samples = json!({"misfits": 0, "untyped": []});
    samples[list] = json!([sample]);
    let validate: fn(usize) -> Option<program::Again> = match validate {
        true => |_| Some(|_| Err("a violation".to_owned())),
        false => |_| None,
    };
    std::panic::catch_unwind(|| program::run(&samples.to_string(), again, validate)).is_ok()
}

#[test]
fn the_program_finds_what_does_not_come_back() {
    let sample = |strict| json!({"type": 0, "place": "#/It", "case": "one", "value": {"a": 1}, "strict": strict});
    assert!(run(
        "samples",
        sample(true),
        |_| program::again::<Json>,
        false
    ));
    assert!(!run(
        "samples",
        sample(true),
        |_| program::again::<Json>,
        true
    ));
    assert!(run(
        "samples",
        sample(false),
        |_| program::again::<Json>,
        true
    ));
    assert!(!run(
        "samples",
        sample(true),
        |_| |_| Ok("{}".to_owned()),
        false
    ));
    assert!(!run(
        "samples",
        sample(true),
        |_| program::again::<String>,
        false
    ));
}

#[test]
fn the_program_finds_what_is_broken_and_not_refused() {
    let sample = |breach: &str| json!({"type": 0, "place": "#/It", "case": "one", "value": {"a": 1}, "breach": breach});
    for breach in ["type", "bound", "open"] {
        let any: fn(usize) -> program::Again = |_| program::again::<Json>;
        assert_eq!(run("broken", sample(breach), any, false), breach != "type");
        assert!(run(
            "broken",
            sample(breach),
            |_| program::again::<String>,
            false
        ));
        assert!(!run("disputed", sample(breach), any, true));
    }
    let any: fn(usize) -> program::Again = |_| program::again::<Json>;
    assert!(run("broken", sample("bound"), any, true));
}

#[test]
fn numbers_of_an_integer_format_are_integers() {
    let made = made(json!({"It": {"type": "number", "format": "int32"}}));
    assert_made(&made, "It", json!(i32::MAX));
    assert_eq!(count(&made, "It", &json!(1.5)), 0);
}

#[test]
fn integers_listed_as_strings_have_no_unknown_text() {
    let made = made(json!({
        "It": {"type": "integer", "enum": ["6", "12"]},
        "Other": {"type": "string", "enum": ["6", "12"]},
    }));
    assert_eq!(count(&made, "It", &json!("unheard-of value")), 0);
    assert_made(&made, "Other", json!("unheard-of value"));
}

#[test]
fn items_are_unique_by_their_values() {
    let never = AtomicBool::new(false);
    let budget = Budget::new(&never);
    let root = json!({"type": "array", "uniqueItems": true});
    let spec = Spec::new(&root);
    let judge = Judge::by_the_word(&spec, Direction::Request, &budget);
    for same in [
        json!([1, 1.0]),
        json!([0, -0.0]),
        json!([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]),
        json!(["a", "a"]),
        json!([null, null]),
    ] {
        assert!(!judge.fits(&root, &same), "{same}");
    }
    for different in [
        json!([1, "1", true, null, [1], {"1": 1}]),
        json!([["a", "b"], ["a,b"]]),
        json!([{"a": "b"}, {"a": ["b"]}, {}]),
        json!([9_007_199_254_740_993_i64, 9_007_199_254_740_992_i64]),
    ] {
        assert!(judge.fits(&root, &different), "{different}");
    }
}

#[test]
fn bounds_are_exact_where_floats_are_not() {
    let least = json!({"type": "integer", "minimum": 9_007_199_254_740_993_i64});
    assert!(!fits(least.clone(), json!(9_007_199_254_740_992_i64)));
    assert!(fits(least, json!(9_007_199_254_740_993_i64)));
    let most = json!({"type": "integer", "maximum": u64::MAX - 1});
    assert!(!fits(most.clone(), json!(u64::MAX)));
    assert!(!fits(most.clone(), json!(1.844_674_407_370_955_2e19)));
    assert!(fits(most, json!(u64::MAX - 1)));
    let open = json!({"type": "number", "minimum": 1, "exclusiveMinimum": true});
    assert!(!fits(open.clone(), json!(1.0)));
    assert!(fits(open, json!(1.5)));
}
