//! A call that is dropped is over: the server sees it, and nothing more is sent.

use std::future::Future;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::fixture::{Client, settings};
use crate::runtime::*;

/// How long to wait for what must happen.
const PATIENCE: Duration = Duration::from_secs(20);

async fn listening() -> (TcpListener, Client) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut settings = settings();
    settings.retry(RetryPolicy::new());
    let core = settings.build(&url).unwrap();
    (listener, Client { core })
}

/// Drives a call until `event` has come about, drops it, and gives what came of
/// the event.
async fn dropped_after<T>(call: impl Future, event: impl Future<Output = T>) -> T {
    let either = async {
        tokio::select! {
            _ = call => panic!("the call ends"),
            output = event => output,
        }
    };
    let output = tokio::time::timeout(PATIENCE, either).await;
    output.expect("the call gets there")
}

/// A connection with a request on it, and this of an answer.
async fn asked(listener: &TcpListener, answer: &str) -> TcpStream {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.windows(4).any(|window| window == b"\r\n\r\n") {
        stream.read_buf(&mut request).await.unwrap();
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream
}

/// Waits for the client to leave.
async fn left(mut stream: TcpStream) {
    let mut rest = Vec::new();
    let end = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest));
    // Closed or reset.
    let _either = end.await.expect("the client leaves");
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n";
    for so_far in ["", head, &format!("{head}\r\n"), &format!("{head}\r\n{{")] {
        let (listener, client) = listening().await;
        let seen = async {
            let stream = asked(&listener, so_far).await;
            // The client sees what there is of the answer.
            tokio::time::sleep(Duration::from_millis(50)).await;
            stream
        };
        left(dropped_after(client.find().send(), seen).await).await;
        let seen = asked(&listener, so_far);
        left(dropped_after(client.touch("a", "b").send_raw(), seen).await).await;
    }
}

#[tokio::test]
async fn a_call_dropped_while_it_waits_sends_nothing_more() {
    let (listener, client) = listening().await;
    let refusal = "HTTP/1.1 429 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";
    let seen = async {
        let stream = asked(&listener, refusal).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        stream
    };
    let mut stream = dropped_after(client.find().send(), seen).await;
    // Neither on this connection nor on another, when the wait would be over.
    let mut more = [0; 1];
    let silence = async {
        tokio::select! {
            _ = listener.accept() => panic!("a connection"),
            read = stream.read(&mut more) => assert_eq!(read.ok().unwrap_or(0), 0),
        }
        listener.accept().await.unwrap();
    };
    let wait = tokio::time::timeout(Duration::from_millis(1500), silence);
    assert!(wait.await.is_err(), "a connection");
    // The client goes on as if nothing had been.
    let good = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"connection_id\":\"c\"}";
    let next = tokio::spawn(async move {
        drop(stream);
        asked(&listener, good).await
    });
    client.find().send().await.unwrap();
    next.await.unwrap();
}
