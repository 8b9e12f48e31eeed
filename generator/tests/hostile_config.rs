//! Configurations that mean harm or make no sense: each ends in an error with
//! the code `configuration`, or in a crate that cargo can load. Nothing panics.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use driftless::diagnostic::{Format, render};
use driftless::source::Input;
use driftless::{Outcome, Request, config, generate};

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {/a: {get: {operationId: g, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}
components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}
";

/// Texts that are wrong in most places.
const TEXTS: [&str; 24] = [
    "",
    " ",
    "1a",
    "a b",
    "a.b",
    "../../etc",
    "a/b",
    "a\\b",
    "self",
    "crate",
    "_",
    "serde",
    "std",
    "con",
    "é",
    "a\n[lib]\npath = \"/etc/passwd\"",
    "\"]\n[build]\n",
    "\u{1b}[31m",
    "\u{202e}evil",
    "\u{0}",
    "::error::x",
    "=1.0.0",
    "https://user:SECRET@example.com",
    "javascript:alert(1)",
];

fn outcome(text: &str, name: Option<&str>) -> Option<Outcome> {
    let config = config::parse(text).ok()?;
    Some(generate(&Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: DOCUMENT.into(),
        }],
        config,
        name: name.map(str::to_owned),
        command: "driftless generate".to_owned(),
        ..Request::default()
    }))
}

/// Whether it is refused, in the only way that is right.
#[track_caller]
fn is_refused(outcome: &Outcome) -> bool {
    let mut errors = outcome.report.diagnostics().iter();
    let refused = errors.any(|finding| finding.code.name() == "configuration");
    assert_eq!(refused, outcome.tree.is_none(), "{:?}", outcome.report);
    refused
}

/// Whether cargo can load the crate.
fn loads(outcome: &Outcome, folder: &Path) -> bool {
    let tree = outcome.tree.as_ref().expect("a tree");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    fs::write(folder.join("src/lib.rs"), "").expect("a file");
    // A workspace of its own, wherever the folder is.
    let manifest = format!("{}\n[workspace]\n", tree["Cargo.toml"].contents);
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version=1"]);
    cargo.current_dir(folder);
    let output = cargo.output().expect("cargo");
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    }
    output.status.success()
}

/// Configurations with a text in every place that ends in the manifest.
fn configurations() -> Vec<String> {
    let mut all = Vec::new();
    for text in TEXTS {
        let quoted = toml::Value::String(text.to_owned()).to_string();
        for key in ["name", "version", "description", "license", "repository"] {
            all.push(format!("[package]\n{key} = {quoted}\n"));
        }
        for key in ["keywords", "categories"] {
            all.push(format!("[package]\n{key} = [{quoted}]\n"));
        }
        for table in ["dependencies", "dev-dependencies"] {
            all.push(format!("[{table}]\n{quoted} = \"1\"\n"));
            all.push(format!("[{table}]\nmine = {quoted}\n"));
            // Whether a path or a registry is there, the disk decides.
            for key in ["version", "package", "git", "features"] {
                let value = match key {
                    "features" => format!("[{quoted}]"),
                    _ => quoted.clone(),
                };
                all.push(format!("[{table}]\nmine = {{ {key} = {value} }}\n"));
                all.push(format!(
                    "[{table}]\nmine = {{ version = \"1\", {key} = {value} }}\n"
                ));
            }
        }
    }
    all
}

#[test]
fn configurations_are_refused_or_lead_to_a_crate_that_cargo_loads() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut refused = 0;
    for text in configurations() {
        // What is no TOML, or says a key twice, is told by the reader.
        let Some(outcome) = outcome(&text, None) else {
            continue;
        };
        if is_refused(&outcome) {
            refused += 1;
        } else {
            assert!(loads(&outcome, folder.path()), "{text}");
        }
    }
    assert!(refused > 300, "{refused}");
}

