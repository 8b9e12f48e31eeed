//! Files wherever a part can be.

mod canned;

use std::collections::BTreeMap;

use api::Part;
use api::operations::untagged::all::AllMultipart;
use api::operations::untagged::either::{
    EitherMultipart, EitherMultipartFile, EitherMultipartFileRequired, EitherMultipartUrl,
};
use api::operations::untagged::merged::MergedMultipart;
use api::operations::untagged::rest::RestMultipart;
use api::operations::untagged::tagged::{
    TaggedBody, TaggedMultipart, TaggedMultipartNote, TaggedMultipartPicture,
    TaggedMultipartPictureRequired,
};
use canned::{client, parts, sent};
use golden_multipart_files as api;

fn file(name: &str, content: &str) -> String {
    typed(name, "application/octet-stream", content)
}

fn typed(name: &str, content_type: &str, content: &str) -> String {
    format!(
        "Content-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"|\
         Content-Type: {content_type}||{content}"
    )
}

fn text(name: &str, text: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{name}\"||{text}")
}

#[test]
fn properties_of_any_name_may_be_files() {
    let others = [("a", "1"), ("logo", "png")];
    let others = others.map(|(name, content)| (name.to_owned(), Part::new(content)));
    let body = RestMultipart::new().name("n").additional_properties(others.into());
    let client = client();
    assert_eq!(
        parts(&sent(client.rest(body))),
        [text("name", "n"), file("a", "1"), typed("logo", "image/png", "png")]
    );
    let lists = BTreeMap::from([("x".to_owned(), vec!["1".into(), "2".into()])]);
    let body = AllMultipart::new().additional_properties(lists);
    assert_eq!(parts(&sent(client.all(body))), [file("x", "1"), file("x", "2")]);
}

#[test]
fn alternatives_may_have_files() {
    let client = client();
    let url = EitherMultipart::Url(EitherMultipartUrl::new("https://example.com"));
    assert_eq!(parts(&sent(client.either(url))), [text("url", "https://example.com")]);
    let with_file = EitherMultipartFile::new(EitherMultipartFileRequired {
        file: "content".into(),
        name: "n".to_owned(),
    });
    assert_eq!(
        parts(&sent(client.either(with_file.into()))),
        [file("file", "content"), text("name", "n")]
    );
}

#[test]
fn alternatives_are_told_apart_by_their_tag() {
    let client = client();
    let picture = TaggedMultipartPicture::new(TaggedMultipartPictureRequired {
        kind: "Picture".to_owned(),
        picture: "png".into(),
    });
    let body = TaggedBody::Multipart(picture.into());
    assert_eq!(
        parts(&sent(client.tagged().body(body))),
        [text("kind", "Picture"), file("picture", "png")]
    );
    // The tag that nobody has set.
    let note = TaggedMultipart::Note(TaggedMultipartNote::new("text"));
    assert_eq!(
        parts(&sent(client.tagged().body(note))),
        [text("text", "text"), text("kind", "Note")]
    );
}

#[test]
fn files_stand_behind_references_and_in_alternatives() {
    let body = MergedMultipart::new("1")
        .maybe("2")
        .several(vec!["3".into(), "4".into()])
        .link_or_file(Part::text("https://example.com"))
        .one_or_more(vec!["5".into()]);
    assert_eq!(
        parts(&sent(client().merged(body))),
        [
            file("file", "1"),
            file("maybe", "2"),
            file("several", "3"),
            file("several", "4"),
            text("link_or_file", "https://example.com"),
            file("one_or_more", "5"),
        ]
    );
}
