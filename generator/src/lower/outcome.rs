//! Outcomes: the responses of an operation in, what its call yields on success
//! and on failure out.

use std::collections::{HashMap, HashSet};

use super::Lowerer;
use super::body::media_words;
use crate::graph::{self, Response, Status};
use crate::model::{Content, EventData, Name, Outcome, OutcomeEnum, OutcomeVariant};
use crate::source::Origin;

impl Lowerer<'_> {
    /// What success and failure yield. Statuses of 2XX are success; `default`
    /// is failure where a success is documented, else it is both.
    pub(super) fn outcomes(&self, responses: &[Response], origin: Origin) -> (Outcome, Outcome) {
        let success_documented = responses.iter().any(Response::is_success);
        let successes: Vec<&Response> = responses
            .iter()
            .filter(|response| {
                response.is_success() || (response.status == Status::Default && !success_documented)
            })
            .collect();
        let failures: Vec<&Response> = responses
            .iter()
            .filter(|response| !response.is_success())
            .collect();
        (
            self.outcome(&successes, true, origin),
            self.outcome(&failures, false, origin),
        )
    }

    fn outcome(&self, responses: &[&Response], success: bool, origin: Origin) -> Outcome {
        let mut variants: Vec<OutcomeVariant> = Vec::new();
        for response in responses {
            variants.extend(self.variants(response, success));
        }
        let contents = variants
            .iter()
            .filter_map(|variant| variant.content.as_ref());
        let distinct: HashSet<&Content> = contents.clone().collect();
        // A failure without a body is told by its status alone; a success
        // without one, among others that have one, is a variant of its own.
        let some_empty = success && variants.iter().any(|variant| variant.content.is_none());
        match (contents.clone().next(), distinct.len()) {
            (None, _) => Outcome::Nothing,
            (Some(only), 1) if !some_empty => Outcome::One(only.clone()),
            _ => {
                variants.retain(|variant| success || variant.content.is_some());
                variants.sort_by_key(|variant| variant.status);
                Outcome::ByStatus(OutcomeEnum {
                    name: Name::new(if success { "output" } else { "failure" }, None, origin),
                    variants,
                })
            }
        }
    }

    /// What a response holds: one variant for each content that its media types
    /// make, or one without content.
    fn variants(&self, response: &Response, success: bool) -> Vec<OutcomeVariant> {
        let words = status_words(response.status);
        let variant = |words: String, content, media_types, origin| OutcomeVariant {
            status: response.status,
            name: Name::new(words, None, origin),
            content,
            media_types,
            description: response.description.clone(),
        };
        if success && response.is_redirect() {
            let content = Some(Content::Redirect);
            return vec![variant(words, content, Vec::new(), response.origin)];
        }
        let mut groups: Vec<(Content, Vec<String>, Origin)> = Vec::new();
        let mut known: HashMap<Content, usize> = HashMap::new();
        for media in &response.media {
            let content = self.content(&media.content, success);
            let media_type = media.media_type.clone();
            match known.get(&content) {
                Some(index) => groups[*index].1.push(media_type),
                None => {
                    known.insert(content.clone(), groups.len());
                    groups.push((content, vec![media_type], media.origin));
                }
            }
        }
        let several = groups.len() > 1;
        if groups.is_empty() {
            return vec![variant(words, None, Vec::new(), response.origin)];
        }
        groups
            .into_iter()
            .map(|(content, media_types, origin)| {
                let (words, origin) = if several {
                    (format!("{words} {}", media_words(&media_types[0])), origin)
                } else {
                    (words.clone(), response.origin)
                };
                variant(words, Some(content), media_types, origin)
            })
            .collect()
    }

    /// Streams are for successes: an error is read at once.
    pub(super) fn content(&self, content: &graph::Content, success: bool) -> Content {
        match content {
            graph::Content::Json(schema) => Content::Json(self.ty(*schema)),
            graph::Content::Events(_) | graph::Content::Items(..) if !success => Content::Text,
            graph::Content::Events(data) => Content::Events(match data {
                graph::EventData::Text => EventData::Text,
                graph::EventData::Json(schema) => EventData::Json(self.ty(*schema)),
                graph::EventData::Whole(schema) => EventData::Whole(self.ty(*schema)),
            }),
            graph::Content::Items(schema, framing) => Content::Items(self.ty(*schema), *framing),
            graph::Content::Binary if success => Content::Stream,
            graph::Content::Binary => Content::Bytes,
            // Nobody sends these; `resolve` reads them as text and bytes.
            graph::Content::Text | graph::Content::Form(..) | graph::Content::Multipart(..) => {
                Content::Text
            }
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
