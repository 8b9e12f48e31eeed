//! Redirects that are followed: where to, how often, and with what.

use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::fixture::{Client, PASSWORD, UpdateRequest, client, settings};
use super::server::{Server, json, reply};
use crate::runtime::*;

const OK: &str = r#"{"connection_id":"c"}"#;

fn moved(status: u16, location: &str) -> super::server::Reply {
    reply(
        &format!("{status} Moved"),
        &format!("Location: {location}\r\nSet-Cookie: a=b\r\n"),
        "moved",
    )
}

/// A client that follows.
fn following(base_url: &str) -> Client {
    let mut settings = settings();
    settings.follow_redirects(true);
    Client {
        core: settings.build(base_url).unwrap(),
    }
}

/// What a request has beside its first line, sorted, without the host.
fn headers(request: &str) -> Vec<String> {
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let mut names: Vec<String> = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split(':').next())
        .map(str::to_lowercase)
        .filter(|name| name != "host")
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_redirect_is_followed_without_credentials() {
    let elsewhere = Server::start(vec![json("200 OK", OK)]).await;
    let target = format!("{}/else?a=1#part", elsewhere.url());
    let server = Server::start(vec![
        moved(307, "/v2/connections?b=2"),
        moved(302, "../v3/connections"),
        moved(302, &target),
    ])
    .await;
    let client = following(&server.url());
    let call = client.find().session("session-token-0815").cookie("c", "d");
    let options = CallOptions::new().header("X-Own", "own-value-0815");
    let found = call.options(options).send().await.unwrap();
    assert_eq!(found.body().connection_id, "c");
    let requests = server.requests();
    let lines = requests.iter().map(|request| request.lines().next());
    let lines: Vec<&str> = lines.flatten().collect();
    assert_eq!(
        lines,
        [
            "GET /v1/connections HTTP/1.1",
            "GET /v2/connections?b=2 HTTP/1.1",
            "GET /v3/connections HTTP/1.1"
        ]
    );
    assert!(headers(&requests[0]).contains(&"x-member-session".to_owned()));
    for request in requests[1..].iter().chain(&elsewhere.requests()) {
        assert_eq!(headers(request), ["accept", "user-agent"]);
        for secret in [PASSWORD, "session-token-0815", "own-value-0815"] {
            assert!(!request.contains(secret));
        }
    }
    assert!(elsewhere.requests()[0].starts_with("GET /else?a=1 HTTP/1.1\r\n"));
}

#[tokio::test]
async fn the_call_decides_before_the_client() {
    let server = Server::start(vec![moved(302, "/else"), moved(302, "/else")]).await;
    let options = CallOptions::new().follow_redirects(false);
    let call = following(&server.url());
    let error = call.find().options(options).send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    let error = client(&server.url()).find().send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert_eq!(server.requests().len(), 2);

    let server = Server::start(vec![moved(302, "/else"), json("200 OK", OK)]).await;
    let options = CallOptions::new().follow_redirects(true);
    let client = client(&server.url());
    client.find().options(options).send().await.unwrap();
}

#[tokio::test]
async fn what_changes_something_stays_on_its_server() {
    let elsewhere = Server::start(vec![json("200 OK", OK), json("200 OK", OK)]).await;
    let there = format!("{}/else", elsewhere.url());
    let body = UpdateRequest {
        display_name: Some("n".to_owned()),
        ..UpdateRequest::default()
    };
    // 307 keeps method and body, 303 makes a GET of it.
    let server = Server::start(vec![
        moved(307, "/else"),
        json("200 OK", OK),
        moved(303, "/else"),
        json("200 OK", OK),
    ])
    .await;
    let client = following(&server.url());
    client.update("c", &body).send().await.unwrap();
    client.update("c", &body).send().await.unwrap();
    let requests = server.requests();
    assert!(requests[1].starts_with("PUT /else HTTP/1.1\r\n"));
    assert!(requests[1].ends_with(r#"{"display_name":"n"}"#));
    assert_eq!(
        headers(&requests[1]),
        ["accept", "content-length", "content-type", "user-agent"]
    );
    assert!(requests[3].starts_with("GET /else HTTP/1.1\r\n"));
    assert_eq!(headers(&requests[3]), ["accept", "user-agent"]);

    let answers = [307, 308, 302, 303].map(|status| moved(status, &there));
    let server = Server::start(answers.into()).await;
    let client = following(&server.url());
    for _ in 0..3 {
        let error = client.update("c", &body).send().await.unwrap_err();
        assert!(error.is_api(), "{error}");
    }
    assert_eq!(elsewhere.requests().len(), 0);
    client.update("c", &body).send().await.unwrap();
    assert!(elsewhere.requests()[0].starts_with("GET /else HTTP/1.1\r\n"));
    assert_eq!(headers(&elsewhere.requests()[0]), ["accept", "user-agent"]);
}

#[tokio::test]
async fn circles_end() {
    let circle = (0..11).map(|_| moved(302, "/v1/connections"));
    let server = Server::start(circle.collect()).await;
    let error = following(&server.url()).find().send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert_eq!(error.attempts(), 1);
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn what_leads_nowhere_is_the_answer() {
    for location in [
        "file:///etc/passwd",
        "http://[::1",
        "http://user:word@127.0.0.1/",
        "mailto:a@b.c",
        "http://",
        "///",
        "http:/else",
        "\u{e4}",
    ] {
        let server = Server::start(vec![moved(302, location)]).await;
        let error = following(&server.url()).find().send().await.unwrap_err();
        assert!(error.is_api(), "{location}: {error}");
    }
}

#[test]
fn what_was_encrypted_stays_encrypted() {
    let mut request = http::Request::new(RequestBody::default());
    *request.uri_mut() = "https://api.example/a".parse().unwrap();
    let mut answer = http::Response::new(());
    *answer.status_mut() = StatusCode::FOUND;
    let agent = HeaderValue::from_static("agent");
    let mut next = |location: &'static str| {
        let location = HeaderValue::from_static(location);
        answer.headers_mut().insert("location", location);
        let mut redirects = Redirects::of(&request, &Endpoint::PLAIN, &agent);
        redirects.next(&answer).map(|next| next.uri().to_string())
    };
    assert_eq!(next("http://api.example/b"), None);
    assert_eq!(
        next("HTTPS://API.example/b"),
        Some("https://API.example/b".into())
    );
    assert_eq!(
        next("//other.example"),
        Some("https://other.example/".into())
    );
    *answer.status_mut() = StatusCode::NOT_MODIFIED;
    let mut redirects = Redirects::of(&request, &Endpoint::PLAIN, &agent);
    assert!(redirects.next(&answer).is_none());
    *request.method_mut() = Method::DELETE;
    *answer.status_mut() = StatusCode::FOUND;
    let mut redirects = Redirects::of(&request, &Endpoint::PLAIN, &agent);
    assert!(redirects.next(&answer).is_none(), "it changes something");
}

/// RFC 3986, section 5.4, as far as HTTP has it.
#[test]
fn references_are_resolved() {
    let base = "http://a/b/c/d;p?q".parse().unwrap();
    for (location, expected) in [
        ("http://g/x#y", "http://g/x#y"),
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y#s", "http://a/b/c/g?y#s"),
        ("#s", "http://a/b/c/d;p?q#s"),
        (";x", "http://a/b/c/;x"),
        ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g?y/./x", "http://a/b/c/g?y/./x"),
        ("g;x=1:2/../y", "http://a/b/c/y"),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert("location", HeaderValue::from_static(location));
        assert_eq!(
            redirects::target(&headers, Some(&base)).as_deref(),
            Some(expected),
            "{location}"
        );
    }
}
