//! Where this repository is.

use std::env;
use std::path::{Path, PathBuf};

/// The folder of the client crate, from the repository.
pub(crate) const CLIENT: &str = "generated-client";

/// The folder of the repository: known to cargo when cargo runs this program,
/// else the nearest one around the current folder.
pub(crate) fn find() -> Option<PathBuf> {
    let known = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let known = known.iter().filter_map(|manifest| manifest.parent());
    let here = env::current_dir().ok();
    let around = here.iter().flat_map(|here| here.ancestors());
    known
        .chain(around)
        .find(|folder| is_repository(folder))
        .map(Path::to_owned)
}

/// The variable may be that of another package whose build or test runs us.
fn is_repository(folder: &Path) -> bool {
    folder.join("xtask/Cargo.toml").is_file() && folder.join("generator/Cargo.toml").is_file()
}
