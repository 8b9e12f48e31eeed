//! The page of an operation: what its method says of arguments, optional
//! parameters, errors, and an example.

use super::docs;
use super::example::Example;
use super::outcome::{content_type, outcome_type};
use super::structure::code;
use super::ty::ident_text;
use crate::graph::Status;
use crate::model::{Api, Content, Docs, Operation, Outcome, Type};
use crate::name::is_keyword;

/// The documentation of an operation's method.
pub(super) fn lines(api: &Api, operation: &Operation) -> Vec<String> {
    let mut lines = docs::lines(&operation.docs, &format!("`{}`.", code(&operation.id)));
    if operation.pagination.is_some() {
        lines.extend([
            String::new(),
            "The response is one page: [`pages`](Call::pages) and [`items`](Call::items) of the call"
                .to_owned(),
            "fetch the others.".to_owned(),
        ]);
    }
    if matches!(operation.output, Outcome::One(Content::Redirect)) {
        lines.extend([
            String::new(),
            "The response is a redirect: [`Redirect::location`](crate::Redirect::location) says where"
                .to_owned(),
            "to. [`follow_redirects`](crate::CallOptions::follow_redirects) goes there.".to_owned(),
        ]);
    }
    let mut section = |title: &str, content: Vec<String>| {
        if !content.is_empty() {
            lines.extend([String::new(), format!("# {title}"), String::new()]);
            lines.extend(content);
        }
    };
    section("Arguments", arguments(operation));
    section("Optional parameters", optional(operation));
    section("Errors", errors(api, operation));
    section("Example", example(api, operation));
    lines
}

fn arguments(operation: &Operation) -> Vec<String> {
    let mut arguments = Vec::new();
    for parameter in &operation.path_parameters {
        arguments.extend(docs::entry(
            &parameter.name.rust,
            &parameter.docs,
            "A part of the path.",
        ));
    }
    if let Some(required) = &operation.required_name {
        arguments.push(format!(
            "- `required`: the parameters that must be given, [`{}`].",
            required.rust
        ));
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        arguments.extend(docs::entry(
            &body.name.rust,
            &body.docs,
            "The request body.",
        ));
    }
    arguments
}

/// The setters of the call.
fn optional(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter();
    let parameters = parameters
        .filter(|parameter| !parameter.required)
        .map(|parameter| {
            let fallback = format!("Sent as `{}`.", code(&parameter.wire));
            (&parameter.name, opening(&parameter.docs), fallback)
        });
    let body = operation.body.iter().filter(|body| !body.required);
    let body = body.map(|body| {
        (
            &body.name,
            opening(&body.docs),
            "The request body.".to_owned(),
        )
    });
    // The page of the alias has the setters of this operation alone.
    let call = ident_text(&operation.call.rust);
    let mut lines = Vec::new();
    for (name, docs, fallback) in parameters.chain(body) {
        let label = format!(
            "[`{}`]({call}#method.{})",
            ident_text(&name.rust),
            name.rust
        );
        lines.extend(docs::labelled(&label, &docs, &fallback));
    }
    if !lines.is_empty() {
        let start = format!("Methods of [`{call}`]:");
        lines.splice(0..0, [start, String::new()]);
    }
    lines
}

/// The first sentence: the method itself has the rest.
fn opening(docs: &Docs) -> Docs {
    let text = docs.text.as_deref();
    Docs {
        text: text.map(|text| docs::first_sentence(text).to_owned()),
        notes: Vec::new(),
    }
}

/// The documented statuses, and the errors that every call can have.
fn errors(api: &Api, operation: &Operation) -> Vec<String> {
    let failure = outcome_type(api, &operation.failure, "");
    let by_status = matches!(operation.failure, Outcome::ByStatus(_));
    let with = match &operation.failure {
        Outcome::Nothing => String::new(),
        Outcome::One(content) => format!(", with a body of {}", holds(api, content)),
        Outcome::ByStatus(_) => format!(", with a body of [`{failure}`]"),
    };
    let mut lines = Vec::new();
    let failures = operation.responses.iter();
    for response in failures.filter(|response| !response.is_success()) {
        let label = match response.status {
            Status::Default => "any other".to_owned(),
            status => format!("`{status}`"),
        };
        let mut contents: Vec<&Content> = Vec::new();
        for (_, content) in &response.media {
            if !contents.contains(&content) {
                contents.push(content);
            }
        }
        let contents: Vec<String> = match by_status {
            true => contents.iter().map(|content| holds(api, content)).collect(),
            false => Vec::new(),
        };
        let contents = match contents.is_empty() {
            true => String::new(),
            false => format!(" ({})", contents.join(" or ")),
        };
        let docs = Docs {
            text: Some(response.description.clone()),
            notes: Vec::new(),
        };
        lines.extend(docs::labelled(
            &format!("{label}{contents}"),
            &docs,
            "Not described.",
        ));
    }
    if !lines.is_empty() {
        let start = format!("These statuses{with}:");
        let start = docs::wrapped(&start).into_iter().chain([String::new()]);
        lines.splice(0..0, start);
        lines.push(String::new());
    }
    let start = match lines.is_empty() {
        true => "Fails",
        false => "Also fails",
    };
    lines.extend(docs::wrapped(&format!(
        "{start} if the request cannot be sent, times out, or the response does not match the \
         API description; see [`ErrorKind`](crate::ErrorKind)."
    )));
    lines
}

fn example(api: &Api, operation: &Operation) -> Vec<String> {
    let example = Example::of(api, operation).and_then(|example| example.fragment(api));
    let Some(example) = example else {
        return Vec::new();
    };
    let start = "```no_run".to_owned();
    [start]
        .into_iter()
        .chain(example)
        .chain(["```".to_owned()])
        .collect()
}

/// What a body holds, linked where it is a type of the crate.
fn holds(api: &Api, content: &Content) -> String {
    if let Content::Json(Type::Item(id)) = content {
        let name = &api.item(*id).name.rust;
        if !is_keyword(name) {
            return format!("[`{name}`](crate::types::{name})");
        }
    }
    let name = content_type(api, content).replace("types::", "");
    format!("`{}`", code(&name))
}
