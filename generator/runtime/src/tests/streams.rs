//! Streams: bodies that go and come part by part, through the default transport
//! and through parsers that see them cut anywhere.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::fixture::{Client, settings};
use crate::runtime::*;

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Item {
    n: u32,
}

/// An operation whose successes are streams of this type.
macro_rules! operation {
    ($name:ident, $output:ty, $open:expr) => {
        struct $name;

        impl Operation for $name {
            const ENDPOINT: &'static Endpoint = &Endpoint {
                id: "stream",
                method: "POST",
                path: "/stream",
                accept: "",
                security: &[],
                idempotent: None,
                idempotency_key: None,
                error_code: Some("error_type"),
                error_request_id: None,
            };
            const STREAMS: bool = true;
            type Output = $output;
            type Failure = serde_json::Value;

            fn open(_: &Received, body: Unread) -> Result<$output, DecodeError> {
                Ok($open(body))
            }

            fn decode(received: &Received) -> Result<$output, DecodeError> {
                Err(received.undocumented())
            }

            fn decode_failure(received: &Received) -> Option<serde_json::Value> {
                received.json().ok()
            }
        }
    };
}

operation!(Download, ByteStream, ByteStream::new);
operation!(Lines, JsonStream<Item>, JsonStream::lines);
operation!(Records, JsonStream<Item>, JsonStream::records);
operation!(Events, EventStream<Event<Item>>, EventStream::values);
operation!(Texts, EventStream<Event<String>>, EventStream::texts);

fn call<O: Operation>(client: &Client) -> Call<'_, O> {
    Draft::new(&client.core, O::ENDPOINT).call()
}

/// A body in parts; its length is announced only if it is known.
struct Pieces {
    pieces: std::vec::IntoIter<Result<&'static [u8], &'static str>>,
    length: Option<u64>,
}

impl Pieces {
    fn new(pieces: Vec<Result<&'static [u8], &'static str>>, length: Option<u64>) -> Self {
        let pieces = pieces.into_iter();
        Self { pieces, length }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        let piece = self.pieces.next();
        Poll::Ready(piece.map(|piece| piece.map(|piece| Frame::data(Bytes::from_static(piece)))))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// A client of a server that one connection is expected by.
async fn listening(configure: impl FnOnce(&mut Settings)) -> (TcpListener, Client) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut settings = settings();
    configure(&mut settings);
    let core = settings.build(&url).unwrap();
    (listener, Client { core })
}

/// Reads until `end` has come.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    let mut part = [0; 1024];
    while !text.contains(end) {
        let read = stream.read(&mut part).await.unwrap();
        assert_ne!(read, 0, "the client closed the connection early: {text}");
        text.push_str(std::str::from_utf8(&part[..read]).unwrap());
    }
    text
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Bodies are sent by this operation, whose answer does not matter.
fn upload(client: &Client, body: RequestBody) -> Call<'_, Download> {
    let mut draft = Draft::new(&client.core, Download::ENDPOINT);
    draft.stream("application/octet-stream", body);
    draft.call()
}

#[tokio::test]
async fn streams_of_unknown_length_are_sent_in_chunks() {
    let (listener, client) = listening(|_| {}).await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_until(&mut stream, "0\r\n\r\n").await;
        stream
            .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
            .await
            .unwrap();
        request
    });
    let body = RequestBody::new(Pieces::new(vec![Ok(b"one"), Ok(b"three")], None));
    upload(&client, body).send().await.unwrap();
    let request = server.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(
        head.to_lowercase().contains("transfer-encoding: chunked"),
        "{head}"
    );
    assert_eq!(body, "3\r\none\r\n5\r\nthree\r\n0\r\n\r\n");
}

#[tokio::test]
async fn streams_of_known_length_announce_it() {
    let (listener, client) = listening(|_| {}).await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_until(&mut stream, "onethree").await;
        stream
            .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
            .await
            .unwrap();
        request.to_lowercase()
    });
    let body = RequestBody::new(Pieces::new(vec![Ok(b"one"), Ok(b"three")], Some(8)));
    upload(&client, body).send().await.unwrap();
    let request = server.await.unwrap();
    assert!(request.contains("content-length: 8"), "{request}");
    assert!(!request.contains("transfer-encoding"), "{request}");
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_an_error() {
    for length in [None, Some(8)] {
        let (listener, client) = listening(|_| {}).await;
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await.ok();
            String::from_utf8(rest).unwrap()
        });
        let body = RequestBody::new(Pieces::new(vec![Ok(b"one"), Err("canary")], length));
        let error = upload(&client, body).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
        assert!(!server.await.unwrap().ends_with("0\r\n\r\n"));
    }
}

