//! Outcomes: what an operation documents for each status and media type in, the
//! types a call yields and the decoding of each out.

use std::collections::HashMap;

use super::docs;
use super::structure::code;
use super::ty::{self, From, ident_text};
use crate::format::piece::{Attribute, Definition, Function, Member};
use crate::format::statement::{arm, indented, literal};
use crate::graph::{Framing, Status};
use crate::model::{
    Api, Content, Docs, EventData, ItemKind, Operation, Outcome, OutcomeEnum, OutcomeVariant, Type,
};

/// The type of an outcome; `nothing` where nothing is documented.
pub(super) fn outcome_type(api: &Api, outcome: &Outcome, nothing: &str) -> String {
    match outcome {
        Outcome::Nothing => nothing.to_owned(),
        Outcome::One(content) => content_type(api, content),
        Outcome::ByStatus(outcome) => ident_text(&outcome.name.rust).into_owned(),
    }
}

/// The type of what a response holds.
pub(super) fn content_type(api: &Api, content: &Content) -> String {
    let of = |of: &Type| ty::text(api, of, From::Crate);
    match content {
        Content::Json(ty) => of(ty),
        Content::Text => "String".to_owned(),
        Content::Bytes => "bytes::Bytes".to_owned(),
        Content::Stream => "ByteStream".to_owned(),
        Content::Events(EventData::Text) => "EventStream<Event<String>>".to_owned(),
        Content::Events(EventData::Json(ty)) => format!("EventStream<Event<{}>>", of(ty)),
        Content::Events(EventData::Whole(ty)) => format!("EventStream<{}>", of(ty)),
        Content::Items(ty, _) => format!("JsonStream<{}>", of(ty)),
        Content::Redirect => "Redirect".to_owned(),
    }
}

/// The expression that reads a body, a `Result`.
fn read(api: &Api, content: Option<&Content>) -> &'static str {
    match content {
        None => "received.empty()",
        Some(Content::Json(ty)) if is_struct(api, ty) => "received.json_object()",
        Some(Content::Json(_)) => "received.json()",
        Some(Content::Text) => "received.text()",
        Some(Content::Bytes) => "received.bytes()",
        Some(Content::Stream) => "Ok(ByteStream::new(body))",
        Some(Content::Events(data)) => match data {
            EventData::Text => "Ok(EventStream::texts(body))",
            EventData::Json(_) => "Ok(EventStream::values(body))",
            EventData::Whole(_) => "Ok(EventStream::whole(body))",
        },
        Some(Content::Items(_, Framing::Lines)) => "Ok(JsonStream::lines(body))",
        Some(Content::Items(_, Framing::Records)) => "Ok(JsonStream::records(body))",
        Some(Content::Redirect) => "Redirect::of(received)",
    }
}

/// Whether a value of the type is a struct, which serde would read from a list
/// as well.
fn is_struct(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Struct(_) => true,
            ItemKind::Alias(alias) => is_struct(api, &alias.ty),
            _ => false,
        },
        _ => false,
    }
}

/// The result of a status that nobody documented.
const UNDOCUMENTED: &str = "Err(received.undocumented())";

/// Hands over what the URL of a redirect answered: no document says what that is.
const FOLLOWED: &str = "Redirect::followed(received, body)";

/// Which responses of an operation are successes, where some are redirects.
pub(super) fn is_success(operation: &Operation) -> Option<Function> {
    let redirects: Vec<String> = operation
        .responses
        .iter()
        .filter(|response| response.is_redirect)
        .map(|response| pattern(response.status))
        .collect();
    if redirects.is_empty() {
        return None;
    }
    // Failures may lie inside of the range of redirects.
    let failures = operation.responses.iter().filter(|response| {
        !response.is_success() && matches!(response.status, Status::Code(300..=399))
    });
    let others: Vec<String> = failures.map(|response| pattern(response.status)).collect();
    let mut arms = Vec::new();
    if !others.is_empty() {
        arms.extend(arm(&others.join(" | "), "false", 4));
    }
    arms.extend(arm(&redirects.join(" | "), "received.is_redirect()", 4));
    arms.extend(arm("_", "received.status().is_success()", 4));
    let mut body = vec!["match received.status().as_u16() {".to_owned()];
    body.extend(arms);
    body.push("}".to_owned());
    Some(Function::new(
        "fn is_success",
        ["received: &Received"],
        "bool",
        body,
    ))
}

