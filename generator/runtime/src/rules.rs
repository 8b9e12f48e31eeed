//! The rules of requests, for the generator: what the runtime refuses to send is
//! known when a client is generated.

use super::runtime::{base_url, framing_headers, server_url};

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
