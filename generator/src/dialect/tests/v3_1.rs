//! OpenAPI 3.1: what becomes of what 3.0 says otherwise, without a word; and
//! what is said where a keyword does nothing.

use serde_json::{Value as Json, json};

use super::{findings, upgraded};
use crate::parse::prove;

/// Checks component schemas of a 3.1 document, each in a line of its own: what
/// is reported, with lines counted from the first of them, and what becomes of
/// all of them.
fn schemas(fragment: &str, expected: &[&str], becomes: Json) {
    let text = format!(
        "{{openapi: 3.1.0, info: {{title: t, version: v}}, components: {{schemas: {{\n{fragment}\n}}}}}}"
    );
    let (source, mut report, supported) = upgraded(&text);
    assert!(supported);
    let found: Vec<_> = findings(&source, &report)
        .into_iter()
        .map(|finding| {
            let (line, rest) = finding.split_once(':').expect("a line");
            format!("{}:{rest}", line.parse::<usize>().expect("a line") - 1)
        })
        .collect();
    assert_eq!(found, expected, "{fragment}");
    let root = &source.entry().root;
    let schemas = root.pointer("/components/schemas").expect("schemas");
    assert_eq!(schemas.to_json(), becomes, "{fragment}");
    let before = report.diagnostics().len();
    assert!(prove(&source, &mut report), "{fragment}");
    assert_eq!(&report.diagnostics()[before..], [], "{fragment}");
}

#[test]
fn lists_of_types() {
    schemas(
        "A: {type: [string, 'null'], maxLength: 3},\n\
         B: {type: [integer]},\n\
         C: {type: ['null']},\n\
         D: {type: 'null', description: d},\n\
         E: {type: [integer, number, 'null'], minimum: 1},\n\
         F: {type: [string, number, boolean, object, array, 'null']}",
        &[],
        json!({
            "A": {"type": "string", "nullable": true, "maxLength": 3},
            "B": {"type": "integer"},
            "C": {"enum": [null], "nullable": true},
            "D": {"enum": [null], "nullable": true, "description": "d"},
            "E": {"type": "number", "nullable": true, "minimum": 1},
            "F": {"nullable": true},
        }),
    );
}

#[test]
fn keywords_go_with_their_types() {
    schemas(
        "A: {type: [string, array, integer], items: {type: [string, 'null']}, maxItems: 2, minLength: 1,\n\
         exclusiveMinimum: 0, title: t, format: int32, required: [a]},\n\
         B: {type: [string, integer], enum: [a, 1]},\n\
         C: {type: [string, integer], oneOf: [{type: string}, {type: integer}]}",
        &[
            "2:47 warning[no-effect]: `required` has no effect on the client",
            "4:5 warning[no-effect]: a list of types has no effect beside `oneOf`",
        ],
        json!({
            "A": {"title": "t", "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "nullable": true}, "maxItems": 2},
                {"type": "integer", "format": "int32", "minimum": 0, "exclusiveMinimum": true}]},
            "B": {"enum": ["a", 1]},
            "C": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        }),
    );
}

#[test]
fn null_in_unions() {
    schemas(
        "A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}], description: d},\n\
         B: {oneOf: [{type: [object, 'null'], title: inner}, {const: null}], title: outer},\n\
         C: {anyOf: [{type: string}, {type: integer}, {enum: [null]}]},\n\
         D: {oneOf: [{type: 'null'}]},\n\
         E: {type: object, anyOf: [{type: object, properties: {a: true}}, {type: 'null'}]},\n\
         F: {anyOf: [{anyOf: [{type: string}, {type: integer}]}, {type: 'null'}]},\n\
         G: {discriminator: {propertyName: k}, oneOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}",
        &[],
        json!({
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}], "description": "d", "nullable": true},
            "B": {"type": "object", "title": "outer", "nullable": true},
            "C": {"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": true},
            "D": {"enum": [null], "nullable": true},
            "E": {"type": "object", "allOf": [{"type": "object", "properties": {"a": {}}}], "nullable": true},
            "F": {"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": true},
            "G": {"discriminator": {"propertyName": "k"}, "nullable": true,
                "oneOf": [{"$ref": "#/components/schemas/B"}]},
        }),
    );
}

