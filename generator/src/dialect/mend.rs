//! What real documents get wrong that a table of keys cannot say: objects in,
//! the objects that their authors meant out, each mend a warning.

use indexmap::IndexMap;

use super::check::{Check, Name, Verdict, listed};
use super::schema;
use super::structure::{Kind, SECURITY_SCHEMES};
use crate::diagnostic::{Code, nearest};
use crate::source::{Node, Value};

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
    if node.get("$ref").is_some() {
        return Keep;
    }
    match kind {
        Kind::Schema => schema::before(check, node),
        Kind::Parameter | Kind::Header => {
            swagger_schema(check, node);
            examples(check, node);
        }
        Kind::SecurityScheme => return security_scheme(check, node),
        Kind::PathItem => rename(check, node, "a path item object", method),
        Kind::Responses => rename(check, node, "a responses object", status),
        Kind::MediaType => examples(check, node),
        Kind::ServerVariable => server_variable(check, node),
        Kind::Plain
        | Kind::Callback
        | Kind::Encoding
        | Kind::Example
        | Kind::Link
        | Kind::Operation
        | Kind::Tag => {}
    }
    Keep
}

/// Mends an object whose keys have been checked.
pub(super) fn after(check: &mut Check<'_>, node: &mut Node, kind: Kind) -> Verdict {
    match kind {
        Kind::Parameter => parameter(check, node),
        Kind::Header => header(check, node),
        Kind::Encoding => keep_explode(node),
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
    const KEYS: [&str; 5] = ["$ref", "summary", "description", "value", "externalValue"];
    let is_example = node.as_object().is_some_and(|object| {
        object.is_empty() || object.keys().any(|key| KEYS.contains(&key.as_str()))
    });
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

/// Makes an object of `node` that has it under `key`.
fn wrap(node: &mut Node, key: &str) {
    let inner = node.clone();
    node.value = Value::Object(IndexMap::from([(key.to_owned(), inner)]));
}

/// Swagger 2.0 wrote the schema's keys into the parameter.
fn swagger_schema(check: &mut Check<'_>, node: &mut Node) {
    const KEYS: [&str; 16] = [
        "type",
        "format",
        "items",
        "default",
        "enum",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "maxItems",
        "minItems",
        "uniqueItems",
        "multipleOf",
    ];
    let origin = node.origin;
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let has_other = entries.contains_key("schema") || entries.contains_key("content");
    let Some(kind) = entries.get("type").filter(|_| !has_other) else {
        return;
    };
    check
        .report
        .warn(
            Code::UnknownKey,
            kind.origin,
            "`type` and its like belong into `schema`",
        )
        .help("OpenAPI 3 has them there; they are taken as the schema");
    let mut schema = IndexMap::new();
    for key in KEYS {
        if let Some(value) = entries.shift_remove(key) {
            schema.insert(key.to_owned(), value);
        }
    }
    entries.insert(
        "schema".to_owned(),
        Node::new(origin, Value::Object(schema)),
    );
}

/// A security scheme has other keys for each `type`, so that one must be right.
fn security_scheme(check: &mut Check<'_>, node: &mut Node) -> Verdict {
    let origin = node.origin;
    let Value::Object(entries) = &mut node.value else {
        return Keep;
    };
    let Some(kind) = entries.get_mut("type") else {
        check.report.error(
            Code::MissingKey,
            origin,
            "a security scheme object needs the key `type`",
        );
        return Remove;
    };
    let Some(text) = kind.as_str() else {
        return Keep;
    };
    let names: Vec<_> = SECURITY_SCHEMES.iter().map(|(name, _)| *name).collect();
    if names.contains(&text) {
        return Keep;
    }
    let message = format!("a security scheme cannot be of type \"{text}\"");
    let known = names.iter().find(|name| name.eq_ignore_ascii_case(text));
    let scheme = ["basic", "bearer"]
        .into_iter()
        .find(|scheme| scheme.eq_ignore_ascii_case(text));
    if let Some(name) = known {
        check
            .report
            .warn(Code::InvalidValue, kind.origin, message)
            .help(format!("it is taken as `{name}`"));
        kind.value = Value::String((*name).to_owned());
        return Keep;
    }
    if let Some(scheme) = scheme {
        check
            .report
            .warn(Code::InvalidValue, kind.origin, message)
            .help(format!("it is taken as type `http` with scheme `{scheme}`"));
        kind.value = Value::String("http".to_owned());
        let value = Node::new(kind.origin, Value::String(scheme.to_owned()));
        entries.entry("scheme".to_owned()).or_insert(value);
        return Keep;
    }
    let help = if text == "mutualTLS" {
        "it came with OpenAPI 3.1; this document is 3.0".to_owned()
    } else {
        match nearest(text, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`? Allowed are {}", listed(&names)),
            None => format!("allowed are {}", listed(&names)),
        }
    };
    check
        .report
        .error(Code::InvalidValue, kind.origin, message)
        .help(help);
    Remove
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
    let names: Vec<_> = old.keys().cloned().collect();
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
    let right = match key.as_bytes() {
        [b'1'..=b'9', b'x' | b'X', b'x' | b'X'] => key.to_ascii_uppercase(),
        _ if key.eq_ignore_ascii_case("default") => "default".to_owned(),
        _ => return None,
    };
    (right != key).then_some(right)
}

/// Without a default, the first allowed value is what a client can use.
fn server_variable(check: &mut Check<'_>, node: &mut Node) {
    let origin = node.origin;
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    if entries.contains_key("default") {
        return;
    }
    let first = entries.get("enum").and_then(|values| values.at(0)).cloned();
    if let Some(first) = first {
        check
            .report
            .warn(
                Code::MissingKey,
                origin,
                "a server variable object needs the key `default`",
            )
            .help("the first value of `enum` stands in");
        entries.insert("default".to_owned(), first);
    }
}

/// What depends on where a parameter goes.
fn parameter(check: &mut Check<'_>, node: &mut Node) {
    let place = node.get("in").and_then(Node::as_str).map(str::to_owned);
    let place = place.as_deref().unwrap_or("query");
    let origin = node.origin;
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let required = entries.get("required").and_then(Node::as_bool);
    if place == "path" && required != Some(true) {
        let at = entries.get("required").map_or(origin, |node| node.origin);
        check
            .report
            .warn(
                Code::MissingKey,
                at,
                "a parameter in the path is always required",
            )
            .help("write `required: true`");
        let value = Node::new(at, Value::Bool(true));
        entries.insert("required".to_owned(), value);
    }
    if place != "query" {
        for key in ["allowReserved", "allowEmptyValue"] {
            without_effect(check, entries, key, place);
        }
    }
    let styles: &[&str] = match place {
        "path" => &["simple", "label", "matrix"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    };
    if let Some(style) = entries.get("style")
        && let Some(text) = style.as_str()
        && !styles.contains(&text)
    {
        check
            .report
            .warn(
                Code::InvalidValue,
                style.origin,
                format!(
                    "the style `{text}` does not exist for parameters in {}",
                    place_name(place)
                ),
            )
            .help(format!(
                "it is left out, and `{}` applies; allowed are {}",
                styles[0],
                listed(styles)
            ));
        entries.shift_remove("style");
    }
    schema_or_content(check, entries, origin, "a parameter object");
}

fn place_name(place: &str) -> &str {
    match place {
        "path" => "the path",
        "header" => "headers",
        "cookie" => "cookies",
        _ => "the query",
    }
}

fn without_effect(
    check: &mut Check<'_>,
    entries: &mut IndexMap<String, Node>,
    key: &str,
    place: &str,
) {
    if let Some(node) = entries.shift_remove(key)
        && node.as_bool() == Some(true)
    {
        check.report.warn(
            Code::NoEffect,
            node.origin,
            format!(
                "`{key}` has no effect on parameters in {}",
                place_name(place)
            ),
        );
    }
}

fn header(check: &mut Check<'_>, node: &mut Node) {
    let origin = node.origin;
    keep_explode(node);
    if let Value::Object(entries) = &mut node.value {
        for key in ["allowReserved", "allowEmptyValue"] {
            without_effect(check, entries, key, "header");
        }
        schema_or_content(check, entries, origin, "a header object");
    }
}

/// A value needs exactly one description of its form.
fn schema_or_content(
    check: &mut Check<'_>,
    entries: &mut IndexMap<String, Node>,
    origin: crate::source::Origin,
    name: &str,
) {
    if let Some(content) = entries.get("content") {
        if entries.contains_key("schema") {
            check.report.warn(
                Code::Contradiction,
                content.origin,
                format!("{name} has either `schema` or `content`; `content` is left out"),
            );
            entries.shift_remove("content");
        } else if content.as_object().is_some_and(IndexMap::is_empty) {
            entries.shift_remove("content");
        } else {
            return;
        }
    }
    if entries.contains_key("schema") {
        return;
    }
    check
        .report
        .warn(
            Code::MissingKey,
            origin,
            format!("{name} needs the key `schema` or `content`"),
        )
        .help("any string is taken");
    let string = Node::new(origin, Value::String("string".to_owned()));
    let schema = IndexMap::from([("type".to_owned(), string)]);
    entries.insert(
        "schema".to_owned(),
        Node::new(origin, Value::Object(schema)),
    );
}

/// `openapiv3` has no `explode` in headers, and in encodings none that could be
/// absent: it travels as an extension.
fn keep_explode(node: &mut Node) {
    if let Value::Object(entries) = &mut node.value
        && let Some(explode) = entries.shift_remove("explode")
    {
        entries.insert("x-driftless-explode".to_owned(), explode);
    }
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
            entries.shift_remove("operationRef");
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
    let (references, plain): (IndexMap<_, _>, IndexMap<_, _>) = std::mem::take(callbacks)
        .into_iter()
        .partition(|(_, callback)| callback.get("$ref").is_some());
    *callbacks = plain;
    if !references.is_empty() {
        let value = Node::new(origin, Value::Object(references));
        entries.insert("x-driftless-callbacks".to_owned(), value);
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
            && let Some(reference) = entries.shift_remove("$ref")
        {
            entries.insert("x-driftless-ref".to_owned(), reference);
        }
    }
}
