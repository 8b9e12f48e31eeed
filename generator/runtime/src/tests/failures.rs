//! What becomes of everything that is not a proper response.

use std::error::Error as _;
use std::time::Duration;

use super::fixture::{Client, client, settings};
use super::server::{Reply, Server, json, reply};
use crate::runtime::*;

async fn failure(server_reply: Reply) -> Error<super::fixture::ApiError> {
    let server = Server::start(vec![server_reply]).await;
    let options = CallOptions::new().timeout(Duration::from_secs(20));
    client(&server.url())
        .delete("o", "c")
        .options(options)
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn an_api_error_keeps_everything() {
    let body = r#"{"request_id":"request-id-test-1","error_type":"not_found","error_message":"No such one.","new":1}"#;
    let error = failure(reply("404 Not Found", "X-Trace: 7\r\n", body)).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.is_api());
    assert_eq!(error.operation(), Some("deleteConnection"));
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.headers().unwrap()["x-trace"], "7");
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.request_id(), Some("request-id-test-1"));
    assert_eq!(
        error.api().unwrap().error_message.as_deref(),
        Some("No such one.")
    );
    assert_eq!(
        error.to_string(),
        "DELETE /v1/{organization_id}/connections/{id} answered 404 Not Found: not_found \
         (request id request-id-test-1)"
    );
    assert!(error.source().is_none());
    assert_eq!(
        error.into_api().unwrap().error_type.as_deref(),
        Some("not_found")
    );
}

#[tokio::test]
async fn a_proxy_page_is_kept_and_not_decoded() {
    let page = "<html><h1>Bad gateway</h1></html>";
    let error = failure(reply(
        "502 Bad Gateway",
        "Content-Type: text/html\r\n",
        page,
    ))
    .await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!(error.body().unwrap(), page);
    assert!(error.api().is_none());
    assert_eq!(error.code(), None);
    assert!(
        error.to_string().ends_with(" answered 502 Bad Gateway"),
        "{error}"
    );
}

#[tokio::test]
async fn an_empty_error_is_still_an_api_error() {
    let error = failure(reply("500 Internal Server Error", "", "")).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap(), 500);
    assert!(error.body().unwrap().is_empty());
    assert!(error.api().is_none());
}

#[tokio::test]
async fn an_error_body_that_breaks_off_keeps_its_status_and_what_came() {
    let head = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\n{\"request_id\":";
    let error = failure(Reply::Bytes(head.into())).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.body().unwrap(), "{\"request_id\":");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_body_that_breaks_off_keeps_its_status_and_what_came() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"connection_id\":";
    let error = failure(Reply::Bytes(head.into())).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), "{\"connection_id\":");
    assert!(
        error
            .to_string()
            .ends_with(" broke off after it answered 200 OK"),
        "{error}"
    );
}

#[tokio::test]
async fn truncated_json_names_the_place() {
    let body = r#"{"connection_id":"c","certificates":[{"issuer":"#;
    let error = failure(json("200 OK", body)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), body);
    let decode = error.decode_error().unwrap();
    assert_eq!(decode.path(), "certificates[0].issuer");
    assert_eq!(decode.message(), "the JSON ends too early");
}

#[tokio::test]
async fn html_with_status_200_says_so() {
    let error = failure(reply(
        "200 OK",
        "Content-Type: text/html; charset=x\r\n",
        "<p>hi",
    ))
    .await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "DELETE /v1/{organization_id}/connections/{id} answered 200 OK, but its body does not fit \
         the API description: it is not JSON (declared as text/html)"
    );
}

#[tokio::test]
async fn json_of_a_wrong_content_type_is_read_all_the_same() {
    let body = r#"{"connection_id":"c"}"#;
    let server = Server::start(vec![reply("200 OK", "Content-Type: text/plain\r\n", body)]).await;
    let response = client(&server.url()).delete("o", "c").send().await.unwrap();
    assert_eq!(response.into_body().connection_id, "c");
}

#[tokio::test]
async fn an_empty_success_and_an_unknown_one_do_not_decode() {
    let error = failure(reply("200 OK", "", "")).await;
    assert_eq!(error.decode_error().unwrap().message(), "it is empty");
    let error = failure(json(
        "207 Multi-Status",
        r#"{"request_id":"request-id-test-2"}"#,
    ))
    .await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap(), 207);
    assert_eq!(error.request_id(), Some("request-id-test-2"));
}

#[tokio::test]
async fn a_reset_connection_is_a_transport_error() {
    let error = failure(Reply::Reset).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.is_transport());
    assert_eq!(error.status(), None);
    assert!(error.source().is_some());
    assert!(
        error.to_string().ends_with("/connections/{id} broke off"),
        "{error}"
    );
}

