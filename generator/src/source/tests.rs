//! Reading documents and finding positions in them.

use super::{Input, Node, Number, Source, Value, load};
use crate::diagnostic::{Code, Report, Severity};

fn read(path: &str, text: &str) -> (Source, Report) {
    let mut report = Report::default();
    let inputs = vec![Input {
        path: path.to_owned(),
        text: text.into(),
    }];
    (load(inputs, &mut report), report)
}

/// The tree of a text that must read without any finding.
fn clean(text: &str) -> Source {
    let (source, report) = read("openapi.yaml", text);
    assert_eq!(report.diagnostics(), [], "{text}");
    source
}

fn keys(node: &Node) -> Vec<&str> {
    let object = node.as_object().expect("an object");
    object.keys().collect()
}

fn at<'a>(source: &'a Source, pointer: &str) -> &'a Node {
    let node = source.entry().root.pointer(pointer);
    node.unwrap_or_else(|| panic!("{pointer}"))
}

/// `line:column` of what stands at `pointer`, and the text that is shown of it.
fn position(source: &Source, pointer: &str) -> (String, String) {
    let origin = at(source, pointer).origin;
    let position = source.position(origin);
    let shown = source.entry().text.get(position.bytes.clone());
    (
        format!("{}:{}", position.line, position.column),
        shown.expect("a range of the text").to_owned(),
    )
}

fn check_positions(source: &Source, expected: &[(&str, &str, &str)]) {
    for (pointer, place, shown) in expected {
        assert_eq!(
            position(source, pointer),
            ((*place).to_owned(), (*shown).to_owned()),
            "{pointer}"
        );
        let origin = at(source, pointer).origin;
        assert_eq!(source.pointer(origin), *pointer);
    }
}

/// The only finding: its severity, code, message, line and column.
fn only(path: &str, text: &str) -> (Severity, Code, String, String) {
    let (source, report) = read(path, text);
    let [finding] = report.diagnostics() else {
        panic!("{:#?}", report.diagnostics());
    };
    let position = source.position(finding.origin.expect("a place"));
    (
        finding.severity,
        finding.code,
        finding.message.clone(),
        format!("{}:{}", position.line, position.column),
    )
}

#[test]
fn the_order_of_the_author_is_kept() {
    for text in [
        "{\"z\": 1, \"a\": {\"y\": 1, \"b\": 2}, \"m\": []}",
        "z: 1\na: {y: 1, b: 2}\nm: []\n",
    ] {
        let source = clean(text);
        assert_eq!(keys(&source.entry().root), ["z", "a", "m"]);
        assert_eq!(keys(at(&source, "/a")), ["y", "b"]);
    }
}

#[test]
fn scalars_are_what_yaml_1_2_says() {
    let source = clean(
        "a: yes\nb: true\nc: 010\nd: 0x10\ne: 1.0\nf: ~\ng:\nh: '1'\ni: 2020-01-01\nj: 1e3\nk: .inf\n\
         l: 340282366920938463463374607431768211455\nm: -170141183460469231731687303715884105728\n",
    );
    let value = |key: &str| at(&source, &format!("/{key}")).value.clone();
    let string = |text: &str| Value::String(text.to_owned());
    assert_eq!(value("a"), string("yes"));
    assert_eq!(value("b"), Value::Bool(true));
    assert_eq!(value("c"), string("010"));
    assert_eq!(value("d"), Value::Number(Number::Integer(16)));
    assert_eq!(value("e"), Value::Number(Number::Float(1.0)));
    assert_eq!(value("f"), Value::Null);
    assert_eq!(value("g"), Value::Null);
    assert_eq!(value("h"), string("1"));
    assert_eq!(value("i"), string("2020-01-01"));
    assert_eq!(value("j"), Value::Number(Number::Float(1000.0)));
    assert_eq!(value("k"), string(".inf"));
    assert_eq!(
        value("l"),
        Value::Number(Number::Float(3.402823669209385e38))
    );
    assert_eq!(value("m"), Value::Number(Number::Integer(i128::MIN)));
}

