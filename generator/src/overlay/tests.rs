//! Applying overlays, and what is wrong with them.

use super::apply_within;
use super::budget::Budget;
use crate::diagnostic::{Code, Report};
use crate::source::{Input, Source, load};

const ENTRY: &str = "\
openapi: 3.0.3
info: {title: t, version: v}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /x: {get: {operationId: x, deprecated: true}}
  /y: {get: {operationId: y}, post: {operationId: z, tags: [a]}}
";

fn overlaid(actions: &str) -> (Source, Report) {
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: t, version: v}}\nactions:\n{actions}");
    with(&overlay)
}

fn with(overlay: &str) -> (Source, Report) {
    laid_over(ENTRY, overlay)
}

fn laid_over(entry: &str, overlay: &str) -> (Source, Report) {
    laid_over_within(&mut Budget::new(overlay.len()), entry, overlay)
}

fn laid_over_within(budget: &mut Budget, entry: &str, overlay: &str) -> (Source, Report) {
    let mut report = Report::default();
    let inputs = [("openapi.yaml", entry), ("overlay.yaml", overlay)]
        .map(|(path, text)| Input {
            path: path.to_owned(),
            text: text.into(),
        })
        .into();
    let mut source = load(inputs, &mut report);
    assert_eq!(report.diagnostics(), []);
    apply_within(budget, &mut source, &mut report);
    (source, report)
}

fn applied(actions: &str) -> Source {
    let (source, report) = overlaid(actions);
    assert_eq!(report.diagnostics(), [], "{actions}");
    source
}

/// What is at `pointer` of the entry, as JSON, and where it comes from.
fn at(source: &Source, pointer: &str) -> (String, String) {
    let node = source.entry().root.pointer(pointer).expect("the place");
    let position = source.position(node.origin);
    let place = format!("{}:{}:{}", position.path, position.line, position.column);
    (node.to_json().to_string(), place)
}

fn is_at(source: &Source, pointer: &str, json: &str, place: &str) {
    assert_eq!(
        at(source, pointer),
        (json.to_owned(), place.to_owned()),
        "{pointer}"
    );
}

#[test]
fn updates_merge_objects_and_keep_positions() {
    let source = applied(
        "- target: $.info\n  update: {title: new, contact: {name: n}}\n\
         - target: $.info\n  update:\n    contact: {url: u}\n",
    );
    is_at(&source, "/info/title", "\"new\"", "overlay.yaml:5:12");
    is_at(&source, "/info/version", "\"v\"", "openapi.yaml:2:18");
    is_at(&source, "/info/contact/name", "\"n\"", "overlay.yaml:5:34");
    is_at(&source, "/info/contact/url", "\"u\"", "overlay.yaml:8:15");
    // Keys keep their order, new ones come last.
    let keys: Vec<_> = source
        .entry()
        .root
        .pointer("/info")
        .expect("info")
        .as_object()
        .expect("an object")
        .keys()
        .collect();
    assert_eq!(keys, ["title", "version", "contact"]);
}

#[test]
fn updates_apply_to_every_target() {
    let source = applied("- target: $.paths.*.get\n  update: {tags: [new]}\n");
    is_at(
        &source,
        "/paths/~1x/get/tags",
        "[\"new\"]",
        "overlay.yaml:5:12",
    );
    is_at(
        &source,
        "/paths/~1y/get/tags/0",
        "\"new\"",
        "overlay.yaml:5:19",
    );
    is_at(
        &source,
        "/paths/~1y/post/tags",
        "[\"a\"]",
        "openapi.yaml:6:54",
    );
    let source = applied("- target: $\n  update: {x-root: 1}\n");
    is_at(&source, "/x-root", "1", "overlay.yaml:5:12");
}

#[test]
fn lists_grow() {
    let source = applied(
        "- target: $.tags\n  update: {name: d}\n\
         - target: $.tags\n  update: [{name: e}]\n\
         - target: $.paths['/y'].post\n  update: {tags: [b]}\n",
    );
    is_at(&source, "/tags/3/name", "\"d\"", "overlay.yaml:5:12");
    is_at(&source, "/tags/4/name", "\"e\"", "overlay.yaml:7:13");
    is_at(
        &source,
        "/paths/~1y/post/tags",
        "[\"a\",\"b\"]",
        "openapi.yaml:6:54",
    );
}

