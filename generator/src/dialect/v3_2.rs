//! What OpenAPI 3.2 added: a tree with it in, one that 3.0 allows out, where
//! what 3.0 cannot say travels in keys of our own.

use std::collections::HashMap;

use super::check::Check;
use super::version::Version;
use crate::diagnostic::{Code, is_one_edit, nearest};
use crate::source::{Entries, Node, Origin, Value};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The keys of a path item that are no operations.
const OTHERS: [&str; 5] = ["$ref", "summary", "description", "servers", "parameters"];

/// Says that an older document uses what came with OpenAPI 3.2.
fn came_with_3_2(check: &mut Check<'_>, origin: Origin, key: &str) {
    if check.version >= Version::V3_2 {
        return;
    }
    let version = check.version.name();
    check
        .report
        .warn(
            Code::UnknownKey,
            origin,
            format!("`{key}` came with OpenAPI 3.2; this document is {version}"),
        )
        .help("it is taken as it is there");
}

/// Operations with other methods than the eight of OpenAPI 3.0.
pub(super) fn path_item(check: &mut Check<'_>, node: &mut Node) {
    let origin = node.origin;
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let others: Vec<String> = entries
        .keys()
        .filter(|key| !METHODS.contains(key) && !OTHERS.contains(key) && !key.starts_with("x-"))
        .map(str::to_owned)
        .collect();
    let mut operations = Entries::default();
    for key in others {
        let Some(node) = entries.get(&key) else {
            continue;
        };
        let at = node.origin;
        let is_operation = node.get("responses").is_some() || node.get("operationId").is_some();
        match key.as_str() {
            "additionalOperations" => {
                came_with_3_2(check, at, &key);
                if let Some(Node {
                    value: Value::Object(additional),
                    ..
                }) = entries.remove(&key)
                {
                    operations.extend(additional);
                }
            }
            "query" if node.as_object().is_some() => {
                came_with_3_2(check, at, &key);
                if let Some(operation) = entries.remove(&key) {
                    operations.insert("QUERY", operation);
                }
            }
            _ if is_operation => {
                let message = format!("`{key}` is not a key of a path item object");
                let same = METHODS
                    .into_iter()
                    .find(|method| method.eq_ignore_ascii_case(&key));
                // What is like a method is not that method: a request by another
                // one may do something else.
                if same.is_none()
                    && let Some(meant) = nearest(&key, METHODS)
                {
                    let diagnostic = check.report.error(Code::UnknownKey, at, message);
                    diagnostic.help(format!("did you mean `{meant}`?"));
                    continue;
                }
                let meant = same.filter(|method| !entries.contains_key(method));
                let taken = match meant {
                    Some(meant) => format!("it is taken as `{meant}`"),
                    None => "it is taken as an operation with this method".to_owned(),
                };
                check.report.warn(Code::UnknownKey, at, message).help(taken);
                if let Some(operation) = entries.remove(&key) {
                    match meant {
                        Some(meant) => entries.insert(meant.to_owned(), operation),
                        None => operations.insert(key.to_ascii_uppercase(), operation),
                    };
                }
            }
            // Without an answer it is an operation still.
            _ if node.as_object().is_some() => {
                if let Some(meant) = METHODS.into_iter().find(|known| is_one_edit(&key, known)) {
                    let message = format!("`{key}` is not a key of a path item object");
                    let diagnostic = check.report.error(Code::UnknownKey, at, message);
                    diagnostic.help(format!("did you mean `{meant}`?"));
                    entries.remove(&key);
                }
            }
            _ => {}
        }
    }
    operations.retain(|method, operation| {
        // RFC 9110, section 5.6.2.
        let token = !method.is_empty()
            && method
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        if !token {
            check.report.warn(
                Code::InvalidValue,
                operation.origin,
                format!("`{method}` is no HTTP method; the operation is left out"),
            );
        }
        token
    });
    // The usual methods stay where all look for them.
    for method in METHODS {
        let capitals = method.to_ascii_uppercase();
        let Some(operation) = operations.remove(&capitals) else {
            continue;
        };
        if entries.contains_key(method) {
            check
                .report
                .error(
                    Code::Contradiction,
                    operation.origin,
                    format!("the path has two operations for {capitals}"),
                )
                .help("leave one of them out");
        } else {
            entries.insert(method.to_owned(), operation);
        }
    }
    if !operations.is_empty() {
        let operations = Node::new(origin, Value::Object(operations));
        entries.insert("x-driftless-operations", operations);
    }
}

