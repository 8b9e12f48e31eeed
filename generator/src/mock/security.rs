//! Security requirements: whether there are credentials of the right form.
//! Which ones they are does not matter.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Request;
use super::document::{Document, Operation};
use super::pairs::Pair;
use super::parameter::{cookies, query_pairs};
use super::refusal::Refusal;
use crate::graph::{ApiKeyLocation, SchemeKind};

/// Fails where no alternative is met.
pub(super) fn check(
    document: &Document,
    operation: &Operation,
    request: &Request,
) -> Result<(), Refusal> {
    let met = |alternative: &Vec<String>| {
        alternative
            .iter()
            .all(|name| match document.schemes.get(name) {
                Some(kind) => is_met(kind, request),
                // How to apply it is not known, so it cannot be missing.
                None => true,
            })
    };
    if operation.security.is_empty() || operation.security.iter().any(met) {
        return Ok(());
    }
    let alternatives: Vec<String> = operation
        .security
        .iter()
        .map(|names| format!("`{}`", names.join("` with `")))
        .collect();
    let detail = format!(
        "the request has no credentials of the right form: {}",
        alternatives.join(" or ")
    );
    let mut challenges: Vec<String> = Vec::new();
    for name in operation.security.iter().flatten() {
        let challenge = document.schemes.get(name).and_then(challenge);
        challenges.extend(challenge.filter(|challenge| !challenges.contains(challenge)));
    }
    let refusal = Refusal::new(401, detail);
    Err(match challenges.is_empty() {
        true => refusal,
        false => refusal.header("www-authenticate", challenges.join(", ")),
    })
}

fn is_met(kind: &SchemeKind, request: &Request) -> bool {
    let authorization = |scheme: &str| {
        let header = request.header("authorization")?;
        let (given, rest) = header.split_once(' ')?;
        let rest = rest.trim();
        let fits = given.eq_ignore_ascii_case(scheme) && !rest.is_empty();
        fits.then(|| rest.to_owned())
    };
    match kind {
        SchemeKind::Basic => authorization("basic")
            .and_then(|encoded| STANDARD.decode(encoded).ok())
            .is_some_and(|decoded| decoded.contains(&b':')),
        kind if kind.is_token() => {
            authorization("bearer").is_some_and(|token| !token.contains(' '))
        }
        SchemeKind::Http(scheme) => authorization(scheme).is_some(),
        SchemeKind::ApiKey(location, name) => match location {
            ApiKeyLocation::Header => request.header(name),
            ApiKeyLocation::Query => value_of(query_pairs(&request.query), name),
            ApiKeyLocation::Cookie => value_of(cookies(request), name),
        }
        .is_some_and(|key| !key.is_empty()),
        // Those that are tokens.
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => false,
    }
}

fn value_of(pairs: Vec<Pair>, name: &str) -> Option<String> {
    let found = pairs.into_iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value)
}

fn challenge(kind: &SchemeKind) -> Option<String> {
    match kind {
        SchemeKind::Basic => Some("Basic realm=\"mock\"".to_owned()),
        SchemeKind::Http(scheme) => Some(scheme.clone()),
        SchemeKind::ApiKey(..) => None,
        _ => Some("Bearer".to_owned()),
    }
}
