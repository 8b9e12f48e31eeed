//! What the crate's front page and its README both show.

use super::example::Example;
use super::gate;
use super::operations::accessors;
use super::ty::ident_text;
use crate::graph::SchemeKind;
use crate::model::{Api, Operation, Scheme};

/// How long the call of the example may be, in characters.
const LONGEST: usize = 240;

/// A program that compiles against the crate, and the feature that it needs:
/// it makes a client and calls the first operation that is called in few words.
pub(super) fn example(api: &Api) -> Option<(Option<&str>, Vec<String>)> {
    let (operation, example) = chosen(api)?;
    let program = example.whole(&client(api))?;
    Some((gate::feature_of(api, operation), program))
}

/// The same with a mock in place of the API; `None` where names of the API hide
/// what the program calls.
pub(super) fn mocked(api: &Api) -> Option<(Option<&str>, Vec<String>)> {
    let namespaces = api.namespaces.iter();
    let namespaces = namespaces.filter(|namespace| namespace.parent.is_none());
    let operations = api.operations.iter();
    let operations = operations.filter(|operation| operation.namespace.is_none());
    let mut names = namespaces
        .map(|namespace| &namespace.accessor.rust)
        .chain(operations.map(|operation| &operation.name.rust));
    if names.any(|name| ["client", "requests"].contains(&name.as_str())) {
        return None;
    }
    let (operation, example) = chosen(api)?;
    let mut program = example.whole("mock.client()")?;
    let library = api.library();
    let namespace = operation
        .namespace
        .map(|id| format!(".{}", accessors(api, &api.namespaces[id.0])))
        .unwrap_or_default();
    let is_success = |status: u16| (200..300).contains(&status);
    let mut examples = operation.examples.iter();
    let answer = match examples.any(|example| is_success(example.status)) {
        true => "example()".to_owned(),
        false => format!("respond_with({library}::MockAnswer::new(200))"),
    };
    let at =
        |program: &[String], wanted: &str| program.iter().position(|line| line.trim() == wanted);
    let name = ident_text(&operation.name.rust);
    let start = at(&program, "let client = mock.client();")?;
    program.splice(
        start..start,
        [
            format!("    let mock = {library}::mock::Mock::new();"),
            format!("    mock{namespace}.{name}().{answer};"),
        ],
    );
    let end = at(&program, "Ok(())")?;
    program.insert(end, "    assert_eq!(mock.requests().len(), 1);".to_owned());
    Some((gate::feature_of(api, operation), program))
}

/// A program as a piece of documentation, compiled only where there is what it
/// calls.
pub(super) fn fenced(feature: Option<&str>, program: Vec<String>) -> Vec<String> {
    let mut lines = vec!["```no_run".to_owned()];
    if let Some(feature) = feature {
        lines.push(format!("# #[cfg(feature = {feature:?})]"));
        lines.push("# mod example {".to_owned());
    }
    lines.extend(program);
    lines.extend(feature.map(|_| "# }".to_owned()));
    lines.push("```".to_owned());
    lines
}

/// The first operation that is called in few words.
fn chosen(api: &Api) -> Option<(&Operation, Example)> {
    let mut operations: Vec<&Operation> = api
        .operations
        .iter()
        .filter(|operation| !operation.deprecated)
        .collect();
    operations.sort_by_key(|operation| (rank(&operation.method), &operation.path));
    operations
        .into_iter()
        .filter_map(|operation| Some((operation, Example::of(api, operation)?)))
        .find(|(_, example)| example.len() <= LONGEST)
}

/// The expression that makes a client.
fn client(api: &Api) -> String {
    let library = api.library();
    let credential = api.schemes.first().map_or_else(String::new, credential);
    let base_url = match api.servers.is_empty() {
        true => ".base_url(\"https://api.example.com\")",
        false => "",
    };
    format!("{library}::Client::builder(){credential}{base_url}.build()?")
}

/// The call of the builder that gives it a credential.
pub(super) fn credential(scheme: &Scheme) -> String {
    let arguments = match &scheme.kind {
        SchemeKind::Basic => "\"username\", \"password\"",
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => "\"token\"",
        SchemeKind::Http(_) => "\"Scheme credentials\"",
        SchemeKind::ApiKey(..) => "\"key\"",
    };
    format!(".{}({arguments})", ident_text(&scheme.name.rust))
}

/// What reads before what writes before what removes.
fn rank(method: &str) -> u8 {
    match method {
        "GET" => 0,
        "POST" => 1,
        "PUT" | "PATCH" => 2,
        _ => 3,
    }
}
