//! What is mended, what is refused, and that the result always parses.

mod tolerances;
mod v2;
mod v3_1;
mod v3_2;

use serde_json::{Value as Json, json};

use super::upgrade;
use crate::diagnostic::{Report, Severity};
use crate::parse::prove;
use crate::source::{Input, Source, load};

fn upgraded(text: &str) -> (Source, Report, bool) {
    let mut report = Report::default();
    let inputs = vec![Input {
        path: "openapi.yaml".to_owned(),
        text: text.into(),
    }];
    let mut source = load(inputs, &mut report);
    assert_eq!(report.diagnostics(), [], "{text}");
    let supported = upgrade(&mut source, &mut report);
    (source, report, supported)
}

/// `line:column severity[code]: message; help` of each finding.
fn findings(source: &Source, report: &Report) -> Vec<String> {
    let findings = report.diagnostics().iter();
    findings
        .map(|finding| {
            let position = source.position(finding.origin.expect("a place"));
            let mut text = format!(
                "{}:{} {}[{}]: {}",
                position.line,
                position.column,
                finding.severity.name(),
                finding.code,
                finding.message
            );
            if let Some(help) = &finding.help {
                text.push_str("; ");
                text.push_str(help);
            }
            text
        })
        .collect()
}

/// Checks a fragment, which stands in its own lines at `place` of a document:
/// what is reported, with lines counted in the fragment, and what becomes of
/// it. What becomes of it parses, and nothing of it is lost.
fn check(place: &str, fragment: &str, expected: &[&str], becomes: &Json) {
    const SHELL: &str = "{openapi: 3.0.3, info: {title: t, version: v}, paths: {}, ";
    let keys: Vec<_> = place
        .split('/')
        .skip(1)
        .map(|key| key.replace("~1", "/"))
        .collect();
    let opened: String = keys.iter().map(|key| format!("\"{key}\": {{")).collect();
    let opened = opened.trim_end_matches('{').to_owned();
    let closed = "}".repeat(keys.len());
    let shell = match keys[0].as_str() {
        "paths" => SHELL.replace("paths: {}, ", ""),
        "info" => SHELL.replace("info: {title: t, version: v}, ", ""),
        _ => SHELL.to_owned(),
    };
    let (source, mut report, supported) =
        upgraded(&format!("{shell}{opened}\n{fragment}\n{closed}"));
    assert!(supported);
    let found: Vec<_> = findings(&source, &report)
        .into_iter()
        .map(|finding| {
            let (line, rest) = finding.split_once(':').expect("a line");
            format!("{}:{rest}", line.parse::<usize>().expect("a line") - 1)
        })
        .collect();
    assert_eq!(found, expected, "{fragment}");
    let node = source.entry().root.pointer(place);
    assert_eq!(
        node.map_or(Json::Null, |node| node.to_json()),
        *becomes,
        "{fragment}"
    );
    let before = report.diagnostics().len();
    assert!(prove(&source, &mut report), "{fragment}");
    assert_eq!(&report.diagnostics()[before..], [], "{fragment}");
}

fn schema(fragment: &str, expected: &[&str], becomes: Json) {
    check("/components/schemas/S", fragment, expected, &becomes);
}

#[test]
fn versions() {
    for version in [
        "3.0.0",
        "3.0.3",
        "3.0.4",
        "'3.0'",
        "3.0",
        "3.0.0-rc2",
        "\"3.0.1 \"",
    ] {
        let text = format!("openapi: {version}\ninfo: {{title: t, version: v}}\npaths: {{}}\n");
        let (_, report, supported) = upgraded(&text);
        assert!(supported && !report.has_errors(), "{version}");
    }
    for (text, message) in [
        ("openapi: 3.3.0", "OpenAPI 3.3.0 is not supported"),
        ("openapi: 3.10", "OpenAPI 3.10 is not supported"),
        ("openapi: 3.1.x", "OpenAPI 3.1.x is not supported"),
        ("openapi: 3é", "OpenAPI 3é is not supported"),
        ("openapi: 3.0.x", "OpenAPI 3.0.x is not supported"),
        ("swagger: 1.2", "Swagger 1.2 is not supported"),
        ("swagger: 3.0.0", "Swagger 3.0.0 is not supported"),
        ("openapi: [3]", "OpenAPI a list is not supported"),
        ("openapi:", "OpenAPI null is not supported"),
        (
            "a: 1",
            "the document does not say that it is OpenAPI: it has no key `openapi`",
        ),
        ("[]", "the document is a list, not an object"),
        ("text", "the document is a string, not an object"),
    ] {
        let (source, report, supported) = upgraded(text);
        assert!(!supported, "{text}");
        let found = findings(&source, &report);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("1:1 error["), "{found:?}");
        assert!(found[0].contains(&format!("]: {message}")), "{found:?}");
    }
    let (_, report, supported) = upgraded_unread();
    assert!(!supported && report.diagnostics().len() == 1);
}

