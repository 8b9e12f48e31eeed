//! The document's dialect: a tree as its author wrote it in, a tree that OpenAPI
//! 3.0 allows in every key and type out. What could be mended is a warning,
//! what could not an error, both where it was written.
//!
//! After this stage parsing cannot fail: types are checked here, where the
//! places are known.

mod check;
mod mend;
mod parameter;
mod scalar;
mod schema;
mod security;
mod structure;
mod value;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Code, Report};
use crate::source::{Node, Origin, Source, Value};

/// Checks and mends the entry document. `false` when it is no OpenAPI 3.0 at
/// all; otherwise its tree fits, whatever was reported on the way.
pub fn upgrade(source: &mut Source, report: &mut Report) -> bool {
    let Some(document) = source.documents.first_mut() else {
        return false;
    };
    let nothing = Node::new(Origin::default(), Value::Null);
    let mut root = std::mem::replace(&mut document.root, nothing);
    let supported = is_supported(&root, source, report);
    if supported {
        check::check(&mut root, source, report);
    }
    if let Some(document) = source.documents.first_mut() {
        document.root = root;
    }
    supported
}

/// Whether the document says that it is OpenAPI 3.0.
fn is_supported(root: &Node, source: &Source, report: &mut Report) -> bool {
    const HELP: &str = "OpenAPI 3.0 is supported: convert the document, or correct the version \
                        if it is wrong";
    let Some(object) = root.as_object() else {
        // A text that could not be read has been reported.
        if root.value != Value::Null {
            report.error(
                Code::WrongType,
                root.origin,
                format!("the document is {}, not an object", root.kind()),
            );
        }
        return false;
    };
    let (key, node) = match (object.get("openapi"), object.get("swagger")) {
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
            return false;
        }
    };
    let version = match scalar::text(node, source) {
        Some(version) => version,
        None => node.kind().to_owned(),
    };
    if key == "OpenAPI" && is_3_0(&version) {
        return true;
    }
    report
        .error(
            Code::UnsupportedVersion,
            node.origin,
            format!("{key} {version} is not supported"),
        )
        .help(HELP);
    false
}

/// `3.0`, `3.0.3`, `3.0.0-rc2`.
fn is_3_0(version: &str) -> bool {
    let Some(rest) = version.trim().strip_prefix("3.0") else {
        return false;
    };
    let patch = rest.split('-').next().unwrap_or_default();
    match patch.strip_prefix('.') {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => patch.is_empty(),
    }
}
