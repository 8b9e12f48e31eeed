//! Names the headers that belong to the connection: they say where a message
//! ends and where it goes, so only the transport may write them.

/// The names, in lower case: the hop-by-hop headers (RFC 9110 §7.6.1 and those
/// that predate it), `Host`, `Content-Length` and `Expect`.
const FRAMING_HEADERS: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Whether only the transport may write the header, however its name is
/// written.
pub(crate) fn is_framing_header(name: &str) -> bool {
    FRAMING_HEADERS
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}