/// A text that cannot be read is reported once.
fn upgraded_unread() -> (Source, Report, bool) {
    let mut report = Report::default();
    let inputs = vec![Input {
        path: "openapi.yaml".to_owned(),
        text: "a: [".into(),
    }];
    let mut source = load(inputs, &mut report);
    let supported = upgrade(&mut source, &mut report);
    (source, report, supported)
}

#[test]
fn a_whole_document_passes_untouched() {
    let text = include_str!("tests/whole.yaml");
    let (source, mut report, supported) = upgraded(text);
    assert!(supported);
    assert_eq!(findings(&source, &report), [""; 0]);
    assert!(prove(&source, &mut report));
    assert_eq!(findings(&source, &report), [""; 0]);
    // Only what `openapiv3` cannot hold has another name now.
    let mut inputs = load(
        vec![Input {
            path: String::new(),
            text: text.into(),
        }],
        &mut report,
    );
    let before = inputs.documents.remove(0).root.to_json();
    let mut after = source.entry().root.to_json();
    let schema = &mut after["components"]["schemas"]["Pet"]["properties"]["attributed"];
    schema["xml"] = schema["x-driftless-xml"].take();
    let header = &mut after["paths"]["/pets/{id}"]["get"]["responses"]["200"]["headers"]["X-A"];
    header["explode"] = header["x-driftless-explode"].take();
    let form =
        &mut after["paths"]["/pets/{id}"]["post"]["requestBody"]["content"]["multipart/form-data"];
    let encoding = &mut form["encoding"]["a"];
    encoding["explode"] = encoding["x-driftless-explode"].take();
    let operation = &mut after["paths"]["/pets/{id}"]["get"];
    operation["callbacks"]["cc"] = operation["x-driftless-callbacks"]["cc"].take();
    let item = &mut after["components"]["callbacks"]["C"]["{$url}"];
    item["$ref"] = item["x-driftless-ref"].take();
    for key in ["x-driftless-xml", "x-driftless-explode", "x-driftless-ref"] {
        remove(&mut after, key);
    }
    remove(&mut after, "x-driftless-callbacks");
    assert_eq!(after, before);
}

fn remove(json: &mut Json, key: &str) {
    match json {
        Json::Object(object) => {
            object.remove(key);
            object.values_mut().for_each(|json| remove(json, key));
        }
        Json::Array(array) => array.iter_mut().for_each(|json| remove(json, key)),
        _ => {}
    }
}

#[test]
fn unknown_keys_are_taken_out_and_the_nearest_is_named() {
    check(
        "/paths/~1a/get",
        "{operationID: a,\n requestbody: {}, zzz: 1, X-b: 1, x-a: 1, summary: s, responses: {}}",
        &[
            "1:2 warning[unknown-key]: `operationID` is not a key of an operation object; did you mean `operationId`?",
            "2:2 warning[unknown-key]: `requestbody` is not a key of an operation object; did you mean `requestBody`?",
            "2:19 warning[unknown-key]: `zzz` is not a key of an operation object",
            "2:27 warning[unknown-key]: `X-b` is not a key of an operation object; extensions start with a small `x-`",
        ],
        &json!({"x-a": 1, "summary": "s", "responses": {}}),
    );
    schema(
        "{const: 1, patternProperties: {}, nulable: true}",
        &[
            "1:2 warning[unknown-key]: `const` came with OpenAPI 3.1; this document is 3.0; it is taken as an `enum` of one value",
            "1:12 warning[unknown-key]: `patternProperties` came with OpenAPI 3.1; this document is 3.0; it is taken as `additionalProperties`, whatever the names",
            "1:35 warning[unknown-key]: `nulable` is not a key of a schema object; did you mean `nullable`?",
        ],
        json!({"type": "integer", "enum": [1], "x-driftless-const": true}),
    );
    check(
        "/paths/~1a",
        "{gett: {responses: {}}, query: 1}",
        &[
            "1:2 error[unknown-key]: `gett` is not a key of a path item object; did you mean `get`?",
            "1:25 warning[unknown-key]: `query` is not a key of a path item object; it came with OpenAPI 3.2; this document is 3.0",
        ],
        &json!({}),
    );
    check(
        "/paths/~1a",
        "{GET: {responses: {}}, pst: {operationId: a}, purge: {responses: {}}}",
        &[
            "1:2 warning[unknown-key]: `GET` is not a key of a path item object; it is taken as `get`",
            "1:24 error[unknown-key]: `pst` is not a key of a path item object; did you mean `post`?",
            "1:47 warning[unknown-key]: `purge` is not a key of a path item object; it is taken as an operation with this method",
        ],
        &json!({"get": {"responses": {}}, "x-driftless-operations": {"PURGE": {"responses": {}}}}),
    );
}

