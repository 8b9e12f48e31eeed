//! One request and its response: a finished draft goes in, a read response
//! comes out. The part of every call that does not depend on its types.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::{Request, StatusCode, header};

use super::call_options::CallOptions;
use super::client_core::Parts;
use super::credentials::{TokenSource, bearer};
use super::decode_error::DecodeError;
use super::draft::Draft;
use super::error::{ErrorKind, TimeoutKind};
use super::fault::Fault;
use super::operation::Endpoint;
use super::received::Received;
use super::redirects::Redirects;
use super::request_body::RequestBody;
use super::retry::{RetryPolicy, asks_again, is_idempotent, is_passing};
use super::retry_after::retry_after;
use super::screen::Screen;
use super::trace::Trace;
use super::transport::{
    BoxFuture, RequestTimeout, ResponseBody, Transport, TransportError, TransportErrorKind,
};

/// The body of a success that has not been read, and what is needed to read it.
#[derive(Debug)]
pub struct Unread {
    pub(crate) body: ResponseBody,
    pub(crate) endpoint: &'static Endpoint,
    /// In bytes.
    pub(crate) limit: usize,
    /// How many values the JSON of an item may have.
    pub(crate) value_limit: usize,
    pub(crate) screen: Screen,
    #[cfg(feature = "blocking")]
    pub(crate) executor: Arc<super::blocking::Executor>,
    /// How long a thread waits for more of it, where its connection belongs to
    /// the runtime of an asynchronous call: its timers stand still with it.
    #[cfg(feature = "blocking")]
    pub(crate) silence: Option<Duration>,
}

/// A response and what is needed to report on it.
pub(crate) struct Exchanged {
    pub(crate) received: Received,
    /// The body, where it is handed over as a stream.
    pub(crate) unread: Option<Unread>,
    screen: Screen,
    trace: Trace,
    /// Why the body is not complete, if it is not.
    broken: Option<Break>,
    /// What ended the exchange, if time did.
    limit: TimeoutKind,
}

/// Why reading a body stopped early.
enum Break {
    Transport(TransportError),
    TooLarge,
}

/// The longest error body that is read to be decoded: 1 MiB.
pub(crate) const ERROR_LIMIT: usize = 1024 * 1024;

/// How many values the JSON of an error body may have.
const ERROR_VALUE_LIMIT: usize = 100_000;

/// Sends a draft, as often as it takes and may be. `streams` tells successes
/// whose bodies are not read here. No more than `error_limit` bytes are read of
/// the body of any other status. Boxed: the generated callers' futures stay
/// small.
pub(crate) fn run(
    draft: Draft<'_>,
    options: CallOptions,
    streams: Option<fn(&Received) -> bool>,
    error_limit: usize,
) -> BoxFuture<'_, Result<Exchanged, Box<Fault>>> {
    let endpoint = draft.endpoint;
    let trace = Trace::start(endpoint);
    Box::pin(trace.clone().around(async move {
        let result = exchange(draft, options, streams, error_limit, trace.clone()).await;
        match &result {
            Ok(exchanged) => {
                let received = &exchanged.received;
                trace.ended(received.attempts, Ok(received.status));
            }
            Err(fault) => trace.ended(fault.attempts, Err(fault.kind)),
        }
        result
    }))
}