#[tokio::test]
async fn multipart_is_streamed() {
    let (listener, client) = listening(|_| {}).await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_until(&mut stream, "--\r\n").await;
        stream
            .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
            .await
            .unwrap();
        request
    });
    let mut multipart = Multipart::default();
    multipart.value("name", None, "text");
    let file = RequestBody::new(Pieces::new(vec![Ok(b"one"), Ok(b"three")], Some(8)));
    multipart.part("file", None, Part::from(file).file_name("f"));
    let mut draft = Draft::new(&client.core, Download::ENDPOINT);
    draft.multipart("multipart/form-data", multipart);
    draft.call::<Download>().send().await.unwrap();
    let request = server.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let length = format!("content-length: {}", body.len());
    assert!(head.to_lowercase().contains(&length), "{head}");
    assert!(body.contains(
        "filename=\"f\"\r\nContent-Type: application/octet-stream\r\n\r\nonethree\r\n--"
    ));
}

#[tokio::test]
async fn a_stream_is_there_before_it_ends_and_dropping_it_cancels() {
    let (listener, client) = listening(|_| {}).await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_until(&mut stream, "\r\n\r\n").await;
        stream
            .write_all(format!("{HEAD}3\r\none\r\n").as_bytes())
            .await
            .unwrap();
        // Nothing more comes; the client must hang up.
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.ok();
    });
    let mut stream = call::<Download>(&client).send().await.unwrap().into_body();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "one");
    drop(stream);
    server.await.unwrap();
}

#[tokio::test]
async fn silence_is_a_timeout_and_a_long_stream_is_none() {
    let (listener, client) = listening(|settings| settings.timeout(Duration::from_secs(1))).await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_until(&mut stream, "\r\n\r\n").await;
        stream.write_all(HEAD.as_bytes()).await.unwrap();
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_millis(250)).await;
            stream.write_all(b"1\r\nx\r\n").await.unwrap();
        }
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.ok();
    });
    let mut stream = call::<Download>(&client).send().await.unwrap().into_body();
    for _ in 0..5 {
        assert_eq!(stream.chunk().await.unwrap().unwrap(), "x");
    }
    let error = stream.chunk().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert!(stream.chunk().await.is_none());
    drop(stream);
    server.await.unwrap();
}

#[tokio::test]
async fn a_head_that_does_not_come_is_a_timeout() {
    let (listener, client) =
        listening(|settings| settings.timeout(Duration::from_millis(50))).await;
    let error = call::<Download>(&client).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert_eq!(error.timeout(), Some(TimeoutKind::Idle));
    drop(listener);
}

/// What this operation answers is a stream only if it says so.
struct Mixed;

impl Operation for Mixed {
    const ENDPOINT: &'static Endpoint = Download::ENDPOINT;
    const STREAMS: bool = true;
    type Output = ();
    type Failure = serde_json::Value;

    fn is_stream(head: &Received) -> bool {
        head.content_type() == Some("text/event-stream")
    }

    fn decode(_: &Received) -> Result<(), DecodeError> {
        Ok(())
    }

    fn decode_failure(received: &Received) -> Option<serde_json::Value> {
        received.json().ok()
    }
}

#[tokio::test]
async fn an_answer_that_is_no_stream_has_a_time_to_end() {
    for (status, kind) in [(200, ErrorKind::Timeout), (400, ErrorKind::Api)] {
        let (listener, client) = listening(|_| {}).await;
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            read_until(&mut stream, "\r\n\r\n").await;
            let head = format!("HTTP/1.1 {status} What\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            // It never ends, and there is never silence.
            while stream.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        let options = CallOptions::new().timeout(Duration::from_millis(500));
        let sent = call::<Mixed>(&client).options(options).send();
        let sent = tokio::time::timeout(Duration::from_secs(20), sent).await;
        let error = sent.expect("an end").unwrap_err();
        assert_eq!(
            (error.kind(), error.status().unwrap().as_u16()),
            (kind, status)
        );
        let limit = (status == 200).then_some(TimeoutKind::Call);
        assert_eq!(error.timeout(), limit);
        assert!(error.body().unwrap().starts_with(b"x"));
        server.await.unwrap();
    }
}

#[tokio::test]
async fn a_stream_that_ends_too_early_is_an_error() {
    let heads = [
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\none",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n",
    ];
    for head in heads {
        let (listener, client) = listening(|_| {}).await;
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            read_until(&mut stream, "\r\n\r\n").await;
            stream.write_all(head.as_bytes()).await.unwrap();
        });
        let stream = call::<Download>(&client).send().await.unwrap().into_body();
        let error = stream.into_bytes(usize::MAX).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
    }
}

/// Answers with these parts.
struct Canned(Vec<Vec<u8>>);

impl Transport for Canned {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        assert!(request.extensions().get::<RequestTimeout>().is_none());
        assert!(request.extensions().get::<IdleTimeout>().is_some());
        let pieces: Vec<Result<&'static [u8], _>> = self
            .0
            .iter()
            .map(|piece| Ok(&*piece.clone().leak()))
            .collect();
        let body = ResponseBody::new(Pieces::new(pieces, None));
        Box::pin(async { Ok(http::Response::new(body)) })
    }
}

fn canned(pieces: Vec<Vec<u8>>, limit: usize) -> Client {
    let mut settings = settings();
    settings.response_limit(limit);
    settings.transport(std::sync::Arc::new(Canned(pieces)));
    let core = settings.build("https://api.example").unwrap();
    Client { core }
}