/// The methods of an operation beyond `decode`, where a success may be a
/// stream.
pub(super) fn streaming(api: &Api, operation: &Operation) -> Vec<Function> {
    let open = |body: Vec<String>| {
        Function::new(
            "fn open",
            ["received: &Received", "body: Unread"],
            "Result<Self::Output, DecodeError>",
            body,
        )
    };
    match &operation.output {
        Outcome::One(Content::Redirect) => {
            let told = vec!["received.status().is_success()".to_owned()];
            let is_stream = Function::new("fn is_stream", ["received: &Received"], "bool", told);
            vec![is_stream, open(vec![FOLLOWED.to_owned()])]
        }
        Outcome::ByStatus(outcome) if redirect(outcome).is_some() => {
            let told = |variant: &OutcomeVariant| Some(is_stream(variant).to_string());
            let read = |variant: &OutcomeVariant| {
                Some(match is_stream(variant) {
                    true => yields(api, outcome, variant),
                    false => UNDOCUMENTED.to_owned(),
                })
            };
            let followed = redirect(outcome).map_or(String::new(), |variant| {
                format!("{FOLLOWED}.map({})", path(outcome, variant))
            });
            let told = by_status(outcome, arms(outcome, told), "received.is_followed()");
            let read = by_status(outcome, arms(outcome, read), &followed);
            let is_stream = Function::new("fn is_stream", ["received: &Received"], "bool", told);
            vec![is_stream, open(read)]
        }
        // The head says nothing more.
        Outcome::One(content) if content.is_stream() => vec![open(vec![
            "let _ = received;".to_owned(),
            read(api, Some(content)).to_owned(),
        ])],
        Outcome::ByStatus(outcome) if is_streamed(outcome) => {
            let told = by_status(
                outcome,
                arms(outcome, |variant| {
                    is_stream(variant).then(|| "true".to_owned())
                }),
                "false",
            );
            let read = by_status(
                outcome,
                arms(outcome, |variant| {
                    is_stream(variant).then(|| yields(api, outcome, variant))
                }),
                UNDOCUMENTED,
            );
            let is_stream = Function::new("fn is_stream", ["received: &Received"], "bool", told);
            vec![is_stream, open(read)]
        }
        _ => Vec::new(),
    }
}

/// The first of the outcomes that is a redirect.
fn redirect(outcome: &OutcomeEnum) -> Option<&OutcomeVariant> {
    let mut variants = outcome.variants.iter();
    variants.find(|variant| variant.content == Some(Content::Redirect))
}

/// Whether one of the outcomes is handed over unread.
pub(super) fn is_streamed(outcome: &OutcomeEnum) -> bool {
    outcome.variants.iter().any(is_stream)
}

fn is_stream(variant: &OutcomeVariant) -> bool {
    variant.content.as_ref().is_some_and(Content::is_stream)
}

/// The body of `decode`.
pub(super) fn decode(api: &Api, operation: &Operation) -> Vec<String> {
    match &operation.output {
        Outcome::Nothing => vec![read(api, None).to_owned()],
        // `open` does it all.
        Outcome::One(content) if content.is_stream() => vec![UNDOCUMENTED.to_owned()],
        Outcome::One(content) => vec![read(api, Some(content)).to_owned()],
        Outcome::ByStatus(outcome) => {
            let arms = arms(outcome, |variant| {
                (!is_stream(variant)).then(|| yields(api, outcome, variant))
            });
            by_status(outcome, arms, UNDOCUMENTED)
        }
    }
}

/// The body of `decode_failure`.
pub(super) fn decode_failure(api: &Api, operation: &Operation) -> Vec<String> {
    match &operation.failure {
        Outcome::Nothing => vec!["received.json().ok()".to_owned()],
        Outcome::One(content) => vec![format!("{}.ok()", read(api, Some(content)))],
        Outcome::ByStatus(outcome) => {
            let arms = arms(outcome, |variant| {
                Some(format!("{}.ok()", yields(api, outcome, variant)))
            });
            by_status(outcome, arms, "None")
        }
    }
}

/// The expression that makes a variant of a response, a `Result`.
fn yields(api: &Api, outcome: &OutcomeEnum, variant: &OutcomeVariant) -> String {
    let path = path(outcome, variant);
    let read = read(api, variant.content.as_ref());
    match &variant.content {
        Some(_) => format!("{read}.map({path})"),
        None => format!("{read}.map(|()| {path})"),
    }
}

/// The path of a variant.
fn path(outcome: &OutcomeEnum, variant: &OutcomeVariant) -> String {
    let name = ident_text(&variant.name.rust);
    let of = ident_text(&outcome.name.rust);
    format!("{of}::{name}")
}

