//! The client crate of this repository is what its document asks for.

use std::path::Path;
use std::process::Command;

#[test]
fn the_checked_in_client_has_not_drifted() {
    // From a folder below the repository: the defaults do not depend on it.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("check")
        .current_dir(folder)
        .output()
        .expect("xtask runs");
    let report = String::from_utf8_lossy(&output.stdout);
    let progress = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{report}\n{progress}");
    assert!(
        report.contains("generated-client is up to date"),
        "{report}"
    );
}
