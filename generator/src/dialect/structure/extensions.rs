//! The extensions that this generator alone reads: where each has an effect, and
//! what its value is.

use super::Kind;
use super::Shape::{self, Any, Bool, Text};

/// An extension with an effect.
pub(in crate::dialect) struct Extension {
    pub(in crate::dialect) name: &'static str,
    /// The objects that it has an effect in.
    pub(in crate::dialect) kinds: &'static [Kind],
    /// Their names, for messages.
    pub(in crate::dialect) places: &'static str,
    /// `Any` where the stage that reads the value checks it.
    pub(in crate::dialect) shape: Shape,
}

const fn extension(
    name: &'static str,
    kinds: &'static [Kind],
    places: &'static str,
    shape: Shape,
) -> Extension {
    Extension {
        name,
        kinds,
        places,
        shape,
    }
}

/// All of them.
pub(in crate::dialect) static EXTENSIONS: &[Extension] = &[
    extension(
        "x-rust-name",
        &[
            Kind::Operation,
            Kind::Parameter,
            Kind::Header,
            Kind::Schema,
            Kind::SecurityScheme,
            Kind::Server,
            Kind::ServerVariable,
        ],
        "operations, parameters, headers, schemas, security schemes, servers and their variables",
        Text,
    ),
    extension("x-rust-path", &[Kind::Tag], "tags", Any),
    extension("x-rust-type", SCHEMAS, "schemas", Any),
    extension("x-rust-newtype", SCHEMAS, "schemas", Any),
    extension("x-sensitive", SCHEMAS, "schemas", Bool),
    extension("x-idempotent", OPERATIONS, "operations", Any),
    extension("x-idempotency-key", OPERATIONS, "operations", Any),
    extension("x-pagination", OPERATIONS, "operations", Any),
];

const SCHEMAS: &[Kind] = &[Kind::Schema];
const OPERATIONS: &[Kind] = &[Kind::Operation];
