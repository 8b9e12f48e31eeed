//! Prism itself, from npm into the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The last version that runs on every node since 18.
pub(super) const VERSION: &str = "5.14.2";

/// Installs Prism where it is not there yet; its program, or why there is none.
pub(crate) fn install(root: &Path) -> Result<PathBuf, String> {
    let folder = root.join("target").join("prism").join(VERSION);
    let program = folder.join("node_modules/.bin/prism");
    // Written last: what was interrupted is done again.
    let done = folder.join("installed");
    if done.is_file() && program.is_file() {
        return Ok(program);
    }
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let npm = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts"])
        .args(["--loglevel", "error", "--fetch-retries", "1"])
        .args(["--fetch-timeout", "30000", "--prefix"])
        .arg(&folder)
        .arg(format!("@stoplight/prism-cli@{VERSION}"))
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output();
    let npm = npm.map_err(|error| format!("npm is not there ({error})"))?;
    if !npm.status.success() {
        let text = String::from_utf8_lossy(&npm.stderr);
        let mut lines = text.lines().filter(|line| !line.contains("warn"));
        let why = lines.next().unwrap_or("it did not say why");
        return Err(format!("npm could not install Prism {VERSION}: {why}"));
    }
    fs::write(&done, "").map_err(|error| format!("{}: {error}", done.display()))?;
    Ok(program)
}
