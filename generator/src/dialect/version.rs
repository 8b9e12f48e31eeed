//! Which dialect a document is written in: the tree in, the [`Version`] that it
//! says it has out.

use super::scalar;
use crate::diagnostic::{Code, Report};
use crate::source::{Node, Source, Value};

/// The key of the upgraded tree for the version that the document was written
/// in, where that is not 3.0.
pub(crate) const WRITTEN_AS: &str = "x-driftless-version";

/// The dialects that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// Swagger 2.0.
    V2,
    /// OpenAPI 3.0.
    V3_0,
    /// OpenAPI 3.1.
    V3_1,
    /// OpenAPI 3.2.
    V3_2,
}

impl Version {
    /// The specification with its version.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::V2 => "Swagger 2.0",
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        }
    }

    /// As messages name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V2 => "2.0",
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }
}

/// The version that the document says it has; `None` where it is none that is
/// read, which is reported.
pub(super) fn of(root: &Node, source: &Source, report: &mut Report) -> Option<Version> {
    const HELP: &str = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are supported: convert the \
                        document, or correct the version if it is wrong";
    let Some(object) = root.as_object() else {
        // A text that could not be read has been reported.
        if root.value != Value::Null {
            report.error(
                Code::WrongType,
                root.origin,
                format!("the document is {}, not an object", root.kind()),
            );
        }
        return None;
    };
    let (name, node) = match (object.get("openapi"), object.get("swagger")) {
        (Some(node), _) => ("OpenAPI", node),
        (None, Some(node)) => ("Swagger", node),
        (None, None) => {
            report
                .error(
                    Code::UnsupportedVersion,
                    root.origin,
                    "the document does not say that it is OpenAPI: it has no key `openapi`",
                )
                .help("begin it with `openapi: 3.0.3`");
            return None;
        }
    };
    let written = scalar::text(node, source).unwrap_or_else(|| node.kind().to_owned());
    let version = match (name, minor(&written)) {
        ("OpenAPI", Some("3.0")) => Version::V3_0,
        ("OpenAPI", Some("3.1")) => Version::V3_1,
        ("OpenAPI", Some("3.2")) => Version::V3_2,
        ("Swagger", Some("2.0")) => Version::V2,
        ("Swagger", _) if written.trim() == "2" => Version::V2,
        _ => {
            report
                .error(
                    Code::UnsupportedVersion,
                    node.origin,
                    format!("{name} {written} is not supported"),
                )
                .help(HELP);
            return None;
        }
    };
    Some(version)
}

/// Keeps the version in the tree, which says from now on that it is OpenAPI 3.0:
/// the rules for parts of bodies differ, and cannot be said in 3.0.
pub(super) fn mark(root: &mut Node, version: Version) {
    let origin = root.origin;
    if let (Value::Object(entries), true) = (&mut root.value, version != Version::V3_0) {
        let name = Value::String(version.name().to_owned());
        entries.insert(WRITTEN_AS, Node::new(origin, name));
    }
}

/// The first two numbers of a version: `3.0` of `3.0`, `3.0.3` and
/// `3.0.0-rc2`.
fn minor(version: &str) -> Option<&str> {
    let version = version.trim();
    let minor = version.get(..3)?;
    let rest = version.get(3..)?;
    let patch = rest.split('-').next().unwrap_or_default();
    let fits = match patch.strip_prefix('.') {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => patch.is_empty(),
    };
    fits.then_some(minor)
}
