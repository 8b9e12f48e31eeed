//! Tests of the runtime, most of them over a real connection on loopback.

mod base64;
mod base_url;
mod credentials;
mod decoding;
mod failures;
mod fixture;
mod formatted;
mod open_enum;
mod options;
mod path;
mod presence;
mod refusals;
mod secrecy;
mod server;
mod sources;
mod styles;
mod transport;
mod types;
mod unions;
mod validation;
mod wire;
