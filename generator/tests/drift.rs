//! `check` sees every way in which a client crate can differ from what its
//! document asks for, and `generate` mends it.

mod sandbox;

use std::fs;

use sandbox::{DOCUMENT, Sandbox};

/// A document that asks for nothing.
const NOTHING: &str = "openapi: 3.0.3\ninfo: {title: x, version: '1'}\npaths: {}\n";

/// What `check` says must name the finding and the path, and `generate` must
/// bring back exactly what was there.
#[track_caller]
fn drifts_and_is_mended(sandbox: &Sandbox, code: &str, path: &str) {
    let found = sandbox.run(&["check", "--format", "short"]).assert(1);
    let finding = format!("error[{code}]: `{path}`");
    assert!(found.stdout.contains(&finding), "{finding}: {found:#?}");
    sandbox.run(&["generate"]).assert(0).says(path);
    sandbox.run(&["check"]).assert(0).says("is up to date");
}

#[test]
fn a_fresh_client_has_no_drift() {
    let sandbox = Sandbox::generated();
    sandbox
        .run(&["check"])
        .assert(0)
        .says("generated-client is up to date");
    sandbox.run(&["generate"]).assert(0).says(" unchanged");
}

#[test]
fn a_client_that_is_not_there_is_drift() {
    let sandbox = Sandbox::new();
    for format in ["human", "short", "github", "markdown", "json"] {
        let ran = sandbox.run(&["check", "--format", format]).assert(1);
        ran.says("there is no client yet in generated-client")
            .says("run `driftless generate`");
    }
    sandbox.run(&["generate"]).assert(0);
    sandbox.run(&["check"]).assert(0).says("is up to date");
    let files = sandbox.files("generated-client");
    fs::remove_dir_all(sandbox.path("generated-client")).unwrap();
    sandbox.run(&["generate"]).assert(0);
    assert_eq!(sandbox.files("generated-client"), files);
}

#[test]
fn every_file_that_is_touched_or_deleted_is_drift() {
    let sandbox = Sandbox::generated();
    let files = sandbox.files("generated-client");
    assert!(files.len() > 5, "{:?}", files.keys());
    let full = |path: &str| format!("generated-client/{path}");
    for (path, text) in &files {
        sandbox.write(&full(path), &format!("{text}\nedited\n"));
    }
    let found = sandbox.run(&["check", "--format", "short"]).assert(1);
    for path in files.keys() {
        let finding = format!("error[stale-file]: `{}` ", full(path));
        assert!(found.stdout.contains(&finding), "{finding}: {found:#?}");
    }
    sandbox.run(&["generate"]).assert(0);
    assert_eq!(sandbox.files("generated-client"), files);

    // Without the list of files the folder would not be ours.
    let all_but_list = || files.keys().filter(|path| *path != ".driftless");
    for path in all_but_list() {
        fs::remove_file(sandbox.path(&full(path))).unwrap();
    }
    let found = sandbox.run(&["check", "--format", "short"]).assert(1);
    for path in all_but_list() {
        let finding = format!("error[missing-file]: `{}` ", full(path));
        assert!(found.stdout.contains(&finding), "{finding}: {found:#?}");
    }
    sandbox.run(&["generate"]).assert(0);
    assert_eq!(sandbox.files("generated-client"), files);
}

#[test]
fn one_file_that_is_touched_or_deleted_is_drift() {
    let sandbox = Sandbox::generated();
    let files = sandbox.files("generated-client");
    for path in [".driftless", "Cargo.toml", "src/lib.rs", "surface.json"] {
        let full = format!("generated-client/{path}");
        sandbox.write(&full, "edited\n");
        drifts_and_is_mended(&sandbox, "stale-file", &full);
        assert_eq!(sandbox.files("generated-client"), files, "{path}");
        // Without its manifest, nothing says that the folder is ours.
        if path != ".driftless" {
            fs::remove_file(sandbox.path(&full)).unwrap();
            drifts_and_is_mended(&sandbox, "missing-file", &full);
            assert_eq!(sandbox.files("generated-client"), files, "{path}");
        }
    }
}

#[test]
fn a_client_without_a_manifest_is_refused_and_unchanged() {
    let sandbox = Sandbox::generated();
    fs::remove_file(sandbox.path("generated-client/.driftless")).unwrap();
    sandbox.edit("spec/openapi.yaml", "Its number", "Its own number");
    let before = sandbox.files("generated-client");
    for command in ["generate", "check"] {
        sandbox
            .run(&[command])
            .assert(2)
            .complains("is not a generated client");
    }
    assert_eq!(sandbox.files("generated-client"), before);
}

