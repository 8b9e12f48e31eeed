//! Connections that break, stall or crawl.

use std::time::Duration;

use super::row::{Get, Post, call, row, try_out};
use super::server::Step::{Close, Drip, HalfClose, Pause, Reset, Stall};
use super::server::{ok, send};
use crate::runtime::*;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n";
const WHOLE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"id\":\"fault\"}";

fn slowly(text: &str) -> super::server::Step {
    Drip(text.into())
}

#[tokio::test]
async fn connections_that_break() {
    try_out(vec![
        row("closed at once", [Close]).unasked().breaks(),
        row("reset at once", [Reset]).unasked().breaks(),
        row("closed instead of an answer", [Close]).breaks(),
        row("reset instead of an answer", [Reset]).breaks(),
        row("closed in the status line", [send("HTTP/1.1 20"), Close]).breaks(),
        row(
            "reset in the status line",
            [send("HTTP/1.1 20"), Pause, Reset],
        )
        .breaks(),
        row("closed in the headers", [ok("Content-Le"), Close]).breaks(),
        row("reset in the headers", [ok("A: b\r\n"), Pause, Reset]).breaks(),
        row("closed after the headers", [send(HEAD), Close]).breaks_after(200),
        row("reset after the headers", [send(HEAD), Pause, Reset]).breaks_after(200),
        row("closed in the body", [send(&WHOLE[..50]), Close]).breaks_after(200),
        row("reset in the body", [send(&WHOLE[..50]), Pause, Reset]).breaks_after(200),
        row("reset instead of the end", [ok("\r\n{"), Pause, Reset]).breaks_after(200),
        row("closed after the body", [send(WHOLE), Close]),
        row("reset after the body", [send(WHOLE), Reset]),
        row("half closed instead of an answer", [HalfClose, Stall]).breaks(),
        row(
            "half closed in the headers",
            [ok("A: b\r\n"), HalfClose, Stall],
        )
        .breaks(),
        row("half closed in the body", [send(HEAD), HalfClose, Stall]).breaks_after(200),
        row(
            "half closed after the body",
            [send(WHOLE), HalfClose, Stall],
        ),
        // The status says more than the missing rest.
        row(
            "closed in an error",
            [send("HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n{"), Close],
        )
        .fails(404),
        row(
            "reset in an error that passes",
            [
                send("HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\n{"),
                Pause,
                Reset,
            ],
        )
        .fails(503),
        row(
            "reset in a refusal",
            [
                send("HTTP/1.1 429 No\r\nContent-Length: 9\r\n\r\n{"),
                Pause,
                Reset,
            ],
        )
        .fails(429),
    ])
    .await;
}

#[tokio::test]
async fn connections_that_stall() {
    try_out(vec![
        row("never answers", [Stall]).takes_too_long(None),
        row("never answers at all", [Stall]).takes_too_long_in_all(None),
        row("stalls unasked", [Stall])
            .unasked()
            .takes_too_long(None),
        row("stalls in the status line", [send("HTTP/1."), Stall]).takes_too_long(None),
        row("stalls in the headers", [ok("A: b"), Stall]).takes_too_long(None),
        row("stalls after the headers", [send(HEAD), Stall]).takes_too_long(200),
        row("stalls in the body", [send(&WHOLE[..50]), Stall]).takes_too_long(200),
        row("stalls for the whole call", [send(HEAD), Stall]).takes_too_long_in_all(200),
        row("stalls without a length", [ok("\r\n{"), Stall]).takes_too_long(200),
        row(
            "stalls in a refusal",
            [send("HTTP/1.1 429 No\r\nContent-Length: 9\r\n\r\n{"), Stall],
        )
        .fails(429)
        .with_short_attempts(),
        row(
            "stalls in an error that passes",
            [send("HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\n{"), Stall],
        )
        .fails(503)
        .with_short_attempts(),
    ])
    .await;
}

#[tokio::test]
async fn connections_that_crawl() {
    let head = format!("HTTP/1.1 200 OK\r\n{}", "A: b\r\n".repeat(1000));
    let body = "x".repeat(10_000);
    let chunks = "1\r\nx\r\n".repeat(1000);
    let long = "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n";
    let chunked = "Transfer-Encoding: chunked\r\n\r\n";
    try_out(vec![
        row("a head drips", [slowly(&head)]).takes_too_long(None),
        row("a head drips for the whole call", [slowly(&head)]).takes_too_long_in_all(None),
        row("a body drips", [send(long), slowly(&body)]).takes_too_long(200),
        row("chunks drip", [ok(chunked), slowly(&chunks)]).takes_too_long(200),
        row(
            "a body drips for the whole call",
            [send(long), slowly(&body)],
        )
        .takes_too_long_in_all(200),
        row("a body without a length drips", [ok("\r\n"), slowly(&body)]).takes_too_long(200),
        row("drips, but soon enough", [slowly(WHOLE)]),
    ])
    .await;
}

/// Where the queue of a listener is full, Linux leaves more connections without
/// an answer.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connections_that_nobody_accepts() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    let soon = Duration::from_millis(200);
    while let Ok(waiting) = std::net::TcpStream::connect_timeout(&address, soon) {
        queue.push(waiting);
    }
    let mut settings = Settings::new("fixture/1");
    settings.connect_timeout(soon);
    settings.retry(RetryPolicy::new().waits(Duration::ZERO, Duration::ZERO));
    let core = settings.build(&format!("http://{address}")).unwrap();
    let get = call::<Get>(&core, "get").send().await.unwrap_err();
    let post = call::<Post>(&core, "post").send().await.unwrap_err();
    for error in [get, post] {
        // Nothing was sent, so that it may be tried again whatever it is.
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
        assert_eq!(error.timeout(), Some(TimeoutKind::Connect));
    }
}
