//! Values of headers: which are refused, and how the others arrive.

use stytch_sso::Client;
use stytch_sso::types::CreateSamlConnectionRequest;

use super::operation::client;
use super::server::{Answer, Server, Unreached};

/// Values that no header can hold or that would arrive changed.
const REFUSED: [&str; 13] = [
    "a\r\nX-Evil: 1",
    "a\nX-Evil: 1",
    "a\rb",
    "a\r\n\r\nGET / HTTP/1.1",
    "\n",
    "a\n",
    "a\0b",
    "a\tb",
    "\u{7f}",
    "\u{85}",
    " a",
    "a ",
    "\ta",
];

#[tokio::test]
async fn session_values_that_would_not_arrive_unchanged_are_refused() {
    let server = Unreached::new();
    let client = client(server.url());
    for value in REFUSED {
        let create = || {
            let body = CreateSamlConnectionRequest::new();
            client.sso().saml().create_connection("org", body)
        };
        let token = create().member_session(value).send().await;
        let jwt = create().member_session_jwt(value).send().await;
        for (sent, name) in [
            (token, "X-Stytch-Member-Session"),
            (jwt, "X-Stytch-Member-SessionJWT"),
        ] {
            let error = sent.expect_err(value);
            assert!(error.is_invalid_request(), "{value:?}: {error}");
            assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
            server.check(value);
        }
    }
}

#[tokio::test]
async fn session_values_arrive_unchanged() {
    let values = [
        "a b",
        "a: b, c; d=\"e\"",
        "\u{fc}",
        "~!@#$%^&*()_+{}|:<>?`-=[];',./\\",
    ];
    let answer = || {
        Answer::json(
            200,
            r#"{"request_id":"r","connection_id":"c","status_code":200}"#,
        )
    };
    let server = Server::start(values.map(|_| answer())).await;
    let client = client(server.url());
    for value in values {
        let call = client.sso().delete_connection("org", "conn");
        call.member_session(value).send().await.unwrap();
    }
    for (request, value) in server.requests().await.iter().zip(values) {
        assert_eq!(request.header("x-stytch-member-session"), Some(value));
    }
}

#[tokio::test]
async fn the_last_of_two_sessions_counts() {
    let answer = r#"{"request_id":"r","connection_id":"c","status_code":200}"#;
    let server = Server::start([Answer::json(200, answer)]).await;
    let client = client(server.url());
    let call = client.sso().delete_connection("org", "conn");
    let call = call.member_session("first").member_session("second");
    call.send().await.unwrap();
    let request = server.request().await;
    assert_eq!(request.header("x-stytch-member-session"), Some("second"));
}

#[test]
fn an_application_name_that_no_header_can_hold_is_refused() {
    for value in REFUSED
        .iter()
        .filter(|value| !value.starts_with([' ', '\t']))
    {
        let builder = Client::builder().basic_auth("project", "secret");
        assert!(builder.user_agent(value).build().is_err(), "{value:?}");
    }
}

#[test]
fn credentials_that_would_arrive_changed_are_refused() {
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\u{7f}"] {
        for (project_id, secret) in [(value, "secret"), ("project", value)] {
            let builder = Client::builder().basic_auth(project_id, secret);
            assert!(builder.build().is_err(), "{value:?}");
        }
    }
    // The server would read the rest of the user name as part of the password.
    let builder = Client::builder().basic_auth("project:id", "secret");
    assert!(builder.build().is_err());
}
