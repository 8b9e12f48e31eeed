//! What real documents get wrong in schemas: a schema in, the schema that its
//! author meant out, each mend a warning.

use indexmap::IndexMap;

use super::check::{Check, Name};
use super::scalar;
use super::structure::TYPES;
use crate::diagnostic::Code;
use crate::source::{Node, Value};

/// `true` and `false` are schemas in OpenAPI 3.1.
pub(super) fn shorthand(check: &mut Check<'_>, node: &mut Node, name: Name<'_>) {
    let Value::Bool(allowed) = node.value else {
        return;
    };
    let (value, taken) = if allowed {
        (IndexMap::new(), "one that allows anything")
    } else {
        let anything = Node::new(node.origin, Value::Object(IndexMap::new()));
        let not = IndexMap::from([("not".to_owned(), anything)]);
        (not, "one that allows nothing")
    };
    check.mended(node, name, "a schema object", taken);
    node.value = Value::Object(value);
}

/// Mends a schema before its keys are checked.
pub(super) fn before(check: &mut Check<'_>, node: &mut Node) {
    if let Value::Object(entries) = &mut node.value {
        types(check, entries);
        required(check, entries);
        exclusive(check, entries, "exclusiveMinimum", "minimum");
        exclusive(check, entries, "exclusiveMaximum", "maximum");
        discriminator(check, entries);
    }
}

/// Mends a schema whose keys have been checked.
pub(super) fn after(check: &mut Check<'_>, node: &mut Node) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    enumeration(check, entries);
    // `openapiv3` has no `xml`: it travels as an extension.
    if let Some(xml) = entries.shift_remove("xml") {
        entries.insert("x-driftless-xml".to_owned(), xml);
    }
}

/// Names of types that other languages use, and lists of types.
fn types(check: &mut Check<'_>, entries: &mut IndexMap<String, Node>) {
    let Some(kind) = entries.get_mut("type") else {
        return;
    };
    let origin = kind.origin;
    if let Value::Array(array) = &kind.value {
        let names: Vec<_> = array.iter().filter_map(Node::as_str).collect();
        let nullable = names.contains(&"null");
        let mut others = names.iter().filter(|name| **name != "null");
        let (Some(only), None, true) = (
            others.next().map(|name| (*name).to_owned()),
            others.next(),
            names.len() == array.len(),
        ) else {
            return;
        };
        let taken = if nullable {
            format!("`{only}` with `nullable: true`")
        } else {
            format!("`{only}`")
        };
        check.mended(kind, Name::Key("type"), "a string", &taken);
        kind.value = Value::String(only);
        if nullable {
            let value = Node::new(origin, Value::Bool(true));
            entries.insert("nullable".to_owned(), value);
        }
        return;
    }
    let Some(text) = kind.as_str() else {
        return;
    };
    if text == "null" {
        only_null(check, entries);
        return;
    }
    let (meant, format) = match text.to_ascii_lowercase().as_str() {
        _ if TYPES.contains(&text) => return,
        "int" | "long" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" => ("integer", Some("int64")),
        "bool" => ("boolean", None),
        "str" => ("string", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "decimal" => ("number", None),
        "list" => ("array", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "file" => ("string", Some("binary")),
        _ => return,
    };
    let taken = match format {
        Some(format) => format!("it is taken as `{meant}` with format `{format}`"),
        None => format!("it is taken as `{meant}`"),
    };
    check
        .report
        .warn(
            Code::InvalidValue,
            origin,
            format!("`type` cannot be \"{text}\""),
        )
        .help(taken);
    kind.value = Value::String(meant.to_owned());
    if let Some(format) = format {
        let value = Node::new(origin, Value::String(format.to_owned()));
        entries.entry("format".to_owned()).or_insert(value);
    }
}

/// The type of null alone, which OpenAPI 3.1 has; 3.0 says it by its only
/// value.
fn only_null(check: &mut Check<'_>, entries: &mut IndexMap<String, Node>) {
    let Some(kind) = entries.shift_remove("type") else {
        return;
    };
    check
        .report
        .warn(
            Code::InvalidValue,
            kind.origin,
            "`type` cannot be \"null\" in OpenAPI 3.0",
        )
        .help("it is taken as `nullable: true` with null as the only value");
    let null = Node::new(kind.origin, Value::Null);
    let values = Node::new(kind.origin, Value::Array(vec![null]));
    entries.insert("enum".to_owned(), values);
    let nullable = Node::new(kind.origin, Value::Bool(true));
    entries.insert("nullable".to_owned(), nullable);
}

/// `required: true` on a property, as the third draft of JSON Schema had it.
fn required(check: &mut Check<'_>, entries: &mut IndexMap<String, Node>) {
    let Some(required) = entries.get("required") else {
        return;
    };
    let boolean = match &required.value {
        Value::Bool(_) => true,
        Value::String(text) => scalar::boolean(text).is_some(),
        _ => false,
    };
    if boolean {
        check
            .report
            .warn(
                Code::WrongType,
                required.origin,
                "`required` of a schema is a list of properties, and is left out",
            )
            .help("name the property in the `required` of the object that has it");
        entries.shift_remove("required");
    }
}

/// The exclusive bounds of OpenAPI 3.1 are numbers.
fn exclusive(
    check: &mut Check<'_>,
    entries: &mut IndexMap<String, Node>,
    exclusive: &str,
    inclusive: &str,
) {
    let Some(bound) = entries.get_mut(exclusive) else {
        return;
    };
    let Value::Number(number) = bound.value else {
        return;
    };
    let origin = bound.origin;
    check.mended(
        bound,
        Name::Key(exclusive),
        "`true` or `false`",
        &format!("`{inclusive}` with `{exclusive}: true`"),
    );
    bound.value = Value::Bool(true);
    let value = Node::new(origin, Value::Number(number));
    entries.insert(inclusive.to_owned(), value);
}

/// The discriminator of Swagger 2.0 is the name of the property.
fn discriminator(check: &mut Check<'_>, entries: &mut IndexMap<String, Node>) {
    if let Some(discriminator) = entries.get_mut("discriminator")
        && discriminator.as_str().is_some()
    {
        check.mended(
            discriminator,
            Name::Key("discriminator"),
            "an object",
            "its `propertyName`",
        );
        let name = discriminator.clone();
        let object = IndexMap::from([("propertyName".to_owned(), name)]);
        discriminator.value = Value::Object(object);
    }
}

/// Values of strings that YAML reads as something else: `no`, `1.0`.
fn enumeration(check: &mut Check<'_>, entries: &mut IndexMap<String, Node>) {
    let strings = entries.get("type").and_then(Node::as_str) == Some("string");
    let Some(values) = entries.get_mut("enum") else {
        return;
    };
    let Value::Array(array) = &mut values.value else {
        return;
    };
    if array.is_empty() {
        check.report.warn(
            Code::InvalidValue,
            values.origin,
            "`enum` allows no value at all, and is left out",
        );
        entries.shift_remove("enum");
        return;
    }
    if !strings {
        return;
    }
    for value in array {
        if matches!(value.value, Value::Number(_) | Value::Bool(_))
            && let Some(text) = scalar::text(value, check.source)
        {
            check.mended(
                value,
                Name::Element(&Name::Key("enum")),
                "a string",
                &format!("the string \"{text}\""),
            );
            value.value = Value::String(text);
        }
    }
}