/// The pattern of a status.
fn pattern(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{}..={}", hundred * 100, hundred * 100 + 99),
        Status::Default => "_".to_owned(),
    }
}

/// The variants of each status with what becomes of them; `None` where that is
/// none of the business of who asks.
type Arms<'a> = Vec<(Status, Vec<(&'a OutcomeVariant, Option<String>)>)>;

fn arms(outcome: &OutcomeEnum, value: impl Fn(&OutcomeVariant) -> Option<String>) -> Arms<'_> {
    let mut arms: Arms<'_> = Vec::new();
    for variant in &outcome.variants {
        let value = (variant, value(variant));
        match arms.last_mut() {
            Some((status, values)) if *status == variant.status => values.push(value),
            _ => arms.push((variant.status, vec![value])),
        }
    }
    arms
}

/// Chooses by status, then by media type.
fn by_status(outcome: &OutcomeEnum, arms: Arms<'_>, other: &str) -> Vec<String> {
    let has_default = outcome
        .variants
        .iter()
        .any(|variant| variant.status == Status::Default);
    let mut lines = vec!["match received.status().as_u16() {".to_owned()];
    for (status, values) in arms {
        let pattern = pattern(status);
        // An exact status that is none of the business may stand inside a range
        // that is one.
        match values.as_slice() {
            [(_, value)] => {
                lines.extend(arm(&pattern, value.as_deref().unwrap_or(other), 4));
            }
            _ if values.iter().all(|(_, value)| value.is_none()) => {
                lines.extend(arm(&pattern, other, 4));
            }
            _ => {
                let mut chosen = by_media_type(&values, other).into_iter();
                let first = chosen.next().unwrap_or_default();
                lines.push(format!("    {pattern} => {first}"));
                lines.extend(indented(chosen));
                if let Some(last) = lines.last_mut() {
                    last.push(',');
                }
            }
        }
    }
    if !has_default {
        lines.extend(arm("_", other, 4));
    }
    lines.push("}".to_owned());
    lines
}

fn by_media_type(values: &[(&OutcomeVariant, Option<String>)], other: &str) -> Vec<String> {
    let offered: Vec<String> = values
        .iter()
        .flat_map(|(variant, _)| &variant.media_types)
        .map(|media_type| literal(media_type))
        .collect();
    let mut lines = vec![format!(
        "match received.media_type(&[{}]) {{",
        offered.join(", ")
    )];
    let mut first = 0;
    for (at, (variant, value)) in values.iter().enumerate() {
        let next = first + variant.media_types.len();
        let numbers: Vec<String> = (first..next).map(|number| number.to_string()).collect();
        let pattern = if at + 1 == values.len() {
            "_".to_owned()
        } else {
            numbers.join(" | ")
        };
        lines.extend(arm(&pattern, value.as_deref().unwrap_or(other), 4));
        first = next;
    }
    lines.push("}".to_owned());
    lines
}

pub(super) fn outcome_enum(api: &Api, operation: &Operation, outcome: &OutcomeEnum) -> Definition {
    let mut of_status: HashMap<Status, usize> = HashMap::new();
    for variant in &outcome.variants {
        *of_status.entry(variant.status).or_default() += 1;
    }
    let by_media_type = of_status.values().any(|count| *count > 1);
    let by = if by_media_type {
        "status and media type"
    } else {
        "status"
    };
    let variants = outcome.variants.iter().map(|variant| {
        let media_types = if of_status[&variant.status] > 1 {
            format!(" (`{}`)", code(&variant.media_types.join("`, `")))
        } else {
            String::new()
        };
        let docs = Docs {
            text: Some(format!(
                "{}{media_types}: {}",
                variant.status, variant.description
            )),
            notes: Vec::new(),
        };
        let name = ident_text(&variant.name.rust);
        Member {
            front: docs::front(&docs, ""),
            text: match &variant.content {
                Some(content) => format!("{name}({})", content_type(api, content)),
                None => name.into_owned(),
            },
        }
    });
    let derives: &[&str] = match is_streamed(outcome) || redirect(outcome).is_some() {
        true => &["Debug"],
        false => &["Clone", "Debug", "PartialEq"],
    };
    let sentence = format!("What `{}` yields, by {by}.", code(&operation.id));
    Definition {
        front: docs::front_sentence(&sentence)
            .with([Attribute::of("derive", derives.iter().copied())])
            .non_exhaustive(),
        head: format!("pub enum {}", ident_text(&outcome.name.rust)),
        members: variants.collect(),
    }
}