#[test]
fn constants_and_examples() {
    schemas(
        "A: {const: a},\n\
         B: {const: 1, type: number},\n\
         C: {const: {a: 1}, enum: [2]},\n\
         D: {const: null},\n\
         E: {type: string, examples: [x, y]},\n\
         F: {examples: [], example: 1},\n\
         G: {examples: {a: {value: 3}}}",
        &["3:5 warning[contradiction]: the value of `const` is not in `enum`; `enum` is left out"],
        json!({
            "A": {"type": "string", "enum": ["a"], "x-driftless-const": true},
            "B": {"type": "number", "enum": [1], "x-driftless-const": true},
            "C": {"enum": [{"a": 1}], "x-driftless-const": true},
            "D": {"enum": [null], "nullable": true, "x-driftless-const": true},
            "E": {"type": "string", "example": "x", "x-driftless-examples": ["x", "y"]},
            "F": {"example": 1},
            "G": {"example": 3},
        }),
    );
}

#[test]
fn bounds_booleans_and_nullable() {
    schemas(
        "A: {exclusiveMinimum: 5, minimum: 1, exclusiveMaximum: 9, maximum: 7},\n\
         B: true,\n\
         C: {properties: {a: false}, additionalProperties: false},\n\
         D: {type: string, nullable: true},\n\
         E: {type: string, x-nullable: true}",
        &[
            "4:19 warning[unknown-key]: `nullable` is not a key of a schema object in OpenAPI 3.1; it is taken as in 3.0; write `null` into `type`",
        ],
        json!({
            "A": {"minimum": 5, "exclusiveMinimum": true, "maximum": 7},
            "B": {},
            "C": {"properties": {"a": {"not": {}}}, "additionalProperties": false},
            "D": {"type": "string", "nullable": true},
            "E": {"type": "string", "nullable": true},
        }),
    );
}

#[test]
fn references_with_siblings() {
    schemas(
        "A: {$ref: '#/components/schemas/B', description: d},\n\
         B: {type: object, properties: {a: {$ref: '#/components/schemas/C', deprecated: true, allOf: [{}]}}},\n\
         C: {oneOf: [{$ref: '#/components/schemas/A', title: t}, {$ref: '#/components/schemas/B', maxProperties: 1}]},\n\
         D: {$ref: '#/components/schemas/B', $comment: c}",
        &["3:46 warning[no-effect]: `title` has no effect beside a `$ref` in `oneOf`"],
        json!({
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}], "description": "d"},
            "B": {"type": "object", "properties": {"a": {
                "allOf": [{"$ref": "#/components/schemas/C"}, {}], "deprecated": true}}},
            "C": {"oneOf": [{"$ref": "#/components/schemas/A"},
                {"allOf": [{"$ref": "#/components/schemas/B"}], "maxProperties": 1}]},
            "D": {"$ref": "#/components/schemas/B"},
        }),
    );
}

#[test]
fn content_of_strings() {
    schemas(
        "A: {type: string, contentEncoding: base64, contentMediaType: image/png},\n\
         B: {contentMediaType: application/octet-stream},\n\
         C: {type: string, contentMediaType: application/json, contentSchema: {}},\n\
         D: {type: string, contentEncoding: quoted-printable},\n\
         E: {type: string, contentEncoding: base64, format: custom},\n\
         F: {type: string, contentEncoding: base64url}",
        &[
            "3:19 warning[no-effect]: `contentMediaType` has no effect but on parts of multipart bodies",
            "4:19 warning[no-effect]: `contentEncoding` has no effect but on parts of multipart bodies",
        ],
        json!({
            "A": {"type": "string", "format": "byte", "x-driftless-content-type": "image/png"},
            "B": {"type": "string", "format": "binary", "x-driftless-content-type": "application/octet-stream"},
            "C": {"type": "string", "x-driftless-content-type": "application/json"},
            "D": {"type": "string", "x-driftless-content-type": "application/octet-stream"},
            "E": {"type": "string", "format": "custom", "x-driftless-content-type": "application/octet-stream"},
            "F": {"type": "string", "format": "base64url", "x-driftless-content-type": "application/octet-stream"},
        }),
    );
}

