//! Tower services as transports.

use std::convert::Infallible;
use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::rt::TokioExecutor;
use tower::{ServiceBuilder, service_fn};

use super::fixture::{Client, settings};
use super::server::{Reply, Server, json};
use crate::runtime::*;

fn client(transport: impl Transport + 'static, base_url: &str) -> Client {
    let mut settings = settings();
    settings.transport(std::sync::Arc::new(transport));
    settings.timeout(Duration::from_millis(300));
    Client {
        core: settings.build(base_url).unwrap(),
    }
}

fn hyper(base_url: &str) -> Client {
    let hyper: Hyper<_, RequestBody> = Hyper::builder(TokioExecutor::new()).build_http();
    client(TowerTransport::new(hyper), base_url)
}

#[tokio::test]
async fn another_http_client_sends_requests() {
    let server = Server::start(vec![json("200 OK", r#"{"connection_id":"c"}"#)]).await;
    let client = hyper(&server.url());
    let response = client.find().parameter("q", "a b").send().await.unwrap();
    assert_eq!(response.connection_id, "c");
    assert!(
        server.requests()[0].contains("q=a%20b"),
        "{:?}",
        server.requests()
    );
}

#[tokio::test]
async fn limits_of_time_are_kept_before_and_in_the_body() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
    let stalls = vec![Reply::Stall(Vec::new()), Reply::Stall(head.to_vec())];
    let server = Server::start(stalls).await;
    let client = hyper(&server.url());
    for _ in 0..2 {
        let error = client.find().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        assert_eq!(error.timeout(), Some(TimeoutKind::Call));
    }
}

#[tokio::test]
async fn layers_may_stand_around_a_service() {
    let answer = |request: http::Request<RequestBody>| async move {
        assert!(request.headers()["authorization"].is_sensitive());
        let body = Full::new(Bytes::from_static(br#"{"connection_id":"c"}"#));
        Ok::<_, Infallible>(http::Response::new(body))
    };
    let service = ServiceBuilder::new()
        .concurrency_limit(1)
        .service(service_fn(answer));
    let client = client(TowerTransport::new(service), "https://api.example");
    for _ in 0..3 {
        assert_eq!(client.find().send().await.unwrap().connection_id, "c");
    }
}

#[tokio::test]
async fn errors_of_a_service_broke_off_unless_they_say_otherwise() {
    let broken = service_fn(|_: http::Request<RequestBody>| async {
        Err::<http::Response<Full<Bytes>>, _>(std::io::Error::other("why"))
    });
    let client_of_it = client(TowerTransport::new(broken), "https://api.example");
    let error = client_of_it.find().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.source().unwrap().to_string(), "why");

    let refused = service_fn(|_: http::Request<RequestBody>| async {
        Err::<http::Response<Full<Bytes>>, _>(TransportError::connect("nobody is there"))
    });
    let client_of_it = client(TowerTransport::new(refused), "https://api.example");
    let error = client_of_it.find().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn layers_may_stand_around_the_default_transport() {
    let reply = || json("200 OK", r#"{"connection_id":"c"}"#);
    let replies = vec![reply(), reply()];
    let server = Server::start(replies).await;
    let service = ServiceBuilder::new()
        .concurrency_limit(1)
        .map_request(|mut request: http::Request<RequestBody>| {
            let value = http::HeaderValue::from_static("yes");
            request.headers_mut().insert("x-layered", value);
            request
        })
        .service(ReqwestTransport::direct(Duration::from_secs(1)).unwrap());
    let client = client(TowerTransport::new(service), &server.url());
    for _ in 0..2 {
        assert_eq!(client.find().await.unwrap().connection_id, "c");
    }
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.contains("x-layered: yes"))
    );
}
