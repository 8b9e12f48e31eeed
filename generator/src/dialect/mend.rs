//! What real documents get wrong that a table of keys cannot say: objects in,
//! the objects that their authors meant out, each mend a warning.

use super::check::{Check, Name, Verdict};
use super::structure::Kind;
use super::{parameter, path, schema, security, v2, v3_1, v3_2};
use crate::diagnostic::Code;
use crate::source::{Entries, Node, Value};

use Verdict::{Keep, Remove};

/// Makes an object of what was written as its main part alone.
pub(super) fn shorthand(check: &mut Check<'_>, node: &mut Node, kind: Kind, name: Name<'_>) {
    match kind {
        Kind::Schema => schema::shorthand(check, node, name),
        Kind::Tag => tag(check, node, name),
        Kind::Example => example(check, node, name),
        _ => {}
    }
}

/// Mends an object before its keys are checked.
pub(super) fn before(check: &mut Check<'_>, node: &mut Node, kind: Kind) -> Verdict {
    if kind == Kind::Schema {
        schema::before(check, node);
        return Keep;
    }
    if kind == Kind::PathItem {
        v3_1::path_item(node);
        rename(check, node, "a path item object", method);
        v3_2::path_item(check, node);
    }
    if kind == Kind::MediaType {
        v3_2::media_type(check, node);
    }
    if node.get("$ref").is_some() {
        return Keep;
    }
    match kind {
        Kind::Document => {
            v3_1::document(check, node);
            v3_2::document(check, node);
        }
        Kind::Components => v3_1::components(check, node),
        Kind::Example => v3_2::example(node),
        Kind::Parameter | Kind::Header => {
            v3_2::parameter(check, node);
            parameter::swagger_schema(check, node);
            examples(check, node);
        }
        Kind::SecurityScheme => return security::before(check, node),
        Kind::Paths => rename(check, node, "a paths object", path::with_slash),
        Kind::Responses => rename(check, node, "a responses object", status),
        Kind::MediaType => examples(check, node),
        Kind::Operation => body_parameters(check, node),
        Kind::Server => return server(check, node),
        Kind::Plain
        | Kind::Callback
        | Kind::Encoding
        | Kind::PathItem
        | Kind::Link
        | Kind::Schema
        | Kind::ServerVariable
        | Kind::Tag => {}
    }
    Keep
}

/// Mends an object whose keys have been checked.
pub(super) fn after(check: &mut Check<'_>, node: &mut Node, kind: Kind) -> Verdict {
    match kind {
        Kind::Parameter => parameter::after(check, node),
        Kind::Header => parameter::header(check, node),
        Kind::Encoding => parameter::keep_explode(node),
        Kind::Link => return link(check, node),
        Kind::Operation => callbacks(node),
        Kind::Callback => path_item_references(node),
        Kind::Schema => schema::after(check, node),
        _ => {}
    }
    Keep
}

fn tag(check: &mut Check<'_>, node: &mut Node, name: Name<'_>) {
    if node.as_str().is_some() {
        check.mended(node, name, "a tag object", "the name of the tag");
        wrap(node, "name");
    }
}

fn example(check: &mut Check<'_>, node: &mut Node, name: Name<'_>) {
    const KEYS: [&str; 7] = [
        "$ref",
        "summary",
        "description",
        "value",
        "externalValue",
        "dataValue",
        "serializedValue",
    ];
    let is_example = node
        .as_object()
        .is_some_and(|object| object.is_empty() || object.keys().any(|key| KEYS.contains(&key)));
    if !is_example && node.value != Value::Null {
        check
            .report
            .warn(
                Code::WrongType,
                node.origin,
                format!("{name} should be an example object, and is taken as its value"),
            )
            .help("write the example under `value`");
        wrap(node, "value");
    }
}

/// `examples` as a list, which schemas of OpenAPI 3.1 have.
fn examples(check: &mut Check<'_>, node: &mut Node) {
    if let Value::Object(entries) = &mut node.value
        && let Some(examples) = entries.get_mut("examples")
        && let Value::Array(array) = &mut examples.value
        && !array.is_empty()
    {
        let array = std::mem::take(array);
        check.mended(
            examples,
            Name::Key("examples"),
            "an object",
            "one with the indices as keys",
        );
        examples.value = Value::Object(
            array
                .into_iter()
                .enumerate()
                .map(|(index, node)| (index.to_string(), node))
                .collect(),
        );
    }
}