/// The text cut in two at every byte, and into single bytes.
fn cuts(text: &str) -> Vec<Vec<Vec<u8>>> {
    let bytes = text.as_bytes();
    let mut cuts: Vec<Vec<Vec<u8>>> = (0..=bytes.len())
        .map(|at| vec![bytes[..at].to_vec(), bytes[at..].to_vec()])
        .collect();
    cuts.push(bytes.iter().map(|byte| vec![*byte]).collect());
    cuts
}

#[tokio::test]
async fn events_are_read_wherever_they_are_cut() {
    let text = "\u{feff}: a comment\r\nid: 1\r\nevent: greeting\r\nretry: 250\r\ndata: h\u{e9}\r\n\
                data:  llo\r\n\r\nevent: lost\r\n\r\ndata\rid\r\rid: \0\nfoo: bar\ndata:x\n\n\
                retry: 1s\ndata: \u{1f600}\n\ndata: unfinished\n";
    for pieces in cuts(text) {
        let client = canned(pieces, 1000);
        let mut stream = call::<Texts>(&client).send().await.unwrap().into_body();
        let mut events = Vec::new();
        while let Some(event) = stream.next().await {
            events.push(event.unwrap());
        }
        let seen: Vec<_> = events
            .iter()
            .map(|event| {
                (
                    event.event.as_deref(),
                    event.id.as_deref(),
                    event.data.as_str(),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                (Some("greeting"), Some("1"), "h\u{e9}\n llo"),
                (None, Some(""), ""),
                (None, Some(""), "x"),
                (None, Some(""), "\u{1f600}"),
            ]
        );
        assert_eq!(events[0].retry, Some(Duration::from_millis(250)));
        assert_eq!(events[3].retry, None);
    }
}

#[tokio::test]
async fn items_are_read_wherever_they_are_cut() {
    for pieces in cuts("{\"n\":1}\n\n{\"n\":\"\u{e9}\"}\r\n{\"n\":2}") {
        let client = canned(pieces, 1000);
        let mut stream = call::<Lines>(&client).send().await.unwrap().into_body();
        assert_eq!(stream.next().await.unwrap().unwrap(), Item { n: 1 });
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.decode_error().unwrap().path(), "n");
        assert_eq!(stream.next().await.unwrap().unwrap(), Item { n: 2 });
        assert!(stream.next().await.is_none());
        assert!(stream.next().await.is_none());
    }
    for pieces in cuts("\u{1e}{\"n\":\n1}\n\u{1e}\u{1e}{\"n\":2}\n") {
        let client = canned(pieces, 1000);
        let mut stream = call::<Records>(&client).send().await.unwrap().into_body();
        assert_eq!(stream.next().await.unwrap().unwrap(), Item { n: 1 });
        assert_eq!(stream.next().await.unwrap().unwrap(), Item { n: 2 });
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn json_events_end_with_done_and_go_on_after_errors() {
    let text = "data: {\"n\": 1}\n\ndata: {\"n\": 1} x\n\ndata: [DONE]\n\ndata: {\"n\": 2}\n\n";
    let client = canned(vec![text.into()], 1000);
    let mut stream = call::<Events>(&client).send().await.unwrap().into_body();
    assert_eq!(stream.next().await.unwrap().unwrap().data, Item { n: 1 });
    assert_eq!(
        stream.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Decode
    );
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn items_without_an_end_are_not_held_for_ever() {
    let endless = || vec![vec![b'x'; 100]; 20];
    let client = canned(endless(), 1000);
    let mut stream = call::<Lines>(&client).send().await.unwrap().into_body();
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(stream.next().await.is_none());

    let client = canned(endless(), 1000);
    let mut stream = call::<Texts>(&client).send().await.unwrap().into_body();
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(stream.next().await.is_none());

    // Many lines of one event are no way around the limit.
    let client = canned(vec![b"data: 0123456789\n".to_vec(); 200], 1000);
    let mut stream = call::<Texts>(&client).send().await.unwrap().into_body();
    assert!(stream.next().await.unwrap().is_err());

    let client = canned(endless(), 1000);
    let stream = call::<Download>(&client).send().await.unwrap().into_body();
    assert_eq!(stream.into_bytes(2000).await.unwrap().len(), 2000);
}

#[cfg(feature = "blocking")]
#[test]
fn a_stream_can_be_an_iterator_that_outlives_its_client() {
    let (sender, port) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        sender.send(listener.local_addr().unwrap().port()).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        for n in 0..3 {
            std::thread::sleep(Duration::from_millis(20));
            stream
                .write_all(format!("{{\"n\":{n}}}\n").as_bytes())
                .unwrap();
        }
    });
    let url = format!("http://127.0.0.1:{}", port.recv().unwrap());
    let core = settings().build(&url).unwrap();
    let draft = Draft::new(&core, Lines::ENDPOINT);
    let call: Call<'_, Lines> = draft.call();
    let items = call.send_blocking().unwrap().into_body().blocking();
    drop(core);
    let items: Result<Vec<Item>, Error> = items.collect();
    assert_eq!(items.unwrap(), [0, 1, 2].map(|n| Item { n }));
}
