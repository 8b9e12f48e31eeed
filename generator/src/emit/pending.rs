//! Rust files that are still to be made: what makes each of them in, their texts
//! out, made on all the cores there are. Making tokens and laying them out is
//! most of the generator's work.

use super::{Provenance, header};
use crate::format::{self, RustFile};
use crate::source::Origin;
use crate::threads::each;

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
    each(files, |file| {
        let header = header(provenance, &file.path, &file.pointer);
        let text = (file.make)().map(|file| format::rust(&file, &header));
        text.transpose()
    })
}
