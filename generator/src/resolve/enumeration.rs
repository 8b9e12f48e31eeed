//! Enums: the keywords of a schema in, its values and what is said of each out.

use crate::graph::EnumNote;
use crate::source::Node;

/// Keys of lists of names, in the order of the values.
const NAMES: [&str; 4] = [
    "x-enum-varnames",
    "x-enumNames",
    "x-enum-names",
    "x-ms-enum-names",
];

/// Keys of descriptions: lists in the order of the values, or objects by value.
const DESCRIPTIONS: [&str; 3] = [
    "x-enum-descriptions",
    "x-enumDescriptions",
    "x-enum-description",
];

/// The values of `enum`, or of `x-extensible-enum`: every enum is open here.
pub(super) fn values(node: &Node) -> Vec<Node> {
    ["enum", "x-extensible-enum"]
        .into_iter()
        .filter_map(|key| node.get(key).and_then(Node::as_array))
        .find(|values| !values.is_empty())
        .map(<[Node]>::to_vec)
        .unwrap_or_default()
}

/// What is said of the values.
pub(super) fn notes(node: &Node) -> Vec<EnumNote> {
    let mut notes: Vec<EnumNote> = values(node)
        .into_iter()
        .enumerate()
        .map(|(index, value)| EnumNote {
            name: NAMES
                .iter()
                .find_map(|key| said(node.get(key)?, index, &value)),
            description: DESCRIPTIONS
                .iter()
                .find_map(|key| said(node.get(key)?, index, &value)),
            value,
        })
        .collect();
    let autorest = node
        .get("x-ms-enum")
        .and_then(|ms| ms.get("values"))
        .and_then(Node::as_array);
    for entry in autorest.into_iter().flatten() {
        let text = |key: &str| entry.get(key).and_then(Node::as_str).map(str::to_owned);
        let note = notes.iter_mut().find(|note| {
            entry
                .get("value")
                .is_some_and(|value| value.value == note.value.value)
        });
        if let Some(note) = note {
            note.name = note.name.take().or_else(|| text("name"));
            note.description = note.description.take().or_else(|| text("description"));
        }
    }
    notes.retain(|note| note.name.is_some() || note.description.is_some());
    notes
}

fn said(list: &Node, index: usize, value: &Node) -> Option<String> {
    let text = match list.as_array() {
        Some(texts) => texts.get(index)?.as_str(),
        None => {
            let key = match value.as_str() {
                Some(text) => text.to_owned(),
                None => value.to_json().to_string(),
            };
            list.get(&key)?.as_str()
        }
    };
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
