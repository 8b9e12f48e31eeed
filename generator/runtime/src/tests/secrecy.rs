//! Canaries: secrets that go into calls and must not come out of any output,
//! whatever the server does with them.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};

use super::fixture::{Client, PASSWORD, UpdateRequest, client, settings};
use super::server::{Reply, Server, json, reply};
use crate::runtime::*;

const TOKEN: &str = "canary-token-0815";
const BODY: &str = "canary-key-9988";

fn is_clean(text: &str) -> bool {
    // The last is the base64 of user name and password.
    ![PASSWORD, TOKEN, BODY, "canary", "cHJvamVjdC10ZXN0LTE6"]
        .iter()
        .any(|secret| text.contains(secret))
}

#[track_caller]
fn assert_clean(value: &(impl Debug + ?Sized)) {
    let (debug, pretty) = (format!("{value:?}"), format!("{value:#?}"));
    assert!(is_clean(&debug) && is_clean(&pretty), "{debug}");
}

#[track_caller]
fn assert_clean_text(value: &(impl Display + ?Sized)) {
    assert!(is_clean(&value.to_string()), "{value}");
}

/// `Debug` and `Display` of an error and of everything behind it.
#[track_caller]
fn assert_clean_error(error: &(dyn StdError + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        assert_clean(error);
        assert_clean_text(error);
        next = error.source();
    }
}

fn secret_call(client: &Client) -> Call<'_, super::fixture::Update> {
    let request = UpdateRequest {
        private_key: Some(Secret::new(BODY)),
        ..UpdateRequest::default()
    };
    client.update("c", &request).session(TOKEN)
}

#[test]
fn what_is_not_sent_yet_is_clean() {
    assert_clean(&Secret::new(TOKEN));
    assert_clean_text(&Secret::new(TOKEN));
    let mut settings = settings();
    settings.base_url(format!("https://user:{TOKEN}@example.com"));
    settings.bearer("other", Secret::new(TOKEN));
    settings.api_key("key", ApiKeyPlace::Query("key"), Secret::new(TOKEN));
    assert_clean(&settings);
    assert_clean_error(&settings.build("https://unused.example").unwrap_err());
    let client = client("https://api.example");
    assert_clean(&client.core);
    assert_clean(&secret_call(&client));
    // `http` hides what is marked as sensitive.
    let request = client.find().session(TOKEN).build().unwrap();
    assert_clean(&request);
}

#[test]
fn refused_secrets_are_clean() {
    let client = client("https://api.example");
    for token in [format!("{TOKEN}\n"), format!(" {TOKEN}")] {
        assert_clean_error(&client.find().session(&token).build().unwrap_err());
    }
    let mut settings = settings();
    settings.bearer("other", Secret::new(format!("{TOKEN}\n")));
    assert_clean_error(&settings.clone().build("https://api.example").unwrap_err());
    settings.basic(
        "basicAuth",
        "user".into(),
        Secret::new(format!("{TOKEN}\0")),
    );
    assert_clean_error(&settings.build("https://api.example").unwrap_err());
}