#[test]
fn removals_take_out_all_targets() {
    let source = applied(
        "- target: $.tags[?@.name != 'b']\n  remove: true\n\
         - target: $.paths[*][?@.deprecated == true]\n  remove: true\n\
         - target: $..operationId\n  remove: true\n",
    );
    is_at(&source, "/tags", "[{\"name\":\"b\"}]", "openapi.yaml:3:1");
    is_at(&source, "/paths/~1x", "{}", "openapi.yaml:5:3");
    is_at(&source, "/paths/~1y/get", "{}", "openapi.yaml:6:8");
}

#[test]
fn later_actions_see_what_earlier_ones_did() {
    let source = applied(
        "- target: $.info\n  update: {x-a: [1]}\n\
         - target: $.info['x-a']\n  update: 2\n\
         - target: $.info.title\n  remove: true\n",
    );
    is_at(
        &source,
        "/info",
        "{\"version\":\"v\",\"x-a\":[1,2]}",
        "openapi.yaml:2:1",
    );
    let (_, report) = overlaid(
        "- target: $.info.title\n  remove: true\n- target: $.info.title\n  remove: true\n",
    );
    assert_eq!(report.diagnostics().len(), 1);
}

/// The only finding of an overlay: code, message, line and column.
fn only(overlay: &str) -> (Code, String, String) {
    let (source, report) = with(overlay);
    let [finding] = report.diagnostics() else {
        panic!("{overlay}: {:#?}", report.diagnostics());
    };
    let position = source.position(finding.origin.expect("a place"));
    assert_eq!(position.path, "overlay.yaml");
    let place = format!("{}:{}", position.line, position.column);
    (finding.code, finding.message.clone(), place)
}

#[test]
fn a_target_that_matches_nothing_is_an_error() {
    let (code, message, place) =
        only("overlay: 1.0.0\nactions:\n  - target: $.paths['/none']\n    update: {a: 1}\n");
    assert_eq!(code, Code::Overlay);
    assert_eq!(message, "the target `$.paths['/none']` matches nothing");
    assert_eq!(place, "3:5");
}

#[test]
fn wrong_overlays_are_errors() {
    for (overlay, code, message) in [
        (
            "[]",
            Code::WrongType,
            "the overlay should be an object, not a list",
        ),
        (
            "openapi: 3.0.3",
            Code::Overlay,
            "the document is no overlay: it has no key `overlay`",
        ),
        (
            "{overlay: 2.0.0, actions: []}",
            Code::UnsupportedVersion,
            "this version of the overlay format is not supported",
        ),
        (
            "overlay: 1.0.0",
            Code::Overlay,
            "an overlay needs the key `actions`",
        ),
        (
            "{overlay: 1.0, action: [], actions: []}",
            Code::UnknownKey,
            "`action` is not a key of an overlay",
        ),
        (
            "{overlay: 1.0.0, actions: {}}",
            Code::WrongType,
            "`actions` should be a list, not an object",
        ),
        (
            "{overlay: 1.0.0, actions: [1]}",
            Code::WrongType,
            "an action should be an object, not a number",
        ),
        (
            "{overlay: 1.0.0, actions: [{update: {}}]}",
            Code::Overlay,
            "an action needs a `target`",
        ),
        (
            "{overlay: 1.0.0, actions: [{target: 1}]}",
            Code::WrongType,
            "`target` should be a string, not a number",
        ),
        (
            "{overlay: 1.0.0, actions: [{target: $.info}]}",
            Code::Overlay,
            "an action needs an `update` or `remove: true`",
        ),
        (
            "{overlay: 1.0.0, actions: [{target: $.info, remove: 1}]}",
            Code::WrongType,
            "`remove` should be `true` or `false`, not a number",
        ),
        (
            "{overlay: 1.0.0, actions: [{target: $.info, update: 1}]}",
            Code::Overlay,
            "the target is an object, and a number cannot be merged into it",
        ),
        (
            "{overlay: 1.0.0, actions: [{target: $.info.title, update: x}]}",
            Code::Overlay,
            "the target is a string, not an object or a list",
        ),
        (
            "{overlay: 1.0.0, actions: [{target: $, remove: true}]}",
            Code::Overlay,
            "the document itself cannot be removed",
        ),
    ] {
        let (found, text, _) = only(overlay);
        assert_eq!((found, text.as_str()), (code, message), "{overlay}");
    }
    let (code, message, _) = only("{overlay: 1.0.0, actions: [{target: 'info', update: {}}]}");
    assert_eq!(code, Code::Overlay);
    assert!(
        message.starts_with("`target` is no JSONPath: "),
        "{message}"
    );
}

