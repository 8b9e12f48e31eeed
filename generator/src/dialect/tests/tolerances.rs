//! Rules that real documents break: each is mended, and named where it is.

use serde_json::json;

use super::{check, schema};

#[test]
fn path_parameters_and_templates() {
    check(
        "/paths",
        "{'/a/{id}/{petId}': {parameters: [{name: id, in: path, required: true, schema: {}}], get: {responses: {},\n\
         parameters: [{name: pet_id, in: path, required: true, schema: {}}, {name: stray, in: path, required: true, schema: {}}]}},\n\
         '/b/{id}': {get: {responses: {}, parameters: [{name: id, in: query, schema: {}}, {name: id, in: query, schema: {}}]}}}",
        &[
            "2:15 warning[contradiction]: the path parameter `pet_id` is not in the path; it is taken as `petId`, which is",
            "2:68 warning[contradiction]: the path parameter `stray` is not in the path `/a/{id}/{petId}`; it is left out",
            "3:82 warning[contradiction]: the query parameter `id` stands twice in one list; the first is taken",
            "3:1 warning[contradiction]: the path `/b/{id}` names `{id}`, which is not declared; it is taken as a string",
        ],
        &json!({
            "/a/{id}/{petId}": {"parameters": [{"name": "id", "in": "path", "required": true, "schema": {}}],
                "get": {"responses": {}, "parameters": [{"name": "petId", "in": "path", "required": true, "schema": {}}]}},
            "/b/{id}": {"get": {"responses": {}, "parameters": [{"name": "id", "in": "query", "schema": {}},
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]}},
        }),
    );
}

