//! Templates of paths.

use crate::runtime::path::{expand, expand_query, is_safe, parts};

fn values(given: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    given
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

#[test]
fn templates_are_filled_in() {
    let values = values(&[("a", "1"), ("b-c", "x%2Fy")]);
    for (template, path) in [
        ("/", "/"),
        ("/v1", "/v1"),
        ("/v1/", "/v1/"),
        ("/v1/{a}", "/v1/1"),
        ("/{a}/{b-c}/{a}", "/1/x%2Fy/1"),
        ("/{a}{b-c}.json", "/1x%2Fy.json"),
        ("/x({a}):cancel", "/x(1):cancel"),
        ("/a b/%7E|é?#", "/a%20b/%7E%7C%C3%A9%3F%23"),
        ("/open{", "/open%7B"),
    ] {
        assert_eq!(expand(template, &values).unwrap(), path);
    }
    assert!(
        expand("/{missing}", &values)
            .unwrap_err()
            .contains("`missing` has no value")
    );
}

#[test]
fn only_filled_in_segments_are_judged() {
    let values = values(&[("dot", "."), ("empty", ""), ("x", "x")]);
    for (template, ok) in [
        ("/a//b/./{x}", true),
        ("/{dot}", false),
        ("/{dot}{dot}", false),
        ("/{dot}{dot}{dot}", true),
        ("/.{dot}/x", false),
        ("/{empty}", false),
        ("/{empty}{x}", true),
        ("/{empty}{empty}", false),
        ("/{empty}.", false),
        ("/%2E{dot}", false),
    ] {
        assert_eq!(expand(template, &values).is_ok(), ok, "{template}");
    }
}

#[test]
fn decoding_goes_on_until_nothing_changes() {
    let mut dots = "..".to_owned();
    for _ in 0..20 {
        assert!(!is_safe(&dots));
        dots = dots.replace('%', "%25").replace('.', "%2e");
    }
    assert!(is_safe("%252525"));
    assert!(is_safe("%"));
    assert!(is_safe("%ff%fe"));
}

#[test]
fn a_template_may_have_a_query_and_a_fragment() {
    for (template, expected) in [
        ("/a/{b}", ("/a/{b}", None)),
        ("/a?b=c&d", ("/a", Some("b=c&d"))),
        ("/a#b", ("/a", None)),
        ("/a?b#c?d", ("/a", Some("b"))),
        ("/a#b?c", ("/a", None)),
        ("/{a?b#c}/d?{e?}", ("/{a?b#c}/d", Some("{e?}"))),
    ] {
        assert_eq!(parts(template), expected);
    }
    let values = values(&[("a", "1%262")]);
    assert_eq!(
        expand_query("x={a}&y= z", &values).unwrap(),
        "x=1%262&y=%20z"
    );
}