#[test]
fn keys_of_the_author_are_not_unknown() {
    schema(
        "{properties: {x-a: {}, typo: {}, $ref: {type: string}, default: {}}, default: {typo: 1}, enum: [{a: 1}]}",
        &[],
        json!({"properties": {"x-a": {}, "typo": {}, "$ref": {"type": "string"}, "default": {}},
            "default": {"typo": 1}, "enum": [{"a": 1}]}),
    );
}

#[test]
fn scalars_of_another_type() {
    check(
        "/info",
        "{title: 1.10, version: 1.0, description: yes, termsOfService: [a]}",
        &[
            "1:2 warning[wrong-type]: `title` should be a string, not a number; it is taken as the string \"1.10\"",
            "1:15 warning[wrong-type]: `version` should be a string, not a number; it is taken as the string \"1.0\"",
            "1:47 warning[wrong-type]: `termsOfService` should be a string, not a list, and is left out",
        ],
        &json!({"title": "1.10", "version": "1.0", "description": "yes"}),
    );
    schema(
        "{nullable: 'true', readOnly: 1, deprecated: maybe, title: null, pattern: {}}",
        &[
            "1:2 warning[wrong-type]: `nullable` should be `true` or `false`, not a string; it is taken as `true`",
            "1:20 warning[wrong-type]: `readOnly` should be `true` or `false`, not a number; it is taken as `true`",
            "1:33 warning[wrong-type]: `deprecated` should be `true` or `false`, not a string; it is left out",
            "1:52 warning[wrong-type]: `title` is null and taken as absent; remove the key, or give it a value",
            "1:65 warning[wrong-type]: `pattern` should be a string, not an object; it is left out",
        ],
        json!({"nullable": true, "readOnly": true}),
    );
    schema(
        "{minimum: '1.5', maximum: true, minLength: 2.0, maxLength: '7', minItems: -1, maxItems: 1.5, minProperties: [], maxProperties: 99999999999999999999999}",
        &[
            "1:2 warning[wrong-type]: `minimum` should be a number, not a string; it is taken as the number that it spells",
            "1:18 warning[wrong-type]: `maximum` should be a number, and is left out",
            "1:49 warning[wrong-type]: `maxLength` should be an integer from 0 on, not a string; it is taken as the number that it spells",
            "1:65 warning[invalid-value]: `minItems` should be an integer from 0 on, and is left out",
            "1:79 warning[invalid-value]: `maxItems` should be an integer from 0 on, and is left out",
            "1:94 warning[wrong-type]: `minProperties` should be an integer from 0 on, and is left out",
            "1:113 warning[invalid-value]: `maxProperties` should be an integer from 0 on, and is left out",
        ],
        json!({"minimum": 1.5, "minLength": 2, "maxLength": 7}),
    );
}

