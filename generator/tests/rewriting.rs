//! What changes a document without changing what it says is no drift, and
//! every change of what it says is.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "clippy does not see that this is a part of tests"
)]

mod sandbox;

use std::fs;

use sandbox::{DOCUMENT, Sandbox};

/// The lines from the one that starts with `from` up to the one that starts
/// with `to`.
fn part<'a>(document: &'a str, from: &str, to: &str) -> &'a str {
    let start = document.find(&format!("\n{from}")).expect("the start") + 1;
    let end = document[start..].find(&format!("\n{to}")).expect("the end") + 1;
    &document[start..start + end]
}

#[test]
fn the_order_of_paths_and_schemas_does_not_count() {
    let sandbox = Sandbox::generated();
    let pets = part(DOCUMENT, "  /pets/{pet_id}:", "  /owners:");
    let owners = part(DOCUMENT, "  /owners:", "components:");
    let swapped = DOCUMENT.replace(&format!("{pets}{owners}"), &format!("{owners}{pets}"));
    assert_ne!(swapped, DOCUMENT);
    sandbox.write("spec/openapi.yaml", &swapped);
    sandbox.run(&["check"]).assert(0);

    let get = part(DOCUMENT, "    get:", "    delete:");
    let delete = part(DOCUMENT, "    delete:", "  /owners:");
    let swapped = DOCUMENT.replace(&format!("{get}{delete}"), &format!("{delete}{get}"));
    assert_ne!(swapped, DOCUMENT);
    sandbox.write("spec/openapi.yaml", &swapped);
    sandbox.run(&["check"]).assert(0);

    let owner = part(DOCUMENT, "    Owner:", "    Pet:");
    let pet = part(DOCUMENT, "    Pet:", "    Kind:");
    let swapped = DOCUMENT.replace(&format!("{owner}{pet}"), &format!("{pet}{owner}"));
    assert_ne!(swapped, DOCUMENT);
    sandbox.write("spec/openapi.yaml", &swapped);
    sandbox.run(&["check"]).assert(0);

    let end = DOCUMENT.find("components:").expect("components");
    let info = part(DOCUMENT, "info:", "paths:");
    let (before, components) = (&DOCUMENT[..end], &DOCUMENT[end..]);
    let turned = format!("{components}{}{info}", before.replace(info, ""));
    sandbox.write("spec/openapi.yaml", &turned);
    sandbox.run(&["check"]).assert(0);
}

#[test]
fn how_the_document_is_written_does_not_count() {
    let sandbox = Sandbox::generated();
    for (from, to) in [
        (
            "openapi: 3.0.3",
            "# A comment.\n---\nopenapi: '3.0.3' # And another.",
        ),
        ("title: Pets", "title: \"Pets\""),
        ("title: Pets", "title: >-\n    Pets"),
        (
            "description: Somebody's friend.",
            "description: >-\n        Somebody's\n        friend.",
        ),
        (
            "description: Somebody's friend.",
            "description: 'Somebody''s friend.'",
        ),
        (
            "description: Somebody's friend.",
            "description: \"Somebody\\u0027s friend.\"",
        ),
        ("required: [id]", "required:\n        - id"),
        ("enum: [cat, dog]", "enum: [ \"cat\",\n        dog, ]"),
        ("    Kind:\n", "\n\n    # Kinds.\n    Kind: &kind\n"),
        ("        \"204\":", "        204:"),
        ("            type: string", "            type: 'string'"),
    ] {
        let document = DOCUMENT.replace(from, to);
        assert_ne!(document, DOCUMENT, "{from:?}");
        sandbox.write("spec/openapi.yaml", &document);
        let ran = sandbox.run(&["check"]);
        assert_eq!(ran.code, 0, "{to:?}: {ran:#?}");
    }
    // As JSON, with and without line breaks.
    sandbox.write("spec/openapi.yaml", DOCUMENT);
    let json = sandbox.run(&["generate", "--dump-spec"]).assert(0).stdout;
    sandbox.write("spec/openapi.yaml", &json);
    sandbox.run(&["check"]).assert(0);
    let lines: Vec<&str> = json.lines().map(str::trim_start).collect();
    sandbox.write("spec/openapi.yaml", &lines.concat());
    sandbox.run(&["check"]).assert(0);
}

