//! The hand-written support code of every generated client.
//!
//! In go the few things that differ from one API to the next: a static
//! [`Endpoint`] per operation, the values of its parameters, the types of its
//! answers. Out comes HTTP, or one [`Error`] that keeps what is known.
//!
//! This crate exists so that the code is compiled, linted and tested once; a
//! generated client holds copies of the files (see [`sources`]) below its own
//! `runtime` module. That is why they refer to each other by `super::` only.

#[cfg(feature = "rules")]
pub mod rules;
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
    pub(crate) mod assembly;
    pub(crate) mod base64;
    pub(crate) mod base_url;
    #[cfg(feature = "blocking")]
    pub(crate) mod blocking;
    #[cfg(feature = "blocking")]
    pub(crate) mod blocking_iter;
    pub(crate) mod build_error;
    pub(crate) mod byte_stream;
    pub(crate) mod call;
    pub(crate) mod call_options;
    pub(crate) mod charset;
    pub(crate) mod client_core;
    pub(crate) mod credentials;
    pub(crate) mod decode_error;
    pub(crate) mod draft;
    pub(crate) mod encoded;
    pub(crate) mod environment;
    pub(crate) mod epoch_text;
    pub(crate) mod error;
    pub(crate) mod event_parser;
    pub(crate) mod event_stream;
    pub(crate) mod exact_json;
    pub(crate) mod exact_number;
    pub(crate) mod exchange;
    pub(crate) mod fault;
    pub(crate) mod field_value;
    pub(crate) mod form;
    pub(crate) mod format_base64;
    pub(crate) mod format_base64_url;
    pub(crate) mod format_chrono;
    pub(crate) mod format_decimal;
    pub(crate) mod format_ip;
    pub(crate) mod format_jiff;
    pub(crate) mod format_number;
    pub(crate) mod format_time;
    pub(crate) mod format_url;
    pub(crate) mod format_uuid;
    pub(crate) mod formatted;
    pub(crate) mod framing_headers;
    pub(crate) mod header_values;
    pub(crate) mod inherited_url;
    pub(crate) mod json_body;
    pub(crate) mod json_pointer;
    pub(crate) mod json_stream;
    pub(crate) mod json_text;
    pub(crate) mod link_header;
    pub(crate) mod media_type;
    #[cfg(feature = "mock")]
    pub(crate) mod mock;
    #[cfg(feature = "mock")]
    pub(crate) mod mock_answer;
    pub(crate) mod multipart;
    pub(crate) mod newtype;
    pub(crate) mod next_page;
    pub(crate) mod object;
    pub(crate) mod open_enum;
    pub(crate) mod operation;
    pub(crate) mod pagination;
    pub(crate) mod parameter;
    pub(crate) mod parts;
    pub(crate) mod path;
    pub(crate) mod pattern;
    pub(crate) mod pattern_set;
    pub(crate) mod pattern_syntax;
    pub(crate) mod pattern_text;
    pub(crate) mod random_key;
    pub(crate) mod reading;
    pub(crate) mod received;
    pub(crate) mod redirect;
    pub(crate) mod redirects;
    pub(crate) mod request_body;
    #[cfg(feature = "reqwest")]
    pub(crate) mod reqwest_transport;
    pub(crate) mod response;
    pub(crate) mod retry;
    pub(crate) mod retry_after;
    #[cfg(feature = "rustls")]
    pub(crate) mod roots;
    pub(crate) mod screen;
    pub(crate) mod secret;
    pub(crate) mod server_url;
    pub(crate) mod settings;
    pub(crate) mod style;
    pub(crate) mod tagged;
    pub(crate) mod tagged_variant;
    #[cfg(feature = "tokio")]
    pub(crate) mod time_limit;
    #[cfg(feature = "reqwest")]
    pub(crate) mod tls;
    pub(crate) mod token;
    #[cfg(feature = "tower")]
    pub(crate) mod tower_transport;
    pub(crate) mod trace;
    pub(crate) mod transport;
    pub(crate) mod undescribed;
    pub(crate) mod unknown;
    pub(crate) mod untagged;
    pub(crate) mod validation;
    pub(crate) mod wide_integer;

    /// The error body that a generated client puts in this place: the one that
    /// most operations of its API document.
    pub type Failure = ();

    pub(crate) use base_url::*;
    pub use base64::*;
    #[cfg(feature = "blocking")]
    pub(crate) use blocking::*;
    #[cfg(feature = "blocking")]
    pub use blocking_iter::*;
    pub use build_error::*;
    pub use byte_stream::*;
    pub use call::*;
    pub use call_options::*;
    pub(crate) use charset::*;
    pub use client_core::*;
    pub(crate) use credentials::*;
    pub use decode_error::*;
    pub(crate) use draft::*;
    pub(crate) use environment::*;
    pub use error::*;
    pub(crate) use event_parser::*;
    pub use event_stream::*;
    pub(crate) use exchange::*;
    pub(crate) use fault::*;
    pub(crate) use field_value::*;
    pub(crate) use form::*;
    pub use format_base64_url::*;
    pub use formatted::*;
    pub(crate) use framing_headers::*;
    pub(crate) use inherited_url::*;
    pub(crate) use json_body::*;
    pub(crate) use json_pointer::*;
    pub use json_stream::*;
    pub(crate) use json_text::*;
    pub(crate) use link_header::*;
    #[cfg(feature = "mock")]
    pub use mock::*;
    #[cfg(feature = "mock")]
    pub use mock_answer::*;
    pub use multipart::*;
    pub(crate) use newtype::*;
    pub use next_page::*;
    pub(crate) use object::*;
    pub(crate) use open_enum::*;
    pub use operation::*;
    pub use pagination::*;
    pub(crate) use parameter::*;
    pub(crate) use parts::*;
    pub(crate) use path::*;
    pub(crate) use random_key::*;
    pub(crate) use reading::*;
    pub use received::*;
    pub use redirect::*;
    pub(crate) use redirects::*;
    pub use request_body::*;
    #[cfg(feature = "reqwest")]
    pub use reqwest_transport::*;
    pub use response::*;
    pub use retry::*;
    pub(crate) use retry_after::*;
    #[cfg(feature = "rustls")]
    pub(crate) use roots::*;
    pub(crate) use screen::*;
    pub use secret::*;
    pub(crate) use server_url::*;
    pub use settings::*;
    pub(crate) use style::*;
    pub(crate) use tagged::*;
    #[cfg(feature = "tokio")]
    pub(crate) use time_limit::*;
    #[cfg(feature = "reqwest")]
    pub(crate) use tls::*;
    pub use token::*;
    #[cfg(feature = "tower")]
    pub use tower_transport::*;
    pub(crate) use trace::*;
    pub use transport::*;
    pub use undescribed::*;
    pub use unknown::*;
    pub(crate) use untagged::*;
    pub use validation::*;
}