#[test]
fn tuples_and_patterns() {
    schemas(
        "A: {type: array, prefixItems: [{type: string}, {type: integer}], items: false},\n\
         B: {prefixItems: [{type: number}, {type: number}], maxItems: 2},\n\
         C: {type: array, prefixItems: [{type: string}], items: {type: integer}},\n\
         D: {type: array, items: [{type: string}, {type: integer}]},\n\
         E: {type: object, patternProperties: {^x-: {type: string}}},\n\
         F: {type: object, patternProperties: {a: {type: string}, b: false}, additionalProperties: {type: integer}},\n\
         G: {type: object, unevaluatedProperties: {type: string}},\n\
         H: {type: object, unevaluatedProperties: false},\n\
         I: {type: array, prefixItems: [true, {type: string}]}",
        &[
            "4:18 warning[wrong-type]: `items` should be an object, not a list; its elements are taken as alternatives, for each element of the list",
            "8:19 warning[no-effect]: `unevaluatedProperties` has no effect on the client",
        ],
        json!({
            "A": {"type": "array", "x-driftless-prefix": [0, 1, 2], "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "maxItems": 2},
            "B": {"type": "array", "items": {"type": "number"}, "maxItems": 2},
            "C": {"type": "array", "x-driftless-prefix": [0, 2], "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
            "D": {"type": "array", "x-driftless-prefix": [0, 1, 2], "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
            "E": {"type": "object", "additionalProperties": {"type": "string"}},
            "F": {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
            "G": {"type": "object", "additionalProperties": {"type": "string"}},
            "H": {"type": "object"},
            "I": {"type": "array", "items": {}},
        }),
    );
}

#[test]
fn keywords_without_effect() {
    schemas(
        "A: {$schema: s, $comment: c, if: {type: string}, then: {minLength: 1}, else: {}, dependentRequired: {a: [b]},\n\
         dependentSchemas: {}, propertyNames: {pattern: a}, contains: {type: string}, minContains: 1, unevaluatedItems: false}",
        &[
            "2:94 warning[no-effect]: `unevaluatedItems` has no effect on the client",
            "1:30 warning[no-effect]: `if` has no effect on the client",
            "1:50 warning[no-effect]: `then` has no effect on the client",
            "2:23 warning[no-effect]: `propertyNames` has no effect on the client",
            "2:52 warning[no-effect]: `contains` has no effect on the client",
            "2:78 warning[no-effect]: `minContains` has no effect on the client",
        ],
        json!({"A": {"x-driftless-notes": ["The API requires `b` where `a` is present."]}}),
    );
}

#[test]
fn definitions_become_components() {
    schemas(
        "A: {$defs: {B: {type: string}, C: {$defs: {D: {$ref: '#/components/schemas/A/$defs/B'}}}},\n\
         properties: {b: {$ref: '#/components/schemas/A/$defs/B'}, d: {$ref: '#/components/schemas/A/$defs/C/$defs/D'},\n\
         e: {$ref: '#/$defs/B'}, $defs: {type: string}}},\n\
         E: {$defs: {A: {type: integer}}, $ref: '#/components/schemas/E/$defs/A', default: {$defs: 1}}",
        &[
            "3:5 warning[unresolved-reference]: the reference `#/$defs/B` names nothing in the document; it is taken as the definition in the schema around it; give that an `$id`",
        ],
        json!({
            "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}, "d": {"$ref": "#/components/schemas/D"},
                "e": {"$ref": "#/components/schemas/B"}, "$defs": {"type": "string"}}},
            "E": {"allOf": [{"$ref": "#/components/schemas/E.A"}], "default": {"$defs": 1}},
            "D": {"$ref": "#/components/schemas/B"},
            "B": {"type": "string"},
            "C": {},
            "E.A": {"type": "integer"},
        }),
    );
}

#[test]
fn schemas_by_their_own_names() {
    schemas(
        "A: {$id: 'https://example.com/s/a', $defs: {N: {$anchor: node, type: string}}, allOf: [{$ref: '#node'}, {$ref: '#/$defs/N'}]},\n\
         B: {oneOf: [{$ref: 'https://example.com/s/a'}, {$ref: 'https://example.com/s/a#node'}]},\n\
         C: {$id: 'https://example.com/s/c', properties: {a: {$ref: a}}},\n\
         D: {$dynamicAnchor: tree, properties: {next: {$dynamicRef: '#tree'}}}",
        &[],
        json!({
            "A": {"allOf": [{"$ref": "#/components/schemas/N"}, {"$ref": "#/components/schemas/N"}]},
            "B": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/N"}]},
            "C": {"properties": {"a": {"$ref": "#/components/schemas/A"}}},
            "D": {"properties": {"next": {"$ref": "#/components/schemas/D"}}},
            "N": {"type": "string"},
        }),
    );
}

#[test]
fn definitions_keep_their_places() {
    let (source, _, _) = upgraded(
        "openapi: 3.1.0\ninfo: {title: t, version: v}\ncomponents:\n schemas:\n  A:\n   $defs:\n    B: {type: string}\n",
    );
    let node = source.entry().root.pointer("/components/schemas/B");
    let origin = node.expect("the definition").origin;
    assert_eq!(source.pointer(origin), "/components/schemas/A/$defs/B");
    assert_eq!(source.position(origin).line, 7);
}

#[test]
fn outside_of_schemas() {
    let (source, mut report, _) = upgraded(
        "openapi: 3.1.1\n\
         jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base\n\
         info: {title: t, version: v, summary: s, license: {name: MIT, identifier: MIT}}\n\
         paths: {/a: {$ref: '#/components/pathItems/A'}}\n\
         webhooks: {a: {post: {}}}\n\
         components:\n  \
           pathItems: {A: {get: {operationId: a}}}\n  \
           securitySchemes: {m: {type: mutualTLS}, b: {type: http, scheme: basic}}\n",
    );
    assert_eq!(
        findings(&source, &report),
        [
            "5:1 warning[no-effect]: `webhooks` describe requests to the caller, nothing is generated for them",
            "3:30 warning[no-effect]: `summary` has no effect on the client",
            "3:63 warning[no-effect]: `identifier` has no effect on the client",
        ]
    );
    assert_eq!(
        source.entry().root.to_json(),
        json!({
            "openapi": "3.0.3",
            "x-driftless-version": "3.1",
            "info": {"title": "t", "version": "v", "license": {"name": "MIT"}},
            "paths": {"/a": {"$ref": "#/components/x-driftless-path-items/A"}},
            "components": {
                "x-driftless-path-items": {"A": {"get": {"operationId": "a", "responses": {}}}},
                "x-driftless-mutual-tls": ["m"],
                "securitySchemes": {"b": {"type": "http", "scheme": "basic"}},
            },
        })
    );
    assert!(prove(&source, &mut report));
}

#[test]
fn schemas_under_a_condition_keep_it_in_words() {
    let conditional = |condition: &str, schema: Json| json!({"x-driftless-conditional": [{"condition": condition, "schema": schema}]});
    let properties = json!({"properties": {"p": {"type": "string"}}});
    for (condition, holds, fails) in [
        (
            "properties: {k: {const: a}}",
            "`k` is `a`",
            "`k` is not `a`",
        ),
        (
            "properties: {k: {enum: [1, true]}}, required: [k]",
            "`k` is one of `1`, `true`",
            "`k` is none of `1`, `true`",
        ),
        (
            "required: [a, b]",
            "`a` is present and `b` is present",
            "`a` is absent or `b` is absent",
        ),
        (
            "not: {required: [a]}",
            "the value fits `{\"not\":{\"required\":[\"a\"]}}`",
            "the value does not fit `{\"not\":{\"required\":[\"a\"]}}`",
        ),
    ] {
        for (key, words) in [("then", holds), ("else", fails)] {
            schemas(
                &format!(
                    "A: {{if: {{{condition}}}, {key}: {{properties: {{p: {{type: string}}}}}}}}"
                ),
                &["1:5 warning[no-effect]: `if` has no effect on the client"],
                json!({"A": conditional(&format!("where {words}"), properties.clone())}),
            );
        }
    }
    schemas(
        "A: {dependentSchemas: {a: {properties: {p: {type: string}}}, b: {minProperties: 2}}},\n\
         B: {then: {properties: {p: {type: string}}}}",
        &[
            "1:62 warning[no-effect]: `dependentSchemas` has no effect on the client",
            "2:5 warning[no-effect]: `then` has no effect on the client",
        ],
        json!({"A": conditional("where `a` is present", properties), "B": {}}),
    );
}

#[test]
fn dynamic_references_are_the_only_schema_that_they_can_be() {
    schemas(
        "A: {$dynamicAnchor: n, items: {$dynamicRef: '#n'}},\n\
         B: {items: {$dynamicRef: '#/components/schemas/A'}},\n\
         C: {items: {$recursiveRef: '#'}},\n\
         D: {$recursiveAnchor: true, items: {$recursiveRef: '#'}},\n\
         E: {items: {$dynamicRef: '#gone'}}",
        &["5:13 warning[no-effect]: `$dynamicRef` has no effect on the client"],
        json!({
            "A": {"items": {"$ref": "#/components/schemas/A"}},
            "B": {"items": {"$ref": "#/components/schemas/A"}},
            "C": {"items": {"$ref": "#/components/schemas/C"}},
            "D": {"items": {"$ref": "#/components/schemas/D"}},
            "E": {"items": {}},
        }),
    );
    schemas(
        "A: {$dynamicAnchor: n, items: {$dynamicRef: '#n'}},\n\
         B: {$dynamicAnchor: n},\n\
         C: {$recursiveAnchor: true, items: {$recursiveRef: '#'}},\n\
         D: {$recursiveAnchor: true}",
        &[
            "1:32 warning[no-effect]: the reference `#n` depends on the schemas around it: 2 have this anchor; any value is taken; refer to one of them by `$ref`",
            "3:37 warning[no-effect]: the reference `#` depends on the schemas around it: 2 have this anchor; any value is taken; refer to one of them by `$ref`",
        ],
        json!({"A": {"items": {}}, "B": {}, "C": {"items": {}}, "D": {}}),
    );
}
