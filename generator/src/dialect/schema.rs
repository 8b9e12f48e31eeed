//! What real documents get wrong in schemas: a schema in, the schema that its
//! author meant out, each mend a warning.

use std::collections::HashSet;

use super::check::{Check, Name};
use super::version::Version;
use super::{near_miss, scalar, shared, v3_1};
use crate::diagnostic::Code;
use crate::source::{Entries, Node, Value};

/// `true` and `false` are schemas in OpenAPI 3.1.
pub(super) fn shorthand(check: &mut Check<'_>, node: &mut Node, name: Name<'_>) {
    let allowed = match &node.value {
        Value::Bool(allowed) => *allowed,
        Value::Object(_) | Value::Null => return,
        Value::Array(array)
            if array.len() < 2 && array.iter().all(|it| it.as_object().is_some()) =>
        {
            return;
        }
        // What nobody can tell does not forbid anything either.
        _ if matches!(name, Name::Key("not")) => return,
        _ => {
            check.mended(node, name, "a schema object", "one that allows anything");
            shared::any(node);
            return;
        }
    };
    let (value, taken) = if allowed {
        (Entries::default(), "one that allows anything")
    } else {
        let anything = Node::new(node.origin, Value::Object(Entries::default()));
        let not = Entries::from_iter([("not", anything)]);
        (not, "one that allows nothing")
    };
    if !check.is_3_1() {
        check.mended(node, name, "a schema object", taken);
    }
    node.value = Value::Object(value);
}

/// Mends a schema before its keys are checked.
pub(super) fn before(check: &mut Check<'_>, node: &mut Node) {
    v3_1::schema(check, node);
    if let Value::Object(entries) = &mut node.value
        && !entries.contains_key("$ref")
    {
        required_properties(check, entries);
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
    near_miss::format(check, entries);
    enumeration(check, entries);
    // `openapiv3` has no `xml`: it travels as an extension.
    if let Some(xml) = entries.remove("xml") {
        entries.insert("x-driftless-xml", xml);
    }
}

/// `required: true` on properties: the object requires them.
fn required_properties(check: &mut Check<'_>, entries: &mut Entries) {
    let Some(Value::Object(properties)) = entries.get_mut("properties").map(|node| &mut node.value)
    else {
        return;
    };
    let mut names = Vec::new();
    for (name, property) in properties {
        let Value::Object(property) = &mut property.value else {
            continue;
        };
        let says = property.get("required").and_then(|node| match &node.value {
            Value::Bool(says) => Some((*says, node.origin)),
            Value::String(text) => Some((scalar::boolean(text)?, node.origin)),
            _ => None,
        });
        let Some((says, origin)) = says else {
            continue;
        };
        property.remove("required");
        let taken = if says {
            names.push(Node::new(origin, Value::String(name.to_owned())));
            format!("`{name}` is taken as required in the object that has it")
        } else {
            "it is left out".to_owned()
        };
        check
            .report
            .warn(
                Code::WrongType,
                origin,
                "`required` of a schema is a list of properties",
            )
            .help(taken);
    }
    let Some(first) = names.first() else {
        return;
    };
    let list = Node::new(first.origin, Value::Array(Vec::new()));
    let required = entries.get_or_insert_with("required", || list);
    match &required.value {
        Value::Array(_) => {}
        Value::String(_) => required.value = Value::Array(vec![required.clone()]),
        _ => required.value = Value::Array(Vec::new()),
    }
    if let Value::Array(list) = &mut required.value {
        for name in names {
            if !list.iter().any(|other| other.as_str() == name.as_str()) {
                list.push(name);
            }
        }
    }
}

/// `required: true`, as the third draft of JSON Schema had it.
fn required(check: &mut Check<'_>, entries: &mut Entries) {
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
        entries.remove("required");
    }
}

