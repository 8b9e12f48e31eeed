//! The runtime: which of its files the crate needs, copied whole below a
//! header, and what of them it re-exports.

use std::collections::{BTreeMap, BTreeSet};

use driftless_runtime::sources::{self, SourceFile};

use super::Files;
use super::outcome::content_type;
use super::structure;
use super::ty::ident_text;
use crate::model::{
    Api, BodyContent, Content, ItemKind, MapType, Operation, Outcome, Scalar, Type,
};

pub(super) fn emit(api: &Api, files: &mut Files<'_>) {
    let needed = needed(api);
    let mut root = String::from(
        "//! The support code of the client: hand-written, the same in every client.\n\
         #![allow(\n    dead_code,\n    unused_imports,\n    unused_macros,\n    reason = \"files are copied whole, and no API uses everything in them\"\n)]\n\n",
    );
    for file in &needed {
        root.push_str(&gated(file, "pub(crate) mod", ""));
    }
    root.push('\n');
    for file in &needed {
        root.push_str(&gated(file, "pub use", "::*"));
    }
    root.push_str(&failure(api));
    files.text("src/runtime.rs", None, "", &root);
    for file in needed {
        let path = format!("src/runtime/{}", file.name);
        files.text(&path, None, "", &file.text.replace("\r\n", "\n"));
    }
}

/// The default of `Error<F>`: the error body that most operations document. An
/// import shows in the documentation by its own name, which an alias does not.
fn failure(api: &Api) -> String {
    let item = |content: &Content| match content {
        Content::Json(Type::Item(id)) => Some(ident_text(&api.item(*id).name.rust).into_owned()),
        _ => None,
    };
    let common = api.common_failure();
    if let Some(name) = common.and_then(item) {
        return format!("\npub use crate::types::{name} as Failure;\n");
    }
    let text = common.map(|content| content_type(api, content));
    let text = text.unwrap_or_else(|| "serde_json::Value".to_owned());
    if text == "serde_json::Value" {
        return "\npub use serde_json::Value as Failure;\n".to_owned();
    }
    let imports = match text.contains("types::") {
        true => "use crate::types;\n",
        false => "",
    };
    let map = match text.contains(&format!("{}<", api.map.name())) {
        true => format!("use ::{}::{};\n", api.map.module(), api.map.name()),
        false => String::new(),
    };
    let about = "The error body that most operations document.";
    format!("\n{map}{imports}\n/// {about}\npub type Failure = {text};\n")
}

/// A line about the module of a file, below the feature that it needs.
fn gated(file: &SourceFile, before: &str, after: &str) -> String {
    let module = file.name.trim_end_matches(".rs");
    let gate = file
        .feature
        .map(|feature| format!("#[cfg(feature = \"{feature}\")]\n"))
        .unwrap_or_default();
    format!("{gate}{before} {module}{after};\n")
}

/// The files that every crate needs, with all that these need.
const ALWAYS: [&str; 9] = [
    "assembly.rs",
    "call.rs",
    "mock.rs",
    "received.rs",
    "reqwest_transport.rs",
    "secret.rs",
    "settings.rs",
    "tower_transport.rs",
    "undescribed.rs",
];

/// The files that the crate needs, sorted by name.
fn needed(api: &Api) -> Vec<&'static SourceFile> {
    let mut open: Vec<&str> = ALWAYS.to_vec();
    if api.items.iter().any(|item| !item.checks.is_empty()) {
        open.push("validation.rs");
    }
    for item in &api.items {
        match &item.kind {
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) => open.push("open_enum.rs"),
            ItemKind::Newtype(_) => open.push("newtype.rs"),
            ItemKind::Union(union) if union.tag.is_some() => {
                open.push("tagged.rs");
                if union.falls_back(api) {
                    open.push("untagged.rs");
                }
            }
            ItemKind::Union(_) => open.push("untagged.rs"),
            ItemKind::Struct(structure) if structure::is_read(item, structure) => {
                open.push("object.rs");
            }
            ItemKind::Struct(_) | ItemKind::Alias(_) => {}
        }
    }
    if api.wide_integers {
        open.push("exact_json.rs");
    }
    for operation in &api.operations {
        if operation.pagination.is_some() {
            open.push("pagination.rs");
        }
        if operation.idempotency_key.is_some() {
            open.push("random_key.rs");
        }
        open.extend(
            body_contents(operation).filter_map(|content| match content {
                BodyContent::Form(..) => Some("form.rs"),
                BodyContent::Multipart(..) | BodyContent::Parts(_) | BodyContent::PartsUnion(_) => {
                    Some("multipart.rs")
                }
                _ => None,
            }),
        );
        open.extend(contents(operation).filter_map(|content| match content {
            Content::Stream => Some("byte_stream.rs"),
            Content::Events(_) => Some("event_stream.rs"),
            Content::Items(..) => Some("json_stream.rs"),
            Content::Redirect => Some("redirect.rs"),
            _ => None,
        }));
        if operation.output_headers.is_some() || operation.failure_headers.is_some() {
            open.push("header_values.rs");
        }
        let outcomes = [&operation.output, &operation.failure];
        if outcomes.into_iter().any(chooses_media_type) {
            open.push("media_type.rs");
        }
    }
    for scalar in scalars(api) {
        if let Scalar::Formatted(format) = scalar {
            open.push(format.file());
        }
    }
    if api.schemes.iter().any(|scheme| scheme.kind.is_token()) {
        open.push("token.rs");
    }
    if super::environment::is_named(api) {
        open.push("environment.rs");
    }
    if super::server::has_variables(api) {
        open.push("server_url.rs");
    }
    if super::server::inherits(api) {
        open.push("inherited_url.rs");
    }
    let parameters = api.operations.iter().flat_map(|operation| {
        operation
            .path_parameters
            .iter()
            .chain(&operation.parameters)
    });
    if parameters.into_iter().any(super::sending::is_json) {
        open.push("json_text.rs");
    }
    let mut needed: BTreeMap<&str, &SourceFile> = BTreeMap::new();
    while let Some(name) = open.pop() {
        if needed.contains_key(name) {
            continue;
        }
        if let Some(file) = sources::FILES.iter().find(|file| file.name == name) {
            needed.insert(name, file);
            open.extend(file.needs);
        }
    }
    needed.into_values().collect()
}

