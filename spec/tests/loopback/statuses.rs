//! Statuses outside 2xx: nothing of the answer is lost, and what the service
//! says in it has a type.

use http::StatusCode;
use serde_json::json;
use stytch_sso::ErrorKind;
use stytch_sso::types::ErrorType;

use super::operation::{Operation, client};
use super::server::{Answer, Server};

const REQUEST_ID: &str = "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141";

/// A status, its phrase, an error type that comes with it.
type Case = (u16, &'static str, &'static str, ErrorType);

/// The documented statuses, and some that only `default` covers.
fn cases() -> [Case; 10] {
    [
        (
            400,
            "Bad Request",
            "duplicate_email",
            ErrorType::DuplicateEmail,
        ),
        (
            401,
            "Unauthorized",
            "unauthorized_credentials",
            ErrorType::UnauthorizedCredentials,
        ),
        (
            403,
            "Forbidden",
            "session_authorization_error",
            ErrorType::SessionAuthorizationError,
        ),
        (
            404,
            "Not Found",
            "sso_connection_not_found",
            ErrorType::SsoConnectionNotFound,
        ),
        (
            429,
            "Too Many Requests",
            "too_many_requests",
            ErrorType::TooManyRequests,
        ),
        (
            500,
            "Internal Server Error",
            "internal_server_error",
            ErrorType::InternalServerError,
        ),
        (
            409,
            "Conflict",
            "duplicate_saml_connection",
            ErrorType::DuplicateSamlConnection,
        ),
        (
            418,
            "I'm a teapot",
            "brand_new_error",
            ErrorType::from("brand_new_error"),
        ),
        (
            503,
            "Service Unavailable",
            "a-b.c:d",
            ErrorType::from("a-b.c:d"),
        ),
        (599, "", "use_https", ErrorType::UseHttps),
    ]
}

fn body(status: u16, error_type: &str) -> String {
    json!({
        "status_code": status,
        "request_id": REQUEST_ID,
        "error_type": error_type,
        "error_message": format!("What {status} means."),
        "error_url": format!("https://stytch.com/docs/api/errors/{status}"),
        "error_details": {"hint": [1, null]},
        "not_documented": true,
    })
    .to_string()
}

#[tokio::test]
async fn every_status_gives_a_typed_error_and_loses_nothing() {
    for operation in Operation::ALL {
        let answers = cases().map(|(status, _, error_type, _)| {
            let headers =
                "Content-Type: application/json\r\nRetry-After: 7\r\nX-Twice: a\r\nX-Twice: b\r\n";
            Answer::new(status, headers, body(status, error_type))
        });
        let server = Server::start(answers).await;
        let client = client(server.url());
        for (status, phrase, error_type, typed) in cases() {
            let error = operation.send_plainly(&client).await.expect_err("an error");

            assert_eq!(error.kind(), ErrorKind::Api);
            assert_eq!(error.operation(), Some(operation.id()));
            assert_eq!(error.status().unwrap(), status);
            let headers = error.headers().unwrap();
            assert_eq!(headers["retry-after"], "7");
            assert_eq!(headers.get_all("x-twice").iter().count(), 2);
            assert_eq!(error.body().unwrap(), &body(status, error_type));

            assert_eq!(error.request_id(), Some(REQUEST_ID));
            assert_eq!(error.code(), Some(error_type));
            let api = error.api().unwrap();
            assert_eq!(api.status_code, Some(i32::from(status)));
            assert_eq!(api.request_id.as_deref(), Some(REQUEST_ID));
            assert_eq!(api.error_type.as_ref(), Some(&typed));
            let message = format!("What {status} means.");
            assert_eq!(api.error_message.as_deref(), Some(&*message));
            let url = format!("https://stytch.com/docs/api/errors/{status}");
            assert_eq!(api.error_url.as_deref(), Some(&*url));
            assert_eq!(
                api.error_details.as_ref().unwrap()["hint"],
                json!([1, null])
            );

            let place = operation.template();
            let phrase = if phrase.is_empty() {
                String::new()
            } else {
                format!(" {phrase}")
            };
            assert_eq!(
                error.to_string(),
                format!(
                    "{place} answered {status}{phrase}: {error_type} (request id {REQUEST_ID})"
                )
            );
        }
        server.requests().await;
    }
}

#[tokio::test]
async fn an_error_body_may_lack_anything() {
    for body in [
        json!({}),
        json!({"error_type": null, "request_id": null, "error_details": null}),
    ] {
        let server = Server::start([Answer::json(404, body.to_string())]).await;
        let client = client(server.url());
        let error = Operation::UpdateConnection
            .send_plainly(&client)
            .await
            .unwrap_err();
        assert_eq!(error.api(), Some(&stytch_sso::types::ErrorResponse::new()));
        assert_eq!((error.request_id(), error.code()), (None, None));
    }
}

#[tokio::test]
async fn send_raw_gives_every_status_as_it_comes() {
    for status in [200, 204, 302, 404, 418, 503] {
        let body = if status == 204 { "" } else { "<as it is>" };
        let server = Server::start([Answer::new(status, "X-Kept: yes\r\n", body)]).await;
        let client = client(server.url());
        let call = client.sso().delete_connection("org", "conn");
        let response = call.send_raw().await.unwrap();
        assert_eq!(response.status(), StatusCode::from_u16(status).unwrap());
        assert_eq!(response.headers()["x-kept"], "yes");
        assert_eq!(response.body(), body);
    }
}
