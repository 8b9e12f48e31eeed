//! What is sent again, how often and when.

use std::time::{Duration, Instant, SystemTime};

use http::{HeaderMap, HeaderValue, header};

use super::fixture::{Client, UpdateRequest, client, settings};
use super::server::{Reply, Server, json, reply};
use crate::runtime::*;

const OK: &str = r#"{"connection_id":"c"}"#;

/// At most so many attempts, without waits of its own.
fn policy(attempts: u32) -> RetryPolicy {
    let none = Duration::ZERO;
    RetryPolicy::new().attempts(attempts).waits(none, none)
}

fn options() -> CallOptions {
    CallOptions::new().retry(policy(3))
}

/// What came of a call, and how many requests there were.
async fn outcome<O: Operation>(call: Call<'_, O>) -> (Result<u16, Error<O::Failure>>, u32) {
    match call.send().await {
        Ok(response) => (Ok(response.status().as_u16()), response.attempts()),
        Err(error) => {
            let attempts = error.attempts();
            (Err(error), attempts)
        }
    }
}

#[tokio::test]
async fn what_may_have_been_done_is_done_again_only_where_that_is_harmless() {
    // status, then attempts at GET, PUT, DELETE and POST.
    let table = [
        ("408 Request Timeout", [2, 2, 2, 1]),
        ("429 Too Many Requests", [2, 2, 2, 2]),
        ("500 Internal Server Error", [2, 2, 2, 1]),
        ("502 Bad Gateway", [2, 2, 2, 1]),
        ("503 Service Unavailable", [2, 2, 2, 1]),
        ("504 Gateway Timeout", [2, 2, 2, 1]),
        ("400 Bad Request", [1, 1, 1, 1]),
        ("401 Unauthorized", [1, 1, 1, 1]),
        ("404 Not Found", [1, 1, 1, 1]),
        ("409 Conflict", [1, 1, 1, 1]),
        ("501 Not Implemented", [1, 1, 1, 1]),
        ("302 Found", [1, 1, 1, 1]),
    ];
    for (status, expected) in table {
        for (method, expected) in expected.into_iter().enumerate() {
            let server = Server::start(vec![json(status, "{}"), json("200 OK", OK)]).await;
            let client = client(&server.url());
            let attempts = match method {
                0 => outcome(client.find().options(options())).await.1,
                1 => {
                    let request = UpdateRequest {
                        display_name: Some("a".to_owned()),
                        ..UpdateRequest::default()
                    };
                    outcome(client.update("a", &request).options(options()))
                        .await
                        .1
                }
                2 => outcome(client.delete("a", "b").options(options())).await.1,
                _ => outcome(client.touch("a", "b").options(options())).await.1,
            };
            assert_eq!(attempts, expected, "{status}, method {method}");
            let requests = server.requests();
            assert_eq!(requests.len(), expected as usize, "{status}");
            // Byte for byte the same.
            assert!(requests.iter().all(|request| *request == requests[0]));
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_one_more_attempt_where_that_is_harmless() {
    let halves = [
        Reply::Reset,
        Reply::Bytes(Vec::new()),
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec()),
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz".to_vec()),
    ];
    for half in halves {
        let server = Server::start(vec![half, json("200 OK", OK)]).await;
        let (result, attempts) = outcome(client(&server.url()).find().options(options())).await;
        assert_eq!((result.ok(), attempts), (Some(200), 2));
    }
    let server = Server::start(vec![Reply::Bytes(Vec::new()), json("200 OK", OK)]).await;
    let client = client(&server.url());
    let (result, attempts) = outcome(client.touch("a", "b").options(options())).await;
    let error = result.expect_err("a POST that may have been done");
    assert_eq!((error.kind(), attempts), (ErrorKind::Transport, 1));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn what_was_never_sent_is_sent_again_whatever_it_is() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = client(&url);
    let (result, attempts) = outcome(client.touch("a", "b").options(options())).await;
    let error = result.expect_err("nobody listens");
    assert_eq!((error.kind(), attempts), (ErrorKind::Connect, 3));
    assert_eq!(error.timeout(), None);
}

#[tokio::test]
async fn the_application_may_say_that_a_call_is_harmless_or_is_not() {
    let replies = || vec![json("503 Service Unavailable", "{}"), json("200 OK", OK)];
    let server = Server::start(replies()).await;
    let post = client(&server.url());
    let harmless = options().idempotent(true);
    assert_eq!(outcome(post.touch("a", "b").options(harmless)).await.1, 2);
    let server = Server::start(replies()).await;
    let put = client(&server.url());
    let harmful = options().idempotent(false);
    assert_eq!(outcome(put.delete("a", "b").options(harmful)).await.1, 1);
}

#[tokio::test]
async fn the_description_may_say_that_an_operation_is_harmless() {
    struct Search;
    impl Operation for Search {
        const ENDPOINT: &'static Endpoint = &Endpoint {
            id: "search",
            method: "POST",
            path: "/search",
            accept: "",
            security: &[],
            idempotent: Some(true),
            idempotency_key: None,
            error_code: None,
            error_request_id: None,
        };
        type Output = ();
        type Failure = ();
        fn decode(_: &Received) -> Result<(), DecodeError> {
            Ok(())
        }
        fn decode_failure(_: &Received) -> Option<()> {
            None
        }
    }
    let replies = || vec![json("503 Service Unavailable", "{}"), json("200 OK", OK)];
    for (options, expected) in [(options(), 2), (options().idempotent(false), 1)] {
        let server = Server::start(replies()).await;
        let client = client(&server.url());
        let call = Draft::new(&client.core, Search::ENDPOINT).call::<Search>();
        assert_eq!(outcome(call.options(options)).await.1, expected);
    }
}

#[tokio::test]
async fn the_policy_of_the_client_counts_where_the_call_has_none() {
    let replies = (0..4).map(|_| json("503 Service Unavailable", "{}"));
    let server = Server::start(replies.collect()).await;
    let mut settings = settings();
    settings.retry(policy(4));
    let client = Client {
        core: settings.build(&server.url()).unwrap(),
    };
    let (result, attempts) = outcome(client.find()).await;
    assert_eq!(attempts, 4);
    assert_eq!(result.unwrap_err().status().unwrap(), 503);
    let raw = Server::start(vec![
        json("503 Service Unavailable", "{}"),
        json("200 OK", OK),
    ])
    .await;
    let client = super::fixture::client(&raw.url());
    let received = client.find().options(options()).send_raw().await.unwrap();
    assert_eq!(received.attempts(), 2);
}

#[tokio::test]
async fn the_server_says_when_unless_that_is_absurd_or_too_late() {
    let start = Instant::now();
    let limited = |after: &str| {
        let header = format!("Retry-After: {after}\r\n");
        vec![
            reply("429 Too Many Requests", &header, ""),
            json("200 OK", OK),
        ]
    };
    // A year is not believed, nor what is no time at all.
    for after in ["31536000", "soon", "99999999999999999999", ""] {
        let server = Server::start(limited(after)).await;
        let (result, attempts) = outcome(client(&server.url()).find().options(options())).await;
        assert_eq!((result.ok(), attempts), (Some(200), 2), "{after}");
    }
    // Not worth waiting for what comes after the end of the call.
    let server = Server::start(limited("30")).await;
    let short = options().timeout(Duration::from_secs(5));
    let (result, attempts) = outcome(client(&server.url()).find().options(short)).await;
    let error = result.unwrap_err();
    assert_eq!(attempts, 1);
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert!(start.elapsed() < Duration::from_secs(20));
    // Believed, and waited for.
    let start = Instant::now();
    let server = Server::start(limited("1")).await;
    let (result, _) = outcome(client(&server.url()).find().options(options())).await;
    assert_eq!(result.ok(), Some(200));
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn a_date_is_a_wait_by_the_servers_own_clock() {
    let after = |date: Option<&'static str>, text: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(text));
        if let Some(date) = date {
            headers.insert(header::DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers)
    };
    let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(after(date, "Sun, 06 Nov 1994 08:50:07 GMT"), seconds(30));
    assert_eq!(after(date, "Sunday, 06-Nov-94 08:49:38 GMT"), seconds(1));
    assert_eq!(after(date, "Sun Nov  6 08:49:37 1994"), seconds(0));
    assert_eq!(after(date, "Sun, 06 Nov 1994 08:00:00 GMT"), seconds(0));
    assert_eq!(after(None, "Sun, 06 Nov 1994 08:50:07 GMT"), seconds(0));
    assert_eq!(after(None, "120"), seconds(120));
    for wrong in ["-1", "1.5", "tomorrow", "Sun, 06 Nov 1994"] {
        assert_eq!(after(date, wrong), None, "{wrong}");
    }
    let later = SystemTime::now() + Duration::from_secs(3600);
    let mut headers = HeaderMap::new();
    let text = httpdate::fmt_http_date(later);
    headers.insert(header::RETRY_AFTER, HeaderValue::try_from(text).unwrap());
    let wait = retry_after(&headers).unwrap();
    assert!(wait > Duration::from_secs(3500) && wait <= Duration::from_secs(3600));
}

#[tokio::test]
async fn every_timeout_says_which_it_was() {
    let stalled = || Server::start((0..3).map(|_| Reply::Stall(Vec::new())).collect());
    let millis = Duration::from_millis;

    let server = stalled().await;
    let call = client(&server.url());
    let patient = options().attempt_timeout(millis(100));
    let (result, attempts) = outcome(call.find().options(patient)).await;
    let error = result.unwrap_err();
    assert_eq!((error.kind(), attempts), (ErrorKind::Timeout, 3));
    assert_eq!(error.timeout(), Some(TimeoutKind::Attempt));

    let server = stalled().await;
    let call = client(&server.url());
    let hurried = options().timeout(millis(200));
    let (result, attempts) = outcome(call.find().options(hurried)).await;
    let error = result.unwrap_err();
    assert_eq!((error.kind(), attempts), (ErrorKind::Timeout, 1));
    assert_eq!(error.timeout(), Some(TimeoutKind::Call));

    // TCP comes about, TLS does not.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let mut hurried = settings();
    hurried.connect_timeout(millis(100));
    let call = Client {
        core: hurried.build(&url).unwrap(),
    };
    let (result, attempts) = outcome(call.touch("a", "b").options(options())).await;
    let error = result.unwrap_err();
    assert_eq!((error.kind(), attempts), (ErrorKind::Connect, 3));
    assert_eq!(error.timeout(), Some(TimeoutKind::Connect));

    // A POST that may have been done.
    let server = stalled().await;
    let call = client(&server.url());
    let once = options().attempt_timeout(millis(100));
    let (result, attempts) = outcome(call.touch("a", "b").options(once)).await;
    assert_eq!(attempts, 1);
    assert_eq!(result.unwrap_err().timeout(), Some(TimeoutKind::Attempt));

    // After a stall the next attempt may go well.
    let replies = vec![Reply::Stall(Vec::new()), json("200 OK", OK)];
    let server = Server::start(replies).await;
    let call = client(&server.url());
    let patient = options().attempt_timeout(millis(300));
    let (result, attempts) = outcome(call.find().options(patient)).await;
    assert_eq!((result.ok(), attempts), (Some(200), 2));
}

#[test]
fn waits_grow_and_are_never_longer_than_asked_for() {
    let millis = Duration::from_millis;
    let policy = RetryPolicy::new().waits(millis(100), millis(350));
    for (attempts, limit) in [(1, 100), (2, 200), (3, 350), (4, 350), (99, 350)] {
        let waits: Vec<Duration> = (0..200).map(|_| policy.wait(attempts, None)).collect();
        assert!(waits.iter().all(|wait| *wait <= millis(limit)));
        // By chance, not by the clock: a hundred equal waits are none.
        assert!(waits.iter().any(|wait| wait != &waits[0]));
        assert!(waits.iter().any(|wait| *wait > millis(limit / 2)));
    }
    assert_eq!(policy.wait(1, Some(millis(60_000))), millis(60_000));
    assert!(policy.wait(1, Some(millis(60_001))) <= millis(100));
}

#[test]
fn what_fails_all_the_time_is_not_sent_again_and_again() {
    let budget = RetryBudget::new();
    assert_eq!((0..1000).filter(|_| budget.spend()).count(), 100);
    (0..10).for_each(|_| budget.refund());
    assert_eq!((0..1000).filter(|_| budget.spend()).count(), 2);
    (0..10_000).for_each(|_| budget.refund());
    assert_eq!((0..1000).filter(|_| budget.spend()).count(), 100);
}

#[tokio::test]
async fn a_client_of_a_server_that_is_down_comes_to_send_once() {
    let mut replies: Vec<Reply> = Vec::new();
    replies.resize_with(300, || json("503 Service Unavailable", "{}"));
    let server = Server::start(replies).await;
    let client = client(&server.url());
    let mut attempts = Vec::new();
    for _ in 0..60 {
        attempts.push(outcome(client.find().options(options())).await.1);
    }
    // A hundred attempts after the first ones, and no more.
    assert_eq!(attempts[..50], [3; 50]);
    assert_eq!(attempts[50..], [1; 10]);
}

#[tokio::test]
async fn a_transport_without_a_clock_makes_one_attempt() {
    struct Timeless(ReqwestTransport);
    impl Transport for Timeless {
        fn send(
            &self,
            request: http::Request<RequestBody>,
        ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
            self.0.send(request)
        }
    }
    let server = Server::start(vec![json("503 Service Unavailable", "{}")]).await;
    let mut settings = settings();
    let inner = ReqwestTransport::direct(DEFAULT_CONNECT_TIMEOUT).unwrap();
    settings.transport(std::sync::Arc::new(Timeless(inner)));
    let client = Client {
        core: settings.build(&server.url()).unwrap(),
    };
    assert_eq!(outcome(client.find().options(options())).await.1, 1);
}
