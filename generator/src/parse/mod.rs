//! The tree as `openapiv3` has it: a mended tree in, [`OpenAPI`] out. That
//! nothing gets lost on the way is [proven](prove) beside what comes next.

mod compare;
mod node_deserializer;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use openapiv3::{
    Callback, Components, Example, Header, Link, OpenAPI, Operation, Parameter, PathItem,
    ReferenceOr, RequestBody, Response, Schema, SecurityScheme,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use node_deserializer::Reading;

use crate::diagnostic::{Code, Report};
use crate::source::{Entries, Node, Origin, Source, Value};
use crate::threads::each;

/// Parses the entry document, which `dialect` has made fit, but for its `paths`
/// and `components`: what is in these is parsed [one by one](from_node) where it
/// is read, and not kept. At once, `openapiv3` would copy the whole document
/// several times.
pub fn parse(source: &Source, report: &mut Report) -> Option<OpenAPI> {
    match read(&frame(&source.entry().root)) {
        Ok(parsed) => Some(parsed),
        Err(failure) => {
            refuse(failure, report);
            None
        }
    }
}

/// Proves that all of the entry document can be parsed and that nothing gets
/// lost of it, and reports every key that does; `false` where a part of it
/// cannot be read.
pub fn prove(source: &Source, report: &mut Report) -> bool {
    let proofs = each(parts(&source.entry().root), |part| {
        let mut lost = Report::default();
        (part.prove(&mut lost), lost)
    });
    let mut is_whole = true;
    for (proof, lost) in proofs {
        report.append(lost);
        if let Err(failure) = proof {
            refuse(failure, report);
            is_whole = false;
        }
    }
    is_whole
}

/// The paths of a document, and what each of them has.
pub(crate) fn paths(root: &Node) -> impl Iterator<Item = Entry<'_>> {
    entries(root.get("paths")).filter(|(key, _)| is_path(key))
}

/// A part of a tree as a type that `serde` can read.
///
/// # Errors
///
/// Says what does not fit, in words for people.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    T::deserialize(Reading(node)).map_err(|error| error.to_string())
}

/// An operation without what is read by itself: extensions, parameters, bodies,
/// responses and callbacks.
///
/// # Errors
///
/// Says what does not fit, in words for people.
pub(crate) fn operation(node: &Node) -> Result<Operation, String> {
    const APART: [&str; 4] = ["parameters", "requestBody", "responses", "callbacks"];
    let mut node = without(node, |key| key.starts_with("x-") || APART.contains(&key));
    let responses = Node::new(node.origin, Value::Object(Entries::default()));
    if let Value::Object(entries) = &mut node.value {
        entries.insert("responses", responses);
    }
    from_node(&node)
}

/// What cannot be read: where it was written, and what does not fit.
type Failure = (Origin, String);

fn read<T: DeserializeOwned>(node: &Node) -> Result<T, Failure> {
    from_node(node).map_err(|problem| (node.origin, problem))
}

/// Reports what cannot be read: a gap in what `dialect` checks.
fn refuse((origin, failure): Failure, report: &mut Report) {
    let message = format!("this cannot be read: {failure}");
    report.error(Code::WrongType, origin, message);
}

/// An entry of an object.
type Entry<'a> = (&'a str, &'a Node);

fn entries(node: Option<&Node>) -> impl Iterator<Item = Entry<'_>> {
    node.and_then(Node::as_object).into_iter().flatten()
}

fn is_path(key: &str) -> bool {
    !key.starts_with("x-")
}

/// An object without some of its keys.
fn without(node: &Node, is_left_out: impl Fn(&str) -> bool) -> Node {
    let kept = entries(Some(node)).filter(|(key, _)| !is_left_out(key));
    let kept = kept.map(|(key, node)| (key, node.clone())).collect();
    Node::new(node.origin, Value::Object(kept))
}

/// The document without what is parsed part by part.
fn frame(root: &Node) -> Node {
    let mut frame = without(root, |key| matches!(key, "components" | "paths"));
    if let (Some(paths), Value::Object(frame)) = (root.get("paths"), &mut frame.value) {
        frame.insert("paths", without(paths, is_path));
    }
    frame
}

/// A part of the document that is proven by itself.
struct Part<'a> {
    key: &'a str,
    node: Cow<'a, Node>,
    proof: Proof,
}

/// Parses the value under a key, and reports what gets lost of it.
type Proof = fn(&str, &Node, &mut Report) -> Result<(), Failure>;

/// The sections of `components`, and what stands in each of them.
const SECTIONS: [(&str, Proof); 9] = [
    ("schemas", proof_or_reference::<Schema>),
    ("responses", proof_or_reference::<Response>),
    ("parameters", proof_or_reference::<Parameter>),
    ("examples", proof_or_reference::<Example>),
    ("requestBodies", proof_or_reference::<RequestBody>),
    ("headers", proof_or_reference::<Header>),
    ("securitySchemes", proof_or_reference::<SecurityScheme>),
    ("links", proof_or_reference::<Link>),
    ("callbacks", proof_or_reference::<Callback>),
];

/// All parts of the document.
fn parts(root: &Node) -> Vec<Part<'_>> {
    let borrowed = |(key, node), proof| Part {
        key,
        node: Cow::Borrowed(node),
        proof,
    };
    let mut parts = vec![Part {
        key: "",
        node: Cow::Owned(frame(root)),
        proof: proof::<OpenAPI>,
    }];
    parts.extend(paths(root).map(|path| borrowed(path, proof_or_reference::<PathItem>)));
    if let Some(components) = root.get("components") {
        let is_section = |key: &str| SECTIONS.iter().any(|(section, _)| *section == key);
        parts.push(Part {
            key: "components",
            node: Cow::Owned(without(components, is_section)),
            proof: proof::<Components>,
        });
        for (section, proof) in SECTIONS {
            let entries = entries(components.get(section));
            parts.extend(entries.map(|entry| borrowed(entry, proof)));
        }
    }
    parts
}

impl Part<'_> {
    fn prove(&self, report: &mut Report) -> Result<(), Failure> {
        (self.proof)(self.key, &self.node, report)
    }
}

fn proof<T: DeserializeOwned + Serialize>(
    key: &str,
    node: &Node,
    report: &mut Report,
) -> Result<(), Failure> {
    let parsed: T = read(node)?;
    compare::compare(key, node, &parsed, report);
    Ok(())
}

/// The proof of a [`ReferenceOr`], which itself would copy an item to find out
/// that it is no reference.
fn proof_or_reference<T: DeserializeOwned + Serialize>(
    key: &str,
    node: &Node,
    report: &mut Report,
) -> Result<(), Failure> {
    match node.get("$ref") {
        Some(_) => proof::<ReferenceOr<T>>(key, node, report),
        None => proof::<T>(key, node, report),
    }
}
