//! Answers that the API description does not have: of proxies, of servers in
//! trouble, of broken connections. Whatever arrived is kept.

use std::time::Duration;

use stytch_sso::{CallOptions, Error, ErrorKind};

use super::operation::{Operation, client};
use super::server::{Answer, Refusing, Server};

const GOOD: &str = r#"{"request_id":"r","connection_id":"c","status_code":200}"#;

/// The error of a `delete_connection` that gets this answer.
async fn failure(answer: Answer) -> Error {
    let server = Server::start([answer]).await;
    let client = client(server.url());
    let sent = Operation::DeleteConnection.send_plainly(&client).await;
    // Nothing is tried twice.
    server.request().await;
    sent.expect_err("an error")
}

#[tokio::test]
async fn an_html_error_page() {
    let page = "<html><body>502 Bad Gateway</body></html>";
    let error = failure(Answer::new(502, "Content-Type: text/html\r\n", page)).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!(error.headers().unwrap()["content-type"], "text/html");
    assert_eq!(error.body().unwrap(), page);
    assert_eq!(error.api(), None);
    let place = Operation::DeleteConnection.template();
    assert_eq!(
        error.to_string(),
        format!("{place} answered 502 Bad Gateway")
    );
}

#[tokio::test]
async fn an_empty_error() {
    for answer in [
        Answer::json(500, ""),
        Answer::new(500, "", ""),
        Answer::raw("HTTP/1.1 500\r\n\r\n"),
        Answer::raw("HTTP/1.0 500 Old\r\n\r\n"),
    ] {
        let error = failure(answer).await;
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().unwrap(), 500);
        assert!(error.body().unwrap().is_empty());
        assert_eq!(error.api(), None);
    }
}

#[tokio::test]
async fn an_error_body_that_is_other_json() {
    for body in [
        "null",
        "\"text\"",
        "{\"error_type\":[]}",
        "{\"error_type\":\"cut",
    ] {
        let error = failure(Answer::json(400, body)).await;
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.status().unwrap(), 400, "{body}");
        assert_eq!(error.body().unwrap(), body);
        assert_eq!(error.api(), None, "{body}");
    }
}

