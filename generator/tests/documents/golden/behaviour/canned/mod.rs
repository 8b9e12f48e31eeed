//! What all behaviour tests share. Each of them names the client it is about
//! `api`.

#![allow(dead_code, reason = "every client has this file and uses a part of it")]

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::{
    BoxFuture, Call, Client, ClientBuilder, Operation, RequestBody, ResponseBody, Transport,
    TransportError,
};

/// A transport that gives the same answer to every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Canned {
    status: u16,
    media_type: &'static str,
    body: &'static str,
}

impl Transport for Canned {
    fn send(
        &self,
        _: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let mut response = Response::builder().status(self.status);
        if !self.media_type.is_empty() {
            response = response.header("content-type", self.media_type);
        }
        let response = response.body(ResponseBody::from(self.body));
        Box::pin(async move { response.map_err(TransportError::other) })
    }
}

impl Canned {
    /// An answer in JSON.
    pub(crate) fn json(status: u16, body: &'static str) -> Self {
        Self {
            status,
            media_type: "application/json",
            body,
        }
    }
}

/// A transport that gives one answer after the other, and keeps the requests.
/// Its waits take no time.
#[derive(Debug, Default)]
pub(crate) struct Script {
    answers: Mutex<VecDeque<Response<String>>>,
    seen: Mutex<Vec<Request<Bytes>>>,
}

impl Script {
    /// These answers in JSON, with these statuses.
    pub(crate) fn json(answers: &[(u16, &str)]) -> Arc<Self> {
        let script = Self::default();
        for (status, body) in answers {
            let response = Response::builder().status(*status);
            let response = response.header("content-type", "application/json");
            script.add(response.body((*body).to_owned()).expect("a response"));
        }
        Arc::new(script)
    }

    /// One more answer.
    pub(crate) fn add(&self, response: Response<String>) {
        self.answers.lock().expect("no panic").push_back(response);
    }

    /// A builder whose client gets these answers.
    pub(crate) fn builder(self: &Arc<Self>) -> ClientBuilder {
        let builder = Client::builder().transport(Arc::clone(self));
        builder.base_url("https://api.example.test/v1")
    }

    /// A client that gets these answers.
    pub(crate) fn client(self: &Arc<Self>) -> Client {
        self.builder().build().expect("a client")
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Request<Bytes>> {
        self.seen.lock().expect("no panic").clone()
    }

    /// The targets of the requests so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.seen().iter().map(target).collect()
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let request = request.map(|body| body.as_bytes().expect("bytes").clone());
        self.seen.lock().expect("no panic").push(request);
        let answer = self.answers.lock().expect("no panic").pop_front();
        let answer = answer.map(|answer| answer.map(ResponseBody::from));
        Box::pin(async move { answer.ok_or_else(|| TransportError::connect("no more answers")) })
    }

    fn sleep(&self, _: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(async {}))
    }
}

/// An answer without a body.
pub(crate) const NOTHING: Canned = Canned {
    status: 204,
    media_type: "",
    body: "",
};

/// A builder whose client gets this answer.
pub(crate) fn answering(canned: Canned) -> ClientBuilder {
    let builder = Client::builder().transport(canned);
    builder.base_url("https://api.example.test")
}

/// A client without credentials that gets an empty answer.
pub(crate) fn client() -> Client {
    answering(NOTHING).build().expect("a client")
}

/// A client that gets this answer.
pub(crate) fn answered(status: u16, media_type: &'static str, body: &'static str) -> Client {
    let canned = Canned {
        status,
        media_type,
        body,
    };
    answering(canned).build().expect("a client")
}

/// A client that gets this answer in JSON.
pub(crate) fn answered_json(status: u16, body: &'static str) -> Client {
    answered(status, "application/json", body)
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

/// Fails unless the JSON is refused.
#[track_caller]
pub(crate) fn refuse<T: DeserializeOwned + Serialize>(json: &str) {
    if let Ok(value) = serde_json::from_str::<T>(json) {
        panic!("{json} was taken as {}", encode(&value));
    }
}

/// Encodes a value.
#[track_caller]
pub(crate) fn encode<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("JSON")
}

/// Decodes JSON, and fails unless it is encoded to the same again.
#[track_caller]
pub(crate) fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> T {
    let value: T = decode(json);
    let written = serde_json::to_string(&value).expect("JSON");
    assert_eq!(
        decode::<Value>(&written),
        decode::<Value>(json),
        "{json} came back as {written}",
    );
    value
}

/// The request that a call would send, whose body is no stream.
#[track_caller]
pub(crate) fn sent<O: Operation>(call: Call<'_, O>) -> Request<Bytes> {
    let request = call.build().expect("a request");
    request.map(|body| body.as_bytes().expect("bytes").clone())
}

/// Fails unless the call is refused before anything is sent.
#[track_caller]
pub(crate) fn refused<O: Operation>(call: Call<'_, O>) {
    let error = call.build().expect_err("no request");
    assert!(error.is_invalid_request(), "{error}");
}

/// The target of a request without its host.
pub(crate) fn target(request: &Request<Bytes>) -> String {
    let target = request.uri().path_and_query();
    target.expect("a path").to_string()
}

/// The body of a request.
#[track_caller]
pub(crate) fn body(request: &Request<Bytes>) -> Value {
    serde_json::from_slice(request.body()).expect("JSON")
}

/// The headers of a request, sorted by name, without those that stand on every
/// request.
pub(crate) fn headers(request: &Request<Bytes>) -> Vec<(&str, &str)> {
    let always = ["accept", "content-length", "content-type", "user-agent"];
    let headers = request.headers().iter();
    let mut headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")))
        .filter(|(name, _)| !always.contains(name))
        .collect();
    headers.sort_unstable();
    headers
}

/// The parts between the boundaries of a multipart body, which are checked and
/// left out; a line ends with a bar.
#[track_caller]
pub(crate) fn parts(request: &Request<Bytes>) -> Vec<String> {
    let content_type = request.headers()["content-type"].to_str().expect("ASCII");
    let (media_type, boundary) = content_type.split_once("; boundary=").expect("a boundary");
    assert!(media_type.starts_with("multipart/"));
    assert!(boundary.len() >= 32 && boundary.bytes().all(|b| b.is_ascii_alphanumeric()));
    let body = std::str::from_utf8(request.body()).expect("text");
    let body = body.strip_suffix(&format!("--{boundary}--\r\n")).expect("an end");
    let between = format!("--{boundary}\r\n");
    let mut parts = body.split(between.as_str());
    assert_eq!(parts.next(), Some(""));
    let parts = parts.map(|part| part.strip_suffix("\r\n").expect("a line end"));
    parts.map(|part| part.replace("\r\n", "|")).collect()
}