#[test]
fn every_change_of_what_the_document_says_counts() {
    let sandbox = Sandbox::generated();
    for (from, to) in [
        ("title: Pets", "title: Animals"),
        ("https://pets.example/v1", "https://pets.example/v2"),
        ("  /owners:", "  /keepers:"),
        ("operationId: list_owners", "operationId: list_all_owners"),
        ("tags: [owners]", "tags: [people]"),
        ("summary: Fetches one pet.", "summary: Fetches a pet."),
        ("    delete:", "    put:"),
        (
            "\"200\":\n          description: The pet.",
            "\"201\":\n          description: The pet.",
        ),
        (
            "            type: string\n      responses:\n        \"204\"",
            "            type: integer\n      responses:\n        \"204\"",
        ),
        (
            "$ref: \"#/components/schemas/Pet\"",
            "$ref: \"#/components/schemas/Owner\"",
        ),
        ("required: [id]", "required: [id, kind]"),
        ("required: [id]", "required: []"),
        (
            "        id:\n          type: string",
            "        id:\n          type: integer",
        ),
        (
            "        id:\n          type: string",
            "        id:\n          type: string\n          format: uuid",
        ),
        (
            "        id:\n          type: string",
            "        id:\n          type: string\n          nullable: true",
        ),
        (
            "        id:\n          type: string",
            "        id:\n          type: string\n          deprecated: true",
        ),
        ("        id:", "        number:"),
        ("Its number.", "Its own number."),
        (
            "        kind:\n",
            "        breed:\n          type: string\n        kind:\n",
        ),
        ("enum: [cat, dog]", "enum: [cat, dog, bird]"),
        ("enum: [cat, dog]", "enum: [cat, Dog]"),
        (
            "    Kind:\n",
            "    Unused:\n      type: object\n      properties: {a: {type: string}}\n    Kind:\n",
        ),
        ("paths:", "security: [{basic: []}]\npaths:"),
        (
            "  schemas:",
            "  securitySchemes: {basic: {type: http, scheme: basic}}\n  schemas:",
        ),
    ] {
        let document = DOCUMENT.replace(from, to);
        assert_ne!(document, DOCUMENT, "{from:?}");
        sandbox.write("spec/openapi.yaml", &document);
        let ran = sandbox.run(&["check"]);
        assert_eq!(ran.code, 1, "{to:?}: {ran:#?}");
    }
    sandbox.write("spec/openapi.yaml", DOCUMENT);
    for config in [
        "[package]\nversion = \"9.0.0\"\n",
        "[package]\nname = \"zoo\"\n",
    ] {
        sandbox.write("spec/client.toml", config);
        sandbox.run(&["check"]).assert(1);
    }
}

#[test]
fn the_output_does_not_depend_on_who_runs_the_program_and_where() {
    let sandbox = Sandbox::generated();
    let files = sandbox.files("generated-client");
    fs::create_dir_all(sandbox.path("another/folder")).expect("a folder");
    let spec = sandbox.path("spec/openapi.yaml");
    let out = sandbox.path("other");
    for (locale, zone, home) in [
        ("C", "UTC", "/"),
        ("tr_TR.UTF-8", "Asia/Kathmandu", "/nowhere"),
        ("ar_EG.UTF-8", "America/St_Johns", ""),
    ] {
        let status = sandbox
            .command(&["generate", "-q", "--spec"])
            .arg(&spec)
            .arg("--out")
            .arg(&out)
            .current_dir(sandbox.path("another/folder"))
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .env("TZ", zone)
            .env("HOME", home)
            .env("USER", locale)
            .output()
            .expect("the program runs");
        assert!(status.status.success(), "{status:?}");
        assert_eq!(sandbox.files("other"), files, "{locale}");
        fs::remove_dir_all(&out).expect("removed");
    }
    // Nothing of this folder is in the files.
    let here = sandbox.path("").to_string_lossy().into_owned();
    for (path, text) in &files {
        assert!(!text.contains(here.trim_end_matches('/')), "{path}");
    }
}
