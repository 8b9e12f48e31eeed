//! The pages of the documentation: what a reader finds there.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that these are tests"
)]

mod documents;
mod workspace;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use documents::read;
use driftless::source::Input;
use driftless::{Outcome, Request, config, generate};
use workspace::Workspace;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Pages, version: 1.0.0}
servers: [{url: https://pages.example.com}]
paths:
  /pets/{pet_id}:
    put:
      operationId: put_pet
      tags: [pets]
      summary: Change a pet.
      parameters:
        - {name: pet_id, in: path, required: true, description: Which., schema: {type: string}, example: rex}
        - {name: type, in: query, description: Of what kind., schema: {type: string}}
        - {name: dry, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pet'}
            example:
              name: Rex
              kind: dog
              tags: [good, 'with \"quotes\"']
              home: {street: Main, number: 1}
              extra: {a: [1, null]}
      responses:
        '200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '404': {description: There is none., content: {application/json: {schema: {$ref: '#/components/schemas/Missing'}}}}
        '409': {description: Not now., content: {text/plain: {schema: {type: string}}}}
        default: {description: Something else.}
components:
  schemas:
    Missing: {type: object, properties: {id: {type: string}}}
    Home: {type: object, required: [street, number], properties: {street: {type: string}, number: {type: integer}}}
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        kind: {type: string, enum: [dog, cat]}
        tags: {type: array, items: {type: string}}
        home: {$ref: '#/components/schemas/Home'}
        extra: {}
";

/// The documentation at the end of a text, without what makes it a comment.
fn page(before: &str) -> Vec<String> {
    let lines = before.lines().rev();
    let mut lines: Vec<String> = lines
        .map_while(|line| line.strip_prefix("    ///"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned())
        .collect();
    lines.reverse();
    lines
}

#[test]
fn a_page_has_all_that_a_caller_needs() {
    let expected = r####"Change a pet.

`PUT /pets/{pet_id}`

# Arguments

- `pet_id`: Which.
- `body`: The request body.

# Optional parameters

Methods of [`PutPetCall`]:

- [`r#type`](PutPetCall#method.type): Of what kind.
- [`dry`](PutPetCall#method.dry): Sent as `dry`.

# Errors

These statuses, with a body of [`PutPetFailure`]:

- `404` ([`Missing`](crate::types::Missing)): There is none.
- `409` (`String`): Not now.
- any other: Something else.

Also fails if the request cannot be sent, times out, or the response does not match the
API description; see [`ErrorKind`](crate::ErrorKind).

# Example

```no_run
use pages_client::types::{Home, HomeRequired, Pet, PetKind};

# async fn example(
#     client: pages_client::Client,
# ) -> Result<(), Box<dyn std::error::Error>> {
let response = client
    .pets()
    .put_pet(
        "rex",
        Pet::new("Rex")
            .kind(PetKind::Dog)
            .tags(vec!["good".to_owned(), "with \"quotes\"".to_owned()])
            .home(
                Home::new(HomeRequired {
                    street: "Main".to_owned(),
                    number: 1,
                }),
            )
            .extra(serde_json::from_str::<serde_json::Value>(r#"{
  "a": [
    1,
    null
  ]
}"#)?),
    )
    .send()
    .await?;
println!("{:?}", response.body());
# Ok(())
# }
```"####;
    let outcome = generate(&Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: DOCUMENT.into(),
        }],
        ..Request::default()
    });
    let tree = outcome.tree.expect("a tree");
    let text = &tree["src/operations/pets.rs"].contents;
    let (before, _) = text.split_once("    pub fn put_pet").expect("the method");
    assert_eq!(page(before).join("\n"), expected);
}

/// The documentation of a client, below its folder.
struct Rendered {
    folder: PathBuf,
    /// The pages by path.
    pages: BTreeMap<String, String>,
    outcome: Outcome,
}

impl Rendered {
    fn of(workspace: &mut Workspace, outcome: Outcome) -> Self {
        let surface = outcome.surface.as_ref().expect("a surface");
        let package = surface.package.clone();
        let tree = outcome.tree.as_ref().expect("a tree").iter();
        let files: Vec<(String, String)> = tree
            .filter(|(path, _)| path.starts_with("src/") || !path.contains('/'))
            .map(|(path, file)| (path.clone(), file.contents.clone()))
            .collect();
        workspace.add(&package, &files);
        workspace.document(&package);
        let folder = workspace.documentation().join(package.replace('-', "_"));
        let mut pages = BTreeMap::new();
        collect(&folder, &folder, &mut pages);
        Self {
            folder,
            pages,
            outcome,
        }
    }

    fn page(&self, path: &str) -> &str {
        let page = self.pages.get(path);
        page.unwrap_or_else(|| panic!("{} has no {path}", self.folder.display()))
    }

    /// Each public type with methods has a page that shows them: an alias of a
    /// type without a page of its own would show none.
    fn assert_types_have_pages(&self) {
        for (path, page) in &self.pages {
            let name = path.rsplit('/').next().unwrap_or_default();
            if name.starts_with("type.") && page.contains("{ /* private fields */ }") {
                assert!(
                    page.contains("type.impl/") || page.contains("id=\"method."),
                    "{path} shows no method"
                );
            }
        }
        let error = self.page("struct.Error.html");
        for method in [
            "kind",
            "status",
            "api",
            "retry_after",
            "request_id",
            "erase",
        ] {
            assert!(
                error.contains(&format!("id=\"method.{method}\"")),
                "{method}"
            );
        }
    }

    /// On the page of `Call`, the methods of every call come first, and `send`
    /// leads to the page of the error.
    fn assert_calls_begin_with_send(&self) {
        let call = self.page("struct.Call.html");
        let send = call.find("id=\"method.send\"").expect("`send`");
        for operation in self.operations() {
            let marker = operation.rust.rsplit("::").next().unwrap_or_default();
            let block = format!("id=\"impl-Call%3C'_,+{marker}%3E\"");
            let at = call.find(&block);
            assert!(
                at.is_none_or(|at| at > send),
                "{marker} comes before `send`"
            );
        }
        assert!(call[send..].contains("struct.Error.html"), "no link");
    }

    /// Each operation has a page for its calls, and is linked from the front
    /// page, or from its module where there are many.
    fn assert_operations_are_linked(&self) {
        let operations = self.operations();
        let library = operations[0].rust.split("::").next().expect("a crate");
        for operation in operations {
            let path: Vec<&str> = operation.returns.split("::").collect();
            let (name, module) = path.split_last().expect("a name");
            let module = module[1..].join("/");
            self.page(&format!("{module}/type.{name}.html"));
            let anchor = operation.call.rsplit('.').next().unwrap_or_default();
            let anchor = format!("#method.{anchor}\"");
            let front = match operations.len() > 100 {
                true => self.page(&format!("{module}/index.html")),
                false => self.page("index.html"),
            };
            assert!(
                front.contains(&anchor) && front.contains(&operation.path),
                "{library}: {} is not linked",
                operation.id
            );
        }
    }

    fn operations(&self) -> &[driftless::surface::OperationEntry] {
        &self.outcome.surface.as_ref().expect("a surface").operations
    }
}

fn collect(root: &Path, folder: &Path, pages: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, pages);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            let name = path.strip_prefix(root).expect("a page");
            let name = name.to_string_lossy().replace('\\', "/");
            pages.insert(name, read(&path));
        }
    }
}

