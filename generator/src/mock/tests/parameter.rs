//! Parameters of requests.

use super::{assert_status, paths, request};

/// What is wrong with a request of one operation with these parameters.
#[track_caller]
fn wrong_with(parameters: &str, target: &str) -> Vec<String> {
    let path = target.split('?').next().unwrap();
    let template = match path.trim_start_matches('/').contains('/') {
        true => "/a/{p}",
        false => "/a",
    };
    let mock = paths(
        &format!(
            " {template}:\n  get:\n   operationId: a\n   parameters: {parameters}\n   \
             responses: {{'204': {{description: d}}}}"
        ),
        " {}",
    );
    let answer = mock.ask(&request("GET", target));
    assert!(matches!(answer.response.status, 204 | 400), "{answer:?}");
    answer.wrong()
}

#[track_caller]
fn assert_fine(parameters: &str, target: &str) {
    assert_eq!(wrong_with(parameters, target), Vec::<String>::new());
}

#[test]
fn parameters_that_are_missing_or_do_not_fit_are_told() {
    let parameters = "[{name: p, in: path, required: true, schema: {type: integer, minimum: 1}}, \
                       {name: q, in: query, required: true, schema: {type: string, maxLength: 3}}, \
                       {name: X-H, in: header, required: true, schema: {type: boolean}}, \
                       {name: c, in: cookie, required: true, schema: {type: string, pattern: '^a+$'}}]";
    assert_eq!(
        wrong_with(parameters, "/a/zero"),
        [
            "path `p` is not an integer",
            "query `q` is missing",
            "header `X-H` is missing",
            "cookie `c` is missing"
        ]
    );
    assert_eq!(
        wrong_with(
            "[{name: p, in: path, required: true, schema: {type: integer, minimum: 1}}]",
            "/a/0"
        ),
        ["path `p` is below the minimum, 1"]
    );
    let mock = paths(
        &format!(
            " '/a/{{p}}':\n  get:\n   operationId: a\n   parameters: {parameters}\n   responses: {{'204': {{description: d}}}}"
        ),
        " {}",
    );
    let good = request("GET", "/a/1?q=abc")
        .with("x-h", "true")
        .with("cookie", "b=1; c=aa");
    assert_status(&mock, &good, 204);
    let bad = request("GET", "/a/1?q=abcd&q=x")
        .with("x-h", "yes")
        .with("cookie", "c=b");
    assert_eq!(
        mock.ask(&bad).wrong(),
        [
            "query `q` is given more than once",
            "header `X-H` is not a boolean",
            "cookie `c` does not match the pattern `^a+$`"
        ]
    );
}

#[test]
fn lists_and_objects_are_read_by_their_styles() {
    let of = |style: &str, explode: bool, schema: &str, place: &str| {
        format!(
            "[{{name: p, in: {place}, required: true, style: {style}, explode: {explode}, schema: {schema}}}]"
        )
    };
    let list = "{type: array, maxItems: 3, minItems: 3, items: {type: integer}}";
    let object = "{type: object, required: [R, G], additionalProperties: false, \
                   properties: {R: {type: integer}, G: {type: string, minLength: 2}}}";
    for (style, explode, schema, place, target) in [
        ("simple", false, list, "path", "/a/1,2,3"),
        ("simple", true, list, "path", "/a/1,2,3"),
        ("simple", false, object, "path", "/a/R,1,G,%2C%2C"),
        ("simple", true, object, "path", "/a/R=1,G=%2C%2C"),
        ("label", false, list, "path", "/a/.1,2,3"),
        ("label", true, list, "path", "/a/.1.2.3"),
        ("label", true, object, "path", "/a/.R=1.G=ab"),
        ("matrix", false, list, "path", "/a/;p=1,2,3"),
        ("matrix", true, list, "path", "/a/;p=1;p=2;p=3"),
        ("matrix", false, object, "path", "/a/;p=R,1,G,ab"),
        ("matrix", true, object, "path", "/a/;R=1;G=ab"),
        ("form", true, list, "query", "/a?p=1&x=y&p=2&p=3"),
        ("form", false, list, "query", "/a?p=1,2,3"),
        ("form", true, object, "query", "/a?R=1&G=a+b"),
        ("form", false, object, "query", "/a?p=R,1,G,a%20b"),
        ("spaceDelimited", false, list, "query", "/a?p=1%202+3"),
        ("pipeDelimited", false, list, "query", "/a?p=1%7C2|3"),
        ("pipeDelimited", true, list, "query", "/a?p=1&p=2&p=3"),
        ("deepObject", true, object, "query", "/a?p%5BR%5D=1&p[G]=ab"),
        ("deepObject", true, list, "query", "/a?p[]=1&p[]=2&p[]=3"),
        ("deepObject", true, list, "query", "/a?p[0]=1&p[1]=2&p[2]=3"),
    ] {
        let parameters = of(style, explode, schema, place);
        assert_eq!(
            wrong_with(&parameters, target),
            Vec::<String>::new(),
            "{style} {explode} {target}"
        );
        // And that it was read, not passed over.
        let worse = target.replace('1', "x");
        assert_ne!(
            wrong_with(&parameters, &worse),
            Vec::<String>::new(),
            "{style} {explode} {worse}"
        );
    }
    assert_eq!(
        wrong_with(&of("label", false, list, "path"), "/a/1,2,3"),
        ["path `p` does not begin with a dot"]
    );
    assert_eq!(
        wrong_with(&of("matrix", false, list, "path"), "/a/;q=1,2,3"),
        ["path `p` does not begin with its name"]
    );
    assert_eq!(
        wrong_with(&of("form", true, list, "query"), "/a?p=1&p=2"),
        ["query `p` has fewer than 3 items"]
    );
    let nested = "{type: object, properties: {list: {type: array, items: {type: integer}}, \
                   inner: {type: object, properties: {deep: {type: boolean}}}}}";
    assert_fine(
        &of("deepObject", true, nested, "query"),
        "/a?p[list][]=1&p[list][]=2&p[inner][deep]=true",
    );
    assert_eq!(
        wrong_with(
            &of("deepObject", true, nested, "query"),
            "/a?p[list][]=1&p[list][]=no&p[inner][deep]=1"
        ),
        [
            "query `p` /inner/deep is not a boolean",
            "query `p` /list/1 is not an integer"
        ]
    );
}

