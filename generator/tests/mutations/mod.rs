//! Mutations: choices in, a document that grew out of a small one by them out,
//! and what must hold of the pipeline whatever it reads.

use driftless::diagnostic::{Format, render};
use driftless::source::Input;
use driftless::{Request, config, generate};
use serde_json::{Map, Value, json};

/// The documents that others grow out of, and that give parts to each other: of
/// all versions of OpenAPI.
const SEEDS: &[&str] = &[
    include_str!("dynamic-references.yaml"),
    include_str!("../documents/golden/all-of.yaml"),
    include_str!("../documents/golden/collections.yaml"),
    include_str!("../documents/golden/collisions.yaml"),
    include_str!("../documents/golden/enums.yaml"),
    include_str!("../documents/golden/families.yaml"),
    include_str!("../documents/golden/form-encoding.yaml"),
    include_str!("../documents/golden/formats.yaml"),
    include_str!("../documents/golden/hostile.yaml"),
    include_str!("../documents/golden/inline.yaml"),
    include_str!("../documents/golden/media-types.yaml"),
    include_str!("../documents/golden/multipart-files.yaml"),
    include_str!("../documents/golden/multipart.yaml"),
    include_str!("../documents/golden/names.yaml"),
    include_str!("../documents/golden/objects.yaml"),
    include_str!("../documents/golden/parameters.yaml"),
    include_str!("../documents/golden/recursion.yaml"),
    include_str!("../documents/golden/request-bodies.yaml"),
    include_str!("../documents/golden/responses.yaml"),
    include_str!("../documents/golden/security.yaml"),
    include_str!("../documents/golden/streams.yaml"),
    include_str!("../documents/golden/swagger-2.yaml"),
    include_str!("../documents/golden/unions-with-discriminator.yaml"),
    include_str!("../documents/golden/unions.yaml"),
    include_str!("../documents/golden/v3-1-multipart.yaml"),
    include_str!("../documents/golden/v3-1.yaml"),
    include_str!("../documents/golden/v3-2.yaml"),
    include_str!("../documents/golden/validation.yaml"),
    include_str!("../documents/golden/views.yaml"),
];

/// Configurations under which documents are read; each one turns something on
/// that the others leave off.
const CONFIGURATIONS: &[&str] = &[
    "",
    "validate = true\nderives = \"used\"",
    "validate = true\nfeatures = \"per-tag\"",
    "map = \"HashMap\"\nviews = false\n[formats]\ninteger = \"i128\"\ndate-time = \"string\"",
];

/// Texts that mean something to OpenAPI, YAML, Rust or a file system.
const WORDS: &[&str] = &[
    "",
    "a",
    "type",
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "enum",
    "const",
    "nullable",
    "required",
    "default",
    "example",
    "examples",
    "discriminator",
    "mapping",
    "propertyName",
    "additionalProperties",
    "string",
    "integer",
    "object",
    "array",
    "null",
    "number",
    "boolean",
    "format",
    "date-time",
    "byte",
    "binary",
    "int64",
    "path",
    "query",
    "header",
    "cookie",
    "body",
    "formData",
    "file",
    "style",
    "explode",
    "deepObject",
    "content",
    "application/json",
    "multipart/form-data",
    "text/event-stream",
    "*/*",
    "200",
    "4XX",
    "servers",
    "variables",
    "security",
    "in",
    "name",
    "schema",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "links",
    "headers",
    "title",
    "pattern",
    "x-rust-name",
    "self",
    "Self",
    "crate",
    "con",
    "..",
    "/",
    "~",
    "\u{0}",
    "\u{202e}",
    "☃",
    "`",
    "*/",
    "\"#",
    "3.1.0",
    "2.0",
    "#",
    "#/",
    "#/components/schemas/A",
    "#/paths",
    "http://a",
    "{a}",
    "/{a}/{a}",
    "readOnly",
    "writeOnly",
    "prefixItems",
    "$defs",
    "if",
    "patternProperties",
    "$dynamicRef",
    "$dynamicAnchor",
    "$anchor",
    "$id",
    "#item",
    "unevaluatedProperties",
    "dependentSchemas",
    "defaultMapping",
    "itemSchema",
    "encoding",
    "prefixEncoding",
    "contentType",
    "collectionFormat",
    "application/x-www-form-urlencoded",
    "minimum",
    "1e400",
    "-1",
    "x-extensible-enum",
    "x-enum-varnames",
    "multipleOf",
    "description",
];

/// Numbers to decide by: bytes first, then, where those end, what follows from
/// the last.
pub(crate) struct Choices<'a> {
    bytes: &'a [u8],
    state: Option<u64>,
}

impl<'a> Choices<'a> {
    /// The choices that these bytes make; nothing more is chosen after them.
    #[allow(dead_code, reason = "the fuzzer's, and the tests use seeds")]
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, state: None }
    }

    /// The choices that follow from a seed, without end.
    #[allow(dead_code, reason = "the tests', and the fuzzer has bytes")]
    pub(crate) fn seeded(seed: u64) -> Self {
        Self {
            bytes: &[],
            state: Some(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
        }
    }

    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            return 0;
        }
        let number = match (&mut self.state, self.bytes) {
            (Some(state), _) => {
                // xorshift64*
                *state ^= *state >> 12;
                *state ^= *state << 25;
                *state ^= *state >> 27;
                (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as usize
            }
            (None, [one, other, rest @ ..]) => {
                self.bytes = rest;
                usize::from(*one) << 8 | usize::from(*other)
            }
            (None, _) => 0,
        };
        number % bound
    }

    fn word(&mut self) -> String {
        WORDS[self.below(WORDS.len())].to_owned()
    }
}

