//! Tests of the runtime, most of them over a real connection on loopback.

mod base64;
mod base_url;
mod credentials;
mod decoding;
mod failures;
mod fixture;
mod formatted;
mod object;
mod open_enum;
mod options;
mod path;
mod reading;
mod refusals;
mod secrecy;
mod server;
mod server_url;
mod sources;
mod streams;
mod style_examples;
mod styles;
mod tokens;
mod transport;
mod types;
mod unions;
mod validation;
mod wire;
