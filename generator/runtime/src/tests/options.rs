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
         in the open"
    );
}
