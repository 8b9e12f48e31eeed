//! Which schemas are split, and what is said of properties in no direction.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Report;
use crate::model::{ItemKind, View};
use crate::test_support::plan_with;

fn document(request: &str, response: &str, schemas: &str) -> String {
    let media = |name: &str| {
        format!(
            "content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}"
        )
    };
    format!(
        "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths:\n  /a:\n    post:\n      \
         operationId: a\n      requestBody: {{required: true, {}}}\n      responses: {{'200': \
         {{description: ok, {}}}}}\ncomponents:\n schemas:\n{schemas}",
        media(request),
        media(response),
    )
}

/// The types, each with its view and its fields; a `!` stands behind what is
/// required.
fn types(text: &str, views: bool) -> (BTreeMap<String, String>, Report) {
    let config = Config {
        views: Some(views),
        ..Config::default()
    };
    let (api, report) = plan_with(text, config);
    let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let types = api
        .items
        .iter()
        .map(|item| {
            let view = match item.view {
                None => "both:",
                Some(View::Response) => "response:",
                Some(View::Request { .. }) => "request:",
            };
            let fields = match &item.kind {
                ItemKind::Struct(structure) => structure
                    .fields
                    .iter()
                    .map(|field| {
                        let required = if field.presence.is_required() {
                            "!"
                        } else {
                            ""
                        };
                        format!(" {}{required}", field.wire)
                    })
                    .collect(),
                _ => String::new(),
            };
            (item.name.rust.clone(), format!("{view}{fields}"))
        })
        .collect();
    (types, report)
}

const SCHEMAS: &str = "
  A:
    type: object
    required: [r, w, p]
    properties:
      r: {type: string, readOnly: true}
      w: {type: string, writeOnly: true}
      p: {type: string}
  B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
  C: {type: object, properties: {c: {type: string}}}
";

fn expected(types: &[(&str, &str)]) -> BTreeMap<String, String> {
    types
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn what_travels_both_ways_and_differs_is_split() {
    let (found, report) = types(&document("B", "B", SCHEMAS), true);
    assert!(report.diagnostics().is_empty());
    assert_eq!(
        found,
        expected(&[
            ("A", "response: r! p!"),
            ("ARequest", "request: w! p!"),
            ("B", "response: a"),
            ("BRequest", "request: a"),
            ("C", "both: c"),
        ])
    );
}

#[test]
fn what_travels_one_way_stays_one() {
    let one = |a: &str| expected(&[("A", a), ("B", "both: a"), ("C", "both: c")]);
    let (found, _) = types(&document("B", "C", SCHEMAS), true);
    assert_eq!(found, one("both: r w! p!"));
    let (found, _) = types(&document("C", "B", SCHEMAS), true);
    assert_eq!(found, one("both: r! w p!"));
    let (found, _) = types(&document("C", "C", SCHEMAS), true);
    assert_eq!(found, one("both: r! w! p!"));
}

#[test]
fn secrets_of_requests_are_not_among_the_other_properties_of_responses() {
    let schemas = "
  A:
    type: object
    required: [r, w, s, d]
    properties:
      r: {type: string, readOnly: true}
      w: {type: string, writeOnly: true}
      s: {type: string, format: password, writeOnly: true}
      d: {allOf: [{$ref: '#/components/schemas/D'}], writeOnly: true}
    additionalProperties: true
  D: {type: object, properties: {s: {type: string, format: password}}}
  B: {type: object, properties: {s: {type: string, format: password, writeOnly: true}, a: {$ref: '#/components/schemas/A'}}}
";
    let (found, report) = types(&document("B", "B", schemas), true);
    assert!(report.diagnostics().is_empty());
    assert_eq!(
        found,
        expected(&[
            ("A", "response: r! s d"),
            ("ARequest", "request: w! s! d!"),
            ("B", "response: a"),
            ("BRequest", "request: s a"),
            ("D", "both: s"),
        ])
    );
}

#[test]
fn responses_hide_what_only_requests_should_have_in_them() {
    let schemas = "
  A: {type: object, properties: {s: {type: string, format: password, writeOnly: true}}}
  B: {type: object, properties: {u: {oneOf: [{$ref: '#/components/schemas/A'}, {type: boolean}]}}}
  C: {type: object, properties: {c: {type: string}}}
";
    let (api, _) = plan_with(&document("B", "B", schemas), Config::default());
    let items = api.expect("a plan").items;
    let hidden: Vec<&str> = items
        .iter()
        .filter(|item| item.holds_secret)
        .map(|item| item.name.rust.as_str())
        .collect();
    assert_eq!(hidden.len(), items.len() - 1, "{hidden:?}");
    assert!(!hidden.contains(&"C"));
}

#[test]
fn views_can_be_turned_off() {
    let (found, _) = types(&document("A", "B", SCHEMAS), false);
    let one = expected(&[("A", "both: r w p!"), ("B", "both: a"), ("C", "both: c")]);
    assert_eq!(found, one);
}

#[test]
fn a_property_that_one_direction_lacks_does_not_carry_it_deeper() {
    let schemas = "
  A:
    type: object
    properties:
      b: {allOf: [{$ref: '#/components/schemas/B'}], readOnly: true}
  B: {type: object, properties: {id: {type: string, readOnly: true}}}
";
    let (found, _) = types(&document("A", "A", schemas), true);
    let views = [
        ("A", "response: b"),
        ("ARequest", "request:"),
        ("B", "both: id"),
    ];
    assert_eq!(found, expected(&views));
}

#[test]
fn a_property_of_neither_direction_is_reported_and_kept() {
    let schemas = "
  A:
    type: object
    properties:
      odd: {type: string, readOnly: true, writeOnly: true}
";
    let (found, report) = types(&document("A", "A", schemas), true);
    assert_eq!(found, expected(&[("A", "both: odd")]));
    let [finding] = report.diagnostics() else {
        panic!("{:?}", report.diagnostics())
    };
    assert_eq!(finding.code.name(), "contradiction");
    assert_eq!(
        finding.message,
        "the property `odd` is `readOnly` and `writeOnly` at once"
    );
}
