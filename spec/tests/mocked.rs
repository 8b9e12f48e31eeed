//! A program that uses the client, tested without a server.

#![cfg(feature = "mock")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails so"
)]

use stytch_sso::mock::Mock;
use stytch_sso::types::{
    CreateSamlConnectionRequest, CreateSamlConnectionResponse, DeleteConnectionResponse,
    ErrorResponse, ErrorType, UpdateExternalConnectionRequest,
};
use stytch_sso::{CallOptions, Client, Error, MockAnswer, RetryPolicy};

/// The program: deletes connections, and takes one that is gone for deleted.
async fn delete_all(client: &Client, connections: &[&str]) -> Result<usize, Error> {
    let mut deleted = 0;
    for connection in connections {
        let call = client.sso().delete_connection("organization", *connection);
        match call.send().await {
            Ok(_) => deleted += 1,
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(deleted)
}

fn deleted() -> DeleteConnectionResponse {
    serde_json::from_str(r#"{"request_id":"r","status_code":200,"connection_id":"c"}"#).unwrap()
}

fn failure(error_type: &str) -> ErrorResponse {
    serde_json::from_value(serde_json::json!({"error_type": error_type})).unwrap()
}

#[tokio::test]
async fn answers_are_given_in_their_order_and_the_last_one_again() {
    let mock = Mock::new();
    let operation = mock.sso().delete_connection();
    operation
        .fail(404, &failure("sso_connection_not_found"))
        .respond(&deleted());
    assert_eq!(mock.pending(), 2);
    let deleted = delete_all(&mock.client(), &["a", "b", "c"]).await.unwrap();
    assert_eq!((deleted, mock.pending()), (2, 0));
    let targets: Vec<String> = mock
        .requests()
        .iter()
        .map(|request| format!("{} {}", request.method(), request.uri().path()))
        .collect();
    let target = |id| format!("DELETE /v1/b2b/sso/organization/connections/{id}");
    assert_eq!(targets, ["a", "b", "c"].map(target));
}

#[tokio::test]
async fn errors_are_typed() {
    let mock = Mock::new();
    mock.sso()
        .delete_connection()
        .fail(403, &failure("organization_suspended"));
    let error = delete_all(&mock.client(), &["a"]).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    let error_type = error.api().unwrap().error_type.clone().unwrap();
    assert_eq!(error_type, ErrorType::from("organization_suspended"));
}

#[tokio::test]
async fn what_is_wrong_with_the_connection_can_be_had() {
    let mock = Mock::new();
    let operation = mock.sso().delete_connection();
    operation
        .unreachable()
        .time_out()
        .break_off()
        .respond(&deleted());
    let patient = RetryPolicy::new().attempts(4);
    let client = mock.client();
    let call = client.sso().delete_connection("o", "c");
    let response = call
        .options(CallOptions::new().retry(patient))
        .send()
        .await
        .unwrap();
    assert_eq!(response.attempts(), 4);
    assert_eq!(mock.sso().delete_connection().requests().len(), 4);
}

#[tokio::test]
async fn the_examples_of_the_description_are_answers() {
    let mock = Mock::new();
    mock.sso()
        .saml()
        .create_connection()
        .example()
        .example_named("complete");
    let client = mock.client();
    let create = || {
        let request = CreateSamlConnectionRequest::new().display_name("Okta");
        client
            .sso()
            .saml()
            .create_connection("organization", request)
            .send()
    };
    let first = create().await.unwrap();
    let second = create().await.unwrap();
    assert_ne!(first.body(), second.body());
    let examples = mock.sso().saml().create_connection().examples();
    let complete = examples
        .iter()
        .find(|example| example.name == "complete")
        .unwrap();
    let complete: CreateSamlConnectionResponse = complete.json().unwrap();
    assert_eq!(second.body(), &complete);
    let sent: CreateSamlConnectionRequest = mock.requests()[0].json().unwrap();
    assert_eq!(sent.display_name.as_deref(), Some("Okta"));
}

#[tokio::test]
async fn an_operation_without_an_answer_says_so() {
    let mock = Mock::new();
    let client = mock.client();
    let request = UpdateExternalConnectionRequest::new();
    let call = client.sso().external().update_connection("o", "c", request);
    let error = call.send().await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "the mock has no answer for `update_connection`");
    mock.sso()
        .external()
        .update_connection()
        .example_named("none");
    let request = UpdateExternalConnectionRequest::new();
    let call = client.sso().external().update_connection("o", "c", request);
    let error = call.send().await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("no example `none`"), "{source}");
}

#[tokio::test]
async fn any_answer_can_be_given_and_mocks_share_nothing() {
    let (one, other) = (Mock::new(), Mock::new());
    let page = MockAnswer::new(502).body("text/html", "<h1>Bad gateway</h1>");
    let page = page.header("retry-after", "3");
    one.sso().delete_connection().respond_with(page);
    other.sso().delete_connection().respond(&deleted());
    let error = delete_all(&one.client(), &["a"]).await.unwrap_err();
    assert_eq!(error.retry_after().unwrap().as_secs(), 3);
    assert!(error.api().is_none());
    assert_eq!(delete_all(&other.client(), &["a"]).await.unwrap(), 1);
    // DELETE may be sent again.
    assert_eq!((one.requests().len(), other.requests().len()), (3, 1));
}

#[tokio::test]
async fn what_the_description_does_not_have_is_answered_too() {
    let mock = Mock::new();
    mock.undescribed()
        .respond_with(MockAnswer::json(200, &[1, 2]));
    let client = mock.client();
    let call = client.request(http::Method::GET, "/v1/b2b/other");
    let received = call.send().await.unwrap();
    assert_eq!(received.json::<Vec<u8>>().unwrap(), [1, 2]);
}

#[tokio::test]
async fn nothing_shows_what_requests_held() {
    let mock = Mock::new();
    mock.sso().delete_connection().respond(&deleted());
    let client = mock
        .builder()
        .basic_auth("user", "password-canary")
        .build()
        .unwrap();
    let call = client.sso().delete_connection("organization", "c");
    call.member_session("session-canary").send().await.unwrap();
    let shown = format!(
        "{mock:?} {:?} {:?}",
        mock.requests(),
        mock.sso().delete_connection()
    );
    assert!(!shown.contains("canary"), "{shown}");
    // But it is there for who asks.
    let session = mock.requests()[0]
        .header("X-Stytch-Member-Session")
        .map(str::to_owned);
    assert_eq!(session.as_deref(), Some("session-canary"));
}

#[cfg(feature = "blocking")]
#[test]
fn programs_that_block_are_answered_as_well() {
    let mock = Mock::new();
    mock.sso()
        .delete_connection()
        .fail(503, &failure("down"))
        .respond(&deleted());
    let client = mock.client();
    let response = client
        .sso()
        .delete_connection("o", "c")
        .send_blocking()
        .unwrap();
    assert_eq!(response.attempts(), 2);
}
