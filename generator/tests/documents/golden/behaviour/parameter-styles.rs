//! Parameter styles: each writes its values as OpenAPI says, and what OpenAPI
//! leaves open as the warnings say.

mod canned;

use canned::{client, decode, headers, refused, sent, target};
use golden_parameter_styles as api;
use golden_parameter_styles::operations::untagged::{content::ContentRequired, deep::DeepRequired};
use golden_parameter_styles::operations::untagged::form::FormQueryRequired;
use golden_parameter_styles::types::{Color, ColorRequired, Filter};

fn color() -> Color {
    Color::new(ColorRequired {
        r: 100,
        g: 200,
        b: 150,
    })
}

fn filter() -> Filter {
    decode(
        r#"{"name": "n", "tags": ["a", "b"], "inside": {"deep": true},
            "rules": [{"key": "k"}, {"values": [1, 2]}]}"#,
    )
}

fn colors() -> Vec<String> {
    ["blue", "black"].map(str::to_owned).into()
}

#[test]
fn paths_have_labels_and_matrices() {
    let client = client();
    assert_eq!(
        target(&sent(client.label("a.b", colors(), color()))),
        "/label/.a.b/.blue.black/.R,100,G,200,B,150"
    );
    assert_eq!(
        target(&sent(client.matrix(5, colors(), color()))),
        "/matrix/;primitive=5/;array=blue,black/;R=100;G=200;B=150"
    );
    refused(client.label("", colors(), color()));
    refused(client.matrix(5, Vec::<String>::new(), color()));
}

#[test]
fn lists_have_delimiters() {
    let client = client();
    let call = || client.delimited();
    for (call, expected) in [
        (call().pipes(colors()), "pipes=blue%7Cblack"),
        (call().spaces(colors()), "spaces=blue%20black"),
        (call().tabs(colors()), "tabs=blue%09black"),
        (call().exploded(colors()), "exploded=blue&exploded=black"),
        (call().single("a b"), "single=a%20b"),
        (
            call().space_object(color()),
            "space_object=R%20100%20G%20200%20B%20150",
        ),
    ] {
        assert_eq!(target(&sent(call)), format!("/delimited?{expected}"));
    }
    refused(call().pipes(["a|b".to_owned()]));
    assert_eq!(target(&sent(call().pipes([]))), "/delimited");
    assert_eq!(headers(&sent(call().misplaced("x"))), [("misplaced", "x")]);
}

#[test]
fn deep_objects_have_brackets() {
    let client = client();
    let call = || client.deep(DeepRequired { color: color() });
    let query = |call| {
        let target: String = target(&sent(call));
        let query = target.strip_prefix("/deep?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
        query.expect("the color").replace("%5B", "[").replace("%5D", "]")
    };
    assert_eq!(query(call()), "");
    assert_eq!(
        query(call().filter(filter())),
        "&filter[name]=n&filter[tags][]=a&filter[tags][]=b&filter[inside][deep]=true\
         &filter[rules][0][key]=k&filter[rules][1][values][]=1&filter[rules][1][values][]=2"
    );
    assert_eq!(query(call().expand(colors())), "&expand[]=blue&expand[]=black");
    assert_eq!(query(call().expand([])), "");
    assert_eq!(
        query(call().created(decode::<api::types::DeepCreated>(r#"{"gt": 1, "lte": 2}"#))),
        "&created[gt]=1&created[lte]=2"
    );
    assert_eq!(query(call().created(decode::<api::types::DeepCreated>("7"))), "&created=7");
    assert_eq!(query(call().single("a")), "&single=a");
}

#[test]
fn content_is_json_wherever_it_stands() {
    let client = client();
    let filter: Filter = decode(r#"{"name": "a&b"}"#);
    let request = sent(
        client
            .content(color(), ContentRequired { filter })
            .x_meta(decode(r#"{"k": "é, x"}"#))
            .state([1, 2])
            .plain("a b")
            .odd("<x/>"),
    );
    assert_eq!(
        target(&request),
        "/content/%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D\
         ?filter=%7B%22name%22%3A%22a%26b%22%7D&plain=a%20b&odd=%3Cx%2F%3E"
    );
    assert_eq!(
        headers(&request),
        [
            ("cookie", "state=[1%2C2]"),
            ("x-meta", r#"{"k":"\u00e9, x"}"#)
        ]
    );
}

#[test]
fn a_parameter_can_be_the_whole_query() {
    let client = client();
    let query: Filter = decode(r#"{"name": "a b", "tags": ["x", "y"]}"#);
    assert_eq!(
        target(&sent(client.form_query(FormQueryRequired { query }))),
        "/form?name=a%20b&tags=x&tags=y"
    );
    assert_eq!(
        target(&sent(client.json_query().query(color()))),
        "/json?%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"
    );
    assert_eq!(target(&sent(client.json_query())), "/json");
}

#[test]
fn what_openapi_leaves_open() {
    let client = client();
    let call = || client.open();
    for (call, expected) in [
        (call().next("/a/b?c=d&e#f"), "next=/a/b?c=d%26e%23f"),
        (call().flag(true), "flag=true"),
        (
            call().nested([vec!["a".to_owned(), "b".to_owned()]]),
            "nested=%5B%22a%22%2C%22b%22%5D",
        ),
        (
            call().filter(decode::<Filter>(r#"{"name": "n", "inside": {"deep": true}}"#)),
            "name=n&inside=%7B%22deep%22%3Atrue%7D",
        ),
        (call().neither("x"), "neither=x"),
        (call().both("x"), "both=x"),
        (call().twice("x"), "twice=x"),
    ] {
        assert_eq!(target(&sent(call)), format!("/open?{expected}"));
    }
}

#[test]
fn paths_and_parameters_that_do_not_match() {
    let client = client();
    assert_eq!(
        target(&sent(client.undeclared("i", "a", 2, "p"))),
        "/undeclared/i/a.2/p:cancel/i"
    );
    assert_eq!(
        target(&sent(client.with_query("a&b").more("m"))),
        "/cookies?kind=a%26b&more=m"
    );
}
