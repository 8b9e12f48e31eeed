//! What calls tell the subscribers of `tracing`.

use std::io;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tracing::{Dispatch, Level};
use tracing_subscriber::fmt::format::FmtSpan;

use super::fixture::{Client, PASSWORD, UpdateRequest, settings};
use super::server::{Reply, Server, json, reply};
use crate::runtime::*;

/// Keeps what is written.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Writes down everything that this thread is told, by all crates.
    pub(super) fn listen(&self) -> tracing::subscriber::DefaultGuard {
        // While there is one subscriber only, `tracing` asks just the thread that
        // comes to a place first whether anybody listens there, for ever; that
        // may be the thread of another test, which has none.
        static ANOTHER: OnceLock<Dispatch> = OnceLock::new();
        ANOTHER.get_or_init(|| listener(io::sink));
        let writer = self.clone();
        tracing::dispatcher::set_default(&listener(move || writer.clone()))
    }

    /// What was written since the last time.
    pub(super) fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn listener<W: io::Write + 'static>(writer: impl Fn() -> W + Send + Sync + 'static) -> Dispatch {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(writer)
        .with_ansi(false)
        .without_time()
        .finish();
    Dispatch::new(subscriber)
}

/// The lines that are told of a call of `update` to a server with these
/// replies: one per attempt, and one for the span as it closes.
async fn told(replies: Vec<Reply>, timeout: Duration) -> (Vec<String>, String) {
    let server = Server::start(replies).await;
    let log = Log::default();
    {
        let _default = log.listen();
        let mut settings = settings();
        let wait = Duration::from_millis(1);
        settings.retry(RetryPolicy::new().waits(wait, wait));
        settings.timeout(timeout);
        let client = Client {
            core: settings.build(&server.url()).unwrap(),
        };
        let request = UpdateRequest {
            display_name: Some("body-canary".to_owned()),
            ..UpdateRequest::default()
        };
        let _ = client
            .update("path-canary", &request)
            .session("session-canary")
            .send()
            .await;
    }
    let text = log.take();
    for secret in [PASSWORD, "path-canary", "session-canary", "body-canary"] {
        assert!(!text.contains(secret), "{text}");
    }
    // The lines of reqwest and hyper are theirs.
    let own = concat!(env!("CARGO_CRATE_NAME"), ":");
    let lines = text.lines().filter(|line| line.contains(own));
    (lines.map(str::to_owned).collect(), server.url())
}

const LONG: Duration = Duration::from_secs(20);

fn assert_has(line: &str, fields: &[&str]) {
    for field in fields {
        assert!(line.contains(field), "{field}: {line}");
    }
}

#[tokio::test]
async fn a_span_per_call_and_an_event_per_attempt() {
    let replies = vec![
        reply("503 Service Unavailable", "", ""),
        json("200 OK", r#"{"connection_id":"c"}"#),
    ];
    let (lines, url) = told(replies, LONG).await;
    let [first, second, span] = &lines[..] else {
        panic!("{lines:#?}");
    };
    assert_has(
        first,
        &["DEBUG", "attempt", "http.response.status_code=503"],
    );
    assert_has(
        first,
        &["http.request.resend_count=0", "error.type=\"503\""],
    );
    assert_has(second, &["http.response.status_code=200", "resend_count=1"]);
    assert_has(
        span,
        &[
            "INFO",
            "otel.name=PUT /",
            "otel.kind=\"client\"",
            "operation=\"updateConnection\"",
            "http.request.method=\"PUT\"",
            "http.request.resend_count=1",
            "http.response.status_code=200",
            "url.scheme=\"http\"",
            "server.address=\"127.0.0.1\"",
            &format!("server.port={}", url.rsplit(':').next().unwrap()),
        ],
    );
    assert!(!span.contains("error.type"), "{span}");
    assert!(!span.contains("otel.status_code"), "{span}");
}

#[tokio::test]
async fn the_span_says_what_went_wrong() {
    let cases = [
        (json("404 Not Found", "{}"), LONG, "error.type=\"404\""),
        (json("200 OK", "[]"), LONG, "error.type=\"decode\""),
        (
            Reply::Stall(Vec::new()),
            Duration::from_millis(100),
            "error.type=\"timeout\"",
        ),
    ];
    for (reply, timeout, expected) in cases {
        let (lines, _) = told(vec![reply], timeout).await;
        let span = lines.last().unwrap();
        assert_has(span, &[expected, "otel.status_code=\"ERROR\""]);
        let warnings: Vec<_> = lines.iter().filter(|line| line.contains("WARN")).collect();
        let [warning] = &warnings[..] else {
            panic!("{lines:#?}");
        };
        assert_has(warning, &[expected, "the call failed"]);
    }
}
