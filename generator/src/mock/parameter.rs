//! Parameters: those of a request held against those of its operation, read by
//! their styles.

mod style;

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::document::{Operation, Parameter};
use super::json;
use super::pairs::{Pair, Pairs};
use super::text::{self, Forms, Raw};
use super::{Request, Violation};
use crate::graph::{Location, ParameterContent, Style};
use crate::sample::Judge;
use crate::source::percent_decoded;

pub(super) use style::{add, query as query_style};

/// What is wrong with the parameters.
pub(super) fn check(
    judge: &Judge<'_, '_>,
    operation: &Operation,
    request: &Request,
    arguments: &[(String, String)],
) -> Vec<Violation> {
    let mut violations = Vec::new();
    let names = |location| {
        let all = operation.parameters.iter();
        let all = all.filter(move |parameter| parameter.location == location);
        all.map(|parameter| parameter.name.as_str())
    };
    let query: Vec<Pair> = raw_pairs(&request.query).collect();
    let query = Pairs::new(&query, names(Location::Query));
    let cookies = cookies(request);
    let cookies = Pairs::new(&cookies, names(Location::Cookie));
    for parameter in &operation.parameters {
        let schema = parameter.schema.as_deref();
        let schema = schema.and_then(|pointer| judge.spec().root().pointer(pointer));
        let forms = Forms::of(judge.spec(), schema);
        let raw = match parameter.location {
            Location::Path => arguments
                .iter()
                .find(|(name, _)| *name == parameter.name)
                .map(|(_, text)| path(parameter, forms, text)),
            Location::Query => in_query(judge, parameter, forms, request, &query),
            Location::Header => request
                .header(&parameter.name)
                .map(|text| Ok(style::header(parameter, forms, &text))),
            Location::Cookie => style::query(judge.spec(), parameter, schema, forms, &cookies),
        };
        let mut add = |pointer: String, problem: String| {
            violations.push(Violation {
                part: parameter.location.as_str(),
                name: Some(parameter.name.clone()),
                pointer,
                problem,
            });
        };
        let value = match raw {
            // Not in the template: a path that fits has all that are.
            None if parameter.location == Location::Path => continue,
            None if parameter.required => {
                add(String::new(), "is missing".to_owned());
                continue;
            }
            None => continue,
            Some(Err(problem)) => {
                add(String::new(), problem);
                continue;
            }
            Some(Ok(raw)) => value(judge, parameter, schema, &raw),
        };
        match (value, schema) {
            (Err(problem), _) => add(String::new(), problem),
            (Ok(value), Some(schema)) => {
                for misfit in judge.misfits(schema, &value, super::MOST) {
                    add(misfit.pointer, misfit.problem);
                }
            }
            (Ok(_), None) => {}
        }
    }
    violations
}

/// What a parameter stands for, or what is wrong with how it is written.
type Read = Option<Result<Raw, String>>;

fn in_query(
    judge: &Judge<'_, '_>,
    parameter: &Parameter,
    forms: Forms,
    request: &Request,
    pairs: &Pairs<'_>,
) -> Read {
    match parameter.content {
        Some(ParameterContent::QueryJson | ParameterContent::QueryText) => {
            let text = percent_decoded(&request.query);
            (!text.is_empty()).then_some(Ok(Raw::Text(text)))
        }
        Some(ParameterContent::QueryForm) => {
            let pairs = query_pairs(&request.query).into_iter();
            let entries = pairs.map(|(name, text)| (name, Raw::Text(text)));
            let entries: IndexMap<_, _> = entries.collect();
            // A query without a pair is an object without a property.
            (parameter.required || !entries.is_empty()).then_some(Ok(Raw::Object(entries)))
        }
        Some(ParameterContent::Json | ParameterContent::Text) => {
            let found = pairs.named(&parameter.name);
            let text = found.first()?;
            Some(Ok(Raw::Text(form_decoded(text))))
        }
        None => {
            let schema = parameter.schema.as_deref();
            let schema = schema.and_then(|pointer| judge.spec().root().pointer(pointer));
            style::query(judge.spec(), parameter, schema, forms, pairs)
        }
    }
}

fn path(parameter: &Parameter, forms: Forms, text: &str) -> Result<Raw, String> {
    if parameter.content.is_some() {
        return Ok(Raw::Text(percent_decoded(text)));
    }
    match parameter.style {
        Style::Label => style::label(parameter, forms, text),
        Style::Matrix => style::matrix(parameter, forms, text),
        _ => Ok(style::path(parameter, forms, text)),
    }
}

fn value<'a>(
    judge: &Judge<'_, 'a>,
    parameter: &Parameter,
    schema: Option<&'a Json>,
    raw: &Raw,
) -> Result<Json, String> {
    let json = matches!(
        parameter.content,
        Some(ParameterContent::Json | ParameterContent::QueryJson)
    );
    match (raw, json) {
        (Raw::Text(text), true) => {
            json::parse(judge, text.as_bytes()).map_err(|_| "is not JSON".to_owned())
        }
        _ => Ok(text::meant(judge, judge.spec(), schema, raw)),
    }
}

/// The pairs of a query or form: names decoded, values as they were sent.
pub(super) fn raw_pairs(query: &str) -> impl Iterator<Item = Pair> {
    let all = query.split('&').filter(|pair| !pair.is_empty());
    all.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (form_decoded(name), value.to_owned())
    })
}

/// The pairs of a query, decoded.
pub(super) fn query_pairs(query: &str) -> Vec<Pair> {
    raw_pairs(query)
        .map(|(name, value)| (name, form_decoded(&value)))
        .collect()
}

/// A text of a query or form, where a plus is a blank.
pub(super) fn form_decoded(text: &str) -> String {
    percent_decoded(&text.replace('+', " "))
}

/// The cookies of a request, as they were sent.
pub(super) fn cookies(request: &Request) -> Vec<Pair> {
    let all = request.headers.iter();
    let headers = all.filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
    let pairs = headers.flat_map(|(_, value)| value.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
        .collect()
}
