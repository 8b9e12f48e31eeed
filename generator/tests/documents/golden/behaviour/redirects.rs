//! Redirects: an outcome where they are documented, followed where somebody asks
//! for it.

mod canned;

use std::sync::Arc;

use api::operations::files::{GetContentOutput, GetFileOutput};
use api::types::File;
use api::{CallOptions, MockAnswer, Redirect};
use canned::{Script, block_on};
use golden_redirects as api;
use http::Response;

const TOKEN: &str = "token-0815-canary";

/// A client that gets these answers: status, `Location` and body.
fn client(answers: &[(u16, &str, &str)]) -> (Arc<Script>, api::Client) {
    let script = Arc::new(Script::default());
    for (status, location, body) in answers {
        let mut response = Response::builder().status(*status);
        if !location.is_empty() {
            response = response.header("location", *location);
        }
        let response = response.header("content-type", "application/json");
        script.add(response.body((*body).to_owned()).expect("a response"));
    }
    let client = script.builder().token(TOKEN).build().expect("a client");
    (script, client)
}

fn following() -> CallOptions {
    CallOptions::new().follow_redirects(true)
}

#[test]
fn a_redirect_is_a_success_with_its_target() {
    for location in ["https://files.example.test/a.zip?key=k-4711", "/v1/a.zip", "a.zip"] {
        let (script, client) = client(&[(302, location, "moved")]);
        let response = block_on(client.files().archive().send()).expect("a redirect");
        assert_eq!(response.status(), 302);
        let shown = format!("{response:?}");
        assert!(!shown.contains("4711"), "{shown}");
        let redirect = response.into_body();
        let expected = match location.starts_with("https") {
            true => location,
            false => "https://api.example.test/v1/a.zip",
        };
        assert_eq!(redirect.location(), expected);
        assert!(redirect.into_answer().is_none());
        assert_eq!(script.seen().len(), 1);
    }
}

#[test]
fn one_that_leads_nowhere_is_an_error() {
    let (_, client_without) = client(&[(302, "", "")]);
    let error = block_on(client_without.files().archive().send()).expect_err("no place");
    assert!(error.is_api(), "{error}");
    let (_, client_to_file) = client(&[(302, "file:///etc/passwd", "")]);
    let error = block_on(client_to_file.files().archive().send()).expect_err("no place");
    assert!(error.is_decode(), "{error}");
    // Nobody documents these.
    for status in [200, 204, 301] {
        let (_, client) = client(&[(status, "", "{}")]);
        let error = block_on(client.files().archive().send()).expect_err("undocumented");
        assert_eq!(error.is_decode(), status != 301, "{error}");
    }
    let (_, client) = client(&[(404, "", r#"{"message": "m"}"#)]);
    let error = block_on(client.files().archive().send()).expect_err("404");
    assert_eq!(error.api().and_then(|api| api.message.as_deref()), Some("m"));
}

#[test]
fn what_it_leads_to_is_handed_over() {
    let target = "https://files.example.test/a.zip";
    let (script, client) = client(&[(302, target, ""), (200, "", "content")]);
    let call = client.files().archive().options(following());
    let redirect = block_on(call.send()).expect("an answer").into_body();
    assert_eq!(redirect.location(), target);
    let answer = redirect.into_answer().expect("an answer");
    assert_eq!(block_on(answer.into_bytes(100)).expect("seven bytes"), "content");
    let [first, second] = script.seen().try_into().expect("two requests");
    assert!(first.headers().contains_key("authorization"));
    assert!(!second.headers().contains_key("authorization"));
    assert_eq!(second.uri(), target);
}

#[test]
fn what_there_says_no_is_an_error() {
    let target = "https://files.example.test/a.zip";
    let (script, client) = client(&[(302, target, ""), (401, "", "{}")]);
    let call = client.files().archive().options(following());
    let error = block_on(call.send()).expect_err("401");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(script.seen().len(), 2);
}

#[test]
fn a_redirect_is_one_outcome_among_others() {
    let get = |answers: &[(u16, &str, &str)], options: CallOptions| {
        let (_, client) = client(answers);
        let call = client.files().get_file("f").options(options);
        block_on(call.send()).map(api::Response::into_body)
    };
    let file = r#"{"name": "n"}"#;
    let plain = CallOptions::new;
    match get(&[(200, "", file)], plain()).expect("a file") {
        GetFileOutput::Ok(found) => assert_eq!(found, File::new("n")),
        other => panic!("{other:?}"),
    }
    match get(&[(303, "/else", "<p>")], plain()).expect("a redirect") {
        GetFileOutput::Redirection(redirect) => {
            assert_eq!(redirect.location(), "https://api.example.test/else");
        }
        other => panic!("{other:?}"),
    }
    match get(&[(202, "", "")], plain()).expect("nothing yet") {
        GetFileOutput::Accepted => {}
        other => panic!("{other:?}"),
    }
    // 304 is said apart, and so it is no redirect.
    let error = get(&[(304, "/else", "")], plain()).expect_err("304");
    assert!(error.is_api(), "{error}");
    // Documented answers are decoded, others are handed over as they are.
    match get(&[(303, "/else", ""), (200, "", file)], following()).expect("a file") {
        GetFileOutput::Ok(found) => assert_eq!(found, File::new("n")),
        other => panic!("{other:?}"),
    }
    match get(&[(303, "/else", ""), (206, "", "part")], following()).expect("an answer") {
        GetFileOutput::Redirection(redirect) => {
            let answer = redirect.into_answer().expect("an answer");
            assert_eq!(block_on(answer.into_bytes(100)).expect("bytes"), "part");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn streams_are_streams_behind_redirects_too() {
    let (_, client) = client(&[(307, "/else", ""), (200, "", "content"), (307, "/else", "")]);
    let call = client.files().get_content().options(following());
    let GetContentOutput::Ok(content) = block_on(call.send()).expect("content").into_body() else {
        panic!("no content");
    };
    assert_eq!(block_on(content.into_bytes(100)).expect("bytes"), "content");
    let found = block_on(client.files().get_content().send()).expect("a redirect").into_body();
    assert!(matches!(found, GetContentOutput::TemporaryRedirect(_)), "{found:?}");
}

#[test]
fn without_a_location_in_the_description_it_is_an_error() {
    let (_, client) = client(&[(301, "/else", "{}"), (301, "/else", ""), (200, "", r#"{"name": "n"}"#)]);
    let error = block_on(client.files().get_moved().send()).expect_err("301");
    assert!(error.is_api(), "{error}");
    let call = client.files().get_moved().options(following());
    assert_eq!(*block_on(call.send()).expect("a file"), File::new("n"));
}

#[test]
fn mocks_answer_with_redirects() {
    let mock = api::mock::Mock::new();
    mock.files().archive().respond(&Redirect::to("https://files.example.test/a.zip"));
    let redirect = block_on(mock.client().files().archive().send()).expect("a redirect");
    assert_eq!(redirect.location(), "https://files.example.test/a.zip");
    mock.files().archive().respond_with(MockAnswer::new(302));
    assert!(block_on(mock.client().files().archive().send()).is_err());
}