#[test]
fn keys_are_strings_as_they_were_written() {
    let source = clean("200: a\n4XX: b\nyes: c\nnull: d\n1.0: e\n'x y': f\n0x1F: g\n? h\n: i\n");
    let expected = ["200", "4XX", "yes", "null", "1.0", "x y", "0x1F", "h"];
    assert_eq!(keys(&source.entry().root), expected);
}

#[test]
fn of_duplicate_keys_the_last_one_counts_and_says_so() {
    for (path, text, line) in [
        ("a.json", "{\n\"a\": 1,\n\"b\": 2,\n\"a\": 3}", 2),
        ("a.yaml", "a: 1\nb: 2\n\na: 3\n", 1),
    ] {
        let (severity, code, message, place) = only(path, text);
        assert_eq!((severity, code), (Severity::Warning, Code::DuplicateKey));
        assert_eq!(
            message,
            format!(
                "the key `a` stands here a second time, after line {line}, and that one is left out"
            )
        );
        assert_eq!(place, "4:1");
        let (source, _) = read(path, text);
        assert_eq!(at(&source, "/a").value, Value::Number(Number::Integer(3)));
        assert_eq!(keys(&source.entry().root), ["a", "b"]);
    }
    let (_, _, message, _) = only("a.yaml", "a: {x: [1]}\na: {x: [1]}\n");
    assert_eq!(
        message,
        "the key `a` stands here a second time, after line 1"
    );
}

#[test]
fn tags_are_left_out_and_reported() {
    let (severity, code, message, place) = only("a.yaml", "a:\n  b: !include other.yaml\n");
    assert_eq!((severity, code), (Severity::Warning, Code::YamlTag));
    assert_eq!(
        message,
        "the tag `!include` has no meaning in OpenAPI and is left out"
    );
    assert_eq!(place, "2:3");
    let (source, report) = read("a.yaml", "a: !x {b: !y [1, !z c]}\n");
    assert_eq!(report.count(Severity::Warning), 3);
    assert_eq!(at(&source, "/a/b/1").as_str(), Some("c"));
    // Tags of JSON's data model mean what they say.
    let source = clean("a: !!str 1\nb: !!int '2'\nc: ! d\n");
    assert_eq!(at(&source, "/a").as_str(), Some("1"));
    assert_eq!(at(&source, "/b").value, Value::Number(Number::Integer(2)));
    assert_eq!(at(&source, "/c").as_str(), Some("d"));
}

#[test]
fn merges_are_applied_and_written_keys_win() {
    let source = clean(
        "base: &base\n  a: 1\n  b: 2\nmore: &more\n  b: 3\n  c: 4\nuse:\n  z: 0\n  <<: [*base, *more]\n  a: 9\n",
    );
    assert_eq!(keys(at(&source, "/use")), ["z", "a", "b", "c"]);
    assert_eq!(
        at(&source, "/use/a").value,
        Value::Number(Number::Integer(9))
    );
    assert_eq!(
        at(&source, "/use/b").value,
        Value::Number(Number::Integer(2))
    );
    // What came out of the merge is where the merge stands.
    check_positions(
        &source,
        &[
            ("/use/a", "10:3", "a: 9"),
            ("/use/b", "9:8", "*base"),
            ("/use/c", "9:15", "*more"),
            ("/base/b", "3:3", "b: 2"),
        ],
    );
    let source = clean("a:\n  <<: {x: 1,\n       y: 2}\n  x: 3\n");
    check_positions(&source, &[("/a/y", "3:8", "y: 2"), ("/a/x", "4:3", "x: 3")]);
    let (severity, code, message, place) = only("a.yaml", "a:\n  <<: 1\n");
    assert_eq!((severity, code), (Severity::Error, Code::Syntax));
    assert_eq!(
        message,
        "a merge (`<<`) takes an object or a list of objects"
    );
    assert_eq!(place, "2:3");
    // In JSON it is a key like any other.
    assert_eq!(keys(at(&clean("{\"a\": {\"<<\": {}}}"), "/a")), ["<<"]);
}

