//! What real documents get wrong in parameters, headers and encodings: objects
//! in, the objects that their authors meant out, each mend a warning.

use super::check::{Check, listed};
use super::version::Version;
use crate::diagnostic::Code;
use crate::source::{Entries, Node, Origin, Value};

/// Swagger 2.0 wrote the schema's keys into the parameter.
pub(super) fn swagger_schema(check: &mut Check<'_>, node: &mut Node) {
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
    collection_format(check, entries);
    let has_other = entries.contains_key("schema") || entries.contains_key("content");
    let Some(kind) = entries.get("type").filter(|_| !has_other) else {
        return;
    };
    if check.version != Version::V2 {
        check
            .report
            .warn(
                Code::UnknownKey,
                kind.origin,
                "`type` and its like belong into `schema`",
            )
            .help("OpenAPI 3 has them there; they are taken as the schema");
    }
    let mut schema = Entries::default();
    for key in KEYS {
        if let Some(value) = entries.remove(key) {
            schema.insert(key, value);
        }
    }
    entries.insert(
        "schema".to_owned(),
        Node::new(origin, Value::Object(schema)),
    );
}

/// How Swagger 2.0 writes lists: with commas unless it says otherwise.
fn collection_format(check: &mut Check<'_>, entries: &mut Entries) {
    let format = entries.remove("collectionFormat");
    let swagger = check.version == Version::V2;
    let Some(kind) = entries
        .get("type")
        .or_else(|| entries.get("schema")?.get("type"))
    else {
        return;
    };
    let is_list = kind.as_str() == Some("array");
    let origin = format.as_ref().map_or(kind.origin, |format| format.origin);
    let Some(name) = format.as_ref().map_or(Some("csv"), Node::as_str) else {
        return;
    };
    if !is_list || (format.is_none() && !swagger) {
        return;
    }
    let place = entries.get("in").and_then(Node::as_str);
    let place = place.unwrap_or("response header").to_ascii_lowercase();
    let (style, explode) = match name {
        "multi" => ("form", true),
        "ssv" => ("spaceDelimited", false),
        "pipes" => ("pipeDelimited", false),
        "tsv" => ("tabDelimited", false),
        "csv" => ("form", false),
        other => {
            check
                .report
                .error(
                    Code::InvalidValue,
                    origin,
                    format!("`collectionFormat` cannot be \"{other}\""),
                )
                .help("write `csv`, `ssv`, `tsv`, `pipes` or `multi`");
            ("form", false)
        }
    };
    if !swagger {
        check
            .report
            .warn(
                Code::UnknownKey,
                origin,
                "`collectionFormat` is a key of Swagger 2.0",
            )
            .help(format!("it is taken as style `{style}`"));
    }
    let style_key = match (&*place, style) {
        ("query", "tabDelimited") => "x-driftless-style",
        ("query", _) => "style",
        // OpenAPI 3 has no such styles there, so `style` could not say it.
        (
            "path" | "header" | "response header",
            "spaceDelimited" | "pipeDelimited" | "tabDelimited",
        ) => "x-driftless-style",
        (_, "form") if !explode => return,
        _ => {
            check
                .report
                .warn(
                    Code::NoEffect,
                    origin,
                    format!("the `collectionFormat` {name} has no effect in a {place}"),
                )
                .help("the client separates the items by commas");
            return;
        }
    };
    let style = Node::new(origin, Value::String(style.to_owned()));
    entries.insert_if_absent(style_key.to_owned(), style);
    let explode = Node::new(origin, Value::Bool(explode));
    entries.insert_if_absent("explode", explode);
}

/// What depends on where a parameter goes.
pub(super) fn after(check: &mut Check<'_>, node: &mut Node) {
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
        entries.insert("required", value);
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
        entries.remove("style");
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

fn without_effect(check: &mut Check<'_>, entries: &mut Entries, key: &str, place: &str) {
    if let Some(node) = entries.remove(key)
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

/// A header is a parameter without a name.
pub(super) fn header(check: &mut Check<'_>, node: &mut Node) {
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
fn schema_or_content(check: &mut Check<'_>, entries: &mut Entries, origin: Origin, name: &str) {
    if let Some(content) = entries.get("content") {
        if entries.contains_key("schema") {
            check.report.warn(
                Code::Contradiction,
                content.origin,
                format!("{name} has either `schema` or `content`; `content` is left out"),
            );
            entries.remove("content");
        } else if content.as_object().is_some_and(Entries::is_empty) {
            entries.remove("content");
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
    let schema = Entries::from_iter([("type", string)]);
    entries.insert(
        "schema".to_owned(),
        Node::new(origin, Value::Object(schema)),
    );
}

/// `openapiv3` has no `explode` in headers, and in encodings none that could be
/// absent: it travels as an extension.
pub(super) fn keep_explode(node: &mut Node) {
    if let Value::Object(entries) = &mut node.value
        && let Some(explode) = entries.remove("explode")
    {
        entries.insert("x-driftless-explode", explode);
    }
}