fn body_contents(operation: &Operation) -> impl Iterator<Item = &BodyContent> {
    let choices = operation.body.iter().flat_map(|body| &body.choices);
    choices.map(|choice| &choice.content)
}

/// What the outcomes of an operation hold.
fn contents(operation: &Operation) -> impl Iterator<Item = &Content> {
    let outcomes = [&operation.output, &operation.failure];
    outcomes.into_iter().flat_map(|outcome| match outcome {
        Outcome::Nothing => Vec::new(),
        Outcome::One(content) => vec![content],
        Outcome::ByStatus(outcome) => outcome
            .variants
            .iter()
            .filter_map(|variant| variant.content.as_ref())
            .collect(),
    })
}

/// Whether an outcome depends on the media type of the response.
fn chooses_media_type(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::ByStatus(outcome) => outcome
            .variants
            .windows(2)
            .any(|two| two[0].status == two[1].status),
        _ => false,
    }
}

/// The dependencies that the crate needs, those of features left out.
pub(super) fn dependencies(api: &Api) -> BTreeSet<String> {
    let mut dependencies: BTreeSet<String> = needed(api)
        .into_iter()
        .filter(|file| file.feature.is_none())
        .flat_map(|file| file.dependencies.iter().map(|name| (*name).to_owned()))
        .collect();
    // The generated types and operations themselves.
    dependencies.extend(["bytes", "http", "serde", "serde_json"].map(str::to_owned));
    if api.map == MapType::IndexMap {
        dependencies.insert("indexmap".to_owned());
    }
    dependencies.extend(api.package.known_dependencies.iter().cloned());
    dependencies
}

fn scalars(api: &Api) -> BTreeSet<Scalar> {
    let mut scalars = BTreeSet::new();
    let mut add = |ty: &Type| {
        ty.scalars(&mut |scalar| {
            scalars.insert(scalar);
        })
    };
    for item in &api.items {
        match &item.kind {
            ItemKind::Struct(structure) => {
                structure.fields.iter().for_each(|field| add(&field.ty));
                structure.additional.iter().for_each(|(_, ty)| add(ty));
            }
            ItemKind::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty)),
            ItemKind::Alias(alias) => add(&alias.ty),
            // What a newtype holds needs no file.
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_) => {}
        }
    }
    for operation in &api.operations {
        let parameters = operation
            .path_parameters
            .iter()
            .chain(&operation.parameters);
        parameters.for_each(|parameter| add(&parameter.ty));
        for content in body_contents(operation) {
            content.types().into_iter().for_each(&mut add);
        }
        contents(operation)
            .filter_map(Content::ty)
            .for_each(&mut add);
        let headers = [&operation.output_headers, &operation.failure_headers];
        let headers = headers
            .into_iter()
            .flatten()
            .flat_map(|headers| &headers.fields);
        headers.for_each(|field| add(&field.ty));
    }
    scalars
}

/// The public names of the runtime's files, by the feature that they need.
pub(super) fn exports(api: &Api) -> BTreeMap<Option<&'static str>, BTreeSet<String>> {
    let mut names: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for file in needed(api) {
        // They are laid out by rustfmt, so that an item begins its line.
        for line in file.text.lines() {
            let Some(item) = line.strip_prefix("pub ") else {
                continue;
            };
            let mut words =
                item.split(|character: char| character != '_' && !character.is_alphanumeric());
            let kind = words.next().unwrap_or_default();
            let names_type = matches!(kind, "struct" | "enum" | "trait" | "type" | "const" | "fn");
            let name = words.next().filter(|_| names_type).map(str::to_owned);
            names.entry(file.feature).or_default().extend(name);
        }
    }
    names.retain(|_, names| !names.is_empty());
    names
}
