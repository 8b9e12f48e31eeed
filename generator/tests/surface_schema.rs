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

use documents::{Document, documents};
use driftless::diagnostic::Report;
use driftless::source::{self, Input, Node};
use json_schema::assert_fits;
use sandbox::Sandbox;
use serde_json::Value as Json;

fn schema() -> Json {
    serde_json::from_str(include_str!("../../docs/surface.schema.json")).expect("JSON")
}

fn surface(document: &Document) -> Json {
    let surface = document.generate().surface.expect("a surface");
    serde_json::from_str(&surface.to_json()).expect("JSON")
}

/// The pointers of the schemas that a document names, as it is written.
fn components(document: &Document) -> Vec<String> {
    let input = Input {
        path: document.file.clone(),
        text: document.text.as_str().into(),
    };
    let source = source::load(vec![input], &mut Report::default());
    let root = &source.entry().root;
    let mut pointers = Vec::new();
    for place in ["/components/schemas", "/definitions"] {
        let schemas = root.pointer(place).and_then(Node::as_object);
        for name in schemas.into_iter().flat_map(|schemas| schemas.keys()) {
            let key = name.replace('~', "~0").replace('/', "~1");
            pointers.push(format!("#{place}/{key}"));
        }
    }
    pointers
}

#[test]
fn every_surface_fits_the_schema() {
    for document in documents("golden") {
        assert_fits(&schema(), &surface(&document));
    }
}

#[test]
fn every_component_schema_has_a_type_and_no_other_type_its_pointer() {
    for document in documents("golden") {
        let surface = surface(&document);
        let types = surface["types"].as_array().unwrap();
        let pins = document.config().pins;
        // Of several that are pinned to one name, one has the type.
        let is_shared = |component: &String| {
            let name = pins.get(component);
            name.is_some() && pins.values().filter(|other| Some(*other) == name).count() > 1
        };
        for component in components(&document)
            .into_iter()
            .filter(|it| !is_shared(it))
        {
            let found: Vec<_> = types
                .iter()
                .filter(|ty| ty["pointer"] == component.as_str())
                .map(|ty| &ty["direction"])
                .collect();
            let file = &document.file;
            match found.as_slice() {
                [direction] => assert!(direction.is_null(), "{file}: {component}"),
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
    let ran = sandbox.run(&["surface"]).assert(0);
    let last = ran.stdout.lines().last().unwrap();
    assert!(
        last.starts_with("left out: DELETE /") && last.ends_with(": not yet"),
        "{last}"
    );
}

/// One operation that has nothing to do with any other.
const ONE_MORE: &str = "overlay: 1.0.0
info: {title: One more, version: '1'}
actions:
  - target: $.paths
    update:
      /added-by-a-test/{number}:
        get:
          operationId: added_by_a_test
          tags: [added by a test]
          parameters: [{name: number, in: path, required: true, schema: {type: integer}, type: integer}]
          responses: {'204': {description: Nothing.}}
";

#[test]
fn one_more_operation_changes_nothing_else() {
    let mut tried = 0;
    for document in documents("golden") {
        let before = document.generate();
        let overlay = Input {
            path: "overlay.yaml".to_owned(),
            text: ONE_MORE.into(),
        };
        let after = document.generate_with(Some(overlay));
        let of = |outcome: &driftless::Outcome| -> Json {
            let surface = outcome.surface.as_ref();
            let surface = surface.unwrap_or_else(|| panic!("{} has errors", document.file));
            serde_json::from_str(&surface.to_json()).expect("JSON")
        };
        let (before_surface, mut after_surface) = (of(&before), of(&after));
        if before_surface["operations"]
            .as_array()
            .is_none_or(Vec::is_empty)
        {
            continue;
        }
        tried += 1;
        let operations = after_surface["operations"].as_array_mut();
        let operations = operations.unwrap_or_else(|| panic!("{} has none", document.file));
        let count = operations.len();
        operations.retain(|operation| operation["id"] != "added_by_a_test");
        assert_eq!(operations.len() + 1, count, "{}", document.file);
        assert_eq!(before_surface, after_surface, "{}", document.file);
        // Nor do the files of types, and those of other tags.
        let (before, after) = (before.tree.expect("files"), after.tree.expect("files"));
        let others = before.iter().filter(|(path, _)| {
            path.starts_with("src/types") || path.starts_with("src/operations/")
        });
        for (path, file) in others.filter(|(path, _)| !path.ends_with("/mod.rs")) {
            let same = after.get(path).map(|file| &file.contents);
            assert_eq!(same, Some(&file.contents), "{}: {path}", document.file);
        }
    }
    assert!(tried > 20, "{tried}");
}
