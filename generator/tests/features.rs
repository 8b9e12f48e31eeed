//! A client that is divided into features compiles with any of them, and then
//! has what belongs to those.

mod documents;
mod workspace;

use driftless::config;
use driftless::source::Input;
use driftless::{Request, generate};
use workspace::Workspace;

/// Types of one namespace, of several, of all and of none; unions that look
/// into structs, requests that are made of responses, inline types that another
/// namespace refers to, and a tag that is called like a dependency.
const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Divided, version: 1.0.0}
servers: [{url: https://divided.example.com}]
tags:
  - {name: pets}
  - {name: dogs, x-rust-path: [pets, dogs]}
paths:
  /health:
    get:
      operationId: get_health
      responses:
        '200': {description: How it is., content: {application/json: {schema: {$ref: '#/components/schemas/Health'}, example: {at: {day: 1}}}}}
  /pets:
    get:
      tags: [pets]
      operationId: list_pets
      parameters:
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}, example: dog}
      responses:
        '200': {description: Pets., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Animal'}}, example: [{bark: loud, size: 1}]}}}
        default: &failure {description: Not so., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}, example: {code: a}}}}
  /dogs:
    put:
      tags: [dogs]
      operationId: put_dog
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}, example: {bark: loud}}}}
      responses:
        '200': {description: The dog., content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}
        default: *failure
  /sent:
    get:
      tags: [http]
      operationId: get_sent
      responses:
        '200': {description: A part., content: {application/json: {schema: {$ref: '#/components/schemas/Dog/properties/collar'}}}}
        '404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Missing'}}}}
        default: *failure
  /types:
    get:
      tags: [type]
      operationId: get_type
      responses:
        '200': {description: A kind., content: {application/json: {schema: {$ref: '#/components/schemas/Kind'}, example: cat}}}
        default: *failure
components:
  schemas:
    Health: {type: object, properties: {at: {$ref: '#/components/schemas/Date'}}}
    Date: {type: object, properties: {day: {type: integer}}}
    Kind: {type: string, enum: [dog, cat]}
    Animal: {oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]}
    Dog:
      type: object
      required: [bark]
      properties:
        bark: {type: string}
        size: {type: integer, readOnly: true}
        collar: {type: object, properties: {color: {type: string}}}
    Cat: {type: object, required: [purr], properties: {purr: {$ref: '#/components/schemas/Id'}}}
    Id: {type: string, x-rust-newtype: true}
    Problem: {type: object, properties: {code: {type: string}}}
    Missing: {type: object, properties: {what: {type: string}}}
    Hook: {type: object, properties: {cat: {$ref: '#/components/schemas/Cat'}}}
";

#[test]
fn every_feature_compiles_alone_and_with_the_others() {
    let outcome = generate(&Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: DOCUMENT.into(),
        }],
        config: config::parse("features = \"per-tag\"\n").expect("a configuration"),
        name: Some("divided".to_owned()),
        ..Request::default()
    });
    let tree = outcome.tree.expect("a tree");
    let files: Vec<(String, String)> = tree
        .into_iter()
        .map(|(path, file)| (path, file.contents))
        .collect();
    let text = |wanted: &str| {
        let file = files.iter().find(|(path, _)| path == wanted);
        file.expect("the file").1.as_str()
    };
    let features = ["http", "pets", "type", "other-types"];
    for feature in features {
        assert!(text("Cargo.toml").contains(&format!("\n{feature} = []\n")));
        assert!(text("README.md").contains(&format!("| `{feature}` | yes |")));
        assert!(text("src/lib.rs").contains(&format!("//! | `{feature}` | yes |")));
    }
    assert!(text("src/types.rs").contains("#[cfg(feature = \"other-types\")]\nmod hook;"));

    let mut workspace = Workspace::new("features");
    workspace.add("divided", &files);
    let all = features.join(",");
    for chosen in [
        "",
        "http",
        "pets",
        "type",
        "other-types",
        "pets,http",
        "mock,pets",
        &all,
    ] {
        let arguments = [
            "check",
            "--tests",
            "--no-default-features",
            "--features",
            chosen,
        ];
        workspace.run(&arguments);
    }
    for chosen in ["", "pets", &all] {
        workspace.run(&["test", "--no-default-features", "--features", chosen]);
    }
    let rustdoc = [
        "doc",
        "--no-deps",
        "--no-default-features",
        "--features",
        "pets",
    ];
    workspace.run(&rustdoc);
}