#[test]
fn collections_of_another_type() {
    schema(
        "{required: a, properties: [], allOf: {}, oneOf: {$ref: '#/info'}, items: [{type: string}], anyOf: [{}, null], not: [1, 2]}",
        &[
            "1:2 warning[wrong-type]: `required` should be a list, not a string; it is taken as a list of one",
            "1:15 warning[wrong-type]: `properties` should be an object, not a list; it is taken as an empty object",
            "1:31 warning[wrong-type]: `allOf` should be a list, not an object; it is taken as an empty list",
            "1:42 warning[wrong-type]: `oneOf` should be a list, not an object; it is taken as a list of one",
            "1:104 warning[wrong-type]: an element of `anyOf` is null and taken as absent; remove the key, or give it a value",
            "1:111 warning[wrong-type]: `not` should be an object, not a list; it is left out",
            "1:67 warning[wrong-type]: `items` should be an object, not a list; it is taken as its only element",
        ],
        json!({"required": ["a"], "properties": {}, "allOf": [], "oneOf": [{"$ref": "#/info"}],
            "items": {"type": "string"}, "anyOf": [{}]}),
    );
    schema(
        "{properties: {a: null, b: true, c: false, d: text}, additionalProperties: 'false'}",
        &[
            "1:15 warning[wrong-type]: `a` should be an empty object, not null; it is taken as an empty object",
            "1:24 warning[wrong-type]: `b` should be a schema object, not a boolean; it is taken as one that allows anything",
            "1:33 warning[wrong-type]: `c` should be a schema object, not a boolean; it is taken as one that allows nothing",
            "1:43 warning[wrong-type]: `d` should be a schema object, not a string; it is taken as one that allows anything",
            "1:53 warning[wrong-type]: `additionalProperties` should be `true` or `false`, not a string; it is taken as `false`",
        ],
        json!({"properties": {"a": {}, "b": {}, "c": {"not": {}}, "d": {}}, "additionalProperties": false}),
    );
    check(
        "/security",
        "[{key: null, other: [1]}, null]",
        &[
            "1:3 warning[wrong-type]: `key` should be an empty list, not null; it is taken as an empty list",
            "1:22 warning[wrong-type]: an element of `other` should be a string, not a number; it is taken as the string \"1\"",
            "1:27 warning[wrong-type]: an element of `security` is null and taken as absent; remove the key, or give it a value",
        ],
        &json!([{"key": [], "other": ["1"]}]),
    );
}

#[test]
fn schemas_of_other_dialects() {
    schema(
        "{properties: {a: {type: string, required: true}, b: {type: [string, 'null']}, c: {type: [integer]}, d: {type: 'null'}, e: {type: [a, b]}}}",
        &[
            "1:33 warning[wrong-type]: `required` of a schema is a list of properties; `a` is taken as required in the object that has it",
            "1:54 warning[wrong-type]: `type` should be a string, not a list; it is taken as `string` with `nullable: true`",
            "1:83 warning[wrong-type]: `type` should be a string, not a list; it is taken as `integer`",
            "1:105 warning[invalid-value]: `type` cannot be \"null\" in OpenAPI 3.0; it is taken as `nullable: true` with null as the only value",
            "1:131 warning[invalid-value]: an element of `type` is no type, and is left out; allowed are `string`, `number`, `integer`, `boolean`, `array` and `object` and `null`",
            "1:134 warning[invalid-value]: an element of `type` is no type, and is left out; allowed are `string`, `number`, `integer`, `boolean`, `array` and `object` and `null`",
            "1:124 warning[wrong-type]: `type` should be a string, not a list; it is taken as absent: any value fits",
        ],
        json!({"properties": {"a": {"type": "string"}, "b": {"type": "string", "nullable": true},
            "c": {"type": "integer"}, "d": {"enum": [null], "nullable": true}, "e": {}}, "required": ["a"]}),
    );
    schema(
        "{exclusiveMinimum: 5, minimum: 1, exclusiveMaximum: 1.5, discriminator: kind}",
        &[
            "1:2 warning[wrong-type]: `exclusiveMinimum` should be `true` or `false`, not a number; it is taken as `minimum` with `exclusiveMinimum: true`",
            "1:35 warning[wrong-type]: `exclusiveMaximum` should be `true` or `false`, not a number; it is taken as `maximum` with `exclusiveMaximum: true`",
            "1:58 warning[wrong-type]: `discriminator` should be an object, not a string; it is taken as its `propertyName`",
        ],
        json!({"exclusiveMinimum": true, "minimum": 5, "exclusiveMaximum": true, "maximum": 1.5,
            "discriminator": {"propertyName": "kind"}}),
    );
    schema(
        "{type: string, enum: [1.0, no, true, null, a], not: {enum: []}}",
        &[
            "1:54 warning[invalid-value]: `enum` allows no value at all, and is left out",
            "1:23 warning[wrong-type]: an element of `enum` should be a string, not a number; it is taken as the string \"1.0\"",
            "1:32 warning[wrong-type]: an element of `enum` should be a string, not a boolean; it is taken as the string \"true\"",
        ],
        json!({"type": "string", "enum": ["1.0", "no", "true", null, "a"], "not": {}}),
    );
}

