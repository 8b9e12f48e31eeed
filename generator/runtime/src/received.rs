//! [`Received`]: a response as it came, before it is decoded. In go a status,
//! headers and a complete body; out come values of any decodable type.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri, header};
use serde::de::DeserializeOwned;

use super::charset::decode_text;
use super::decode_error::DecodeError;
use super::json_body::read_json;
use super::redirects;
use super::response::HeaderNames;

/// How many values the JSON of a response may have, if an object counts as ten:
/// 2,000,000.
pub const DEFAULT_VALUE_LIMIT: usize = 2_000_000;

/// A response whose body has been read.
#[derive(Clone)]
pub struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
    /// How many values its JSON may have.
    pub(crate) value_limit: usize,
    /// The URL that it comes from, where that is known.
    pub(crate) asked: Option<Uri>,
    /// Whether a redirect led there.
    pub(crate) followed: bool,
}

/// Takes a response that something else has received: recorded traffic, say, or
/// the answer that another HTTP client got to [`Call::build`](super::Call::build).
/// [`Operation::decode`](super::Operation::decode) and
/// [`Operation::decode_failure`](super::Operation::decode_failure) read it.
impl<B: Into<Bytes>> From<http::Response<B>> for Received {
    fn from(response: http::Response<B>) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status,
            headers: head.headers,
            body: body.into(),
            attempts: 1,
            value_limit: DEFAULT_VALUE_LIMIT,
            asked: None,
            followed: false,
        }
    }
}

impl Received {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, byte for byte.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The URL that `Location` names, absolute.
    pub(crate) fn target(&self) -> Option<String> {
        redirects::target(&self.headers, self.asked.as_ref())
    }

    /// Whether it is a redirect to somewhere.
    pub(crate) fn is_redirect(&self) -> bool {
        self.status.is_redirection()
            && self.status != StatusCode::NOT_MODIFIED
            && self.headers.contains_key(header::LOCATION)
    }

    /// Whether it comes from where a redirect led.
    pub(crate) fn is_followed(&self) -> bool {
        self.followed
    }

    /// The URL that it comes from, if a redirect led there.
    pub(crate) fn followed_to(&self) -> Option<&Uri> {
        self.asked.as_ref().filter(|_| self.followed)
    }

    /// The declared media type without its parameters, as in
    /// `application/json`; `None` where there is none or it is unreadable.
    pub fn content_type(&self) -> Option<&str> {
        let declared = self.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        declared
            .split(';')
            .next()
            .map(str::trim)
            .filter(|essence| !essence.is_empty())
    }

    /// Reads the body as JSON, whatever type it was declared as: servers and
    /// proxies err there more often than in the body.
    ///
    /// # Errors
    ///
    /// When the body is not JSON, does not fit `T`, or has more values than the
    /// client decodes.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        read_json(&self.body, self.value_limit).map_err(|error| self.blame(error))
    }

    /// Reads the body as a JSON object, as [`json`](Self::json) does. Serde reads
    /// lists as structs too, field by field: no API means that.
    ///
    /// # Errors
    ///
    /// When the body is not JSON, no object, or does not fit `T`.
    pub fn json_object<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let json = self
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.body);
        match json.trim_ascii_start().first() {
            Some(b'[') => Err(DecodeError::new("it is a list, not an object")),
            _ => self.json(),
        }
    }

    /// Reads the body as text, in the charset that the media type names (RFC
    /// 9110, 8.3.2): UTF-8, also where it names none, US-ASCII, ISO-8859-1 or
    /// UTF-16. A byte order mark is removed.
    ///
    /// # Errors
    ///
    /// When the body is no text of that charset, or it is another one.
    pub fn text(&self) -> Result<String, DecodeError> {
        let declared = self.headers.get(header::CONTENT_TYPE);
        let declared = declared.and_then(|declared| declared.to_str().ok());
        Ok(decode_text(declared.unwrap_or_default(), &self.body)?)
    }

    /// The body as it is.
    ///
    /// # Errors
    ///
    /// None now; the form is that of its siblings.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        Ok(self.body.clone())
    }

    /// For a status that the API description does not have: whatever it means,
    /// it is none of the documented answers.
    pub(crate) fn undocumented(&self) -> DecodeError {
        DecodeError::new("the API description does not have this status")
    }

    /// For a status without a body: whatever was sent is left aside.
    ///
    /// # Errors
    ///
    /// None now; the form is that of its siblings.
    pub fn empty(&self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// Says more of an error where the body as a whole is something else.
    fn blame(&self, error: DecodeError) -> DecodeError {
        if self.body.is_empty() {
            return DecodeError::new("it is empty");
        }
        // Named here and not quoted: a header may hold anything.
        const KNOWN: [&str; 5] = [
            "text/html",
            "text/plain",
            "text/xml",
            "application/xml",
            "application/octet-stream",
        ];
        let declared = self.content_type().unwrap_or_default();
        match KNOWN
            .iter()
            .find(|known| declared.eq_ignore_ascii_case(known))
        {
            Some(known) => error.with_content_type(known),
            None => error,
        }
    }
}

/// Names of headers and the length of the body, no values.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