/// Media types: shared ones, and those whose bodies are streams of items.
pub(super) fn media_type(check: &mut Check<'_>, node: &mut Node) {
    for _ in 0..8 {
        let shared = node
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(|reference| check.shared.media_type(reference).cloned());
        match shared {
            Some(shared) => *node = shared,
            None => break,
        }
    }
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    if let Some(items) = entries.remove("itemSchema") {
        came_with_3_2(check, items.origin, "itemSchema");
        entries.insert("x-driftless-item-schema", items);
    }
}

/// A parameter that is the whole query string.
pub(super) fn parameter(check: &mut Check<'_>, node: &mut Node) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let Some(place) = entries.get_mut("in") else {
        return;
    };
    let whole = place
        .as_str()
        .is_some_and(|place| place.eq_ignore_ascii_case("querystring"));
    if !whole {
        return;
    }
    let origin = place.origin;
    place.value = Value::String("query".to_owned());
    came_with_3_2(check, origin, "querystring");
    let flag = Node::new(origin, Value::Bool(true));
    entries.insert("x-driftless-querystring", flag);
}

/// An example whose value is for people with the data, or for the wire.
pub(super) fn example(node: &mut Node) {
    if let Value::Object(entries) = &mut node.value
        && let Some(value) = entries.remove("dataValue")
    {
        entries.insert_if_absent("value", value);
    }
}

/// The document: tags below tags, and what other stages have used up.
pub(super) fn document(check: &mut Check<'_>, node: &mut Node) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    if let Some(Value::Array(tags)) = entries.get_mut("tags").map(|node| &mut node.value) {
        self::tags(check, tags);
    }
    if let Some(Value::Object(components)) =
        entries.get_mut("components").map(|node| &mut node.value)
        && check.version >= Version::V3_2
    {
        // Put where they are referred to.
        components.remove("mediaTypes");
    }
}

/// A tag below another is a namespace in another.
fn tags(check: &mut Check<'_>, tags: &mut [Node]) {
    let mut parents: HashMap<String, String> = HashMap::new();
    for tag in tags.iter() {
        let text = |key: &str| tag.get(key).and_then(Node::as_str).map(str::to_owned);
        if let (Some(name), Some(parent)) = (text("name"), text("parent")) {
            parents.insert(name, parent);
        }
    }
    if parents.is_empty() {
        return;
    }
    for tag in tags {
        let Value::Object(entries) = &mut tag.value else {
            continue;
        };
        let Some(parent) = entries.remove("parent") else {
            continue;
        };
        let origin = parent.origin;
        came_with_3_2(check, origin, "parent");
        let name = entries
            .get("name")
            .and_then(Node::as_str)
            .map(str::to_owned);
        let Some(name) = name else {
            continue;
        };
        let mut path = vec![name];
        while let Some(above) = path.last().and_then(|last| parents.get(last)) {
            if path.contains(above) {
                check
                    .report
                    .warn(
                        Code::Contradiction,
                        origin,
                        format!("the tag `{above}` is below itself"),
                    )
                    .help("`parent` has no effect here");
                path.truncate(1);
                break;
            }
            path.push(above.clone());
        }
        if path.len() > 1 {
            let path = path.into_iter().rev();
            let path = path.map(|name| Node::new(origin, Value::String(name)));
            let path = Node::new(origin, Value::Array(path.collect()));
            entries.insert_if_absent("x-rust-path", path);
        }
    }
}
