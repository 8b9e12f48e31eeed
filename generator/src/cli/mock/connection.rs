//! One connection: requests in, answers out, each as chance has it. Whoever is
//! at the other end cannot stop the server: heads, bodies, answers and time have
//! limits, and an answer is worked out on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::body::{self, Bodies};
use super::chance::{Chance, Fault};
use super::log::{Entry, Log};
use super::reply::{Cut, Reply};
use super::timed::{self, Timed};
use super::workers::{self, Unanswered, Workers};
use crate::mock::{Answer, Mock, Request, Response, Violation};

/// The most that a request line and headers take.
const MOST_HEAD: usize = 64 << 10;

/// How long a request, or the next one, may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(20);

/// How long an answer may take to be read.
const READING: timed::Limits = timed::Limits {
    stall: Duration::from_secs(10),
    whole: Duration::from_secs(60),
};

/// How answers are worked out.
pub(super) const WORK: workers::Limits = workers::Limits {
    at_once: 4,
    lost: 12,
    patience: Duration::from_secs(10),
    work: Duration::from_secs(5),
};

/// What all connections share.
pub(super) struct Shared {
    mock: Arc<Mock>,
    chance: Chance,
    /// How many requests there were.
    count: AtomicU64,
    log: Log,
    workers: Workers,
    bodies: Bodies,
}

impl Shared {
    pub(super) fn new(mock: Mock, chance: Chance, log: Log) -> Self {
        Self {
            mock: Arc::new(mock),
            chance,
            count: AtomicU64::new(0),
            log,
            workers: Workers::new(WORK),
            bodies: Bodies::default(),
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
        .serve_connection(TokioIo::new(Timed::new(stream, READING)), service);
    if let Err(error) = connection.await
        && error.is_parse()
    {
        let path = "a request that is not HTTP/1.1";
        shared.log.add(Entry::new("?", path, Err("refused"), None));
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
        let operation = answer.and_then(|answer| answer.operation.as_deref());
        let problems = answer.map_or(Vec::new(), wrong);
        let entry = Entry::new(&method, &path, outcome, operation);
        shared.log.add(entry.problems(problems));
    };
    let (request, held) = match read(shared, request).await {
        Ok(read) => read,
        Err(refused) => {
            let (status, problem) = refused.status();
            let answer = Answer::refused(status, problem);
            tell(Ok(status), Some(&answer));
            // What has not been read of the body is in the way of the next request.
            return Ok(message(answer.response, None, true));
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
    let work = shared.workers.run(move |stop| {
        let _held = held;
        match fault {
            Some(Fault::Status(status)) => mock.fail(&request, status, stop),
            _ => mock.answer(&request, stop),
        }
    });
    let answer = work.await.unwrap_or_else(unanswered);
    let status = answer.response.status;
    match fault {
        Some(Fault::Truncate) => tell(Err("truncated"), Some(&answer)),
        _ => tell(Ok(status), Some(&answer)),
    }
    let truncated = fault == Some(Fault::Truncate);
    // Of nothing there is no half.
    if truncated && answer.response.body.is_empty() {
        return Err(Cut);
    }
    Ok(message(answer.response, truncated.then_some(Cut), false))
}

/// The answer where there is none. The next request is none the worse.
fn unanswered(reason: Unanswered) -> Answer {
    let problem = match reason {
        Unanswered::Busy => "the mock is busy with other requests",
        Unanswered::NoThread => {
            "too many requests do not come to an end; the mock has to be started again"
        }
        Unanswered::Late => "the answer took too long to be worked out",
        Unanswered::Broken => return Answer::refused(500, "the mock failed, which is a bug of it"),
    };
    Answer::refused(503, problem)
}

/// What is wrong with a request, a line each.
fn wrong(answer: &Answer) -> Vec<String> {
    match answer.violations.is_empty() {
        true => answer.refusal.iter().cloned().collect(),
        false => answer.violations.iter().map(Violation::to_string).collect(),
    }
}

/// The whole request, with what it holds of the room for bodies.
async fn read(
    shared: &Shared,
    request: hyper::Request<Incoming>,
) -> Result<(Request, body::Held), body::Refused> {
    let (head, incoming) = request.into_parts();
    let body = timeout(ARRIVAL, shared.bodies.read(incoming)).await;
    let (body, held) = body.unwrap_or(Err(body::Refused::Late))?;
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    let request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or("").to_owned(),
        headers: headers.collect(),
        body,
    };
    Ok((request, held))
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