#[tokio::test]
async fn no_connection_is_told_apart() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url).find().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(
        error.to_string(),
        "GET /v1/connections was not sent: no connection"
    );
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_silent_server_is_given_up_on() {
    for stall in ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"] {
        let server = Server::start(vec![Reply::Stall(stall.into())]).await;
        let options = CallOptions::new().timeout(Duration::from_millis(300));
        let error = client(&server.url())
            .find()
            .options(options)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        assert!(error.is_timeout());
        assert_eq!(error.status().is_some(), !stall.is_empty());
    }
}

#[tokio::test]
async fn the_timeout_of_the_client_counts_for_its_calls() {
    let server = Server::start(vec![Reply::Stall(Vec::new())]).await;
    let mut settings = settings();
    settings.timeout(Duration::from_millis(300));
    let client = Client {
        core: settings.build(&server.url()).unwrap(),
    };
    assert!(client.find().send().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn bodies_have_a_limit() {
    let body = format!(r#"{{"connection_id":"{}"}}"#, "x".repeat(3000));
    for (limit, fits) in [(body.len(), true), (body.len() - 1, false)] {
        let server = Server::start(vec![json("200 OK", &body)]).await;
        let mut settings = settings();
        settings.response_limit(limit);
        let client = Client {
            core: settings.build(&server.url()).unwrap(),
        };
        match client.find().send().await {
            Ok(_) => assert!(fits),
            Err(error) => {
                assert!(!fits, "{error}");
                assert_eq!(error.kind(), ErrorKind::Decode);
                assert_eq!(error.body().unwrap().len(), limit);
                assert_eq!(
                    error.decode_error().unwrap().message(),
                    "it is larger than the client's limit"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_long_error_body_is_decoded_whole_and_kept_in_part() {
    let body = format!(
        r#"{{"error_message":"{}","error_type":"late"}}"#,
        "x".repeat(100_000)
    );
    let error = failure(json("400 Bad Request", &body)).await;
    assert_eq!(error.code(), Some("late"));
    assert_eq!(
        error.api().unwrap().error_message.as_ref().unwrap().len(),
        100_000
    );
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
}

#[tokio::test]
async fn raw_responses_come_with_any_status() {
    let server = Server::start(vec![
        reply("502 Bad Gateway", "X-A: b\r\n", "<html>"),
        Reply::Reset,
    ])
    .await;
    let client = client(&server.url());
    let response = client.find().send_raw().await.unwrap();
    assert_eq!(response.status(), 502);
    assert_eq!(response.headers()["x-a"], "b");
    assert_eq!(response.body().as_ref(), b"<html>");
    assert!(client.find().send_raw().await.unwrap_err().is_transport());
}

#[tokio::test]
async fn errors_of_different_operations_fit_one_type() {
    let body = r#"{"error_type":"t","request_id":"r"}"#;
    let mapped = failure(json("400 Bad Request", body))
        .await
        .map_api(|api| api.error_type);
    assert_eq!(mapped.api().unwrap().as_deref(), Some("t"));
    let erased: Error = mapped.erase();
    assert_eq!((erased.code(), erased.request_id()), (Some("t"), Some("r")));
    assert_eq!(erased.status().unwrap(), 400);
    let erased: Box<dyn std::error::Error + Send + Sync> = erased.into();
    assert!(erased.to_string().contains("400 Bad Request"));
}

#[tokio::test]
async fn codes_are_found_and_shown_as_configured() {
    for (body, code) in [
        (r#"{"error_type":"a-b_c.d:1"}"#, Some("a-b_c.d:1")),
        (r#"{"error_type":4711}"#, Some("4711")),
        (r#"{"error_type":"has blanks"}"#, None),
        (r#"{"error_type":""}"#, None),
        (r#"{"error_type":null}"#, None),
        (r#"{"error_type":["a"]}"#, None),
        (r#"["error_type"]"#, None),
    ] {
        let error = failure(json("400 Bad Request", body)).await;
        assert_eq!(error.code(), code, "{body}");
    }
}

#[test]
fn a_code_may_lie_deeper() {
    static ENDPOINT: Endpoint = Endpoint {
        id: "nested",
        method: "GET",
        path: "/nested",
        accept: "",
        security: &[],
        idempotent: None,
        idempotency_key: None,
        error_code: Some("/error/code"),
        error_request_id: Some("/error/trace/0"),
    };
    let received = Received {
        status: http::StatusCode::CONFLICT,
        headers: http::HeaderMap::new(),
        body: r#"{"error":{"code":"c","trace":["t"]},"/error/code":"x"}"#.into(),
        attempts: 1,
        value_limit: DEFAULT_VALUE_LIMIT,
        asked: None,
        followed: false,
    };
    let fault = Fault::api(&ENDPOINT, None).with_response(received, &Screen::default());
    assert_eq!(
        fault.to_string(),
        "GET /nested answered 409 Conflict: c (request id t)"
    );
}