#[test]
fn aliases_are_where_they_stand() {
    let source = clean("a: &x\n  b: [1, {c: 2}]\nd:\n  - *x\ne: *x\n");
    assert_eq!(
        at(&source, "/d/0/b/1/c").value,
        at(&source, "/a/b/1/c").value
    );
    check_positions(
        &source,
        &[
            ("/a/b/1/c", "2:11", "c: 2"),
            ("/d/0", "4:5", "*x"),
            ("/d/0/b/1/c", "4:5", "*x"),
            ("/e/b/1", "5:1", "e"),
        ],
    );
}

#[test]
fn alias_bombs_end_in_an_error() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{below} x]\n"));
    }
    let text = "y".repeat(1 << 20);
    let aliases = "*a, ".repeat(4000);
    for text in [bomb, format!("a: &a {text}\nb: [{aliases}]\n")] {
        let (severity, code, message, _) = only("a.yaml", &text);
        assert_eq!((severity, code), (Severity::Error, Code::Syntax));
        assert_eq!(message, "aliases expand to too many values");
    }
    let (_, _, message, _) = only("a.yaml", "a: &a\n  b: *a\n");
    assert_eq!(message, "lists and objects nest deeper than 128 levels");
}

#[test]
fn deep_nesting_ends_in_an_error() {
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{}1{}", open.repeat(depth), close.repeat(depth))
    };
    for text in [
        nested("{\"a\":", "}", 10_000),
        format!("{{\"a\":{}}}", nested("[", "]", 200_000)),
        nested("[", "]", 200_000),
        nested("[\"]\",", "]", 300),
        nested("- ", "", 10_000),
        nested("{a: ", "}", 200),
        "[".repeat(200_000),
        "{\"a\":".repeat(200_000),
    ] {
        let (severity, code, message, _) = only("a.yaml", &text);
        assert_eq!((severity, code), (Severity::Error, Code::Syntax));
        assert_eq!(message, "lists and objects nest deeper than 128 levels");
    }
    clean(&format!("a: {}", nested("[", "]", 120)));
    clean(&nested("{\"a\":", "}", 120));
    // Brackets in texts do not nest.
    clean(&format!(
        "a: |\n  {}\nb: '{}'\n",
        "[".repeat(500),
        "{".repeat(500)
    ));
}

