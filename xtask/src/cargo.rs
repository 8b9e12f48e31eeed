//! Running cargo from a program that cargo runs.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// The same cargo that runs this program, in the given folder.
pub(crate) fn command(folder: &Path) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.current_dir(folder);
    clean(&mut command);
    command
}

/// Takes away what `cargo run` tells this program about its own package. Build
/// scripts look at these variables: with them, a plain `cargo build` and one
/// from here would each build such packages (ring is one) anew.
pub(crate) fn clean(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let told = |name: &str| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name.starts_with("CARGO_BIN_")
                || matches!(
                    name,
                    "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR"
                )
        };
        if name.to_str().is_some_and(told) {
            command.env_remove(name);
        }
    }
}
