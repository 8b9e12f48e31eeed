//! Swagger 2.0: its tree in, the same API as OpenAPI 3 has it out. Everything is
//! moved, so that it stays where it was written.

mod body;
mod media;
mod operation;
mod parameters;
mod response;
mod security;
mod server;

pub(super) use body::{is_body, request_body};

use crate::diagnostic::Report;
use crate::source::{Entries, Node, Origin, Value};

/// What operations share, taken out of the document.
struct Shared<'a> {
    report: &'a mut Report,
    consumes: Option<Vec<String>>,
    produces: Option<Vec<String>>,
    /// Parameters that are bodies, which are none in OpenAPI 3.
    bodies: Entries,
    responses: Entries,
    /// For a look at what schemas describe.
    definitions: Entries,
    addresses: server::Addresses,
}

/// Rewrites a whole document. References keep their old texts until
/// [`reference`] is asked for the new ones.
pub(super) fn upgrade(root: &mut Node, report: &mut Report) {
    parameters::inline(root);
    let origin = root.origin;
    let Value::Object(entries) = &mut root.value else {
        return;
    };
    if let Some(version) = entries.remove("swagger") {
        let version = Node::new(version.origin, Value::String("3.0.3".to_owned()));
        entries.insert("openapi", version);
    }
    let addresses = server::Addresses::take(entries);
    let consumes = entries.remove("consumes");
    let produces = entries.remove("produces");
    let (parameters_origin, parameters) = section(entries, "parameters", origin);
    let (bodies, parameters): (Entries, Entries) = parameters
        .into_iter()
        .partition(|(_, parameter)| is_body(parameter));
    let (responses_origin, responses) = section(entries, "responses", origin);
    let (definitions_origin, definitions) = section(entries, "definitions", origin);
    let (schemes_origin, schemes) = section(entries, "securityDefinitions", origin);
    let mut shared = Shared {
        consumes: media::list(consumes.as_ref(), report),
        produces: media::list(produces.as_ref(), report),
        report,
        bodies,
        responses,
        definitions,
        addresses,
    };
    if let Some(servers) = shared.addresses.servers(shared.report) {
        entries.insert_if_absent("servers", servers);
    }
    if let Some(Value::Object(paths)) = entries.get_mut("paths").map(|node| &mut node.value) {
        for (path, item) in paths {
            if !path.starts_with("x-") {
                shared.path_item(item);
            }
        }
    }
    let mut responses = std::mem::take(&mut shared.responses);
    for response in responses.values_mut() {
        shared.response(response, None);
    }
    let schemes = schemes
        .into_iter()
        .map(|(name, scheme)| (name, security::scheme(scheme)))
        .collect();
    let definitions = shared.definitions;
    // After bundling, a document may have components already.
    let components = entries.get_or_insert_with("components", || {
        Node::new(origin, Value::Object(Entries::default()))
    });
    if let Value::Object(components) = &mut components.value {
        add(components, "schemas", definitions_origin, definitions);
        add(components, "responses", responses_origin, responses);
        add(components, "parameters", parameters_origin, parameters);
        add(components, "securitySchemes", schemes_origin, schemes);
    }
}

/// Takes out a map of named things.
fn section(entries: &mut Entries, key: &str, origin: Origin) -> (Origin, Entries) {
    match entries.get_mut(key) {
        Some(Node {
            origin,
            value: Value::Object(section),
        }) => {
            let taken = (*origin, std::mem::take(section));
            entries.remove(key);
            taken
        }
        _ => (origin, Entries::default()),
    }
}

fn add(components: &mut Entries, key: &str, origin: Origin, section: Entries) {
    if section.is_empty() {
        return;
    }
    match components.get_mut(key) {
        Some(Node {
            value: Value::Object(known),
            ..
        }) => known.extend(section),
        _ => {
            components.insert(key, Node::new(origin, Value::Object(section)));
        }
    }
}

/// The text of a reference once everything has moved.
pub(super) fn reference(text: &str) -> Option<String> {
    const MOVED: [(&str, &str); 3] = [
        ("#/definitions/", "#/components/schemas/"),
        ("#/parameters/", "#/components/parameters/"),
        ("#/responses/", "#/components/responses/"),
    ];
    MOVED.iter().find_map(|(old, new)| {
        let rest = text.strip_prefix(old)?;
        Some(format!("{new}{rest}"))
    })
}

/// A string that a transform writes.
fn string(origin: Origin, text: &str) -> Node {
    Node::new(origin, Value::String(text.to_owned()))
}

/// An object that a transform writes.
fn object<const N: usize>(origin: Origin, entries: [(&str, Node); N]) -> Node {
    let entries = entries
        .into_iter()
        .map(|(key, node)| (key.to_owned(), node))
        .collect();
    Node::new(origin, Value::Object(entries))
}
