//! Outcomes: the responses of an operation in, what its call yields on success
//! and on failure out.

use super::Lowerer;
use crate::graph::{self, Response, Status};
use crate::model::{Content, Name, Outcome, OutcomeEnum, OutcomeVariant};
use crate::source::Origin;

impl Lowerer<'_> {
    /// What success and failure yield. Statuses of 2XX are success; `default`
    /// is failure where a success is documented, else it is both.
    pub(super) fn outcomes(&self, responses: &[Response], origin: Origin) -> (Outcome, Outcome) {
        let success_documented = responses
            .iter()
            .any(|response| response.status.is_success());
        let successes: Vec<&Response> = responses
            .iter()
            .filter(|response| {
                response.status.is_success()
                    || (response.status == Status::Default && !success_documented)
            })
            .collect();
        let failures: Vec<&Response> = responses
            .iter()
            .filter(|response| !response.status.is_success())
            .collect();
        (
            self.outcome(&successes, true, origin),
            self.outcome(&failures, false, origin),
        )
    }

    fn outcome(&self, responses: &[&Response], success: bool, origin: Origin) -> Outcome {
        let contents: Vec<Option<Content>> = responses
            .iter()
            .map(|response| {
                response
                    .media
                    .as_ref()
                    .map(|media| self.content(media.content))
            })
            .collect();
        let mut distinct: Vec<&Content> = Vec::new();
        for content in contents.iter().flatten() {
            if !distinct.contains(&content) {
                distinct.push(content);
            }
        }
        // A failure without a body is told by its status alone; a success
        // without one, among others that have one, is a variant of its own.
        let some_empty = success && contents.iter().any(Option::is_none);
        match distinct.as_slice() {
            [] => Outcome::Nothing,
            [only] if !some_empty => Outcome::One((*only).clone()),
            _ => {
                let mut variants: Vec<OutcomeVariant> = responses
                    .iter()
                    .zip(contents)
                    .filter(|(_, content)| success || content.is_some())
                    .map(|(response, content)| OutcomeVariant {
                        status: response.status,
                        name: Name::new(status_words(response.status), None, response.origin),
                        content,
                        description: response.description.clone(),
                    })
                    .collect();
                variants.sort_by_key(|variant| variant.status);
                Outcome::ByStatus(OutcomeEnum {
                    name: Name::new(if success { "output" } else { "failure" }, None, origin),
                    variants,
                })
            }
        }
    }

    pub(super) fn content(&self, content: graph::Content) -> Content {
        match content {
            graph::Content::Json(schema) => Content::Json(self.ty(schema)),
            graph::Content::Text => Content::Text,
            graph::Content::Binary => Content::Binary,
        }
    }
}

/// The words for a status, as RFC 9110 and its registry have them.
pub(super) fn status_words(status: Status) -> String {
    let words = match status {
        Status::Default => "default",
        Status::Range(1) => "informational",
        Status::Range(2) => "success",
        Status::Range(3) => "redirection",
        Status::Range(4) => "client error",
        Status::Range(5) => "server error",
        Status::Range(_) => "other",
        Status::Code(code) => match code {
            200 => "ok",
            201 => "created",
            202 => "accepted",
            203 => "non authoritative information",
            204 => "no content",
            205 => "reset content",
            206 => "partial content",
            207 => "multi status",
            300 => "multiple choices",
            301 => "moved permanently",
            302 => "found",
            303 => "see other",
            304 => "not modified",
            307 => "temporary redirect",
            308 => "permanent redirect",
            400 => "bad request",
            401 => "unauthorized",
            402 => "payment required",
            403 => "forbidden",
            404 => "not found",
            405 => "method not allowed",
            406 => "not acceptable",
            408 => "request timeout",
            409 => "conflict",
            410 => "gone",
            411 => "length required",
            412 => "precondition failed",
            413 => "content too large",
            415 => "unsupported media type",
            416 => "range not satisfiable",
            418 => "im a teapot",
            422 => "unprocessable content",
            423 => "locked",
            424 => "failed dependency",
            425 => "too early",
            428 => "precondition required",
            429 => "too many requests",
            451 => "unavailable for legal reasons",
            500 => "internal server error",
            501 => "not implemented",
            502 => "bad gateway",
            503 => "service unavailable",
            504 => "gateway timeout",
            507 => "insufficient storage",
            _ => return format!("status {code}"),
        },
    };
    words.to_owned()
}
