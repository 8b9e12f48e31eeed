//! Replacements: the Rust types that `x-rust-type` and `[types]` name in, which
//! schema stands for which type out, with the packages that those come from.

use std::collections::HashMap;
use std::fmt;

use semver::VersionReq;

use super::{Lowerer, type_path};
use crate::config::is_package_name;
use crate::diagnostic::Code;
use crate::graph::SchemaId;
use crate::source::{Node, Origin, Value};

/// The packages that every client has, or gets where it names them.
const AT_HAND: [&str; 5] = ["bytes", "http", "jiff", "serde_json", "uuid"];

/// What is no package, but can begin a path.
const STANDARD: [&str; 2] = ["std", "core"];

/// Where a type is named.
pub(super) enum Key<'a> {
    /// In the configuration, at this path.
    Configuration(&'a [&'a str]),
    /// In an `x-rust-type` of the document, perhaps with the name and version of
    /// its package. A document adds no dependency: they are a suggestion for
    /// people.
    Document {
        origin: Origin,
        package: Option<(&'a str, &'a str)>,
    },
}

impl Key<'_> {
    /// What to do where no dependency is called `root`.
    fn help(&self, root: &str) -> String {
        let (package, version) = match self {
            Self::Document {
                package: Some((package, version)),
                ..
            } if package.replace('-', "_") == root => (*package, *version),
            _ => (&*root.replace('_', "-"), "1"),
        };
        format!(
            "write the package under `[dependencies]` of client.toml, if you trust it: \
             `{package} = \"{version}\"`"
        )
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration([table, key, ..]) => write!(formatter, "`[{table}]` `{key}`"),
            Self::Configuration(_) => formatter.write_str("the configuration"),
            Self::Document { .. } => formatter.write_str("`x-rust-type`"),
        }
    }
}

impl Lowerer<'_> {
    /// Finds the schemas that another type stands for. The configuration wins
    /// over the document.
    pub(super) fn replacements(&mut self) {
        let graph = self.graph;
        let mut unmet: HashMap<&str, &String> = HashMap::new();
        for (pointer, path) in &self.config.types {
            if self.usable_type(path, &Key::Configuration(&["types", pointer])) {
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
            let message =
                format!("`[types]` names `{pointer}`, which is no schema of the document");
            let help = self.pointer_help(pointer);
            self.config
                .error(self.report, &["types", pointer], message)
                .help(help);
        }
    }

    /// The type that an `x-rust-type` names: a path, or an object with the path
    /// and the crate that it is from.
    fn written_type(&mut self, written: &Node) -> Option<String> {
        if let Value::String(path) = &written.value {
            let key = Key::Document {
                origin: written.origin,
                package: None,
            };
            return self.usable_type(path, &key).then(|| path.clone());
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
        let named = text("crate").zip(text("version"));
        let key = Key::Document {
            origin: written.origin,
            package: named.filter(|(package, version)| {
                is_package_name(package) && VersionReq::parse(version).is_ok()
            }),
        };
        self.usable_type(path, &key).then(|| path.to_owned())
    }

    /// Whether `path` is a type that the crate can name; reports where it is
    /// not.
    pub(super) fn usable_type(&mut self, path: &str, key: &Key<'_>) -> bool {
        let parsed = type_path::parse(path).filter(|_| path.contains("::"));
        let Some(parsed) = parsed else {
            let message = format!("{key} is `{path}`, which is no path of a type");
            let help = "write the path from the crate on, with nothing but types in it: \
                        `my_crate::Type<String>`";
            self.refuse_type(key, message, help.to_owned());
            return false;
        };
        let unknown = type_path::roots(&parsed)
            .into_iter()
            .find(|root| !self.is_at_hand(root));
        let Some(unknown) = unknown else {
            return true;
        };
        let message = format!("{key} is `{path}`, and no dependency is called `{unknown}`");
        self.refuse_type(key, message, key.help(&unknown));
        false
    }

    /// A type of the document has no effect; one of the configuration is an
    /// error.
    fn refuse_type(&mut self, key: &Key<'_>, message: String, help: String) {
        let diagnostic = match key {
            Key::Document { origin, .. } => {
                let message = format!("{message}, so it has no effect");
                self.report.warn(Code::NoEffect, *origin, message)
            }
            Key::Configuration(path) => self.config.error(self.report, path, message),
        };
        diagnostic.help(help);
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
