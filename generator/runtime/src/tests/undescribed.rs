//! Calls of what the API description does not have.

use http::Method;
use serde_json::json;

use super::fixture::{PASSWORD, client};
use super::server::{Server, json};
use crate::runtime::*;

#[tokio::test]
async fn a_call_of_what_is_not_described_is_like_any_other() {
    let server = Server::start(vec![json("201 Created", r#"{"id":7}"#)]).await;
    let client = client(&server.url());
    let call = undescribed(&client.core, &Method::POST, "/v2/a%20b/c")
        .query("q", "1&2")
        .json(&json!({"a": 1}));
    let response = call.send().await.unwrap();
    assert_eq!(
        response.json::<serde_json::Value>().unwrap(),
        json!({"id": 7})
    );
    let (first, headers, body) = server.request();
    assert_eq!(first, "POST /v2/a%20b/c?q=1%262 HTTP/1.1");
    assert!(
        headers
            .iter()
            .any(|line| line.starts_with("authorization: Basic "))
    );
    assert!(headers.contains(&"content-type: application/json".to_owned()));
    assert_eq!(body, r#"{"a":1}"#);
}

#[tokio::test]
async fn its_errors_have_status_and_body_and_show_no_path() {
    let replies = vec![json("404 Not Found", r#"{"why":"gone"}"#)];
    let server = Server::start(replies).await;
    let client = client(&server.url());
    let call = undescribed(&client.core, &Method::GET, "/secret-canary");
    let error = call.send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.api(), Some(&json!({"why": "gone"})));
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains("canary") && !shown.contains(PASSWORD),
        "{shown}"
    );
    assert_eq!(
        error.to_string(),
        "GET (a path of the application) answered 404 Not Found"
    );
}

#[test]
fn what_would_lead_elsewhere_is_refused() {
    let client = client("https://api.example/base");
    let refused = |method: &Method, path: &str| {
        let call = undescribed(&client.core, method, path);
        call.build().unwrap_err().is_invalid_request()
    };
    for path in [
        "",
        "v1",
        "//host/a",
        "/a//b",
        "/a/../b",
        "/a/%2e%2e/b",
        "/a/.",
        "/a?b",
        "/a#b",
        "/a b",
        "/100%",
        "/%2x",
        "/{a}",
        "/\u{e4}",
        "/a\r\nX: y",
        "https://other.example/",
    ] {
        assert!(refused(&Method::GET, path), "{path}");
    }
    assert!(refused(&Method::CONNECT, "/a"));
    assert!(refused(&Method::from_bytes(b"BREW").unwrap(), "/a"));
    for path in ["/", "/a", "/a/b/", "/a%2Fb", "/a:b"] {
        let call = undescribed(&client.core, &Method::PUT, path);
        let uri = call.build().unwrap().uri().to_string();
        assert_eq!(uri, format!("https://api.example/base{path}"));
    }
}
