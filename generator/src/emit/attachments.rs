//! Hand-written files that belong into the crate, copied below a header.

use std::collections::BTreeMap;

use super::{Files, header};

pub(super) fn emit(attachments: &BTreeMap<String, String>, files: &mut Files<'_>) {
    for (path, text) in attachments {
        let text = text.replace("\r\n", "\n");
        let text = text.trim_start_matches('\u{feff}');
        let header = header(files.provenance, path, "");
        // Not from the document, but from a file beside it.
        let header = header.replace(
            &format!("from {}", files.provenance.document),
            &format!("from {path}"),
        );
        files.whole(path, None, format!("{header}{text}"));
    }
}
