//! Rendering in all formats, names and explanations of codes, nearest names.

use super::{Code, Format, Report, Severity, nearest, render};
use crate::source::{Input, Origin, Source, load};

/// A document, and a report with one finding at `pointer`.
fn finding(text: &str, pointer: &str, message: &str) -> (Source, Report) {
    let mut report = Report::default();
    let inputs = vec![Input {
        path: "spec/openapi.yaml".to_owned(),
        text: text.into(),
    }];
    let source = load(inputs, &mut report);
    assert_eq!(report.diagnostics(), []);
    let node = source.entry().root.pointer(pointer).expect("the place");
    report
        .error(Code::UnknownKey, node.origin, message)
        .help("did you mean `info`?");
    (source, report)
}

fn rendered(format: Format) -> String {
    let (source, mut report) = finding("openapi: 3.0.3\nifno: 1\n", "/ifno", "`ifno` is wrong");
    report.warn(Code::NoEffect, Origin::default(), "nothing, 100%");
    report.error_without_place(Code::Configuration, "somewhere: else");
    render(&report, &source, format, false)
}

#[test]
fn human() {
    let expected = "\
warning[no-effect]: nothing, 100%
 --> spec/openapi.yaml:1:1
  |
1 | openapi: 3.0.3
  | ^^^^^^^^^^^^^^

error[configuration]: somewhere: else

error[unknown-key]: `ifno` is wrong
 --> spec/openapi.yaml:2:1
  |
2 | ifno: 1
  | ^^^^^^^
  |
  = help: did you mean `info`?

";
    assert_eq!(rendered(Format::Human), expected);
}

#[test]
fn human_in_color() {
    let (source, report) = finding("a: 1\n", "/a", "wrong");
    let plain = render(&report, &source, Format::Human, false);
    let colored = render(&report, &source, Format::Human, true);
    assert!(!plain.contains('\u{1b}'));
    assert!(colored.contains("\u{1b}["));
    // The same once the colors are gone.
    let mut bare = String::new();
    let mut rest = colored.as_str();
    while let Some(start) = rest.find('\u{1b}') {
        bare.push_str(&rest[..start]);
        let end = rest[start..].find('m').expect("the end of a color");
        rest = &rest[start + end + 1..];
    }
    bare.push_str(rest);
    assert_eq!(bare, plain);
}

#[test]
fn short() {
    let expected = "\
spec/openapi.yaml:1:1: warning[no-effect]: nothing, 100%
error[configuration]: somewhere: else
spec/openapi.yaml:2:1: error[unknown-key]: `ifno` is wrong
";
    assert_eq!(rendered(Format::Short), expected);
}

#[test]
fn json() {
    let parsed: serde_json::Value =
        serde_json::from_str(&rendered(Format::Json)).expect("valid JSON");
    let expected = serde_json::json!({
        "version": 1,
        "findings": [
            {
                "code": "no-effect", "severity": "warning", "message": "nothing, 100%",
                "help": null, "file": "spec/openapi.yaml", "line": 1, "column": 1, "pointer": "",
            },
            {
                "code": "configuration", "severity": "error", "message": "somewhere: else",
                "help": null,
            },
            {
                "code": "unknown-key", "severity": "error", "message": "`ifno` is wrong",
                "help": "did you mean `info`?", "file": "spec/openapi.yaml", "line": 2,
                "column": 1, "pointer": "/ifno",
            },
        ],
    });
    assert_eq!(parsed, expected);
}

#[test]
fn github() {
    let expected = "\
::warning file=spec/openapi.yaml,line=1,col=1,title=no-effect::nothing, 100%25
::error title=configuration::somewhere: else
::error file=spec/openapi.yaml,line=2,col=1,title=unknown-key::`ifno` is wrong\
%0Ahelp: did you mean `info`?
";
    assert_eq!(rendered(Format::Github), expected);
    // Nothing in a name ends a property or the command.
    let (mut source, report) = finding("a: 1\n", "/a", "x\n::set-output name=y::z");
    source.documents[0].path = "a,line=9:b%.yaml".to_owned();
    assert_eq!(
        render(&report, &source, Format::Github, false),
        "::error file=a%2Cline=9%3Ab%25.yaml,line=1,col=1,title=unknown-key::\
         x\\n::set-output name=y::z%0Ahelp: did you mean `info`?\n"
    );
}

