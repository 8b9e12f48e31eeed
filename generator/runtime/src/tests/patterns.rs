//! Regular expressions: what they mean, and that none of them costs much.

use std::thread;

use serde::Deserialize;

use crate::runtime::pattern::{Match, Pattern, check, matches};

/// A pattern, and texts with the outcome that `RegExp` of Node 20 gives with
/// the flag `u`, or without it where the pattern needs that.
#[derive(Deserialize)]
struct Row {
    pattern: String,
    matches: Vec<String>,
    differs: Vec<String>,
}

#[test]
fn patterns_mean_what_ecma_262_says() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("patterns.json")).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        let pattern = match Pattern::new(&row.pattern) {
            Ok(pattern) => pattern,
            Err(why) => {
                wrong.push(format!("`{}` {why}", row.pattern));
                continue;
            }
        };
        let expected = [(&row.matches, Match::Yes), (&row.differs, Match::No)];
        for (texts, expected) in expected {
            for text in texts {
                let found = pattern.matches(text);
                if found != expected {
                    wrong.push(format!("`{}` {text:?}: {found:?}", row.pattern));
                }
            }
        }
    }
    assert!(rows.len() > 200);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_languages_are_not_guessed_at() {
    for pattern in [
        "(",
        ")",
        "a)",
        "[a",
        "*",
        "a**",
        "+a",
        "a{2}{3}",
        "{2}",
        "a{3,2}",
        "[b-a]",
        "\\",
        "(?i)a",
        "(?i:a)",
        "(?P<n>a)",
        "(?>a)",
        "a++",
        "\\Aa",
        "a\\z",
        "a\\Z",
        "\\h",
        "\\ca\\c1",
        "\\x4",
        "\\u12",
        "\\u{110000}",
        "\\pL",
        "\\p{Nothing}",
        "\\1",
        "(a)\\2",
        "\\k<n>",
        "(?<n>a)(?<n>b)",
        "(?<>a)",
        "(?<n",
        "^*",
        "\\b+",
        "(?=a)*",
        "\\01",
        "[\\1]",
        "\\p{L",
        "\\c",
        "[\\B]",
        "(?#a)",
        "(?(1)a)",
        "a\\",
        "[\\d-",
        "a\\E",
    ] {
        assert!(Pattern::new(pattern).is_err(), "{pattern}");
        assert_eq!(matches(pattern, "a"), Match::Unchecked, "{pattern}");
    }
}

/// ECMA-262 forgets what a group matched when a repetition begins again; the
/// engine does not.
#[test]
fn references_that_engines_disagree_on_are_refused() {
    for pattern in [
        r"^(?:(a)|b)*\1$",
        r"^(?:(a)|b\1)*$",
        r"^(?:(a)?b\1)+$",
        r"(?<=(a))\1",
        r"(?<=\1(a))b",
        r"^(a)*\1$",
        r"^(?:x(?:(a)|\1))*$",
    ] {
        assert_eq!(
            check(pattern),
            Err("refers back to a group that is repeated or looked behind for"),
            "{pattern}"
        );
    }
}

#[test]
fn limits_are_named() {
    let cases = [
        ("a".repeat((64 << 10) + 1), "is longer than 64 KiB"),
        ("|".repeat(5_000), "has 5,000 alternatives or more"),
        ("(".repeat(30_000), "nests groups deeper than 40 levels"),
        ("(?:a{1000}){1000}".into(), "is too large when compiled"),
        (
            "(?:(?:a{1000}){1000}){1000}".into(),
            "is too large when compiled",
        ),
        (
            r"(?:\p{L}{1000}){1000}".into(),
            "is too large when compiled",
        ),
        (
            "(?=a)".repeat(101),
            "has more than 100 look-arounds and back-references",
        ),
        (
            r"(?=a)\b".repeat(21),
            "has more than 100 look-arounds and back-references",
        ),
        (
            r"(?<=\p{L}{300})".repeat(100),
            "names what the engine does not know, or is too large when compiled",
        ),
    ];
    for (pattern, why) in cases {
        assert_eq!(check(&pattern), Err(why), "{:.20}", pattern);
    }
}

