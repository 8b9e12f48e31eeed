//! Paths that are refused, and why.

use super::path_problems;

fn generated(paths: &[&str]) -> Vec<String> {
    messages(paths, &[])
}

fn attached(path: &str) -> Vec<String> {
    messages(
        &["Cargo.toml", "README.md", "src/lib.rs", ".driftless"],
        &[path],
    )
}

fn messages(generated: &[&str], attached: &[&str]) -> Vec<String> {
    let generated = generated.iter().copied();
    let problems = path_problems(generated, attached.iter().copied());
    problems
        .into_iter()
        .map(|problem| problem.message)
        .collect()
}

#[test]
fn usual_paths_are_right() {
    for path in [
        "CHANGELOG.md",
        "tests/loopback/main.rs",
        ".gitignore",
        ".gitattributes",
        ".github/workflows/ci.yml",
        "src/target/x.rs",
        "src/console.rs",
        "examples/a b.rs",
        "examples/com10.rs",
        "docs/café.md",
        "docs/#1.md",
        "build.rs",
        "x.driftless",
    ] {
        assert_eq!(attached(path), [""; 0], "{path}");
    }
}

#[test]
fn paths_that_are_no_files_everywhere_are_refused() {
    let long = "x".repeat(256);
    let deep = "x/".repeat(600) + "x";
    for (path, words) in [
        ("", "is empty"),
        ("../x", "`..`"),
        ("/x", "is empty"),
        ("a//b", "is empty"),
        ("a/./b", "`.`"),
        ("a/", "is empty"),
        ("a\\b", "Windows does not allow"),
        ("c:x", "Windows does not allow"),
        ("a?", "Windows does not allow"),
        ("a\nb", "cannot be seen"),
        ("a\u{202e}b", "cannot be seen"),
        (".g\u{200c}it/x", "cannot be seen"),
        ("x ", "a blank"),
        (" x", "a blank"),
        ("a /x", "a blank"),
        ("a\u{a0}", "a blank"),
        ("a.", "a dot"),
        ("a./b", "a dot"),
        ("#x", "begins with `#`"),
        ("con", "a device"),
        ("Con.rs", "a device"),
        ("src/aux/x.rs", "a device"),
        ("NUL.tar.gz", "a device"),
        ("com1", "a device"),
        ("com¹.txt", "a device"),
        ("lpt9.rs", "a device"),
        ("con .rs", "a device"),
        (&long, "more than 255 bytes"),
        (&deep, "longer than 1024 bytes"),
        (".git/config", "folder of git"),
        (".GIT/hooks/post-checkout", "folder of git"),
        ("sub/.git/x", "folder of git"),
        ("GIT~1/x", "folder of git"),
        (".cargo/config.toml", "how cargo works"),
        ("sub/.Cargo/config", "how cargo works"),
        ("rust-toolchain.toml", "how cargo works"),
        ("target/x", "where cargo writes"),
        ("Target", "where cargo writes"),
        ("cargo.lock", "where cargo writes"),
        ("tests/.driftless", "keeps for itself"),
        (".driftless-partial-1-0", "keeps for itself"),
        (".Driftless-lock", "keeps for itself"),
    ] {
        let said = attached(path);
        assert_eq!(said.len(), 1, "{path}: {said:?}");
        assert!(said[0].contains(words), "{path}: {said:?}");
        assert!(said[0].contains(" under `[files]` "), "{path}: {said:?}");
        let said = generated(&["Cargo.toml", path]);
        assert_eq!(said.len(), 1, "{path}: {said:?}");
    }
}

#[test]
fn attached_files_do_not_take_the_place_of_others() {
    for (path, words) in [
        ("Cargo.toml", "a file that is generated"),
        ("src/lib.rs", "a file that is generated"),
        ("README.md", "a file that is generated"),
        (".driftless", "keeps for itself"),
        ("readme.md", "only in case"),
        ("Src/main.rs", "only in case"),
        ("src", "would be a file where `src` is a folder"),
        ("SRC", "would be a file where `src` is a folder"),
        (
            "Cargo.toml/x",
            "needs a folder where `Cargo.toml` is a file",
        ),
        (
            "cargo.toml/x",
            "needs a folder where `Cargo.toml` is a file",
        ),
    ] {
        let said = attached(path);
        assert_eq!(said.len(), 1, "{path}: {said:?}");
        assert!(said[0].contains(words), "{path}: {said:?}");
    }
    for (one, other) in [
        ("docs/cafe\u{301}.md", "docs/café.md"),
        ("Straße", "STRASSE"),
        ("docs/Σας", "docs/σασ"),
        ("a/x", "A/y"),
        ("x", "x/y"),
    ] {
        let said = messages(&[], &[one, other]);
        assert_eq!(said.len(), 1, "{one} {other}: {said:?}");
    }
}

#[test]
fn generated_files_do_not_take_the_place_of_each_other() {
    assert_eq!(generated(&["src/a.rs", "src/b.rs", ".driftless"]), [""; 0]);
    for paths in [
        ["src/A.rs", "src/a.rs"],
        ["A/x.rs", "a/y.rs"],
        ["src/types", "src/types/pet.rs"],
    ] {
        assert_eq!(generated(&paths).len(), 1, "{paths:?}");
    }
}