#[test]
fn packages_of_the_client_are_added_to_and_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    for line in [
        "serde_json = { version = \"1\", features = [\"preserve_order\"] }",
        "serde_json = { version = \"1\", default-features = false }",
        "tokio = { version = \"1\", features = [\"sync\"] }",
        "reqwest = \"0.13\"",
        "tracing = \"0.1\"",
        "rustls = \"*\"",
    ] {
        let outcome = outcome(&format!("[dependencies]\n{line}\n"), None).expect(line);
        assert!(!is_refused(&outcome), "{line}");
        assert!(loads(&outcome, folder.path()), "{line}");
        let manifest = &outcome.tree.expect("a tree")["Cargo.toml"].contents;
        assert!(manifest.contains("float_roundtrip"), "{manifest}");
        assert!(!manifest.contains("default-features = false, features = [\"preserve"));
    }
    for line in [
        "serde_json = \"99\"",
        "serde_json = { version = \"1\", package = \"evil\" }",
        "tokio = \"=1.0.0\"",
        "reqwest = \"=0.9.0\"",
        "serde-json = \"1\"",
        "serde = { path = \"../x\" }",
        "serde_json = { version = \"1\", path = \"../x\" }",
        "tokio = { git = \"https://example.com/x\" }",
        "http = { version = \"1\", registry = \"mine\" }",
        "uuid = { workspace = true }",
    ] {
        for table in ["dependencies", "dev-dependencies"] {
            let text = format!("[{table}]\n{line}\n");
            let outcome = outcome(&text, None).expect(line);
            assert!(is_refused(&outcome), "{text}");
        }
    }
}

#[test]
fn findings_about_the_configuration_have_a_place_and_name_what_was_meant() {
    let document = "
openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: 'https://a.example.com', x-rust-name: live}]
security: [{basicAuth: []}]
tags: [{name: pets}]
paths:
  /a:
    get: {operationId: list_pets, tags: [pets], responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, '400': {description: d, content: {application/json: {schema: {type: object, properties: {code: {type: string}}}}}}}}
components:
  securitySchemes: {basicAuth: {type: http, scheme: basic}}
  schemas: {Pet: {type: object, properties: {name: {type: string, format: date-time}}}}
";
    let cases = [
        ("[package]\nname = \"a b\"\n", "2:1", ""),
        ("[package]\nversion = \"0.1\"\n", "2:1", "0.1.0"),
        ("[package]\nkeywords = [\"a b\"]\n", "2:1", ""),
        (
            "[package]\nlicense = \"MIT OR Apachhe-2.0\"\n",
            "2:1",
            "`Apache-2.0`",
        ),
        (
            "[package]\ncategories = [\"atuhentication\"]\n",
            "2:1",
            "`authentication`",
        ),
        ("[error]\ncode = \"cdoe\"\n", "2:1", "`code`"),
        (
            "[formats]\ndate-tme = \"std::string::String\"\n",
            "2:1",
            "`date-time`",
        ),
        ("[dependencies]\nx = \"y\"\n", "2:1", ""),
        ("[dev-dependencies]\nx = {version = \"y\"}\n", "2:1", ""),
        ("[server]\ndefault = \"liv\"\n", "2:1", "`live`"),
        (
            "[[server.select]]\nscheme = \"basicAut\"\nusername-prefix = \"l\"\nserver = \"live\"\n",
            "2:1",
            "`basicAuth`",
        ),
        (
            "[env]\nbasicAut = {username = \"U\", password = \"P\"}\n",
            "2:1",
            "`basicAuth`",
        ),
        ("[idempotency]\nheader = \"Host\"\n", "2:1", ""),
        ("[idempotency]\nmethods = [\"POST\"]\n", "1:2", ""),
        (
            "[idempotency]\nheader = \"Key\"\nmethods = [\"POTS\"]\n",
            "3:12",
            "`POST`",
        ),
        (
            "[[pagination]]\ntype = \"link\"\nitems = \"\"\noperations = [\"list_pet\"]\n",
            "4:15",
            "`list_pets`",
        ),
        ("[formats]\ndate-tme = \"string\"\n", "2:1", "`date-time`"),
        ("[formats]\ndate-time = \"strin\"\n", "2:1", "`string`"),
        ("[formats]\ndate-time = \"a::B\"\n", "2:1", ""),
        (
            "[types]\n\"#/components/schemas/Pett\" = \"std::string::String\"\n",
            "2:1",
            "`#/components/schemas/Pet`",
        ),
        (
            "[newtypes]\n\"#/components/schemas/Pett\" = true\n",
            "2:1",
            "`#/components/schemas/Pet`",
        ),
        ("[derives]\nstruct = [\"Eq\"]\n", "2:1", "`structs`"),
        ("[derives]\nstructs = [\"E q\"]\n", "2:12", ""),
        ("[skip]\nlist_pet = \"no\"\n", "2:1", "`list_pets`"),
        ("[skip]\nlist_pets = \"\"\n", "2:1", ""),
        (
            "[pins]\n\"#/components/schemas/Pet\" = \"P\"\n\"#/paths/~1a/get/responses/400/content/application~1json/schema\" = \"P\"\n",
            "3:1",
            "another name",
        ),
        (
            "[pins]\n\"#/components/schemas/Pett\" = \"P\"\n",
            "2:1",
            "`#/components/schemas/Pet`",
        ),
        (
            "[include]\npaths = [\"/a\"]\ntags = [\"pet\"]\n",
            "3:9",
            "`pets`",
        ),
        ("[files]\n\"src/lib.rs\" = \"x\"\n", "2:1", ""),
        (
            "# nothing\n\nfeatures = \"per-tag\"\n[skip]\nlist_pets = \"no\"\n",
            "3:1",
            "",
        ),
    ];
    for (text, place, meant) in cases {
        let attachments = match text.starts_with("[files]") {
            true => [("src/lib.rs".to_owned(), String::new())].into(),
            false => std::collections::BTreeMap::new(),
        };
        let outcome = generate(&Request {
            inputs: vec![Input {
                path: "openapi.yaml".to_owned(),
                text: document.into(),
            }],
            config: config::parse(text).expect(text),
            attachments,
            command: "driftless generate".to_owned(),
            ..Request::default()
        });
        assert!(is_refused(&outcome), "{text}");
        let (report, source) = (&outcome.report, &outcome.source);
        let short = render(report, source, Format::Short, false);
        let start = format!("client.toml:{place}: error[configuration]");
        assert!(short.starts_with(&start), "{text}{short}");
        assert_eq!(short.lines().count(), 1, "{text}{short}");
        let human = render(report, source, Format::Human, false);
        let help = human.split("help: ").nth(1).expect("help");
        assert!(help.contains(meant), "{text}{human}");
    }
}

