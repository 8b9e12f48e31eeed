//! The document's dialect: a tree as its author wrote it in, a tree that OpenAPI
//! 3.0 allows in every key and type out. What could be mended is a warning,
//! what could not an error, both where it was written.
//!
//! After this stage parsing cannot fail: types are checked here, where the
//! places are known.

mod check;
mod definitions;
mod mend;
mod near_miss;
mod parameter;
mod path;
mod reference;
mod scalar;
mod schema;
mod security;
mod shared;
mod structure;
mod v2;
mod v3_1;
mod v3_2;
mod value;
mod version;

use reference::References;
pub(crate) use v3_1::CONTENT_TYPE;
use version::Version;
pub(crate) use version::WRITTEN_AS;

#[cfg(test)]
mod tests;

use crate::diagnostic::Report;
use crate::source::{Node, Origin, Source, Value};

/// Brings the entry document into the form of OpenAPI 3.0. `false` when it is
/// in no dialect that is read; otherwise its tree fits, whatever was reported
/// on the way.
pub fn upgrade(source: &mut Source, report: &mut Report) -> bool {
    let Some(document) = source.documents.first_mut() else {
        return false;
    };
    let nothing = Node::new(Origin::default(), Value::Null);
    let mut root = std::mem::replace(&mut document.root, nothing);
    let version = version::of(&root, source, report);
    if let Some(version) = version {
        let missing = if version == Version::V2 {
            let references = References::direct(&mut root, version, report);
            v2::upgrade(&mut root, report);
            references.follow_moved(&mut root);
            references.missing
        } else {
            definitions::hoist(&mut root, source, report);
            References::direct(&mut root, version, report).missing
        };
        check::check(&mut root, version, missing, source, report);
        version::mark(&mut root, version);
    }
    if let Some(document) = source.documents.first_mut() {
        document.root = root;
    }
    version.is_some()
}
