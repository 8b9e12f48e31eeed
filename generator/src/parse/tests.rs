//! Parsing trees and noticing what gets lost.

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use serde::Deserialize;

use super::{compare, from_node, operation, parse, prove};
use crate::diagnostic::{Code, Report, Severity};
use crate::source::{Input, Source, load};

fn read(text: &str) -> Source {
    let mut report = Report::default();
    let inputs = vec![Input {
        path: "a.yaml".to_owned(),
        text: text.into(),
    }];
    let source = load(inputs, &mut report);
    assert_eq!(report.diagnostics(), [], "{text}");
    source
}

/// What is reported after parsing a document with these schemas.
fn lost(schema: &str) -> Vec<(String, String)> {
    let source = read(&format!(
        "{{openapi: 3.0.3, info: {{title: t, version: v}}, paths: {{}}, \
         components: {{schemas: {{S: {schema}}}}}}}"
    ));
    let mut report = Report::default();
    assert!(prove(&source, &mut report), "{schema}");
    let findings = report.diagnostics().iter();
    findings
        .map(|finding| {
            assert_eq!(finding.code, Code::LostKey);
            let pointer = source.pointer(finding.origin.expect("a place"));
            (pointer, finding.message.clone())
        })
        .collect()
}

#[test]
fn the_order_of_the_author_arrives() {
    let source = read("type: object\nproperties: {z: {}, a: {}, m: {}}\n");
    let schema: Schema = from_node(&source.entry().root).expect("a schema");
    let SchemaKind::Type(Type::Object(object)) = schema.schema_kind else {
        panic!("{schema:?}");
    };
    let keys: Vec<_> = object.properties.keys().collect();
    assert_eq!(keys, ["z", "a", "m"]);
}

#[test]
fn parts_can_be_read_by_themselves() {
    let source = read("a: {$ref: '#/x'}\nb: 1\n");
    let root = &source.entry().root;
    let reference: ReferenceOr<Schema> = from_node(root.get("a").expect("a")).expect("a reference");
    assert_eq!(reference, ReferenceOr::ref_("#/x"));
    let error = from_node::<OpenAPI>(root.get("b").expect("b")).expect_err("no document");
    assert!(error.contains("integer `1`"), "{error}");
}

#[test]
fn enums_options_and_numbers_are_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Variant {
        Unit,
        Newtype(u8),
        Tuple(u8, u8),
        Struct { a: i64 },
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct All {
        variants: Vec<Variant>,
        some: Option<f64>,
        none: Option<f64>,
        large: f64,
        json: serde_json::Value,
    }
    let source = read(
        "variants: [unit, {newtype: 1}, {tuple: [1, 2]}, {struct: {a: -3}}]\n\
         some: 1\nnone: null\nlarge: 99999999999999999999\n\
         json: {a: [null, true, 18446744073709551615, 1.5, x]}\n",
    );
    let all: All = from_node(&source.entry().root).expect("all of it");
    assert_eq!(
        all,
        All {
            variants: vec![
                Variant::Unit,
                Variant::Newtype(1),
                Variant::Tuple(1, 2),
                Variant::Struct { a: -3 },
            ],
            some: Some(1.0),
            none: None,
            large: 1e20,
            json: serde_json::json!({"a": [null, true, u64::MAX, 1.5, "x"]}),
        }
    );
    for text in [
        "{unit: 1}",
        "newtype",
        "tuple",
        "struct",
        "{a: 1, b: 2}",
        "7",
    ] {
        let source = read(&format!("a: {text}\n"));
        let node = source.entry().root.get("a").expect("a");
        assert!(from_node::<Variant>(node).is_err(), "{text}");
    }
}

#[test]
fn nothing_is_lost_of_what_openapi_knows() {
    for schema in [
        "{type: integer, minimum: 1, maximum: 10, exclusiveMinimum: false, enum: [1, 2]}",
        "{type: integer, maximum: 18446744073709551615}",
        "{type: number, minimum: 1, multipleOf: 0.01}",
        "{type: object, required: [], properties: {}, additionalProperties: false}",
        "{nullable: false, default: null, example: null, x-a: {b: [1, null]}}",
        "{type: string, enum: [a, null], oneOf: [{}], format: custom}",
    ] {
        assert_eq!(lost(schema), [], "{schema}");
    }
}

#[test]
fn lost_keys_are_reported_where_they_are() {
    let path = "/components/schemas/S";
    for (schema, pointer, message) in [
        ("{typo: 1}", "/typo", "`typo` is not read"),
        (
            "{$ref: '#/x', description: d}",
            "/description",
            "`description` is not read",
        ),
        (
            "{properties: {a: {xml: {name: b}}}}",
            "/properties/a/xml",
            "`xml` is not read",
        ),
        (
            "{allOf: [{}, {const: 1}]}",
            "/allOf/1/const",
            "`const` is not read",
        ),
        (
            "{type: integer, maximum: 99999999999999999999999, x-a: 1, unknown: [0]}",
            "/unknown",
            "`unknown` is not read",
        ),
    ] {
        let expected = (format!("{path}{pointer}"), message.to_owned());
        assert_eq!(lost(schema), [expected], "{schema}");
    }
}

#[test]
fn changed_values_and_lost_elements_are_reported() {
    let source = read("a: 1\nb: [1, 2, 3]\nc: {d: x}\ne: 1\n");
    let mut report = Report::default();
    let written = serde_json::json!({"a": 2, "b": [1, 2], "c": [], "e": 1.0, "default": 1});
    compare::compare("", &source.entry().root, &written, &mut report);
    let messages: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "`a` is read as another value",
            "`b` has an element that is not read",
            "`c` is read as another value",
        ]
    );
}

#[test]
fn what_cannot_be_parsed_is_found() {
    let source = read(
        "{openapi: 3.0.3, info: {title: t, version: v}, paths: {/a: {get: {responses: []}}}, \
         components: {schemas: {Good: {}, Bad: {type: 1}}}}",
    );
    let mut report = Report::default();
    assert!(!prove(&source, &mut report));
    let pointers: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|finding| source.pointer(finding.origin.expect("a place")))
        .collect();
    assert_eq!(pointers, ["/paths/~1a", "/components/schemas/Bad"]);
    assert_eq!(report.count(Severity::Error), 2);
    assert!(
        report.diagnostics()[1]
            .message
            .starts_with("this cannot be read: "),
        "{report:?}"
    );
    let source = read("a: 1");
    let mut report = Report::default();
    assert!(parse(&source, &mut report).is_none());
    assert!(!prove(&source, &mut report));
    assert_eq!(report.count(Severity::Error), 1);
}

#[test]
fn an_operation_is_parsed_without_what_is_read_by_itself() {
    let source = read(
        "{operationId: a, tags: [t], summary: s, deprecated: true, security: [{k: []}], x-a: 1, \
         parameters: [7], requestBody: 7, responses: 7, callbacks: 7}",
    );
    let parsed = operation(&source.entry().root).expect("an operation");
    let expected = openapiv3::Operation {
        operation_id: Some("a".to_owned()),
        tags: vec!["t".to_owned()],
        summary: Some("s".to_owned()),
        deprecated: true,
        security: parsed.security.clone(),
        ..openapiv3::Operation::default()
    };
    assert_eq!(parsed, expected);
    assert_eq!(parsed.security.map(|security| security.len()), Some(1));
    let source = read("{operationId: 7}");
    let problem = operation(&source.entry().root).expect_err("no operation");
    assert!(problem.contains("integer `7`"), "{problem}");
}