/// The configuration for a document.
pub(crate) fn configuration(choices: &mut Choices<'_>) -> &'static str {
    CONFIGURATIONS[choices.below(CONFIGURATIONS.len())]
}

/// A seed with some changes.
pub(crate) fn document(choices: &mut Choices<'_>) -> String {
    let read = |index: usize| -> Value {
        let yaml: serde_yaml::Value = serde_yaml::from_str(SEEDS[index]).unwrap_or_default();
        serde_json::to_value(yaml).unwrap_or_default()
    };
    let mut tree = read(choices.below(SEEDS.len()));
    let donor = read(choices.below(SEEDS.len()));
    for _ in 0..=choices.below(6) {
        change(&mut tree, &donor, choices);
    }
    tree.to_string()
}

/// Changes something somewhere.
fn change(tree: &mut Value, donor: &Value, choices: &mut Choices<'_>) {
    let mut at = tree;
    for _ in 0..choices.below(14) {
        let stays = match at {
            Value::Object(object) => object.is_empty(),
            Value::Array(array) => array.is_empty(),
            _ => true,
        };
        if stays {
            break;
        }
        at = match at {
            Value::Object(object) => {
                let index = choices.below(object.len());
                match object.values_mut().nth(index) {
                    Some(next) => next,
                    None => return,
                }
            }
            Value::Array(array) => {
                let index = choices.below(array.len());
                &mut array[index]
            }
            _ => return,
        };
    }
    match choices.below(8) {
        0 => *at = leaf(choices),
        1 => *at = part(donor, choices),
        2 => *at = json!({"$ref": pointer(donor, choices)}),
        3 => *at = json!({choices.word(): at.take()}),
        4 => *at = json!([at.take(), part(donor, choices)]),
        _ => match at {
            Value::Object(object) => change_object(object, donor, choices),
            Value::Array(array) if !array.is_empty() => {
                let index = choices.below(array.len());
                match choices.below(3) {
                    0 => array.truncate(index),
                    1 => array.push(array[index].clone()),
                    _ => array.reverse(),
                }
            }
            other => *other = Value::String(choices.word()),
        },
    }
}

fn change_object(object: &mut Map<String, Value>, donor: &Value, choices: &mut Choices<'_>) {
    let index = choices.below(object.len());
    let key = object.keys().nth(index).cloned().unwrap_or_default();
    match choices.below(4) {
        0 => {
            object.remove(&key);
        }
        1 => {
            let value = object.remove(&key).unwrap_or_default();
            object.insert(choices.word(), value);
        }
        2 => {
            object.insert(choices.word(), part(donor, choices));
        }
        _ => {
            object.insert(choices.word(), leaf(choices));
        }
    }
}

fn leaf(choices: &mut Choices<'_>) -> Value {
    match choices.below(9) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!([]),
        3 => json!({}),
        4 => json!(-1),
        5 => json!(1.5e300),
        6 => json!(u64::MAX),
        7 => json!([choices.word(), choices.word()]),
        _ => Value::String(choices.word()),
    }
}

/// Some part of a document.
fn part(donor: &Value, choices: &mut Choices<'_>) -> Value {
    donor
        .pointer(&pointer(donor, choices)[1..])
        .cloned()
        .unwrap_or_default()
}

/// A reference to some part of a document.
fn pointer(donor: &Value, choices: &mut Choices<'_>) -> String {
    let mut pointer = String::from("#");
    let mut at = donor;
    for _ in 0..choices.below(9) {
        let (step, next) = match at {
            Value::Object(object) if !object.is_empty() => {
                let index = choices.below(object.len());
                match object.iter().nth(index) {
                    Some((key, next)) => (key.replace('~', "~0").replace('/', "~1"), next),
                    None => break,
                }
            }
            Value::Array(array) if !array.is_empty() => {
                let index = choices.below(array.len());
                (index.to_string(), &array[index])
            }
            _ => break,
        };
        pointer.push('/');
        pointer.push_str(&step);
        at = next;
    }
    pointer
}

/// Runs the pipeline. It does not panic, says why where it makes nothing, never
/// writes what is no Rust, and stays below the client's folder.
pub(crate) fn survives(text: String, configuration: &str) {
    let config = config::parse(configuration);
    assert!(config.is_ok(), "{configuration}");
    let request = Request {
        config: config.unwrap_or_default(),
        inputs: vec![Input {
            path: "openapi.json".to_owned(),
            text: text.into(),
        }],
        command: "driftless generate".to_owned(),
        ..Request::default()
    };
    let outcome = generate(&request);
    let said = render(&outcome.report, &outcome.source, Format::Human, false);
    let text = &request.inputs[0].text;
    assert!(!said.contains("[internal]"), "{said}\n{text}");
    match outcome.tree {
        None => assert!(outcome.report.has_errors(), "silence about {text}"),
        Some(tree) => {
            for path in tree.keys() {
                let plain = path
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
                assert!(
                    plain && !path.contains("..") && !path.starts_with('/'),
                    "{path}\n{text}"
                );
            }
        }
    }
}