#[test]
fn types_of_other_languages() {
    for (fragment, message, becomes) in [
        (
            "{type: String}",
            "1:2 warning[invalid-value]: `type` cannot be \"String\"; it is taken as `string`",
            json!({"type": "string"}),
        ),
        (
            "{type: int64}",
            "1:2 warning[invalid-value]: `type` cannot be \"int64\"; it is taken as `integer` with format `int64`",
            json!({"type": "integer", "format": "int64"}),
        ),
        (
            "{type: float, format: x}",
            "1:2 warning[invalid-value]: `type` cannot be \"float\"; it is taken as `number` with format `float`",
            json!({"type": "number", "format": "x"}),
        ),
        (
            "{type: strng}",
            "1:2 error[invalid-value]: `type` cannot be \"strng\"; did you mean `string`?",
            json!({}),
        ),
        (
            "{type: custom}",
            "1:2 warning[invalid-value]: `type` cannot be \"custom\"; any value is taken; allowed are `string`, `number`, `integer`, `boolean`, `array` and `object`",
            json!({}),
        ),
    ] {
        schema(fragment, &[message], becomes);
    }
}

#[test]
fn keys_beside_a_reference() {
    schema(
        "{description: d, $ref: '#/info',\n nullable: true, x-a: 1}",
        &[
            "1:2 warning[no-effect]: `description` beside `$ref` has no effect in OpenAPI 3.0; it is taken as in 3.1; wrap the reference: `allOf: [{ $ref: … }]`",
            "2:2 warning[no-effect]: `nullable` beside `$ref` has no effect in OpenAPI 3.0; it is taken as in 3.1; wrap the reference: `allOf: [{ $ref: … }]`",
        ],
        json!({"allOf": [{"$ref": "#/info"}], "description": "d", "nullable": true, "x-a": 1}),
    );
    check(
        "/paths/~1a",
        "{$ref: '#/x', summary: s, get: {responses: {}}}",
        &[
            "1:15 warning[no-effect]: `summary` has no effect beside `$ref`",
            "1:27 error[unsupported]: `get` beside `$ref` is not supported; write the operation in the path item that `$ref` names",
        ],
        &json!({"$ref": "#/x"}),
    );
    schema(
        "{$ref: 1}",
        &["1:2 warning[wrong-type]: `$ref` should be a string, not a number; it is left out"],
        Json::Null,
    );
    check(
        "/paths/~1a/get",
        "{$ref: '#/x'}",
        &["1:2 error[unknown-key]: a reference cannot stand for an operation object"],
        &Json::Null,
    );
}

#[test]
fn missing_keys() {
    let (source, report, _) = upgraded("openapi: 3.0.3\n");
    assert_eq!(
        findings(&source, &report),
        [
            "1:1 warning[missing-key]: the OpenAPI object needs the key `info`",
            "1:1 warning[missing-key]: an info object needs the key `title`",
            "1:1 warning[missing-key]: an info object needs the key `version`",
            "1:1 warning[missing-key]: the OpenAPI object needs the key `paths`",
        ]
    );
    assert_eq!(
        source.entry().root.to_json(),
        json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {}})
    );
    check(
        "/paths/~1a",
        "{get: {requestBody: {}},\n post: {responses: {200: {}}},\n parameters: [{in: query}, {name: a}]}",
        &[
            "1:8 warning[missing-key]: a request body object needs the key `content`",
            "1:2 warning[missing-key]: an operation object needs the key `responses`",
            "2:21 warning[missing-key]: a response object needs the key `description`",
            "3:15 error[missing-key]: a parameter object needs the key `name`",
            "3:28 error[missing-key]: a parameter object needs the key `in`",
        ],
        &json!({"get": {"requestBody": {"content": {}}, "responses": {}},
            "post": {"responses": {"200": {"description": ""}}}, "parameters": []}),
    );
    check(
        "/servers",
        "[{}, {url: '/{a}', variables: {a: {enum: [x, y]}}}, {url: '/{c}', variables: {c: {default: 443}}}]",
        &[
            "1:2 warning[missing-key]: a server object needs the key `url`; this one is left out",
            "1:32 warning[missing-key]: a server variable object needs the key `default`; the server is left out; add the value to send requests to where a program sets none",
            "1:83 warning[wrong-type]: `default` should be a string, not a number; it is taken as the string \"443\"",
        ],
        &json!([{"url": "/{c}", "variables": {"c": {"default": "443"}}}]),
    );
}

