//! OpenAPI 3.2: what it added and the client uses, and what it added besides.

use serde_json::{Value as Json, json};

use super::{findings, upgraded};
use crate::parse::prove;

fn document(version: &str) -> String {
    format!(
        "openapi: {version}\n\
         $self: https://example.com/openapi.yaml\n\
         info: {{title: t, version: v}}\n\
         tags: [{{name: a, kind: nav}}, {{name: b, parent: a}}, {{name: c, parent: b}}, {{name: d, parent: e}}, {{name: e, parent: d}}]\n\
         paths:\n  \
           /a/{{id}}:\n    \
             query: {{parameters: [{{name: q, in: querystring, content: {{a/b: {{}}}}}}], responses: {{}}}}\n    \
             additionalOperations: {{COPY: {{responses: {{200: {{description: d, content: {{a/b: {{itemSchema: {{type: string}}}}}}}}}}}}, GET: {{responses: {{}}}}}}\n"
    )
}

#[test]
fn what_is_new_is_kept() {
    let (source, mut report, _) = upgraded(&document("3.2.0"));
    assert_eq!(
        findings(&source, &report),
        [
            "4:84 warning[contradiction]: the tag `d` is below itself; `parent` has no effect here",
            "4:106 warning[contradiction]: the tag `e` is below itself; `parent` has no effect here",
            "4:18 warning[no-effect]: `kind` has no effect on the client",
            "6:3 warning[contradiction]: the path `/a/{id}` names `{id}`, which is not declared; it is taken as a string",
        ]
    );
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let root = source.entry().root.to_json();
    assert_eq!(
        root["tags"],
        json!([{"name": "a"}, {"name": "b", "x-rust-path": ["a", "b"]},
            {"name": "c", "x-rust-path": ["a", "b", "c"]}, {"name": "d"}, {"name": "e"}])
    );
    assert_eq!(
        root["paths"]["/a/{id}"],
        json!({
            "x-driftless-operations": {
                "QUERY": {"responses": {}, "parameters": [
                    {"name": "q", "in": "query", "content": {"a/b": {}}, "x-driftless-querystring": true},
                    id]},
                "COPY": {"parameters": [id], "responses": {"200": {"description": "d",
                    "content": {"a/b": {"x-driftless-item-schema": {"type": "string"}}}}}},
            },
            "get": {"responses": {}, "parameters": [id]},
        })
    );
    assert_eq!(root["$self"], Json::Null);
    assert!(prove(&source, &mut report));
}

#[test]
fn older_documents_are_told() {
    let (source, report, _) = upgraded(&document("3.1.0"));
    let found = findings(&source, &report);
    for said in [
        "7:5 warning[unknown-key]: `query` came with OpenAPI 3.2; this document is 3.1; it is taken as it is there",
        "8:5 warning[unknown-key]: `additionalOperations` came with OpenAPI 3.2; this document is 3.1; it is taken as it is there",
    ] {
        assert!(found.iter().any(|finding| finding == said), "{found:#?}");
    }
    assert!(!report.has_errors(), "{found:#?}");
}

#[test]
fn shared_media_types_stand_where_they_are_named() {
    let (source, report, _) = upgraded(
        "openapi: 3.2.0\ninfo: {title: t, version: v}\n\
         components:\n  \
           mediaTypes: {M: {schema: {type: [string, 'null']}}}\n  \
           responses: {R: {description: d, content: {a/b: {$ref: '#/components/mediaTypes/M'}}}}\n",
    );
    assert_eq!(findings(&source, &report), [""; 0]);
    let root = source.entry().root.to_json();
    assert_eq!(
        root["components"],
        json!({"responses": {"R": {"description": "d", "content": {
            "a/b": {"schema": {"type": "string", "nullable": true}}}}}})
    );
}

#[test]
fn two_operations_with_one_method() {
    let (source, report, _) = upgraded(
        "openapi: 3.2.0\ninfo: {title: t, version: v}\npaths:\n /a:\n  get: {}\n  additionalOperations: {GET: {}}\n",
    );
    assert_eq!(
        findings(&source, &report),
        ["6:26 error[contradiction]: the path has two operations for GET; leave one of them out"]
    );
}
