//! The seam: transports of one's own, and the default one.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame};
use http_body_util::BodyExt;

use super::fixture::{Client, settings};
use crate::runtime::*;

type Answer = fn() -> Result<http::Response<ResponseBody>, TransportError>;

/// Answers without a network and keeps what it was sent.
struct Canned {
    answer: Answer,
    seen: Mutex<Vec<http::Request<RequestBody>>>,
}

impl Transport for Canned {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        self.seen.lock().unwrap().push(request);
        Box::pin(async { (self.answer)() })
    }
}

fn canned(answer: Answer) -> (Client, Arc<Canned>) {
    let transport = Arc::new(Canned {
        answer,
        seen: Mutex::default(),
    });
    let mut settings = settings();
    // By way of the implementation for `Arc`, as a builder has it.
    settings.transport(Arc::new(Arc::clone(&transport)));
    (
        Client {
            core: settings.build("https://api.example/x").unwrap(),
        },
        transport,
    )
}

#[tokio::test]
async fn a_transport_gets_the_request_as_built() {
    let (client, transport) = canned(|| {
        Ok(http::Response::new(ResponseBody::from(
            r#"{"connection_id":"canned"}"#,
        )))
    });
    let response = client.find().parameter("q", "1").send().await.unwrap();
    assert_eq!(response.connection_id, "canned");
    let built = client.find().parameter("q", "1").build().unwrap();
    let seen = transport.seen.lock().unwrap();
    assert_eq!(seen[0].uri(), built.uri());
    assert_eq!(seen[0].headers(), built.headers());
    // What is left of the call's time.
    let RequestTimeout(timeout) = seen[0].extensions().get().unwrap();
    assert!(*timeout <= DEFAULT_TIMEOUT && *timeout > DEFAULT_TIMEOUT / 2);
}

#[tokio::test]
async fn errors_of_a_transport_keep_their_kind_and_source() {
    let cases: [(Answer, ErrorKind); 3] = [
        (|| Err(TransportError::connect("why")), ErrorKind::Connect),
        (|| Err(TransportError::timeout("why")), ErrorKind::Timeout),
        (|| Err(TransportError::other("why")), ErrorKind::Transport),
    ];
    for (answer, kind) in cases {
        let error = canned(answer).0.find().send().await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(
            std::error::Error::source(&error).unwrap().to_string(),
            "why"
        );
    }
}

/// A body in parts that are always ready.
struct Parts(std::vec::IntoIter<Result<Frame<Bytes>, TransportError>>);

impl Body for Parts {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.next())
    }
}

/// A whole body in two parts, with an error or trailers at the end.
fn parts(last: Result<Frame<Bytes>, TransportError>) -> ResponseBody {
    let part = |text: &'static str| Ok(Frame::data(Bytes::from_static(text.as_bytes())));
    let frames = vec![part(r#"{"connection"#), part(r#"_id":"parts"}"#), last];
    ResponseBody::new(Parts(frames.into_iter()))
}

#[tokio::test]
async fn a_body_comes_in_parts() {
    let (client, _) = canned(|| {
        let trailers = Frame::trailers(http::HeaderMap::new());
        Ok(http::Response::new(parts(Ok(trailers))))
    });
    assert_eq!(client.find().send().await.unwrap().connection_id, "parts");
    let (client, _) = canned(|| {
        Ok(http::Response::new(parts(Err(TransportError::timeout(
            "slow",
        )))))
    });
    let error = client.find().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.body().unwrap(), r#"{"connection_id":"parts"}"#);
}

#[tokio::test]
async fn bodies_of_any_kind_become_response_bodies() {
    let any = http_body_util::Full::new(Bytes::from_static(b"x")).map_err(|never| match never {});
    for mut body in [
        ResponseBody::from("x"),
        ResponseBody::from("x".to_owned()),
        ResponseBody::from(vec![b'x']),
        ResponseBody::from(Bytes::from_static(b"x")),
        ResponseBody::new::<_>(any.map_err(|never: std::io::Error| never)),
    ] {
        assert_eq!(body.next_part().await.unwrap().unwrap(), "x");
        assert!(body.next_part().await.is_none());
    }
}

mod reqwest {
    use tokio::io::AsyncReadExt;

    use super::super::server::{Server, json, reply};
    use super::*;

    #[tokio::test]
    async fn settings_of_the_application_count_but_for_what_is_not_its_affair() {
        let elsewhere = Server::start(vec![json("200 OK", "{}")]).await;
        let location = format!("Location: {}\r\n", elsewhere.url());
        let server = Server::start(vec![reply("302 Found", &location, "")]).await;
        let mut headers = http::HeaderMap::new();
        headers.insert("x-gateway", http::HeaderValue::from_static("a"));
        let builder = ReqwestTransport::builder(DEFAULT_CONNECT_TIMEOUT).unwrap();
        let builder = builder
            .no_proxy()
            .default_headers(headers)
            .redirect(::reqwest::redirect::Policy::limited(5));
        let transport = ReqwestTransport::from_builder(builder).unwrap();
        let mut settings = settings();
        settings.transport(Arc::new(transport));
        let client = Client {
            core: settings.build(&server.url()).unwrap(),
        };
        let error = client.find().send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 302);
        assert!(elsewhere.requests().is_empty());
        let (_, headers, _) = server.request();
        assert!(headers.contains(&"x-gateway: a".to_owned()), "{headers:?}");
    }

    #[tokio::test]
    async fn tls_is_spoken_without_a_provider_of_the_process() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = [0; 6];
            stream.read_exact(&mut hello).await.unwrap();
            hello
        });
        let client = Client {
            core: settings().build(&url).unwrap(),
        };
        let error = client.find().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
        let hello = server.await.unwrap();
        // A TLS handshake record with a ClientHello.
        assert_eq!((hello[0], hello[1], hello[5]), (22, 3, 1));
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    }

    #[tokio::test]
    async fn a_url_that_a_parser_changes_is_not_sent() {
        let transport = ReqwestTransport::direct(Duration::from_secs(5)).unwrap();
        for path in ["/a/../b", "/a/%2e%2e/b", "/./a"] {
            let uri = format!("http://127.0.0.1:1{path}");
            let request = http::Request::builder()
                .uri(uri)
                .body(RequestBody::empty())
                .unwrap();
            let error = transport.send(request).await.unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::Invalid);
            let source = std::error::Error::source(&error).unwrap().to_string();
            assert_eq!(source, "the URL does not survive parsing");
        }
    }
}

#[cfg(all(feature = "reqwest", feature = "blocking"))]
#[test]
fn without_a_tokio_runtime_a_call_ends_in_an_error_that_says_so() {
    let settings = super::fixture::settings();
    let core = settings.build("https://api.example").unwrap();
    let client = super::fixture::Client { core };
    let error = pollster::block_on(client.find().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let source = std::error::Error::source(&error).unwrap().to_string();
    let said = format!("{error} {source}");
    assert!(said.contains("Tokio runtime"), "{said}");
    assert_eq!(error.attempts(), 1);
}
