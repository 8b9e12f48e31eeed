//! Checks the names of packages and of the crate.

use super::dependency::runtime_dependencies;
use super::{Key, Problem};
use crate::config::Config;
use crate::name::is_keyword;

/// The longest name that crates.io accepts.
const MAX_LEN: usize = 64;

/// Crates that the compiler brings along.
const OF_THE_COMPILER: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// Names that no file can have on Windows, where cargo calls files after crates.
const WINDOWS_DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

const HELP: &str = "a name is up to 64 ASCII letters, digits, `-` and `_`, and starts with a \
                    letter: `petstore-client`";

/// Returns why the crate cannot be called `name`, which `key` says.
pub(super) fn crate_problem(key: Key, name: &str, config: &Config) -> Option<Problem> {
    let what = format!("is `{name}`");
    if let Some(why) = identifier_problem(name) {
        return Some(Problem::new(key, format!("{what}, {why}"), HELP));
    }
    let same = |other: &str| identifier(other) == identifier(name);
    let runtime = runtime_dependencies();
    let depends_on = runtime
        .keys()
        .chain(config.dependencies.keys())
        .chain(config.dev_dependencies.keys());
    depends_on.into_iter().any(|other| same(other)).then(|| {
        let what = format!("{what}, which is the name of a package that the client depends on");
        Problem::new(key, what, format!("add a word to it: `{name}-client`"))
    })
}

/// Returns why `name` cannot be the name of a package (`PackageName` of cargo,
/// and the limits of crates.io).
pub(super) fn package_problem(name: &str) -> Option<&'static str> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let starts_well = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    if name.is_empty() {
        Some("which is empty")
    } else if name.len() > MAX_LEN {
        Some("which has more than 64 characters")
    } else if !name.bytes().all(is_allowed) {
        Some("which has a character that no name of a package can have")
    } else if !name.as_bytes().first().is_some_and(starts_well) {
        Some("which does not start with a letter")
    } else {
        None
    }
}

/// Returns why Rust code cannot use a package by this name.
pub(super) fn identifier_problem(name: &str) -> Option<&'static str> {
    let identifier = identifier(name);
    let device = identifier.to_ascii_lowercase();
    let is_port = |prefix| {
        let number = device.strip_prefix(prefix);
        number.is_some_and(|number: &str| number.len() == 1 && number != "0")
            && device.ends_with(|last: char| last.is_ascii_digit())
    };
    if let Some(why) = package_problem(name) {
        Some(why)
    } else if is_keyword(&identifier) {
        Some("which is a keyword of Rust")
    } else if OF_THE_COMPILER.contains(&identifier.as_str()) {
        Some("which is a crate of the compiler")
    } else if WINDOWS_DEVICES.contains(&device.as_str()) || is_port("com") || is_port("lpt") {
        Some("which no file can be called on Windows")
    } else {
        None
    }
}

/// The name as Rust code writes it.
pub(super) fn identifier(name: &str) -> String {
    name.replace('-', "_")
}
