//! Swagger 2.0: where everything goes, and that it stays where it was written.

use serde_json::{Value as Json, json};

use super::{findings, upgraded};
use crate::parse::prove;
use crate::source::Source;

const HEAD: &str = "swagger: '2.0'\ninfo: {title: t, version: v}\n";

/// Checks a document without its first two lines: what is reported, with lines
/// counted from the third, and what `pointer` names afterwards.
fn check(body: &str, expected: &[&str], pointer: &str, becomes: Json) -> Source {
    let (source, mut report, supported) = upgraded(&format!("{HEAD}{body}"));
    assert!(supported);
    let found: Vec<_> = findings(&source, &report)
        .into_iter()
        .map(|finding| {
            let (line, rest) = finding.split_once(':').expect("a line");
            format!("{}:{rest}", line.parse::<usize>().expect("a line") - 2)
        })
        .collect();
    assert_eq!(found, expected, "{body}");
    let node = source.entry().root.pointer(pointer).expect(pointer);
    assert_eq!(node.to_json(), becomes, "{body}");
    let before = report.diagnostics().len();
    assert!(prove(&source, &mut report), "{body}");
    assert_eq!(&report.diagnostics()[before..], [], "{body}");
    source
}

#[test]
fn components_move_and_keep_their_places() {
    let source = check(
        "paths: {}\n\
         definitions: {Pet: {type: object, discriminator: kind, properties: {\n\
         mother: {$ref: '#/definitions/Pet'}, old: {type: string, x-nullable: true}}}}\n\
         parameters: {P: {name: p, in: query, type: integer, format: int32}}\n\
         responses: {R: {description: d, schema: {$ref: '#/definitions/Pet'}}}\n",
        &[],
        "/components",
        json!({
            "schemas": {"Pet": {"type": "object", "discriminator": {"propertyName": "kind"}, "properties": {
                "mother": {"$ref": "#/components/schemas/Pet"},
                "old": {"type": "string", "nullable": true}}}},
            "parameters": {"P": {"name": "p", "in": "query", "schema": {"type": "integer", "format": "int32"}}},
            "responses": {"R": {"description": "d",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
        }),
    );
    let mother = "/components/schemas/Pet/properties/mother";
    let mother = source.entry().root.pointer(mother).expect("the property");
    assert_eq!(
        source.pointer(mother.origin),
        "/definitions/Pet/properties/mother"
    );
    assert_eq!(source.position(mother.origin).line, 5);
}

#[test]
fn addresses() {
    for (keys, urls) in [
        (
            "host: example.com\nbasePath: /v1/\nschemes: [http, https, ws]\n",
            json!([{"url": "https://example.com/v1"}, {"url": "http://example.com/v1"}]),
        ),
        (
            "host: example.com\n",
            json!([{"url": "https://example.com"}]),
        ),
        ("basePath: v1\n", json!([{"url": "/v1"}])),
        (
            "host: http://example.com/\n",
            json!([{"url": "http://example.com"}]),
        ),
    ] {
        let said: &[&str] = if keys.contains("ws") {
            &["3:24 warning[no-effect]: the scheme `ws` has no effect: the client speaks HTTP"]
        } else {
            &[]
        };
        check(&format!("{keys}paths: {{}}\n"), said, "/servers", urls);
    }
}

#[test]
fn bodies_by_what_they_consume() {
    check(
        "consumes: [application/json, application/xml]\n\
         parameters: {B: {name: b, in: body, required: true, schema: {$ref: '#/definitions/D'}}}\n\
         definitions: {D: {type: object}}\n\
         paths:\n  \
           /a:\n    \
             parameters: [{$ref: '#/parameters/B'}]\n    \
             put: {responses: {}}\n    \
             post: {consumes: [text/plain], parameters: [{name: b, in: body, description: d, schema: {type: string}}, {name: q, in: query, type: string}], responses: {}}\n",
        &[],
        "/paths/~1a",
        json!({
            "put": {"responses": {}, "requestBody": {"required": true, "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/D"}},
                "application/xml": {"schema": {"$ref": "#/components/schemas/D"}}}}},
            "post": {"responses": {}, "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
                "requestBody": {"description": "d", "content": {"text/plain": {"schema": {"type": "string"}}}}},
        }),
    );
}