#[test]
fn overlays_cannot_nest_without_end() {
    let nest = format!("{}1{}", "{a: ".repeat(60), "}".repeat(60));
    let mut overlay = "overlay: 1.0.0\nactions:\n".to_owned();
    for depth in [0, 59, 118, 177, 236] {
        let target = format!("$.info.x{}", ".a".repeat(depth));
        let target = if depth == 0 {
            "$.info".to_owned()
        } else {
            target
        };
        let update = if depth == 0 {
            format!("{{x: {nest}}}")
        } else {
            nest.clone()
        };
        overlay.push_str(&format!("  - target: {target}\n    update: {update}\n"));
    }
    let (_, report) = with(&overlay);
    let [finding] = report.diagnostics() else {
        panic!("{:#?}", report.diagnostics());
    };
    assert_eq!(
        finding.message,
        "lists and objects would nest deeper than 256 levels"
    );
}

/// The messages of an overlay whose only action has this target.
fn said_of(target: &str) -> Vec<String> {
    let target = serde_json::to_string(target).expect("JSON");
    let overlay = format!("overlay: 1.0.0\nactions: [{{target: {target}, update: {{a: 1}}}}]\n");
    let (_, report) = with(&overlay);
    let messages = report.diagnostics().iter();
    messages.map(|finding| finding.message.clone()).collect()
}

#[test]
fn targets_that_no_parser_should_see_are_errors() {
    for (target, words) in [
        (format!("$[?{}@.a", "(".repeat(100_000)), "is longer than"),
        (format!("$[?{}@.a", "(".repeat(3_000)), "nests deeper than"),
        (format!("$[?{}@.a", "!(".repeat(50)), "nests deeper than"),
        (format!("${}", "[?@".repeat(1_000)), "nests deeper than"),
        (format!("$[?{}", "length(".repeat(100)), "nests deeper than"),
        (format!("${}", ".a".repeat(100_000)), "is longer than"),
    ] {
        let said = said_of(&target);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("`target` "), "{said:?}");
        assert!(said[0].contains(words), "{said:?}");
    }
    // Brackets in strings do not nest.
    let said = said_of("$['((((((((((((((((((((']");
    assert!(said[0].ends_with("matches nothing"), "{said:?}");
}

#[test]
fn targets_that_visit_values_again_and_again_are_errors() {
    let selectors = format!("$.paths{}", "[*,*,*,*,*,*,*,*,*,*]".repeat(12));
    let descents = format!("${}", "..*".repeat(40));
    let filters = "$..[?@..[?@..[?@..[?$..[?$..*]]]]]";
    let pattern = "$..[?match(@.a, '((a{1000}){1000}){1000}')]";
    for target in [&selectors, &descents, filters, pattern] {
        let said = said_of(target);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("may visit more than"), "{said:?}");
    }
}

