//! References by identifiers become references by pointers.

use serde_json::{Value as Json, json};

use super::resolve;
use crate::diagnostic::Report;
use crate::source::{self, Input};

/// What the references in `document` become, in its order.
fn references(document: &str) -> Vec<String> {
    let input = Input {
        path: "openapi.yaml".to_owned(),
        text: document.into(),
    };
    let mut source = source::load(vec![input], &mut Report::default());
    let document = &mut source.documents[0];
    resolve(document);
    let mut found = Vec::new();
    collect(&document.root.to_json(), &mut found);
    found
}

fn collect(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Array(elements) => elements.iter().for_each(|element| collect(element, found)),
        Json::Object(entries) => {
            for (key, value) in entries {
                match value.as_str() {
                    Some(text) if key == "$ref" => found.push(text.to_owned()),
                    _ => collect(value, found),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn anchors_and_ids_are_pointers() {
    let document = "
components:
  schemas:
    Pet:
      $id: https://example.com/schemas/pet
      properties:
        anchor: {$ref: '#tag'}
        own: {$ref: '#/$defs/Tag'}
        relative: {$ref: shop}
        up: {$ref: ../schemas/./shop#name}
        whole: {$ref: '#'}
        document: {$ref: '#/components/schemas/Shop'}
      $defs: {Tag: {$anchor: tag}}
    Shop:
      $id: https://example.com/schemas/shop
      properties:
        name: {$anchor: name}
        absolute: {$ref: 'https://example.com/schemas/pet'}
        pointer: {$ref: 'https://example.com/schemas/pet#/$defs/Tag'}
        file: {$ref: 'other.yaml#/A'}
        gone: {$ref: 'https://example.com/schemas/gone'}
";
    let tag = "#/components/schemas/Pet/$defs/Tag";
    let (pet, shop) = ("#/components/schemas/Pet", "#/components/schemas/Shop");
    let name = "#/components/schemas/Shop/properties/name";
    let mut found = references(document);
    let mut expected = vec![
        tag,
        tag,
        shop,
        name,
        pet,
        shop,
        pet,
        tag,
        "other.yaml#/A",
        "https://example.com/schemas/gone",
    ];
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn embedded_schemas_have_anchors_of_their_own() {
    let found = references(
        "
$id: https://example.com/outer
$defs:
  inner:
    $id: inner/one
    items: {$ref: '#same'}
    $defs: {same: {$anchor: same}}
  same: {$anchor: same}
  back: {$ref: 'inner/one#same'}
allOf: [{$ref: '#same'}]
",
    );
    let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "#/$defs/inner/$defs/same",
            "#/$defs/inner/$defs/same",
            "#/$defs/same"
        ]
    );
}

#[test]
fn a_document_may_say_where_it_is() {
    let found = references(
        "
openapi: 3.2.0
$self: https://example.com/api/openapi.yaml
components:
  schemas:
    A: {$ref: 'https://example.com/api/openapi.yaml#/components/schemas/B'}
    B: {$ref: 'openapi.yaml#/components/schemas/C'}
    C: {}
",
    );
    assert_eq!(found, ["#/components/schemas/B", "#/components/schemas/C"]);
}

#[test]
fn identifiers_are_no_keywords_where_names_are() {
    let document = "
components:
  schemas:
    A: {properties: {$id: {type: string}, $anchor: {type: string}}, example: {$id: x}}
";
    let input = Input {
        path: "openapi.yaml".to_owned(),
        text: document.into(),
    };
    let mut source = source::load(vec![input], &mut Report::default());
    let before = source.documents[0].root.to_json();
    resolve(&mut source.documents[0]);
    assert_eq!(source.documents[0].root.to_json(), before);
    assert_ne!(before, json!(null));
}