#[test]
fn forms() {
    check(
        "paths:\n  \
           /a:\n    \
             put: {parameters: [{name: f, in: formData, type: file, required: true}, {name: n, in: formData, type: integer, description: d}], responses: {}}\n    \
             post: {parameters: [{name: l, in: formData, type: array, items: {type: string}, collectionFormat: multi}, {name: m, in: formData, type: array, items: {type: string}}], responses: {}}\n",
        &[],
        "/paths/~1a",
        json!({
            "put": {"responses": {}, "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {
                "type": "object", "required": ["f"], "properties": {
                    "f": {"type": "string", "format": "binary"},
                    "n": {"type": "integer", "description": "d"}}}}}}},
            "post": {"responses": {}, "requestBody": {"required": false, "content": {"application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {
                    "l": {"type": "array", "items": {"type": "string"}},
                    "m": {"type": "array", "items": {"type": "string"}}}},
                "encoding": {"l": {"style": "form", "x-driftless-explode": true},
                    "m": {"style": "form", "x-driftless-explode": false}}}}}},
        }),
    );
}

#[test]
fn parameters_below_paths_are_referred_to() {
    check(
        "paths:\n  \
           /a:\n    \
             post: {parameters: [{name: f, in: formData, type: string}, {name: q, in: query, type: string}, {$ref: '#/paths/~1a/post/parameters/0'}], responses: {}}\n    \
             put: {parameters: [{name: b, in: body, schema: {type: integer}}], responses: {}}\n  \
           /b:\n    \
             post: {parameters: [{$ref: '#/paths/~1a/post/parameters/0'}, {$ref: '#/paths/~1a/post/parameters/1'}], responses: {}}\n    \
             put: {parameters: [{$ref: '#/paths/~1c/parameters/0'}], responses: {}}\n  \
           /c: {parameters: [{$ref: '#/paths/%7E1a/put/parameters/0'}]}\n",
        &[],
        "/paths/~1b",
        json!({
            "post": {"responses": {},
                "parameters": [{"$ref": "#/paths/~1a/post/parameters/0"}],
                "requestBody": {"required": false, "content": {"application/x-www-form-urlencoded": {"schema": {
                    "type": "object", "properties": {"f": {"type": "string"}}}}}}},
            "put": {"responses": {}, "requestBody": {"content": {"application/json": {"schema": {"type": "integer"}}}}},
        }),
    );
}

#[test]
fn forms_that_consume_no_form() {
    check(
        "paths:\n  \
           /a:\n    \
             put: {consumes: [application/json], parameters: [{name: f, in: formData, type: string}], responses: {}}\n    \
             post: {consumes: [application/x-www-form-urlencoded], parameters: [{name: f, in: formData, type: file}], responses: {}}\n    \
             patch: {consumes: [application/json, multipart/form-data], parameters: [{name: f, in: formData, type: file}], responses: {}}\n",
        &[
            "3:41 warning[contradiction]: the fields are those of a form, which `consumes` has no media type for: application/json; it is sent as `application/x-www-form-urlencoded`; name that in `consumes`",
            "4:59 warning[contradiction]: the fields are those of a form with a file, which `consumes` has no media type for: application/x-www-form-urlencoded; it is sent as `multipart/form-data`; name that in `consumes`",
        ],
        "/paths/~1a/post/requestBody/content",
        json!({"multipart/form-data": {"schema": {"type": "object", "properties": {"f": {"type": "string", "format": "binary"}}}}}),
    );
}