#[test]
fn responses_by_status() {
    check(
        "/paths/~1a/get/responses",
        "{200: {description: a}, 4xx: {description: b}, Default: {description: c}, x-a: 1, ok: {}, 2000: {}, 042: {}}",
        &[
            "1:25 warning[unknown-key]: `4xx` is not a key of a responses object; it is taken as `4XX`",
            "1:48 warning[unknown-key]: `Default` is not a key of a responses object; it is taken as `default`",
            "1:83 warning[invalid-value]: `ok` is no status code, and is left out; write a code such as `200`, a range such as `4XX`, or `default`",
            "1:91 error[invalid-value]: `2000` is no status code; write a code such as `200`, a range such as `4XX`, or `default`",
            "1:101 error[invalid-value]: `042` is no status code; write a code such as `200`, a range such as `4XX`, or `default`",
        ],
        &json!({"200": {"description": "a"}, "4XX": {"description": "b"}, "default": {"description": "c"}, "x-a": 1}),
    );
}

#[test]
fn paths_and_methods() {
    check(
        "/paths",
        "{a: {}, x-b: 1, /c: null, /d: {GET: {responses: {}}, get: {responses: {}}}, /e: {Post: {responses: {}}}}",
        &[
            "1:2 warning[unknown-key]: `a` is not a key of a paths object; it is taken as `/a`",
            "1:17 warning[wrong-type]: `/c` should be an empty object, not null; it is taken as an empty object",
            "1:32 warning[unknown-key]: `GET` is not a key of a path item object; it is taken as an operation with this method",
            "1:32 error[contradiction]: the path has two operations for GET; leave one of them out",
            "1:82 warning[unknown-key]: `Post` is not a key of a path item object; it is taken as `post`",
        ],
        &json!({"/a": {}, "x-b": 1, "/c": {}, "/d": {"get": {"responses": {}}}, "/e": {"post": {"responses": {}}}}),
    );
}