#[test]
fn byte_order_marks_and_line_ends_change_nothing() {
    let text = "a:\n  b: |\n    x\n    y\n  c: 1\n";
    let plain = clean(text);
    let marked = clean(&format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_eq!(plain.entry().root, marked.entry().root);
    check_positions(
        &marked,
        &[
            ("/a", "1:1", "a"),
            ("/a/b", "2:3", "b: |"),
            ("/a/c", "5:3", "c: 1"),
        ],
    );
    let json = clean("\u{feff}{\r\n\t\"a\": 1}");
    check_positions(&json, &[("/a", "2:2", "\"a\": 1")]);
}

#[test]
fn a_file_holds_one_document() {
    clean("--- \na: 1\n...\n");
    clean("---\n---\n# nothing\n---\na: 1\n---\n");
    let (severity, code, message, place) = only("a.yaml", "# first\n---\na: 1\n---\nb: 2\n");
    assert_eq!((severity, code), (Severity::Error, Code::Syntax));
    assert_eq!(message, "the file holds several YAML documents");
    assert_eq!(place, "4:1");
    for text in ["", "\n\n", "# nothing\n", "---\n", "\u{feff}"] {
        let (_, _, message, place) = only("a.yaml", text);
        assert_eq!(message, "the document is empty");
        assert_eq!(place, "1:1");
    }
}

#[test]
fn syntax_errors_say_where() {
    for (path, text, place) in [
        ("a.json", "{\n  \"a\": 1\n  \"b\": 2\n}", "3:3"),
        ("a.json", "{\n  \"a\": [1, 2\n\t}\n}", "3:2"),
        ("a.json", "{\"ä\": 1, x", "1:10"),
        ("a.yaml", "a: 1\n b: 2\n", "2:3"),
        ("a.yaml", "a: [1, 2\nb: 3\n", "2:2"),
        ("a.yaml", "ä: 1\nb: *none\n", "2:4"),
        ("a.yaml", "a: \"\n", "1:4"),
        ("a.yaml", "[1, 2]: 3\n", "1:1"),
        ("a.yaml", "a: {b: \u{1}}\n", "1:1"),
    ] {
        let (severity, code, message, found) = only(path, text);
        assert_eq!((severity, code), (Severity::Error, Code::Syntax));
        assert_eq!(found, place, "{message}: {text}");
        assert!(!message.contains('\n'), "{message}");
    }
    // JSON with what only YAML allows is YAML.
    clean("{a: 1, \"b\": [2,], # three\n}");
    let (severity, code, message, place) = only("a.json", "{\n  \"a\": tru\n}");
    assert_eq!((severity, code), (Severity::Warning, Code::Syntax));
    assert_eq!(message, "the text is not JSON: expected ident");
    assert_eq!(place, "2:11");
}

#[test]
fn merge_conflicts_and_tabs_are_called_so() {
    let conflict = "a:\n<<<<<<< HEAD\n  b: 1\n=======\n  b: 2\n>>>>>>> other\n";
    let json = "{\n\"a\":\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n}";
    for (path, text, place) in [("a.yaml", conflict, "2:1"), ("a.json", json, "3:1")] {
        let (severity, code, message, found) = only(path, text);
        assert_eq!((severity, code), (Severity::Error, Code::Syntax));
        assert_eq!(
            message,
            "the text has the markers of a merge conflict in it"
        );
        assert_eq!(found, place);
    }
    // In a text they are text.
    clean("a: |\n  <<<<<<< HEAD\n  >>>>>>> other\n");
    for (text, place) in [("a:\n\tb: 1\n", "2:1"), ("a:\n  b: 1\n  \tc: 2\n", "3:3")] {
        let (severity, code, message, found) = only("a.yaml", text);
        assert_eq!((severity, code), (Severity::Error, Code::Syntax));
        assert_eq!(message, "the text is not YAML: a tab cannot indent a line");
        assert_eq!(found, place, "{text}");
    }
    clean("a:\t1\nb: [\n\t1]\n");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_shown_where_it_stands() {
    for (text, place) in [
        ("a: 1\nb: 'open\nc: 2\nd: 3\n", "2:4"),
        ("a: 1\n\"open: 2\nd: 3\n", "2:1"),
        ("\u{e4}: \"\u{e4}\n\n", "1:4"),
    ] {
        let (severity, code, message, found) = only("a.yaml", text);
        assert_eq!((severity, code), (Severity::Error, Code::Syntax));
        assert_eq!(
            message,
            "the text is not YAML: this quotation mark is never closed"
        );
        assert_eq!(found, place, "{text}");
    }
}

#[test]
fn positions_in_yaml() {
    let source = clean(concat!(
        "openapi: 3.0.3\n",
        "info:\n",
        "  title: 'A \u{e4} title'\n",
        "  \"long key\": >-\n",
        "    folded\n",
        "    text\n",
        "  plain: over\n",
        "    two lines\n",
        "list:\n",
        "  - a\n",
        "  - b: 1\n",
        "    c: 2\n",
        "  -   - nested\n",
        "flow: {\u{e4}: 1, b: [x, {c: d}], 'e': \"f\"}\n",
        "? complex\n",
        ": value\n",
        "\"esc\\u0061ped\": 1\n",
        "empty:\n",
        "after: 1\n",
    ));
    check_positions(
        &source,
        &[
            ("", "1:1", "openapi: 3.0.3"),
            ("/openapi", "1:1", "openapi: 3.0.3"),
            ("/info", "2:1", "info"),
            ("/info/title", "3:3", "title: 'A \u{e4} title'"),
            ("/info/long key", "4:3", "\"long key\": >-"),
            ("/info/plain", "7:3", "plain: over"),
            ("/list/0", "10:5", "a"),
            ("/list/1", "11:5", "b: 1"),
            ("/list/1/c", "12:5", "c: 2"),
            ("/list/2/0", "13:9", "nested"),
            ("/flow/\u{e4}", "14:8", "\u{e4}: 1"),
            ("/flow/b", "14:14", "b"),
            ("/flow/b/0", "14:18", "x"),
            ("/flow/b/1/c", "14:22", "c: d"),
            ("/flow/e", "14:30", "'e': \"f\""),
            ("/complex", "15:3", "complex"),
            ("/escaped", "17:1", "\"esc\\u0061ped\": 1"),
            ("/empty", "18:1", "empty"),
            ("/after", "19:1", "after: 1"),
        ],
    );
}

#[test]
fn positions_in_yaml_that_is_badly_indented() {
    let source = clean(concat!(
        "a:\n",
        "    b: {\n",
        "      \"x\": {},\n",
        "      \"y\": [\n",
        "    1\n",
        "  ]\n",
        "    }\n",
        "    c: \"\u{e4} text\n",
        "over 'three\n",
        "lines\"\n",
        "    d: {\n",
        "\"z\": 'it''s\n",
        "}'\n",
        "}\n",
        "    e: |\n",
        "      }\n",
        "    f: 1\n",
        "g: 2\n",
    ));
    assert_eq!(at(&source, "/a/d/z").as_str(), Some("it's }"));
    check_positions(
        &source,
        &[
            ("/a/b/x", "3:7", "\"x\""),
            ("/a/b/y/0", "5:5", "1"),
            ("/a/c", "8:5", "c: \"\u{e4} text"),
            ("/a/d", "11:5", "d"),
            ("/a/d/z", "12:1", "\"z\": 'it''s"),
            ("/a/e", "15:5", "e: |"),
            ("/a/f", "17:5", "f: 1"),
            ("/g", "18:1", "g: 2"),
        ],
    );
}

#[test]
fn positions_in_json() {
    let source = clean(concat!(
        "{\n",
        "\t\"open\\u0061pi\": \"3.0.3\",\n",
        "  \"a/b~c\" : { \"x\": [1, -2.5e3,\n",
        "    \"\\\"}{\", true, null, {\"y\":{}}] },\n",
        "  \"\u{1f600}\": \"\u{e4}\", \"last\": false }\n",
    ));
    check_positions(
        &source,
        &[
            ("/openapi", "2:2", "\"open\\u0061pi\": \"3.0.3\""),
            ("/a~1b~0c", "3:3", "\"a/b~c\""),
            ("/a~1b~0c/x", "3:15", "\"x\""),
            ("/a~1b~0c/x/0", "3:21", "1"),
            ("/a~1b~0c/x/1", "3:24", "-2.5e3"),
            ("/a~1b~0c/x/2", "4:5", "\"\\\"}{\""),
            ("/a~1b~0c/x/3", "4:13", "true"),
            ("/a~1b~0c/x/5", "4:25", "{\"y\":{}}"),
            ("/a~1b~0c/x/5/y", "4:26", "\"y\""),
            ("/\u{1f600}", "5:3", "\"\u{1f600}\": \"\u{e4}\""),
            ("/last", "5:13", "\"last\": false"),
        ],
    );
}

#[test]
fn scalars_are_known_as_they_were_written() {
    let source = clean("a: 1.10\nb: 'x'\nc: &n 007\nd: *n\ne: [1]\n");
    let written = |pointer: &str| source.written(at(&source, pointer).origin);
    assert_eq!(written("/a"), Some("1.10"));
    assert_eq!(written("/b"), Some("'x'"));
    assert_eq!(written("/c"), Some("&n 007"));
    assert_eq!(written("/d"), None);
    assert_eq!(written("/e"), None);
    assert_eq!(written("/e/0"), Some("1"));
}

#[test]
fn every_input_is_a_document_of_its_own() {
    let mut report = Report::default();
    let input = |path: &str, text: &str| Input {
        path: path.to_owned(),
        text: text.into(),
    };
    let inputs = vec![input("a.yaml", "a: 1\n"), input("b.json", "{\n \"b\": 2}")];
    let source = load(inputs, &mut report);
    let node = source.documents[1].root.get("b").expect("the key");
    assert_eq!(node.origin.document, 1);
    let position = source.position(node.origin);
    assert_eq!((position.path.as_str(), position.line), ("b.json", 2));
    assert_eq!(source.entry().path, "a.yaml");
    assert_eq!(Source::default().entry().root.value, Value::Null);
}
