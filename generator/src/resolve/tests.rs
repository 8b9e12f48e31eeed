//! References are followed, parameters handed down, and what cannot be is
//! reported where it stands.

use crate::Request;
use crate::model::{Api, Operation};
use crate::source::{Input, Origin};
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
        Some("did you mean `#/components/schemas/Pet`?")
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
            "contradiction: the path parameter `stray` is not in the path `/a/{id}/{other}`",
            "contradiction: the path `/a/{id}/{other}` names `{other}`, which is not declared",
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
            text: text.into(),
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

/// The findings of a document with this operation under `/x`, as places and
/// texts.
fn findings(operation: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /x:\n    post:\n{operation}"
    );
    let outcome = crate::generate(&crate::Request {
        inputs: vec![crate::source::Input {
            path: "d.yaml".to_owned(),
            text: text.into(),
        }],
        ..crate::Request::default()
    });
    let format = crate::diagnostic::Format::Short;
    crate::diagnostic::render(&outcome.report, &outcome.source, format, false)
        .lines()
        .filter(|line| line.contains("d.yaml:"))
        .filter(|line| !line.contains("servers"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn media_types_that_are_left_out_are_reported_where_they_stand() {
    let found = findings(
        "      responses:\n        '200':\n          description: d\n          content:\n\
         \x20           application/xml: {schema: {type: object}}\n\
         \x20           application/json: {schema: {type: object}}\n\
         \x20           text/plain: {}\n        '204':\n          description: d\n\
         \x20         content:\n            text/plain: {}\n",
    );
    assert_eq!(
        found,
        [
            "d.yaml:10:13: warning[no-effect]: `application/xml` is left out, the client uses \
             `application/json`",
            "d.yaml:15:11: warning[no-effect]: responses of status 204 have no body, so `content` \
             has no effect",
        ],
    );
}

#[test]
fn keywords_of_encodings_without_effect_are_reported_where_they_stand() {
    let found = findings(
        "      requestBody:\n        content:\n          multipart/form-data:\n\
         \x20           schema: {type: object, properties: {a: {type: string}}}\n\
         \x20           encoding:\n              a: {style: form, contentType: \"a\\nb\"}\n\
         \x20             b: {contentType: text/csv}\n          application/json:\n\
         \x20           encoding: {a: {style: form}}\n\
         \x20     responses: {'204': {description: d}}\n",
    );
    assert_eq!(
        found,
        [
            "d.yaml:11:19: warning[no-effect]: `style` has no effect on multipart bodies in OpenAPI 3.0",
            "d.yaml:11:32: warning[invalid-value]: the content type cannot stand in a header, so \
             it is left out",
            "d.yaml:12:15: warning[no-effect]: `encoding` names `b`, which is not among the \
             properties",
            "d.yaml:14:13: warning[no-effect]: `encoding` has no effect on `application/json`",
        ],
    );
}

#[test]
fn a_shared_parameter_is_the_same_everywhere_and_what_is_wrong_is_said_once() {
    let body = "
paths:
  /a: {get: {parameters: [{$ref: '#/components/parameters/Page'}], responses: {}}}
  /b: {get: {parameters: [{$ref: '#/components/parameters/Page'}], responses: {}}}
  /c: {get: {parameters: [{$ref: '#/components/parameters/Odd'}], responses: {}}}
  /d: {get: {parameters: [{$ref: '#/components/parameters/Odd'}], responses: {}}}
components:
  parameters:
    Page: {name: page, in: query, description: which, schema: {type: integer}}
    Odd: {name: odd, in: query, allowEmptyValue: true, schema: {type: string}}
";
    let api = planned(body);
    let parameter = |operation: usize| &api.operations[operation].parameters[0];
    assert_eq!(format!("{:?}", parameter(0)), format!("{:?}", parameter(1)));
    assert_eq!(parameter(1).docs.text.as_deref(), Some("which"));
    assert_eq!(parameter(3).wire, "odd");
    let said = "no-effect: `allowEmptyValue` has no effect on the client";
    assert_eq!(messages(body), [said]);
}

/// The types of properties of components, after overlays: `A.meta` of type
/// `AMeta` is `("A", "meta", "AMeta")`.
fn properties(document: &str, overlays: &[&str]) -> Vec<(String, String, String)> {
    let texts = [document].into_iter().chain(overlays.iter().copied());
    let inputs = texts.map(|text| Input {
        path: "openapi.yaml".to_owned(),
        text: text.into(),
    });
    let outcome = crate::generate(&Request {
        inputs: inputs.collect(),
        ..Request::default()
    });
    let surface = outcome
        .surface
        .unwrap_or_else(|| panic!("{:?}", outcome.report.diagnostics()));
    let mut found = Vec::new();
    for ty in &surface.types {
        let name = ty.rust.rsplit("::").next().unwrap_or_default();
        for field in &ty.fields {
            let of = field.ty.rsplit("::").next().unwrap_or_default();
            let of = of.trim_end_matches('>');
            found.push((name.to_owned(), field.wire.clone(), of.to_owned()));
        }
    }
    found
}

fn property(name: &str, property: &str, ty: &str) -> (String, String, String) {
    (name.to_owned(), property.to_owned(), ty.to_owned())
}

#[test]
fn copies_of_a_schema_that_differ_are_schemas_of_their_own() {
    let document = format!(
        "{HEAD}paths: {{}}
components:
  schemas:
    A: {{type: object, properties: {{id: {{type: string}}}}}}
    B: {{type: object, properties: {{id: {{type: string}}}}}}
    C: {{type: object, properties: {{id: {{type: string}}}}}}
"
    );
    let overlay = "overlay: 1.0.0
info: {title: o, version: '1'}
actions:
  - target: $.components.schemas.*.properties
    update: {meta: {type: object, properties: {x: {type: string}}}}
  - target: $.components.schemas.B.properties.meta.properties.x
    update: {type: boolean}
";
    let found = properties(&document, &[overlay]);
    for expected in [
        property("A", "meta", "AMeta"),
        property("AMeta", "x", "String"),
        property("B", "meta", "BMeta"),
        property("BMeta", "x", "bool"),
        // Equal copies are one schema.
        property("C", "meta", "AMeta"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
}

#[test]
fn components_that_an_overlay_copies_are_types_of_their_own() {
    let document = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{}}, B: {{}}}}}}\n");
    let overlay = "overlay: 1.0.0
info: {title: o, version: '1'}
actions:
  - target: $.components
    update:
      schemas:
        A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
  - target: $.components.schemas['A', 'B']
    update: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
";
    let found = properties(&document, &[overlay]);
    for expected in [
        property("A", "a", "A"),
        property("A", "b", "B"),
        property("B", "a", "A"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
}

#[test]
fn aliases_that_are_changed_by_a_merge_are_schemas_of_their_own() {
    let document = format!(
        "{HEAD}paths: {{}}
components:
  schemas:
    A:
      type: object
      properties: {{meta: &meta {{type: object, properties: {{x: {{type: string}}}}}}, same: *meta}}
    B:
      type: object
      properties: {{meta: {{<<: *meta, properties: {{x: {{type: boolean}}}}}}}}
"
    );
    let found = properties(&document, &[]);
    for expected in [
        property("AMeta", "x", "String"),
        property("ASame", "x", "String"),
        property("BMeta", "x", "bool"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
}