#[test]
fn everything_at_once_is_reported_at_once() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    let owner = sandbox.file_about("What to call out");
    sandbox.write(&pet, "edited\n");
    fs::remove_file(sandbox.path(&owner)).unwrap();
    fs::create_dir(sandbox.path("generated-client/src/empty")).unwrap();
    let found = sandbox
        .run(&["check"])
        .assert(1)
        .says(&format!("error[stale-file]: `{pet}`"))
        .says("-edited\n")
        .says(&format!("error[missing-file]: `{owner}`"))
        .says("--- /dev/null\n")
        .says("error[orphan-file]: `generated-client/src/empty/`")
        .says("1 missing, 1 stale, 1 orphan")
        .says("run `driftless generate` and commit");
    assert!(
        found.stdout.contains("spec/openapi.yaml:"),
        "the place in the document: {}",
        found.stdout
    );
}

#[test]
fn a_difference_points_into_the_document() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    sandbox.write(&pet, "edited\n");
    let line = 1 + DOCUMENT
        .lines()
        .position(|line| line == "    Pet:")
        .unwrap();
    sandbox.run(&["check"]).assert(1).says(&format!(
        "--> spec/openapi.yaml:{line}:5 #/components/schemas/Pet\n"
    ));
}

#[test]
fn a_file_of_the_generator_that_lost_its_source_is_removed() {
    let sandbox = Sandbox::generated();
    let kind = sandbox.file_about("What it is");
    sandbox.edit(
        "spec/openapi.yaml",
        "$ref: \"#/components/schemas/Kind\"",
        "type: string",
    );
    let text = sandbox.read("spec/openapi.yaml");
    let end = text.find("    Kind:").unwrap();
    sandbox.write("spec/openapi.yaml", &text[..end]);
    drifts_and_is_mended(&sandbox, "orphan-file", &kind);
    assert!(!sandbox.path(&kind).exists());
}

#[test]
fn a_header_makes_no_file_ours() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    let copy = pet.replace(".rs", "_copy.rs");
    fs::copy(sandbox.path(&pet), sandbox.path(&copy)).unwrap();
    let theirs = "generated-client/src/theirs.rs";
    sandbox.write(theirs, "// @generated by `buf generate`. Do not edit.\n");
    let before = sandbox.files("generated-client");
    sandbox.run(&["check"]).assert(1).says(theirs).says(&copy);
    sandbox
        .run(&["generate"])
        .assert(0)
        .says(&format!("left {theirs}"))
        .says(&format!("left {copy}"));
    assert_eq!(sandbox.files("generated-client"), before);
}

#[test]
fn the_name_of_a_file_by_hand_may_end_with_a_blank() {
    let sandbox = Sandbox::generated();
    let manifest = sandbox.read("generated-client/.driftless");
    sandbox.write("generated-client/.driftless", &format!("{manifest}x \n"));
    sandbox.write("generated-client/x", "by hand");
    sandbox
        .run(&["generate"])
        .assert(0)
        .says("left generated-client/x");
    assert_eq!(sandbox.read("generated-client/x"), "by hand");
}

#[test]
fn files_of_any_size_are_compared_at_once() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    for path in ["generated-client/theirs.bin", &pet] {
        let file = fs::File::create(sandbox.path(path)).unwrap();
        file.set_len(20 << 30).unwrap();
    }
    sandbox
        .run(&["check"])
        .assert(1)
        .says("`generated-client/theirs.bin`")
        .says(&format!(
            "`{pet}` is not what the document asks for (too large to be compared)"
        ));
    sandbox
        .run(&["generate"])
        .assert(0)
        .says("left generated-client/theirs.bin");
    assert!(sandbox.read(&pet).contains("Its number"));
    let left = fs::metadata(sandbox.path("generated-client/theirs.bin"));
    assert_eq!(left.unwrap().len(), 20 << 30);
}

#[test]
fn a_file_that_somebody_else_made_is_reported_and_left_alone() {
    let sandbox = Sandbox::generated();
    sandbox.write("generated-client/src/mine.rs", "// mine\n");
    let path = "generated-client/src/mine.rs";
    sandbox
        .run(&["check"])
        .assert(1)
        .says(&format!("error[orphan-file]: `{path}`"))
        .says("was not made by this command");
    sandbox
        .run(&["generate"])
        .assert(0)
        .says(&format!("left {path}"));
    assert_eq!(sandbox.read(path), "// mine\n");
    sandbox.run(&["check"]).assert(1);
}

#[test]
fn a_file_that_somebody_else_made_gives_way_and_is_kept() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    fs::remove_dir_all(sandbox.path("generated-client")).unwrap();
    // A client that never had the file, then one made by hand, then the
    // document that asks for it.
    let without = DOCUMENT.replace("#/components/schemas/Pet", "#/components/schemas/Owner");
    let (start, end) = (
        without.find("    Pet:").unwrap(),
        without.find("    Kind:").unwrap(),
    );
    let without = format!("{}{}", &without[..start], &without[end..]);
    sandbox.write("spec/openapi.yaml", &without);
    sandbox.run(&["generate"]).assert(0);
    sandbox.write(&pet, "// mine\n");
    sandbox.write("spec/openapi.yaml", DOCUMENT);
    sandbox
        .run(&["generate"])
        .assert(0)
        .says(&format!("moved {pet}"));
    assert_eq!(sandbox.read(&format!("{pet}.kept")), "// mine\n");
    assert!(sandbox.read(&pet).contains("Its number"));
}

