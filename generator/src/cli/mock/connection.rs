//! One connection: requests in, answers out, each as chance has it. Whoever is
//! at the other end cannot stop the server: headers, bodies and time have
//! limits, and an answer is worked out aside.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::chance::{Chance, Fault};
use super::reply::{Cut, Reply};
use crate::mock::{Answer, Mock, Request, Response, Violation};

/// The most that a request line and headers take.
const MOST_HEAD: usize = 64 << 10;

/// The most that a body takes.
const MOST_BODY: usize = 16 << 20;

/// How long a request, or the next one, may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(20);

/// How long an answer may take to be worked out: a pattern of the document can
/// take forever.
const WORK: Duration = Duration::from_secs(10);

/// What all connections share.
pub(super) struct Shared {
    mock: Arc<Mock>,
    chance: Chance,
    /// How many requests there were.
    count: AtomicU64,
    events: UnboundedSender<Event>,
}

/// What became of a request.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) method: String,
    /// Without the query, which may hold credentials.
    pub(super) path: String,
    /// The status, or the fault that came before one.
    pub(super) outcome: Result<u16, &'static str>,
    pub(super) operation: Option<String>,
    /// What is wrong with the request, a line each.
    pub(super) wrong: Vec<String>,
}

impl Shared {
    pub(super) fn new(mock: Mock, chance: Chance, events: UnboundedSender<Event>) -> Self {
        Self {
            mock: Arc::new(mock),
            chance,
            count: AtomicU64::new(0),
            events,
        }
    }
}

/// Serves one connection to its end.
pub(super) async fn converse(stream: TcpStream, shared: Arc<Shared>) {
    // An answer is one small piece: waiting for more gains nothing.
    let _ignored = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let shared = shared.clone();
        async move { respond(&shared, request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(ARRIVAL)
        .max_buf_size(MOST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await
        && error.is_parse()
    {
        let event = Event {
            method: "?".to_owned(),
            path: "a request that is not HTTP/1.1".to_owned(),
            outcome: Err("refused"),
            operation: None,
            wrong: Vec::new(),
        };
        let _stopped = shared.events.send(event);
    }
}

async fn respond(
    shared: &Shared,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Reply>, Cut> {
    let number = shared.count.fetch_add(1, Ordering::Relaxed);
    let (latency, fault) = shared.chance.of(number);
    let method = request.method().as_str().to_owned();
    let path = request.uri().path().to_owned();
    let tell = |outcome, answer: Option<&Answer>| {
        let event = Event {
            method: method.clone(),
            path: path.clone(),
            outcome,
            operation: answer.and_then(|answer| answer.operation.clone()),
            wrong: answer.map_or(Vec::new(), wrong),
        };
        let _stopped = shared.events.send(event);
    };
    let request = match read(request).await {
        Ok(request) => request,
        Err(status) => {
            tell(Ok(status), None);
            let response = Response {
                status,
                ..Response::default()
            };
            // What has not been read of the body is in the way of the next request.
            return Ok(message(response, None, true));
        }
    };
    sleep(latency).await;
    match fault {
        Some(Fault::Reset) => {
            tell(Err("reset"), None);
            return Err(Cut);
        }
        Some(Fault::Stall) => {
            tell(Err("stalled"), None);
            return std::future::pending().await;
        }
        _ => {}
    }
    let mock = shared.mock.clone();
    let work = spawn_blocking(move || match fault {
        Some(Fault::Status(status)) => mock.fail(&request, status),
        _ => mock.answer(&request),
    });
    let answer = match timeout(WORK, work).await {
        Ok(Ok(answer)) => answer,
        // Too slow, or a bug; the next request is none the worse.
        _ => Answer {
            response: Response {
                status: 500,
                ..Response::default()
            },
            operation: None,
            refusal: Some("the answer took too long to be worked out".to_owned()),
            violations: Vec::new(),
        },
    };
    match fault {
        Some(Fault::Truncate) => tell(Err("truncated"), Some(&answer)),
        _ => tell(Ok(answer.response.status), Some(&answer)),
    }
    let truncated = fault == Some(Fault::Truncate);
    // Of nothing there is no half.
    if truncated && answer.response.body.is_empty() {
        return Err(Cut);
    }
    Ok(message(answer.response, truncated.then_some(Cut), false))
}

/// What is wrong with a request, a line each.
fn wrong(answer: &Answer) -> Vec<String> {
    match answer.violations.is_empty() {
        true => answer.refusal.iter().cloned().collect(),
        false => answer.violations.iter().map(Violation::to_string).collect(),
    }
}

/// The whole request, or the status that says why not.
async fn read(request: hyper::Request<Incoming>) -> Result<Request, u16> {
    let (head, body) = request.into_parts();
    let collected = match timeout(ARRIVAL, Limited::new(body, MOST_BODY).collect()).await {
        Ok(Ok(collected)) => collected,
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => return Err(413),
        Ok(Err(_)) => return Err(400),
        Err(_) => return Err(408),
    };
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Ok(Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or("").to_owned(),
        headers: headers.collect(),
        body: collected.to_bytes().to_vec(),
    })
}

fn message(response: Response, cut: Option<Cut>, last: bool) -> hyper::Response<Reply> {
    let length = response.body.len();
    let body = match cut {
        Some(_) => Reply::half(response.body),
        None => Reply::whole(response.body),
    };
    let mut message = hyper::Response::new(body);
    let status = http::StatusCode::from_u16(response.status);
    *message.status_mut() = status.unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = message.headers_mut();
    for (name, value) in response.headers {
        let name = http::HeaderName::try_from(name);
        if let (Ok(name), Ok(value)) = (name, http::HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    if cut.is_some() {
        headers.insert(http::header::CONTENT_LENGTH, length.into());
    }
    if last {
        let close = http::HeaderValue::from_static("close");
        headers.insert(http::header::CONNECTION, close);
    }
    message
}