#[test]
fn parameters() {
    check(
        "/components/parameters",
        "{a: {name: a, in: path, schema: {}, required: false, allowReserved: true, allowEmptyValue: false},\n\
          b: {name: b, in: header, schema: {}, style: form},\n\
          c: {name: c, in: query, type: array, items: {type: string}, collectionFormat: csv},\n\
          d: {name: 1, in: Query},\n\
          e: {name: e, in: body, schema: {}},\n\
          f: {name: f, in: query, schema: {}, content: {a/b: {}}},\n\
          g: {name: g, in: query, content: {}, style: wrong}}",
        &[
            "1:37 warning[missing-key]: a parameter in the path is always required; write `required: true`",
            "1:54 warning[no-effect]: `allowReserved` has no effect on parameters in the path",
            "2:38 warning[invalid-value]: the style `form` does not exist for parameters in headers; it is left out, and `simple` applies; allowed are `simple`",
            "3:61 warning[unknown-key]: `collectionFormat` is a key of Swagger 2.0; it is taken as style `form`",
            "3:25 warning[unknown-key]: `type` and its like belong into `schema`; OpenAPI 3 has them there; they are taken as the schema",
            "4:5 warning[wrong-type]: `name` should be a string, not a number; it is taken as the string \"1\"",
            "4:14 warning[invalid-value]: `in` cannot be \"Query\"; it is taken as `query`",
            "4:1 warning[missing-key]: a parameter object needs the key `schema` or `content`; any string is taken",
            "5:14 warning[invalid-value]: `in` cannot be \"body\"; it is left out; allowed are `query`, `header`, `path` and `cookie`",
            "5:1 error[missing-key]: a parameter object needs the key `in`",
            "6:37 warning[contradiction]: a parameter object has either `schema` or `content`; `content` is left out",
            "7:38 warning[invalid-value]: `style` cannot be \"wrong\"; it is left out; allowed are `matrix`, `label`, `form`, `simple`, `spaceDelimited`, `pipeDelimited` and `deepObject`",
            "7:1 warning[missing-key]: a parameter object needs the key `schema` or `content`; any string is taken",
        ],
        &json!({
            "a": {"name": "a", "in": "path", "schema": {}, "required": true},
            "b": {"name": "b", "in": "header", "schema": {}},
            "c": {"name": "c", "in": "query", "style": "form", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
            "d": {"name": "1", "in": "query", "schema": {"type": "string"}},
            "f": {"name": "f", "in": "query", "schema": {}},
            "g": {"name": "g", "in": "query", "schema": {"type": "string"}},
        }),
    );
}

#[test]
fn headers_and_encodings() {
    check(
        "/components/headers/H",
        "{name: H, schema: {type: string}, explode: false, style: Simple}",
        &[
            "1:2 warning[unknown-key]: `name` is not a key of a header object",
            "1:51 warning[invalid-value]: `style` cannot be \"Simple\"; it is taken as `simple`",
        ],
        &json!({"schema": {"type": "string"}, "style": "simple", "x-driftless-explode": false}),
    );
    check(
        "/components/requestBodies/B",
        "{content: {a/b: {encoding: {x: {explode: false}, y: {}}, examples: [1, {value: 2}, {id: 3}]}}}",
        &[
            "1:58 warning[wrong-type]: `examples` should be an object, not a list; it is taken as one with the indices as keys",
            "1:69 warning[wrong-type]: `0` should be an example object, and is taken as its value; write the example under `value`",
            "1:84 warning[wrong-type]: `2` should be an example object, and is taken as its value; write the example under `value`",
        ],
        &json!({"content": {"a/b": {"encoding": {"x": {"x-driftless-explode": false}, "y": {}},
            "examples": {"0": {"value": 1}, "1": {"value": 2}, "2": {"value": {"id": 3}}}}}}),
    );
}

#[test]
fn security_schemes() {
    check(
        "/components/securitySchemes",
        "{a: {type: basic},\n\
          b: {type: APIKEY, in: header, name: n, scheme: s},\n\
          c: {type: http}, d: {}, e: {type: mutualTLS}, f: {type: htpp},\n\
          g: {type: oauth2, flows: {implicit: {scopes: null}, application: {}}},\n\
          h: {type: apiKey, name: n, in: path}}",
        &[
            "3:25 warning[unknown-key]: `mutualTLS` came with OpenAPI 3.1; this document is 3.0; it is taken as it is there",
            "1:6 warning[invalid-value]: a security scheme cannot be of type \"basic\"; it is taken as type `http` with scheme `basic`",
            "2:5 warning[invalid-value]: a security scheme cannot be of type \"APIKEY\"; it is taken as `apiKey`",
            "2:40 warning[unknown-key]: `scheme` is not a key of a security scheme object of type `apiKey`",
            "3:1 error[missing-key]: a security scheme object of type `http` needs the key `scheme`",
            "3:18 error[missing-key]: a security scheme object needs the key `type`",
            "3:51 error[invalid-value]: a security scheme cannot be of type \"htpp\"; did you mean `http`? Allowed are `apiKey`, `http`, `oauth2` and `openIdConnect`",
            "4:38 warning[wrong-type]: `scopes` is null and taken as absent; remove the key, or give it a value",
            "4:27 warning[missing-key]: an OAuth flow object of this kind needs the key `authorizationUrl`",
            "4:27 warning[missing-key]: an OAuth flow object of this kind needs the key `scopes`",
            "4:53 warning[unknown-key]: `application` is not a key of an OAuth flows object",
            "5:28 warning[invalid-value]: `in` cannot be \"path\"; it is left out; allowed are `query`, `header` and `cookie`",
            "5:1 error[missing-key]: a security scheme object of type `apiKey` needs the key `in`",
        ],
        &json!({
            "a": {"type": "http", "scheme": "basic"},
            "b": {"type": "apiKey", "in": "header", "name": "n"},
            "g": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "", "scopes": {}}}},
        }),
    );
}

