//! What depends on which feature.

use std::collections::BTreeMap;

use crate::config::{Config, Features};
use crate::diagnostic::{Code, Report};
use crate::model::Api;
use crate::test_support::plan_with;

fn planned(paths: &str, schemas: &str) -> (Option<Api>, Report) {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://t.test'}}]\n\
         paths:\n{paths}\ncomponents:\n  schemas:\n{schemas}\n"
    );
    let config = Config {
        features: Features::PerTag,
        ..Config::default()
    };
    plan_with(&text, config)
}

fn operation(path: &str, tags: &str, schema: &str) -> String {
    format!(
        "  {path}: {{get: {{operationId: 'get{path}', tags: [{tags}], responses: {{'200': \
         {{description: D, content: {{application/json: {{schema: \
         {{$ref: '#/components/schemas/{schema}'}}}}}}}}}}}}}}\n"
    )
}

fn gates(api: &Api) -> BTreeMap<&str, Vec<&str>> {
    let gates = api.type_features.iter();
    gates
        .map(|(module, features)| {
            let features = features.iter().map(String::as_str).collect();
            (module.as_str(), features)
        })
        .collect()
}

#[test]
fn types_depend_on_what_leads_to_them() {
    let paths = [
        operation("/a", "pets", "Pet"),
        operation("/b", "'shop orders'", "Order"),
        operation("/c", "", "Health"),
    ];
    let schemas = "
    Pet: {type: object, properties: {home: {$ref: '#/components/schemas/Home'}}}
    Order: {type: object, properties: {to: {$ref: '#/components/schemas/Home'}, at: {$ref: '#/components/schemas/Date'}}}
    Home: {type: object, properties: {street: {type: string, enum: [a]}}}
    Date: {type: object, properties: {day: {type: integer}}}
    Health: {type: object, properties: {at: {$ref: '#/components/schemas/Date'}}}
    Hook: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}";
    let (api, report) = planned(&paths.concat(), schemas);
    let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let names: Vec<&str> = api
        .features
        .iter()
        .map(|feature| feature.name.as_str())
        .collect();
    assert_eq!(names, ["pets", "shop-orders", "other-types"]);
    let expected = [
        ("home", vec!["other-types", "pets", "shop-orders"]),
        ("hook", vec!["other-types"]),
        ("order", vec!["shop-orders"]),
        ("pet", vec!["other-types", "pets"]),
    ];
    // `date` and `health` are always there.
    assert_eq!(gates(&api), BTreeMap::from(expected));
}

#[test]
fn features_are_told_from_those_of_every_client() {
    let tags = ["reqwest", "reqwest-api", "default", "Type", "other types"];
    let paths: String = tags
        .iter()
        .enumerate()
        .map(|(index, tag)| operation(&format!("/{index}"), &format!("'{tag}'"), "Any"))
        .collect();
    let (api, report) = planned(&paths, "    Any: {type: object}");
    let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let names: Vec<&str> = api
        .features
        .iter()
        .map(|feature| feature.name.as_str())
        .collect();
    let expected = [
        "default-api",
        "other-types-api",
        "reqwest-api",
        "reqwest-api-2",
        "type",
    ];
    assert_eq!(names, expected);
}

#[test]
fn without_tags_there_is_nothing_to_divide() {
    let (_, report) = planned(&operation("/a", "", "Any"), "    Any: {type: object}");
    let codes: Vec<Code> = report
        .diagnostics()
        .iter()
        .map(|found| found.code)
        .collect();
    assert_eq!(codes, [Code::Configuration]);
}
