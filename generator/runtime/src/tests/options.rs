//! Settings and options that have no test elsewhere.

use std::time::Duration;

use super::fixture::{client, settings};
use crate::runtime::*;

fn timeout_of<O: Operation>(call: Call<'_, O>) -> Duration {
    call.build()
        .unwrap()
        .extensions()
        .get::<RequestTimeout>()
        .unwrap()
        .0
}

#[test]
fn a_call_has_its_own_timeout_or_the_clients() {
    let seconds = Duration::from_secs;
    let plain = client("https://api.example");
    assert!(timeout_of(plain.find()) > seconds(30));
    let options = CallOptions::new().timeout(seconds(5));
    assert_eq!(timeout_of(plain.find().options(options)), seconds(5));
    let mut settings = settings();
    settings.timeout(seconds(7));
    let core = settings.build("https://api.example").unwrap();
    let client = super::fixture::Client { core };
    assert_eq!(timeout_of(client.find()), seconds(7));
    assert_eq!(
        timeout_of(client.find().options(CallOptions::new())),
        seconds(7)
    );
}

#[test]
fn a_user_agent_must_fit_in_a_header() {
    for suffix in ["a\r\nX: y", "a "] {
        let mut settings = settings();
        settings.user_agent_suffix(suffix);
        let error = settings.build("https://api.example").unwrap_err();
        assert!(error.to_string().starts_with("the user agent "), "{error}");
    }
}

#[test]
fn an_error_of_the_builder_is_an_error_of_a_call() {
    let error: Error<u8> = settings().build("http://api.example").unwrap_err().into();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        (error.operation(), error.status(), error.api()),
        (None, None, None)
    );
    assert_eq!(
        error.to_string(),
        "the client cannot be built: the base URL is not https, so the credentials would travel \
         in the open; `allow_plain_http` allows it"
    );
}

/// The request that a call with these options makes.
fn built(options: CallOptions) -> Result<http::Request<RequestBody>, String> {
    let call = client("https://api.example")
        .delete("a", "b")
        .options(options)
        .build();
    call.map_err(|error| {
        assert!(error.is_invalid_request());
        error.to_string()
    })
}

#[test]
fn a_call_may_have_headers_and_query_pairs_of_its_own() {
    let options = CallOptions::new()
        .header("X-Trace", "t 1")
        .header("user-agent", "mine")
        .query("expand[]", "a&b=c d")
        .query("", "");
    let request = built(options).unwrap();
    assert_eq!(request.headers()["x-trace"], "t 1");
    assert_eq!(request.headers()["user-agent"], "mine");
    assert_eq!(
        request.uri().path_and_query().unwrap(),
        "/v1/a/connections/b?expand%5B%5D=a%26b%3Dc%20d&="
    );
    assert!(request.headers()["x-trace"].is_sensitive());
}

#[test]
fn a_call_may_have_a_credential_of_its_own() {
    let with = |options: CallOptions| built(options).unwrap().headers()["authorization"].clone();
    let usual = with(CallOptions::new());
    assert_eq!(with(CallOptions::new().bearer_auth("t")), "Bearer t");
    assert_eq!(with(CallOptions::new().basic_auth("a", "b")), "Basic YTpi");
    assert_eq!(with(CallOptions::new().authorization("Key k")), "Key k");
    assert_ne!(usual, "Key k");
    // It makes up for what the client does not have.
    let core = Settings::new("a/1").build("https://api.example").unwrap();
    let client = super::fixture::Client { core };
    let call = client.delete("a", "b");
    assert!(call.build().is_err());
    let call = client.delete("a", "b");
    let request = call.options(CallOptions::new().bearer_auth("t")).build();
    assert_eq!(request.unwrap().headers()["authorization"], "Bearer t");
    // But it does not travel in the open either.
    let mut settings = Settings::new("a/1");
    settings.base_url("http://api.example".to_owned());
    let client = super::fixture::Client {
        core: settings.build("").unwrap(),
    };
    for options in [
        CallOptions::new().bearer_auth("t"),
        CallOptions::new().header("Authorization", "Bearer t"),
        CallOptions::new().header("cookie", "sid=t"),
        CallOptions::new().header("Proxy-Authorization", "Basic t"),
    ] {
        // No credentials are needed here, and others may go along.
        let error = client.find().options(options).build().unwrap_err();
        assert!(error.to_string().contains("in the open"), "{error}");
    }
    let traced = CallOptions::new().header("X-Trace", "1");
    assert!(client.find().options(traced).build().is_ok());
}

#[test]
fn what_no_header_can_hold_is_refused_and_not_shown() {
    const TOKEN: &str = "canary-token-0815";
    let bad = format!("{TOKEN}\r\nX: y");
    let table = [
        CallOptions::new().header("X-A", bad.as_str()),
        CallOptions::new().header("X A", TOKEN),
        CallOptions::new().header("Host", TOKEN),
        CallOptions::new().header("content-length", TOKEN),
        CallOptions::new().header("Transfer-Encoding", TOKEN),
        CallOptions::new().bearer_auth(bad.as_str()),
        CallOptions::new().bearer_auth(""),
        CallOptions::new().basic_auth("a:b", TOKEN),
        CallOptions::new().basic_auth("a", bad.as_str()),
        CallOptions::new().authorization(bad.as_str()),
    ];
    for options in table {
        assert!(!format!("{options:?}").contains(TOKEN));
        let error = built(options).unwrap_err();
        assert!(!error.contains(TOKEN), "{error}");
    }
    let options = CallOptions::new()
        .header("X-A", TOKEN)
        .query("q", TOKEN)
        .bearer_auth(TOKEN);
    assert!(!format!("{options:?}").contains(TOKEN), "{options:?}");
}
