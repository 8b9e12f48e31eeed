//! Prefixes: an operationId that starts with its own namespace in, what is left
//! to say out. `repos/get-page` in the namespace `repos` is
//! `client.repos().get_page()`.

use std::collections::BTreeMap;

use super::identifier::{Case, Identifiers};
use crate::model::{Api, NamespaceId, Operation};

/// What separates a namespace from the rest of an operationId.
const SEPARATORS: [char; 5] = ['/', '.', ':', '#', '_'];

/// Words that do not start a name: they lean on the one before.
const LEANING: [&str; 14] = [
    "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "to", "with",
];

/// Shortens the names of the operations `members` of a namespace that repeat
/// it, unless two of them, or one and a `taken` name, would be the same then.
pub(super) fn shorten<'a>(
    api: &mut Api,
    identifiers: &mut Identifiers,
    namespace: NamespaceId,
    members: &[usize],
    taken: impl Iterator<Item = &'a str>,
) {
    let namespace = &api.namespaces[namespace.0];
    let prefixes = [
        namespace.path.last().cloned().unwrap_or_default(),
        namespace.path.join(" "),
        namespace.accessor.rust.clone(),
    ]
    .map(|words| identifiers.of(&words, Case::Snake));
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for name in taken {
        *owners.entry(name.to_owned()).or_default() += 1;
    }
    let mut short: Vec<(usize, String, String)> = Vec::new();
    for index in members {
        let operation = &api.operations[*index];
        let name = &operation.name;
        let words = name.chosen.as_ref().unwrap_or(&name.words);
        let own = identifiers.of(words, Case::Snake);
        *owners.entry(own).or_default() += 1;
        if name.chosen.is_none()
            && has_id(operation)
            && let Some(rest) = rest(words, &prefixes, identifiers)
        {
            let wanted = identifiers.of(rest, Case::Snake);
            *owners.entry(wanted.clone()).or_default() += 1;
            short.push((*index, wanted, rest.to_owned()));
        }
    }
    for (index, wanted, rest) in short {
        if owners.get(&wanted) == Some(&1) {
            api.operations[index].name.words = rest;
        }
    }
}

/// Whether an operation has an operationId, and not only a method and a path.
fn has_id(operation: &Operation) -> bool {
    operation.id != format!("{} {}", operation.method, operation.path)
}

/// What follows one of the prefixes and a separator, where it can stand alone.
fn rest<'a>(words: &'a str, prefixes: &[String], identifiers: &mut Identifiers) -> Option<&'a str> {
    // The longest prefix says most.
    words
        .rmatch_indices(SEPARATORS)
        .find_map(|(at, separator)| {
            let prefix = identifiers.of(&words[..at], Case::Snake);
            if !prefixes.contains(&prefix) {
                return None;
            }
            let rest = words[at + separator.len()..].trim_start_matches(SEPARATORS);
            let first = identifiers.of(rest, Case::Snake);
            let first = first.split('_').next().unwrap_or_default();
            let stands_alone =
                rest.starts_with(|first: char| first.is_alphabetic()) && !LEANING.contains(&first);
            stands_alone.then_some(rest)
        })
}
