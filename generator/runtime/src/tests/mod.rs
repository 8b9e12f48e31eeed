//! Tests of the runtime, most of them over a real connection on loopback.

mod arrival;
mod base64;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "blocking")]
mod blocking_runtimes;
mod charset;
mod conformance;
mod costs;
mod credentials;
mod decoding;
mod dropping;
mod environment;
mod failures;
mod fixture;
mod formatted;
#[cfg(feature = "blocking")]
mod keep_alive;
mod newtype;
mod numbers;
mod object;
mod open_enum;
mod options;
mod path;
mod patterns;
mod reading;
mod redirects;
mod refusals;
mod retries;
mod secrecy;
mod server;
mod server_url;
mod soak;
mod sources;
mod streams;
mod style_examples;
mod styles;
mod tokens;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "tracing")]
mod trace;
mod transport;
mod types;
mod undescribed;
mod unions;
mod validation;
mod wire;
