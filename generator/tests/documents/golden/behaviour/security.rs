//! Security: alternatives, combinations and none at all, and secrets that are
//! sent and never shown.

mod canned;

use canned::{NOTHING, answering, decode, encode, headers, sent, target};
use golden_security as api;
use golden_security::types::Credentials;
use golden_security::{Call, Client, ClientBuilder, Operation};

fn with(given: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    given(answering(NOTHING)).build().expect("a client")
}

/// Fails unless the call is refused for want of these schemes.
#[track_caller]
fn lacks<O: Operation>(call: Call<'_, O>, schemes: &[&str]) {
    let error = call.build().expect_err("no credentials");
    assert!(error.is_invalid_request());
    for scheme in schemes {
        assert!(error.to_string().contains(scheme), "{scheme}: {error}");
    }
}

fn credentials() -> Credentials {
    Credentials::new("canary")
}

const BASIC: (&str, &str) = ("authorization", "Basic dXNlcjpwYXNz");
const BEARER: (&str, &str) = ("authorization", "Bearer token");

#[test]
fn one_alternative_is_enough_and_the_first_is_taken() {
    let basic = with(|client| client.basic_auth("user", "pass"));
    assert_eq!(headers(&sent(basic.inherited())), [BASIC]);
    let bearer = with(|client| client.bearer_auth("token"));
    assert_eq!(headers(&sent(bearer.inherited())), [BEARER]);
    let both = with(|client| client.bearer_auth("token").basic_auth("user", "pass"));
    assert_eq!(headers(&sent(both.inherited())), [BASIC]);
    lacks(
        with(|client| client).inherited(),
        &["basicAuth", "bearerAuth"],
    );
    lacks(
        with(|client| client.header_key("key")).inherited(),
        &["basicAuth"],
    );
}

#[test]
fn a_key_that_no_header_can_hold_is_no_alternative() {
    let bearer = with(|client| client.bearer_auth("token"));
    assert_eq!(headers(&sent(bearer.odd())), [BEARER]);
    lacks(with(|client| client).odd(), &["bearerAuth"]);
}

#[test]
fn an_open_operation_gets_no_credentials() {
    let client = with(|client| client.basic_auth("user", "pass").header_key("key"));
    assert_eq!(headers(&sent(client.open())), []);
}

#[test]
fn optional_credentials_are_sent_where_there_are_some() {
    assert_eq!(headers(&sent(with(|client| client).maybe())), []);
    let basic = with(|client| client.basic_auth("user", "pass"));
    assert_eq!(headers(&sent(basic.maybe())), []);
    let key = with(|client| client.header_key("key"));
    assert_eq!(headers(&sent(key.maybe())), [("x-api-key", "key")]);
}

#[test]
fn schemes_of_one_alternative_are_sent_together() {
    let both = with(|client| client.header_key("key").bearer_auth("token"));
    assert_eq!(headers(&sent(both.both())), [BEARER, ("x-api-key", "key")]);
    lacks(
        with(|client| client.header_key("key")).both(),
        &["headerKey", "bearerAuth"],
    );
    lacks(
        with(|client| client.bearer_auth("token")).both(),
        &["headerKey"],
    );
}

#[test]
fn keys_go_where_their_scheme_says() {
    let query = with(|client| client.query_key("a&b"));
    let request = sent(query.either(credentials()));
    assert_eq!(target(&request), "/either?key=a%26b");
    assert_eq!(headers(&request), []);
    let cookie = with(|client| client.cookie_key("key"));
    let request = sent(cookie.either(credentials()));
    assert_eq!(target(&request), "/either");
    assert_eq!(headers(&request), [("cookie", "SESSION=key")]);
    // Half of the first alternative is no alternative.
    let half = with(|client| client.header_key("half").query_key("key"));
    let request = sent(half.either(credentials()));
    assert_eq!(
        (target(&request).as_str(), headers(&request)),
        ("/either?key=key", vec![])
    );
}

#[test]
fn credentials_are_marked_as_secret_and_shown_nowhere() {
    let builder = answering(NOTHING)
        .basic_auth("user", "canary")
        .bearer_auth("canary")
        .header_key("canary")
        .query_key("canary")
        .cookie_key("canary");
    assert!(!format!("{builder:?} {builder:#?}").contains("canary"));
    let client = builder.build().expect("a client");
    assert!(!format!("{client:?} {client:#?}").contains("canary"));
    let call = client.both();
    assert!(!format!("{call:?}").contains("canary"));
    let request = sent(call);
    for name in ["authorization", "x-api-key"] {
        assert!(request.headers()[name].is_sensitive(), "{name}");
    }
}

#[test]
fn properties_marked_as_secret_are_sent_and_not_shown() {
    let shown: Credentials = decode(r#"{"password": "canary", "api_key": "canary"}"#);
    assert!(!format!("{shown:?} {shown:#?}").contains("canary"));
    let written = encode(&credentials().api_key("canary")).to_string();
    assert_eq!(written, r#"{"api_key":"canary","password":"canary"}"#);
}

#[test]
fn credentials_may_come_from_variables() {
    let from = |set: &'static [(&'static str, &'static str)]| {
        with(move |client| {
            let variable = |name: &str| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            client.from_variables(variable).expect("variables")
        })
    };
    let basic = from(&[("USER", "user"), ("PASSWORD", "pass")]);
    assert_eq!(headers(&sent(basic.inherited())), [BASIC]);
    let bearer = from(&[("TOKEN", "token"), ("HEADER_KEY", "k")]);
    assert_eq!(headers(&sent(bearer.inherited())), [BEARER]);
}
