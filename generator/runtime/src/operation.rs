//! [`Operation`] and [`Endpoint`]: what sets one operation apart from another.

use super::decode_error::DecodeError;
use super::exchange::Unread;
use super::received::Received;

/// An operation of the API, as a type: the generated code has one for each.
pub trait Operation {
    /// What the operation is, as data.
    const ENDPOINT: &'static Endpoint;
    /// What a successful response holds.
    type Output;
    /// What the body of an error response holds.
    type Failure;

    /// Whether a response is a success: its status is in 2xx, or it is a redirect
    /// that the API description has.
    fn is_success(received: &Received) -> bool {
        received.status().is_success()
    }

    /// Whether a success may be handed over before its body is read. Its
    /// timeout is then one of silence, not of the whole call.
    const STREAMS: bool = false;

    /// Whether this response of an operation that [`STREAMS`](Self::STREAMS),
    /// of which only the head is there, is handed over so.
    fn is_stream(_head: &Received) -> bool {
        Self::STREAMS
    }

    /// Hands over a success whose body has not been read.
    ///
    /// # Errors
    ///
    /// When the head does not fit the API description.
    fn open(head: &Received, _body: Unread) -> Result<Self::Output, DecodeError> {
        Self::decode(head)
    }

    /// Reads a response that [is a success](Self::is_success).
    ///
    /// # Errors
    ///
    /// When the body does not fit the API description.
    fn decode(received: &Received) -> Result<Self::Output, DecodeError>;

    /// Reads any other response; `None` where the body is not what
    /// the API sends, but a proxy's page, say.
    fn decode_failure(received: &Received) -> Option<Self::Failure>;
}

/// The static description of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct Endpoint {
    /// The name that the API description gives it.
    pub id: &'static str,
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// The path below the base URL, with `{parameters}` in braces.
    pub path: &'static str,
    /// The media types to ask for; empty for none.
    pub accept: &'static str,
    /// Names of security schemes: any of the outer lists will do, all of an
    /// inner one are needed. No list at all, or an empty inner one: the
    /// operation can be called without credentials.
    pub security: &'static [&'static [&'static str]],
    /// Whether sending a request twice is like sending it once, where the API
    /// description says so; else the method decides.
    pub idempotent: Option<bool>,
    /// The header by which the API tells a request that is sent again from a new
    /// one. Calls fill it, and may be sent again.
    pub idempotency_key: Option<IdempotencyKey>,
    /// Where an error body has a code that says what went wrong: the name of a
    /// property, or a JSON pointer.
    pub error_code: Option<&'static str>,
    /// Where an error body has the id of the request, in the same form.
    pub error_request_id: Option<&'static str>,
}

impl Endpoint {
    /// What holds of operations unless something else is said.
    pub(crate) const PLAIN: Self = Self {
        id: "",
        method: "GET",
        path: "",
        accept: "",
        security: &[],
        idempotent: None,
        idempotency_key: None,
        error_code: None,
        error_request_id: None,
    };
}

/// A header that is filled once per call and kept over its attempts.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct IdempotencyKey {
    /// The name of the header.
    pub header: &'static str,
    /// Makes a key that there has never been; `None` where there is no
    /// randomness.
    pub make: fn() -> Option<String>,
}
