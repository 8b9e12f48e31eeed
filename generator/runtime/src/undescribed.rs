//! Calls of what the API description does not have: a method and a path in, a
//! [`Call`] with the client's credentials, attempts and errors out.

use http::Method;
use serde::Serialize;
use serde_json::Value;

use super::call::Call;
use super::client_core::Core;
use super::decode_error::DecodeError;
use super::draft::Draft;
use super::operation::{Endpoint, Operation};
use super::received::Received;
use super::request_body::RequestBody;

/// An operation that the API description does not have, for [`Call`].
#[derive(Clone, Copy, Debug)]
pub enum Undescribed {}

impl Operation for Undescribed {
    const ENDPOINT: &'static Endpoint = &ENDPOINTS[0];
    type Output = Received;
    type Failure = Value;

    fn decode(received: &Received) -> Result<Received, DecodeError> {
        Ok(received.clone())
    }

    fn decode_failure(received: &Received) -> Option<Value> {
        received.json().ok()
    }
}

/// The methods that there are, but for CONNECT, which makes a tunnel.
static ENDPOINTS: [Endpoint; 8] = [
    endpoint("GET"),
    endpoint("HEAD"),
    endpoint("POST"),
    endpoint("PUT"),
    endpoint("PATCH"),
    endpoint("DELETE"),
    endpoint("OPTIONS"),
    endpoint("TRACE"),
];

const fn endpoint(method: &'static str) -> Endpoint {
    Endpoint {
        id: "request",
        method,
        // Errors show no more of it: it may have anything in it.
        path: "(a path of the application)",
        accept: "*/*",
        ..Endpoint::PLAIN
    }
}

/// Starts a call. `path` comes after the base URL and is sent as it is.
pub(crate) fn undescribed<'a>(
    core: &'a Core,
    method: &Method,
    path: &str,
) -> Call<'a, Undescribed> {
    let known = ENDPOINTS
        .iter()
        .find(|endpoint| endpoint.method == method.as_str());
    let mut draft = Draft::new(core, known.unwrap_or(Undescribed::ENDPOINT));
    if known.is_none() {
        draft.note("it has a method that no call can have".to_owned());
    }
    draft.path_as_it_is(path);
    draft.call()
}

impl Call<'_, Undescribed> {
    /// Adds a pair to the query.
    pub fn query(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.draft.query_pair(name, value.as_ref());
        self
    }

    /// Sends a value as JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.draft.json("application/json", value);
        self
    }

    /// Sends bytes or a stream, as `application/octet-stream` unless they say
    /// what they are.
    pub fn body(mut self, body: impl Into<RequestBody>) -> Self {
        self.draft.stream("application/octet-stream", body.into());
        self
    }
}
