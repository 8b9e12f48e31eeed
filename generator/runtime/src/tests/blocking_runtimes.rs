//! Blocking and asynchronous calls of one client, on every kind of runtime: a
//! blocking call never waits for a runtime that its own thread has to drive.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{thread, vec};

use tokio::runtime::{Builder, Runtime};

use super::fixture::{Certificate, Client, settings};
use super::keep_alive::KeepAlive;
use crate::runtime::*;

const FOUND: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n\
                     {\"connection_id\":\"c\"}";

/// Far more than a call takes, and far less than the test runner's patience.
const LIMIT: Duration = Duration::from_secs(10);

fn client(server: &KeepAlive) -> Client {
    client_with(server, |_| {})
}

fn client_with(server: &KeepAlive, configure: impl FnOnce(&mut Settings)) -> Client {
    let mut settings = settings();
    settings.timeout(LIMIT);
    configure(&mut settings);
    Client {
        core: settings.build(&server.url()).unwrap(),
    }
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn workers(count: usize) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(count).enable_all().build().unwrap()
}

fn block(client: &Client) {
    let response = client.find().send_blocking().unwrap();
    assert_eq!(response.connection_id, "c");
}

async fn send(client: &Client) {
    let response = client.find().send().await.unwrap();
    assert_eq!(response.connection_id, "c");
}

#[test]
fn a_blocking_call_follows_an_asynchronous_one_while_its_runtime_stands_still() {
    let server = KeepAlive::start(FOUND);
    let client = client(&server);
    let runtime = current_thread();
    for _ in 0..2 {
        runtime.block_on(send(&client));
        block(&client);
    }
    // Each kind of call keeps its own connection.
    assert_eq!(server.connections(), 2);
}

#[test]
fn a_blocking_call_follows_an_asynchronous_one_in_the_same_task() {
    for runtime in [current_thread(), workers(1), workers(2)] {
        let client = client(&KeepAlive::start(FOUND));
        runtime.block_on(async {
            let task = tokio::spawn(async move {
                for _ in 0..2 {
                    send(&client).await;
                    block(&client);
                }
            });
            task.await.unwrap();
        });
    }
}

#[test]
fn an_asynchronous_call_follows_a_blocking_one() {
    let client = client(&KeepAlive::start(FOUND));
    block(&client);
    current_thread().block_on(send(&client));
    block(&client);
    // The runtime of the connection is gone.
    workers(1).block_on(send(&client));
    block(&client);
}

#[test]
fn threads_block_while_tasks_do_not() {
    let client = Arc::new(client(&KeepAlive::start(FOUND)));
    let runtime = workers(2);
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let client = Arc::clone(&client);
            runtime.spawn(async move { send(&client).await })
        })
        .collect();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| block(&client));
        }
    });
    for task in tasks {
        runtime.block_on(task).unwrap();
    }
}

#[test]
fn a_transport_of_the_application_serves_both_kinds_of_calls() {
    let server = KeepAlive::start(FOUND);
    let client = client_with(&server, |settings| {
        let transport = ReqwestTransport::direct(LIMIT).unwrap();
        settings.transport(Arc::new(transport));
    });
    block(&client);
    block(&client);
    current_thread().block_on(send(&client));
    assert_eq!(server.connections(), 1);
}

/// The items of one page after an asynchronous call.
#[test]
fn pages_do_not_wait_for_a_runtime_that_stands_still() {
    let body = r#"{"connection_id":"c","certificates":[{"issuer":"i"}]}"#;
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let client = client(&KeepAlive::start(response.leak()));
    let runtime = current_thread();
    runtime.block_on(async { client.find().send().await.unwrap() });
    let items: Result<Vec<Certificate>, _> = client.find().items().blocking().collect();
    assert_eq!(items.unwrap().len(), 1);
    let page = client.find().pages().blocking().next().unwrap();
    assert_eq!(page.unwrap().certificates.len(), 1);
}

/// An operation whose success is a stream.
struct Download;

