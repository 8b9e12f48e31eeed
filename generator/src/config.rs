//! `client.toml`: what a team decides about its client crate and the document
//! cannot say. Text in, [`Config`] out.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::{IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Code, Diagnostic, Report, nearest};
use crate::model::MapType;
use crate::source::{self, Document, Source};

pub(crate) mod dependency;
mod filter;
mod lints;
mod pagination;
mod places;
#[cfg(test)]
mod tests;
mod validate;

pub use filter::{Filter, Schemas};
pub use lints::{Level, Lints, Waiver};
pub use pagination::{Paging, PagingKind};
pub use places::ConfigPlaces;
pub(crate) use validate::{is_package_name, validate};

/// The name of a configuration that has no other.
const DEFAULT_PATH: &str = "client.toml";

/// Reads a configuration that findings call `client.toml`.
///
/// # Errors
///
/// As [`parse_at`].
pub fn parse(text: &str) -> Result<Config, ConfigError> {
    parse_at(DEFAULT_PATH, text)
}

/// Reads the configuration that findings call `path`.
///
/// # Errors
///
/// The text is not TOML, has a key that does not exist, or a value of another
/// type.
pub fn parse_at(path: &str, text: &str) -> Result<Config, ConfigError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match toml::from_str::<Config>(text) {
        Ok(config) => Ok(Config {
            places: ConfigPlaces::read(path, text),
            ..config
        }),
        Err(error) => {
            if let Some(at) = source::conflict_marker(text) {
                return Err(ConfigError {
                    message: source::CONFLICT.to_owned(),
                    help: Some(source::RESOLVE.to_owned()),
                    path: path.to_owned(),
                    text: text.to_owned(),
                    bytes: at..at + 1,
                });
            }
            let bytes = error.span().unwrap_or_default();
            let (message, help) = message(error.message());
            let help = belongs_above(text, bytes.start).or(help);
            Err(ConfigError {
                message,
                help,
                path: path.to_owned(),
                text: text.to_owned(),
                bytes,
            })
        }
    }
}

/// The keys that stand above all tables.
const ABOVE_TABLES: [&str; 9] = [
    "derives",
    "document",
    "features",
    "map",
    "overlays",
    "regenerate",
    "schemas",
    "validate",
    "views",
];

/// What to do about a key of the top that stands in a table.
fn belongs_above(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let key = text.get(start..)?.split('=').next()?.trim();
    let is_in_table = before[..start]
        .lines()
        .any(|line| line.trim_start().starts_with('['));
    (is_in_table && ABOVE_TABLES.contains(&key))
        .then(|| format!("`{key}` belongs above the tables, at the top of the file"))
}

/// What is wrong with a configuration. Shown, it is one line; as a report, it
/// points into the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    message: String,
    help: Option<String>,
    path: String,
    text: String,
    bytes: Range<usize>,
}

