//! Texts are read and written in the charset of their media type.

use super::{assert_status, paths, request};

fn mock(media_type: &str, example: &str) -> crate::mock::Mock {
    paths(
        &format!(
            " /text:\n  post:\n   operationId: text\n   requestBody: {{content: {{'{media_type}': {{schema: {{type: string, maxLength: 4}}}}}}}}\n   responses: {{'200': {{description: d, content: {{'{media_type}': {{example: {example}}}}}}}}}\n"
        ),
        " schemas: {}",
    )
}

#[test]
fn texts_are_written_as_they_are_labelled() {
    for (charset, bytes) in [
        ("; charset=utf-8", &b"caf\xc3\xa9"[..]),
        ("", b"caf\xc3\xa9"),
        ("; charset=iso-8859-1", b"caf\xe9"),
        ("; charset=utf-16", b"\xfe\xff\0c\0a\0f\0\xe9"),
        ("; charset=utf-16le", b"c\0a\0f\0\xe9\0"),
    ] {
        let media_type = format!("text/plain{charset}");
        let mock = mock(&media_type, "café");
        let mut request = request("POST", "/text").with("content-type", &media_type);
        request.body = bytes.to_vec();
        // Twice: the second answer is kept.
        for _ in 0..2 {
            let answer = assert_status(&mock, &request, 200);
            assert_eq!(answer.header("content-type"), Some(&*media_type));
            assert_eq!(answer.body, bytes, "{media_type}");
        }
    }
}

#[test]
fn texts_of_another_charset_are_refused() {
    let mock = mock("text/plain; charset=iso-8859-1", "a");
    for (charset, body, problem) in [
        ("utf-8", &b"\xe9"[..], "it is not UTF-8"),
        ("us-ascii", b"\xe9", "it is not US-ASCII"),
        ("utf-16", b"\xe9", "it is not UTF-16"),
        (
            "koi8-r",
            b"\xe9",
            "the charset of the text is not supported",
        ),
        ("iso-8859-1", b"12345", "more than 4 characters"),
    ] {
        let media_type = format!("text/plain; charset={charset}");
        let mut request = request("POST", "/text").with("content-type", &media_type);
        request.body = body.to_vec();
        let answer = assert_status(&mock, &request, 400);
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(said.contains(problem), "{charset}: {said}");
    }
}

#[test]
fn answers_that_a_charset_cannot_hold_are_refused() {
    for (charset, problem) in [
        ("us-ascii", "has a character that is not in its charset"),
        ("koi8-r", "is not supported"),
    ] {
        let mock = mock(&format!("text/plain; charset={charset}"), "café");
        let answer = assert_status(&mock, &request("POST", "/text"), 501);
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(said.contains(problem), "{charset}: {said}");
    }
}