#[tokio::test]
async fn a_server_that_sends_everything_back_gets_nothing_shown() {
    let pair = "cHJvamVjdC10ZXN0LTE6Y2FuYXJ5LXBhc3N3b3JkLTQ3MTE=";
    for secret in [
        PASSWORD,
        TOKEN,
        BODY,
        pair,
        "canary-token",
        "x.canary-token-0815",
    ] {
        let echo = format!(
            r#"{{"request_id":"{secret}","error_type":"{secret}","error_message":"{secret}"}}"#
        );
        let headers = format!("X-Echo: {secret}\r\nContent-Type: {secret}\r\n");
        let in_types = format!(r#"{{"connection_id":["{secret}"]}}"#);
        let in_numbers = format!(r#"{{"connection_id":"c","size":"{secret}, expected {secret}"}}"#);
        let in_keys = format!(r#"{{"{secret}":1,"certificates":[{{"{secret}":1}}]}}"#);
        let in_dates = format!(
            r#"{{"connection_id":"c","certificates":[{{"issuer":"i","created_at":"{secret}"}}]}}"#
        );
        let cut = format!(r#"{{"connection_id":"{secret}"#);
        let replies = vec![
            reply("400 Bad Request", &headers, &echo),
            reply("200 OK", &headers, &echo),
            reply("200 OK", &headers, secret),
            json("200 OK", &in_types),
            json("200 OK", &in_numbers),
            json("200 OK", &in_keys),
            json("200 OK", &in_dates),
            json("200 OK", &cut),
            json("200 OK", &format!("{cut}\"}} {secret}")),
            Reply::Bytes(
                format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: 999\r\n\r\n{echo}").into(),
            ),
            Reply::Bytes(
                format!("HTTP/1.1 500 {secret}\r\n{headers}Content-Length: 999\r\n\r\n{echo}")
                    .into(),
            ),
            Reply::Bytes(format!("{secret} {secret}\r\n\r\n").into()),
            Reply::Reset,
        ];
        let calls = replies.len();
        let server = Server::start(replies).await;
        let client = client(&server.url());
        for _ in 0..calls {
            let error = secret_call(&client).send().await.unwrap_err();
            assert_clean_error(&error);
            assert_eq!(error.code(), None);
            assert_eq!(error.request_id(), None);
            if let Some(decode) = error.decode_error() {
                assert_clean(decode);
                assert_clean_text(decode);
            }
            assert_clean_error(&error.map_api(drop));
        }
        assert_eq!(server.requests().len(), calls);
    }
}

#[tokio::test]
async fn api_keys_in_urls_are_clean() {
    struct Search;
    impl Operation for Search {
        const ENDPOINT: &'static Endpoint = &Endpoint {
            id: "search",
            method: "GET",
            path: "/search",
            accept: "",
            security: &[&["key", "cookie"]],
            idempotent: None,
            idempotency_key: None,
            error_code: None,
            error_request_id: None,
        };
        type Output = ();
        type Failure = ();
        fn decode(received: &Received) -> Result<(), DecodeError> {
            received.empty()
        }
        fn decode_failure(_: &Received) -> Option<()> {
            None
        }
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let server = Server::start(vec![Reply::Reset, json("204 No Content", "")]).await;
    for (base_url, ok) in [(dead, false), (server.url(), false), (server.url(), true)] {
        let mut settings = Settings::new("fixture/1");
        settings.retry(RetryPolicy::never());
        settings.api_key("key", ApiKeyPlace::Query("key"), Secret::new(TOKEN));
        settings.api_key("cookie", ApiKeyPlace::Cookie("sid"), Secret::new(PASSWORD));
        let core = settings.build(&base_url).unwrap();
        match Draft::new(&core, Search::ENDPOINT)
            .call::<Search>()
            .send()
            .await
        {
            Ok(_) => assert!(ok),
            Err(error) => {
                assert!(!ok, "{error:?}");
                assert_clean_error(&error);
            }
        }
    }
    let request = &server.requests()[1];
    assert!(
        request.starts_with(&format!("GET /search?key={TOKEN} HTTP/1.1\r\n")),
        "{request}"
    );
    assert!(
        request.contains(&format!("\r\ncookie: sid={PASSWORD}\r\n")),
        "{request}"
    );
}

#[tokio::test]
async fn responses_show_no_header_values_and_secrets_show_nothing() {
    let body = format!(
        r#"{{"connection_id":"c","certificates":[{{"issuer":"i","private_key":"{BODY}"}}]}}"#
    );
    let headers = format!("Set-Cookie: session={TOKEN}\r\n");
    let server = Server::start(vec![reply("200 OK", &headers, &body)]).await;
    let response = client(&server.url()).find().send().await.unwrap();
    assert_clean(&response);
    assert!(format!("{response:?}").contains("set-cookie"));
    let key = response.certificates[0].private_key.as_ref().unwrap();
    assert_eq!(key.expose(), BODY);
    let received = Received {
        status: response.status(),
        headers: response.headers().clone(),
        body: body.into(),
        attempts: 1,
    };
    assert_clean(&received);
}

#[test]
fn what_a_server_may_have_made_up_is_shown() {
    let mut screen = Screen::default();
    screen.add(Secret::new(TOKEN));
    screen.add(Secret::new(""));
    screen.body(r#"{"display_name":"Acme GmbH","key":"canary-key-9988"}"#.into());
    for shown in ["not_found", "request-id-test-1", "token", "Acme"] {
        assert_eq!(screen.identifier(shown).as_deref(), Some(shown));
    }
    let long = "x".repeat(129);
    for hidden in [
        "",
        "a b",
        "ä",
        &long,
        TOKEN,
        "x.canary-token-0815",
        "canary-t",
        BODY,
    ] {
        assert_eq!(screen.identifier(hidden), None, "{hidden}");
    }
    // A path may well be that of a property that was sent.
    assert!(!screen.hides("display_name"));
}

#[test]
fn a_path_made_of_a_secret_is_left_out() {
    let mut screen = Screen::default();
    screen.add(Secret::new(TOKEN));
    type Map = std::collections::BTreeMap<String, u8>;
    let body = format!(r#"{{"{TOKEN}":"x"}}"#);
    let received = Received {
        status: http::StatusCode::OK,
        headers: http::HeaderMap::new(),
        body: body.into(),
        attempts: 1,
    };
    let error = received.json::<Map>().unwrap_err();
    assert_eq!(error.path(), TOKEN);
    let error = error.screened(&screen);
    assert_eq!(error.to_string(), "`…`: expected u8, found a string");
}
