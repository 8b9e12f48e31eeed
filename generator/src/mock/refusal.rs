//! Answers that the document does not describe: what is wrong, as a problem
//! (RFC 9457).

use http::StatusCode;
use serde_json::json;

use super::{Answer, Response, Violation};
use crate::sample::Exceeded;

/// Why a request gets no answer of the document's.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: u16,
    detail: String,
    headers: Vec<(String, String)>,
    violations: Vec<Violation>,
}

impl Refusal {
    pub(super) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            headers: Vec::new(),
            violations: Vec::new(),
        }
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "the document has no such path")
    }

    pub(super) fn method_not_allowed(methods: &[&str]) -> Self {
        let allowed = methods.join(", ");
        let detail = format!("the document has this path for {allowed} only");
        Self::new(405, detail).header("allow", allowed)
    }

    pub(super) fn invalid(violations: Vec<Violation>) -> Self {
        let detail = "the request is not as the document has it";
        Self {
            violations,
            ..Self::new(400, detail)
        }
    }

    /// A request that takes too much to check.
    pub(super) fn exceeded(what: Exceeded) -> Self {
        match what {
            Exceeded::Steps => Self::new(503, "the request takes too long to check"),
            Exceeded::Values => Self::new(413, "the request has more values than are checked"),
        }
    }

    /// A status that was asked for.
    pub(super) fn chosen(status: u16) -> Self {
        Self::new(status, "the mock was told to answer so")
    }

    pub(super) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(super) fn answer(self) -> Answer {
        Answer {
            response: self.response(),
            operation: None,
            refusal: Some(self.detail),
            violations: self.violations,
        }
    }

    fn response(&self) -> Response {
        let title = StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("Failure");
        let mut problem = json!({
            "type": "about:blank",
            "title": title,
            "status": self.status,
            "detail": self.detail,
        });
        if !self.violations.is_empty() {
            let all = self.violations.iter().map(|violation| {
                let mut entry = json!({
                    "in": violation.part,
                    "pointer": violation.pointer,
                    "problem": violation.problem,
                });
                if let Some(name) = &violation.name {
                    entry["name"] = json!(name);
                }
                entry
            });
            problem["violations"] = all.collect();
        }
        let mut headers = self.headers.clone();
        let media_type = "application/problem+json".to_owned();
        headers.push(("content-type".to_owned(), media_type));
        Response {
            status: self.status,
            headers,
            body: problem.to_string().into(),
        }
    }
}
