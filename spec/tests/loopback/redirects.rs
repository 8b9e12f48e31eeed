//! Redirects: an answer like any other, never followed.

use http::StatusCode;

use super::operation::{Operation, client};
use super::server::{Answer, Server, Unreached};

const STATUSES: [u16; 6] = [301, 302, 303, 307, 308, 300];

#[tokio::test]
async fn no_other_server_ever_hears_of_it() {
    let elsewhere = Unreached::new();
    for operation in Operation::ALL {
        let answer = |status| {
            let headers = format!("Location: {}/stolen\r\n", elsewhere.url());
            Answer::new(status, &headers, "moved")
        };
        let server = Server::start(STATUSES.map(answer)).await;
        let client = client(server.url());
        for status in STATUSES {
            let error = operation.send_plainly(&client).await.expect_err("no body");
            assert!(error.is_api(), "{error}");
            assert_eq!(error.status().unwrap(), status);
            let location = &error.headers().unwrap()["location"];
            assert_eq!(location, &format!("{}/stolen", elsewhere.url()));
            assert_eq!(error.body().unwrap(), "moved");
            elsewhere.check("after a redirect");
        }
        server.requests().await;
    }
}

#[tokio::test]
async fn nor_is_one_to_the_same_server_followed() {
    // `requests` fails when there is a second connection.
    for location in ["/v1/b2b/sso/other", "?again", "https://127.0.0.1/"] {
        let headers = format!("Location: {location}\r\n");
        let server = Server::start([Answer::new(307, &headers, "")]).await;
        let client = client(server.url());
        let error = Operation::CreateConnection
            .send_plainly(&client)
            .await
            .unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
        server.request().await;
    }
}
