//! Hand-written files that belong into the crate, copied below a header.

use std::collections::BTreeMap;

use super::{Provenance, header};
use crate::tree::{File, Tree};

/// Adds hand-written files to those of the crate: path in the crate → text.
pub fn attach(attachments: &BTreeMap<String, String>, provenance: &Provenance, tree: &mut Tree) {
    for (path, text) in attachments {
        let text = text.replace("\r\n", "\n");
        let text = text.trim_start_matches('\u{feff}');
        let header = header(provenance, path, "");
        // Not from the document, but from a file beside it.
        let header = header.replace(
            &format!("from {}", provenance.document),
            &format!("from {path}"),
        );
        let file = File {
            contents: format!("{header}{text}"),
            origin: None,
        };
        tree.insert(path.clone(), file);
    }
}
