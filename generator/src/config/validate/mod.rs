//! Checks the values of `client.toml` that end in the manifest of the crate:
//! what the crate is called, what it says of itself and what it depends on.
//! Every problem is an error with the code `configuration`.

mod dependency;
mod metadata;
mod name;
#[cfg(test)]
mod tests;

use super::Config;
use crate::diagnostic::{Code, Report};

/// Reports what cargo would refuse, or what would replace a part of the client.
/// `name` is the crate's name where the caller decides it.
pub(crate) fn validate(config: &Config, name: Option<&str>, report: &mut Report) {
    let mut problems = Vec::new();
    problems.extend(match (name, &config.package.name) {
        (Some(name), _) => name::crate_problem("--name", name, config),
        (None, Some(name)) => name::crate_problem("[package] name", name, config),
        (None, None) => None,
    });
    metadata::problems(&config.package, &mut problems);
    dependency::problems(config, &mut problems);
    for Problem { key, what, help } in problems {
        report
            .error_without_place(Code::Configuration, format!("`{key}` {what}"))
            .help(help);
    }
}

/// Whether a text can be the name of a package.
pub(crate) fn is_package_name(name: &str) -> bool {
    name::package_problem(name).is_none()
}

/// A value that cannot be used.
#[derive(Debug)]
struct Problem {
    /// The key, as people name it: `[package] name`.
    key: String,
    /// What is wrong with its value, as the rest of a sentence.
    what: String,
    help: String,
}

impl Problem {
    fn new(key: impl Into<String>, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            what: what.into(),
            help: help.into(),
        }
    }
}
