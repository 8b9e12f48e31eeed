//! What OpenAPI 3.1 added outside of schemas: webhooks, path items among the
//! components, mutual TLS.

use crate::diagnostic::Code;
use crate::dialect::check::Check;
use crate::source::{Entries, Node, Value};

/// Where path items of `components` travel, which `openapiv3` does not know.
const PATH_ITEMS: &str = "x-driftless-path-items";

/// Takes out what the document as a whole has and the client does not need.
pub(in crate::dialect) fn document(check: &mut Check<'_>, node: &mut Node) {
    const DIALECTS: [&str; 2] = [
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://json-schema.org/draft/2020-12/schema",
    ];
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let later = !check.is_3_1();
    if let Some(webhooks) = entries.remove("webhooks").or_else(|| {
        // As it was called before.
        entries.remove("x-webhooks")
    }) && webhooks
        .as_object()
        .is_none_or(|webhooks| !webhooks.is_empty())
    {
        check.report.warn(
            Code::NoEffect,
            webhooks.origin,
            "`webhooks` describe requests to the caller, nothing is generated for them",
        );
    }
    if let Some(dialect) = entries.get("jsonSchemaDialect")
        && !later
        && let Some(uri) = dialect.as_str()
        && DIALECTS.contains(&uri.trim_end_matches('#'))
    {
        entries.remove("jsonSchemaDialect");
    }
    entries.remove("$self");
    let version = entries.get_mut("openapi");
    if let Some(version) = version
        && check.is_3_1()
    {
        version.value = Value::String("3.0.3".to_owned());
    }
}

/// Gives what `openapiv3` has no place for one that it keeps.
pub(in crate::dialect) fn components(check: &mut Check<'_>, node: &mut Node) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    if let Some(items) = entries.remove("pathItems") {
        check.came_with_3_1(items.origin, "pathItems", "it is there");
        entries.insert(PATH_ITEMS.to_owned(), items);
    }
    mutual_tls(check, entries);
}

/// The client's certificate is a matter of its transport, not of requests.
fn mutual_tls(check: &mut Check<'_>, components: &mut Entries) {
    let Some(Node {
        origin,
        value: Value::Object(schemes),
    }) = components.get_mut("securitySchemes")
    else {
        return;
    };
    let origin = *origin;
    let mut names = Vec::new();
    schemes.retain(|name, scheme| {
        let kind = scheme.get("type").and_then(Node::as_str);
        let mutual = kind.is_some_and(|kind| kind.eq_ignore_ascii_case("mutualTLS"));
        if mutual {
            check.came_with_3_1(scheme.origin, "mutualTLS", "it is there");
            names.push(Node::new(scheme.origin, Value::String(name.to_owned())));
        }
        !mutual
    });
    if !names.is_empty() {
        let names = Node::new(origin, Value::Array(names));
        components.insert("x-driftless-mutual-tls", names);
    }
}

/// References to path items follow them to where they travel.
pub(in crate::dialect) fn path_item(node: &mut Node) {
    if let Value::Object(entries) = &mut node.value
        && let Some(reference) = entries.get_mut("$ref")
        && let Value::String(text) = &mut reference.value
        && let Some(rest) = text.strip_prefix("#/components/pathItems/")
    {
        *text = format!("#/components/{PATH_ITEMS}/{rest}");
    }
}
