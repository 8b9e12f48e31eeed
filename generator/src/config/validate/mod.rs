//! Checks the values of `client.toml` that end in the manifest of the crate:
//! what the crate is called, what it says of itself and what it depends on.
//! Every problem is an error with the code `configuration`; what is only nearly
//! something else is a warning.

mod dependency;
mod metadata;
mod name;
mod near_miss;
#[cfg(test)]
mod tests;

use std::fmt;

use super::Config;
use crate::diagnostic::{Code, Report};

/// Reports what cargo would refuse, or what would replace a part of the client.
/// `name` is the crate's name where the caller decides it.
pub(crate) fn validate(config: &Config, name: Option<&str>, report: &mut Report) {
    let mut problems = Vec::new();
    problems.extend(match (name, &config.package.name) {
        (Some(name), _) => name::crate_problem(Key::flag("--name"), name, config),
        (None, Some(name)) => name::crate_problem(Key::of("package", "name"), name, config),
        (None, None) => None,
    });
    metadata::problems(&config.package, &mut problems);
    dependency::problems(config, &mut problems);
    for Problem { key, what, help } in problems {
        let message = format!("`{key}` {what}");
        let problem = match key.table {
            "" => report.error_without_place(Code::Configuration, message),
            table => config.error(report, &[table, &key.name], message),
        };
        problem.help(help);
    }
    near_miss::report(config, report);
}

/// Whether a text can be the name of a package.
pub(crate) fn is_package_name(name: &str) -> bool {
    name::package_problem(name).is_none()
}

/// Where a value is given. Shown as people name it: `[package] name`.
#[derive(Clone, Debug)]
struct Key {
    /// The table of `client.toml`; empty for an argument of the command line.
    table: &'static str,
    name: String,
}

impl Key {
    fn of(table: &'static str, name: &str) -> Self {
        let name = name.to_owned();
        Self { table, name }
    }

    fn flag(name: &str) -> Self {
        Self::of("", name)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.table {
            "" => formatter.write_str(&self.name),
            table => write!(formatter, "[{table}] {}", self.name),
        }
    }
}

/// A value that cannot be used.
#[derive(Debug)]
struct Problem {
    key: Key,
    /// What is wrong with its value, as the rest of a sentence.
    what: String,
    help: String,
}

impl Problem {
    fn new(key: Key, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            key,
            what: what.into(),
            help: help.into(),
        }
    }
}
