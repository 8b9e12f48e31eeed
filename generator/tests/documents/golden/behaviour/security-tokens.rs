//! Tokens as texts and from providers, headers of the caller's making, and
//! requirements that no request can meet.

mod canned;

use std::error::Error as StdError;
use std::time::Duration;

use canned::{Canned, NOTHING, answering, block_on, headers, sent};
use golden_security_tokens as api;
use golden_security_tokens::{AccessToken, BoxFuture, Client, ClientBuilder, TokenProvider};

fn with(given: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    given(answering(NOTHING)).build().expect("a client")
}

struct Provider(&'static str);

impl TokenProvider for Provider {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Box<dyn StdError + Send + Sync>>> {
        let token = AccessToken::new(self.0).expires_in(Duration::from_secs(3600));
        Box::pin(async move {
            if self.0.is_empty() {
                return Err("no token".into());
            }
            Ok(token)
        })
    }
}

const TOKEN: (&str, &str) = ("authorization", "Bearer token");

#[test]
fn a_text_is_a_token() {
    let client = with(|client| client.oauth("token"));
    assert_eq!(headers(&sent(client.inherited())), [TOKEN]);
    assert_eq!(headers(&sent(client.scopes())), [TOKEN]);
    let client = with(|client| client.openid("token"));
    assert!(client.inherited().build().is_err());
    assert_eq!(headers(&sent(client.scopes())), [TOKEN]);
}

#[test]
fn a_provider_is_asked_when_a_call_is_sent() {
    let client = with(|client| client.oauth(Provider("token")));
    assert!(client.inherited().build().is_err());
    block_on(client.inherited().send()).expect("an answer");
    assert_eq!(headers(&sent(client.inherited())), [TOKEN]);

    let client = with(|client| client.oauth(Provider("")));
    let error = block_on(client.inherited().send()).expect_err("no token");
    assert!(error.is_invalid_request());
}

#[test]
fn a_refused_token_is_an_answer_at_last() {
    let client = answering(Canned::json(401, "{}")).oauth(Provider("token"));
    let client = client.build().expect("a client");
    let error = block_on(client.inherited().send()).expect_err("401");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
}

#[test]
fn other_http_schemes_take_the_whole_header() {
    let client = with(|client| client.digest("Digest username=\"u\""));
    let expected = [("authorization", "Digest username=\"u\"")];
    assert_eq!(headers(&sent(client.digest())), expected);
}

#[test]
fn what_no_request_can_prove_is_not_asked_for() {
    let nothing = with(|client| client);
    assert_eq!(headers(&sent(nothing.tls())), []);
    assert_eq!(headers(&sent(nothing.unknown())), []);
    assert!(nothing.tls_and_key().build().is_err());
    assert!(nothing.unknown_or_key().build().is_err());
    let key = with(|client| client.key("k"));
    let expected = [("x-key", "k")];
    assert_eq!(headers(&sent(key.tls_and_key())), expected);
    assert_eq!(headers(&sent(key.unknown_or_key())), expected);
}
