//! Documents for unit tests: a few component schemas in, the plan out.

use std::collections::BTreeMap;

use crate::Request;
use crate::config::Config;
use crate::diagnostic::Report;
use crate::model::Api;
use crate::source::{self, Input};

/// A document with these component schemas.
pub(crate) fn document(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths: {{}}\ncomponents:\n schemas:\n{schemas}"
    )
}

/// The named plan of a document with these component schemas.
pub(crate) fn plan(schemas: &str) -> (Option<Api>, Report) {
    plan_document(&document(schemas))
}

/// The named plan of a document.
pub(crate) fn plan_document(text: &str) -> (Option<Api>, Report) {
    plan_with(text, Config::default())
}

/// The named plan of a document and a configuration.
pub(crate) fn plan_with(text: &str, config: Config) -> (Option<Api>, Report) {
    let request = Request {
        config,
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: text.into(),
        }],
        ..Request::default()
    };
    let mut report = Report::default();
    let mut source = source::load(request.inputs.clone(), &mut report);
    let api = crate::plan(&request, &mut source, &mut report);
    (api, report)
}

/// The names of all types of a document with these component schemas, by
/// pointer.
pub(crate) fn types(schemas: &str) -> BTreeMap<String, String> {
    let (api, report) = plan(schemas);
    let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    api.items
        .into_iter()
        .map(|item| (item.pointer, item.name.rust))
        .collect()
}

/// The public API of the client of a document.
pub(crate) fn surface(text: &str) -> crate::surface::Surface {
    let outcome = crate::generate(&Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: text.into(),
        }],
        ..Request::default()
    });
    outcome
        .surface
        .unwrap_or_else(|| panic!("{:?}", outcome.report.diagnostics()))
}
