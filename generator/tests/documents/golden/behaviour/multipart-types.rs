//! Content types of parts: JSON is never labelled as something else.

mod canned;

use api::Part;
use api::operations::untagged::mixed::SendMultipart;
use api::types::Address;
use canned::{client, parts, sent};
use golden_multipart_types as api;

fn part(name: &str, content_type: &str, content: &str) -> String {
    format!(
        "Content-Disposition: form-data; name=\"{name}\"|Content-Type: {content_type}||{content}"
    )
}

#[test]
fn what_is_no_json_comes_from_the_caller() {
    let body = SendMultipart::new("<street>Main</street>")
        .rows(vec!["n\n1".to_owned()])
        .packed(b"\x08\x01".to_vec())
        .choice(Part::text("street\nMain").content_type("text/csv"))
        .free("a: 1")
        .pictures(vec![Part::new("png").content_type("image/png")])
        .table("a,b");
    assert_eq!(
        parts(&sent(client().send(body))),
        [
            part("address", "application/xml", "<street>Main</street>"),
            part("rows", "text/csv", "n\n1"),
            part("packed\"; filename=\"packed", "application/x-protobuf", "\u{8}\u{1}"),
            part("choice", "text/csv", "street\nMain"),
            part("free", "application/yaml", "a: 1"),
            part("pictures\"; filename=\"pictures", "image/png", "png"),
            part("table", "text/csv", "a,b"),
        ]
    );
}

#[test]
fn a_part_of_a_type_that_is_not_listed_is_refused() {
    let send = |part: Part, picture: Part| {
        let body = SendMultipart::new("<a/>").choice(part).pictures(vec![picture]);
        client().send(body).build().map(drop).map_err(|error| {
            assert!(error.is_invalid_request(), "{error}");
            error.to_string()
        })
    };
    let of = |content_type: &str| Part::new("bytes").content_type(content_type);
    assert_eq!(send(of("Text/CSV; header=present"), of("image/webp")), Ok(()));
    assert_eq!(send(Part::new("bytes"), Part::new("bytes")), Ok(()));
    let refused = send(of("application/json"), of("image/png")).expect_err("a refusal");
    let expected = "a part `choice` whose content type is none of `application/xml`, `text/csv`";
    assert!(refused.contains(expected), "{refused}");
    let refused = send(of("text/csv"), of("imagery/png")).expect_err("a refusal");
    let expected = "a part `pictures` whose content type is none of `image/*`";
    assert!(refused.contains(expected), "{refused}");
}

#[test]
fn json_is_sent_where_it_is_allowed() {
    let address = || Address::new().street("Main");
    let body = SendMultipart::new("<a/>")
        .either(address())
        .vendor(address())
        .any(address())
        .count(4)
        .note("# n")
        .numbers(vec![1, 2]);
    let json = r#"{"street":"Main"}"#;
    assert_eq!(
        parts(&sent(client().send(body)))[1..],
        [
            part("either", "application/vnd.address+json", json),
            part("vendor", "application/vnd.address+json", json),
            part("any", "application/json", json),
            part("count", "text/plain", "4"),
            "Content-Disposition: form-data; name=\"note\"||# n".to_owned(),
            part("numbers", "application/json", "[1,2]"),
        ]
    );
}
