//! Rust files that are still to be made: what makes each of them in, their texts
//! out, made on all the cores there are. Making tokens and laying them out is
//! most of the generator's work.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Provenance, header};
use crate::format::{self, RustFile};
use crate::source::{self, Origin};

/// A Rust file that is still to be made.
pub(super) struct Pending<'a> {
    pub(super) path: String,
    pub(super) origin: Option<Origin>,
    pub(super) pointer: String,
    /// Makes it, on any thread: tokens cannot move between threads.
    pub(super) make: Box<dyn Fn() -> Option<RustFile> + Send + Sync + 'a>,
}

/// The texts of the files, in their order whatever was made first; `None` for a
/// file that there is not.
pub(super) fn texts(
    files: &[Pending<'_>],
    provenance: &Provenance,
) -> Vec<Result<Option<String>, String>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(index) else {
                return made;
            };
            let header = header(provenance, &file.path, &file.pointer);
            let text = (file.make)().map(|file| format::rust(&file, header));
            let text = text.transpose();
            made.push((index, text));
        }
    };
    let mut made: Vec<_> = source::all(work).into_iter().flatten().collect();
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, text)| text).collect()
}