async fn exchange(
    draft: Draft<'_>,
    options: CallOptions,
    streams: Option<fn(&Received) -> bool>,
    error_limit: usize,
    trace: Trace,
) -> Result<Exchanged, Box<Fault>> {
    let core = draft.core.parts();
    let endpoint = draft.endpoint;
    // A credential of the call's own is no token of the client's.
    let tokens = match options.authorization {
        Some(_) => Vec::new(),
        None => draft.tokens(),
    };
    let transport = core.transport(options.blocks);
    let attempts = Attempts {
        core,
        transport: transport.map_err(|error| Box::new(Fault::build(error)))?,
        blocks: options.blocks,
        endpoint,
        streams,
        error_limit,
        tokens,
        start: Instant::now(),
        timeout: options.timeout.unwrap_or(core.timeout),
        attempt_timeout: options.attempt_timeout.or(core.attempt_timeout),
        policy: options.retry.clone().unwrap_or_else(|| core.retry.clone()),
        is_idempotent: options
            .idempotent
            .or(endpoint.idempotent)
            .unwrap_or_else(|| {
                endpoint.idempotency_key.is_some() || is_idempotent(endpoint.method)
            }),
        follow_redirects: options.follow_redirects.unwrap_or(core.follow_redirects),
        trace,
        made: 0,
        limit: TimeoutKind::Call,
    };
    for source in &attempts.tokens {
        let fault = match attempts.in_time(source.renew(attempts.blocks)).await {
            Some(Ok(())) => continue,
            Some(Err(error)) => Fault::token(endpoint, error),
            None => {
                let error = TransportError::timeout("the access token does not come");
                Fault::transport(endpoint, error, TimeoutKind::Call)
            }
        };
        return Err(Box::new(fault));
    }
    let (request, screen) = draft.finish(&options, streams.is_some())?;
    attempts.trace.addressed(request.uri());
    attempts.run(request, screen).await
}

/// A call under way.
struct Attempts<'a> {
    core: &'a Parts,
    transport: &'a Arc<dyn Transport>,
    /// Whether a thread is blocked meanwhile.
    blocks: bool,
    endpoint: &'static Endpoint,
    streams: Option<fn(&Received) -> bool>,
    /// In bytes.
    error_limit: usize,
    /// The tokens that the operation needs and that change.
    tokens: Vec<Arc<dyn TokenSource>>,
    start: Instant,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    policy: RetryPolicy,
    is_idempotent: bool,
    follow_redirects: bool,
    trace: Trace,
    /// How many attempts there have been.
    made: u32,
    /// What ends the last attempt, if time does.
    limit: TimeoutKind,
}

/// What came of an attempt.
enum Outcome {
    Failed(TransportError),
    Answered(Box<Exchanged>),
}

