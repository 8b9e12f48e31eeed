//! `--out` never leads to where something could be lost.

mod sandbox;

use std::fs;

use sandbox::Sandbox;

/// `generate --out` is refused with these words, and nothing changes.
#[track_caller]
fn refused(sandbox: &Sandbox, out: &str, words: &str) {
    let before = sandbox.files("");
    let ran = sandbox.run(&["generate", "--out", out]);
    assert_eq!(sandbox.files(""), before, "{out}");
    ran.assert(2).complains(words);
    sandbox
        .run(&["check", "--out", out])
        .assert(2)
        .complains(words);
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.path("theirs/src")).unwrap();
    sandbox.write("theirs/src/lib.rs", "// theirs\n");
    refused(&sandbox, "theirs", "is not a generated client");
    // Nor is one with a client of ours somewhere below.
    sandbox
        .run(&["generate", "--out", "theirs/nested/client"])
        .assert(0);
    refused(&sandbox, "theirs", "is not a generated client");
}

#[test]
fn a_folder_without_files_is_welcome() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.path("out/src/types")).unwrap();
    fs::create_dir_all(sandbox.path("out/target/debug")).unwrap();
    sandbox.write("out/target/debug/x", "x");
    sandbox.run(&["generate", "--out", "out"]).assert(0);
    sandbox.run(&["check", "--out", "out"]).assert(0);
    sandbox
        .run(&["generate", "--out", "deep/down/out"])
        .assert(0);
    sandbox
        .run(&["check", "--out", "./deep/../deep/down/out/"])
        .assert(0);
}

#[test]
fn a_file_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "text");
    refused(&sandbox, "file", "is not a folder");
    refused(&sandbox, "file/below", "");
}

#[test]
fn a_folder_that_holds_the_document_is_refused() {
    let sandbox = Sandbox::new();
    refused(&sandbox, ".", "holds spec/openapi.yaml");
    refused(&sandbox, "spec", "holds spec/openapi.yaml");
    refused(&sandbox, "spec/../spec/", "holds spec/openapi.yaml");
    let absolute = sandbox.path("spec");
    refused(
        &sandbox,
        absolute.to_str().unwrap(),
        "holds spec/openapi.yaml",
    );
    fs::create_dir(sandbox.path("configured")).unwrap();
    sandbox.write("configured/client.toml", "");
    let arguments = [
        "generate",
        "--config",
        "configured/client.toml",
        "--out",
        "configured",
    ];
    sandbox
        .run(&arguments)
        .assert(2)
        .complains("holds configured/client.toml");
}

#[test]
fn another_client_inside_of_a_client_is_left_alone() {
    let sandbox = Sandbox::generated();
    sandbox
        .run(&["generate", "--out", "generated-client/other"])
        .assert(0);
    let other = sandbox.files("generated-client/other");
    sandbox
        .run(&["generate"])
        .assert(0)
        .says("left generated-client/other/");
    assert_eq!(sandbox.files("generated-client/other"), other);
    sandbox
        .run(&["check"])
        .assert(1)
        .says("a generated client of its own");
}

#[cfg(unix)]
mod links {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::refused;
    use crate::sandbox::Sandbox;

    #[test]
    fn a_path_through_a_link_is_refused() {
        let sandbox = Sandbox::new();
        fs::create_dir(sandbox.path("real")).unwrap();
        symlink("real", sandbox.path("link")).unwrap();
        symlink("nowhere", sandbox.path("broken")).unwrap();
        refused(&sandbox, "link", "leads through a link");
        refused(&sandbox, "link/client", "leads through a link");
        refused(&sandbox, "link/../client", "leads through a link");
        refused(&sandbox, "broken", "leads through a link");
        let absolute = sandbox.path("link/client");
        let ran = sandbox.run_in(
            "spec",
            &[
                "generate",
                "--spec",
                "openapi.yaml",
                "--out",
                absolute.to_str().unwrap(),
            ],
        );
        ran.assert(2).complains("leads through a link");
        assert_eq!(fs::read_dir(sandbox.path("real")).unwrap().count(), 0);
    }

    #[test]
    fn a_client_that_became_a_link_is_refused() {
        let sandbox = Sandbox::generated();
        fs::rename(sandbox.path("generated-client"), sandbox.path("moved")).unwrap();
        symlink("moved", sandbox.path("generated-client")).unwrap();
        sandbox.edit("spec/openapi.yaml", "Its number", "Its own number");
        refused(&sandbox, "generated-client", "leads through a link");
    }

    #[test]
    fn a_link_in_the_place_of_a_file_is_replaced_and_its_target_untouched() {
        let sandbox = Sandbox::generated();
        let pet = sandbox.file_about("Its number");
        let original = sandbox.read(&pet);
        sandbox.write("target.rs", "// theirs\n");
        fs::remove_file(sandbox.path(&pet)).unwrap();
        symlink(sandbox.path("target.rs"), sandbox.path(&pet)).unwrap();
        sandbox
            .run(&["check"])
            .assert(1)
            .says("a link, which is not followed");
        sandbox.run(&["generate"]).assert(0);
        assert_eq!(sandbox.read("target.rs"), "// theirs\n");
        assert_eq!(sandbox.read(&pet), original);
        assert!(
            !fs::symlink_metadata(sandbox.path(&pet))
                .unwrap()
                .is_symlink()
        );
        sandbox.run(&["check"]).assert(0);
    }

    #[test]
    fn a_link_with_the_right_contents_is_drift_all_the_same() {
        let sandbox = Sandbox::generated();
        let pet = sandbox.file_about("Its number");
        fs::rename(sandbox.path(&pet), sandbox.path("target.rs")).unwrap();
        symlink(sandbox.path("target.rs"), sandbox.path(&pet)).unwrap();
        sandbox.run(&["check"]).assert(1);
    }

    #[test]
    fn a_link_in_the_place_of_a_folder_is_refused() {
        let sandbox = Sandbox::generated();
        fs::rename(sandbox.path("generated-client/src"), sandbox.path("src")).unwrap();
        symlink(sandbox.path("src"), sandbox.path("generated-client/src")).unwrap();
        sandbox.edit("spec/openapi.yaml", "Its number", "Its own number");
        let before = sandbox.files("src");
        sandbox
            .run(&["check"])
            .assert(1)
            .says("`generated-client/src`");
        sandbox
            .run(&["generate"])
            .assert(2)
            .complains("is in the way");
        assert_eq!(sandbox.files("src"), before);
    }

    #[test]
    fn an_extra_link_is_drift_and_left_alone() {
        let sandbox = Sandbox::generated();
        sandbox.write("target.rs", "// @generated by `driftless generate`\n");
        symlink(
            sandbox.path("target.rs"),
            sandbox.path("generated-client/src/link.rs"),
        )
        .unwrap();
        sandbox
            .run(&["check"])
            .assert(1)
            .says("`generated-client/src/link.rs`");
        sandbox
            .run(&["generate"])
            .assert(0)
            .says("left generated-client/src/link.rs");
        assert!(sandbox.path("target.rs").exists());
        assert!(sandbox.path("generated-client/src/link.rs").exists());
    }
}
