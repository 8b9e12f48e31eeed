//! Reading `client.toml`, and what its errors say.

use super::{parse, parse_at};
use crate::diagnostic::{Format, render};

#[test]
fn everything_is_optional() {
    let config = parse("").expect("a configuration");
    assert!(config.package.name.is_none() && config.overlays.is_empty());
    let config = parse(
        "\u{feff}overlays = [\"a.yaml\"]\n[package]\nname = \"x\"\n\
         [[server.select]]\nscheme = \"b\"\nusername-prefix = \"t-\"\nserver = \"test\"\n\
         [pins]\n\"#/components/schemas/A\" = \"B\"\n",
    )
    .expect("a configuration");
    assert_eq!(config.package.name.as_deref(), Some("x"));
    assert_eq!(config.server.select[0].username_prefix, "t-");
    assert_eq!(config.pins["#/components/schemas/A"], "B");
}

#[test]
fn variables_are_one_or_two() {
    let config =
        parse("[env]\nkey = \"KEY\"\nbasic = { username = \"USER\", password = \"PASSWORD\" }\n")
            .expect("a configuration");
    assert_eq!(config.env["key"], super::EnvNames::One("KEY".to_owned()));
    for wrong in ["key = 1", "key = { username = \"A\" }", "key = [\"A\"]"] {
        let error = parse(&format!("[env]\n{wrong}\n")).expect_err(wrong);
        let text = error.to_string();
        assert!(
            text.starts_with("line 2: expected the name of a variable, or"),
            "{text}"
        );
    }
}

#[test]
fn newtypes_are_a_flag_or_a_name() {
    use super::NewtypeChoice;
    let text = "[newtypes]\nA = true\n\"#/components/schemas/B\" = \"Id\"\n";
    let config = parse(text).expect("a configuration");
    assert_eq!(config.newtypes["A"], NewtypeChoice::Flag(true));
    let name = NewtypeChoice::Name("Id".to_owned());
    assert_eq!(config.newtypes["#/components/schemas/B"], name);
    let error = parse("[newtypes]\nA = 1\n").expect_err("a number");
    assert_eq!(
        error.to_string(),
        "line 2: expected `true`, `false` or the name of the type"
    );
}

#[test]
fn features_are_whole_unless_they_are_divided() {
    use super::Features;
    assert_eq!(
        parse("").expect("a configuration").features,
        Features::Whole
    );
    let config = parse("features = \"per-tag\"\n").expect("a configuration");
    assert_eq!(config.features, Features::PerTag);
    assert!(parse("features = \"per-path\"\n").is_err());
}

#[test]
fn derives_are_a_word_or_a_table() {
    let config = parse("derives = \"used\"\nmap = \"IndexMap\"\n").expect("a configuration");
    assert_eq!(config.derives.serde, super::SerdeDerives::Used);
    assert_eq!(config.map.name(), "IndexMap");
    let config = parse("[derives]\nall = [\"Eq\"]\n").expect("a configuration");
    assert_eq!(config.derives.serde, super::SerdeDerives::Both);
    assert_eq!(config.derives.extra["all"], ["Eq"]);
    assert!(parse("derives = \"some\"\n").is_err());
    assert!(parse("derives = 1\n").is_err());
}

#[test]
fn errors_say_where_and_what_was_meant() {
    for (text, message) in [
        (
            "[packge]\n",
            "line 1: `packge` is not a key here; did you mean `package`?",
        ),
        (
            "[package]\nname = \"x\"\nversoin = \"1\"\n",
            "line 3: `versoin` is not a key here; did you mean `version`?",
        ),
        (
            "[error]\nzzz = 1\n",
            "line 2: `zzz` is not a key here; the keys here are `code`, `request-id`",
        ),
        (
            "[package]\nname = 1\n",
            "line 2: invalid type: integer `1`, expected a string",
        ),
        (
            "[[server.select]]\nscheme = \"a\"\nserver = \"b\"\n",
            "line 1: missing field `username-prefix`",
        ),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
    let error = parse("[package\n").expect_err("not TOML").to_string();
    assert!(
        error.starts_with("line 1: ") && !error.contains('\n'),
        "{error}"
    );
}

#[test]
fn errors_can_be_shown_in_the_text() {
    let error = parse_at("spec/client.toml", "[package]\nnam = \"x\"\n").expect_err("an error");
    let (source, report) = error.report();
    let expected = "\
error[configuration]: `nam` is not a key here
 --> spec/client.toml:2:1
  |
2 | nam = \"x\"
  | ^^^
  |
  = help: did you mean `name`?

";
    assert_eq!(render(&report, &source, Format::Human, false), expected);
}

#[test]
fn a_key_of_the_top_that_stands_in_a_table_is_sent_there() {
    for text in [
        "[files]\n\"A.md\" = \"a\"\noverlays = [\"x.yaml\"]\n",
        "[package]\nname = \"x\"\nfeatures = \"per-tag\"\n",
        "[server]\nviews = false\n",
    ] {
        let error = parse(text).expect_err(text).to_string();
        assert!(error.contains("belongs above the tables"), "{error}");
    }
}
