//! Multipart bodies: every property is a part, files among them.

mod canned;

use api::operations::untagged::files::{UploadMultipart, UploadMultipartRequired};
use api::operations::untagged::pictures::UploadPictureMultipart;
use api::operations::untagged::values::SendValuesBody;
use api::types::UploadPurpose;
use api::{Part, RequestBody};
use bytes::Bytes;
use canned::{decode, parts, refused, sent};
use golden_multipart as api;
use serde_json::json;

/// Calls borrow from their client; here it lives as long as they may.
fn client() -> &'static api::Client {
    Box::leak(Box::new(canned::client()))
}

fn required(file: impl Into<Part>) -> UploadMultipartRequired {
    UploadMultipartRequired {
        purpose: UploadPurpose::Share,
        file: file.into(),
    }
}

#[test]
fn every_property_is_a_part() {
    let mut upload = UploadMultipart::new(required("content"))
        .more(vec![Part::new("1").file_name("a\"\n.txt"), Part::new("2").content_type("text/csv")])
        .tags(vec!["x".to_owned(), "y".to_owned()])
        .sizes(vec![decode(r#"{"width": 1}"#), decode(r#"{"width": 2}"#)])
        .size(decode::<api::types::Size>(r#"{"width": 3}"#))
        .count(4)
        .thumbnail(Part::new("png").header("X-Size", "3"))
        .notes("# é");
    upload.purpose = "else".into();
    assert_eq!(
        parts(&sent(client().upload(upload))),
        [
            "Content-Disposition: form-data; name=\"purpose\"||else",
            "Content-Disposition: form-data; name=\"file\"; filename=\"file\"|\
             Content-Type: application/octet-stream||content",
            "Content-Disposition: form-data; name=\"more\"; filename=\"a%22%0A.txt\"|\
             Content-Type: application/octet-stream||1",
            "Content-Disposition: form-data; name=\"more\"; filename=\"more\"|\
             Content-Type: text/csv||2",
            "Content-Disposition: form-data; name=\"tags\"||x",
            "Content-Disposition: form-data; name=\"tags\"||y",
            "Content-Disposition: form-data; name=\"sizes\"|Content-Type: application/json||\
             {\"width\":1}",
            "Content-Disposition: form-data; name=\"sizes\"|Content-Type: application/json||\
             {\"width\":2}",
            "Content-Disposition: form-data; name=\"size\"|Content-Type: application/json||\
             {\"width\":3}",
            "Content-Disposition: form-data; name=\"count\"||4",
            "Content-Disposition: form-data; name=\"thumbnail\"; filename=\"thumbnail\"|\
             Content-Type: application/octet-stream|X-Size: 3||png",
            "Content-Disposition: form-data; name=\"notes\"|Content-Type: text/markdown||# é",
        ],
    );
}

#[test]
fn what_is_absent_has_no_part() {
    let request = sent(client().upload(UploadMultipart::new(required(vec![1_u8]))));
    assert_eq!(parts(&request).len(), 2);
}

#[test]
fn files_are_streamed_with_their_length() {
    let stream = || RequestBody::new(http_body_util::Full::new(Bytes::from_static(b"content")));
    let upload = |part: Part| client().upload(UploadMultipart::new(required(part))).build();
    let streamed = upload(stream().into()).expect("a request");
    assert!(streamed.body().as_bytes().is_none());
    let held = upload("content".into()).expect("a request");
    assert_eq!(streamed.body().length(), held.body().length());
}

#[test]
fn boundaries_differ() {
    let upload = || sent(client().upload(UploadMultipart::new(required("x"))));
    assert_ne!(upload().headers()["content-type"], upload().headers()["content-type"]);
}

#[test]
fn headers_that_cannot_be_sent_are_refused() {
    let upload = |part: Part| client().upload(UploadMultipart::new(required(part)));
    refused(upload(Part::new("x").content_type("a/b\r\nX: 1")));
    refused(upload(Part::new("x").header("X\r\nY", "1")));
}

#[test]
fn media_types_are_chosen_by_what_is_given() {
    let client = client();
    let picture = UploadPictureMultipart::new("png");
    let request = sent(client.upload_picture().body(picture));
    assert_eq!(parts(&request).len(), 1);
    let request = sent(client.upload_picture().body(decode::<
        api::types::UploadPictureRequest,
    >(r#"{"url": "x"}"#)));
    assert_eq!(canned::body(&request), json!({"url": "x"}));
}

#[test]
fn bodies_without_files_have_the_type_of_their_schema() {
    let values = || decode(r#"{"name": "n", "a": 1}"#);
    let request = sent(client().send_values(SendValuesBody::Multipart(values())));
    assert_eq!(
        parts(&request),
        [
            "Content-Disposition: form-data; name=\"name\"||n",
            "Content-Disposition: form-data; name=\"a\"||1",
        ],
    );
    let values: api::types::Values = values();
    assert_eq!(canned::body(&sent(client().send_values(values)))["a"], 1);
}
