//! The rules of requests and of numbers, for the generator: what the runtime
//! refuses to send is known when a client is generated.

use std::cmp::Ordering;

use super::runtime::exact_number::ExactNumber;
use super::runtime::{base_url, charset, framing_headers, server_url};

/// Whether only the transport may write the header.
#[must_use]
pub fn is_framing_header(name: &str) -> bool {
    framing_headers::is_framing_header(name)
}

/// Checks the address of a server, its variables filled in.
///
/// # Errors
///
/// Says why no client can send requests there, without a part of the address.
pub fn check_server(template: &str, values: &[(&str, &str)]) -> Result<(), String> {
    let url = server_url::server_url(template, values).map_err(|error| error.to_string())?;
    let parsed = base_url::BaseUrl::parse(&url);
    parsed.map(drop).map_err(|error| error.to_string())
}

/// Compares two numbers of JSON without rounding; `None` where a text is none.
#[must_use]
pub fn compare_numbers(one: &str, other: &str) -> Option<Ordering> {
    Some(ExactNumber::parse(one)?.cmp(&ExactNumber::parse(other)?))
}

/// Returns a text that equal numbers of JSON share; `None` where a text is none.
#[must_use]
pub fn canonical_number(number: &str) -> Option<String> {
    Some(ExactNumber::parse(number)?.canonical())
}

/// Returns whether a number of JSON is a multiple of another; `None` where that
/// cannot be told.
#[must_use]
pub fn is_multiple(number: &str, step: &str) -> Option<bool> {
    ExactNumber::parse(number)?.is_multiple_of(&ExactNumber::parse(step)?)
}

/// Returns the charset that a media type names, where clients do not support it.
#[must_use]
pub fn unsupported_charset(media_type: &str) -> Option<String> {
    charset::unsupported(media_type)
}

/// Reads a text in the charset that its media type names.
///
/// # Errors
///
/// Says why the bytes are no text, without a part of them.
pub fn decode_text(media_type: &str, bytes: &[u8]) -> Result<String, String> {
    charset::decode_text(media_type, bytes).map_err(|misread| misread.to_string())
}

/// Writes a text in the charset that its media type names.
///
/// # Errors
///
/// Says why the text cannot be written so, without a part of it.
pub fn encode_text(media_type: &str, text: &str) -> Result<Vec<u8>, String> {
    charset::encode_text(media_type, text)
}
