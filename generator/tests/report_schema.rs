//! Every JSON report is what `docs/report.schema.json` says.

mod json_schema;
mod sandbox;

use std::fs;

use json_schema::assert_fits;
use sandbox::Sandbox;
use serde_json::Value as Json;

const SCHEMA: &str = include_str!("../../docs/report.schema.json");

#[test]
fn every_report_fits_the_schema() {
    let schema: Json = serde_json::from_str(SCHEMA).unwrap();
    let sandbox = Sandbox::new();
    let report = |arguments: &[&str], code: i32| {
        let arguments = [arguments, &["--format", "json"]].concat();
        let ran = sandbox.run(&arguments).assert(code);
        let report: Json = serde_json::from_str(&ran.stdout).unwrap();
        assert_fits(&schema, &report);
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
    let denied = report(&["generate", "--deny", "unknown-key"], 2);
    assert_eq!(denied["counts"]["errors"], 1);
    let files = report(&["generate"], 0);
    assert_eq!(files["findings"][0]["severity"], "warning");
    assert_eq!(files["files"]["left"][0], "notes");

    sandbox.write("spec/openapi.yaml", "openapi: [");
    let failed = report(&["generate"], 2);
    assert_eq!(failed["findings"][0]["code"], "syntax");
}