impl Operation for Download {
    const ENDPOINT: &'static Endpoint = &Endpoint {
        id: "download",
        path: "/download",
        ..Endpoint::PLAIN
    };
    const STREAMS: bool = true;
    type Output = ByteStream;
    type Failure = ();

    fn open(_: &Received, body: Unread) -> Result<ByteStream, DecodeError> {
        Ok(ByteStream::new(body))
    }

    fn decode(received: &Received) -> Result<ByteStream, DecodeError> {
        Err(received.undocumented())
    }

    fn decode_failure(_: &Received) -> Option<()> {
        None
    }
}

fn download(client: &Client) -> Call<'_, Download> {
    Draft::new(&client.core, Download::ENDPOINT).call()
}

#[test]
fn a_stream_of_a_blocking_call_needs_no_other_runtime() {
    let server = KeepAlive::start("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole");
    let client = client(&server);
    let runtime = current_thread();
    let asynchronous = async { download(&client).send().await.unwrap().into_body() };
    let stream = runtime.block_on(async { asynchronous.await.into_bytes(9).await });
    assert_eq!(stream.unwrap(), "whole");
    let stream = download(&client).send_blocking().unwrap().into_body();
    let parts: Result<Vec<_>, _> = stream.blocking().collect();
    assert_eq!(parts.unwrap().concat(), b"whole");
}

#[test]
fn a_stream_whose_runtime_stands_still_ends_in_time() {
    // Half of what it announces.
    let server = KeepAlive::start("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nwhole");
    let client = client_with(&server, |settings| {
        settings.timeout(Duration::from_millis(200));
    });
    let runtime = current_thread();
    let stream = runtime.block_on(async { download(&client).send().await.unwrap().into_body() });
    let items: Vec<_> = stream.blocking().collect();
    let last = items.last().unwrap().as_ref().unwrap_err();
    assert_eq!(last.timeout(), Some(TimeoutKind::Idle));
}

/// Answers the first question never, all others at once.
#[derive(Default)]
struct Slow {
    asked: AtomicUsize,
}

impl TokenProvider for Slow {
    fn token(
        &self,
    ) -> BoxFuture<'_, Result<AccessToken, Box<dyn std::error::Error + Send + Sync>>> {
        let is_first = self.asked.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            if is_first {
                std::future::pending::<()>().await;
            }
            Ok(AccessToken::new("token"))
        })
    }
}

#[test]
fn a_token_that_an_asynchronous_call_fetches_is_not_waited_for() {
    let server = KeepAlive::start(FOUND);
    let provider = Arc::new(Slow::default());
    let mut settings = Settings::new("fixture/1");
    settings.timeout(LIMIT);
    let tokens = Tokens::from(Arc::clone(&provider));
    settings.credential("basicAuth", tokens.credential());
    let core = settings.build(&server.url()).unwrap();
    let client = Arc::new(Client { core });
    let runtime = current_thread();
    runtime.block_on(async {
        let other = Arc::clone(&client);
        let fetching = tokio::spawn(async move { other.find().send().await.map(drop) });
        while provider.asked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        // The task that fetches a token cannot go on meanwhile.
        block(&client);
        fetching.abort();
    });
}

/// Fails the first attempt after an asynchronous call.
struct Flaky {
    statuses: Mutex<vec::IntoIter<u16>>,
}

impl Transport for Flaky {
    fn send(
        &self,
        _: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let status = self.statuses.lock().unwrap().next().unwrap_or(200);
        let body = r#"{"connection_id":"c"}"#;
        let response = http::Response::builder().status(status).body(body.into());
        Box::pin(async { response.map_err(TransportError::other) })
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

#[test]
fn the_wait_between_attempts_needs_no_other_runtime() {
    let statuses = Mutex::new(vec![200, 503].into_iter());
    let client = client_with(&KeepAlive::start(FOUND), |settings| {
        settings.transport(Arc::new(Flaky { statuses }));
        let wait = Duration::from_millis(1);
        settings.retry(RetryPolicy::new().waits(wait, wait));
    });
    let runtime = current_thread();
    runtime.block_on(send(&client));
    let response = client.find().send_blocking().unwrap();
    assert_eq!(response.attempts(), 2);
}
