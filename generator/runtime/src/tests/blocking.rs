//! Calls that block their thread, against a server on another.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::fixture::{Certificate, Client, Connection, Find, settings};
use super::server::{Reply, Server, json, reply};
use crate::runtime::*;

/// A server on a thread of its own.
fn serve(replies: Vec<Reply>) -> Server {
    let (sender, server) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            sender.send(Server::start(replies).await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    server.recv().unwrap()
}

fn client(server: &Server, timeout: Duration) -> Client {
    let mut settings = settings();
    settings.timeout(timeout);
    let wait = Duration::from_millis(1);
    settings.retry(RetryPolicy::new().waits(wait, wait));
    Client {
        core: settings.build(&server.url()).unwrap(),
    }
}

const LONG: Duration = Duration::from_secs(20);

fn found() -> Reply {
    json("200 OK", r#"{"connection_id":"c"}"#)
}

#[test]
fn a_call_blocks_until_there_is_a_response() {
    let server = serve(vec![
        found(),
        json("404 Not Found", r#"{"error_type":"gone"}"#),
    ]);
    let client = client(&server, LONG);
    let response = client.find().send_blocking().unwrap();
    assert_eq!(response.connection_id, "c");
    let error = client.find().send_blocking().unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.api().unwrap().error_type.as_deref(), Some("gone"));
}

#[test]
fn further_attempts_and_the_waits_between_them_block_as_well() {
    let server = serve(vec![reply("503 Service Unavailable", "", ""), found()]);
    let response = client(&server, LONG).find().send_blocking().unwrap();
    assert_eq!(response.attempts(), 2);
}

#[test]
fn time_is_limited() {
    let server = serve(vec![Reply::Stall(Vec::new())]);
    let error = client(&server, Duration::from_millis(200))
        .find()
        .send_blocking()
        .unwrap_err();
    assert_eq!(error.timeout(), Some(TimeoutKind::Call));
}

#[test]
fn the_undecoded_response_can_be_waited_for() {
    let server = serve(vec![reply("418 I'm a teapot", "", "short and stout")]);
    let received = client(&server, LONG).find().send_raw_blocking().unwrap();
    assert_eq!(received.status(), 418);
    assert_eq!(&received.body()[..], b"short and stout");
}

#[test]
fn threads_share_a_client() {
    let server = serve((0..8).map(|_| found()).collect());
    let client = client(&server, LONG);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.find().send_blocking().unwrap());
        }
    });
    assert_eq!(server.requests().len(), 8);
}

/// Not a good idea, but no reason to panic either.
#[tokio::test(flavor = "multi_thread")]
async fn asynchronous_code_may_block_and_drop_the_client() {
    let server = serve(vec![found(), found()]);
    let client = client(&server, LONG);
    assert_eq!(client.find().send_blocking().unwrap().connection_id, "c");
    assert_eq!(client.find().send().await.unwrap().connection_id, "c");
    drop(client);
}

impl Paginated for Find {
    type Item = Certificate;
    const PAGINATION: Pagination = Pagination::Link;

    fn items(page: &Connection) -> Option<&Vec<Certificate>> {
        Some(&page.certificates)
    }

    fn into_items(page: Connection) -> Option<Vec<Certificate>> {
        Some(page.certificates)
    }
}

#[test]
fn pages_and_items_are_iterators() {
    let page = |link: &str| {
        let body = r#"{"connection_id":"c","certificates":[{"issuer":"i"},{"issuer":"j"}]}"#;
        let headers = format!("Content-Type: application/json\r\n{link}");
        reply("200 OK", &headers, body)
    };
    let pages = || {
        vec![
            page("Link: </v1/connections?page=2>; rel=\"next\"\r\n"),
            page(""),
        ]
    };
    let server = serve(pages());
    let items = client(&server, LONG).find().items().blocking().count();
    assert_eq!(items, 4);
    let requests = server.requests();
    assert!(
        requests[1].starts_with("GET /v1/connections?page=2 HTTP/1.1\r\n"),
        "{requests:?}"
    );
    assert!(requests[1].contains("authorization: Basic"), "{requests:?}");
    let server = serve(pages());
    assert_eq!(client(&server, LONG).find().pages().blocking().count(), 2);
}
