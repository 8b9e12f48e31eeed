//! [`Redirect`]: where the API sends the caller. A response with `Location` goes in;
//! the URL comes out, and what it answers where redirects are followed.

use std::fmt;

use super::byte_stream::ByteStream;
use super::decode_error::DecodeError;
use super::exchange::Unread;
use super::received::Received;

/// A response that is a redirect (RFC 9110, section 15.4), as the API description
/// has it.
///
/// Its URL is where what was asked for can be had, often for a short time and
/// without credentials, so that it is as good as one: `Debug` shows the host alone.
pub struct Redirect {
    location: String,
    answer: Option<ByteStream>,
}

impl Redirect {
    /// A redirect to this URL, for a mock to answer with.
    pub fn to(location: impl Into<String>) -> Self {
        Self {
            location: location.into(),
            answer: None,
        }
    }

    /// The URL that `Location` names, absolute.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// What the URL answered, where the client or the call follows redirects.
    pub fn into_answer(self) -> Option<ByteStream> {
        self.answer
    }

    /// Reads a response that was not followed.
    pub(crate) fn of(received: &Received) -> Result<Self, DecodeError> {
        match received.target() {
            Some(location) => Ok(Self::to(location)),
            None => Err(DecodeError::new(
                "its `Location` is no URL of HTTP without a user name",
            )),
        }
    }

    /// Hands over the answer of the URL that a redirect led to.
    pub(crate) fn followed(received: &Received, body: Unread) -> Result<Self, DecodeError> {
        match received.followed_to() {
            Some(location) => Ok(Self {
                location: location.to_string(),
                answer: Some(ByteStream::new(body)),
            }),
            None => Err(received.undocumented()),
        }
    }
}

/// The host alone.
impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = self.location.parse::<http::Uri>().ok();
        f.debug_struct("Redirect")
            .field("host", &uri.as_ref().and_then(http::Uri::host))
            .field("has_answer", &self.answer.is_some())
            .finish_non_exhaustive()
    }
}