#[test]
fn the_command_says_no_with_exit_code_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = folder.path().join("openapi.yaml");
    fs::write(&spec, DOCUMENT).expect("a file");
    let run = |command: &str, name: Option<&str>, config: &str| {
        let path = folder.path().join("client.toml");
        fs::write(path, config).expect("a file");
        let mut program = Command::new(env!("CARGO_BIN_EXE_driftless"));
        program.args([command, "--spec"]).arg(&spec);
        program.arg("--out").arg(folder.path().join("out"));
        if let Some(name) = name {
            program.arg(format!("--name={name}"));
        }
        let output = program.output().expect("the program");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{name:?} {config}\n{said}");
        assert!(said.contains("error[configuration]"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}', '\u{0}']), "{said:?}");
        assert!(!said.contains("SECRET"), "{said}");
        assert!(!folder.path().join("out").exists());
    };
    for name in ["1a", "a b", "a.b", "", "self", "crate", "_", "a/b", "serde"] {
        run("generate", Some(name), "");
        run("check", Some(name), "");
    }
    for name in ["a\n[lib]", "\u{1b}[31m", "\u{202e}evil", "std"] {
        let quoted = toml::Value::String(name.to_owned());
        run("generate", None, &format!("[package]\nname = {quoted}\n"));
    }
    run(
        "generate",
        None,
        "[package]\nrepository = \"https://user:SECRET@example.com\"\n",
    );
    run("generate", None, "[dependencies]\nserde_json = \"99\"\n");
}

#[test]
fn names_that_are_nearly_something_else_are_warnings() {
    for (text, meant) in [
        (
            "[files]\n\"tests/mian.rs\" = \"tests/main.rs\"\n",
            "tests/main.rs",
        ),
        (
            "[files]\n\"LICENSE-MT\" = \"../LICENSE-MIT\"\n",
            "LICENSE-MIT",
        ),
        ("[dev-dependencies]\notkio = \"1\"\n", "tokio"),
        ("[dependencies]\nserde_jsn = \"1\"\n", "serde_json"),
        (
            "[formats]\ndate-time = \"jiff::Timsetamp\"\n",
            "jiff::Timestamp",
        ),
    ] {
        let outcome = outcome(text, None).expect(text);
        let short = render(&outcome.report, &outcome.source, Format::Human, false);
        assert!(short.starts_with("warning[configuration]"), "{text}{short}");
        assert!(short.contains("client.toml:2:1"), "{text}{short}");
        assert!(
            short.contains(&format!("did you mean `{meant}`?")),
            "{text}{short}"
        );
    }
    for text in [
        "[files]\n\"tests/a.rs\" = \"tests/b.rs\"\n\"LICENSE-MIT\" = \"../LICENSE-MIT\"\n",
        "[dependencies]\nserde_json = \"1\"\n",
        "[formats]\ndate-time = \"jiff::Zoned\"\n[dependencies]\njiff = \"0.2\"\n",
    ] {
        let outcome = outcome(text, None).expect(text);
        assert_eq!(outcome.report.diagnostics(), [], "{text}");
    }
}
