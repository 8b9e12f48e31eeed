//! Every surface is what `docs/surface.schema.json` says, and names every
//! component schema.

#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "clippy does not see that this is a part of tests"
)]

mod documents;
mod json_schema;
mod sandbox;

use std::collections::BTreeSet;

use documents::{Document, documents};
use driftless::source::Node;
use json_schema::assert_fits;
use sandbox::Sandbox;
use serde_json::Value as Json;

fn schema() -> Json {
    serde_json::from_str(include_str!("../../docs/surface.schema.json")).unwrap()
}

/// The surface of a document, and the pointers of its component schemas.
fn surface(document: &Document) -> (Json, BTreeSet<String>) {
    let outcome = document.generate();
    let surface = outcome.surface.expect("a surface").to_json();
    let upgraded = outcome.upgraded.expect("a tree");
    let schemas = upgraded.pointer("/components/schemas");
    let names = schemas.and_then(Node::as_object).into_iter().flatten();
    let pointer = |name: &str| format!("/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
    (
        serde_json::from_str(&surface).unwrap(),
        names.map(|(name, _)| pointer(name)).collect(),
    )
}

#[test]
fn every_surface_fits_the_schema() {
    for document in documents("golden") {
        assert_fits(&schema(), &surface(&document).0);
    }
}

#[test]
fn every_component_schema_has_a_type_and_no_other_type_its_pointer() {
    for document in documents("golden") {
        let (surface, components) = surface(&document);
        let types = surface["types"].as_array().unwrap();
        for component in &components {
            // A component of an older version was written elsewhere.
            let places = [
                format!("#/components{component}"),
                component.replacen("/schemas", "#/definitions", 1),
            ];
            let found: Vec<_> = types
                .iter()
                .filter(|ty| places.iter().any(|place| ty["pointer"] == place.as_str()))
                .map(|ty| &ty["direction"])
                .collect();
            let file = &document.file;
            match found.as_slice() {
                [direction] => assert!(direction.is_null(), "{file}: {component}"),
                // Schemas that came from other files have the pointers there.
                [] if document.text.contains(".yaml#") => {}
                [one, other] => assert_ne!(one, other, "{file}: {component}"),
                _ => panic!("{file}: {component} has {} types", found.len()),
            }
        }
    }
}

#[test]
fn the_command_prints_the_surface_and_skipped_operations_with_their_reason() {
    let sandbox = Sandbox::new();
    sandbox.write("spec/client.toml", "[skip]\ndelete_pet = \"not yet\"\n");
    let ran = sandbox.run(&["surface", "--format", "json"]).assert(0);
    let surface: Json = serde_json::from_str(&ran.stdout).unwrap();
    assert_fits(&schema(), &surface);
    assert_eq!(surface["skipped"][0]["reason"], "not yet");
}
