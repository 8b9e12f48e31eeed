//! [`MockAnswer`]: what a [`MockServer`](super::mock::MockServer) answers with. A
//! status, headers and a body go in; a response comes out.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::decode_error::{DecodeError, decode};
use super::transport::{ResponseBody, TransportError};

/// A response in the making.
#[derive(Clone)]
#[must_use = "an answer does nothing until it is given to an operation"]
pub struct MockAnswer {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    /// The first thing that was wrong.
    problem: Option<String>,
}

impl MockAnswer {
    /// An answer without a body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            problem: None,
        }
    }

    /// An answer in JSON.
    pub fn json<T: Serialize + ?Sized>(status: u16, value: &T) -> Self {
        Self::encoded(status, "application/json", value)
    }

    /// An answer in a kind of JSON.
    pub(crate) fn encoded<T: Serialize + ?Sized>(status: u16, media_type: &str, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => Self::new(status).body(media_type, json),
            Err(error) => Self::new(status).wrong(format!("a value that is no JSON: {error}")),
        }
    }

    /// Another status.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            _ => self.wrong(format!("the header `{name}`, which cannot be sent")),
        }
    }

    /// Sets the body and its media type.
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.headers.remove(header::CONTENT_TYPE);
        match media_type {
            "" => self,
            media_type => self.header(header::CONTENT_TYPE.as_str(), media_type),
        }
    }

    fn wrong(mut self, problem: String) -> Self {
        self.problem.get_or_insert(problem);
        self
    }
}

impl fmt::Debug for MockAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockAnswer")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// An example of a response in the API description.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MockExample {
    /// Its name, unique in its operation.
    pub name: &'static str,
    /// The status of the response.
    pub status: u16,
    /// The media type of the body.
    pub media_type: &'static str,
    /// The body.
    pub body: &'static str,
}

impl MockExample {
    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// When it does not fit `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode(&mut serde_json::Deserializer::from_str(self.body))
    }
}

impl From<MockExample> for MockAnswer {
    fn from(example: MockExample) -> Self {
        Self::new(example.status).body(example.media_type, example.body)
    }
}

/// What becomes of a request.
#[derive(Clone)]
pub(crate) enum Reply {
    Answer(MockAnswer),
    Unreachable,
    BrokenOff,
    TimedOut,
    /// There is no example of this name, or none at all.
    NoExample(&'static str),
}

impl Reply {
    pub(crate) fn into_response(self) -> Result<Response<ResponseBody>, TransportError> {
        let answer = match self {
            Self::Answer(answer) => answer,
            Self::Unreachable => return Err(TransportError::connect("the mock is unreachable")),
            Self::BrokenOff => return Err(TransportError::other("the mock broke off")),
            Self::TimedOut => return Err(TransportError::timeout("the mock was too slow")),
            Self::NoExample("") => {
                return Err(TransportError::other(
                    "the API description has no example of it",
                ));
            }
            Self::NoExample(name) => {
                let problem = format!("the API description has no example `{name}` of it");
                return Err(TransportError::other(problem));
            }
        };
        if let Some(problem) = answer.problem {
            return Err(TransportError::other(format!(
                "the mock was given {problem}"
            )));
        }
        let status = StatusCode::from_u16(answer.status).map_err(TransportError::other)?;
        let mut response = Response::new(ResponseBody::from(answer.body));
        *response.status_mut() = status;
        *response.headers_mut() = answer.headers;
        Ok(response)
    }
}