#[test]
fn parameters_with_content_are_json() {
    let parameters = "[{name: p, in: query, content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}]";
    assert_fine(parameters, "/a?p=%7B%22a%22%3A1%7D");
    assert_fine(parameters, "/a");
    assert_eq!(wrong_with(parameters, "/a?p={"), ["query `p` is not JSON"]);
    assert_eq!(
        wrong_with(parameters, "/a?p={%22a%22:%22b%22}"),
        ["query `p` /a is not an integer"]
    );
}

#[test]
fn a_choice_takes_what_fits() {
    let parameters = "[{name: p, in: query, schema: {oneOf: [{type: integer, maximum: 9}, {type: string, enum: [all]}, {type: array, items: {type: boolean}}]}}]";
    for fine in ["/a?p=5", "/a?p=all", "/a?p=true&p=false"] {
        assert_fine(parameters, fine);
    }
    assert_eq!(
        wrong_with(parameters, "/a?p=some"),
        ["query `p` fits none of the 3 of `oneOf`"]
    );
}

#[test]
fn numbers_are_compared_without_rounding() {
    let with = |schema: &str| format!("[{{name: q, in: query, schema: {{{schema}}}}}]");
    for (schema, good, bad) in [
        (
            "type: integer, maximum: 9007199254740992",
            "9007199254740992",
            "9007199254740993",
        ),
        ("type: number, minimum: 0.1", "0.1", "0.09999999999999999"),
        ("type: number, multipleOf: 0.1", "0.3", "0.35"),
        ("type: number, multipleOf: 1.0e-300", "1e300", "1e-301"),
        (
            "type: integer, multipleOf: 2",
            "9007199254740994",
            "9007199254740993",
        ),
        (
            "type: number, minimum: 1, exclusiveMinimum: true",
            "1.0000000000000002",
            "1.0",
        ),
    ] {
        let schema = with(schema);
        assert_fine(&schema, &format!("/a?q={good}"));
        assert_eq!(
            wrong_with(&schema, &format!("/a?q={bad}")).len(),
            1,
            "{bad}"
        );
    }
}

#[test]
fn patterns_that_take_too_long_refuse_the_request() {
    let with = |pattern: &str| {
        format!("[{{name: q, in: query, schema: {{type: string, pattern: '{pattern}'}}}}]")
    };
    let target = format!("/a?q={}!", "a".repeat(2_000));
    assert_eq!(
        wrong_with(&with("^(a+)+$"), &target),
        ["query `q` does not match the pattern `^(a+)+$`"]
    );
    assert_eq!(
        wrong_with(&with(r"^(a+)(?:a+)+\1b$"), &target),
        [
            r"query `q` could not be checked against the pattern `^(a+)(?:a+)+\1b$`: the text is too long, or matching takes too many steps"
        ]
    );
    // Texts are not held against what is no regular expression.
    assert_fine(&with("(?i)b"), &target);
}
