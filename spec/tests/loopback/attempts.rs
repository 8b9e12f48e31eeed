//! What is sent again: of the four operations only the one that creates
//! something could do harm.

use std::time::Duration;

use stytch_sso::{CallOptions, Client, ErrorKind, RetryPolicy, TimeoutKind};

use super::operation::{Operation, PROJECT_ID, SECRET};
use super::server::{Answer, Server};

/// A client that waits for nothing between two attempts.
fn client(base_url: String) -> Client {
    let policy = RetryPolicy::new().waits(Duration::ZERO, Duration::ZERO);
    Client::builder()
        .basic_auth(PROJECT_ID, SECRET)
        .base_url(base_url)
        .retry(policy)
        .timeout(Duration::from_secs(10))
        .build()
        .expect("a client")
}

/// What every operation answers.
fn done() -> Answer {
    Answer::json(
        200,
        r#"{"request_id":"r","status_code":200,"connection_id":"c","certificate_id":"d"}"#,
    )
}

#[tokio::test]
async fn a_server_that_is_down_for_a_moment_is_asked_again() {
    for operation in Operation::ALL {
        let server = Server::start([Answer::json(503, "{}"), done()]).await;
        let result = operation.send_plainly(&client(server.url())).await;
        if operation == Operation::CreateConnection {
            let error = result.expect_err("the connection may have been created");
            assert_eq!(
                (error.status().unwrap().as_u16(), error.attempts()),
                (503, 1)
            );
            continue;
        }
        assert_eq!(result.unwrap(), 200, "{operation:?}");
        let requests = server.requests().await;
        assert_eq!(requests.len(), 2, "{operation:?}");
        assert_eq!(requests[0].text(), requests[1].text(), "{operation:?}");
    }
}

#[tokio::test]
async fn what_was_turned_away_is_sent_again_whatever_it_is() {
    for operation in Operation::ALL {
        let server = Server::start([Answer::json(429, "{}"), done()]).await;
        let result = operation.send_plainly(&client(server.url())).await;
        assert_eq!(result.unwrap(), 200, "{operation:?}");
        assert_eq!(server.requests().await.len(), 2, "{operation:?}");
    }
}

#[tokio::test]
async fn a_response_says_how_many_attempts_there_were() {
    let server = Server::start([Answer::json(502, "{}"), Answer::json(500, "{}"), done()]).await;
    let client = client(server.url());
    let response = client.sso().delete_connection("o", "c").send().await;
    assert_eq!(response.unwrap().attempts(), 3);
}

#[tokio::test]
async fn a_call_may_be_sent_once_only_and_within_a_time_of_its_own() {
    let server = Server::start([Answer::json(503, "{}")]).await;
    let once = CallOptions::new().retry(RetryPolicy::never());
    let call = client(server.url());
    let error = call.sso().delete_connection("o", "c").options(once).send();
    assert_eq!(error.await.unwrap_err().attempts(), 1);
    let server = Server::start([Answer::raw("").then_stall()]).await;
    let short = CallOptions::new().timeout(Duration::from_millis(200));
    let call = client(server.url());
    let error = call.sso().delete_connection("o", "c").options(short).send();
    let error = error.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.timeout(), Some(TimeoutKind::Call));
}
