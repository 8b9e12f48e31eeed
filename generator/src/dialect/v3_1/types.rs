//! Types: a `type` as its author wrote it in, at most one of OpenAPI 3.0's
//! types out. Several types become alternatives, null becomes `nullable`.

use super::{boolean, null, string};
use crate::diagnostic::{Code, is_one_edit, nearest};
use crate::dialect::check::{Check, Name, listed};
use crate::dialect::structure::TYPES;
use crate::dialect::version::Version;
use crate::source::{Entries, Node, Origin, Value};
use crate::string_format::is_of_numbers;

/// Brings `type` into the form of OpenAPI 3.0.
pub(super) fn types(check: &mut Check<'_>, entries: &mut Entries) {
    let Some(kind) = entries.get("type") else {
        return;
    };
    match &kind.value {
        Value::String(name) if TYPES.contains(&name.as_str()) => return,
        // Taken as absent where keys are checked.
        Value::Null if !check.is_3_1() => return,
        _ => {}
    }
    let Some(kind) = entries.remove("type") else {
        return;
    };
    let origin = kind.origin;
    match kind.value {
        Value::String(name) if name == "null" => {
            if !check.is_3_1() {
                let version = check.version.title();
                check
                    .report
                    .warn(
                        Code::InvalidValue,
                        origin,
                        format!("`type` cannot be \"null\" in {version}"),
                    )
                    .help("it is taken as `nullable: true` with null as the only value");
            }
            null::only_null(entries, origin);
        }
        Value::String(name) => named(check, entries, &name, origin),
        Value::Array(names) => list(check, entries, names, origin),
        Value::Null => {
            check.mended(
                &Node::new(origin, Value::Null),
                Name::Key("type"),
                "a string",
                "the string \"null\"",
            );
            null::only_null(entries, origin);
        }
        value => {
            let node = Node::new(origin, value);
            check.mended(
                &node,
                Name::Key("type"),
                "a string",
                "absent: any value fits",
            );
        }
    }
}

/// A type that OpenAPI has another name for.
fn named(check: &mut Check<'_>, entries: &mut Entries, name: &str, origin: Origin) {
    if name == "file" && check.version == Version::V2 {
        entries.insert("type", string(origin, "string"));
        entries.insert("format", string(origin, "binary"));
        return;
    }
    let message = format!("`type` cannot be \"{name}\"");
    let element = name.strip_suffix("[]").map(str::trim);
    let taken = if let Some((meant, format)) = meant(name) {
        entries.insert("type", string(origin, meant));
        match format {
            Some(format) => {
                let value = string(origin, format);
                entries.insert_if_absent("format", value);
                format!("it is taken as `{meant}` with format `{format}`")
            }
            None => format!("it is taken as `{meant}`"),
        }
    } else if let Some(element) = element.filter(|_| !entries.contains_key("items")) {
        entries.insert("type", string(origin, "array"));
        let mut items = Entries::default();
        if element != "any" {
            items.insert("type", string(origin, element));
        }
        // What the element's type is called is seen to when it is checked.
        entries.insert("items", Node::new(origin, Value::Object(items)));
        format!("it is taken as a list of `{element}`")
    } else {
        if let Some(meant) = TYPES.iter().find(|known| is_one_edit(name, known)) {
            check
                .report
                .error(Code::InvalidValue, origin, message)
                .help(format!("did you mean `{meant}`?"));
            return;
        }
        let nearest = nearest(name, TYPES.iter().copied());
        match nearest {
            Some(nearest) => format!("any value is taken; did you mean `{nearest}`?"),
            None => format!("any value is taken; allowed are {}", listed(TYPES)),
        }
    };
    check
        .report
        .warn(Code::InvalidValue, origin, message)
        .help(taken);
}