/// Runs on a stack of 1 MB, less than threads have by default.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(1 << 20);
    thread.spawn(run).unwrap().join().unwrap();
}

#[test]
fn patterns_at_the_limits_fit_on_a_small_stack() {
    on_a_small_stack(|| {
        let nested = |open: &str, close: &str| open.repeat(40) + "a" + &close.repeat(40);
        for pattern in [
            "a".repeat(64 << 10),
            "|".repeat(4_999),
            "a?".repeat(32 << 10),
            "[a-c]|".repeat(4_999) + "x",
            "ab|".repeat(4_999) + "(?=x)",
            "(?!a)".repeat(100),
            r"(?<=a{1,1000})b".repeat(100),
            "(?:(?:(?:(?=a)b){1000}){1000}){1000}".into(),
            "(a)".repeat(20_000) + "\\1",
            r"\b".repeat(32 << 10),
            r"(?=a)\b".repeat(20),
            "(a|b)".repeat(4_900),
            "a".repeat((64 << 10) - 5) + "(?=b)",
            nested("(", ")"),
            nested("(?:", "b)*"),
            nested("(?:b|", "|c)+"),
            nested("(?=", ")"),
            nested("(?<=", ")"),
            nested("(?!b|", ")"),
            nested("(", ")*") + "\\1",
            nested("(", ")") + "\\40",
            "(?:".repeat(200) + &")".repeat(200),
        ] {
            if let Ok(pattern) = Pattern::new(&pattern) {
                pattern.matches("ab");
                pattern.matches(&"ab".repeat(1_000));
            }
        }
    });
}

#[test]
fn hostile_texts_end_in_an_outcome() {
    let text = |unit: &str, times: usize, end: &str| unit.repeat(times) + end;
    for (pattern, text, expected) in [
        ("^(a+)+$", text("a", 100_000, "!"), Match::No),
        ("^(?:a|b)*c", text("a", 2_000_000, ""), Match::No),
        (r"\s+$", text(" ", 1_000_000, "x"), Match::No),
        (
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            text("a", 100_000, ""),
            Match::No,
        ),
        ("(x+x+)+y", text("x", 100_000, ""), Match::No),
        ("^(?=(a+)+$)", text("a", 10_000, "!"), Match::No),
        (r"^(a+)(?:a+)+\1b$", text("a", 10_000, ""), Match::Unchecked),
        (
            r"^(a*)(?:a*)*(?!a)b\1",
            text("a", 5_000, ""),
            Match::Unchecked,
        ),
        ("^(?!b)[^]*$", text("a", 20_000, ""), Match::Unchecked),
        ("^(?!b)[^]*$", text("a", 10_000, ""), Match::Yes),
        ("(?:(?=.*x).)*y", text("a", 10_000, ""), Match::Unchecked),
        (
            "^[ab]*a[ab]{4000}c$",
            text("ab", 100_000, ""),
            Match::Unchecked,
        ),
        ("^[ab]*a[ab]{4000}c$", text("ab", 1_000, ""), Match::No),
    ] {
        assert_eq!(check(pattern), Ok(()), "{pattern}");
        assert_eq!(matches(pattern, &text), expected, "{pattern}");
    }
}

#[test]
fn counts_beyond_any_text_are_no_bound() {
    let pattern = "^0x[a-f0-9]{0,2147483648}$";
    assert_eq!(matches(pattern, "0xaf"), Match::Yes);
    assert_eq!(matches(pattern, "0xag"), Match::No);
    assert_eq!(check("^0x[a-fA-F0-9]{262144}$"), Ok(()));
    assert_eq!(
        check("a{99999999999999999999}"),
        Err("is too large when compiled")
    );
}
