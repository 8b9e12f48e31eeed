//! What cargo would refuse is an error, and what it takes is none.

use crate::config::{Config, parse};
use crate::diagnostic::Report;

/// What is said of a configuration and a name from the command line.
fn said(text: &str, name: Option<&str>) -> Vec<String> {
    let config: Config = parse(text).expect(text);
    let mut report = Report::default();
    super::validate(&config, name, &mut report);
    let said = report.diagnostics().iter();
    said.inspect(|finding| assert_eq!(finding.code.name(), "configuration"))
        .inspect(|finding| assert!(finding.help.is_some(), "{finding:?}"))
        .map(|finding| finding.message.clone())
        .collect()
}

#[track_caller]
fn is_fine(text: &str) {
    assert_eq!(said(text, None), Vec::<String>::new(), "{text}");
}

#[track_caller]
fn is_wrong(text: &str) {
    assert_eq!(said(text, None).len(), 1, "{text}: {:?}", said(text, None));
}

#[test]
fn names_of_crates_are_those_of_cargo() {
    let long = "a".repeat(65);
    for name in [
        "",
        " ",
        "1a",
        "a b",
        "a.b",
        "a/b",
        "-a",
        "é",
        "a\n[lib]",
        "self",
        "crate",
        "Self",
        "_",
        "super",
        "async",
        "std",
        "core",
        "test",
        "proc-macro",
        "con",
        "AUX",
        "com1",
        "lpt9",
        "serde",
        "serde-json",
        "tokio",
        "reqwest",
        &long,
    ] {
        assert_eq!(said("", Some(name)).len(), 1, "{name}");
        is_wrong(&format!("[package]\nname = {name:?}\n"));
    }
    for name in [
        "a",
        "a-",
        "_a",
        "a1",
        "petstore-client",
        "A",
        "com",
        "com10",
        "console",
    ] {
        assert!(said("", Some(name)).is_empty(), "{name}");
    }
    assert_eq!(
        said("[dependencies]\nmy-money = \"1\"\n", Some("my_money")),
        ["`--name` is `my_money`, which is the name of a package that the client depends on"]
    );
    // The command line decides.
    assert!(said("[package]\nname = \"1a\"\n", Some("a")).is_empty());
}

#[test]
fn the_manifest_says_what_registries_accept() {
    for line in [
        "version = \"\"",
        "version = \"1\"",
        "version = \"1.0\"",
        "version = \"1.0.0\\n[lib]\"",
        "version = \"01.0.0\"",
        "license = \"\"",
        "license = \" \"",
        "license = \"MIT\\nx\"",
        "description = \"a\\u001b[31mb\"",
        "repository = \"\"",
        "repository = \"not a url\"",
        "repository = \"javascript:alert(1)\"",
        "repository = \"git@github.com:a/b\"",
        "repository = \"file:///etc/passwd\"",
        "keywords = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]",
        "keywords = [\"\"]",
        "keywords = [\"two words\"]",
        "keywords = [\"-a\"]",
        "keywords = [\"aaaaaaaaaaaaaaaaaaaaa\"]",
        "categories = [\"Web Programming\"]",
        "categories = [\"a::\"]",
    ] {
        is_wrong(&format!("[package]\n{line}\n"));
    }
    let said = said(
        "[package]\nrepository = \"https://user:SECRET@example.com/x\"\n",
        None,
    );
    assert_eq!(said, ["`[package] repository` has a user name in it"]);
    for line in [
        "version = \"1.2.3-alpha.1+build\"",
        "license = \"MIT OR Apache-2.0\"",
        "repository = \"https://github.com/a/b\"",
        "keywords = [\"c++\", \"2d\", \"a_b-c\"]",
        "categories = [\"web-programming::http-client\"]",
    ] {
        is_fine(&format!("[package]\n{line}\n"));
    }
}

#[test]
fn dependencies_are_those_that_cargo_reads() {
    for table in ["dependencies", "dev-dependencies"] {
        for line in [
            "'' = '1'",
            "'a b' = '1'",
            "'a\\n' = '1'",
            "'evil.git' = '1'",
            "std = '1'",
            "self = '1'",
            "a = 1",
            "a = []",
            "a = {}",
            "a = ''",
            "a = 'not a version!!'",
            "a = { version = 1 }",
            "a = { version = 'no' }",
            "a = { version = '1', evil = true }",
            "a = { version = '1', package = '' }",
            "a = { version = '1', features = ['x/y'] }",
            "a = { version = '1', features = ['dep:y'] }",
            "a = { version = '1', optional = true }",
            "a = { path = '' }",
            "a = { path = \"x\\n\" }",
            "a = { git = 'a b' }",
            "a = { git = 'javascript:alert(1)' }",
            "a = { git = 'https://user:SECRET@example.com/x' }",
            "a = { version = '1', registry = 'a b' }",
            "a = { path = 'x', git = 'https://example.com/x' }",
            "a = { version = '1', branch = 'x' }",
            "a = { git = 'https://example.com/x', tag = 'x', rev = 'y' }",
            "a = { workspace = true, version = '1' }",
        ] {
            is_wrong(&format!("[{table}]\n{line}\n"));
        }
        for line in [
            "a = '1'",
            "a = '*'",
            "a = '>=1.2, <3'",
            "a = { version = '1', features = ['x'], default-features = false }",
            "a = { version = '1', package = 'b' }",
            "a = { path = '../a' }",
            "a = { path = '../a', version = '1' }",
            "a = { git = 'https://example.com/x', branch = 'x' }",
            "a = { git = 'ssh://git@example.com/x' }",
            "a = { git = 'file:///x' }",
            "a = { version = '1', registry = 'ours' }",
            "a = { workspace = true }",
        ] {
            is_fine(&format!("[{table}]\n{line}\n"));
        }
    }
    let twins = said("[dependencies]\na-b = '1'\na_b = '1'\n", None);
    assert_eq!(twins.len(), 2);
}

#[test]
fn what_the_client_needs_cannot_be_replaced() {
    for line in [
        "serde_json = '99'",
        "serde = '=1.0.0'",
        "reqwest = '=0.9.0'",
        "tokio = '=1.0.0'",
        "tokio = '<1.10'",
        "uuid = '0.8'",
        "serde_json = { version = '1', package = 'evil' }",
        "serde-json = '1'",
    ] {
        is_wrong(&format!("[dependencies]\n{line}\n"));
        is_wrong(&format!("[dev-dependencies]\n{line}\n"));
    }
    for line in [
        "serde_json = '1'",
        "serde_json = { version = '1', features = ['preserve_order'] }",
        "tokio = '>=1, <2'",
        "tokio = '*'",
        "tokio = '=1.60.3'",
        "json = { version = '0.9', package = 'serde_json' }",
    ] {
        is_fine(&format!("[dependencies]\n{line}\n"));
    }
}
