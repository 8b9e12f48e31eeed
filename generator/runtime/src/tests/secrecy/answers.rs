//! Answers of a server that sends back what it got, one for each way to fail and
//! for each place of an answer.

use serde_json::json;

use super::positions::Travels;
use crate::runtime::base64;
use crate::tests::server::{Reply, reply};

/// What a server may send back of a secret. What it encodes by itself nobody can
/// know again, nor what of a body it puts into something longer.
pub(super) fn echoes(canary: &str, travels: Travels) -> Vec<String> {
    let mut echoes = vec![
        canary.to_owned(),
        // Good parts of it.
        canary[..16].to_owned(),
        canary[4..20].to_owned(),
    ];
    if travels != Travels::InBody {
        echoes.push(format!("x.{canary}"));
    }
    if travels == Travels::InBase64 {
        let pair = base64::encode(format!("user:{canary}").as_bytes());
        echoes.push(pair[..32].to_owned());
        echoes.push(pair);
    }
    echoes
}

/// Every answer that may tell a secret.
pub(super) fn answers(echo: &str) -> Vec<Reply> {
    let mut headers = format!(
        "Content-Type: {echo}\r\nLocation: https://example.com/{echo}\r\n\
         Set-Cookie: session={echo}\r\nWWW-Authenticate: Bearer error={echo}\r\nX-Echo: {echo}\r\n"
    );
    // Not every text can be the name of a header.
    if http::HeaderName::try_from(echo).is_ok() {
        headers.push_str(&format!("{echo}: 1\r\nX-{echo}: 1\r\n"));
    }
    let error = json!({
        "request_id": echo,
        "error_type": echo,
        "error_message": format!("no such session: {echo}"),
        "error_details": {(echo): echo},
    });
    let error = error.to_string();
    let mut replies = Vec::new();
    for status in ["400 Bad", "302 Found", "503 Down", "200 OK", "204 None"] {
        replies.push(reply(status, &headers, &error));
        replies.push(reply(status, &headers, &format!("<html>{echo}")));
    }
    // A success with the secret in each place that can be wrong, and in one
    // that is right.
    for body in [
        json!(echo),
        json!([echo]),
        json!({(echo): echo}),
        json!({"id": [echo]}),
        json!({"id": {(echo): 1}}),
        json!({"id": "c", "size": echo}),
        json!({"id": "c", "size": format!("{echo}, expected {echo}")}),
        json!({"id": "c", "labels": {(echo): 1}}),
        json!({"id": "c", "labels": {(echo): {(echo): 1}}}),
        json!({"id": "c", "labels": [echo]}),
        json!({"id": "c", "key": [echo]}),
        json!({"id": "c", "created_at": echo}),
        json!({"id": "c", "key": echo}),
    ] {
        let body = body.to_string();
        replies.push(reply("200 OK", &headers, &body));
        replies.push(reply("200 OK", &headers, &body[..body.len() - 1]));
        replies.push(reply("200 OK", &headers, &format!("{body} {echo}")));
    }
    let raw = |text: String| Reply::Bytes(text.into_bytes());
    replies.extend([
        raw(format!("HTTP/1.1 500 {echo}\r\n{headers}\r\n{error}")),
        raw(format!(
            "HTTP/1.1 200 {echo}\r\n{headers}Content-Length: 9999\r\n\r\n{error}"
        )),
        raw(format!(
            "HTTP/1.1 403 {echo}\r\n{headers}Content-Length: 9999\r\n\r\n{error}"
        )),
        raw(format!("HTTP/1.1 200 OK\r\nContent-Length: {echo}\r\n\r\n")),
        raw(format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: {echo}\r\n\r\n{error}"
        )),
        raw(format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{echo}\r\n"
        )),
        raw(format!("HTTP/1.1 200 OK\r\n{echo}\r\n\r\n")),
        raw(format!("HTTP/1.1 {echo}\r\n\r\n")),
        raw(format!("{echo} 500 No\r\n\r\n")),
        raw(format!("{echo}\r\n\r\n")),
        Reply::Reset,
    ]);
    replies
}
