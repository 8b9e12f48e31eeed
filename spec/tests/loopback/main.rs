//! The client against an HTTP server on this machine: what it sends, byte for
//! byte, what it makes of every kind of answer, and what it refuses to send.
// Other transports are not ours to test.
#![cfg(feature = "reqwest")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails so"
)]

mod attempts;
mod broken;
mod decoding;
mod headers;
mod operation;
mod paths;
mod redirects;
mod requests;
mod secrets;
mod server;
mod settings;
mod statuses;
mod usage;
