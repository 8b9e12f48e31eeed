//! Bodies: parameters in the body or in a form in, a request body out.

use super::{media, object, string};
use crate::diagnostic::{Code, Report};
use crate::source::{Entries, Node, Origin, Value};

/// Whether a parameter is the body, or a field of a form.
pub(in crate::dialect) fn is_body(parameter: &Node) -> bool {
    place(parameter).is_some()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Form,
}

fn place(parameter: &Node) -> Option<Place> {
    let place = parameter.get("in")?.as_str()?;
    match place.to_ascii_lowercase().as_str() {
        "body" => Some(Place::Body),
        "formdata" | "form" => Some(Place::Form),
        _ => None,
    }
}

/// Returns the request body that these parameters of the list at `list` are;
/// `None` where there are none.
pub(in crate::dialect) fn request_body(
    parameters: Vec<Node>,
    list: Origin,
    consumes: Option<&[String]>,
    report: &mut Report,
) -> Option<Node> {
    let (bodies, fields): (Vec<_>, Vec<_>) = parameters
        .into_iter()
        .partition(|parameter| place(parameter) == Some(Place::Body));
    let mut bodies = bodies.into_iter();
    let Some(body) = bodies.next() else {
        return form(fields, list, consumes, report);
    };
    for other in bodies.chain(fields) {
        report.warn(
            Code::Contradiction,
            other.origin,
            "an operation has one body; this parameter is left out",
        );
    }
    Some(whole(body, consumes))
}

/// A parameter that is the whole body.
fn whole(body: Node, consumes: Option<&[String]>) -> Node {
    let origin = body.origin;
    let Value::Object(mut entries) = body.value else {
        return body;
    };
    let schema = entries.remove("schema").unwrap_or_else(|| {
        // The keys of a schema in the parameter itself.
        let mut schema = Entries::default();
        for key in ["type", "format", "items", "properties", "enum", "default"] {
            if let Some(node) = entries.remove(key) {
                schema.insert(key, node);
            }
        }
        Node::new(origin, Value::Object(schema))
    });
    let names: Vec<&str> = match consumes {
        Some(names) => names.iter().map(String::as_str).collect(),
        None => vec!["application/json"],
    };
    let content = content(origin, &names, object(origin, [("schema", schema)]));
    entries.retain(|key, _| matches!(key, "description" | "required") || key.starts_with("x-"));
    entries.insert("content", content);
    Node::new(origin, Value::Object(entries))
}

/// Returns the form whose fields are the parameters `fields`. It was written as
/// the list that holds them, and has the place of that list: each field keeps
/// its own.
fn form(
    fields: Vec<Node>,
    list: Origin,
    consumes: Option<&[String]>,
    report: &mut Report,
) -> Option<Node> {
    if fields.is_empty() {
        return None;
    }
    let has_file = fields
        .iter()
        .any(|field| is_file(field) || holds_files(field));
    let consumed: Vec<&str> = consumes
        .unwrap_or_default()
        .iter()
        .map(String::as_str)
        .filter(|name| media::is_form(name))
        // A form in a query string cannot hold a file.
        .filter(|name| !has_file || media::essence(name).starts_with("multipart/"))
        .collect();
    if let (Some(consumes), true) = (consumes, consumed.is_empty()) {
        let used = match has_file {
            true => "multipart/form-data",
            false => "application/x-www-form-urlencoded",
        };
        let what = match has_file {
            true => "a form with a file",
            false => "a form",
        };
        report
            .warn(
                Code::Contradiction,
                list,
                format!(
                    "the fields are those of {what}, which `consumes` has no media type for: {}",
                    consumes.join(", ")
                ),
            )
            .help(format!("it is sent as `{used}`; name that in `consumes`"));
    }
    let names = match (consumed.as_slice(), has_file) {
        ([], true) => vec!["multipart/form-data"],
        ([], false) => vec!["application/x-www-form-urlencoded"],
        _ => consumed,
    };
    let mut properties = Entries::default();
    let mut encoding = Entries::default();
    let mut required = Vec::new();
    for field in fields {
        let origin = field.origin;
        let Some(name) = field.get("name").and_then(Node::as_str).map(str::to_owned) else {
            report.error(
                Code::MissingKey,
                origin,
                "a parameter object needs the key `name`",
            );
            continue;
        };
        let Value::Object(mut entries) = field.value else {
            continue;
        };
        for key in ["name", "in", "allowEmptyValue"] {
            entries.remove(key);
        }
        if let Some(flag) = entries.remove("required")
            && matches!(&flag.value, Value::Bool(true))
        {
            required.push(string(flag.origin, &name));
        }
        let format = entries.remove("collectionFormat");
        let schema = match entries.remove("schema") {
            Some(schema) => schema,
            None => Node::new(origin, Value::Object(entries)),
        };
        // Files of a list are parts of their own, whatever separates texts.
        if is_array(&schema) && !holds_files(&schema) {
            encoding.insert(name.clone(), style(format.as_ref(), origin));
        }
        properties.insert(name, schema);
    }
    let needed = !required.is_empty();
    let mut schema = Entries::from_iter([
        ("type", string(list, "object")),
        ("properties", Node::new(list, Value::Object(properties))),
    ]);
    if needed {
        let required = Node::new(list, Value::Array(required));
        schema.insert("required", required);
    }
    let schema = Node::new(list, Value::Object(schema));
    let mut media_type = object(list, [("schema", schema)]);
    if let Value::Object(entries) = &mut media_type.value
        && !encoding.is_empty()
    {
        let encoding = Node::new(list, Value::Object(encoding));
        entries.insert("encoding", encoding);
    }
    let content = content(list, &names, media_type);
    let needed = Node::new(list, Value::Bool(needed));
    Some(object(list, [("content", content), ("required", needed)]))
}

/// Whether a parameter or a schema is a file.
fn is_file(schema: &Node) -> bool {
    let schema = schema.get("schema").unwrap_or(schema);
    schema.get("type").and_then(Node::as_str) == Some("file")
}

fn is_array(schema: &Node) -> bool {
    schema.get("type").and_then(Node::as_str) == Some("array")
}

/// Whether a parameter or a schema is a list of files.
fn holds_files(schema: &Node) -> bool {
    let schema = schema.get("schema").unwrap_or(schema);
    is_array(schema) && schema.get("items").is_some_and(is_file)
}

/// How a list in a form is written: with commas unless it says otherwise.
fn style(format: Option<&Node>, origin: Origin) -> Node {
    let origin = format.map_or(origin, |format| format.origin);
    let (style, explode) = match format.and_then(Node::as_str) {
        Some("multi") => ("form", true),
        Some("ssv") => ("spaceDelimited", false),
        Some("pipes") => ("pipeDelimited", false),
        Some("tsv") => ("tabDelimited", false),
        _ => ("form", false),
    };
    // A style that OpenAPI 3.0 does not have.
    let key = match style {
        "tabDelimited" => "x-driftless-style",
        _ => "style",
    };
    let explode = Node::new(origin, Value::Bool(explode));
    object(origin, [(key, string(origin, style)), ("explode", explode)])
}

/// The same for each media type: its parts keep the places where they were
/// written, and so stay one and the same.
pub(super) fn content(origin: Origin, names: &[&str], media_type: Node) -> Node {
    let mut content = Entries::default();
    if let Some((last, before)) = names.split_last() {
        for name in before {
            content.insert((*name).to_owned(), media_type.clone());
        }
        content.insert((*last).to_owned(), media_type);
    }
    Node::new(origin, Value::Object(content))
}
