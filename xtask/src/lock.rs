//! Keeping `Cargo.lock` right. Whenever cargo runs while the client crate is
//! away, it drops the crate's entry; once the crate is back, so must the entry
//! be, or `generate` would leave a change that nobody made.

use std::path::Path;

use driftless::cli::{Defaults, Terminal};

use crate::{cargo, repository};

/// Lets cargo write the entries of the workspace's own packages, if the crate
/// that was generated is one of them. No other version changes.
pub(crate) fn renew(defaults: &Defaults<'_>, out: &Path, terminal: &Terminal) {
    let Some(root) = &defaults.root else { return };
    if out != root.join(repository::CLIENT) {
        return;
    }
    // The versions are those of packages that are already in the lock file, so
    // the registry has nothing to add, unless the versions in `spec` changed.
    let attempts: [&[&str]; 2] = [
        &["update", "--workspace", "--quiet", "--offline"],
        &["update", "--workspace", "--quiet"],
    ];
    let mut problem = String::new();
    for arguments in attempts {
        match cargo::command(root).args(arguments).output() {
            Ok(output) if output.status.success() => return,
            Ok(output) => problem = String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => problem = error.to_string(),
        }
    }
    terminal.warning(format_args!(
        "could not renew Cargo.lock; `cargo update --workspace` says:\n{}",
        problem.trim_end()
    ));
}
