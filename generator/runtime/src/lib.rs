//! The hand-written support code of every generated client.
//!
//! In go the few things that differ from one API to the next: a static
//! [`Endpoint`] per operation, the values of its parameters, the types of its
//! answers. Out comes HTTP, or one [`Error`] that keeps what is known.
//!
//! This crate exists so that the code is compiled, linted and tested once; a
//! generated client holds copies of the files (see [`sources`]) below its own
//! `runtime` module. That is why they refer to each other by `super::` only.

pub mod sources;

/// What a generated client has in `src/runtime/mod.rs`; the files themselves
/// lie beside this one.
#[cfg(feature = "client")]
#[path = "."]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "the callers of what is `pub(crate)` are the generated clients"
)]
mod runtime {
    pub(crate) mod base64;
    pub(crate) mod base_url;
    pub(crate) mod build_error;
    pub(crate) mod call;
    pub(crate) mod client_core;
    pub(crate) mod credentials;
    pub(crate) mod decode_error;
    pub(crate) mod draft;
    pub(crate) mod error;
    pub(crate) mod exchange;
    pub(crate) mod fault;
    pub(crate) mod json_text;
    pub(crate) mod open_enum;
    pub(crate) mod operation;
    pub(crate) mod parameter;
    pub(crate) mod path;
    #[cfg(feature = "reqwest")]
    pub(crate) mod platform_roots;
    pub(crate) mod presence;
    pub(crate) mod received;
    #[cfg(feature = "reqwest")]
    pub(crate) mod reqwest_transport;
    pub(crate) mod response;
    pub(crate) mod screen;
    pub(crate) mod secret;
    pub(crate) mod server_url;
    pub(crate) mod settings;
    pub(crate) mod style;
    pub(crate) mod tagged;
    pub(crate) mod token;
    pub(crate) mod transport;
    pub(crate) mod unknown;
    pub(crate) mod untagged;

    pub(crate) use base_url::*;
    pub use base64::*;
    pub use build_error::*;
    pub use call::*;
    pub use client_core::*;
    pub(crate) use credentials::*;
    pub use decode_error::*;
    pub(crate) use draft::*;
    pub use error::*;
    pub(crate) use exchange::*;
    pub(crate) use fault::*;
    pub(crate) use json_text::*;
    pub(crate) use open_enum::*;
    pub use operation::*;
    pub(crate) use parameter::*;
    pub(crate) use path::*;
    #[cfg(feature = "reqwest")]
    pub(crate) use platform_roots::*;
    pub(crate) use presence::*;
    pub use received::*;
    #[cfg(feature = "reqwest")]
    pub use reqwest_transport::*;
    pub use response::*;
    pub(crate) use screen::*;
    pub use secret::*;
    pub(crate) use server_url::*;
    pub use settings::*;
    pub(crate) use style::*;
    pub(crate) use tagged::*;
    pub use token::*;
    pub use transport::*;
    pub use unknown::*;
    pub(crate) use untagged::*;
}

#[cfg(feature = "client")]
pub use runtime::*;

// Two attributes: clippy does not look inside `all(test, …)`.
#[cfg(test)]
#[cfg(feature = "reqwest")]
mod tests;
