//! A server without a program behind it: a document and a request in, an answer
//! out. The request is held against the document, the answer comes from its
//! examples, or is made from its schemas.
//!
//! It works on the tree that `dialect` leaves, as [`sample`](crate::sample)
//! does: the author's words, not what the client is made from. Sockets, the
//! clock and chance are matters of [`cli`](crate::cli).

mod accept;
mod body;
mod document;
mod form;
mod json;
mod multipart;
mod pairs;
mod parameter;
mod prefer;
mod refusal;
mod respond;
mod route;
mod security;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;
use std::sync::atomic::AtomicBool;

use bytes::Bytes;
use serde_json::Value as Json;

use crate::sample::{Budget, Direction, Judge, Spec};
use crate::source::Node;
use crate::threads::with_stack;
use document::{Document, Operation};
use prefer::Prefer;
use refusal::Refusal;
use route::Found;

/// The most violations of one request that are told.
const MOST: usize = 50;

/// A request, as plain data.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The query without its question mark, as it was sent.
    pub query: String,
    /// The headers: names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers, but for those that say how the body is sent.
    pub headers: Vec<(String, String)>,
    /// The body. The same one is shared by all answers that have it.
    pub body: Bytes,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What is sent back.
    pub response: Response,
    /// The `operationId` of the operation that was asked for.
    pub operation: Option<String>,
    /// Why the document's answer is not sent, in one line.
    pub refusal: Option<String>,
    /// What is wrong with the request. Neither values nor credentials are in it.
    pub violations: Vec<Violation>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The part of the request: `path`, `query`, `header`, `cookie` or `body`.
    pub part: &'static str,
    /// The parameter.
    pub name: Option<String>,
    /// Where in the value, as a JSON pointer; empty for the value itself.
    pub pointer: String,
    /// What is wrong, as the end of a sentence.
    pub problem: String,
}

impl Answer {
    /// An answer that says why there is none of the document, as a problem
    /// (RFC 9457).
    #[must_use]
    pub fn refused(status: u16, detail: &str) -> Self {
        Refusal::new(status, detail).answer()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.part)?;
        if let Some(name) = &self.name {
            write!(f, " `{name}`")?;
        }
        if !self.pointer.is_empty() {
            write!(f, " {}", self.pointer)?;
        }
        write!(f, " {}", self.problem)
    }
}

impl Request {
    /// The value of a header; several with commas between them.
    fn header(&self, name: &str) -> Option<String> {
        let all = self.headers.iter();
        let values: Vec<&str> = all
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// Answers requests to the API of a document.
#[derive(Clone, Debug)]
pub struct Mock {
    document: Document,
    /// The document again, as schemas are read.
    root: Json,
}

impl Mock {
    /// The mock of a document after `dialect`.
    #[must_use]
    pub fn new(upgraded: &Node) -> Self {
        let (document, root) = with_stack(|| {
            let document = Document::read(upgraded);
            (document, upgraded.to_json())
        });
        Self { document, root }
    }

    /// How many operations there are.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.document.operations.len()
    }

    /// The answer to a request. Once `stop` is set, the work ends soon, with any
    /// answer.
    #[must_use]
    pub fn answer(&self, request: &Request, stop: &AtomicBool) -> Answer {
        with_stack(|| self.answered(request, None, stop))
    }

    /// The answer with a status that the caller has chosen, whatever is wrong
    /// with the request: what the document describes for it, or a problem.
    #[must_use]
    pub fn fail(&self, request: &Request, status: u16, stop: &AtomicBool) -> Answer {
        with_stack(|| self.answered(request, Some(status), stop))
    }

    fn answered(&self, request: &Request, status: Option<u16>, stop: &AtomicBool) -> Answer {
        let found = self.document.find(&request.method, &request.path);
        let (operation, result) = match (found, status) {
            (Found::Operation(operation, _), Some(status)) => {
                let result = self.failed(operation, request, status);
                (operation.id.clone(), result)
            }
            (Found::Operation(operation, arguments), None) => {
                let result = self.operate(operation, request, &arguments, stop);
                (operation.id.clone(), result)
            }
            (_, Some(status)) => (None, Err(Refusal::chosen(status))),
            (Found::Methods(methods), None) => (None, Err(Refusal::method_not_allowed(&methods))),
            (Found::Nothing, None) => (None, Err(Refusal::not_found())),
        };
        match result {
            Ok(response) => Answer {
                response,
                operation,
                refusal: None,
                violations: Vec::new(),
            },
            Err(refusal) => Answer {
                operation,
                ..refusal.answer()
            },
        }
    }

    fn failed(
        &self,
        operation: &Operation,
        request: &Request,
        status: u16,
    ) -> Result<Response, Refusal> {
        let prefer = Prefer {
            code: Some(status),
            example: None,
        };
        let accept = request.header("accept");
        respond::respond(&self.spec(), operation, &prefer, accept.as_deref())
            .map_err(|_| Refusal::chosen(status))
    }

    fn operate(
        &self,
        operation: &Operation,
        request: &Request,
        arguments: &[(String, String)],
        stop: &AtomicBool,
    ) -> Result<Response, Refusal> {
        let spec = self.spec();
        let budget = Budget::new(stop);
        let judge = Judge::by_the_word(&spec, Direction::Request, &budget);
        security::check(&self.document, operation, request)?;
        let mut violations = parameter::check(&judge, operation, request, arguments);
        violations.extend(body::check(&judge, operation, request)?);
        if let Some(exceeded) = budget.exceeded() {
            return Err(Refusal::exceeded(exceeded));
        }
        violations.truncate(MOST);
        if !violations.is_empty() {
            return Err(Refusal::invalid(violations));
        }
        let prefer = Prefer::of(request)?;
        let accept = request.header("accept");
        respond::respond(&spec, operation, &prefer, accept.as_deref())
    }

    fn spec(&self) -> Spec<'_> {
        Spec::new(&self.root)
    }
}
