//! The stable names of all kinds of findings, and what each means.

use std::fmt;

/// The kind of a finding. Its name ([`Code::name`]) never changes once
/// released: scripts and configuration depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// The text is not YAML or JSON.
    Syntax,
    /// An object has the same key twice.
    DuplicateKey,
    /// A YAML tag that has no meaning in JSON's data model.
    YamlTag,
    /// The document's dialect or version is not supported.
    UnsupportedVersion,
    /// A key that OpenAPI does not define at this place.
    UnknownKey,
    /// A required key is missing.
    MissingKey,
    /// A value has another type than OpenAPI asks for.
    WrongType,
    /// A value is not among those that OpenAPI allows at this place.
    InvalidValue,
    /// A key was lost between the tree and its typed form.
    LostKey,
    /// A `$ref` names nothing.
    UnresolvedReference,
    /// A `$ref` leads back to itself.
    CircularReference,
    /// Something OpenAPI allows and the generator cannot express yet.
    Unsupported,
    /// A keyword that has no effect on the output.
    NoEffect,
    /// A parameter whose style says nothing of such values.
    UndefinedStyle,
    /// Two things that cannot both be true.
    Contradiction,
    /// Nothing in a value tells two variants of a union apart.
    AmbiguousUnion,
    /// Two items want the same Rust name.
    NameCollision,
    /// The configuration file is wrong.
    Configuration,
    /// An overlay is wrong or matches nothing.
    Overlay,
    /// An example does not fit its schema.
    ExampleMismatch,
    /// The generator itself is wrong.
    Internal,
}

impl Code {
    /// Every code, in the order of the stages that report it.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::DuplicateKey,
        Self::YamlTag,
        Self::UnsupportedVersion,
        Self::UnknownKey,
        Self::MissingKey,
        Self::WrongType,
        Self::InvalidValue,
        Self::LostKey,
        Self::UnresolvedReference,
        Self::CircularReference,
        Self::Unsupported,
        Self::NoEffect,
        Self::UndefinedStyle,
        Self::Contradiction,
        Self::AmbiguousUnion,
        Self::NameCollision,
        Self::Configuration,
        Self::Overlay,
        Self::ExampleMismatch,
        Self::Internal,
    ];

    /// The stable name: `unknown-key`, say.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::YamlTag => "yaml-tag",
            Self::UnsupportedVersion => "unsupported-version",
            Self::UnknownKey => "unknown-key",
            Self::MissingKey => "missing-key",
            Self::WrongType => "wrong-type",
            Self::InvalidValue => "invalid-value",
            Self::LostKey => "lost-key",
            Self::UnresolvedReference => "unresolved-reference",
            Self::CircularReference => "circular-reference",
            Self::Unsupported => "unsupported",
            Self::NoEffect => "no-effect",
            Self::UndefinedStyle => "undefined-style",
            Self::Contradiction => "contradiction",
            Self::AmbiguousUnion => "ambiguous-union",
            Self::NameCollision => "name-collision",
            Self::Configuration => "configuration",
            Self::Overlay => "overlay",
            Self::ExampleMismatch => "example-mismatch",
            Self::Internal => "internal",
        }
    }

    /// The code of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