impl Attempts<'_> {
    async fn run(
        mut self,
        mut request: Request<RequestBody>,
        mut screen: Screen,
    ) -> Result<Exchanged, Box<Fault>> {
        let mut may_change_token = !self.tokens.is_empty();
        loop {
            let may_repeat = may_change_token || self.policy.allows(self.made + 1);
            let again = may_repeat.then(|| copy(&request)).flatten();
            let outcome = self.attempt(request, &screen).await;
            self.trace.attempted(self.made, outcome.told());
            let Some(mut again) = again else {
                return self.finish(outcome);
            };
            if may_change_token && outcome.refuses_credentials() {
                may_change_token = false;
                if !self.change_token(&mut again, &mut screen).await {
                    return self.finish(outcome);
                }
            } else {
                let Some(sleep) = self.pause_after(&outcome) else {
                    return self.finish(outcome);
                };
                sleep.await;
                if !self.renew_tokens(&mut again, &mut screen).await {
                    return self.finish(outcome);
                }
            }
            request = again;
        }
    }

    /// Sends the request once, and reads the response unless it is a stream.
    async fn attempt(&mut self, mut request: Request<RequestBody>, screen: &Screen) -> Outcome {
        self.made += 1;
        let begin = Instant::now();
        let mut asked = request.uri().clone();
        let mut redirects = self
            .follow_redirects
            .then(|| Redirects::of(&request, self.endpoint, &self.core.user_agent));
        let mut followed = false;
        let response = loop {
            self.limit_time(&mut request, begin);
            let response = match self.transport.send(request).await {
                Ok(response) => response,
                Err(error) => return Outcome::Failed(error),
            };
            let redirects = redirects.as_mut();
            match redirects.and_then(|redirects| redirects.next(&response)) {
                Some(next) => {
                    asked = next.uri().clone();
                    followed = true;
                    request = next;
                }
                None => break response,
            }
        };
        let (parts, body) = response.into_parts();
        let mut received = Received {
            status: parts.status,
            headers: parts.headers,
            body: Bytes::new(),
            attempts: self.made,
            value_limit: 0,
            asked: Some(asked),
            followed,
        };
        let (limit, value_limit) = match received.status.is_success() {
            true => (self.core.response_limit, self.core.value_limit),
            false => (
                self.core.response_limit.min(self.error_limit),
                self.core.value_limit.min(ERROR_VALUE_LIMIT),
            ),
        };
        received.value_limit = value_limit;
        let is_stream = |is_stream: fn(&Received) -> bool| is_stream(&received);
        let mut unread = None;
        let mut broken = None;
        if received.status.is_success() && self.streams.is_some_and(is_stream) {
            unread = Some(Unread {
                body,
                endpoint: self.endpoint,
                limit,
                value_limit,
                screen: screen.clone(),
                #[cfg(feature = "blocking")]
                executor: Arc::clone(&self.core.executor),
                #[cfg(feature = "blocking")]
                silence: (!self.blocks).then_some(self.timeout),
            });
        } else {
            let mut whole = BytesMut::new();
            let reading = read(body, limit, &mut whole);
            broken = match self.streams {
                None => reading.await,
                // The transport minds silence only, and this is no stream.
                Some(_) => match self.in_time(reading).await {
                    Some(broken) => broken,
                    None => {
                        self.limit = TimeoutKind::Call;
                        let error = TransportError::timeout("the response took too long");
                        Some(Break::Transport(error))
                    }
                },
            };
            received.body = whole.freeze();
        }
        Outcome::Answered(Box::new(Exchanged {
            received,
            unread,
            screen: screen.clone(),
            trace: self.trace.clone(),
            broken,
            limit: self.limit,
        }))
    }

    /// Sets how long a request of an attempt may take, unless its answer is a
    /// stream.
    fn limit_time(&mut self, request: &mut Request<RequestBody>, begin: Instant) {
        self.limit = TimeoutKind::Idle;
        if let Some(RequestTimeout(timeout)) = request.extensions_mut().get_mut() {
            let left = self.timeout.saturating_sub(self.start.elapsed());
            let attempt = self
                .attempt_timeout
                .map(|timeout| timeout.saturating_sub(begin.elapsed()));
            (*timeout, self.limit) = match attempt {
                Some(attempt) if attempt < left => (attempt, TimeoutKind::Attempt),
                _ => (left, TimeoutKind::Call),
            };
        }
    }

    /// What comes of `future`, unless the call takes too long: for what the
    /// transport does not limit. Where that has no clock, there is no limit.
    async fn in_time<F: Future>(&self, future: F) -> Option<F::Output> {
        let limit = match self.streams {
            None => self.timeout.saturating_sub(self.start.elapsed()),
            // A call that hands over a stream has no time to end as a whole.
            Some(_) => self.timeout,
        };
        let mut future = pin!(future);
        let mut clock = None;
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            match clock.get_or_insert_with(|| self.transport.sleep(limit)) {
                Some(clock) => clock.as_mut().poll(context).map(|()| None),
                None => Poll::Pending,
            }
        })
        .await
    }

    /// The wait before another attempt, if there is to be one.
    fn pause_after(&self, outcome: &Outcome) -> Option<BoxFuture<'static, ()>> {
        let (asks, retry_after) = match outcome {
            Outcome::Failed(error) => {
                let asks = match error.kind() {
                    TransportErrorKind::Invalid => false,
                    TransportErrorKind::Connect => true,
                    TransportErrorKind::Timeout | TransportErrorKind::Other => self.is_idempotent,
                };
                (asks, None)
            }
            Outcome::Answered(answer) => {
                let received = &answer.received;
                let broke_off = received.status.is_success()
                    && matches!(answer.broken, Some(Break::Transport(_)));
                let asks = asks_again(received.status, self.is_idempotent)
                    || (broke_off && self.is_idempotent);
                (asks, retry_after(&received.headers))
            }
        };
        if !asks || !self.policy.allows(self.made) {
            return None;
        }
        let wait = self.policy.wait(self.made, retry_after);
        let left = self.timeout.saturating_sub(self.start.elapsed());
        // A stream has no time to end.
        if wait >= left && self.streams.is_none() {
            return None;
        }
        let sleep = self.transport.sleep(wait)?;
        self.core.retry_budget.spend().then_some(sleep)
    }

    /// Replaces the tokens that the API has refused. `false` where there are no
    /// others: what the API said is worth more than why.
    async fn change_token(&self, again: &mut Request<RequestBody>, screen: &mut Screen) -> bool {
        let used = again.headers().get(header::AUTHORIZATION).cloned();
        for source in &self.tokens {
            // The one that was sent, not one that another call got since.
            let known = source.known();
            if let Some(token) = known.filter(|token| bearer(token).ok() == used) {
                source.refuse(&token);
            }
        }
        self.renew_tokens(again, screen).await
            && again.headers().get(header::AUTHORIZATION) != used.as_ref()
    }

    /// Makes sure that the request has tokens that hold.
    async fn renew_tokens(&self, again: &mut Request<RequestBody>, screen: &mut Screen) -> bool {
        for source in &self.tokens {
            let Some(Ok(())) = self.in_time(source.renew(self.blocks)).await else {
                return false;
            };
            let token = source.known().unwrap_or_default();
            let Ok(value) = bearer(&token) else {
                return false;
            };
            again.headers_mut().insert(header::AUTHORIZATION, value);
            screen.add(token);
        }
        true
    }

    fn finish(self, outcome: Outcome) -> Result<Exchanged, Box<Fault>> {
        if outcome.status().is_some_and(|status| !is_passing(status)) {
            self.core.retry_budget.refund();
        }
        match outcome {
            Outcome::Failed(error) => {
                let fault = Fault::transport(self.endpoint, error, self.limit);
                Err(Box::new(fault.after(self.made)))
            }
            // An error's status says more than its missing rest.
            Outcome::Answered(answer) if !answer.received.status.is_success() => Ok(*answer),
            Outcome::Answered(answer) => answer.complete(self.endpoint),
        }
    }
}

