//! [`Response`]: a decoded body together with what came around it.

use std::fmt;
use std::ops::Deref;

use http::{HeaderMap, StatusCode};

/// A successful response. Dereferences to the decoded body.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    attempts: u32,
}

impl<T> Response<T> {
    /// Puts a response together; the reverse of [`into_parts`](Self::into_parts).
    pub fn from_parts(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
            attempts: 1,
        }
    }

    pub(crate) fn after(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The decoded body, where dereferencing is not clear enough.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Only the decoded body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Everything, by value.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// The same response with another body.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            body: change(self.body),
            attempts: self.attempts,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// The body as its type shows it; the names of the headers without values.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

/// Shows headers as a list of names: values may be cookies or tokens, and the
/// `Debug` of `HeaderMap::keys` shows them too.
pub(crate) struct HeaderNames<'a>(pub(crate) &'a HeaderMap);

/// The names that are shown. Of others there is only the number: a server may
/// send anything as a name, even what it was sent.
const SHOWN: [&str; 32] = [
    "age",
    "allow",
    "cache-control",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-type",
    "date",
    "etag",
    "expires",
    "last-modified",
    "link",
    "location",
    "retry-after",
    "server",
    "set-cookie",
    "strict-transport-security",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "vary",
    "via",
    "warning",
    "www-authenticate",
    "x-correlation-id",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
];

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        let mut others = 0;
        for name in self.0.keys().map(|name| name.as_str()) {
            if SHOWN.contains(&name) {
                list.entry(&name);
            } else {
                others += 1;
            }
        }
        if others > 0 {
            list.entry(&format_args!("{others} more"));
        }
        list.finish()
    }
}