#[tokio::test]
async fn success_without_the_json_that_belongs_to_it() {
    for (status, headers, body, reason) in [
        (
            200,
            "Content-Type: application/json\r\n",
            &GOOD[..GOOD.len() - 1],
            "the JSON ends too early",
        ),
        (200, "Content-Type: application/json\r\n", "", "it is empty"),
        (204, "", "", "it is empty"),
        (
            200,
            "Content-Type: text/html\r\n",
            "<html>",
            "it is not JSON (declared as text/html)",
        ),
        (
            200,
            "Content-Type: application/json\r\n",
            "<html>",
            "it is not JSON",
        ),
        (200, "", "{} {}", "missing field `request_id`"),
        (200, "", "\u{0}", "it is not JSON"),
    ] {
        let error = failure(Answer::new(status, headers, body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.status().unwrap(), status, "{body}");
        assert!(error.headers().unwrap().contains_key("content-length"));
        assert_eq!(error.body().unwrap(), body);
        assert_eq!(error.decode_error().unwrap().to_string(), reason, "{body}");
    }
}

#[tokio::test]
async fn a_list_where_an_object_belongs() {
    // Serde reads lists as structs too, field by field.
    let error = failure(Answer::json(200, r#"["r", "c", 200]"#)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    let error = failure(Answer::json(400, "[]")).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.api(), None);
}

#[tokio::test]
async fn something_after_the_json() {
    let body = format!("{GOOD}{GOOD}");
    let error = failure(Answer::json(200, &body)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body().unwrap(), &body);
}

#[tokio::test]
async fn json_is_read_whatever_it_was_declared_as() {
    let page = "Content-Type: text/html; charset=utf-8\r\n";
    let marked = format!("\u{feff}{GOOD} \r\n");
    let server = Server::start([
        Answer::new(200, page, GOOD),
        Answer::new(200, "", &marked),
        Answer::new(201, page, GOOD),
    ])
    .await;
    let client = client(server.url());
    for status in [200, 200, 201] {
        let sent = Operation::DeleteConnection.send_plainly(&client).await;
        assert_eq!(sent.unwrap(), status);
    }
    let error = failure(Answer::new(
        404,
        page,
        r#"{"error_type":"organization_not_found"}"#,
    ))
    .await;
    assert_eq!(error.code(), Some("organization_not_found"));
    assert!(error.api().is_some());
}

#[tokio::test]
async fn a_connection_that_ends_before_any_byte() {
    for answer in [Answer::raw("").then_reset(), Answer::raw("")] {
        let error = failure(answer).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!((error.status(), error.body()), (None, None));
        let place = Operation::DeleteConnection.template();
        assert_eq!(error.to_string(), format!("{place} broke off"));
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http() {
    for bytes in [
        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno",
    ] {
        let error = failure(Answer::raw(bytes)).await;
        assert_eq!(error.kind(), ErrorKind::Transport, "{bytes}");
        assert_eq!(error.status(), None, "{bytes}");
    }
}

/// A success that promises more than comes.
fn cut_off(part: &str) -> Answer {
    Answer::raw(format!(
        "HTTP/1.1 200 OK\r\nX-Kept: yes\r\nContent-Length: 400\r\n\r\n{part}"
    ))
}

#[tokio::test]
async fn a_body_that_breaks_off() {
    for answer in [cut_off("{\"a"), cut_off("{\"a").then_reset()] {
        let error = failure(answer).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.headers().unwrap()["x-kept"], "yes");
        assert_eq!(error.body().unwrap(), "{\"a");
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn chunks_that_break_off() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for rest in ["2\r\n{\"\r\n", "2\r\n{\"\r\nno length\r\n"] {
        let error = failure(Answer::raw(format!("{head}{rest}"))).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.body().unwrap(), "{\"");
    }
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_is_still_that_error() {
    let answer = "HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Length: 400\r\n\r\n{\"a";
    let error = failure(Answer::raw(answer)).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.headers().unwrap()["retry-after"], "7");
    assert_eq!(error.body().unwrap(), "{\"a");
    assert!(std::error::Error::source(&error).is_some());
}

/// Long enough for a request to arrive on a busy machine.
const SOON: Duration = Duration::from_secs(1);

/// The error of a call that does not wait for long.
async fn impatient(answer: Answer) -> Error {
    let server = Server::start([answer]).await;
    let client = client(server.url());
    let call = client.sso().delete_connection("org", "conn");
    let options = CallOptions::new().timeout(SOON);
    let sent = call.options(options).send().await;
    server.request().await;
    sent.expect_err("no time to wait")
}

#[tokio::test]
async fn a_server_that_does_not_answer() {
    let error = impatient(Answer::raw("").then_stall()).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_timeout());
    assert_eq!(error.status(), None);
    let place = Operation::DeleteConnection.template();
    assert_eq!(error.to_string(), format!("{place} took too long"));
}

#[tokio::test]
async fn a_server_that_stops_in_the_middle() {
    let error = impatient(cut_off("{\"a").then_stall()).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.headers().unwrap()["x-kept"], "yes");
    assert_eq!(error.body().unwrap(), "{\"a");
}

#[tokio::test]
async fn the_timeout_of_the_client_counts_for_every_call() {
    let server = Server::start([Answer::raw("").then_stall()]).await;
    let client = stytch_sso::Client::builder()
        .basic_auth("p", "s")
        .base_url(server.url())
        .timeout(SOON)
        .build()
        .unwrap();
    let error = Operation::CreateConnection
        .send_plainly(&client)
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    server.request().await;
}

#[tokio::test]
async fn nobody_listens() {
    let nobody = Refusing::new();
    let client = client(nobody.url());
    let error = Operation::DeleteConnection
        .send_plainly(&client)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_body_without_end() {
    let head = |status| format!("HTTP/1.1 {status} Phrase\r\nX-Kept: yes\r\n\r\n{GOOD}");
    for (status, kind) in [(200, ErrorKind::Decode), (500, ErrorKind::Api)] {
        let error = failure(Answer::raw(head(status)).then_endlessly_more()).await;
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.headers().unwrap()["x-kept"], "yes");
        let body = error.body().unwrap();
        assert_eq!(body.len(), 64 * 1024);
        assert!(body.starts_with(GOOD.as_bytes()));
    }
}

#[tokio::test]
async fn a_long_error_body_is_read_whole_and_kept_in_part() {
    let body = format!(
        r#"{{"error_message":"{}","error_type":"use_https"}}"#,
        "x".repeat(100_000)
    );
    let error = failure(Answer::json(403, &body)).await;
    assert_eq!(error.code(), Some("use_https"));
    let message = error.api().unwrap().error_message.as_ref();
    assert_eq!(message.map(String::len), Some(100_000));
    assert_eq!(error.body().unwrap(), &body[..64 * 1024]);
}
