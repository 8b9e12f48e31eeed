//! `prism`: the wire tests of the client through somebody else's checker.
//! Prism stands between the client and a server of ours, and holds every request
//! and every answer against the document. Then it is made to hold them against
//! wrong documents: a check that cannot fail is none.

mod checker;
mod install;
mod upstream;

use std::path::Path;
use std::process::Stdio;

use driftless::cli::{Failure, Invocation, Tone, Verdict};
use driftless::mock::Mock;
use serde_json::{Value as Json, json};

use crate::cargo;
use checker::Checker;
pub(crate) use install::install;
use upstream::Upstream;

/// The document of the checks, in the folder of Prism.
const DOCUMENT: &str = "document.json";

/// How a run of the wire tests ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    passed: usize,
    failed: usize,
}

/// Runs the command.
pub(crate) fn run(invocation: &Invocation<'_>) -> Result<Verdict, Failure> {
    let terminal = invocation.terminal;
    let Some(root) = &invocation.defaults.root else {
        return Err(Failure::new("`prism` is a command of the repository"));
    };
    let program = install(root).map_err(Failure::new)?;
    let spec = root.join("spec/openapi.yaml");
    let outcome = invocation.outcome(&spec, &root.join("spec"), "wire")?;
    let Some(upgraded) = outcome.upgraded().filter(|_| outcome.tree.is_some()) else {
        return Err(Failure::new("the document is not valid"));
    };
    let document = upgraded.to_json();
    let upstream = Upstream::start(Mock::new(upgraded))
        .map_err(|error| Failure::new(format!("could not listen: {error}")))?;
    let check = |document: Option<&Json>| -> Result<(Run, String), Failure> {
        let path = match document {
            None => spec.clone(),
            Some(document) => {
                let path = root.join("target").join("prism").join(DOCUMENT);
                std::fs::write(&path, document.to_string())
                    .map_err(|error| Failure::io("write", &path, &error))?;
                path
            }
        };
        let checker = Checker::start(&program, &path, &upstream.address)?;
        wire_tests(root, &checker.address)
    };
    let (right, output) = check(None)?;
    if right.failed > 0 || right.passed == 0 {
        terminal.report(output);
        return Ok(Verdict::Found);
    }
    terminal.status(
        "Checked",
        format_args!("{} wire tests by Prism {}", right.passed, install::VERSION),
    );
    for (name, wrong) in [
        ("another parameter", with_parameter(&document)),
        ("another property in answers", with_property(&document)),
    ] {
        let (run, output) = check(Some(&wrong))?;
        if run.passed > 0 || run.failed != right.passed {
            terminal.report(output);
            terminal.tell(
                Tone::Bad,
                "Failed",
                format_args!(
                    "{} of {} wire tests pass though the document wants {name}",
                    run.passed, right.passed
                ),
            );
            return Ok(Verdict::Found);
        }
        let failed = run.failed;
        terminal.status(
            "Refused",
            format_args!("{failed} wire tests where the document wants {name}"),
        );
    }
    Ok(Verdict::Done)
}

/// Runs the wire tests through a checker.
fn wire_tests(root: &Path, checker: &str) -> Result<(Run, String), Failure> {
    let output = cargo::command(root)
        .args(["test", "--locked", "--package", "stytch-sso"])
        .args(["--all-features", "--test", "wire"])
        .current_dir(root)
        .env("WIRE_CHECKER", checker)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::new(format!("could not run the wire tests: {error}")))?;
    let both = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&both).into_owned();
    let result = text.lines().find_map(counts);
    match result {
        Some(run) => Ok((run, text)),
        None => Err(Failure {
            // With the lines of the other program.
            message: format!("the wire tests did not run:\n{text}"),
            help: None,
        }),
    }
}

/// The counts in the last line of a test program.
fn counts(line: &str) -> Option<Run> {
    let rest = line.strip_prefix("test result: ")?;
    let count = |what: &str| {
        let before = rest.split(what).next()?;
        before.split(' ').next_back()?.parse().ok()
    };
    Some(Run {
        passed: count(" passed")?,
        failed: count(" failed")?,
    })
}

/// The document with a required parameter more in every operation.
fn with_parameter(document: &Json) -> Json {
    changed(document, |operation| {
        let parameter = json!({
            "name": "never-sent", "in": "query", "required": true, "schema": {"type": "string"},
        });
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(parameter),
            None => operation["parameters"] = json!([parameter]),
        }
    })
}

/// The document with a required property more in every answer.
fn with_property(document: &Json) -> Json {
    changed(document, |operation| {
        let all = operation["responses"].as_object_mut();
        for (_, response) in all.into_iter().flatten() {
            let reference = response["$ref"].as_str();
            let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
            if let Some(target) = pointer.and_then(|pointer| document.pointer(pointer)) {
                *response = target.clone();
            }
            let content = response["content"].as_object_mut();
            for (_, media) in content.into_iter().flatten() {
                let own = media["schema"].take();
                media["schema"] = json!({"allOf": [own, {"required": ["never-sent"]}]});
            }
        }
    })
}

/// The document with each operation changed.
fn changed(document: &Json, change: impl Fn(&mut Json)) -> Json {
    let mut document = document.clone();
    let paths = document["paths"].as_object_mut();
    for (_, item) in paths.into_iter().flatten() {
        let item = item.as_object_mut();
        for (key, operation) in item.into_iter().flatten() {
            if ["get", "put", "post", "delete", "patch"].contains(&key.as_str()) {
                change(operation);
            }
        }
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_a_run_are_read() {
        let line = "test result: FAILED. 3 passed; 51 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        let run = Run {
            passed: 3,
            failed: 51,
        };
        assert_eq!(counts(line), Some(run));
        assert_eq!(counts("running 54 tests"), None);
    }

    #[test]
    fn every_operation_and_answer_is_changed() {
        let schema = json!({"type": "object"});
        let document = json!({
            "paths": {"/a": {
                "parameters": [],
                "get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}},
                "put": {"parameters": [1], "responses": {"400": {"$ref": "#/components/responses/Bad"}}},
            }},
            "components": {"responses": {"Bad": {"content": {"application/json": {"schema": schema}}}}},
        });
        let parameter = with_parameter(&document);
        for pointer in ["/paths/~1a/get/parameters/0", "/paths/~1a/put/parameters/1"] {
            let added = parameter.pointer(pointer);
            assert_eq!(added.map(|added| &added["required"]), Some(&json!(true)));
        }
        let property = with_property(&document);
        for place in ["get/responses/200", "put/responses/400"] {
            let pointer = format!("/paths/~1a/{place}/content/application~1json/schema");
            let wanted = json!({"allOf": [schema, {"required": ["never-sent"]}]});
            assert_eq!(property.pointer(&pointer), Some(&wanted));
        }
    }
}