#[test]
fn places_of_parameters() {
    check(
        "/paths",
        "{'/a/{id}': {get: {responses: {}, parameters: [{name: id, schema: {}}, {name: a, in: qeury, schema: {}},\n\
         {name: b, schema: {}}, {name: c, in: formData, type: string}, {name: d, in: Header, schema: {}}]}}}",
        &[
            "1:48 warning[missing-key]: a parameter object needs the key `in`; it is taken as `path`: the path has a parameter of this name",
            "2:34 warning[invalid-value]: a body is no parameter in OpenAPI 3; it is taken as the `requestBody`",
            "1:48 warning[missing-key]: a parameter in the path is always required; write `required: true`",
            "1:82 error[invalid-value]: `in` cannot be \"qeury\"; did you mean `query`? Allowed are `query`, `header`, `path` and `cookie`",
            "1:72 error[missing-key]: a parameter object needs the key `in`",
            "2:1 error[missing-key]: a parameter object needs the key `in`",
            "2:73 warning[invalid-value]: `in` cannot be \"Header\"; it is taken as `header`",
        ],
        &json!({"/a/{id}": {"get": {"responses": {}, "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {}},
            {"name": "d", "in": "header", "schema": {}}],
            "requestBody": {"required": false, "content": {"application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {"c": {"type": "string"}}}}}}}}}),
    );
}

#[test]
fn references_to_missing_schemas_are_any_value() {
    check(
        "/components/schemas",
        "{Pet: {properties: {a: {$ref: '#/components/schemas/pet'}, b: {$ref: '#/components/schemas/Gone/items'}, c: {$ref: '#/components/schemas/Pet'}}}}",
        &[
            "1:25 error[unresolved-reference]: the reference `#/components/schemas/pet` names nothing; did you mean `#/components/schemas/Pet`?",
            "1:64 warning[unresolved-reference]: the reference `#/components/schemas/Gone/items` names nothing; any value is taken",
        ],
        &json!({"Pet": {"properties": {"a": {}, "b": {}, "c": {"$ref": "#/components/schemas/Pet"}}}}),
    );
}

#[test]
fn references_through_references() {
    check(
        "/components/schemas",
        "{A: {$ref: '#/components/schemas/B'}, B: {properties: {b: {type: string}, c: {$ref: '#/components/schemas/A/properties/b'}, d: {$ref: '#/components/schemas/A/properties/x'}}}}",
        &[
            "1:79 warning[unresolved-reference]: the reference `#/components/schemas/A/properties/b` names nothing by itself; it is taken as `#/components/schemas/B/properties/b`",
            "1:129 warning[unresolved-reference]: the reference `#/components/schemas/A/properties/x` names nothing; any value is taken",
        ],
        &json!({"A": {"$ref": "#/components/schemas/B"}, "B": {"properties": {"b": {"type": "string"},
            "c": {"$ref": "#/components/schemas/B/properties/b"}, "d": {}}}}),
    );
}

#[test]
fn references_with_names_encoded_in_full() {
    check(
        "/components/schemas",
        "{a/b: {type: string}, 'c%20': {type: string}, D: {properties: {b: {$ref: '#/components/schemas/a%2Fb'}, c: {$ref: '#/components/schemas/c%20'}, e: {$ref: '#/components/schemas/f%20'}}}}",
        &[
            "1:68 warning[unresolved-reference]: the reference `#/components/schemas/a%2Fb` names nothing by itself; it is taken as `#/components/schemas/a~1b`",
            "1:109 warning[unresolved-reference]: the reference `#/components/schemas/c%20` names nothing by itself; it is taken as `#/components/schemas/c%2520`",
            "1:149 error[unresolved-reference]: the reference `#/components/schemas/f%20` names nothing; did you mean `#/components/schemas/c%20`?",
        ],
        &json!({"a/b": {"type": "string"}, "c%20": {"type": "string"}, "D": {"properties": {
            "b": {"$ref": "#/components/schemas/a~1b"}, "c": {"$ref": "#/components/schemas/c%2520"}, "e": {}}}}),
    );
}

#[test]
fn references_to_where_other_versions_have_it() {
    check(
        "/components/schemas",
        "{A: {properties: {b: {$ref: '#/definitions/A'}, c: {$ref: '#components/schemas/A'}, d: {$ref: '#/definitions/B'}}}}",
        &[
            "1:23 warning[unresolved-reference]: the reference `#/definitions/A` names nothing by itself; it is taken as `#/components/schemas/A`",
            "1:53 warning[unresolved-reference]: the reference `#components/schemas/A` names nothing by itself; it is taken as `#/components/schemas/A`",
            "1:89 warning[unresolved-reference]: the reference `#/definitions/B` names nothing; any value is taken",
        ],
        &json!({"A": {"properties": {"b": {"$ref": "#/components/schemas/A"},
            "c": {"$ref": "#/components/schemas/A"}, "d": {}}}}),
    );
}

#[test]
fn references_to_what_a_client_can_do_without() {
    check(
        "/paths/~1a/get/responses",
        "{'200': {description: d, headers: {A: {$ref: '#/components/headers/A'}}, links: {B: {$ref: '#/components/links/B'}}, content: {a/b: {examples: {C: {$ref: '#/components/examples/C'}}}}}}",
        &[
            "1:40 warning[unresolved-reference]: the reference `#/components/headers/A` names nothing; it is left out",
            "1:86 warning[unresolved-reference]: the reference `#/components/links/B` names nothing; it is left out",
            "1:149 warning[unresolved-reference]: the reference `#/components/examples/C` names nothing; it is left out",
        ],
        &json!({"200": {"description": "d", "headers": {}, "links": {}, "content": {"a/b": {"examples": {}}}}}),
    );
}

#[test]
fn required_properties() {
    schema(
        "{required: [a], properties: {a: {required: true}, b: {required: 'true'}, c: {required: false}, d: {required: [e]}}}",
        &[
            "1:34 warning[wrong-type]: `required` of a schema is a list of properties; `a` is taken as required in the object that has it",
            "1:55 warning[wrong-type]: `required` of a schema is a list of properties; `b` is taken as required in the object that has it",
            "1:78 warning[wrong-type]: `required` of a schema is a list of properties; it is left out",
        ],
        json!({"required": ["a", "b"], "properties": {"a": {}, "b": {}, "c": {}, "d": {"required": ["e"]}}}),
    );
}

#[test]
fn values_of_enums_stand_once() {
    schema(
        "{type: string, enum: [a, b, a, A]}",
        &["1:29 warning[invalid-value]: `enum` has this value already; it is left out"],
        json!({"type": "string", "enum": ["a", "b", "A"]}),
    );
}

#[test]
fn enums_of_names_are_strings_whatever_their_type() {
    schema(
        "{properties: {a: {type: integer, format: int32, enum: [x, y]}, b: {type: boolean, enum: [yes]}, c: {type: integer, enum: ['1', '2']}, d: {type: number, enum: [x, 1]}}}",
        &[
            "1:19 warning[contradiction]: the type is `integer`, and all values of `enum` are strings; it is taken as `string`",
            "1:34 warning[no-effect]: `format` has no effect: it is one of numbers",
            "1:68 warning[contradiction]: the type is `boolean`, and all values of `enum` are strings; it is taken as `string`",
        ],
        json!({"properties": {
            "a": {"type": "string", "enum": ["x", "y"]},
            "b": {"type": "string", "enum": ["yes"]},
            "c": {"type": "integer", "enum": ["1", "2"]},
            "d": {"type": "number", "enum": ["x", 1]},
        }}),
    );
}

#[test]
fn types_that_nobody_knows() {
    schema(
        "{properties: {a: {type: any}, b: {type: 'string[]'}, c: {type: Pet}, d: {type: {x: 1}}, e: {type: json}, f: {type: [date, int]}}}",
        &[
            "1:19 warning[invalid-value]: `type` cannot be \"any\"; any value is taken; allowed are `string`, `number`, `integer`, `boolean`, `array` and `object`",
            "1:35 warning[invalid-value]: `type` cannot be \"string[]\"; it is taken as a list of `string`",
            "1:58 warning[invalid-value]: `type` cannot be \"Pet\"; any value is taken; allowed are `string`, `number`, `integer`, `boolean`, `array` and `object`",
            "1:74 warning[wrong-type]: `type` should be a string, not an object; it is taken as absent: any value fits",
            "1:93 warning[invalid-value]: `type` cannot be \"json\"; it is taken as `object`",
            "1:110 warning[wrong-type]: `type` should be a string, not a list; it is taken as `anyOf` with one type each",
        ],
        json!({"properties": {"a": {}, "b": {"type": "array", "items": {"type": "string"}}, "c": {}, "d": {},
            "e": {"type": "object"}, "f": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}}),
    );
}

#[test]
fn types_beside_references_describe_them() {
    schema(
        "{properties: {a: {$ref: '#/info', type: object}, b: {$ref: '#/info', type: object, readOnly: true}}}",
        &[
            "1:35 warning[no-effect]: `type` has no effect beside `$ref`",
            "1:70 warning[no-effect]: `type` has no effect beside `$ref`",
            "1:84 warning[no-effect]: `readOnly` beside `$ref` has no effect in OpenAPI 3.0; it is taken as in 3.1; wrap the reference: `allOf: [{ $ref: … }]`",
        ],
        json!({"properties": {"a": {"$ref": "#/info"}, "b": {"allOf": [{"$ref": "#/info"}], "readOnly": true}}}),
    );
}

#[test]
fn empty_things() {
    schema(
        "{allOf: {}, items: [], additionalProperties: 'true', discriminator: {mapping: {}}, oneOf: null, required: null}",
        &[
            "1:2 warning[wrong-type]: `allOf` should be a list, not an object; it is taken as an empty list",
            "1:24 warning[wrong-type]: `additionalProperties` should be `true` or `false`, not a string; it is taken as `true`",
            "1:54 warning[missing-key]: a discriminator object needs the key `propertyName`; this one is left out",
            "1:84 warning[wrong-type]: `oneOf` is null and taken as absent; remove the key, or give it a value",
            "1:97 warning[wrong-type]: `required` is null and taken as absent; remove the key, or give it a value",
            "1:13 warning[wrong-type]: `items` should be an object, not a list; it is taken as an empty object",
        ],
        json!({"allOf": [], "items": {}, "additionalProperties": true}),
    );
}
