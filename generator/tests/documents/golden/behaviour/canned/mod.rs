//! What all behaviour tests share. Each of them names the client it is about
//! `api`.

#![allow(
    dead_code,
    reason = "every client has this file and uses a part of it"
)]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::{BoxFuture, Client, ClientBuilder, ResponseBody, Transport, TransportError};

/// A transport that gives the same answer to every request.
#[derive(Clone, Copy)]
pub(crate) struct Canned {
    status: u16,
    media_type: &'static str,
    body: &'static str,
}

impl Transport for Canned {
    fn send(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let mut response = Response::builder().status(self.status);
        if !self.media_type.is_empty() {
            response = response.header("content-type", self.media_type);
        }
        let response = response.body(ResponseBody::from(self.body));
        Box::pin(async move { response.map_err(TransportError::other) })
    }
}

/// A builder whose client talks to nobody.
pub(crate) fn builder() -> ClientBuilder {
    answering(204, "", "")
}

/// A builder whose client gets this answer.
pub(crate) fn answering(
    status: u16,
    media_type: &'static str,
    body: &'static str,
) -> ClientBuilder {
    let canned = Canned {
        status,
        media_type,
        body,
    };
    Client::builder()
        .base_url("https://api.example.test")
        .transport(canned)
}

/// A client without credentials that talks to nobody.
pub(crate) fn client() -> Client {
    builder().build().expect("a client")
}

/// A client that gets a JSON answer.
pub(crate) fn answered(status: u16, body: &'static str) -> Client {
    let builder = answering(status, "application/json", body);
    builder.build().expect("a client")
}

/// Nothing in memory has to be waited for.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the call waits for something"),
    }
}

/// Decodes JSON.
#[track_caller]
pub(crate) fn decode<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"))
}

/// Encodes a value.
#[track_caller]
pub(crate) fn encode<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("JSON")
}

/// Decodes JSON, and fails unless it encodes to the same again.
#[track_caller]
pub(crate) fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> T {
    let value: T = decode(json);
    // Not by way of `Value`: numbers and their order count here.
    let written = serde_json::to_string(&value).expect("JSON");
    let same = decode::<Value>(&written) == decode::<Value>(json);
    assert!(same, "{json} came back as {written}");
    value
}

/// The headers of a request by name, those aside that every request has.
pub(crate) fn headers<T>(request: &Request<T>) -> Vec<(&str, &str)> {
    let every = ["user-agent", "accept"];
    let headers = request.headers().iter();
    let mut headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")))
        .filter(|(name, _)| !every.contains(name))
        .collect();
    headers.sort_unstable();
    headers
}
