//! A secret in every place where one can be, looked for in everything that can
//! be printed.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::time::Duration;

use serde_json::{Value, json};
use stytch_sso::types::{
    CreateSamlConnectionRequest, EncryptionPrivateKey, EncryptionPrivateKeyRequired,
    UpdateExternalConnectionRequest,
};
use stytch_sso::{BuildError, Call, CallOptions, Client, ClientBuilder, Error, Secret};

use super::server::{Answer, Refusing, Server, Unreached};

/// What nothing may print; all secrets here begin with it.
const CANARY: &str = "canary-5f0c1b7e";
const PASSWORD: &str = "canary-5f0c1b7e-password";
const TOKEN: &str = "canary-5f0c1b7e-token";
const JWT: &str = "canary-5f0c1b7e.jwt.c2ln";
const PRIVATE_KEY: &str =
    "-----BEGIN PRIVATE KEY-----\ncanary-5f0c1b7e-key\n-----END PRIVATE KEY-----\n";
/// Project id and password, as they travel.
const BASIC: &str = "cHJvamVjdC10ZXN0LTE6Y2FuYXJ5LTVmMGMxYjdlLXBhc3N3b3Jk";

fn builder() -> ClientBuilder {
    Client::builder().basic_auth("project-test-1", PASSWORD)
}

fn client(base_url: impl Into<String>) -> Client {
    builder().base_url(base_url).build().unwrap()
}

/// With each secret that a call can have, and a path that errors do not show
/// either.
fn call(client: &Client) -> Call<'_, stytch_sso::operations::sso::saml::CreateConnection> {
    let body = CreateSamlConnectionRequest::new().display_name("Okta");
    let call = client.sso().saml().create_connection(CANARY, body);
    call.member_session(TOKEN).member_session_jwt(JWT)
}

/// As text, as a list of bytes, as credentials.
fn leaks(text: &str) -> bool {
    let bytes = format!("{:?}", CANARY.as_bytes());
    let forms = [CANARY, bytes.trim_matches(['[', ']']), BASIC];
    forms.iter().any(|form| text.contains(form))
}

#[track_caller]
fn hidden(text: &str) {
    assert!(!leaks(text), "{text}");
}

#[track_caller]
fn hidden_in_debug(value: &impl Debug) {
    hidden(&format!("{value:?}"));
    hidden(&format!("{value:#?}"));
}

/// The error and all that lies behind it.
#[track_caller]
fn hidden_in_error(error: &(dyn StdError + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        hidden(&error.to_string());
        hidden(&format!("{error:#}"));
        hidden_in_debug(&error);
        next = error.source();
    }
}

#[track_caller]
fn hidden_in_call_error(error: &Error) {
    hidden_in_error(error);
    hidden_in_debug(&error.decode_error());
    if let Some(reason) = error.decode_error() {
        hidden_in_error(reason);
    }
    // These are for logs.
    hidden_in_debug(&(error.code(), error.request_id(), error.operation()));
}

#[test]
fn the_canary_would_be_found() {
    assert!(leaks(PASSWORD) && leaks(TOKEN) && leaks(JWT));
    assert!(leaks(&format!("{PRIVATE_KEY:?}")));
    assert!(leaks(&format!("{:?}", TOKEN.as_bytes())));
    let client = client("http://localhost:1");
    let sent = call(&client).build().unwrap();
    let authorization = sent.headers()["authorization"].to_str().unwrap();
    assert_eq!(authorization, format!("Basic {BASIC}"));
    assert_eq!(sent.headers()["x-stytch-member-session"], TOKEN);
    assert_eq!(sent.headers()["x-stytch-member-sessionjwt"], JWT);
}

#[test]
fn clients_and_their_builders_hide_it() {
    hidden_in_debug(&builder());
    let url = format!("https://user:{CANARY}@example.com/{CANARY}?{CANARY}#{CANARY}");
    hidden_in_debug(&builder().base_url(url));
    let client = client("https://example.com");
    hidden_in_debug(&client);
    hidden_in_debug(&client.sso());
    hidden_in_debug(&client.sso().saml());
    hidden_in_debug(&client.sso().external());
}

#[test]
fn calls_and_built_requests_hide_it() {
    let client = client("https://example.com");
    hidden_in_debug(&call(&client));
    hidden_in_debug(&call(&client).options(CallOptions::new()));
    let sso = client.sso();
    let delete = sso.delete_connection("o", "c").member_session(TOKEN);
    hidden_in_debug(&delete.member_session_jwt(JWT).build().unwrap());
    let delete = || sso.delete_connection(CANARY, CANARY).member_session(TOKEN);
    hidden_in_debug(&delete());
    let body = UpdateExternalConnectionRequest::new().display_name(CANARY);
    let update = sso.external().update_connection("o", "c", body);
    hidden_in_debug(&update.member_session_jwt(JWT));
    let delete = sso.saml().delete_verification_certificate("o", "c", CANARY);
    hidden_in_debug(&delete.member_session(TOKEN));
}

