//! Applying overlays, and what is wrong with them.

use super::apply;
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
    let mut report = Report::default();
    let inputs = [("openapi.yaml", ENTRY), ("overlay.yaml", overlay)]
        .map(|(path, text)| Input {
            path: path.to_owned(),
            text: text.into(),
        })
        .into();
    let mut source = load(inputs, &mut report);
    assert_eq!(report.diagnostics(), [], "{overlay}");
    apply(&mut source, &mut report);
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
