//! Every JSON report is what `docs/report.schema.json` says.

#![allow(
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

mod sandbox;

use std::fs;

use sandbox::Sandbox;
use serde_json::Value as Json;

const SCHEMA: &str = include_str!("../../docs/report.schema.json");

/// Fails unless `value` fits `schema`, as far as our schema uses the language.
fn fits(root: &Json, schema: &Json, value: &Json, at: &str) {
    for (keyword, wanted) in schema
        .as_object()
        .unwrap_or_else(|| panic!("{at}: no schema"))
    {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let pointer = wanted
                    .as_str()
                    .and_then(|pointer| pointer.strip_prefix('#'));
                let target = root.pointer(pointer.unwrap_or("-"));
                fits(root, target.unwrap_or(&Json::Null), value, at);
            }
            "const" => assert_eq!(value, wanted, "{at}"),
            "enum" => assert!(
                wanted.as_array().is_some_and(|all| all.contains(value)),
                "{at}"
            ),
            "type" => {
                let is = |name: &Json| match name.as_str() {
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_u64(),
                    Some("boolean") => value.is_boolean(),
                    Some("null") => value.is_null(),
                    Some("array") => value.is_array(),
                    Some("object") => value.is_object(),
                    _ => panic!("{at}: unknown type {name}"),
                };
                let fine = wanted
                    .as_array()
                    .map_or_else(|| is(wanted), |all| all.iter().any(is));
                assert!(fine, "{at}: {value} is no {wanted}");
            }
            "required" => {
                for key in wanted.as_array().into_iter().flatten() {
                    assert!(
                        value.get(key.as_str().unwrap_or("")).is_some(),
                        "{at}: no {key}"
                    );
                }
            }
            "additionalProperties" => {
                for key in value
                    .as_object()
                    .into_iter()
                    .flat_map(|object| object.keys())
                {
                    assert!(
                        schema["properties"].get(key).is_some(),
                        "{at}: unknown {key}"
                    );
                }
            }
            "properties" => {
                for (key, schema) in wanted.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(key) {
                        fits(root, schema, value, &format!("{at}/{key}"));
                    }
                }
            }
            "items" => {
                for (number, value) in value.as_array().into_iter().flatten().enumerate() {
                    fits(root, wanted, value, &format!("{at}/{number}"));
                }
            }
            other => panic!("{at}: the test does not know {other}"),
        }
    }
}

#[test]
fn every_report_fits_the_schema() {
    let schema: Json = serde_json::from_str(SCHEMA).unwrap();
    let sandbox = Sandbox::new();
    let report = |arguments: &[&str], code: i32| {
        let arguments = [arguments, &["--format", "json"]].concat();
        let ran = sandbox.run(&arguments).assert(code);
        let report: Json = serde_json::from_str(&ran.stdout).unwrap();
        fits(&schema, &schema, &report, "");
        report
    };
    report(&["check"], 1);
    report(&["generate", "--dry-run"], 0);
    report(&["generate"], 0);
    report(&["check"], 0);

    // Something of every kind.
    fs::remove_file(sandbox.path("generated-client/Cargo.toml")).unwrap();
    sandbox.write("generated-client/src/lib.rs", "edited\n");
    sandbox.write("generated-client/notes", "mine\n");
    fs::create_dir(sandbox.path("generated-client/empty")).unwrap();
    let drift = report(&["check"], 1);
    assert_eq!(
        drift["findings"].as_array().map(Vec::len),
        Some(4),
        "{drift}"
    );
    sandbox.edit(
        "spec/openapi.yaml",
        "    Pet:",
        "    Pet:\n      unheard_of: true",
    );
    let files = report(&["generate"], 0);
    assert_eq!(files["findings"][0]["severity"], "warning");
    assert_eq!(files["files"]["left"][0], "notes");

    sandbox.write("spec/openapi.yaml", "openapi: [");
    let failed = report(&["generate"], 2);
    assert_eq!(failed["findings"][0]["code"], "syntax");
}
