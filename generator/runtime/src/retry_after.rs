//! `Retry-After` (RFC 9110, section 10.2.3): the headers of a response in, how
//! long to wait out.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};

/// How long the server asks to wait; `None` where it does not say, or in a way
/// that nobody understands.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Duration::from_secs);
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // By the server's own clock, if it says what that shows: this machine's may
    // be wrong.
    let date = headers
        .get(header::DATE)
        .and_then(|date| date.to_str().ok());
    let now = date.and_then(|date| httpdate::parse_http_date(date).ok());
    let now = now.unwrap_or_else(SystemTime::now);
    // A time that has passed is now.
    Some(until.duration_since(now).unwrap_or_default())
}
