//! Values of path parameters: which are refused, and how the others arrive.

use super::operation::{Operation, client};
use super::server::{Answer, Server, Unreached};

/// Values that would make the path another one, for somebody on the way.
const REFUSED: [&str; 42] = [
    "",
    ".",
    "..",
    // Percent-encoded, once and more often, in part and in both cases.
    "%2e",
    "%2E",
    "%2e%2e",
    "%2E%2e",
    ".%2e",
    "%2E.",
    "%252e",
    "%252e%252e",
    "%252E.",
    "%25252e%25252E",
    ".%25252525252e",
    // Between slashes.
    "a/..",
    "../x",
    "a/../b",
    "a/.",
    "./a",
    "a/./b",
    "../",
    "/..",
    "../../..",
    "..%2fx",
    "a%2F..",
    "%2e%2e%2fx",
    "a%252f%252e%252e",
    // Between backslashes.
    "..\\x",
    "a\\..",
    "a\\..\\b",
    "..%5cx",
    "a%255C..",
    "a/..\\b",
    // Slashes alone.
    "/",
    "//",
    "\\",
    "%2f",
    "%5C",
    "%252f",
    // With path parameters that some servers cut off.
    "..;",
    "..;x=1",
    "%2e%2e%3b",
];

/// Values that are unusual and mean what they say, and how they arrive.
const ENCODED: [(&str, &str); 36] = [
    ("a/b", "a%2Fb"),
    ("a\\b", "a%5Cb"),
    ("a b", "a%20b"),
    (" ", "%20"),
    ("+", "%2B"),
    ("ü", "%C3%BC"),
    ("\u{1F511}", "%F0%9F%94%91"),
    ("%", "%25"),
    ("%%", "%25%25"),
    ("%zz", "%25zz"),
    ("%41", "%2541"),
    ("%2", "%252"),
    ("a%2Fb", "a%252Fb"),
    ("?", "%3F"),
    ("?x=y&z", "%3Fx%3Dy%26z"),
    ("#", "%23"),
    ("a;b", "a%3Bb"),
    ("a,b", "a%2Cb"),
    ("a:b@c", "a%3Ab%40c"),
    ("!$'()*", "%21%24%27%28%29%2A"),
    ("\"<>[]^`{|}", "%22%3C%3E%5B%5D%5E%60%7B%7C%7D"),
    ("{connection_id}", "%7Bconnection_id%7D"),
    ("\r\nX-Evil: 1", "%0D%0AX-Evil%3A%201"),
    ("\t", "%09"),
    ("\0", "%00"),
    ("\u{7f}", "%7F"),
    ("\u{2025}", "%E2%80%A5"),
    ("\u{ff0e}\u{ff0e}", "%EF%BC%8E%EF%BC%8E"),
    ("...", "..."),
    ("....", "...."),
    ("a..", "a.."),
    ("..a", "..a"),
    ("a..b", "a..b"),
    (".well-known", ".well-known"),
    ("-._~", "-._~"),
    ("aZ09", "aZ09"),
];

#[tokio::test]
async fn values_that_would_change_the_path_are_refused_before_anything_is_sent() {
    let server = Unreached::new();
    let client = client(server.url());
    for operation in Operation::ALL {
        for (index, name) in operation.parameters().iter().enumerate() {
            for value in REFUSED {
                let mut ids = ["org", "conn", "cert"];
                ids[index] = value;
                let sent = operation.send(&client, ids).await;
                let place = format!("{operation:?}, {name} = {value:?}");
                let error = sent.expect_err(&place);
                assert!(error.is_invalid_request(), "{place}: {error}");
                assert_eq!(error.status(), None, "{place}");
                assert_eq!(error.operation(), Some(operation.id()), "{place}");
                let text = error.to_string();
                assert!(text.contains(&format!("`{name}`")), "{place}: {text}");
                server.check(&place);
            }
        }
    }
}

#[tokio::test]
async fn nor_are_they_built_or_sent_raw() {
    let server = Unreached::new();
    let client = client(server.url());
    for value in REFUSED {
        let call = || client.sso().delete_connection("org", value);
        assert!(call().build().expect_err(value).is_invalid_request());
        let raw = call().send_raw().await;
        assert!(raw.expect_err(value).is_invalid_request());
        server.check(value);
    }
}

#[tokio::test]
async fn all_other_values_arrive_as_one_segment_percent_encoded() {
    let answer = || {
        Answer::json(
            200,
            r#"{"request_id":"r","connection_id":"c","status_code":200}"#,
        )
    };
    let server = Server::start(ENCODED.iter().map(|_| answer())).await;
    let client = client(server.url());
    for (value, _) in ENCODED {
        let call = client.sso().delete_connection(value, value);
        call.send().await.expect(value);
    }
    let requests = server.requests().await;
    for (request, (value, encoded)) in requests.iter().zip(ENCODED) {
        let line = format!("DELETE /v1/b2b/sso/{encoded}/connections/{encoded} HTTP/1.1");
        assert_eq!(request.line, line, "{value:?}");
    }
}

#[tokio::test]
async fn a_long_value_arrives_whole() {
    let answer = r#"{"request_id":"r","connection_id":"c","status_code":200}"#;
    let server = Server::start([Answer::json(200, answer)]).await;
    let long = "é".repeat(5_000);
    let client = client(server.url());
    client
        .sso()
        .delete_connection("org", &long)
        .send()
        .await
        .unwrap();
    let path = format!("/v1/b2b/sso/org/connections/{}", "%C3%A9".repeat(5_000));
    assert_eq!(
        server.request().await.line,
        format!("DELETE {path} HTTP/1.1")
    );
}

#[tokio::test]
async fn a_path_in_the_base_url_comes_first() {
    let answer = r#"{"request_id":"r","connection_id":"c","status_code":200}"#;
    for prefix in ["/proxy/stytch", "/proxy/stytch/"] {
        let server = Server::start([Answer::json(200, answer)]).await;
        let client = client(format!("{}{prefix}", server.url()));
        client
            .sso()
            .delete_connection("org", "conn")
            .send()
            .await
            .unwrap();
        let line = "DELETE /proxy/stytch/v1/b2b/sso/org/connections/conn HTTP/1.1";
        assert_eq!(server.request().await.line, line);
    }
}