#[test]
fn markdown() {
    let (source, report) = finding("a: 1\n", "/a", "<b> *x* `a|b` [l](u) @me");
    assert_eq!(
        render(&report, &source, Format::Markdown, false),
        "- **error** `unknown-key` at `spec/openapi.yaml:1:1`: \
         \\<b\\> \\*x\\* `a\\|b` \\[l\\](u) \\@me  \n  help: did you mean `info`?\n"
    );
}

#[test]
fn marks_of_code_in_a_message_enclose_what_they_enclose() {
    use pulldown_cmark::{Event, Parser, Tag};
    let hostile = "<img src=x> <!-- --> [a](b) **c** ";
    for marks in ["`", "``", "```", "````", "`` `", "\\`", "`\\`", "```x`"] {
        for message in [
            format!("`type` cannot be \"a{marks}{hostile}\""),
            format!("`a{marks}{hostile}` is no name"),
            format!("{marks}{hostile}{marks}"),
        ] {
            let (source, report) = finding("a: 1\n", "/a", &message);
            let shown = render(&report, &source, Format::Markdown, false);
            for event in Parser::new(&shown) {
                let acts = matches!(
                    event,
                    Event::Html(_)
                        | Event::InlineHtml(_)
                        | Event::Start(Tag::Link { .. } | Tag::Image { .. })
                );
                assert!(!acts, "{event:?}: {shown}");
            }
        }
    }
}

#[test]
fn long_lines_are_shown_in_part() {
    let filler = "x".repeat(100_000);
    let text = format!("{{\"a\":\"{filler}\",\"b\u{e4}\":1,\"c\":\"{filler}\"}}");
    let (source, report) = finding(&text, "/b\u{e4}", "wrong");
    let shown = render(&report, &source, Format::Human, false);
    assert!(shown.len() < 1000, "{shown}");
    assert!(
        shown.contains(" --> spec/openapi.yaml:1:100009\n"),
        "{shown}"
    );
    let lines: Vec<_> = shown.lines().collect();
    assert!(lines[3].starts_with("1 | ...xxx") && lines[3].ends_with("xxx..."));
    let mark = lines[4].find("^^^^^^").expect("the mark");
    assert_eq!(
        lines[3].chars().skip(mark).take(6).collect::<String>(),
        "\"b\u{e4}\":1"
    );
    // A value that is too long itself.
    let (source, report) = finding(&text, "/c", "wrong");
    let shown = render(&report, &source, Format::Human, false);
    assert!(shown.len() < 1000, "{shown}");
    assert!(shown.contains("\"c\":\"xxx"), "{shown}");
}

#[test]
fn nothing_steers_the_terminal() {
    let hostile = "\u{1b}[31m\u{202e}\u{200b}\u{7}\u{9b}\u{2028}\u{feff}x\ny";
    let text = "\"a\u{202e}b\u{200b}\": 1\n";
    let (mut source, mut report) = finding(text, "/a\u{202e}b\u{200b}", hostile);
    source.documents[0].path = format!("{hostile}.yaml");
    let origin = report.diagnostics()[0].origin.expect("a place");
    report.warn(Code::Syntax, origin, "x").help(hostile);
    for format in [
        Format::Human,
        Format::Short,
        Format::Json,
        Format::Github,
        Format::Markdown,
    ] {
        let shown = render(&report, &source, format, false);
        let hidden = |c: char| c != '\n' && super::visible::is_hidden(c);
        assert!(!shown.contains(hidden), "{format:?}: {shown:?}");
        assert!(shown.contains("202e"), "{format:?}: {shown:?}");
        if format == Format::Json {
            let parsed: serde_json::Value = serde_json::from_str(&shown).expect("valid JSON");
            assert_eq!(parsed["findings"][1]["message"], hostile);
        }
    }
    let shown = render(&report, &source, Format::Human, false);
    assert!(shown.contains("\"a\\u{202e}b\\u{200b}\": 1"), "{shown}");
    assert!(shown.contains("^^^^^^^^^^^^^^^^^^^^^^"), "{shown}");
}