#[test]
fn what_all_actions_make_is_limited() {
    let action = "- target: $..*\n  update: {x-b: {a: {}, b: {}}}\n";
    let entry = "openapi: 3.0.3\ninfo: {a: {b: {}}}\n";
    // A target that matches scalars as well is an error of its own.
    let objects = "- target: $..[?count(@.*) >= 0]\n  update: {x-b: {a: {}, b: {}}}\n";
    for action in [action, objects] {
        let text = format!("overlay: 1.0.0\nactions:\n{}", action.repeat(40));
        let mut budget = Budget::new(0);
        budget.values = 1 << 20;
        let (_, report) = laid_over_within(&mut budget, entry, &text);
        let last = report.diagnostics().last().expect("a finding");
        assert!(
            last.message.contains("too many values") || last.message.contains("may visit"),
            "{last:?}"
        );
        assert!(report.diagnostics().len() < 200);
    }
    let values = format!("[{}]", vec!["aaaaaaaaaa"; 60_000].join(", "));
    let text =
        format!("overlay: 1.0.0\nactions: [{{target: '$.paths.*', update: {{x: {values}}}}}]\n");
    let paths: String = (0..50).map(|path| format!("  /{path}: {{}}\n")).collect();
    let (_, report) = laid_over(&format!("openapi: 3.0.3\npaths:\n{paths}"), &text);
    let messages: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|one| &one.message)
        .collect();
    assert_eq!(
        messages,
        ["the actions up to this one expand to too many values"]
    );
}

#[test]
fn many_actions_on_a_large_document_are_limited_together() {
    let paths: String = (0..20_000)
        .map(|path| format!("  /{path}: {{get: {{operationId: o{path}}}}}\n"))
        .collect();
    let entry = format!("openapi: 3.0.3\npaths:\n{paths}");
    let actions = "- {target: $..none, remove: true}\n".repeat(5_000);
    let mut budget = Budget::new(0);
    budget.visits = 1 << 20;
    let overlay = format!("overlay: 1.0.0\nactions:\n{actions}");
    let (_, report) = laid_over_within(&mut budget, &entry, &overlay);
    let last = report.diagnostics().last().expect("a finding");
    assert!(last.message.contains("up to this one"), "{last:?}");
    assert!(report.diagnostics().len() < 50);
    // What names its values directly costs next to nothing.
    let actions: String = (0..2_000)
        .map(|path| format!("- {{target: \"$.paths['/{path}'].get\", update: {{x: 1}}}}\n"))
        .collect();
    let few = "- {target: '$.paths.*.get', update: {x-a: 1}}\n\
               - {target: \"$..[?@.operationId == 'o1']\", update: {x-b: 1}}\n\
               - {target: \"$.paths.*[?search(@.operationId, '^o19')]\", update: {x-c: 1}}\n";
    let (_, report) = laid_over(&entry, &format!("overlay: 1.0.0\nactions:\n{actions}{few}"));
    assert_eq!(report.diagnostics(), []);
}

#[test]
fn every_other_element_of_a_long_list_is_removed() {
    let items: Vec<_> = (0..20_000)
        .map(|item| format!("{{n: {item}, even: {}}}", item % 2 == 0))
        .collect();
    let keys: Vec<_> = (0..20_000)
        .map(|key| format!("k{key}: {}", key % 2))
        .collect();
    let entry = format!(
        "openapi: 3.0.3\nx-list: [{}]\nx-object: {{{}}}\n",
        items.join(", "),
        keys.join(", ")
    );
    let overlay = "overlay: 1.0.0\nactions:\n\
                   - {target: \"$['x-list'][?@.even == true]\", remove: true}\n\
                   - {target: \"$['x-list'][?@.n == 3].n\", remove: true}\n\
                   - {target: \"$['x-object'][?@ == 1]\", remove: true}\n";
    let (source, report) = laid_over(&entry, overlay);
    assert_eq!(report.diagnostics(), []);
    let root = &source.entry().root;
    assert_eq!(
        root.pointer("/x-list")
            .and_then(|list| list.as_array())
            .map(<[_]>::len),
        Some(10_000)
    );
    assert_eq!(at(&source, "/x-list/0").0, "{\"even\":false,\"n\":1}");
    assert_eq!(at(&source, "/x-list/1").0, "{\"even\":false}");
    assert_eq!(
        root.pointer("/x-object")
            .and_then(|object| object.as_object())
            .map(|object| object.len()),
        Some(10_000)
    );
}