#[test]
fn tags_links_and_callbacks() {
    check(
        "/tags",
        "[a, {name: b}, {}]",
        &[
            "1:2 warning[wrong-type]: an element of `tags` should be a tag object, not a string; it is taken as the name of the tag",
            "1:16 warning[missing-key]: a tag object needs the key `name`; this one is left out",
        ],
        &json!([{"name": "a"}, {"name": "b"}]),
    );
    check(
        "/components/links",
        "{a: {}, b: {operationId: x, operationRef: y}}",
        &[
            "1:2 warning[missing-key]: a link object needs the key `operationId` or `operationRef`; this one is left out",
            "1:29 warning[contradiction]: a link object has either `operationId` or `operationRef`; `operationRef` is left out",
        ],
        &json!({"b": {"operationId": "x"}}),
    );
    check(
        "/paths/~1a/post",
        "{responses: {}, callbacks: {a: {$ref: '#/info'}, b: {x-y: 1, '{$u}': {$ref: '#/y'}}}}",
        &["1:54 warning[no-effect]: `x-y` has no effect in a callback object"],
        &json!({"responses": {}, "callbacks": {"b": {"{$u}": {"x-driftless-ref": "#/y"}}},
            "x-driftless-callbacks": {"a": {"$ref": "#/info"}}}),
    );
}

#[test]
fn deep_schemas_fit_the_stack() {
    let depth = 58;
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: t, version: v}}, paths: {{}}, components: {{schemas: {{S: {}{}}}}}}}",
        "{type: object, properties: {a: ".repeat(depth) + "{typ: 1}",
        "}}".repeat(depth)
    );
    let (source, mut report, _) = upgraded(&text);
    assert_eq!(report.count(Severity::Warning), 1);
    assert!(prove(&source, &mut report));
}

#[test]
fn many_entries_are_checked_as_few_are() {
    use std::fmt::Write;
    let document = |count: usize| {
        let mut text = String::from(
            "openapi: 3.0.3\ninfo: {title: t, version: v}\npaths: {}\n\
             components:\n  schemas: {Pet: {}}\n  parameters:\n",
        );
        for number in 0..count {
            let value = match number % 3 {
                0 => "{name: a, in: query, schema: {}}",
                1 => "[wrong, wrong]",
                _ => "{name: a, in: query, schema: {$ref: '#/components/schemas/Petx'}}",
            };
            writeln!(text, "    Name{number}: {value}").unwrap();
        }
        text
    };
    let (few, all) = (60, 600);
    let (source, report, _) = upgraded(&document(all));
    let lines: Vec<usize> = report
        .diagnostics()
        .iter()
        .map(|finding| source.position(finding.origin.unwrap()).line)
        .collect();
    // A line for each that is wrong, in their order.
    let expected: Vec<usize> = (0..all).filter(|number| number % 3 > 0).collect();
    assert_eq!(
        lines,
        expected.iter().map(|number| number + 7).collect::<Vec<_>>()
    );
    let parameters = source
        .entry()
        .root
        .pointer("/components/parameters")
        .unwrap();
    let kept: Vec<&str> = parameters.as_object().unwrap().keys().collect();
    let named = |number| format!("Name{number}");
    let right: Vec<String> = (0..all)
        .filter(|number| number % 3 != 1)
        .map(named)
        .collect();
    assert_eq!(kept, right);
    // Those of a document with few are the same.
    let (source_of_few, report_of_few, _) = upgraded(&document(few));
    let of_few = findings(&source_of_few, &report_of_few);
    assert_eq!(findings(&source, &report)[..of_few.len()], of_few);
    assert!(of_few[1].contains("did you mean"), "{of_few:?}");
}

#[test]
fn a_schema_that_was_renamed_is_guessed_at_every_reference() {
    let schemas: String = (0..700)
        .map(|number| format!("S{number}: {{items: {{$ref: '#/components/schemas/Pett'}}}}, "))
        .collect();
    let (_, report, _) = upgraded(&format!(
        "{{openapi: 3.0.3, info: {{title: t, version: v}}, paths: {{}}, \
         components: {{schemas: {{{schemas}Pet: {{}}}}}}}}"
    ));
    let help = "did you mean `#/components/schemas/Pet`?";
    let findings = report.diagnostics();
    assert_eq!(findings.len(), 700);
    assert!(
        findings
            .iter()
            .all(|finding| finding.help.as_deref() == Some(help))
    );
}