#[test]
fn responses_by_what_they_produce() {
    check(
        "produces: [application/json]\n\
         responses: {E: {description: e, schema: {type: object}}}\n\
         paths:\n  \
           /a:\n    \
             get:\n      \
               produces: [application/pdf]\n      \
               responses:\n        \
                 200: {description: d, schema: {type: file}, headers: {X-A: {type: array, items: {type: string}}}}\n        \
                 400: {$ref: '#/responses/E'}\n        \
                 404: {description: d, schema: {type: string}, examples: {application/pdf: x, text/plain: y}}\n    \
             put: {responses: {200: {description: d, schema: {type: file}}, 400: {$ref: '#/responses/E'}, 204: {description: d}}}\n",
        &[
            "2:33 warning[contradiction]: `application/pdf` cannot hold what this schema describes; `application/json` is taken",
            "10:86 warning[no-effect]: the example has no effect: `text/plain` is not produced; name it in `produces`",
        ],
        "/paths/~1a",
        json!({
            "get": {"responses": {
                "200": {"description": "d",
                    "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
                    "headers": {"X-A": {"schema": {"type": "array", "items": {"type": "string"}}}}},
                "400": {"description": "e", "content": {"application/json": {"schema": {"type": "object"}}}},
                "404": {"description": "d", "content": {"application/pdf": {"schema": {"type": "string"}, "example": "x"}}}}},
            "put": {"responses": {
                "200": {"description": "d",
                    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
                "400": {"$ref": "#/components/responses/E"},
                "204": {"description": "d"}}},
        }),
    );
}

#[test]
fn lists_in_parameters() {
    let list = |name: &str, more: &str| {
        format!("{{name: {name}, in: query, type: array, items: {{type: string}}{more}}}")
    };
    let parameters = [
        list("a", ""),
        list("b", ", collectionFormat: multi"),
        list("c", ", collectionFormat: ssv"),
        list("d", ", collectionFormat: tsv"),
        list("e", ", collectionFormat: pipes"),
        list("f", ", collectionFormat: odd"),
        "{name: g, in: header, type: array, items: {type: string}}".to_owned(),
        "{name: h, in: header, type: array, items: {type: string}, collectionFormat: ssv}"
            .to_owned(),
        "{name: i, in: header, type: array, items: {type: string}, collectionFormat: tsv}"
            .to_owned(),
    ];
    let schema = json!({"type": "array", "items": {"type": "string"}});
    let styled = |name: &str, style: &str, explode: bool| json!({"name": name, "in": "query", "schema": schema, "style": style, "explode": explode});
    check(
        &format!(
            "paths: {{/a: {{get: {{responses: {{}}, parameters: [\n{}]}}}}}}\n",
            parameters.join(",\n")
        ),
        &[
            "7:58 error[invalid-value]: `collectionFormat` cannot be \"odd\"; write `csv`, `ssv`, `tsv`, `pipes` or `multi`",
        ],
        "/paths/~1a/get/parameters",
        json!([
            styled("a", "form", false),
            styled("b", "form", true),
            styled("c", "spaceDelimited", false),
            {"name": "d", "in": "query", "schema": schema, "x-driftless-style": "tabDelimited", "explode": false},
            styled("e", "pipeDelimited", false),
            styled("f", "form", false),
            {"name": "g", "in": "header", "schema": schema},
            {"name": "h", "in": "header", "schema": schema,
                "x-driftless-style": "spaceDelimited", "explode": false},
            {"name": "i", "in": "header", "schema": schema,
                "x-driftless-style": "tabDelimited", "explode": false},
        ]),
    );
}

#[test]
fn security() {
    check(
        "paths: {}\nsecurityDefinitions:\n  \
           b: {type: basic}\n  \
           k: {type: apiKey, in: header, name: X}\n  \
           i: {type: oauth2, flow: implicit, authorizationUrl: u, scopes: {a: b}}\n  \
           c: {type: oauth2, flow: accessCode, authorizationUrl: u, tokenUrl: t, scopes: {}}\n  \
           a: {type: oauth2, flow: application, tokenUrl: t, scopes: {}}\n",
        &[],
        "/components/securitySchemes",
        json!({
            "b": {"type": "http", "scheme": "basic"},
            "k": {"type": "apiKey", "in": "header", "name": "X"},
            "i": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "u", "scopes": {"a": "b"}}}},
            "c": {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "u", "tokenUrl": "t", "scopes": {}}}},
            "a": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "t", "scopes": {}}}},
        }),
    );
}

#[test]
fn missing_definitions_are_named_as_they_were_written() {
    check(
        "paths: {}\ndefinitions: {Pet: {properties: {a: {$ref: '#/definitions/Pets'}}}}\n",
        &[
            "2:38 error[unresolved-reference]: the reference `#/definitions/Pets` names nothing; did you mean `#/definitions/Pet`?",
        ],
        "/components/schemas",
        json!({"Pet": {"properties": {"a": {}}}}),
    );
}

#[test]
fn references_into_what_moves_follow_it() {
    check(
        "produces: [application/json]\nconsumes: [application/json]\npaths:\n  /a:\n    post:\n      parameters:\n      \
           - {name: b, in: body, schema: {properties: {x: {type: string}}}}\n      \
           - {name: q, in: query, type: string}\n      \
           responses: {'200': {description: d, schema: {properties: {c: {$ref: '#/paths/~1a/post/responses/200/schema'}}}}}\n  \
           /b:\n    get:\n      parameters: [{$ref: '#/paths/~1a/post/parameters/1'}]\n      \
           responses: {'200': {description: d, schema: {$ref: '#/paths/~1a/post/parameters/0/schema/properties/x'}}}\n",
        &[],
        "/paths",
        json!({
            "/a": {"post": {
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
                "requestBody": {"content": {"application/json": {"schema": {"properties": {"x": {"type": "string"}}}}}},
                "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {"properties": {
                    "c": {"$ref": "#/paths/~1a/post/responses/200/content/application~1json/schema"}}}}}}},
            }},
            "/b": {"get": {
                "parameters": [{"$ref": "#/paths/~1a/post/parameters/0"}],
                "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {
                    "$ref": "#/paths/~1a/post/requestBody/content/application~1json/schema/properties/x"}}}}},
            }},
        }),
    );
}
