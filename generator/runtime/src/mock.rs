//! [`MockServer`]: a transport that answers in place of the API, for tests of
//! programs that call it. Answers go in, by operation; the requests that were
//! sent come out. No network, no clock, nothing shared between servers.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, Uri};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;

use super::decode_error::{DecodeError, decode};
use super::mock_answer::{MockAnswer, MockExample, Reply};
use super::operation::{Endpoint, Operation};
use super::request_body::RequestBody;
use super::transport::{BoxFuture, ResponseBody, Transport, TransportError};
use super::undescribed::Undescribed;

/// What the API description says of an operation's answers.
pub trait Mocked: Operation {
    /// Its examples of responses.
    const EXAMPLES: &'static [MockExample];

    /// The body of an error.
    fn failure(failure: &Self::Failure) -> MockAnswer;
}

/// An operation whose success is no stream.
pub trait Answered: Mocked {
    /// The answer that decodes into this.
    fn answer(output: &Self::Output) -> MockAnswer;
}

/// Answers requests in memory. Clones are the same server.
#[derive(Clone, Default)]
pub struct MockServer {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// By id, method and path of the operation.
    scripts: HashMap<Key, Script>,
    requests: Vec<MockRequest>,
}

type Key = (&'static str, &'static str, &'static str);

/// The answers to one operation.
#[derive(Default)]
struct Script {
    replies: Vec<Reply>,
    /// How many requests there were.
    asked: usize,
}

impl MockServer {
    /// A server that has no answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// All requests so far, in the order they came.
    pub fn requests(&self) -> Vec<MockRequest> {
        self.state().requests.clone()
    }

    /// How many answers have not been given yet.
    pub fn pending(&self) -> usize {
        let state = self.state();
        let scripts = state.scripts.values();
        scripts
            .map(|script| script.replies.len().saturating_sub(script.asked))
            .sum()
    }

    /// The answers to what the API description does not have, whatever its
    /// path: see `Client::request`.
    pub fn undescribed(&self) -> MockedOperation<'_, Undescribed> {
        self.operation()
    }

    /// The answers to an operation.
    pub fn operation<O: Operation>(&self) -> MockedOperation<'_, O> {
        MockedOperation {
            server: self,
            operation: PhantomData,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a request, which is kept.
    fn reply(&self, request: MockRequest) -> Result<Reply, TransportError> {
        let endpoint = request.endpoint;
        let mut state = self.state();
        state.requests.push(request);
        let script = state.scripts.entry(key(endpoint)).or_default();
        script.asked += 1;
        let at = script.asked.min(script.replies.len());
        match at.checked_sub(1).and_then(|at| script.replies.get(at)) {
            Some(reply) => Ok(reply.clone()),
            None => {
                let id = endpoint.id;
                Err(TransportError::other(format!(
                    "the mock has no answer for `{id}`"
                )))
            }
        }
    }
}

/// Any path of what is not described is one operation.
fn key(endpoint: &'static Endpoint) -> Key {
    match endpoint.path == Undescribed::ENDPOINT.path {
        true => (endpoint.id, "", endpoint.path),
        false => (endpoint.id, endpoint.method, endpoint.path),
    }
}

impl Transport for MockServer {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let Some(endpoint) = parts.extensions.get::<&'static Endpoint>().copied() else {
                return Err(TransportError::other("a request that no client has made"));
            };
            let body = body.collect().await.map_err(TransportError::other)?;
            let request = MockRequest {
                endpoint,
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body: body.to_bytes(),
            };
            self.reply(request)?.into_response()
        })
    }

    /// Waits take no time.
    fn sleep(&self, _: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(async {}))
    }
}

/// How often each operation was asked for.
impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("MockServer")
            .field("requests", &state.requests)
            .finish_non_exhaustive()
    }
}

/// The answers to one operation. They are given in the order in which they are
/// added here; the last one again and again.
pub struct MockedOperation<'a, O> {
    server: &'a MockServer,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> MockedOperation<'_, O> {
    /// Answers with anything.
    pub fn respond_with(self, answer: impl Into<MockAnswer>) -> Self {
        self.reply(Reply::Answer(answer.into()))
    }

    /// There is no connection: nothing was sent, says the error.
    pub fn unreachable(self) -> Self {
        self.reply(Reply::Unreachable)
    }

    /// The connection breaks off before there is an answer.
    pub fn break_off(self) -> Self {
        self.reply(Reply::BrokenOff)
    }

    /// Time is up before there is an answer.
    pub fn time_out(self) -> Self {
        self.reply(Reply::TimedOut)
    }

    /// The requests for this operation so far.
    pub fn requests(&self) -> Vec<MockRequest> {
        let state = self.server.state();
        let own = |request: &&MockRequest| key(request.endpoint) == key(O::ENDPOINT);
        state.requests.iter().filter(own).cloned().collect()
    }

    fn reply(self, reply: Reply) -> Self {
        let mut state = self.server.state();
        let script = state.scripts.entry(key(O::ENDPOINT)).or_default();
        script.replies.push(reply);
        drop(state);
        self
    }
}

impl<O: Mocked> MockedOperation<'_, O> {
    /// Answers with an error of this status.
    pub fn fail(self, status: u16, failure: &O::Failure) -> Self {
        let answer = O::failure(failure).status(status);
        self.respond_with(answer)
    }

    /// The examples of responses in the API description.
    pub fn examples(&self) -> &'static [MockExample] {
        O::EXAMPLES
    }

    /// Answers with the first example of a success.
    pub fn example(self) -> Self {
        let mut examples = O::EXAMPLES.iter();
        let example = examples.find(|example| (200..300).contains(&example.status));
        self.reply(example.map_or(Reply::NoExample(""), |example| {
            Reply::Answer((*example).into())
        }))
    }

    /// Answers with the example of this name, as in
    /// [`examples`](Self::examples).
    pub fn example_named(self, name: &'static str) -> Self {
        let example = O::EXAMPLES.iter().find(|example| example.name == name);
        self.reply(example.map_or(Reply::NoExample(name), |example| {
            Reply::Answer((*example).into())
        }))
    }
}

impl<O: Answered> MockedOperation<'_, O> {
    /// Answers with a success.
    pub fn respond(self, output: &O::Output) -> Self {
        self.respond_with(O::answer(output))
    }
}

impl<O: Operation> fmt::Debug for MockedOperation<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockedOperation")
            .field("operation", &O::ENDPOINT.id)
            .finish_non_exhaustive()
    }
}

/// A request that was sent to a [`MockServer`].
#[derive(Clone)]
pub struct MockRequest {
    endpoint: &'static Endpoint,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl MockRequest {
    /// The id of the operation.
    pub fn operation(&self) -> &'static str {
        self.endpoint.id
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole URL.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as text; `None` where it is absent or no text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// When it is no JSON or does not fit `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode(&mut serde_json::Deserializer::from_slice(&self.body))
    }
}

/// The operation and the names of the headers: the rest may be secret.
impl fmt::Debug for MockRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        f.debug_struct("MockRequest")
            .field("operation", &self.endpoint.id)
            .field("headers", &headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
