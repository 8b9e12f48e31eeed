//! Mistakes in one's own description: each has a finding at its place that names
//! what was meant, and those that would send something else are errors.

use driftless::diagnostic::{Code, Format, Severity, render};
use driftless::source::Input;
use driftless::{Request, generate};

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
tags: [{name: pets}]
security: [{basicAuth: []}]
paths:
  /pets/{pet_id}:
    parameters: [{name: pet_id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: get_pet
      tags: [pets]
      parameters: [{name: fields, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}]
      responses:
        '200': {description: The pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {name: ada, born: '2024-02-29T12:34:56Z', age: 3, kind: cat}}}}
    post:
      operationId: add_pet
      tags: [pets]
      responses: {'204': {description: Done.}}
components:
  securitySchemes:
    basicAuth: {type: http, scheme: basic}
    keyAuth: {type: apiKey, in: header, name: X-Key}
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, pattern: '^[a-z]+$'}
        born: {type: string, format: date-time}
        token: {type: string, format: password, x-sensitive: true}
        age: {type: integer, format: int32}
        kind: {type: string, enum: [cat, dog]}
";

/// The findings in one line each, after one text was replaced by another.
fn findings(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "{from}");
    let outcome = generate(&Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: DOCUMENT.replacen(from, to, 1).into(),
        }],
        command: "driftless generate".to_owned(),
        ..Request::default()
    });
    render(&outcome.report, &outcome.source, Format::Human, false)
}

#[test]
fn the_description_itself_has_no_finding() {
    assert_eq!(findings("Pets", "Pets"), "");
}

#[test]
fn what_would_send_something_else_is_an_error() {
    for (from, to, finding, meant) in [
        (
            "    post:",
            "    pst:",
            "error[unknown-key]: `pst`",
            "`post`",
        ),
        ("    get:", "    gte:", "error[unknown-key]: `gte`", "`get`"),
        (
            "in: query",
            "in: qurey",
            "error[invalid-value]: `in`",
            "`query`",
        ),
        (
            "in: header",
            "in: haeder",
            "error[invalid-value]: `in`",
            "`header`",
        ),
        (
            "style: pipeDelimited",
            "style: pipeDelimted",
            "error[invalid-value]: `style`",
            "`pipeDelimited`",
        ),
        (
            "security: [{basicAuth: []}]",
            "security: [{basicAth: []}]",
            "error[unresolved-reference]: the security scheme `basicAth` is not declared",
            "`basicAuth`",
        ),
        (
            "type: apiKey",
            "type: apiKye",
            "error[invalid-value]: a security scheme",
            "`apiKey`",
        ),
        (
            "'200'",
            "'20O'",
            "error[invalid-value]: `20O` is no status code",
            "`200`",
        ),
        (
            "schemas/Pet'",
            "schemas/Pte'",
            "error[unresolved-reference]: the reference `#/components/schemas/Pte`",
            "schemas/Pet`",
        ),
        (
            "schemas/Pet'",
            "shcemas/Pet'",
            "error[unresolved-reference]: the reference `#/components/shcemas/Pet`",
            "`#/components/schemas`",
        ),
        (
            "type: integer",
            "type: intger",
            "error[invalid-value]: `type` cannot be \"intger\"",
            "`integer`",
        ),
        (
            "scheme: basic",
            "scheme: bsaic",
            "error[invalid-value]: `scheme` cannot be `bsaic`",
            "`basic`",
        ),
        (
            "post:\n      operationId: add_pet\n      tags: [pets]\n      responses: {'204': {description: Done.}}",
            "pots: {tags: [pets]}",
            "error[unknown-key]: `pots`",
            "`post`",
        ),
        (
            "in: query, ",
            "",
            "error[missing-key]: a parameter object needs the key `in`",
            "",
        ),
    ] {
        let said = findings(from, to);
        assert!(said.contains(finding), "{to}:\n{said}");
        assert!(said.contains(meant), "{to}:\n{said}");
    }
}

