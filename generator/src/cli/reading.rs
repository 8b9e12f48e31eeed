//! Reads files that may be anything: a path and a limit in, the bytes of a file
//! of usual size out.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The most bytes of a document, an overlay or a file that is copied.
pub(super) const MOST_TEXT: u64 = 256 << 20;

/// The most bytes of a configuration.
pub(super) const MOST_CONFIG: u64 = 16 << 20;

/// What stands for the standard input in place of a path.
const STDIN: &str = "-";

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is a folder, a pipe or a device: what it is.
    NotAFile(&'static str),
    /// It has more bytes than may be read.
    TooLarge,
    /// The system refused.
    Failed(io::Error),
}

/// What may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowed {
    /// Files alone: opening a pipe may wait for ever, and a device may never
    /// end.
    Files,
    /// Pipes and devices too: the user has named them.
    Streams,
}

/// Reads the file at `path`, links followed, if it has no more than `most` bytes.
pub(super) fn read(path: &Path, most: u64, allowed: Allowed) -> Result<Vec<u8>, Unread> {
    if path == Path::new(STDIN) && allowed == Allowed::Streams {
        return limited(io::stdin().lock(), 0, most);
    }
    let found = fs::metadata(path).map_err(Unread::Failed)?;
    if found.is_dir() {
        return Err(Unread::NotAFile("a folder"));
    }
    if !found.is_file() && allowed == Allowed::Files {
        return Err(Unread::NotAFile("a pipe or a device"));
    }
    if found.len() > most {
        return Err(Unread::TooLarge);
    }
    let file = File::open(path).map_err(Unread::Failed)?;
    limited(file, found.len(), most)
}

/// Reads to the end, if that comes before `most` bytes: a file may have grown
/// beyond the `size` that it had, and a stream has none.
fn limited(source: impl Read, size: u64, most: u64) -> Result<Vec<u8>, Unread> {
    // One more, to see that there is no more.
    let mut bytes = Vec::with_capacity(size.min(most) as usize + 1);
    source
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(Unread::Failed)?;
    match bytes.len() as u64 > most {
        true => Err(Unread::TooLarge),
        false => Ok(bytes),
    }
}