/// Bodies and form fields among the parameters, as Swagger 2.0 has them.
fn body_parameters(check: &mut Check<'_>, node: &mut Node) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let has_body = entries.contains_key("requestBody");
    let Some(Node {
        origin: list,
        value: Value::Array(parameters),
    }) = entries.get_mut("parameters")
    else {
        return;
    };
    let list = *list;
    if has_body || !parameters.iter().any(v2::is_body) {
        return;
    }
    let (bodies, others): (Vec<_>, Vec<_>) = std::mem::take(parameters)
        .into_iter()
        .partition(v2::is_body);
    *parameters = others;
    for body in &bodies {
        check
            .report
            .warn(
                Code::InvalidValue,
                body.get("in").map_or(body.origin, |place| place.origin),
                "a body is no parameter in OpenAPI 3",
            )
            .help("it is taken as the `requestBody`");
    }
    if let Some(body) = v2::request_body(bodies, list, None, check.report) {
        entries.insert("requestBody", body);
    }
}

/// Makes an object of `node` that has it under `key`.
fn wrap(node: &mut Node, key: &str) {
    let inner = node.clone();
    node.value = Value::Object(Entries::from_iter([(key.to_owned(), inner)]));
}

/// Gives keys that are right but for their case the case that they need.
fn rename(
    check: &mut Check<'_>,
    node: &mut Node,
    name: &str,
    meant: impl Fn(&str) -> Option<String>,
) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    if !entries.keys().any(|key| meant(key).is_some()) {
        return;
    }
    let old = std::mem::take(entries);
    let names: Vec<_> = old.keys().map(str::to_owned).collect();
    for (key, value) in old {
        match meant(&key) {
            Some(right) if !names.contains(&right) => {
                check
                    .report
                    .warn(
                        Code::UnknownKey,
                        value.origin,
                        format!("`{key}` is not a key of {name}"),
                    )
                    .help(format!("it is taken as `{right}`"));
                entries.insert(right, value);
            }
            _ => {
                entries.insert(key, value);
            }
        }
    }
}

/// A method in capitals, as HTTP writes it.
fn method(key: &str) -> Option<String> {
    const METHODS: [&str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let small = key.to_ascii_lowercase();
    (small != key && METHODS.contains(&small.as_str())).then_some(small)
}

/// A range of status codes in small letters, or `Default`.
fn status(key: &str) -> Option<String> {
    let key_without_reason = key.split_whitespace().next().unwrap_or_default();
    let right = match key_without_reason.as_bytes() {
        // `200 OK`.
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => key_without_reason.to_owned(),
        [b'1'..=b'9', b'x' | b'X', b'x' | b'X'] => key_without_reason.to_ascii_uppercase(),
        _ if key.trim().eq_ignore_ascii_case("default") => "default".to_owned(),
        _ => return None,
    };
    (right != key).then_some(right)
}

/// A server with a variable of which no value is known has no URL to send to.
fn server(check: &mut Check<'_>, node: &Node) -> Verdict {
    let Some(variables) = node.get("variables").and_then(Node::as_object) else {
        return Keep;
    };
    let is_set = |value: &Node| !matches!(value.value, Value::Null);
    for (_, variable) in variables.iter() {
        if variable.as_object().is_some() && !variable.get("default").is_some_and(is_set) {
            check
                .report
                .warn(
                    Code::MissingKey,
                    variable.origin,
                    "a server variable object needs the key `default`; the server is left out",
                )
                .help("add the value to send requests to where a program sets none");
            return Remove;
        }
    }
    Keep
}

/// A link names its operation, or it links to nothing.
fn link(check: &mut Check<'_>, node: &mut Node) -> Verdict {
    let origin = node.origin;
    let Value::Object(entries) = &mut node.value else {
        return Keep;
    };
    match (entries.get("operationId"), entries.get("operationRef")) {
        (None, None) => {
            check.report.warn(
                Code::MissingKey,
                origin,
                "a link object needs the key `operationId` or `operationRef`; this one is left out",
            );
            Remove
        }
        (Some(_), Some(other)) => {
            check.report.warn(
                Code::Contradiction,
                other.origin,
                "a link object has either `operationId` or `operationRef`; \
                 `operationRef` is left out",
            );
            entries.remove("operationRef");
            Keep
        }
        _ => Keep,
    }
}

/// `openapiv3` has no references in the callbacks of an operation: those that
/// are one travel as an extension.
fn callbacks(node: &mut Node) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let Some(Node {
        origin,
        value: Value::Object(callbacks),
    }) = entries.get_mut("callbacks")
    else {
        return;
    };
    let origin = *origin;
    let (references, plain): (Entries, Entries) = std::mem::take(callbacks)
        .into_iter()
        .partition(|(_, callback)| callback.get("$ref").is_some());
    *callbacks = plain;
    if !references.is_empty() {
        let value = Node::new(origin, Value::Object(references));
        entries.insert("x-driftless-callbacks", value);
    }
}

/// Nor has it references in the place of a callback's path items.
fn path_item_references(node: &mut Node) {
    let Value::Object(items) = &mut node.value else {
        return;
    };
    if items.contains_key("$ref") {
        return;
    }
    for item in items.values_mut() {
        if let Value::Object(entries) = &mut item.value
            && let Some(reference) = entries.remove("$ref")
        {
            entries.insert("x-driftless-ref", reference);
        }
    }
}