#[test]
fn secrets_and_types_with_secrets_in_them_hide_it() {
    let secret = Secret::from(TOKEN);
    hidden_in_debug(&secret);
    hidden(&secret.to_string());
    hidden(&format!("{secret:>90}"));
    let required = EncryptionPrivateKeyRequired {
        private_key_id: "id".into(),
        private_key: PRIVATE_KEY.into(),
    };
    hidden_in_debug(&required);
    let key = EncryptionPrivateKey::new(required);
    hidden_in_debug(&key);
    assert_eq!(key.private_key.expose(), PRIVATE_KEY);
}

#[test]
fn settings_that_are_refused_hide_it() {
    let refused = |builder: ClientBuilder| -> BuildError { builder.build().unwrap_err() };
    let with_password = |password: String| Client::builder().basic_auth("p", password);
    for error in [
        refused(builder().base_url("http://example.com")),
        refused(builder().base_url(format!("https://user:{CANARY}@example.com"))),
        refused(builder().base_url(format!("https://example.com/?key={CANARY}"))),
        refused(builder().base_url(format!("{CANARY}://example.com"))),
        refused(builder().user_agent(&format!("{CANARY}\n"))),
        refused(with_password(format!("{CANARY}\n"))),
        refused(Client::builder().basic_auth(format!("p:{CANARY}"), "")),
    ] {
        hidden_in_error(&error);
        hidden_in_call_error(&error.into());
    }
}

#[tokio::test]
async fn values_that_are_refused_hide_it() {
    let server = Unreached::new();
    let client = client(server.url());
    let sso = client.sso();
    let delete = || sso.delete_connection("o", "c");
    for error in [
        delete().member_session(format!("{TOKEN}\n")).send().await,
        delete().member_session_jwt(format!(" {JWT}")).send().await,
        sso.delete_connection(format!("../{CANARY}"), "c")
            .send()
            .await,
        sso.delete_connection("o", format!("{CANARY}/.."))
            .send()
            .await,
    ] {
        let error = error.unwrap_err();
        assert!(error.is_invalid_request());
        hidden_in_call_error(&error);
    }
    let error = delete().member_session(format!("{TOKEN}\n")).build();
    hidden_in_call_error(&error.unwrap_err());
    server.check("for a value that is refused");
}

/// The canary wherever a JSON error can have it.
fn telling_error(secret: &str) -> String {
    json!({
        "status_code": 400,
        "request_id": format!("request-id-{secret}"),
        "error_type": secret,
        "error_message": format!("no such session: {secret}"),
        "error_url": format!("https://stytch.com/{secret}"),
        "error_details": {(secret): secret},
    })
    .to_string()
}

/// Answers that hold the canary, one for each way to fail.
fn telling_answers() -> Vec<Answer> {
    let mut answers = Vec::new();
    for secret in [PASSWORD, TOKEN, JWT, BASIC] {
        answers.push(Answer::json(400, telling_error(secret)));
    }
    let headers = format!(
        "Location: https://example.com/{TOKEN}\r\nSet-Cookie: session={TOKEN}\r\nContent-Type: {TOKEN}\r\nX-Secret: {PASSWORD}\r\nAuthorization: Basic {BASIC}\r\n"
    );
    for status in [200, 302, 500] {
        answers.push(Answer::new(status, &headers, format!("<html>{TOKEN}")));
    }
    let body = telling_error(TOKEN);
    let length = body.len();
    answers.extend([
        // A phrase, a protocol, names and sizes made of secrets.
        Answer::raw(format!("HTTP/1.1 500 {TOKEN}\r\n\r\n{body}")),
        Answer::raw(format!("{TOKEN} 500 No\r\n\r\n")),
        Answer::raw(format!("HTTP/1.1 200 OK\r\n{TOKEN}\r\n\r\n")),
        Answer::raw(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {TOKEN}\r\n\r\n"
        )),
        Answer::raw(format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{TOKEN}\r\n"
        )),
        // Cut off, with and without a reset.
        Answer::raw(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{body}"
        )),
        Answer::raw(format!(
            "HTTP/1.1 403 No\r\nContent-Length: 9999\r\n\r\n{body}"
        )),
        Answer::raw(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{body}"
        ))
        .then_reset(),
        Answer::raw(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{}",
            &body[1..]
        )),
    ]);
    // A success with the canary in each place that can be wrong.
    for place in [
        "/status_code",
        "/request_id",
        "/connection",
        "/connection/attribute_mapping",
        "/connection/idp_initiated_auth_disabled",
        "/connection/encryption_private_keys",
        "/connection/encryption_private_keys/0",
        "/connection/encryption_private_keys/0/private_key",
        "/connection/encryption_private_keys/0/created_at",
    ] {
        for wrong in [json!(TOKEN), json!([TOKEN]), json!({(TOKEN): TOKEN})] {
            let mut body = created();
            let value = body.pointer_mut(place).expect(place);
            if value.is_string() && wrong.is_string() && !place.ends_with("_at") {
                // It would be right.
                continue;
            }
            if value.is_object() && wrong.is_object() && place.ends_with("mapping") {
                continue;
            }
            *value = wrong;
            answers.push(Answer::json(200, body.to_string()));
        }
    }
    answers
}

