//! What only this repository's own program does.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "clippy does not see that this is a part of tests"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn repository() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map(Path::to_owned).unwrap_or_default()
}

/// Runs `cargo xtask` as cargo runs it in the repository at `root`.
fn xtask(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(root)
        .env("CARGO_MANIFEST_DIR", root.join("xtask"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}

#[test]
fn generating_the_client_anew_brings_the_lock_file_back() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    // All that cargo has to know of this repository.
    for path in [
        "Cargo.toml",
        "Cargo.lock",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "spec",
        "xtask/Cargo.toml",
        "generator/Cargo.toml",
        "generator/runtime/Cargo.toml",
    ] {
        copy(&repository().join(path), &root.join(path));
    }
    for package in ["xtask", "generator", "generator/runtime"] {
        fs::create_dir_all(root.join(package).join("src")).unwrap();
        fs::write(root.join(package).join("src/lib.rs"), "").unwrap();
        fs::write(root.join(package).join("src/main.rs"), "fn main() {}").unwrap();
    }
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"stytch-sso\""));
    // The client is away, so cargo drops its entry.
    let update = Command::new(env!("CARGO"))
        .args(["update", "--workspace", "--offline"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(update.status.success(), "{}", text(&update.stderr));
    let without = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    assert!(!without.contains("name = \"stytch-sso\""));

    let ran = xtask(root, &["generate"]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let after = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    assert_eq!(after, lock, "{}", text(&ran.stderr));

    // A client elsewhere is not the workspace's.
    fs::write(root.join("Cargo.lock"), &without).unwrap();
    let ran = xtask(root, &["generate", "--out", "elsewhere"]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let after = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    assert_eq!(after, without);
}

#[test]
fn a_client_is_never_put_over_the_repository() {
    let root = repository();
    for out in [".", "xtask/..", "generated-client/.."] {
        // The same judgement as for `generate`, and nothing to lose.
        let ran = xtask(&root, &["check", "--out", out]);
        assert_eq!(ran.status.code(), Some(2), "{out}");
        let progress = text(&ran.stderr);
        assert!(
            progress.contains("holds the repository"),
            "{out}: {progress}"
        );
    }
}

#[test]
fn its_own_commands_are_listed_with_the_others() {
    let ran = xtask(&repository(), &["--help"]);
    let help = text(&ran.stdout);
    assert!(help.contains("Usage: cargo xtask"), "{help}");
    for command in ["generate", "check", "mock", "surface", "explain", "ci"] {
        let listed = help
            .lines()
            .any(|line| line.trim_start().starts_with(&format!("{command} ")));
        assert!(listed, "{command}: {help}");
    }
}

#[test]
fn without_npm_prism_says_so() {
    let folder = TempDir::new().unwrap();
    for path in ["spec", "generator/Cargo.toml", "xtask/Cargo.toml"] {
        copy(&repository().join(path), &folder.path().join(path));
    }
    let ran = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("prism")
        .current_dir(folder.path())
        .env("CARGO_MANIFEST_DIR", folder.path().join("xtask"))
        // Nothing is there.
        .env("PATH", folder.path())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let said = text(&ran.stderr);
    assert!(said.contains("npm is not there"), "{said}");
}