/// The type, and the format, of a name that other languages use.
fn meant(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let small = name.trim().to_ascii_lowercase();
    Some(match small.as_str() {
        "int" | "long" | "short" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" => ("integer", Some("int64")),
        "bool" => ("boolean", None),
        "str" | "text" | "enum" => ("string", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "decimal" => ("number", None),
        "list" => ("array", None),
        "map" | "dict" | "dictionary" | "hash" | "json" => ("object", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" | "timestamp" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "url" | "uri" => ("string", Some("uri")),
        "file" | "binary" => ("string", Some("binary")),
        other => {
            return TYPES
                .iter()
                .find(|name| **name == other)
                .map(|name| (*name, None));
        }
    })
}

/// Several types at once, null perhaps among them.
fn list(check: &mut Check<'_>, entries: &mut Entries, names: Vec<Node>, origin: Origin) {
    let mut nullable = None;
    let mut types: Vec<(&'static str, Origin)> = Vec::new();
    for node in &names {
        let name = match &node.value {
            Value::String(name) => name.as_str(),
            Value::Null => "null",
            _ => "",
        };
        let known = TYPES.iter().find(|known| **known == name).copied();
        match known.or_else(|| meant(name).map(|(meant, _)| meant)) {
            Some(known) if types.iter().all(|(other, _)| *other != known) => {
                types.push((known, node.origin));
            }
            Some(_) => {}
            None if name == "null" => nullable = Some(node.origin),
            None => {
                let origin = node.origin;
                check
                    .report
                    .warn(
                        Code::InvalidValue,
                        origin,
                        "an element of `type` is no type, and is left out",
                    )
                    .help(format!("allowed are {} and `null`", listed(TYPES)));
            }
        }
    }
    if types.iter().any(|(name, _)| *name == "number") {
        // Integers are numbers.
        types.retain(|(name, _)| *name != "integer");
    }
    let taken = taken(&types, nullable.is_some());
    if !check.is_3_1() {
        let node = Node::new(origin, Value::Array(Vec::new()));
        check.mended(&node, Name::Key("type"), "a string", &taken);
    }
    if let Some(origin) = nullable {
        entries.insert("nullable", boolean(origin, true));
    }
    match types.as_slice() {
        [] => {
            if let Some(origin) = nullable {
                null::only_null(entries, origin);
            }
        }
        [(only, _)] => {
            entries.insert("type", string(origin, only));
        }
        _ => alternatives(check, entries, &types, origin),
    }
}

fn taken(types: &[(&str, Origin)], nullable: bool) -> String {
    let taken = match types {
        [] if nullable => "null as the only value".to_owned(),
        [] => "absent: any value fits".to_owned(),
        [(only, _)] => format!("`{only}`"),
        _ => "`anyOf` with one type each".to_owned(),
    };
    if nullable && !types.is_empty() {
        format!("{taken} with `nullable: true`")
    } else {
        taken
    }
}

/// One alternative for each type, each with the keywords that are about it.
fn alternatives(
    check: &mut Check<'_>,
    entries: &mut Entries,
    types: &[(&'static str, Origin)],
    origin: Origin,
) {
    // Values and unions say more than a list of types does.
    const SAY_MORE: [&str; 5] = ["enum", "$ref", "anyOf", "oneOf", "allOf"];
    if let Some(key) = SAY_MORE.iter().find(|key| entries.contains_key(key)) {
        if *key != "enum" {
            check.report.warn(
                Code::NoEffect,
                origin,
                format!("a list of types has no effect beside `{key}`"),
            );
        }
        return;
    }
    let mut members: Vec<(&str, Entries)> = Vec::new();
    let mut origins = Vec::new();
    for (name, origin) in types {
        let member = Entries::from_iter([("type", string(*origin, name))]);
        members.push((name, member));
        origins.push(*origin);
    }
    let keys: Vec<String> = entries
        .keys()
        .filter(|key| subject(key, None).is_some())
        .map(str::to_owned)
        .collect();
    for key in keys {
        let Some(node) = entries.remove(&key) else {
            continue;
        };
        let about = subject(&key, node.as_str()).unwrap_or_default();
        let member = members.iter_mut().find(|(name, _)| about.contains(name));
        match member {
            Some((_, member)) => {
                member.insert(key, node);
            }
            None => check.no_effect(node.origin, &key),
        }
    }
    // All types there are, with nothing more to say: any value.
    let plain = members.iter().all(|(_, member)| member.len() == 1);
    if plain && types.len() >= TYPES.len() - 1 {
        return;
    }
    let members = members
        .into_iter()
        .zip(origins)
        .map(|((_, member), origin)| Node::new(origin, Value::Object(member)))
        .collect();
    entries.insert("anyOf", Node::new(origin, Value::Array(members)));
}

/// The types that a keyword is about; `None` for those about any type.
fn subject(key: &str, text: Option<&str>) -> Option<&'static [&'static str]> {
    Some(match key {
        "minLength" | "maxLength" | "pattern" => &["string"],
        "multipleOf" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            &["number", "integer"]
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" | "x-driftless-prefix" => &["array"],
        "properties"
        | "required"
        | "additionalProperties"
        | "minProperties"
        | "maxProperties"
        | "discriminator"
        | "x-driftless-conditional" => &["object"],
        "format" => match text {
            Some(format) if is_of_numbers(format) => &["integer", "number"],
            _ => &["string"],
        },
        _ => return None,
    })
}
