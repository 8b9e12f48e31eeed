//! Which server a client talks to, and which settings it refuses.

use std::time::Duration;

use stytch_sso::{CallOptions, Client, ClientBuilder, DEFAULT_TIMEOUT, RequestTimeout, Server};

use super::operation::{Operation, client};
use super::server::Unreached;

const TEST: &str = "https://test.stytch.com";
const LIVE: &str = "https://api.stytch.com";

/// Scheme, host and port that a client would send to.
fn server_of(builder: ClientBuilder) -> String {
    let client = builder.build().unwrap();
    let request = client
        .sso()
        .delete_connection("org", "conn")
        .build()
        .unwrap();
    let address = request.uri().to_string();
    let path = "/v1/b2b/sso/org/connections/conn";
    address.strip_suffix(path).expect(path).to_owned()
}

fn with_id(project_id: &str) -> ClientBuilder {
    Client::builder().basic_auth(project_id, "secret")
}

#[test]
fn the_project_id_chooses_the_server() {
    for (project_id, server) in [
        ("project-live-6fba8b6d-3a4c-4ac2-8c43-f1d7bc4ccf7d", LIVE),
        ("project-live-", LIVE),
        ("project-test-6fba8b6d-3a4c-4ac2-8c43-f1d7bc4ccf7d", TEST),
        ("project-live", TEST),
        ("project-liver-1", TEST),
        ("Project-Live-1", TEST),
        ("my-project-live-1", TEST),
        (" project-live-1", TEST),
        ("", TEST),
    ] {
        assert_eq!(server_of(with_id(project_id)), server, "{project_id:?}");
    }
}

#[test]
fn a_server_that_is_named_wins() {
    assert_eq!(
        server_of(with_id("project-test-1").server(Server::Live)),
        LIVE
    );
    assert_eq!(
        server_of(with_id("project-live-1").server(Server::Test)),
        TEST
    );
    let server_first = Client::builder().server(Server::Test);
    assert_eq!(
        server_of(server_first.basic_auth("project-live-1", "s")),
        TEST
    );
    assert_eq!((Server::Test.url(), Server::Live.url()), (TEST, LIVE));
}

#[test]
fn a_base_url_wins_over_everything() {
    let url = "https://login.example.com:8443/stytch";
    let builder = with_id("project-live-1").base_url(url);
    assert_eq!(server_of(builder.clone()), url);
    assert_eq!(server_of(builder.server(Server::Test)), url);
    let url_first = Client::builder().base_url(url).server(Server::Live);
    assert_eq!(server_of(url_first.basic_auth("p", "s")), url);
}

#[test]
fn the_last_credentials_count() {
    let builder = with_id("project-live-1").basic_auth("project-test-1", "secret");
    assert_eq!(server_of(builder), TEST);
}

#[test]
fn credentials_do_not_travel_in_the_open() {
    for url in [
        "http://api.stytch.com",
        "HTTP://api.stytch.com",
        "http://login.example.com:443",
        "http://10.0.0.1",
        "http://[2001:db8::1]",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://0.0.0.0",
    ] {
        let error = with_id("p").base_url(url).build().expect_err(url);
        assert!(error.to_string().contains("https"), "{url}: {error}");
        let error: stytch_sso::Error = error.into();
        assert!(error.is_invalid_request());
        // No credentials, nothing to protect; but then no call either.
        let client = Client::builder().base_url(url).build().expect(url);
        assert!(client.sso().delete_connection("o", "c").build().is_err());
    }
    for url in [
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://127.0.0.1:1",
        "http://127.8.9.1",
        "http://[::1]:8080",
    ] {
        assert_eq!(server_of(with_id("p").base_url(url)), url);
    }
}

#[test]
fn base_urls_that_do_not_mean_what_they_say_are_refused() {
    for url in [
        "",
        "login.example.com",
        "/v1",
        "ftp://login.example.com",
        "https://",
        "https://user:password@login.example.com",
        "https://user@login.example.com",
        "https://login.example.com?x=y",
        "https://login.example.com/#x",
        "https://login.example.com/a/../b",
        "https://login.example.com/a/%2e%2e/b",
        "https://login.example.com/a//b",
        "https://login.example.com/a b",
        "https://login.example.com:99999",
        "https://login.example.com\r\nX: y",
    ] {
        assert!(with_id("p").base_url(url).build().is_err(), "{url}");
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Unreached::new();
    let client = Client::builder().base_url(server.url()).build().unwrap();
    for operation in Operation::ALL {
        let error = operation.send_plainly(&client).await.unwrap_err();
        assert!(error.is_invalid_request());
        assert!(error.to_string().contains("`basicAuth`"), "{error}");
    }
    server.check("without credentials");
}

#[test]
fn a_call_may_take_longer_than_the_service_does() {
    // The service answers within about 30 seconds.
    assert!(DEFAULT_TIMEOUT > Duration::from_secs(30));
    let timeout = |builder: ClientBuilder, options| {
        let client = builder.build().unwrap();
        let call = client.sso().delete_connection("o", "c").options(options);
        let request = call.build().unwrap();
        let RequestTimeout(timeout) = *request.extensions().get().unwrap();
        timeout
    };
    let (short, long) = (Duration::from_secs(5), Duration::from_secs(500));
    let unset = CallOptions::new;
    assert_eq!(timeout(with_id("p"), unset()), DEFAULT_TIMEOUT);
    assert_eq!(timeout(with_id("p").timeout(long), unset()), long);
    assert_eq!(
        timeout(with_id("p").timeout(long), unset().timeout(short)),
        short
    );
}

#[tokio::test]
async fn a_timeout_without_end_is_no_timeout() {
    use super::server::{Answer, Server};
    let answer = r#"{"request_id":"r","connection_id":"c","status_code":200}"#;
    let server = Server::start([Answer::json(200, answer)]).await;
    let client = client(server.url());
    let call = client.sso().delete_connection("o", "c");
    let options = CallOptions::new().timeout(Duration::MAX);
    call.options(options).send().await.unwrap();
}

#[test]
fn the_environment_has_the_credentials() {
    let variables = |project_id: Option<&'static str>, secret: Option<&'static str>| {
        Client::builder().from_variables(move |name| {
            let value = match name {
                "STYTCH_PROJECT_ID" => project_id,
                "STYTCH_SECRET" => secret,
                other => panic!("{other}"),
            };
            value.map(str::to_owned)
        })
    };
    let builder = variables(Some("project-live-1"), Some("s")).expect("both are there");
    assert_eq!(server_of(builder), LIVE);
    for (project_id, secret, missing) in [
        (
            None,
            None,
            "none of the environment variables `STYTCH_PROJECT_ID`, `STYTCH_SECRET` is set",
        ),
        (
            Some("canary"),
            None,
            "the environment variable `STYTCH_SECRET` is not set",
        ),
        (
            Some(""),
            Some("canary"),
            "the environment variable `STYTCH_PROJECT_ID` is not set",
        ),
    ] {
        let error = variables(project_id, secret).expect_err(missing);
        assert_eq!(error.to_string(), missing);
    }
    // The process that runs the tests has none, or some of its own.
    let made = Client::from_env().is_ok();
    let set = |name| std::env::var(name).is_ok_and(|value| !value.is_empty());
    assert_eq!(made, set("STYTCH_PROJECT_ID") && set("STYTCH_SECRET"));
}
