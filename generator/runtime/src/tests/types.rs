//! What every type must be able to do.

use std::fmt::Debug;

use super::fixture::{ApiError, Connection, Find, client};
use crate::runtime::*;

fn is_sendable<T: Send + Sync + Debug>() {}
fn is_static_error<T: std::error::Error + Send + Sync + 'static>() {}
fn can_move_between_threads<T: Send>(value: T) -> T {
    value
}

#[test]
fn types_can_be_shared() {
    is_sendable::<Core>();
    is_sendable::<Settings>();
    is_sendable::<Call<'_, Find>>();
    is_sendable::<CallOptions>();
    is_sendable::<Response<Connection>>();
    is_sendable::<Received>();
    is_sendable::<Secret>();
    is_sendable::<UnknownValue<String>>();
    is_sendable::<Endpoint>();
    fn is_clone<T: Clone>() {}
    is_clone::<Core>();
    is_clone::<Settings>();
    is_clone::<CallOptions>();
    is_clone::<Response<Connection>>();
}

#[test]
fn errors_are_errors_whatever_they_carry() {
    struct Plain;
    is_static_error::<Error>();
    is_static_error::<Error<ApiError>>();
    is_static_error::<Error<Plain>>();
    is_static_error::<BuildError>();
    is_static_error::<DecodeError>();
    is_static_error::<TransportError>();
    // One or two words on the way through every `?`.
    assert!(size_of::<Error<ApiError>>() <= 2 * size_of::<usize>());
}

#[test]
fn futures_can_move_between_threads() {
    let client = client("https://api.example");
    drop(can_move_between_threads(client.find().send()));
    drop(can_move_between_threads(client.find().send_raw()));
}

#[test]
fn responses_can_be_taken_apart() {
    let response = Response::from_parts(http::StatusCode::CREATED, http::HeaderMap::new(), 5);
    let response = response.map(|number| number.to_string());
    assert_eq!(response.len(), 1);
    assert_eq!(response.body(), "5");
    let (status, headers, body) = response.into_parts();
    assert_eq!(
        (status.as_u16(), headers.len(), body.as_str()),
        (201, 0, "5")
    );
}

#[test]
fn secrets_travel_and_compare() {
    let secret: Secret = serde_json::from_str("\"s\"").unwrap();
    assert_eq!(secret, Secret::from("s"));
    assert_ne!(secret, Secret::from("t".to_owned()));
    assert_eq!(serde_json::to_string(&secret).unwrap(), "\"s\"");
    assert_eq!(format!("{secret} {secret:?}"), "[redacted] [redacted]");
}
