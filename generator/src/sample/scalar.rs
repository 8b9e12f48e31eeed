//! Values of schemas without values inside: a type and a format in, values out.

use serde_json::{Value as Json, json};

use crate::string_format;

/// Strings of a format, the plainest first. The written form is the canonical
/// one, where a format has several.
pub(super) fn strings(format: &str) -> Vec<Json> {
    let all = string_format::samples(format);
    all.iter().map(|text| json!(text)).collect()
}

/// Integers of a format.
pub(super) fn integers(format: &str) -> Vec<Json> {
    let most = match format {
        "int32" => json!(i32::MAX),
        "uint32" => json!(u32::MAX),
        "uint64" => json!(u64::MAX),
        "int8" => json!(i8::MAX),
        "uint8" => json!(u8::MAX),
        "int16" => json!(i16::MAX),
        "uint16" => json!(u16::MAX),
        // The first that a float does not hold.
        _ => json!(9_007_199_254_740_993_i64),
    };
    let mut all = vec![json!(1), json!(0), most];
    if !format.starts_with('u') {
        all.push(json!(-1));
    }
    all
}

/// Whether the values of a format are integers.
pub(super) fn is_of_integers(format: &str) -> bool {
    matches!(format, "int32" | "int64" | "uint32" | "uint64")
}

/// Numbers, exact in every format.
pub(super) fn numbers() -> Vec<Json> {
    vec![json!(1.5), json!(2), json!(-0.25), json!(0)]
}

/// The numbers at the bounds of a schema, `whole` ones or any, for where the
/// plain ones are out of them.
pub(super) fn bounded(parts: &[&Json], whole: bool) -> Vec<Json> {
    let bounds = parts
        .iter()
        .flat_map(|part| ["minimum", "maximum"].map(|key| part.get(key)));
    let mut all = Vec::new();
    for bound in bounds.flatten() {
        all.push(bound.clone());
        if let Some(integer) = bound.as_i64() {
            all.extend(integer.checked_add(1).map(|next| json!(next)));
            all.extend(integer.checked_sub(1).map(|next| json!(next)));
        }
    }
    let multiples = parts.iter().filter_map(|part| part.get("multipleOf"));
    all.extend(multiples.cloned());
    all.retain(|value| !whole || value.is_i64() || value.is_u64());
    all
}

/// A text of a length that fits.
pub(super) fn sized(text: &str, parts: &[&Json]) -> String {
    let bound = |key| {
        let all = parts
            .iter()
            .filter_map(move |part| part.get(key).and_then(Json::as_u64));
        all.map(|bound| bound as usize)
    };
    let least = bound("minLength").max().unwrap_or(0).min(10_000);
    let most = bound("maxLength").min().unwrap_or(usize::MAX);
    let filled = text.chars().chain(std::iter::repeat('x'));
    let length = text.chars().count().max(least).min(most);
    filled.take(length).collect()
}
