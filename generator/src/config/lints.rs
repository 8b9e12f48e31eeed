//! `[lints]`: how much the kinds of findings weigh.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::diagnostic::Code;

/// How much a finding weighs, where it is no error anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not shown.
    Allow,
    /// It is shown.
    Warn,
    /// It is an error.
    Deny,
}

/// `[lints]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lints {
    /// The level of every code that has no other; `warn` where absent.
    pub default: Option<Level>,
    /// The levels of single codes.
    pub codes: BTreeMap<Code, Level>,
    /// `[[lints.allow]]`: single findings that are allowed.
    pub allow: Vec<Waiver>,
}

/// `[[lints.allow]]`: one finding that is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The code of the finding.
    #[serde(deserialize_with = "code")]
    pub code: Code,
    /// Where the finding is: `#/paths/~1pets/get` in the description,
    /// `schemas/Pet.yaml#/properties/name` in another file.
    pub at: String,
    /// Why the finding is allowed, for whoever reads the configuration.
    pub reason: String,
}

/// The keys of the table.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let codes = Code::ALL.iter().map(|code| code.name());
    ["default", "allow"].into_iter().chain(codes).collect()
});

/// The names of all codes.
static CODES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| Code::ALL.iter().map(|code| code.name()).collect());

fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    let name = String::deserialize(deserializer)?;
    Code::from_name(&name).ok_or_else(|| Error::unknown_variant(&name, &CODES))
}

impl<'de> Deserialize<'de> for Lints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Lints;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a table of codes and their levels")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Lints, M::Error> {
                let mut lints = Lints::default();
                while let Some(key) = map.next_key::<String>()? {
                    match (key.as_str(), Code::from_name(&key)) {
                        ("default", _) => lints.default = Some(map.next_value()?),
                        ("allow", _) => lints.allow = map.next_value()?,
                        (_, Some(code)) => {
                            lints.codes.insert(code, map.next_value()?);
                        }
                        (unknown, None) => return Err(Error::unknown_field(unknown, &KEYS)),
                    }
                }
                Ok(lints)
            }
        }

        deserializer.deserialize_map(Reader)
    }
}
