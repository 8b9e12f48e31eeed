//! Whether a value is what one of the JSON Schemas in `docs/` says, as far as
//! those use the language. Any other keyword fails, so that none is ignored.

#![allow(
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use serde_json::Value as Json;

/// Fails unless `value` fits `schema`.
pub(crate) fn assert_fits(schema: &Json, value: &Json) {
    fits(schema, schema, value, "");
}

/// The same, `root` being the whole schema and `at` the place in the value.
fn fits(root: &Json, schema: &Json, value: &Json, at: &str) {
    for (keyword, wanted) in schema
        .as_object()
        .unwrap_or_else(|| panic!("{at}: no schema"))
    {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let pointer = wanted
                    .as_str()
                    .and_then(|pointer| pointer.strip_prefix('#'));
                let target = root.pointer(pointer.unwrap_or("-"));
                fits(root, target.unwrap_or(&Json::Null), value, at);
            }
            "const" => assert_eq!(value, wanted, "{at}"),
            "enum" => assert!(
                wanted.as_array().is_some_and(|all| all.contains(value)),
                "{at}"
            ),
            "type" => {
                let is = |name: &Json| match name.as_str() {
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_u64() || value.is_i64(),
                    Some("number") => value.is_number(),
                    Some("boolean") => value.is_boolean(),
                    Some("null") => value.is_null(),
                    Some("array") => value.is_array(),
                    Some("object") => value.is_object(),
                    _ => panic!("{at}: unknown type {name}"),
                };
                let fine = wanted
                    .as_array()
                    .map_or_else(|| is(wanted), |all| all.iter().any(is));
                assert!(fine, "{at}: {value} is no {wanted}");
            }
            "required" => {
                for key in wanted.as_array().into_iter().flatten() {
                    assert!(
                        value.get(key.as_str().unwrap_or("")).is_some(),
                        "{at}: no {key}"
                    );
                }
            }
            "additionalProperties" => {
                for key in value
                    .as_object()
                    .into_iter()
                    .flat_map(|object| object.keys())
                {
                    assert!(
                        schema["properties"].get(key).is_some(),
                        "{at}: unknown {key}"
                    );
                }
            }
            "properties" => {
                for (key, schema) in wanted.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(key) {
                        fits(root, schema, value, &format!("{at}/{key}"));
                    }
                }
            }
            "items" => {
                for (number, value) in value.as_array().into_iter().flatten().enumerate() {
                    fits(root, wanted, value, &format!("{at}/{number}"));
                }
            }
            other => panic!("{at}: the test does not know {other}"),
        }
    }
}