#[test]
fn an_empty_folder_is_drift_and_removed() {
    let sandbox = Sandbox::generated();
    fs::create_dir_all(sandbox.path("generated-client/src/a/b")).unwrap();
    drifts_and_is_mended(&sandbox, "orphan-file", "generated-client/src/a/b/");
    assert!(!sandbox.path("generated-client/src/a").exists());
}

#[test]
fn what_an_interrupted_run_left_is_drift_and_removed() {
    let sandbox = Sandbox::generated();
    let partial = "generated-client/src/.driftless-partial-1";
    sandbox.write(partial, "half a fi");
    drifts_and_is_mended(&sandbox, "orphan-file", partial);
    assert!(!sandbox.path(partial).exists());
}

#[test]
fn what_cargo_and_git_keep_in_the_crate_does_not_count() {
    let sandbox = Sandbox::generated();
    fs::create_dir_all(sandbox.path("generated-client/target/debug")).unwrap();
    fs::create_dir_all(sandbox.path("generated-client/.git")).unwrap();
    sandbox.write("generated-client/target/debug/x", "x");
    sandbox.write("generated-client/Cargo.lock", "x");
    sandbox.run(&["check"]).assert(0);
    sandbox.run(&["generate"]).assert(0);
    assert_eq!(sandbox.read("generated-client/target/debug/x"), "x");
    assert_eq!(sandbox.read("generated-client/Cargo.lock"), "x");
    assert!(sandbox.path("generated-client/.git").is_dir());
}

#[test]
fn line_endings_of_a_checkout_do_not_count() {
    let sandbox = Sandbox::generated();
    for (path, text) in sandbox.files("generated-client") {
        sandbox.write(
            &format!("generated-client/{path}"),
            &text.replace('\n', "\r\n"),
        );
    }
    sandbox.edit("spec/openapi.yaml", "\n", "\r\n");
    let before = sandbox.files("generated-client");
    sandbox.run(&["check"]).assert(0);
    sandbox.run(&["generate"]).assert(0);
    assert_eq!(
        sandbox.files("generated-client"),
        before,
        "not rewritten either"
    );
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    let files = sandbox.files("generated-client");
    let full = |path: &String| format!("generated-client/{path}");
    let ages: Vec<_> = files.keys().map(|path| sandbox.age(&full(path))).collect();
    sandbox.run(&["generate"]).assert(0);
    sandbox.run(&["check"]).assert(0);
    for (path, age) in files.keys().zip(&ages) {
        assert_eq!(sandbox.time(&full(path)), *age, "{path}");
    }
    sandbox.edit("spec/openapi.yaml", "Its number", "Its own number");
    sandbox.run(&["generate"]).assert(0);
    let after = sandbox.files("generated-client");
    for (path, age) in files.keys().zip(&ages) {
        let kept = sandbox.time(&full(path)) == *age;
        assert_eq!(kept, files[path] == after[path], "{path}");
    }
    assert_ne!(files[&pet["generated-client/".len()..]], sandbox.read(&pet));
}

#[test]
fn a_dry_run_says_what_it_would_do_and_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["generate", "--dry-run"])
        .assert(0)
        .says("created generated-client/Cargo.toml")
        .says("nothing was written");
    assert!(!sandbox.path("generated-client").exists());
    sandbox.run(&["generate"]).assert(0);
    let pet = sandbox.file_about("Its number");
    fs::remove_file(sandbox.path(&pet)).unwrap();
    fs::create_dir(sandbox.path("generated-client/empty")).unwrap();
    let before = sandbox.files("generated-client");
    sandbox
        .run(&["generate", "--dry-run"])
        .assert(0)
        .says(&format!("created {pet}"))
        .says("removed generated-client/empty/");
    assert_eq!(sandbox.files("generated-client"), before);
}

#[test]
fn a_document_that_fails_changes_nothing() {
    let sandbox = Sandbox::generated();
    let before = sandbox.files("generated-client");
    for text in [
        "",
        "paths: [",
        "openapi: 3.0.3\n",
        "openapi: 9.9.9\npaths: {}\n",
    ] {
        sandbox.write("spec/openapi.yaml", text);
        sandbox.run(&["generate"]).assert(2).complains("error: ");
        sandbox.run(&["check"]).assert(2);
        assert_eq!(sandbox.files("generated-client"), before, "{text:?}");
    }
}

#[test]
fn generating_nothing_fails() {
    let sandbox = Sandbox::new();
    sandbox.write("spec/openapi.yaml", NOTHING);
    for command in ["check", "generate", "surface"] {
        sandbox
            .run(&[command])
            .assert(2)
            .complains("nothing to generate");
    }
    assert!(!sandbox.path("generated-client").exists());
}