impl ConfigError {
    /// The error as a diagnostic, and the text that it points into.
    #[must_use]
    pub fn report(&self) -> (Source, Report) {
        let mut source = Source::default();
        let text = self.text.as_str().into();
        let mut document = Document::empty(self.path.clone(), text, Source::CONFIGURATION);
        let origin = document.add_place(self.bytes.clone());
        source.configuration = Some(document);
        let mut report = Report::default();
        let diagnostic = report.error(Code::Configuration, origin, &self.message);
        if let Some(help) = &self.help {
            diagnostic.help(help);
        }
        (source, report)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = self.text.get(..self.bytes.start).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        write!(formatter, "line {line}: {}", self.message)?;
        match &self.help {
            Some(help) => write!(formatter, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

/// What the TOML reader says, in our words where the key that was probably
/// meant can be told.
fn message(message: &str) -> (String, Option<String>) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = message
        .starts_with("unknown field")
        .then(|| quoted.next())
        .flatten();
    let Some(unknown) = unknown else {
        return (message.replace('\n', ", "), None);
    };
    let known: Vec<_> = quoted.collect();
    let help = match nearest(unknown, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the keys here are `{}`", known.join("`, `")),
    };
    (format!("`{unknown}` is not a key here"), Some(help))
}

/// The whole of `client.toml`. Every table and key is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The file name of the description that the configuration is for, where it
    /// is not called `openapi`.
    pub document: Option<String>,
    /// The command that makes the client again, for people who find it; made
    /// from the arguments where absent.
    pub regenerate: Option<String>,
    /// What the crate's manifest says of itself.
    pub package: Package,
    /// Which server a client talks to when the caller names none.
    pub server: ServerChoice,
    /// The environment variables that credentials are found in, by the name of
    /// the security scheme.
    pub env: BTreeMap<String, EnvNames>,
    /// The header by which the API tells a request that is sent again from a new
    /// one.
    pub idempotency: Idempotency,
    /// How operations answer page by page; the first rule that names one counts.
    pub pagination: Vec<Paging>,
    /// Which properties of the API's error body are safe and worth showing.
    pub error: ErrorBody,
    /// Hand-written files that are copied into the crate: path in the crate →
    /// path of the original, relative to `client.toml`.
    pub files: BTreeMap<String, String>,
    /// Extra development dependencies of the crate (for copied tests), as in
    /// `Cargo.toml`.
    pub dev_dependencies: BTreeMap<String, toml::Value>,
    /// Extra dependencies of the crate, as in `Cargo.toml`: those of the types
    /// that `formats` and `types` name.
    pub dependencies: BTreeMap<String, toml::Value>,
    /// The Rust types of string formats: a word (`jiff`, `string`, …) that
    /// depends on the format, or the path of a type.
    pub formats: BTreeMap<String, String>,
    /// Whether parts of the crate are features: `"whole"` (default) or
    /// `"per-tag"`.
    pub features: Features,
    /// What types derive.
    pub derives: Derives,
    /// The type of maps: `BTreeMap` (default), `HashMap` or `IndexMap`.
    pub map: MapType,
    /// Types that take the place of generated ones: JSON pointer of the schema
    /// → path of the type.
    pub types: BTreeMap<String, String>,
    /// Strings and integers that are types of their own: name of the component
    /// or JSON pointer of the schema → name of the type, or `true` for the
    /// component's.
    pub newtypes: BTreeMap<String, NewtypeChoice>,
    /// Whether types with lengths, ranges or patterns get a `validate`; `false`
    /// where absent.
    pub validate: Option<bool>,
    /// Whether types that hold `readOnly` or `writeOnly` properties and travel
    /// both ways get a request type beside the response type; `true` where
    /// absent.
    pub views: Option<bool>,
    /// Overlay documents that are applied in order, relative to `client.toml`.
    pub overlays: Vec<String>,
    /// The operations that the client has; all where nothing is named.
    pub include: Filter,
    /// Operations that it has not, whatever `include` says.
    pub exclude: Filter,
    /// Which component schemas become types; where absent, all, or those that
    /// are reached if `include` or `exclude` leaves operations out.
    pub schemas: Option<Schemas>,
    /// Operations that are left out: operationId, or method and path, → the
    /// reason.
    pub skip: BTreeMap<String, String>,
    /// How much the kinds of findings weigh.
    pub lints: Lints,
    /// What the README and the front page of the documentation show.
    pub readme: Readme,
    /// Names that win over the generated ones: JSON pointer → Rust name.
    pub pins: BTreeMap<String, String>,
    /// Where the keys are written.
    #[serde(skip)]
    pub places: ConfigPlaces,
}

impl Config {
    /// Reports an error about what stands at `path`, a sequence of keys and of
    /// indices of lists.
    pub(crate) fn error<'a>(
        &self,
        report: &'a mut Report,
        path: &[&str],
        message: impl Into<String>,
    ) -> &'a mut Diagnostic {
        report.error_near(Code::Configuration, self.places.origin(path), message)
    }

