//! What the crate's front page and its README both show.

use super::example::Example;
use super::gate;
use super::ty::ident_text;
use crate::graph::SchemeKind;
use crate::model::{Api, Operation, Scheme};

/// How long the call of the example may be, in characters.
const LONGEST: usize = 240;

/// A program that compiles against the crate, and the feature that it needs:
/// it makes a client and calls the first operation that is called in few words.
pub(super) fn example(api: &Api) -> Option<(Option<&str>, Vec<String>)> {
    let mut operations: Vec<&Operation> = api
        .operations
        .iter()
        .filter(|operation| !operation.deprecated)
        .collect();
    operations.sort_by_key(|operation| (rank(&operation.method), &operation.path));
    let (operation, example) = operations
        .into_iter()
        .filter_map(|operation| Some((operation, Example::of(api, operation)?)))
        .find(|(_, example)| example.len() <= LONGEST)?;
    let program = example.whole(&client(api))?;
    Some((gate::feature_of(api, operation), program))
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
