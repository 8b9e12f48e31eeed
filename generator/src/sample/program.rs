//! The test itself, as a program of its own: decodes values, encodes them again
//! and compares. It stands in the generator, where it is tested, and as text in
//! the tests of clients.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "clippy does not see that this is a part of tests"
)]

use serde_json::Value as Json;

use super::same::is_same;

/// Decodes a text into a type and encodes the value again.
pub(super) type Again = fn(&str) -> Result<String, String>;

/// There and back again.
pub(super) fn again<T: serde::de::DeserializeOwned + serde::Serialize>(
    text: &str,
) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| format!("decoding: {error}"))?;
    serde_json::to_string(&value).map_err(|error| format!("encoding: {error}"))
}

/// Runs all samples and examples, and fails where any fails. Where the variable
/// `ROUND_TRIP_RESULT` names a file, the result is written there as JSON.
pub(super) fn run(samples: &str, again: fn(usize) -> Again, validate: fn(usize) -> Option<Again>) {
    let samples: Json = serde_json::from_str(samples).expect("the samples are JSON");
    let mut failures = Vec::new();
    let mut counts = [0, 0, 0, 0];
    let keys = ["samples", "examples", "broken", "disputed"];
    for (count, key) in counts.iter_mut().zip(keys) {
        for sample in samples[key].as_array().into_iter().flatten() {
            *count += 1;
            let ty = sample["type"].as_u64().expect("a number") as usize;
            let text = sample["value"].to_string();
            let result = match key {
                "disputed" => Err("the mock takes it as it is".to_owned()),
                "broken" => refused(sample, again(ty)(&text), validate(ty), &text),
                _ => judge(key, &sample["value"], again(ty)(&text))
                    .and_then(|()| fine(sample, validate(ty), &text)),
            };
            if let Err(problem) = result {
                let mut failure = sample.clone();
                failure["problem"] = Json::String(problem);
                failure["of"] = Json::String(key.to_owned());
                failures.push(failure);
            }
        }
    }
    if let Some(path) = std::env::var_os("ROUND_TRIP_RESULT") {
        let mut result = serde_json::json!({"failures": failures});
        for key in ["misfits", "untyped"] {
            result[key] = samples[key].clone();
        }
        for (key, count) in keys.iter().zip(counts) {
            result[*key] = count.into();
        }
        std::fs::write(path, result.to_string()).expect("the result can be written");
    }
    for failure in &failures {
        let text = |key: &str| failure[key].as_str().unwrap_or_default().to_owned();
        println!(
            "{} ({}): {}\n    {}",
            text("place"),
            text("case"),
            text("problem"),
            failure["value"]
        );
    }
    assert!(failures.is_empty(), "{} failures", failures.len());
}

/// What is wrong with a result.
fn judge(key: &str, value: &Json, result: Result<String, String>) -> Result<(), String> {
    let encoded = result?;
    let back: Json =
        serde_json::from_str(&encoded).map_err(|error| format!("no JSON comes back: {error}"))?;
    // Examples may have properties that the schema does not know.
    match key == "examples" || is_same(value, &back) {
        true => Ok(()),
        false => Err(format!("comes back as {back}")),
    }
}

/// What `validate` has to say of a value that fits by all keywords.
fn fine(sample: &Json, validate: Option<Again>, text: &str) -> Result<(), String> {
    match validate.filter(|_| sample["strict"] == true) {
        Some(validate) => validate(text).map(|_| ()),
        None => Ok(()),
    }
}

/// Whether a broken value is refused by whom it has to be: by its type, or by
/// `validate`. Enums are open, and bounds are nobody's where nothing validates.
fn refused(
    sample: &Json,
    decoded: Result<String, String>,
    validate: Option<Again>,
    text: &str,
) -> Result<(), String> {
    let breach = sample["breach"].as_str().unwrap_or_default();
    match (breach, decoded, validate) {
        (_, Err(_), _) | ("open", ..) | ("bound" | "variant", _, None) => Ok(()),
        ("bound" | "variant", _, Some(validate)) => match validate(text) {
            Err(_) => Ok(()),
            Ok(_) => Err("is broken, and validate() finds nothing".to_owned()),
        },
        (_, Ok(encoded), _) => Err(format!("is broken, and decodes as {encoded}")),
    }
}
