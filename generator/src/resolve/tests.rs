//! References are followed, parameters handed down, and what cannot be is
//! reported where it stands.

use crate::model::{Api, Operation};
use crate::source::Origin;
use crate::test_support::plan_document;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Test, version: '1'}\n";

fn planned(body: &str) -> Api {
    let (api, report) = plan_document(&format!("{HEAD}{body}"));
    api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()))
}

fn messages(body: &str) -> Vec<String> {
    let (_, report) = plan_document(&format!("{HEAD}{body}"));
    report
        .diagnostics()
        .iter()
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect()
}

fn only(api: &Api) -> &Operation {
    assert_eq!(api.operations.len(), 1);
    &api.operations[0]
}

#[test]
fn an_operation_overrides_parameters_of_its_path() {
    let api = planned(
        "
paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: page, in: query, schema: {type: string}}
      - {name: page, in: header, schema: {type: string}}
    get:
      parameters: [{name: page, in: query, required: true, schema: {type: integer}}]
      responses: {'200': {description: ok}}
",
    );
    let operation = only(&api);
    assert_eq!(operation.path_parameters.len(), 1);
    let others: Vec<(&str, bool)> = operation
        .parameters
        .iter()
        .map(|parameter| (parameter.location.as_str(), parameter.required))
        .collect();
    assert_eq!(others, [("query", true), ("header", false)]);
}

#[test]
fn references_may_stand_anywhere_and_lead_anywhere() {
    let api = planned(
        "
paths:
  /a: {$ref: '#/components/x-paths/a'}
components:
  x-paths:
    a:
      get:
        parameters: [{$ref: '#/components/parameters/Page'}]
        responses: {'200': {$ref: '#/components/responses/Ok'}}
  parameters:
    Page: {name: page, in: query, schema: {$ref: '#/components/schemas/A/properties/deep'}}
  responses:
    Ok: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/B~1C%20D'}}}}
  schemas:
    A: {type: object, properties: {deep: {type: integer, format: int32}}}
    B/C D: {type: object, properties: {again: {$ref: '#/components/schemas/Alias'}}}
    Alias: {$ref: '#/components/schemas/A'}
",
    );
    let surface = crate::surface::surface(&api, &crate::source::Source::default());
    let operation = &surface.operations[0];
    assert_eq!(operation.parameters[0].ty, "i32");
    assert_eq!(operation.output, "test_client::types::BCD");
    let again = surface.types.iter().find(|ty| ty.rust.ends_with("::BCD"));
    assert_eq!(again.unwrap().fields[0].ty, "test_client::types::Alias");
}

#[test]
fn dangling_circular_and_foreign_references_are_errors() {
    let found = messages(
        "
paths: {}
components:
  schemas:
    Pet: {type: object}
    A: {type: object, properties: {a: {$ref: '#/components/schemas/Pets'}}}
    B: {$ref: '#/components/schemas/C'}
    C: {$ref: '#/components/schemas/B'}
    D: {type: array, items: {$ref: 'other.yaml#/x'}}
",
    );
    assert!(
        found.contains(
            &"unresolved-reference: the reference `#/components/schemas/Pets` names nothing"
                .to_owned()
        ),
        "{found:?}"
    );
    assert!(
        found.contains(
            &"circular-reference: the reference `#/components/schemas/C` leads back to itself"
                .to_owned()
        ),
        "{found:?}"
    );
    assert!(
        found.contains(
            &"unresolved-reference: the reference `other.yaml#/x` names a file that does not exist: `other.yaml` from the root".to_owned()
        ),
        "{found:?}"
    );
}

#[test]
fn a_dangling_reference_is_shown_where_it_stands_with_the_name_that_was_meant() {
    let text = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Pet: {{type: object}}\n    A:\n      type: array\n      items:\n        $ref: '#/components/schemas/Pets'\n"
    );
    let (_, report) = plan_document(&text);
    let finding = &report.diagnostics()[0];
    assert_eq!(
        finding.help.as_deref(),
        Some("did you mean `#/components/schemas/Pet`? Any value is taken")
    );
    assert_ne!(finding.origin, Some(Origin::default()));
}

#[test]
fn the_template_and_the_parameters_must_agree() {
    let found = messages(
        "
paths:
  /a/{id}/{other}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: stray, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: ok}}
",
    );
    assert_eq!(
        found,
        [
            "contradiction: the path `/a/{id}/{other}` names `{other}`, which is not declared",
            "contradiction: the path parameter `stray` is not in the path `/a/{id}/{other}`",
        ]
    );
}

#[test]
fn security_of_an_operation_replaces_that_of_the_document() {
    let api = planned(
        "
security: [{key: []}]
paths:
  /a: {get: {responses: {'200': {description: ok}}}}
  /b: {get: {security: [], responses: {'200': {description: ok}}}}
  /c: {get: {security: [{key: [], user: []}, {}], responses: {'200': {description: ok}}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    user: {type: http, scheme: Basic}
",
    );
    let security: Vec<&[Vec<String>]> = api
        .operations
        .iter()
        .map(|operation| operation.security.as_slice())
        .collect();
    let key = vec!["key".to_owned()];
    assert_eq!(security[0], [key]);
    assert!(security[1].is_empty());
    assert_eq!(
        security[2],
        [vec!["key".to_owned(), "user".to_owned()], Vec::new()]
    );
}

#[test]
fn an_operation_can_be_left_out_with_what_it_needs() {
    let text = format!(
        "{HEAD}paths:\n  /a: {{get: {{operationId: odd, responses: {{'200': {{description: ok, content: {{text/event-stream: {{}}}}}}}}}}}}\n"
    );
    let config = crate::config::parse("[skip]\nodd = 'streams'\n").unwrap();
    let request = crate::Request {
        inputs: vec![crate::source::Input {
            path: "a.yaml".to_owned(),
            text,
        }],
        config,
        ..crate::Request::default()
    };
    let outcome = crate::generate(&request);
    assert!(
        outcome.report.diagnostics().is_empty(),
        "{:?}",
        outcome.report.diagnostics()
    );
    assert_eq!(outcome.surface.unwrap().skipped[0].reason, "streams");
}
