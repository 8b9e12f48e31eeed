//! Judges the paths of a client crate: each has to be a file on every file
//! system, and none may be that of another.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use unicode_normalization::UnicodeNormalization;

use super::MANIFEST;
use crate::diagnostic::visible;

#[cfg(test)]
mod tests;

/// The longest name of a file or folder, in bytes.
const LONGEST_NAME: usize = 255;

/// The longest path in a crate, in bytes.
const LONGEST_PATH: usize = 1024;

/// How the names begin of the files that commands keep for themselves.
const OWN: &str = ".driftless";

/// What is wrong with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathProblem {
    /// The path in the crate.
    pub(crate) path: String,
    /// What is wrong, naming the path.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: &'static str,
}

/// What is wrong with the paths of a crate: of files that are `generated`, and
/// of those that are `attached` under `[files]`.
pub(crate) fn path_problems<'a>(
    generated: impl IntoIterator<Item = &'a str>,
    attached: impl IntoIterator<Item = &'a str>,
) -> Vec<PathProblem> {
    let mut paths = Paths::default();
    for path in generated {
        match fault(path).filter(|_| path != MANIFEST) {
            Some(fault) => paths.problems.push(PathProblem {
                path: path.to_owned(),
                message: format!("`{}` {fault}", visible(path)),
                help: PIN,
            }),
            None => paths.add(path, false),
        }
    }
    for path in attached {
        match fault(path) {
            Some(fault) => paths.problems.push(PathProblem {
                path: path.to_owned(),
                message: format!("`{}` under `[files]` {fault}", visible(path)),
                help: RENAME,
            }),
            None => paths.add(path, true),
        }
    }
    paths.problems
}

const PIN: &str = "give what it is made from another name under `[pins]` in `client.toml`";
const RENAME: &str = "choose another path in the crate, on the left of the `=` in `client.toml`";

/// What a file system that ignores case and the composition of characters knows
/// a path by, the path as it is spelled, and whether it is a folder.
#[derive(Default)]
struct Paths<'a> {
    known: HashMap<String, (&'a str, bool)>,
    problems: Vec<PathProblem>,
}

impl<'a> Paths<'a> {
    fn add(&mut self, path: &'a str, is_attached: bool) {
        let ends = path.match_indices('/').map(|(at, _)| (at, true));
        for (end, is_folder) in ends.chain([(path.len(), false)]) {
            let spelled = &path[..end];
            let clash = match self.known.entry(folded(spelled)) {
                Entry::Vacant(place) => {
                    place.insert((spelled, is_folder));
                    continue;
                }
                Entry::Occupied(other) => *other.get(),
            };
            if let Some(clash) = self::clash(path, (spelled, is_folder), clash) {
                let (under, help) = match is_attached {
                    true => (" under `[files]`", RENAME),
                    false => ("", PIN),
                };
                self.problems.push(PathProblem {
                    path: path.to_owned(),
                    message: format!("`{}`{under} {clash}", visible(path)),
                    help,
                });
                return;
            }
        }
    }
}

/// Why a path cannot stand beside another, of which a part is the same to some
/// file systems.
fn clash(path: &str, part: (&str, bool), other: (&str, bool)) -> Option<String> {
    let (spelled, is_folder) = part;
    let (other, other_is_folder) = other;
    let shown = visible(other);
    match (is_folder, other_is_folder) {
        (true, true) if spelled == other => None,
        (false, false) if spelled == other => {
            Some("is the path of a file that is generated".to_owned())
        }
        (true, true) | (false, false) => Some(format!(
            "differs from `{shown}` only in case or in how characters are composed, which some \
             file systems ignore"
        )),
        (true, false) => Some(format!("needs a folder where `{shown}` is a file")),
        (false, true) => Some(match spelled == path {
            true => format!("would be a file where `{shown}` is a folder"),
            false => format!("clashes with the folder `{shown}`"),
        }),
    }
}

/// What is wrong with a path by itself.
fn fault(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some("is empty".to_owned());
    }
    if path.len() > LONGEST_PATH {
        return Some(format!("is longer than {LONGEST_PATH} bytes"));
    }
    if path.starts_with('#') {
        return Some("begins with `#`, as comments do".to_owned());
    }
    let top = folded(path.split('/').next().unwrap_or_default());
    if top == "target" || top == "cargo.lock" {
        return Some("is where cargo writes".to_owned());
    }
    path.split('/').find_map(name_fault)
}

/// What is wrong with the name of a file or folder.
fn name_fault(name: &str) -> Option<String> {
    let fault = match name {
        "" | "." | ".." => "has a part that is empty, `.` or `..`",
        _ if name.len() > LONGEST_NAME => {
            return Some(format!("has a name of more than {LONGEST_NAME} bytes"));
        }
        _ if name.contains(|one: char| "\\:*?\"<>|".contains(one)) => {
            "has a character that Windows does not allow: one of `\\ : * ? \" < > |`"
        }
        _ if visible(name) != name => "has a character that cannot be seen",
        _ if name.starts_with(char::is_whitespace) || name.ends_with(char::is_whitespace) => {
            "has a name that begins or ends with a blank"
        }
        _ if name.ends_with('.') => "has a name that ends with a dot",
        _ if is_device(name) => "has the name of a device on Windows",
        _ => return tool_fault(&folded(name)).map(str::to_owned),
    };
    Some(fault.to_owned())
}

/// Whether a name means a device on Windows, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_ascii_lowercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix);
        number.is_some_and(|number| {
            let mut digits = number.chars();
            matches!(
                (digits.next(), digits.next()),
                (Some('0'..='9' | '¹' | '²' | '³'), None)
            )
        })
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

/// Why a name is left to git, to cargo or to this program.
fn tool_fault(name: &str) -> Option<&'static str> {
    match name {
        ".git" | "git~1" => Some("leads into a folder of git"),
        ".cargo" | "rust-toolchain" | "rust-toolchain.toml" => {
            Some("decides how cargo works in the folder, which is up to whoever runs it")
        }
        _ if name.starts_with(OWN) => Some("has a name that this program keeps for itself"),
        _ => None,
    }
}

/// The path as file systems see it that ignore case and composition.
fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let composed: String = path.nfc().collect();
    // Upper case first: it makes `ß` equal to `ss`, and both lower-case sigmas equal.
    composed.to_uppercase().to_lowercase().nfc().collect()
}
