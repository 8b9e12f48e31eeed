//! Swagger 2.0: bodies, lists, files and addresses go where they went.

mod canned;

use canned::{answered_json, block_on, body, client, round_trip, sent, target};
use golden_swagger_2 as api;
use golden_swagger_2::Part;
use golden_swagger_2::operations::untagged::photos::{
    AddPhotoMultipart, SetPhotosMultipart, SetPhotosMultipartRequired,
};
use golden_swagger_2::types::{
    AddAlbumRequest, AddAlbumRequestAlbum, Pet, VoteAlbumRequest,
};
use serde_json::json;

#[test]
fn lists_have_commas_unless_they_say_otherwise() {
    let client = client();
    let call = client
        .list_pets()
        .limit(2)
        .tags(["a".to_owned(), "b".to_owned()])
        .names(["c".to_owned(), "d".to_owned()]);
    assert_eq!(
        target(&sent(call)),
        "/pets?limit=2&tags=a,b&names=c&names=d"
    );
}

#[test]
fn lists_in_paths_and_headers_are_separated_as_they_say() {
    let client = client();
    let call = client
        .named_pets(["a b".to_owned(), "c,d".to_owned()])
        .x_tags(["e,f".to_owned(), "g|h".to_owned()])
        .x_rows(["i j".to_owned(), "k".to_owned()])
        .x_cells(["l m".to_owned(), "n,o".to_owned()]);
    let request = sent(call);
    assert_eq!(target(&request), "/pets/named/a%20b%7Cc%2Cd");
    assert_eq!(request.headers()["x-tags"], "e,f g|h");
    assert_eq!(request.headers()["x-rows"], "i j|k");
    assert_eq!(request.headers()["x-cells"], "l m\tn,o");
    // What would read as two items is not sent.
    let split = block_on(client.named_pets(["a|b".to_owned()]).send());
    assert!(split.expect_err("refused").to_string().contains("delimiter"));
    let split = client.named_pets(["a".to_owned()]).x_tags(["b c".to_owned()]);
    assert!(block_on(split.send()).is_err());
}

#[test]
fn a_shared_body_is_a_body() {
    let request = sent(client().create_pet(Pet::new("Tom")));
    assert_eq!(target(&request), "/pets");
    assert_eq!(body(&request), json!({"name": "Tom"}));
}

#[test]
fn definitions_are_types() {
    let pet: Pet = round_trip(r#"{"name": "Tom", "mother": {"name": "Ada"}, "born": null}"#);
    assert_eq!(pet.born, Some(None));
}

#[test]
fn errors_are_shared_responses() {
    let client = answered_json(400, r#"{"message": "no"}"#);
    let error = block_on(client.list_pets().send()).expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
}

/// The body as text, without its boundaries.
fn parts(request: &http::Request<bytes::Bytes>) -> Vec<String> {
    let body = std::str::from_utf8(request.body()).expect("text");
    let (boundary, _) = body.split_once("\r\n").expect("a boundary");
    let parts = body.split(boundary).filter(|part| part.contains("name="));
    parts.map(|part| part.trim().replace("\r\n", "|")).collect()
}

#[test]
fn each_field_of_a_form_has_its_own_type() {
    let photo = AddPhotoMultipart::new(Part::new("png")).note("cat");
    let request = sent(client().add_photo(photo));
    assert_eq!(
        parts(&request),
        [
            "Content-Disposition: form-data; name=\"photo\"; filename=\"photo\"|\
             Content-Type: application/octet-stream||png",
            "Content-Disposition: form-data; name=\"note\"||cat",
        ]
    );
}

#[test]
fn files_of_a_list_are_parts() {
    let photos = SetPhotosMultipart::new(SetPhotosMultipartRequired {
        photos: vec![Part::new("1"), Part::new("2")],
        album: AddAlbumRequestAlbum::Cats,
    });
    let request = sent(client().set_photos(photos));
    let names: Vec<bool> = parts(&request)
        .iter()
        .map(|part| part.contains("name=\"photos\""))
        .collect();
    assert_eq!(names, [true, true, false]);
}

#[test]
fn forms_that_share_a_field_are_forms_of_their_own() {
    let album = AddAlbumRequest::new(AddAlbumRequestAlbum::Cats).public(true);
    let request = sent(client().add_album(album));
    assert_eq!(request.body(), "album=cats&public=true");
    let votes = VoteAlbumRequest::new(AddAlbumRequestAlbum::Dogs).votes([1, 2]);
    let request = sent(client().vote_album(votes));
    assert_eq!(request.body(), "album=dogs&votes=1&votes=2");
}

#[test]
fn lists_in_response_headers_are_separated_as_they_say() {
    let mut headers = http::HeaderMap::new();
    for (name, value) in [
        ("x-csv", "1, 2"),
        ("x-tsv", "a,b c\td"),
        ("x-ssv", "1  2 3"),
        ("x-pipes", "a,b|c d"),
    ] {
        headers.append(name, http::HeaderValue::from_static(value));
    }
    headers.append("x-ssv", http::HeaderValue::from_static("4"));
    let read = api::operations::untagged::pets::NamedPetsHeaders::from_headers(&headers).expect("headers");
    assert_eq!(read.x_csv, Some(vec![1, 2]));
    assert_eq!(read.x_ssv, Some(vec![1, 2, 3, 4]));
    let texts = |items: Option<Vec<String>>| items.expect("a list");
    assert_eq!(texts(read.x_tsv), ["a,b c", "d"]);
    assert_eq!(texts(read.x_pipes), ["a,b", "c d"]);
}