/// The exclusive bounds of OpenAPI 3.1 are numbers.
fn exclusive(check: &mut Check<'_>, entries: &mut Entries, exclusive: &str, inclusive: &str) {
    let Some(bound) = entries.get_mut(exclusive) else {
        return;
    };
    let Value::Number(number) = bound.value else {
        return;
    };
    let origin = bound.origin;
    if !check.is_3_1() {
        check.mended(
            bound,
            Name::Key(exclusive),
            "`true` or `false`",
            &format!("`{inclusive}` with `{exclusive}: true`"),
        );
    }
    bound.value = Value::Bool(true);
    // With both, the one that allows less is the bound.
    let other = entries.get(inclusive).and_then(|node| match node.value {
        Value::Number(number) => Some(scalar::float(number)),
        _ => None,
    });
    let own = scalar::float(number);
    let tighter = other.is_some_and(|other| match inclusive {
        "minimum" => other > own,
        _ => other < own,
    });
    if tighter {
        entries.remove(exclusive);
        return;
    }
    let value = Node::new(origin, Value::Number(number));
    entries.insert(inclusive.to_owned(), value);
}

/// The discriminator of Swagger 2.0 is the name of the property; that of OpenAPI
/// 3.2 may have a default, which travels as an extension.
fn discriminator(check: &mut Check<'_>, entries: &mut Entries) {
    if check.version >= Version::V3_2
        && let Some(discriminator) = entries.get_mut("discriminator")
        && let Value::Object(discriminator) = &mut discriminator.value
        && let Some(target) = discriminator.remove("defaultMapping")
    {
        if target.as_str().is_some() {
            discriminator.insert("x-driftless-default-mapping", target);
        } else {
            let name = Name::Key("defaultMapping");
            let _ = check.wrong(&target, name, "the name of a schema, or a reference");
        }
    }
    if let Some(discriminator) = entries.get_mut("discriminator")
        && discriminator.as_str().is_some()
    {
        if check.version != Version::V2 {
            check.mended(
                discriminator,
                Name::Key("discriminator"),
                "an object",
                "its `propertyName`",
            );
        }
        let name = discriminator.clone();
        let object = Entries::from_iter([("propertyName", name)]);
        discriminator.value = Value::Object(object);
    }
}

/// Values of strings that YAML reads as something else: `no`, `1.0`.
fn enumeration(check: &mut Check<'_>, entries: &mut Entries) {
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
        entries.remove("enum");
        return;
    }
    if strings {
        strings_of(check, array);
    }
    let name = |value: &Node| {
        let text = value.as_str();
        text.is_some_and(|text| text.parse::<f64>().is_err() && text.parse::<bool>().is_err())
    };
    let names = array.iter().any(name)
        && array
            .iter()
            .all(|value| value.value == Value::Null || name(value));
    let mut seen = HashSet::new();
    array.retain(|value| {
        let new = seen.insert(value.to_json().to_string());
        if !new {
            check.report.warn(
                Code::InvalidValue,
                value.origin,
                "`enum` has this value already; it is left out",
            );
        }
        new
    });
    if names {
        names_of(check, entries);
    }
}

/// Values that are all names belie a type of numbers: they are what was written
/// by hand, or by a tool that knows how enums are sent.
fn names_of(check: &mut Check<'_>, entries: &mut Entries) {
    let Some(json_type) = entries.get_mut("type") else {
        return;
    };
    let Some(written @ ("integer" | "number" | "boolean")) = json_type.as_str() else {
        return;
    };
    check
        .report
        .warn(
            Code::Contradiction,
            json_type.origin,
            format!("the type is `{written}`, and all values of `enum` are strings"),
        )
        .help("it is taken as `string`");
    json_type.value = Value::String("string".to_owned());
    // It described the numbers.
    if let Some(format) = entries.get("format") {
        check.report.warn(
            Code::NoEffect,
            format.origin,
            "`format` has no effect: it is one of numbers",
        );
        entries.remove("format");
    }
}

fn strings_of(check: &mut Check<'_>, values: &mut [Node]) {
    for value in values {
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
