//! The pages of operations: what a reader of the documentation finds there.

use driftless::source::Input;
use driftless::{Request, generate};

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

Methods of the call, before it is sent:

- [`r#type`](Call#impl-Call%3C'_,+PutPet%3E): Of what kind.
- [`dry`](Call#impl-Call%3C'_,+PutPet%3E): Sent as `dry`.

# Errors

These statuses, with a body of [`PutPetFailure`]:

- `404` ([`Missing`](crate::types::Missing)): There is none.
- `409` (`String`): Not now.
- any other: Something else.

Besides, what cannot be sent, gets no answer in time, or gets one that does not fit: see
[`ErrorKind`](crate::ErrorKind).

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