/// A created connection with a private key.
fn created() -> Value {
    json!({
        "status_code": 200,
        "request_id": "request-id-test-1",
        "brand_new_secret": TOKEN,
        "connection": {
            "organization_id": "o",
            "connection_id": "c",
            "status": "pending",
            "display_name": "",
            "identity_provider": "okta",
            "idp_entity_id": "",
            "idp_sso_url": "",
            "acs_url": "",
            "audience_uri": "",
            "alternative_audience_uri": "",
            "signing_certificates": [],
            "verification_certificates": [],
            "idp_initiated_auth_disabled": false,
            "attribute_mapping": {},
            "encryption_private_keys": [{
                "private_key_id": "k",
                "private_key": PRIVATE_KEY,
                "created_at": "2024-02-29T12:34:56Z",
            }],
        },
    })
}

/// The error of a call that gets this answer.
async fn failure(answer: Answer, timeout: Duration) -> Error {
    let server = Server::start([answer]).await;
    let client = client(server.url());
    let options = CallOptions::new().timeout(timeout);
    let sent = call(&client).options(options).send().await;
    hidden_in_debug(&client);
    server.request().await;
    sent.unwrap_err()
}

#[tokio::test]
async fn every_failure_hides_it() {
    for answer in telling_answers() {
        let error = failure(answer, Duration::from_secs(10)).await;
        hidden_in_call_error(&error);
        hidden_in_error(&error.erase());
    }
}

#[tokio::test]
async fn a_timeout_hides_it() {
    let body = telling_error(TOKEN);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{body}");
    let error = failure(Answer::raw(answer).then_stall(), Duration::from_secs(1)).await;
    assert!(error.is_timeout());
    hidden_in_call_error(&error);
}

#[tokio::test]
async fn no_connection_hides_it() {
    let nobody = Refusing::new();
    let client = client(nobody.url());
    let error = call(&client).send().await.unwrap_err();
    hidden_in_call_error(&error);
}

#[tokio::test]
async fn an_error_still_holds_what_it_does_not_show() {
    let server = Server::start([Answer::json(400, telling_error(TOKEN))]).await;
    let client = client(server.url());
    let error = call(&client).send().await.unwrap_err();
    assert_eq!(error.body().unwrap(), &telling_error(TOKEN));
    let api = error.api().unwrap();
    assert_eq!(api.error_type.as_ref().unwrap().as_str(), TOKEN);
    assert_eq!((error.code(), error.request_id()), (None, None));
}

#[tokio::test]
async fn responses_hide_private_keys_and_headers() {
    let headers = format!("Set-Cookie: session={TOKEN}\r\nX-Secret: {PASSWORD}\r\n");
    let server = Server::start([Answer::new(200, &headers, created().to_string())]).await;
    let client = client(server.url());
    let response = call(&client).send().await.unwrap();
    hidden_in_debug(&response);
    let connection = response.connection.as_ref().unwrap();
    hidden_in_debug(connection);
    let keys = connection.encryption_private_keys.as_ref().unwrap();
    assert_eq!(keys[0].private_key.expose(), PRIVATE_KEY);
    assert_eq!(response.headers()["x-secret"], PASSWORD);
    // Serialising is for sending and storing: it exposes.
    let stored = serde_json::to_value(connection).unwrap();
    assert_eq!(
        stored["encryption_private_keys"][0]["private_key"],
        PRIVATE_KEY
    );
}

#[tokio::test]
async fn raw_responses_hide_it() {
    let server = Server::start([Answer::json(200, created().to_string())]).await;
    let client = client(server.url());
    let response = call(&client).send_raw().await.unwrap();
    assert!(response.body().ends_with(b"}"));
    hidden_in_debug(&response);
}