#[test]
fn what_an_alias_repeats_is_said_once() {
    let (source, mut report) = finding("a: &x {b: 1}\nc: [*x, *x]\n", "/a/b", "wrong");
    for pointer in ["/a/b", "/c/0/b", "/c/1/b"] {
        let node = source.entry().root.pointer(pointer).expect("the place");
        report
            .error(Code::UnknownKey, node.origin, "wrong")
            .help("did you mean `info`?");
    }
    let shown = render(&report, &source, Format::Short, false);
    let places: Vec<_> = shown.lines().map(|line| &line[18..22]).collect();
    assert_eq!(places, ["1:8:", "2:5:", "2:9:"]);
}

#[test]
fn an_unread_document_is_still_shown() {
    let mut report = Report::default();
    let inputs = vec![Input {
        path: "a.yaml".to_owned(),
        text: "a: [1,\n".into(),
    }];
    let source = load(inputs, &mut report);
    let shown = render(&report, &source, Format::Human, false);
    let expected = " --> a.yaml:2:1\n  |\n2 |  \n  | ^";
    assert!(shown.contains("error[syntax]"), "{shown}");
    assert!(shown.contains(expected.trim_end()), "{shown}");
    assert_eq!(report.count(Severity::Error), 1);
}

#[test]
fn codes_have_names_and_explanations() {
    let mut names = Vec::new();
    for code in Code::ALL {
        assert_eq!(Code::from_name(code.name()), Some(*code));
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(code.name().chars().all(kebab), "{code}");
        assert!(code.explanation().len() > 100, "{code}");
        assert!(code.explanation().ends_with('.'), "{code}");
        names.push(code.name());
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
    assert_eq!(Code::from_name("no-such-code"), None);
}

#[test]
fn nearest_names() {
    let keys = ["operationId", "requestBody", "responses", "in", "tags"];
    let near = |word| nearest(word, keys);
    assert_eq!(near("operationID"), Some("operationId"));
    assert_eq!(near("operation_id"), Some("operationId"));
    assert_eq!(near("requsetBody"), Some("requestBody"));
    assert_eq!(near("response"), Some("responses"));
    assert_eq!(near("tag"), Some("tags"));
    assert_eq!(near("on"), None);
    assert_eq!(near("consumes"), None);
    assert_eq!(near(""), None);
    assert_eq!(near(&"responses".repeat(1000)), None);
}

#[test]
fn nothing_that_is_shown_is_a_command_of_a_workflow() {
    use super::visible;
    for (text, expected) in [
        ("::error file=x::y", "\\u{3a}:error file=x::y"),
        ("  ::add-mask::y", "  \\u{3a}:add-mask::y"),
        ("\n::error::x", "\\n\\u{3a}:error::x"),
        ("a ##[add-mask]x", "a ##\\u{5b}add-mask]x"),
        (
            "a\u{1b}[2J\u{202e}\u{200b}",
            "a\\u{1b}[2J\\u{202e}\\u{200b}",
        ),
        ("std::x::Y # [a](b)", "std::x::Y # [a](b)"),
    ] {
        assert_eq!(visible(text), expected);
    }
    let json = super::visible_json("{\"a\": \"##[error]\"}");
    assert_eq!(json, "{\"a\": \"##\\u005berror]\"}");
}

#[test]
fn messages_are_short_and_hold_no_passwords() {
    let long = "x".repeat(1_000_000);
    let ticks = "`a` ".repeat(100_000);
    for value in [&long, &ticks] {
        let mut report = Report::default();
        report
            .error_without_place(
                Code::Configuration,
                format!("`key` is `{value}`, which is wrong"),
            )
            .help(format!("write another than `{value}`"));
        let finding = &report.diagnostics()[0];
        assert!(finding.message.chars().count() < 2_100);
        assert!(
            finding
                .help
                .as_ref()
                .is_some_and(|help| help.chars().count() < 2_100)
        );
    }
    let mut report = Report::default();
    report.error_without_place(Code::Configuration, format!("`{long}` is wrong"));
    let expected = format!("`{}…` is wrong", "x".repeat(200));
    assert_eq!(report.diagnostics()[0].message, expected);
    for (text, expected) in [
        (
            "`https://user:pw@a.example/b`",
            "`https://*******@a.example/b`",
        ),
        ("`//token@a.example`", "`//*****@a.example`"),
        ("host: user:pw@a.example", "host: user:**@a.example"),
        ("\"user:p@w@a.example\"", "\"user:***@a.example\""),
        (
            "mailto:joe@a.example, joe@a.example",
            "mailto:joe@a.example, joe@a.example",
        ),
        ("/@scope/a", "/@scope/a"),
    ] {
        assert_eq!(super::without_passwords(text), expected);
    }
}

#[test]
fn one_edit_is_a_letter_more_less_other_or_swapped() {
    for (word, other, expected) in [
        ("x-sensitive", "x-sensitive", false),
        ("x-sensitiv", "x-sensitive", true),
        ("x-sensitivee", "x-sensitive", true),
        ("x-sensitvie", "x-sensitive", true),
        ("-xsensitive", "x-sensitive", true),
        ("x-sensitixe", "x-sensitive", true),
        ("x-sensitxie", "x-sensitive", false),
        ("x-sensi", "x-sensitive", false),
        ("aabb", "bbaa", false),
        ("aaab", "aaaab", true),
        ("abcd", "badc", false),
        ("pät", "pöt", true),
        ("abc", "abd", false),
    ] {
        assert_eq!(super::is_one_edit(word, other), expected, "{word} {other}");
        let letters = |word: &str| word.chars().collect::<Vec<char>>();
        let distance = super::nearest::distance(&letters(word), &letters(other));
        assert_eq!(distance == 1 && word.len() > 3, expected, "{word} {other}");
    }
}

#[test]
fn prose_shows_no_user_names_and_passwords_of_urls() {
    for (line, expected) in [
        (
            "[a](https://u:PW@h.example/b)",
            "[a](https://redacted@h.example/b)",
        ),
        ("<HTTPS://u:PW@h.example/>", "<HTTPS://redacted@h.example/>"),
        ("[r]: //PW@h.example", "[r]: //redacted@h.example"),
        ("`postgres://u:PW@h`, x", "`postgres://redacted@h`, x"),
        (
            "a https:&#47;&#x2F;u:PW&#064;h b",
            "a https:&#47;&#x2F;redacted@h b",
        ),
        ("https:&sol;/u&colon;PW&commat;h", "https:&sol;/redacted@h"),
        ("https:\\/\\/u:PW\\@h", "https:\\/\\/redacted@h"),
        ("(https://u:P)W@h) c", "(https://redacted@h) c"),
        ("https://u:P/W@h/c", "https://redacted@h/c"),
        ("é https://ü:PW@h/é", "é https://redacted@h/é"),
        (
            "https://a:PW@h,https://b:PW@i",
            "https://redacted@h,https://redacted@i",
        ),
        (
            "https://{user}:${pass}@h and https://u:PW@h",
            "https://{user}:${pass}@h and https://redacted@h",
        ),
    ] {
        assert_eq!(super::without_userinfo(line), expected);
    }
    for line in [
        "https://medium.example/@user",
        "[a](https://h.example:80/a),joe@x",
        "[a](https://h.example),joe@x",
        "joe@a.example and mailto:joe@a.example",
        "// joe@a.example",
        "//",
        "https://",
        "a && b & c; //@",
        "&#xffffffff; &#; &; //&#64",
        "https://h.example:8080/a@b",
        "https://{user}:{pass}@h",
        "\\",
    ] {
        assert_eq!(super::without_userinfo(line), line);
    }
}
