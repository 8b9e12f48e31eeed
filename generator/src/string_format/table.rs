//! The table of formats, in the order of their names.

use super::{Choice, KnownFormat, TEXTS};
use crate::model::Format;

const TEXT: Choice = ("string", None);

const fn format(
    name: &'static str,
    aliases: &'static [&'static str],
    choices: &'static [Choice],
    samples: &'static [&'static str],
) -> KnownFormat {
    KnownFormat {
        name,
        aliases,
        choices,
        samples,
    }
}

pub(super) static FORMATS: &[KnownFormat] = &[
    format(
        "base64url",
        &[],
        &[("base64", Some(Format::Base64Url)), TEXT],
        &["aGVsbG8", ""],
    ),
    // A file where bodies are concerned, else a text.
    format("binary", &[], &[], TEXTS),
    format(
        "byte",
        &["base64"],
        &[("base64", Some(Format::Base64)), TEXT],
        &["aGVsbG8=", ""],
    ),
    format(
        "date",
        &["fulldate"],
        &[
            ("jiff", Some(Format::JiffDate)),
            ("chrono", Some(Format::ChronoDate)),
            ("time", Some(Format::TimeDate)),
            TEXT,
        ],
        &["2024-02-29"],
    ),
    format(
        "date-time",
        &["rfc3339", "rfc3339datetime", "iso8601datetime"],
        &[
            ("jiff", Some(Format::JiffTimestamp)),
            ("chrono", Some(Format::ChronoDateTime)),
            ("time", Some(Format::TimeDateTime)),
            TEXT,
        ],
        &[
            "2024-02-29T12:34:56Z",
            "2024-02-29T12:34:56.789Z",
            "2024-02-29T14:34:56+02:00",
        ],
    ),
    format(
        "decimal",
        &[],
        &[TEXT, ("rust_decimal", Some(Format::Decimal))],
        &["12.5"],
    ),
    format(
        "double",
        &[],
        &[TEXT, ("f64", Some(Format::F64))],
        &["12.5"],
    ),
    format(
        "duration",
        &[],
        &[("jiff", Some(Format::JiffSpan)), TEXT],
        &["P1DT2H"],
    ),
    format("email", &["idnemail"], &[], &["ada@example.com"]),
    format("float", &[], &[TEXT, ("f32", Some(Format::F32))], &["12.5"]),
    format("hostname", &["idnhostname"], &[], &["example.com"]),
    format("int32", &[], &[TEXT, ("i32", Some(Format::I32))], &["42"]),
    format("int64", &[], &[TEXT, ("i64", Some(Format::I64))], &["42"]),
    format(
        "ip",
        &["ipaddress"],
        &[TEXT, ("std", Some(Format::Ip))],
        &["192.0.2.1"],
    ),
    format(
        "ipv4",
        &[],
        &[TEXT, ("std", Some(Format::Ipv4))],
        &["192.0.2.1"],
    ),
    format(
        "ipv6",
        &[],
        &[TEXT, ("std", Some(Format::Ipv6))],
        &["2001:db8::1"],
    ),
    // Always a secret.
    format("password", &[], &[], TEXTS),
    format(
        "time",
        &["fulltime", "partialtime"],
        &[
            ("jiff", Some(Format::JiffTime)),
            ("chrono", Some(Format::ChronoTime)),
            ("time", Some(Format::TimeTime)),
            TEXT,
        ],
        &["12:34:56"],
    ),
    format("uint32", &[], &[TEXT, ("u32", Some(Format::U32))], &["42"]),
    format("uint64", &[], &[TEXT, ("u64", Some(Format::U64))], &["42"]),
    format(
        "uri",
        &["url", "iri"],
        &[TEXT, ("url", Some(Format::Url))],
        &["https://example.com/a?b=c#d"],
    ),
    format(
        "uuid",
        &["guid", "uuid1", "uuid3", "uuid4", "uuid5", "uuid6", "uuid7"],
        &[("uuid", Some(Format::Uuid)), TEXT],
        &["01234567-89ab-4cde-8f01-23456789abcd"],
    ),
];