impl Outcome {
    /// What is told of it.
    fn told(&self) -> Result<StatusCode, ErrorKind> {
        match self {
            Self::Failed(error) => Err(error.kind().into()),
            Self::Answered(answer) => Ok(answer.received.status),
        }
    }

    /// Whether the API refuses the credentials. Where a redirect led, there were
    /// none.
    fn refuses_credentials(&self) -> bool {
        match self {
            Self::Failed(_) => false,
            Self::Answered(answer) => {
                answer.received.status == StatusCode::UNAUTHORIZED && !answer.received.followed
            }
        }
    }

    fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Failed(_) => None,
            Self::Answered(answer) => Some(answer.received.status),
        }
    }
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

/// Reads a body up to a limit, and keeps what there is when it breaks off.
async fn read(mut body: ResponseBody, limit: usize, whole: &mut BytesMut) -> Option<Break> {
    while let Some(part) = body.next_part().await {
        match part {
            Ok(part) if part.len() <= limit - whole.len() => whole.extend_from_slice(&part),
            Ok(part) => {
                whole.extend_from_slice(&part[..limit - whole.len()]);
                return Some(Break::TooLarge);
            }
            Err(error) => return Some(Break::Transport(error)),
        }
    }
    None
}

impl Exchanged {
    /// Only if the body is complete.
    fn complete(mut self, endpoint: &'static Endpoint) -> Result<Self, Box<Fault>> {
        match self.broken.take() {
            None => Ok(self),
            Some(Break::Transport(error)) => {
                let fault = Fault::transport(endpoint, error, self.limit);
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

    /// Whether there is more of the body than the client reads.
    pub(crate) fn is_too_large(&self) -> bool {
        matches!(self.broken, Some(Break::TooLarge))
    }

    pub(crate) fn into_api_fault(self, endpoint: &'static Endpoint) -> Box<Fault> {
        let misfit = self
            .is_too_large()
            .then(|| DecodeError::new("it is larger than the client's limit for error bodies"));
        let source = match self.broken {
            Some(Break::Transport(error)) => Some(error.into_source()),
            Some(Break::TooLarge) | None => None,
        };
        let fault = Fault::api(endpoint, source).with_misfit(misfit);
        Box::new(fault.with_response(self.received, &self.screen))
    }

    pub(crate) fn into_decode_fault(
        self,
        endpoint: &'static Endpoint,
        error: DecodeError,
    ) -> Box<Fault> {
        self.trace.misfit();
        let fault = Fault::decode(endpoint, error.screened(&self.screen));
        Box::new(fault.with_response(self.received, &self.screen))
    }
}
