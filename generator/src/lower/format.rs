//! Formats: the format of a string in, the type that stands for it out, as the
//! configuration chooses.

use super::Lowerer;
use super::replacement::Key;
use crate::diagnostic::Code;
use crate::graph::SchemaId;
use crate::model::{Format, Scalar, Type};

#[cfg(test)]
mod tests;

/// The word of the configuration, and what it stands for; no format is text.
type Choice = (&'static str, Option<Format>);

const TEXT: Choice = ("string", None);

/// The formats of strings whose Rust type can be chosen, and the choices; the
/// first is the default.
const FORMATS: &[(&str, &[Choice])] = &[
    ("base64url", &[("base64", Some(Format::Base64Url)), TEXT]),
    ("byte", &[("base64", Some(Format::Base64)), TEXT]),
    (
        "date",
        &[
            ("jiff", Some(Format::JiffDate)),
            ("chrono", Some(Format::ChronoDate)),
            ("time", Some(Format::TimeDate)),
            TEXT,
        ],
    ),
    (
        "date-time",
        &[
            ("jiff", Some(Format::JiffTimestamp)),
            ("chrono", Some(Format::ChronoDateTime)),
            ("time", Some(Format::TimeDateTime)),
            TEXT,
        ],
    ),
    ("decimal", &[TEXT, ("rust_decimal", Some(Format::Decimal))]),
    ("double", &[TEXT, ("f64", Some(Format::F64))]),
    ("duration", &[("jiff", Some(Format::JiffSpan)), TEXT]),
    ("float", &[TEXT, ("f32", Some(Format::F32))]),
    ("int32", &[TEXT, ("i32", Some(Format::I32))]),
    ("int64", &[TEXT, ("i64", Some(Format::I64))]),
    ("ip", &[TEXT, ("std", Some(Format::Ip))]),
    ("ipv4", &[TEXT, ("std", Some(Format::Ipv4))]),
    ("ipv6", &[TEXT, ("std", Some(Format::Ipv6))]),
    (
        "time",
        &[
            ("jiff", Some(Format::JiffTime)),
            ("chrono", Some(Format::ChronoTime)),
            ("time", Some(Format::TimeTime)),
            TEXT,
        ],
    ),
    ("uint32", &[TEXT, ("u32", Some(Format::U32))]),
    ("uint64", &[TEXT, ("u64", Some(Format::U64))]),
    ("uri", &[TEXT, ("url", Some(Format::Url))]),
    ("uuid", &[("uuid", Some(Format::Uuid)), TEXT]),
];

/// The name of a format in [`FORMATS`], where it is written like one or is
/// another name for it.
pub(super) fn known(written: &str) -> Option<&'static str> {
    let plain: String = written
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let name = match plain.as_str() {
        "datetime" | "rfc3339" | "rfc3339datetime" | "iso8601datetime" => "date-time",
        "fulldate" => "date",
        "fulltime" | "partialtime" => "time",
        "guid" | "uuid1" | "uuid3" | "uuid4" | "uuid5" | "uuid6" | "uuid7" => "uuid",
        "url" | "iri" => "uri",
        "base64" => "byte",
        "ipaddress" => "ip",
        other => other,
    };
    FORMATS
        .iter()
        .map(|(known, _)| *known)
        .find(|known| *known == name)
}

/// Whether a choice is a type as Rust writes it, not one of our words.
fn is_path(choice: &str) -> bool {
    choice.contains("::")
}

impl Lowerer<'_> {
    /// The type of a string with the format that is written on the schema.
    pub(super) fn formatted(&self, id: SchemaId) -> Type {
        let Some(written) = &self.graph.schema(id).format else {
            return Type::Scalar(Scalar::String);
        };
        let known = known(written);
        let chosen = known
            .and_then(|known| self.config.formats.get(known))
            .or_else(|| self.config.formats.get(written));
        if let Some(path) = chosen.filter(|choice| is_path(choice)) {
            return Type::Foreign(path.clone());
        }
        let format = FORMATS
            .iter()
            .find(|(name, _)| Some(*name) == known)
            .and_then(|(_, choices)| {
                choices
                    .iter()
                    .find(|(word, _)| chosen.is_none_or(|chosen| chosen == word))
            })
            .and_then(|(_, format)| *format);
        Type::Scalar(format.map_or(Scalar::String, Scalar::Formatted))
    }

    /// Reports choices of formats that do not exist.
    pub(super) fn formats(&mut self) {
        for (format, choice) in &self.config.formats {
            let key = format!("`[formats]` `{format}`");
            if is_path(choice) {
                self.usable_type(choice, &Key::Configuration(&key));
                continue;
            }
            match FORMATS.iter().find(|(name, _)| name == format) {
                None => {
                    let known: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
                    self.report
                        .error_without_place(
                            Code::Configuration,
                            format!("`[formats]` has no format `{format}`"),
                        )
                        .help(format!(
                            "the formats are `{}`; others take the path of a type, `my_crate::Type`",
                            known.join("`, `")
                        ));
                }
                Some((_, choices)) if !choices.iter().any(|(word, _)| word == choice) => {
                    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
                    self.report
                        .error_without_place(
                            Code::Configuration,
                            format!("`[formats]` cannot make `{format}` a `{choice}`"),
                        )
                        .help(format!("write `{}`", words.join("` or `")));
                }
                Some(_) => {}
            }
        }
    }
}