    /// Adds a warning about the value at a path of keys.
    pub(crate) fn warn<'a>(
        &self,
        report: &'a mut Report,
        path: &[&str],
        message: impl Into<String>,
    ) -> &'a mut Diagnostic {
        report.warn_near(Code::Configuration, self.places.origin(path), message)
    }
}

/// `[package]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// The crate's name; made from the document's title where absent.
    pub name: Option<String>,
    /// The crate's version; `0.1.0` where absent.
    pub version: Option<String>,
    /// One line for registries; the document's title where absent.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where the sources are.
    pub repository: Option<String>,
    /// At most five words for registries.
    pub keywords: Vec<String>,
    /// Registry categories.
    pub categories: Vec<String>,
    /// Whether registries accept the crate; `true` where absent.
    pub publish: Option<bool>,
}

/// `[readme]`: what the README and the front page of the documentation show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Readme {
    /// The operationId of the operation that the example calls; where absent,
    /// the first one by path and method that takes few words to call.
    pub example: Option<String>,
}

/// `features = "per-tag"`: which parts of the crate are features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Features {
    /// None.
    #[default]
    Whole,
    /// What each top-level namespace has, with the types that it needs.
    PerTag,
}

/// `derives = "used"`, or `[derives]`: what types derive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derives {
    /// Which directions of serde a type has: `serde = "both"` or `"used"`.
    pub serde: SerdeDerives,
    /// Further derives, by `all`, `structs`, `enums`, `unions` or the JSON
    /// pointer of a schema.
    pub extra: BTreeMap<String, Vec<String>>,
}

/// Which directions of serde a type has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SerdeDerives {
    /// Both, for mocks, caches and tests.
    #[default]
    Both,
    /// Those that an operation needs.
    Used,
}

impl<'de> Deserialize<'de> for Derives {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Derives;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`used`, `both` or a table")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Derives, E> {
                Ok(Derives {
                    serde: SerdeDerives::deserialize(text.into_deserializer())?,
                    ..Derives::default()
                })
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Derives, M::Error> {
                let mut derives = Derives::default();
                while let Some(key) = map.next_key::<String>()? {
                    if key == "serde" {
                        derives.serde = map.next_value()?;
                    } else {
                        derives.extra.insert(key, map.next_value()?);
                    }
                }
                Ok(derives)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

/// `[server]`: the server of a client whose builder was told none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServerChoice {
    /// The name of the server; the document's first where absent.
    pub default: Option<String>,
    /// Rules that look at the credentials, the first that fits wins.
    pub select: Vec<ServerRule>,
}

/// `[[server.select]]`: a server that follows from a credential.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServerRule {
    /// The security scheme whose credential is looked at (`http` `basic`).
    pub scheme: String,
    /// What the username starts with.
    pub username_prefix: String,
    /// The name of the server.
    pub server: String,
}

/// A value of `[env]`: where the credential of a security scheme is found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    rename_all = "kebab-case",
    expecting = "expected the name of a variable, or `{ username = \"…\", password = \"…\" }`"
)]
pub enum EnvNames {
    /// The variable of a token or key.
    One(String),
    /// Those of an `http` `basic` scheme.
    Basic {
        /// The variable of the username.
        username: String,
        /// The variable of the password.
        password: String,
    },
}

/// `[idempotency]`: keys that calls make up for themselves.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Idempotency {
    /// The name of the header.
    pub header: Option<String>,
    /// The methods whose calls have a key; POST and PATCH where absent.
    pub methods: Option<Vec<String>>,
}

/// A value of `[newtypes]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "expected `true`, `false` or the name of the type"
)]
pub enum NewtypeChoice {
    /// Whether the schema is a newtype, called like its component.
    Flag(bool),
    /// It is, and this is its name.
    Name(String),
}

/// `[error]`: properties of the API's error body, by name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ErrorBody {
    /// A short machine-readable code.
    pub code: Option<String>,
    /// The id of the request, for support.
    pub request_id: Option<String>,
}