#[test]
fn what_has_no_effect_any_more_is_reported() {
    for (from, to, finding, meant) in [
        (
            "x-sensitive",
            "x-sensitvie",
            "`x-sensitvie` is not an extension",
            "`x-sensitive`",
        ),
        (
            "x-sensitive",
            "x-sensitiv",
            "`x-sensitiv` is not an extension",
            "`x-sensitive`",
        ),
        (
            "format: password",
            "format: passwrod",
            "the format `passwrod`",
            "`password`",
        ),
        (
            "format: date-time",
            "format: date-tme",
            "the format `date-tme`",
            "`date-time`",
        ),
        (
            "format: int32",
            "format: int23",
            "the format `int23`",
            "`int32`",
        ),
        (
            "tags: [pets]",
            "tags: [pest]",
            "the tag `pest` is not declared",
            "`pets`",
        ),
        (
            "'^[a-z]+$'",
            "'^[a-z+$'",
            "the pattern `^[a-z+$`",
            "ECMA-262",
        ),
        (
            "components:\n  sec",
            "  /pets/{id}: {delete: {operationId: d, tags: [pets], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: d}}}}\ncomponents:\n  sec",
            "`/pets/{pet_id}` and `/pets/{id}` differ only in the names",
            "one path item",
        ),
        ("required: [name]", "required: [nmae]", "`nmae`", "`name`"),
        (
            "properties:\n",
            "propertis:\n",
            "`propertis`",
            "`properties`",
        ),
        (
            "application/json",
            "application/jsno",
            "the media type `application/jsno`",
            "`application/json`",
        ),
        ("kind: cat", "kind: cta", "the example has `cta`", "`cat`"),
        ("born: {", "bron: {", "the example has `born`", "`bron`"),
        ("name: ada, ", "", "it lacks the property `name`", ""),
        (
            "name: ada",
            "name: 1",
            "expected a string, found a number",
            "",
        ),
        (
            "operationId: add_pet",
            "operationId: get_pet",
            "`get_pet` is also that of `GET /pets/{pet_id}`, line 10",
            "operationIds are unique",
        ),
        (
            "    post:",
            "    get:",
            "the key `get` stands here a second time, after line 9",
            "remove one of the two",
        ),
        (
            "operationId: get_pet",
            "operationId: get_pet\n      x-sensitive: true",
            "`x-sensitive` has no effect in an operation object",
            "schemas",
        ),
        (
            "version: '1'",
            "version: '1', x-rust-name: pets",
            "`x-rust-name` has no effect in an info object",
            "operations",
        ),
        (
            "x-sensitive: true",
            "x-sensitive: ture",
            "`x-sensitive` should be `true` or `false`",
            "",
        ),
    ] {
        let said = findings(from, to);
        assert!(said.contains(finding), "{to}:\n{said}");
        assert!(said.contains(meant), "{to}:\n{said}");
        assert!(said.contains("openapi.yaml:"), "{to}:\n{said}");
    }
}

#[test]
fn two_items_cannot_be_given_one_name() {
    let said = findings(
        "operationId: add_pet",
        "operationId: add_pet\n      x-rust-name: get_pet",
    );
    // That one only has the name by its operationId.
    assert!(said.contains("warning[name-collision]"), "{said}");
    let said = findings(
        "born: {type: string, format: date-time}",
        "born: {type: string, format: date-time, x-rust-name: time}\n        died: {type: string, x-rust-name: time}",
    );
    let message = "error[name-collision]: the name `time` is chosen for another item too";
    assert!(said.contains(message), "{said}");
}

/// What is found in a part of a document.
fn found(part: &str) -> Vec<(Code, Severity)> {
    let mut text = part.to_owned();
    for (key, value) in [
        ("openapi", "3.0.3"),
        ("info", "{title: T, version: '1'}"),
        ("paths", "{}"),
    ] {
        if !part.starts_with(&format!("{key}:")) {
            text.insert_str(0, &format!("{key}: {value}\n"));
        }
    }
    let outcome = generate(&Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: text.into(),
        }],
        ..Request::default()
    });
    let findings = outcome.report.diagnostics().iter();
    findings
        .map(|finding| (finding.code, finding.severity))
        .collect()
}

#[test]
fn what_explain_shows_is_reported_and_can_be_mended_so() {
    for code in Code::ALL {
        let Some(correction) = code.correction() else {
            continue;
        };
        let wrong = found(correction.wrong);
        assert!(
            wrong.iter().any(|(found, _)| found == code),
            "{code}: {wrong:?}"
        );
        assert_eq!(found(correction.right), [], "{code}");
    }
}

#[test]
fn values_that_their_schema_does_not_allow_are_reported() {
    for (from, to, message) in [
        (
            "age: {type: integer, format: int32}",
            "age: {type: integer, format: int32, example: x}",
            "warning[example-mismatch]: the example does not fit its schema: expected an integer",
        ),
        (
            "kind: {type: string, enum: [cat, dog]}",
            "kind: {type: string, enum: [cat, dog], example: cta}",
            "warning[example-mismatch]: the example has `cta`",
        ),
        (
            "kind: {type: string, enum: [cat, dog]}",
            "kind: {type: string, enum: [cat, dog], default: cta}",
            "warning[contradiction]: the default is `cta`",
        ),
        (
            "age: {type: integer, format: int32}",
            "age: {type: integer, format: int32, minimum: 3, maximum: 2.5}",
            "warning[contradiction]: `maximum` is less than `minimum`",
        ),
    ] {
        let said = findings(from, to);
        assert!(said.contains(message), "{to}\n{said}");
    }
}
