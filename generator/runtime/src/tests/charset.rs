//! Texts are read and written in the charset that their media type names.

use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::fixture::client;
use super::server::{Reply, Server};
use crate::runtime::*;

fn received(content_type: &str, body: &[u8]) -> Received {
    let mut headers = HeaderMap::new();
    if !content_type.is_empty() {
        let value = HeaderValue::try_from(content_type).unwrap();
        headers.insert(header::CONTENT_TYPE, value);
    }
    Received {
        status: StatusCode::OK,
        headers,
        body: body.to_vec().into(),
        attempts: 1,
        value_limit: DEFAULT_VALUE_LIMIT,
        asked: None,
        followed: false,
    }
}

#[test]
fn the_parameter_says_how_to_read_a_text() {
    for (content_type, body, text) in [
        ("", &b"caf\xc3\xa9"[..], "café"),
        ("text/plain", b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("text/plain; charset=utf-8", b"caf\xc3\xa9", "café"),
        ("text/plain; charset=UTF8", b"\xef\xbb\xbf", ""),
        ("text/plain; charset=us-ascii", b"cafe", "cafe"),
        (
            "text/plain;charset=iso-8859-1",
            b"caf\xe9 \x80\xff",
            "café \u{80}ÿ",
        ),
        ("text/plain; Charset=\"ISO-8859-1\"", b"\xe9", "é"),
        ("text/plain; charset=\"l\\atin1\"", b"\xe9", "é"),
        (
            "text/plain; a=\"x;charset=utf-16\"; charset=latin1",
            b"\xe9",
            "é",
        ),
        ("text/plain; flowed; charset=latin1; b=c", b"\xe9", "é"),
        ("text/plain; charset='latin1'", b"\xe9", "é"),
        ("text/plain; charset=", b"a", "a"),
        // Big-endian, unless a byte order mark says otherwise.
        (
            "text/plain; charset=utf-16",
            b"\x00a\xd8\x3d\xde\x00",
            "a😀",
        ),
        ("text/plain; charset=utf-16", b"\xff\xfea\x00", "a"),
        ("text/plain; charset=UTF-16", b"\xfe\xff\x00a", "a"),
        ("text/plain; charset=utf-16le", b"\xff\xfea\x00", "a"),
        ("text/plain; charset=utf-16be", b"\xfe\xff\x00a", "a"),
        ("text/plain", b"\xff\xfea\x00", "a"),
        ("text/plain; charset=utf-16", b"", ""),
    ] {
        assert_eq!(
            received(content_type, body).text().unwrap(),
            text,
            "{content_type}"
        );
    }
}

#[test]
fn what_is_no_text_of_the_charset_is_an_error() {
    for (content_type, body, message) in [
        ("text/plain", &b"\xe9"[..], "it is not UTF-8"),
        (
            "text/plain; charset=us-ascii",
            b"\xe9",
            "it is not US-ASCII",
        ),
        (
            "text/plain; charset=utf-16",
            b"\x00a\x00",
            "it is not UTF-16",
        ),
        (
            "text/plain; charset=utf-16",
            b"\xd8\x3d",
            "it is not UTF-16",
        ),
        (
            "text/plain; charset=KOI8-R",
            b"a",
            "`KOI8-R`: the charset of the text is not supported",
        ),
        (
            "text/plain; charset=\"a b\"",
            b"a",
            "`…`: the charset of the text is not supported",
        ),
    ] {
        let error = received(content_type, body).text().unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn json_is_utf_8_whatever_the_parameter_says() {
    let received = received(
        "application/json; charset=iso-8859-1",
        "\u{feff}\"é\"".as_bytes(),
    );
    assert_eq!(received.json::<String>().unwrap(), "é");
}

/// An operation whose bodies are texts, in errors too.
struct Note;

impl Operation for Note {
    const ENDPOINT: &'static Endpoint = &Endpoint {
        id: "note",
        method: "POST",
        path: "/note",
        ..Endpoint::PLAIN
    };
    type Output = String;
    type Failure = String;

    fn decode(received: &Received) -> Result<String, DecodeError> {
        received.text()
    }

    fn decode_failure(received: &Received) -> Option<String> {
        received.text().ok()
    }
}

#[tokio::test]
async fn error_bodies_have_a_charset_too() {
    let head = "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n\
                Content-Length: 1\r\nConnection: close\r\n\r\n";
    let reply = Reply::Bytes([head.as_bytes(), b"\xe9"].concat());
    let server = Server::start(vec![reply]).await;
    let client = client(&server.url());
    let call: Call<'_, Note> = Draft::new(&client.core, Note::ENDPOINT).call();
    let error = call.send().await.unwrap_err();
    assert_eq!(error.api().map(String::as_str), Some("é"));
}

#[test]
fn texts_are_sent_as_they_are_labelled() {
    let client = client("https://api.example");
    let sent = |media_type: &'static str, text: &str| {
        let mut draft = Draft::new(&client.core, Note::ENDPOINT);
        draft.text(media_type, text);
        let call: Call<'_, Note> = draft.call();
        match call.build() {
            Ok(request) => Ok(request.body().as_bytes().unwrap().to_vec()),
            Err(error) => {
                assert!(error.is_invalid_request());
                Err(error.to_string())
            }
        }
    };
    let refused = |why: &str| Err(format!("POST /note was not sent: {why}"));
    for (media_type, text, expected) in [
        ("text/plain", "é", Ok(b"\xc3\xa9".to_vec())),
        ("text/plain; charset=utf-8", "é", Ok(b"\xc3\xa9".to_vec())),
        ("text/plain; charset=iso-8859-1", "é", Ok(b"\xe9".to_vec())),
        (
            "text/plain; charset=utf-16",
            "é",
            Ok(b"\xfe\xff\x00\xe9".to_vec()),
        ),
        (
            "text/plain; charset=utf-16le",
            "é",
            Ok(b"\xe9\x00".to_vec()),
        ),
        (
            "text/plain; charset=iso-8859-1",
            "€",
            refused("the body has a character that is not in its charset, `iso-8859-1`"),
        ),
        (
            "text/plain; charset=us-ascii",
            "é",
            refused("the body has a character that is not in its charset, `us-ascii`"),
        ),
        (
            "text/plain; charset=koi8-r",
            "a",
            refused("the charset of the body, `koi8-r`, is not supported"),
        ),
    ] {
        assert_eq!(sent(media_type, text), expected, "{media_type}");
    }
}
