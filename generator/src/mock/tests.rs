//! Requests to small documents, and what is answered.

#![allow(clippy::unwrap_used, reason = "tests")]

mod answer;
mod body;
mod charset;
mod form;
mod limits;
mod parameter;
mod route;
mod security;

use std::sync::atomic::AtomicBool;

use serde_json::Value as Json;

use super::{Answer, Mock, Request, Response};
use crate::source::Input;

/// The mock of a document, which must be right.
fn mock_of(text: &str) -> Mock {
    let outcome = crate::generate(&crate::Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: text.into(),
        }],
        ..crate::Request::default()
    });
    assert!(
        !outcome.report.has_errors(),
        "{:?}",
        outcome.report.diagnostics()
    );
    Mock::new(outcome.upgraded().unwrap())
}

/// The mock of a document with these paths, and components.
fn paths(paths: &str, components: &str) -> Mock {
    mock_of(&format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n\
         servers: [{{url: 'https://api.example/v1'}}, {{url: 'https://{{region}}.example/{{stage}}/api', \
         variables: {{region: {{default: eu}}, stage: {{default: test}}}}}}]\n\
         paths:\n{paths}\ncomponents:\n{components}\n"
    ))
}

/// A request, the target as in its first line.
fn request(method: &str, target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        ..Request::default()
    }
}

impl Mock {
    fn ask(&self, request: &Request) -> Answer {
        self.answer(request, &AtomicBool::new(false))
    }

    fn ask_for(&self, request: &Request, status: u16) -> Answer {
        self.fail(request, status, &AtomicBool::new(false))
    }
}

impl Request {
    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn sending(mut self, media_type: &str, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.with("content-type", media_type)
    }
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Answer {
    /// The violations, a line each.
    fn wrong(&self) -> Vec<String> {
        self.violations.iter().map(ToString::to_string).collect()
    }
}

#[track_caller]
fn assert_status(mock: &Mock, request: &Request, status: u16) -> Response {
    let answer = mock.ask(request);
    let said = String::from_utf8_lossy(&answer.response.body).into_owned();
    assert_eq!(answer.response.status, status, "{said}");
    answer.response
}
