//! Forms and multipart bodies: by styles, by content types, in alternatives.

use super::{Mock, mock_of, request};

/// What is wrong with a multipart body of these parts: name, content type,
/// text.
fn multipart(mock: &Mock, path: &str, parts: &[(&str, &str, &str)]) -> Vec<String> {
    let mut body = String::new();
    for (name, content_type, text) in parts {
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"");
        let content_type = match *content_type {
            "" => String::new(),
            content_type => format!("\r\nContent-Type: {content_type}"),
        };
        body.push_str(&format!(
            "--b\r\n{disposition}{content_type}\r\n\r\n{text}\r\n"
        ));
    }
    body.push_str("--b--\r\n");
    let request = request("POST", path).sending("multipart/form-data; boundary=b", &body);
    mock.ask(&request).wrong()
}

fn form(mock: &Mock, path: &str, body: &str) -> Vec<String> {
    let media_type = "application/x-www-form-urlencoded";
    let request = request("POST", path).sending(media_type, body);
    mock.ask(&request).wrong()
}

#[test]
fn styles_of_parts_are_read_where_they_count() {
    let mock = mock_of(include_str!(
        "../../../tests/documents/golden/v3-1-multipart.yaml"
    ));
    let styled = |parts: &[(&str, &str, &str)]| multipart(&mock, "/styled", parts);
    let needed = [("csv", "", "p,q"), ("deep[r]", "", "1")];
    let more = [
        ("deep[g]", "", "x, y"),
        ("deep[list][0]", "", "2"),
        ("x", "", "1"),
        ("pairs", "", "a,1,b,2"),
        ("pipes", "", "a,b|c%20d"),
        ("spaces", "", "1 2"),
        ("several", "", "s"),
        ("several", "", "t+"),
    ];
    assert_eq!(styled(&[&needed[..], &more[..]].concat()), [""; 0]);
    assert_eq!(styled(&needed[1..]), ["body /csv is missing"]);
    let wrong = [("x", "", "a"), ("spaces", "", "1 b"), ("pairs", "", "a,b")];
    assert_eq!(
        styled(&[&needed[..], &wrong[..]].concat()),
        [
            "body /pairs/a is not an integer",
            "body /spaces/1 is not an integer",
            "body /spread/x is not an integer",
        ]
    );
}

#[test]
fn parts_in_other_notations_are_not_read() {
    let mock = mock_of(include_str!(
        "../../../tests/documents/golden/multipart-types.yaml"
    ));
    let sent = |parts: &[(&str, &str, &str)]| multipart(&mock, "/mixed", parts);
    let xml = ("address", "application/xml", "<street/>");
    assert_eq!(sent(&[xml, ("rows", "text/csv", "n\r\n1")]), [""; 0]);
    assert_eq!(
        sent(&[xml, ("vendor", "application/vnd.address+json", "1")]),
        ["body /vendor is not an object"]
    );
    assert_eq!(
        sent(&[("rows", "text/csv", "n")]),
        ["body /address is missing"]
    );
}

#[test]
fn a_form_may_be_a_text() {
    let mock = mock_of(include_str!(
        "../../../tests/documents/golden/form-encoding.yaml"
    ));
    assert_eq!(form(&mock, "/text", "a=%20&b=+"), [""; 0]);
    assert_eq!(form(&mock, "/text", "no pairs"), [""; 0]);
}

#[test]
fn lists_of_swagger_have_their_delimiters() {
    let mock = mock_of(
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\nhost: a.example\npaths:\n  /a:\n    post:\n      \
         operationId: a\n      consumes: [application/x-www-form-urlencoded, multipart/form-data]\n      \
         parameters:\n        \
         - {name: csv, in: formData, type: array, items: {type: integer}}\n        \
         - {name: ssv, in: formData, type: array, items: {type: integer}, collectionFormat: ssv}\n        \
         - {name: tsv, in: formData, type: array, items: {type: integer}, collectionFormat: tsv}\n        \
         - {name: pipes, in: formData, type: array, items: {type: integer}, collectionFormat: pipes}\n        \
         - {name: multi, in: formData, type: array, items: {type: integer}, collectionFormat: multi}\n      \
         responses: {'204': {description: d}}\n",
    );
    let pairs = "csv=1,2&ssv=1%202&tsv=1%092&pipes=1%7C2&multi=1&multi=2";
    assert_eq!(form(&mock, "/a", pairs), [""; 0]);
    let parts = [
        ("csv", "", "1,2"),
        ("ssv", "", "1 2"),
        ("tsv", "", "1\t2"),
        ("pipes", "", "1|2"),
        ("multi", "", "1"),
        ("multi", "", "2"),
    ];
    assert_eq!(multipart(&mock, "/a", &parts), [""; 0]);
    let wrong = [("tsv", "", "1\tb")];
    assert_eq!(
        multipart(&mock, "/a", &wrong),
        ["body /tsv/1 is not an integer"]
    );
}
