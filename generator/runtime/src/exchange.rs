//! One request and its response: a finished draft goes in, a read response
//! comes out. The part of every call that does not depend on its types.

use std::sync::Arc;
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http::{Request, Response, StatusCode, header};

use super::call::CallOptions;
use super::client_core::Parts;
use super::credentials::{TokenSource, bearer};
use super::decode_error::DecodeError;
use super::draft::Draft;
use super::fault::Fault;
use super::operation::Endpoint;
use super::received::Received;
use super::request_body::RequestBody;
use super::screen::Screen;
use super::transport::{BoxFuture, RequestTimeout, ResponseBody, TransportError};

/// The body of a success that has not been read, and what is needed to read it.
#[derive(Debug)]
pub struct Unread {
    pub(crate) body: ResponseBody,
    pub(crate) endpoint: &'static Endpoint,
    /// In bytes.
    pub(crate) limit: usize,
    pub(crate) screen: Screen,
}

/// A response and what is needed to report on it.
pub(crate) struct Exchanged {
    pub(crate) received: Received,
    /// The body, where it is handed over as a stream.
    pub(crate) unread: Option<Unread>,
    screen: Screen,
    /// Why the body is not complete, if it is not.
    broken: Option<Break>,
}

/// Why reading a body stopped early.
enum Break {
    Transport(TransportError),
    TooLarge,
}

/// Sends a draft. `streams` tells successes whose bodies are not read here.
/// Boxed: the generated callers' futures stay small.
pub(crate) fn run(
    draft: Draft<'_>,
    options: CallOptions,
    streams: Option<fn(&Received) -> bool>,
) -> BoxFuture<'_, Result<Exchanged, Box<Fault>>> {
    Box::pin(async move {
        let (core, endpoint) = (draft.core.parts(), draft.endpoint);
        let tokens = core.credentials.tokens(endpoint.security);
        let (response, screen) = if tokens.is_empty() {
            let (request, screen) = draft.finish(&options, streams.is_some())?;
            (core.transport.send(request).await, screen)
        } else {
            authorized(core, draft, &options, &tokens, streams.is_some()).await?
        };
        let response = match response {
            Ok(response) => response,
            Err(error) => return Err(Box::new(Fault::transport(endpoint, error))),
        };
        let (parts, body) = response.into_parts();
        let mut received = Received {
            status: parts.status,
            headers: parts.headers,
            body: Bytes::new(),
        };
        let limit = core.response_limit;
        if received.status.is_success() && streams.is_some_and(|is_stream| is_stream(&received)) {
            let unread = Unread {
                body,
                endpoint,
                limit,
                screen: screen.clone(),
            };
            return Ok(Exchanged {
                received,
                unread: Some(unread),
                screen,
                broken: None,
            });
        }
        let (body, broken) = read(body, limit).await;
        received.body = body;
        let exchanged = Exchanged {
            received,
            unread: None,
            screen,
            broken,
        };
        if exchanged.received.status.is_success() {
            exchanged.complete(endpoint)
        } else {
            // An error's status says more than its missing rest.
            Ok(exchanged)
        }
    })
}

type Sent = Result<Response<ResponseBody>, TransportError>;

/// Sends a draft with tokens that change: renews them before, and once more
/// where the API answers 401.
async fn authorized(
    core: &Parts,
    draft: Draft<'_>,
    options: &CallOptions,
    tokens: &[Arc<dyn TokenSource>],
    streams: bool,
) -> Result<(Sent, Screen), Box<Fault>> {
    let start = Instant::now();
    let endpoint = draft.endpoint;
    for source in tokens {
        if let Err(error) = source.renew().await {
            return Err(Box::new(Fault::token(endpoint, error)));
        }
    }
    let (mut request, mut screen) = draft.finish(options, streams)?;
    let again = copy(&request);
    shorten(&mut request, start);
    let used = request.headers().get(header::AUTHORIZATION).cloned();
    let sent = core.transport.send(request).await;
    let refused = matches!(&sent, Ok(response) if response.status() == StatusCode::UNAUTHORIZED);
    let mut again = match again {
        Some(again) if refused => again,
        _ => return Ok((sent, screen)),
    };
    for source in tokens {
        // The one that was sent, not one that another call got since.
        let known = source.known();
        if let Some(token) = known.filter(|token| bearer(token).ok() == used) {
            source.refuse(&token);
        }
        // What the API said is worth more than why there is no other token.
        if source.renew().await.is_err() {
            return Ok((sent, screen));
        }
        let token = source.known().unwrap_or_default();
        match bearer(&token) {
            Ok(value) if Some(&value) != used.as_ref() => {
                again.headers_mut().insert(header::AUTHORIZATION, value);
                screen.add(token);
            }
            _ => return Ok((sent, screen)),
        }
    }
    shorten(&mut again, start);
    Ok((core.transport.send(again).await, screen))
}

/// The same request once more; `None` where its body can be sent only once.
fn copy(request: &Request<RequestBody>) -> Option<Request<RequestBody>> {
    let body = request.body().as_bytes()?.clone();
    let mut copy = Request::new(RequestBody::from(body));
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    Some(copy)
}

/// Takes the time that has passed off what a request may take.
fn shorten(request: &mut Request<RequestBody>, start: Instant) {
    if let Some(RequestTimeout(timeout)) = request.extensions_mut().get_mut() {
        *timeout = timeout.saturating_sub(start.elapsed());
    }
}

/// Reads a body up to a limit, and keeps what there is when it breaks off.
async fn read(mut body: ResponseBody, limit: usize) -> (Bytes, Option<Break>) {
    let mut whole = BytesMut::new();
    while let Some(part) = body.next_part().await {
        match part {
            Ok(part) if part.len() <= limit - whole.len() => whole.extend_from_slice(&part),
            Ok(part) => {
                whole.extend_from_slice(&part[..limit - whole.len()]);
                return (whole.freeze(), Some(Break::TooLarge));
            }
            Err(error) => return (whole.freeze(), Some(Break::Transport(error))),
        }
    }
    (whole.freeze(), None)
}

impl Exchanged {
    /// Only if the body is complete.
    fn complete(mut self, endpoint: &'static Endpoint) -> Result<Self, Box<Fault>> {
        match self.broken.take() {
            None => Ok(self),
            Some(Break::Transport(error)) => {
                let fault = Fault::transport(endpoint, error);
                Err(Box::new(fault.with_response(self.received, &self.screen)))
            }
            Some(Break::TooLarge) => {
                let error = DecodeError::new("it is larger than the client's limit");
                Err(self.into_decode_fault(endpoint, error))
            }
        }
    }

    pub(crate) fn into_raw(self, endpoint: &'static Endpoint) -> Result<Received, Box<Fault>> {
        Ok(self.complete(endpoint)?.received)
    }

    pub(crate) fn into_api_fault(self, endpoint: &'static Endpoint) -> Box<Fault> {
        let source = match self.broken {
            Some(Break::Transport(error)) => Some(error.into_source()),
            Some(Break::TooLarge) | None => None,
        };
        Box::new(Fault::api(endpoint, source).with_response(self.received, &self.screen))
    }

    pub(crate) fn into_decode_fault(
        self,
        endpoint: &'static Endpoint,
        error: DecodeError,
    ) -> Box<Fault> {
        let fault = Fault::decode(endpoint, error.screened(&self.screen));
        Box::new(fault.with_response(self.received, &self.screen))
    }
}
