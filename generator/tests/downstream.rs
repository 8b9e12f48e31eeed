//! Crates that depend on the client of this repository, as others would: they
//! see its public items only, and no other crate of the workspace. What they
//! depend on with it is counted.

#![allow(
    clippy::expect_used,
    reason = "clippy does not see that these are tests"
)]

mod documents;
mod workspace;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use documents::{folder_of, read};
use workspace::Workspace;

fn client() -> PathBuf {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client");
    client.canonicalize().expect("the client")
}

#[test]
fn crates_can_depend_on_the_client_with_any_features() {
    let folder = folder_of("../downstream");
    let client = client().display().to_string().replace('\\', "/");
    let mut workspace = Workspace::new("downstream");
    let crates = ["asynchronous", "blocking", "mocked", "own-transport"];
    for name in crates {
        let file = |path: &str| {
            let text = read(&folder.join(name).join(path));
            (path.to_owned(), text.replace("{client}", &client))
        };
        workspace.add(name, &[file("Cargo.toml"), file("src/lib.rs")]);
    }
    // One after the other: together they would have each other's features.
    for name in crates {
        workspace.test_alone(name);
    }
}

/// The packages that the client brings, itself included.
fn packages(arguments: &[&str]) -> usize {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--no-dedupe",
        ])
        .args(arguments)
        .current_dir(client())
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let tree = String::from_utf8_lossy(&output.stdout).into_owned();
    let packages: BTreeSet<&str> = tree.lines().collect();
    assert!(packages.len() > 10, "{tree}");
    packages.len()
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "other systems need other packages")]
fn the_client_is_light() {
    let counts = [
        (packages(&[]), 93),
        (packages(&["--features", "http2"]), 101),
        (packages(&["--no-default-features"]), 40),
        (
            packages(&[
                "--no-default-features",
                "--features",
                "blocking,mock,tracing",
            ]),
            40,
        ),
    ];
    assert!(
        counts.iter().all(|(count, most)| count <= most),
        "{counts:?}"
    );
}
