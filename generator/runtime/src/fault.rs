//! [`Fault`]: what [`Error`](super::error::Error) holds whatever its type
//! parameter. Pieces of an exchange go in; out comes text that can be logged.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::build_error::BuildError;
use super::decode_error::DecodeError;
use super::error::{ErrorKind, TimeoutKind};
use super::json_pointer::scalars_at;
use super::operation::Endpoint;
use super::received::Received;
use super::screen::Screen;
use super::transport::{TransportError, TransportErrorKind};

/// What lies behind a fault.
pub(crate) type Source = Box<dyn StdError + Send + Sync>;

/// How much of a body an error keeps.
const BODY_LIMIT: usize = 64 * 1024;

/// A failed call.
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    /// `None` where the client itself could not be built.
    pub(crate) endpoint: Option<&'static Endpoint>,
    pub(crate) response: Option<Answer>,
    pub(crate) decode: Option<DecodeError>,
    /// Why a request is invalid.
    problem: String,
    pub(crate) source: Option<Source>,
    /// Which time was up, if one was.
    pub(crate) timeout: Option<TimeoutKind>,
    /// How many attempts there were.
    pub(crate) attempts: u32,
}

/// A response that came with a failure.
pub(crate) struct Answer {
    pub(crate) received: Received,
    /// Free of secrets.
    pub(crate) code: Option<String>,
    /// Free of secrets.
    pub(crate) request_id: Option<String>,
}

impl Fault {
    fn new(kind: ErrorKind, endpoint: Option<&'static Endpoint>) -> Self {
        Self {
            kind,
            endpoint,
            response: None,
            decode: None,
            problem: String::new(),
            source: None,
            timeout: None,
            attempts: 0,
        }
    }

    pub(crate) fn after(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    pub(crate) fn invalid(endpoint: &'static Endpoint, problem: String) -> Self {
        Self {
            problem,
            ..Self::new(ErrorKind::InvalidRequest, Some(endpoint))
        }
    }

    /// The provider of a token failed; nothing was sent.
    pub(crate) fn token(endpoint: &'static Endpoint, error: Source) -> Self {
        let mut cause: Option<&(dyn StdError + 'static)> = Some(&*error);
        let mut is_transport = false;
        while let Some(error) = cause {
            is_transport |= error.is::<TransportError>();
            cause = error.source();
        }
        let kind = match is_transport {
            true => ErrorKind::Connect,
            false => ErrorKind::InvalidRequest,
        };
        Self {
            problem: "there is no access token".to_owned(),
            source: Some(error),
            ..Self::new(kind, Some(endpoint))
        }
    }

    pub(crate) fn build(error: BuildError) -> Self {
        let problem = error.to_string();
        let source = error.into_source();
        Self {
            problem,
            source,
            ..Self::new(ErrorKind::InvalidRequest, None)
        }
    }

    /// `limit` is what ended the exchange, if time did.
    pub(crate) fn transport(
        endpoint: &'static Endpoint,
        error: TransportError,
        limit: TimeoutKind,
    ) -> Self {
        let limit = match error.kind() {
            TransportErrorKind::Connect => TimeoutKind::Connect,
            TransportErrorKind::Invalid
            | TransportErrorKind::Timeout
            | TransportErrorKind::Other => limit,
        };
        let kind = error.kind().into();
        Self {
            problem: "the transport cannot send it".to_owned(),
            timeout: error.is_timeout().then_some(limit),
            source: Some(error.into_source()),
            ..Self::new(kind, Some(endpoint))
        }
    }

    /// `source` is why the body is not complete, if the connection was closed
    /// early.
    pub(crate) fn api(endpoint: &'static Endpoint, source: Option<Source>) -> Self {
        Self {
            source,
            ..Self::new(ErrorKind::Api, Some(endpoint))
        }
    }

    pub(crate) fn decode(endpoint: &'static Endpoint, error: DecodeError) -> Self {
        Self {
            decode: Some(error),
            ..Self::new(ErrorKind::Decode, Some(endpoint))
        }
    }

    /// Says why the error body is not what the API describes.
    pub(crate) fn with_misfit(self, decode: Option<DecodeError>) -> Self {
        Self { decode, ..self }
    }

    pub(crate) fn with_response(mut self, mut received: Received, screen: &Screen) -> Self {
        let places = self.endpoint.map_or([None; 2], |endpoint| {
            [endpoint.error_code, endpoint.error_request_id]
        });
        let [code, request_id] = scalars_at(&received.body, places)
            .map(|text| text.and_then(|text| screen.identifier(&text)));
        if received.body.len() > BODY_LIMIT {
            // Copied, or the whole body would stay in memory.
            received.body = Bytes::copy_from_slice(&received.body[..BODY_LIMIT]);
        }
        self.attempts = received.attempts;
        self.response = Some(Answer {
            received,
            code,
            request_id,
        });
        self
    }
}

/// One line.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.endpoint {
            Some(endpoint) => write!(f, "{} {}", endpoint.method, endpoint.path)?,
            None => return write!(f, "the client cannot be built: {}", self.problem),
        }
        match self.kind {
            ErrorKind::InvalidRequest => write!(f, " was not sent: {}", self.problem)?,
            ErrorKind::Connect => f.write_str(" was not sent: no connection")?,
            ErrorKind::Timeout => f.write_str(" took too long")?,
            ErrorKind::Transport => f.write_str(" broke off")?,
            ErrorKind::Api | ErrorKind::Decode => {}
        }
        let Some(answer) = &self.response else {
            // One item of a stream.
            return match &self.decode {
                Some(error) => write!(f, " sent what does not fit the API description: {error}"),
                None => Ok(()),
            };
        };
        if matches!(self.kind, ErrorKind::Timeout | ErrorKind::Transport) {
            f.write_str(" after it")?;
        }
        let status = answer.received.status;
        write!(f, " answered {}", status.as_u16())?;
        if let Some(reason) = status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        if let Some(error) = &self.decode {
            write!(
                f,
                ", but its body does not fit the API description: {error}"
            )?;
        }
        if let Some(code) = &answer.code {
            write!(f, ": {code}")?;
        }
        if let Some(request_id) = &answer.request_id {
            write!(f, " (request id {request_id})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answer = self.response.as_ref();
        let mut shown = f.debug_struct("Error");
        shown
            .field("kind", &self.kind)
            .field("operation", &self.endpoint.map(|endpoint| endpoint.id))
            .field("message", &format_args!("{self}"))
            .field("response", &answer.map(|answer| &answer.received));
        if let Some(source) = &self.source {
            shown.field("source", source);
        }
        shown.finish()
    }
}
