//! Replacements: the Rust types that `x-rust-type` and `[types]` name in, which
//! schema stands for which type out, with the packages that those come from.

use std::collections::HashMap;

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::SchemaId;
use crate::source::{Node, Origin, Value};

/// The packages that every client has, or gets where it names them.
const AT_HAND: [&str; 5] = ["bytes", "http", "jiff", "serde_json", "uuid"];

/// What is no package, but can begin a path.
const STANDARD: [&str; 3] = ["std", "core", "alloc"];

impl Lowerer<'_> {
    /// Finds the schemas that another type stands for. The configuration wins
    /// over the document.
    pub(super) fn replacements(&mut self) {
        let graph = self.graph;
        let mut unmet: HashMap<&str, &String> = HashMap::new();
        for (pointer, path) in &self.config.types {
            if self.usable_type(path, &format!("`[types]` `{pointer}`"), None) {
                unmet.insert(pointer, path);
            }
        }
        let configured = unmet.clone();
        for (index, schema) in graph.schemas.iter().enumerate() {
            let id = SchemaId(index as u32);
            if !configured.is_empty() {
                let pointer = self.pointer(schema.origin);
                if let Some(path) = configured.get(pointer.as_str()) {
                    unmet.remove(pointer.as_str());
                    self.foreign.insert(id, (*path).clone());
                    continue;
                }
            }
            if let Some(written) = &schema.rust_type
                && let Some(path) = self.written_type(written)
            {
                self.foreign.insert(id, path);
            }
        }
        let mut unmet: Vec<&str> = unmet.into_keys().collect();
        unmet.sort_unstable();
        for pointer in unmet {
            self.report
                .error_without_place(
                    Code::Configuration,
                    format!("`[types]` names `{pointer}`, which is no schema of the document"),
                )
                .help("remove the line, or correct the pointer: `#/components/schemas/…`");
        }
    }

    /// The type that an `x-rust-type` names: a path, or an object with the path
    /// and the crate that it is from.
    fn written_type(&mut self, written: &Node) -> Option<String> {
        if let Value::String(path) = &written.value {
            return self
                .usable_type(path, "`x-rust-type`", Some(written.origin))
                .then(|| path.clone());
        }
        let text = |key: &str| written.get(key).and_then(Node::as_str);
        let Some(path) = text("path") else {
            self.report
                .warn(
                    Code::NoEffect,
                    written.origin,
                    "`x-rust-type` has no `path`, so it has no effect",
                )
                .help("write the path of a type: `my_crate::Type`");
            return None;
        };
        if let Some(parameters) = written.get("parameters") {
            self.report
                .warn(
                    Code::NoEffect,
                    parameters.origin,
                    "`parameters` of `x-rust-type` has no effect",
                )
                .help("write them into the path: `my_crate::Type<String>`");
        }
        if let (Some(package), Some(version)) = (text("crate"), text("version")) {
            self.api
                .package
                .dependencies
                .entry(package.to_owned())
                .or_insert_with(|| toml::Value::String(version.to_owned()));
        }
        self.usable_type(path, "`x-rust-type`", Some(written.origin))
            .then(|| path.to_owned())
    }

    /// Whether `path` is a type that the crate can name; reports where it is
    /// not. Without an origin, the configuration is wrong, and that is an error.
    pub(super) fn usable_type(&mut self, path: &str, key: &str, origin: Option<Origin>) -> bool {
        let parsed = syn::parse_str::<syn::TypePath>(path)
            .ok()
            .filter(|parsed| parsed.qself.is_none() && path.contains("::"));
        let problem = match parsed {
            None => Some((
                format!("{key} is `{path}`, which is no path of a type"),
                "write the path from the crate on: `my_crate::Type`".to_owned(),
            )),
            Some(parsed) => parsed
                .path
                .segments
                .first()
                .map(|segment| segment.ident.to_string())
                .filter(|package| !self.is_at_hand(package))
                .map(|package| {
                    let help = format!(
                        "write the package under `[dependencies]` of client.toml: `{} = \"1\"`",
                        package.replace('_', "-")
                    );
                    (
                        format!("{key} is `{path}`, and no dependency is called `{package}`"),
                        help,
                    )
                }),
        };
        let Some((message, help)) = problem else {
            return true;
        };
        match origin {
            Some(origin) => self
                .report
                .warn(
                    Code::NoEffect,
                    origin,
                    format!("{message}, so it has no effect"),
                )
                .help(help),
            None => self
                .report
                .error_without_place(Code::Configuration, message)
                .help(help),
        };
        false
    }

    fn is_at_hand(&mut self, package: &str) -> bool {
        let same = |name: &str| name.replace('-', "_") == package;
        let dependencies = &mut self.api.package.dependencies;
        if STANDARD.contains(&package) || dependencies.keys().any(|name| same(name)) {
            return true;
        }
        let at_hand = AT_HAND.iter().find(|name| same(name));
        if let Some(name) = at_hand {
            // The version that the runtime has.
            self.api
                .package
                .known_dependencies
                .insert((*name).to_owned());
        }
        at_hand.is_some()
    }
}