/// A document with so many operations below each of two tags.
fn large(operations: usize) -> String {
    let mut document = String::from(
        "openapi: 3.1.0\ninfo: {title: Large API, version: 1.0.0}\n\
         servers: [{url: https://large.example.com}]\n\
         tags: [{name: cats, description: All cats.}, {name: dogs, description: All dogs.}]\n\
         paths:\n",
    );
    for (tag, number) in (0..operations).flat_map(|number| [("cats", number), ("dogs", number)]) {
        document.push_str(&format!(
            "  /{tag}/{number}:\n    get:\n      operationId: {tag}_{number}\n      \
             tags: [{tag}]\n      summary: Gets number {number}.\n      \
             parameters: [{{name: limit, in: query, schema: {{type: integer}}}}]\n      \
             responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{type: object, \
             required: [id], properties: {{id: {{type: string}}}}}}}}}}}}, default: {{description: Not done.}}}}\n"
        ));
    }
    document
}

fn client_of(path: &str, text: String, settings: &str) -> Outcome {
    let config = config::parse(settings).expect("a configuration");
    generate(&Request {
        inputs: vec![Input {
            path: path.to_owned(),
            text: text.into(),
        }],
        config,
        ..Request::default()
    })
}

#[test]
fn the_documentation_shows_what_there_is() {
    let mut workspace = Workspace::new("pages");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.yaml");
    let clients = [
        client_of("openapi.yaml", read(&spec), ""),
        client_of("large.yaml", large(60), "[package]\nname = \"large\"\n"),
        client_of("small.yaml", large(2), "[package]\nname = \"small\"\n"),
    ];
    for outcome in clients {
        let rendered = Rendered::of(&mut workspace, outcome);
        rendered.assert_types_have_pages();
        rendered.assert_calls_begin_with_send();
        rendered.assert_operations_are_linked();
    }
}

#[test]
fn examples_send_bodies_and_send_once() {
    let document = "
openapi: 3.1.0
info: {title: Letters, version: 1.0.0}
servers: [{url: https://letters.example.com}]
tags: [{name: letters}]
paths:
  /letters:
    post:
      operationId: letters_send
      tags: [letters]
      requestBody:
        content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Letter'}}}}
      responses: {'204': {description: Sent.}}
  /drafts:
    post:
      operationId: send
      responses: {'200': {description: Sent., content: {text/plain: {schema: {type: string}}}}}
components:
  schemas:
    Letter: {type: object, required: [to], properties: {to: {type: string}}}
";
    let outcome = client_of("letters.yaml", document.to_owned(), "");
    let tree = outcome.tree.expect("a tree");
    let text: String = tree.values().map(|file| file.contents.as_str()).collect();
    assert!(!text.contains(".send().send()"));
    let letters = &tree["src/operations/letters.rs"].contents;
    assert!(letters.contains(".send().body("), "{letters}");
    let (_, other) = tree["src/operations/untagged/drafts.rs"]
        .contents
        .split_once("let call = client.send();")
        .expect("a variable");
    assert!(other.contains("let response = call.send().await?;"));
}

/// Operations that are added behind it leave the example as it is.
#[test]
fn the_example_is_the_first_operation_or_the_chosen_one() {
    let shown = |operations, settings: &str| {
        let tree = client_of("large.yaml", large(operations), settings).tree;
        let text = tree.expect("a tree")["README.md"].contents.clone();
        let (_, rest) = text.split_once("client.").expect("a call");
        rest.split_once(')').map(|(call, _)| call.to_owned())
    };
    assert_eq!(shown(1, ""), shown(20, ""));
    let chosen = "[readme]\nexample = \"dogs_0\"\n";
    assert_eq!(shown(1, chosen).as_deref(), Some("dogs("));
}
