//! Parts by the rules of OpenAPI 3.1.

mod canned;

use api::operations::untagged::bundle::SendBundleMixed;
use api::operations::untagged::profile::SetProfileMultipart;
use api::types::{StyledRequest, StyledRequestDeep, StyledRequestRequired};
use api::{Part, RequestBody};
use canned::{client, decode, parts, refused, sent};
use golden_v3_1_multipart as api;

fn file(name: &str, content_type: &str, content: &str) -> String {
    part(&format!("{name}\"; filename=\"{name}"), content_type, content)
}

fn part(name: &str, content_type: &str, content: &str) -> String {
    format!(
        "Content-Disposition: form-data; name=\"{name}\"|Content-Type: {content_type}||{content}"
    )
}

fn text(name: &str, text: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{name}\"||{text}")
}

#[test]
fn a_part_without_a_type_is_a_file() {
    let jpeg = RequestBody::from("jpeg").of_media_type("image/jpeg");
    let body = SetProfileMultipart::new()
        .picture(jpeg)
        .pages(vec!["1".into(), Part::new("2").content_type("image/png; v=2")])
        .described("any")
        .scan("png")
        .base64("aGVsbG8=")
        .markdown("# m")
        .json("{}")
        .old("old")
        .data(decode::<serde_json::Value>(r#"{"a": 1}"#))
        .maybe("zip")
        .additional_properties([("more".to_owned(), Part::text("text"))].into());
    assert_eq!(
        parts(&sent(client().set_profile(body))),
        [
            file("picture", "image/jpeg", "jpeg"),
            file("pages", "image/png", "1"),
            file("pages", "image/png; v=2", "2"),
            file("described", "application/octet-stream", "any"),
            file("scan", "image/png", "png"),
            part("base64", "application/octet-stream", "aGVsbG8="),
            part("markdown", "text/markdown", "# m"),
            text("json", "{}"),
            file("old", "application/octet-stream", "old"),
            part("data", "application/json", r#"{"a":1}"#),
            file("maybe", "application/zip", "zip"),
            text("more", "text"),
        ]
    );
    let bundle = SendBundleMixed::new()
        .body("zip")
        .list(vec!["a".to_owned(), "b".to_owned()]);
    let request = sent(client().send_bundle(bundle));
    let content_type = request.headers()["content-type"].to_str();
    assert!(content_type.is_ok_and(|value| value.starts_with("multipart/mixed; boundary=")));
    assert_eq!(
        parts(&request),
        [file("body", "application/zip", "zip"), text("list", "a"), text("list", "b")]
    );
}

fn styled() -> StyledRequest {
    StyledRequest::new(StyledRequestRequired {
        csv: vec!["p".to_owned(), "q".to_owned()],
        deep: StyledRequestDeep::new(1).g("x, y").list(vec![2, 3]),
    })
}

#[test]
fn styles_of_parts_count() {
    let body = styled()
        .spread(decode::<api::types::StyledRequestSpread>(r#"{"x": 1, "y": 2}"#))
        .pairs(decode(r#"{"a": 1, "b": 2}"#))
        .pipes(vec!["a,b".to_owned(), "c d".to_owned()])
        .spaces(vec![1, 2])
        .several(vec!["s".to_owned(), "t".to_owned()])
        .text("# m")
        .reserved(decode::<api::types::StyledRequestReserved>(r#"{"a": "/"}"#));
    assert_eq!(
        parts(&sent(client().styled(body))),
        [
            text("csv", "p,q"),
            text("deep[r]", "1"),
            text("deep[g]", "x, y"),
            text("deep[list][0]", "2"),
            text("deep[list][1]", "3"),
            text("x", "1"),
            text("y", "2"),
            text("pairs", "a,1,b,2"),
            text("pipes", "a,b|c d"),
            text("spaces", "1 2"),
            text("several", "s"),
            text("several", "t"),
            text("text", "# m"),
            text("a", "/"),
        ]
    );
}

#[test]
fn an_item_with_the_delimiter_is_refused() {
    let mut commas = styled();
    commas.csv = vec!["p,q".to_owned()];
    refused(client().styled(commas));
    refused(client().styled(styled().pipes(vec!["a|b".to_owned()])));
    refused(client().styled(styled().pairs(decode(r#"{"a,b": 1}"#))));
}
