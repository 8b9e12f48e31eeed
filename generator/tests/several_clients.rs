//! Several clients of one document, each with a configuration of its own, and a
//! client of another document, in one cargo workspace.

mod documents;
mod sandbox;
mod workspace;

use sandbox::Sandbox;
use workspace::Workspace;

const OTHER: &str = "openapi: 3.0.3
info: {title: Other, version: '1'}
servers: [{url: 'https://other.example.com'}]
paths:
  /pets: {get: {operationId: list_pets, tags: [pets], responses: {'204': {description: Done.}}}}
";

/// A crate that uses all three.
const USER: &str = r#"[package]
name = "user"
version = "0.1.0"
edition = "2024"

[dev-dependencies]
owners-client = { path = "../owners-client", default-features = false }
pets-client = { path = "../pets-client", default-features = false }
other-client = { path = "../other-client", default-features = false }
"#;

const PROGRAM: &str = r#"//! What each client has.

#[test]
fn the_clients_live_side_by_side() {
    fn owners(client: &owners_client::Client) {
        let _ = client.owners().list_owners();
    }
    fn pets(client: &pets_client::Client) {
        let _ = client.pets().get_pet("a");
    }
    fn other(client: &other_client::Client) {
        let _ = client.pets().list_pets();
    }
    let _ = (owners, pets, other);
    let _ = size_of::<owners_client::types::Owner>();
    let _ = size_of::<pets_client::types::Pet>();
}
"#;

#[test]
fn clients_of_one_document_and_of_another_compile_together() {
    let sandbox = Sandbox::new();
    sandbox.write("other.yaml", OTHER);
    let clients = [
        (
            "owners-client",
            "spec/openapi.yaml",
            "[include]\ntags = [\"owners\"]\n",
        ),
        (
            "pets-client",
            "spec/openapi.yaml",
            "[exclude]\ntags = [\"owners\"]\n",
        ),
        ("other-client", "other.yaml", ""),
    ];
    let mut workspace = Workspace::new("several");
    for (name, spec, config) in clients {
        let file = format!("{name}.toml");
        sandbox.write(&file, &format!("{config}[package]\nname = \"{name}\"\n"));
        let out = format!("clients/{name}");
        let arguments = ["--spec", spec, "--config", &file, "--out", &out];
        sandbox
            .run(&[&["generate"], &arguments[..]].concat())
            .assert(0);
        sandbox
            .run(&[&["check"], &arguments[..]].concat())
            .assert(0);
        let files: Vec<(String, String)> = sandbox.files(&out).into_iter().collect();
        let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(all.contains("fn get_pet"), name == "pets-client", "{name}");
        workspace.add(name, &files);
    }
    let files = [
        ("Cargo.toml", USER),
        ("src/lib.rs", "//! Nothing.\n"),
        ("tests/behaviour.rs", PROGRAM),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    workspace.add("user", &files);
    workspace.test();
}