#[cfg(feature = "client")]
pub use runtime::*;

/// The files that the generator needs, without a client.
#[cfg(all(any(feature = "pattern", feature = "rules"), not(feature = "client")))]
#[path = "."]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the generator uses a part of each file"
)]
mod runtime {
    #[cfg(feature = "rules")]
    pub(crate) mod base_url;
    #[cfg(feature = "rules")]
    pub(crate) mod build_error;
    #[cfg(feature = "rules")]
    pub(crate) mod charset;
    #[cfg(feature = "rules")]
    pub(crate) mod exact_number;
    #[cfg(feature = "rules")]
    pub(crate) mod framing_headers;
    #[cfg(feature = "rules")]
    pub(crate) mod path;
    #[cfg(feature = "pattern")]
    pub(crate) mod pattern;
    #[cfg(feature = "pattern")]
    pub(crate) mod pattern_set;
    #[cfg(feature = "pattern")]
    pub(crate) mod pattern_syntax;
    #[cfg(feature = "pattern")]
    pub(crate) mod pattern_text;
    #[cfg(feature = "rules")]
    pub(crate) mod server_url;
}

/// Regular expressions as clients match them, for the generator.
#[cfg(feature = "pattern")]
pub mod patterns {
    use super::runtime::pattern::{self, Match};

    /// Checks that a pattern can be used.
    ///
    /// # Errors
    ///
    /// Returns why not, as the end of a sentence that begins with the pattern.
    pub fn check(pattern: &str) -> Result<(), &'static str> {
        pattern::check(pattern)
    }

    /// Returns whether a text matches a pattern; `None` where the pattern
    /// cannot be used, or a limit was reached.
    #[must_use]
    pub fn matches(pattern: &str, text: &str) -> Option<bool> {
        match pattern::matches(pattern, text) {
            Match::Yes => Some(true),
            Match::No => Some(false),
            Match::Unchecked => None,
        }
    }
}

// Two attributes: clippy does not look inside `all(test, …)`.
#[cfg(test)]
#[cfg(feature = "reqwest")]
mod tests;
