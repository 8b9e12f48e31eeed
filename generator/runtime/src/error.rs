//! [`Error`]: everything that can go wrong with a call, in one type that loses
//! nothing and shows nothing secret.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::build_error::BuildError;
use super::decode_error::DecodeError;
use super::fault::Fault;
use super::retry::is_passing;
use super::retry_after::retry_after;
use super::transport::TransportErrorKind;

/// What went wrong, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value cannot be sent, or credentials are missing. Nothing was sent.
    InvalidRequest,
    /// No connection came about. Nothing was sent, so trying again is safe.
    Connect,
    /// Time was up; the server may have acted on the request.
    Timeout,
    /// The exchange broke off; the server may have acted on the request.
    Transport,
    /// The API answered with a status outside 2xx.
    Api,
    /// The status is in 2xx, the body does not fit the API description.
    Decode,
}

impl From<TransportErrorKind> for ErrorKind {
    fn from(kind: TransportErrorKind) -> Self {
        match kind {
            TransportErrorKind::Invalid => Self::InvalidRequest,
            TransportErrorKind::Connect => Self::Connect,
            TransportErrorKind::Timeout => Self::Timeout,
            TransportErrorKind::Other => Self::Transport,
        }
    }
}

/// Which time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// That for connecting. Nothing was sent.
    Connect,
    /// That of one attempt.
    Attempt,
    /// That of the whole call.
    Call,
    /// That in which something of a stream has to come.
    Idle,
}

/// The error of a call. `F` is the decoded error body of the API; the default is
/// the error body that most operations document.
///
/// Once a response has arrived, its status, headers and body stay available.
/// `Debug`, `Display` and the sources show no body, header value, parameter or
/// secret: they can be logged.
pub struct Error<F = super::Failure> {
    fault: Box<Fault>,
    api: Option<Box<F>>,
}

impl<F> Error<F> {
    pub(crate) fn with_api(fault: Box<Fault>, api: Option<F>) -> Self {
        Self {
            fault,
            api: api.map(Box::new),
        }
    }

    /// What went wrong, roughly.
    pub fn kind(&self) -> ErrorKind {
        self.fault.kind
    }

    /// Whether a value cannot be sent, or credentials are missing.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Whether no connection came about, so that trying again is safe.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether time was up for the exchange. Where it was for the connection,
    /// [`is_connect`](Self::is_connect) says so, as nothing was sent.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Which time was up, if one was.
    pub fn timeout(&self) -> Option<TimeoutKind> {
        self.fault.timeout
    }

    /// Whether the same call may do better later: no connection, a timeout, a
    /// connection that broke off, or one of the statuses 408, 429, 500, 502, 503
    /// and 504. The server may have acted on it nevertheless.
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => true,
            _ => self.status().is_some_and(is_passing),
        }
    }

    /// Whether the API answered that there is no such thing (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the API answered that there are too many requests (429).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// How long the server asks to wait, where it says so (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?)
    }

    /// How many attempts were made; none where the request could not be made.
    pub fn attempts(&self) -> u32 {
        self.fault.attempts
    }

    /// Whether the exchange broke off.
    pub fn is_transport(&self) -> bool {
        self.kind() == ErrorKind::Transport
    }

    /// Whether the API answered with a status outside 2xx.
    pub fn is_api(&self) -> bool {
        self.kind() == ErrorKind::Api
    }

    /// Whether a body does not fit the API description.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// The operation, as the API description names it; `None` where the client
    /// itself could not be built.
    pub fn operation(&self) -> Option<&'static str> {
        self.fault.endpoint.map(|endpoint| endpoint.id)
    }

    /// The status, where a response arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.fault
            .response
            .as_ref()
            .map(|response| response.received.status)
    }

    /// The headers, where a response arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.fault
            .response
            .as_ref()
            .map(|response| &response.received.headers)
    }

    /// The body, where a response arrived: as much of it as came, and its
    /// first 64 KiB at most.
    pub fn body(&self) -> Option<&Bytes> {
        self.fault
            .response
            .as_ref()
            .map(|response| &response.received.body)
    }

    /// The decoded error body, where it is what the API describes, and no larger
    /// than 1 MiB and the client's response limit.
    pub fn api(&self) -> Option<&F> {
        self.api.as_deref()
    }

    /// The decoded error body, by value.
    pub fn into_api(self) -> Option<F> {
        self.api.map(|api| *api)
    }

    /// The error code in the body, where it is an identifier: safe to log.
    pub fn code(&self) -> Option<&str> {
        self.fault.response.as_ref()?.code.as_deref()
    }

    /// The id of the request in the body, where it is an identifier: safe to
    /// log, and what the API's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.fault.response.as_ref()?.request_id.as_deref()
    }

    /// What did not fit, and where in the JSON; for an error of the API, that its
    /// body was too large to be decoded.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.fault.decode.as_ref()
    }

    /// The same error with another type of error body.
    pub fn map_api<G>(self, change: impl FnOnce(F) -> G) -> Error<G> {
        Error {
            fault: self.fault,
            api: self.api.map(|api| Box::new(change(*api))),
        }
    }

    /// The same error without the decoded error body: one type for the calls
    /// of all operations.
    pub fn erase(self) -> Error<()> {
        Error {
            fault: self.fault,
            api: None,
        }
    }
}

impl<F> From<Box<Fault>> for Error<F> {
    fn from(fault: Box<Fault>) -> Self {
        Self { fault, api: None }
    }
}

impl<F> From<BuildError> for Error<F> {
    fn from(error: BuildError) -> Self {
        Box::new(Fault::build(error)).into()
    }
}

impl<F> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fault, f)
    }
}

impl<F> fmt::Debug for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.fault, f)
    }
}

impl<F> StdError for Error<F> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.fault.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
