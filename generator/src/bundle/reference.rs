//! References as texts: a `$ref` and the path of the document it stands in in,
//! the path of a document and a JSON pointer in it out. Paths start from the
//! root and have their parts joined by `/`.

use crate::source::percent_decoded;

/// What a `$ref` says, before anything is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The path of the document; `None` where it is the one it stands in.
    pub(super) path: Option<String>,
    /// What follows the `#`, decoded. A JSON pointer, or the name of an anchor.
    pub(super) fragment: String,
    /// Whether the path was written with backslashes.
    pub(super) backslashes: bool,
}

/// Why a `$ref` is not followed, whatever there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forbidden {
    /// It names a place on the network.
    Network,
    /// It names a file by `file:`.
    FileUri,
    /// It has a scheme that nobody here knows.
    Scheme,
    /// Its path starts from the root of the file system.
    Absolute,
}

impl Target {
    /// Reads a `$ref` in the document at `base`.
    pub(super) fn new(reference: &str, base: &str) -> Result<Self, Forbidden> {
        let reference = reference.trim();
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = percent_decoded(fragment);
        if file.is_empty() {
            return Ok(Self {
                path: None,
                fragment,
                backslashes: false,
            });
        }
        if let Some(forbidden) = forbidden(file) {
            return Err(forbidden);
        }
        let decoded = percent_decoded(file);
        let backslashes = decoded.contains('\\');
        let decoded = decoded.replace('\\', "/");
        match forbidden(&decoded) {
            Some(forbidden) => Err(forbidden),
            None => Ok(Self {
                path: Some(joined(folder(base), &decoded)),
                fragment,
                backslashes,
            }),
        }
    }
}

fn forbidden(file: &str) -> Option<Forbidden> {
    if file.starts_with("//") || file.starts_with("\\\\") {
        return Some(Forbidden::Network);
    }
    if file.starts_with(['/', '\\']) {
        return Some(Forbidden::Absolute);
    }
    let (scheme, _) = file.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|other| other.is_ascii_alphanumeric() || "+-.".contains(other));
    if !is_scheme {
        return None;
    }
    Some(match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "ftp" | "ftps" | "ws" | "wss" | "git" | "ssh" => Forbidden::Network,
        "file" => Forbidden::FileUri,
        // The drive of a Windows path.
        drive if drive.len() == 1 => Forbidden::Absolute,
        _ => Forbidden::Scheme,
    })
}

/// Everything before the last `/`.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` from `folder`, without `.` and with `..` only at its start.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let absolute = folder.starts_with('/');
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if absolute {
        format!("/{joined}")
    } else {
        joined
    }
}

/// How a reference in a document of `folder` names the document at `path`.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let common = from
        .iter()
        .zip(&to)
        .take_while(|(one, other)| one == other)
        .count();
    let up = std::iter::repeat_n("..", from.len() - common);
    let parts: Vec<&str> = up.chain(to[common..].iter().copied()).collect();
    parts.join("/")
}

/// What a reference says before its fragment.
pub(super) fn file_of(reference: &str) -> &str {
    let (file, _) = reference.split_once('#').unwrap_or((reference, ""));
    file
}

/// Whether a reference names a file of data.
pub(super) fn is_data(reference: &str) -> bool {
    let file = file_of(reference).to_ascii_lowercase();
    [".yaml", ".yml", ".json"]
        .iter()
        .any(|ending| file.ends_with(ending))
}

/// Whether a discriminator's mapping names a file, not a component.
pub(super) fn looks_like_a_file(name: &str) -> bool {
    name.contains('#') || file_of(name).contains('/') || is_data(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(reference: &str, base: &str) -> Option<String> {
        Target::new(reference, base).expect("a target").path
    }

    #[test]
    fn paths_start_from_the_document_they_stand_in() {
        let base = "api/spec.yaml";
        for (reference, wanted) in [
            ("Pet.yaml", "api/Pet.yaml"),
            ("./schemas/../Pet.yaml#/a", "api/Pet.yaml"),
            ("../common/x.json", "common/x.json"),
            ("../../x.json", "../x.json"),
            ("a%20b/%C3%BC.yaml", "api/a b/ü.yaml"),
            ("a//b.yaml", "api/a/b.yaml"),
            ("100%.yaml", "api/100%.yaml"),
        ] {
            assert_eq!(
                path(reference, base).as_deref(),
                Some(wanted),
                "{reference}"
            );
        }
        assert_eq!(path("#/a", base), None);
        assert_eq!(path("x.yaml", "spec.yaml").as_deref(), Some("x.yaml"));
    }

    #[test]
    fn fragments_are_decoded() {
        let target = Target::new("x.yaml#/a%7Eb/c~1d%20e", "").expect("a target");
        assert_eq!(target.fragment, "/a~b/c~1d e");
    }

    #[test]
    fn some_references_are_never_followed() {
        for (reference, wanted) in [
            ("http://example.com/x.yaml", Forbidden::Network),
            ("HTTPS://example.com#/x", Forbidden::Network),
            ("//example.com/x", Forbidden::Network),
            ("%2F%2Fexample.com/x", Forbidden::Network),
            ("file:///etc/passwd", Forbidden::FileUri),
            ("urn:example:x", Forbidden::Scheme),
            ("/etc/passwd", Forbidden::Absolute),
            ("%2Fetc/passwd", Forbidden::Absolute),
            ("\\etc\\passwd", Forbidden::Absolute),
            ("C:\\x.yaml", Forbidden::Absolute),
        ] {
            assert_eq!(
                Target::new(reference, "spec.yaml"),
                Err(wanted),
                "{reference}"
            );
        }
    }

    #[test]
    fn a_document_is_named_from_the_folder_of_another() {
        assert_eq!(relative("", "a/b.yaml"), "a/b.yaml");
        assert_eq!(relative("a", "a/b.yaml"), "b.yaml");
        assert_eq!(relative("a/c", "a/b.yaml"), "../b.yaml");
        assert_eq!(relative("a/c", "d/b.yaml"), "../../d/b.yaml");
    }
}
