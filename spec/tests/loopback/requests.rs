//! What is sent: request line, headers and body, byte for byte.

use stytch_sso::types::{
    CreateSamlConnectionRequest, ExternalConnectionImplicitRoleAssignment,
    ExternalGroupImplicitRoleAssignment, ExternalGroupImplicitRoleAssignmentRequired,
    IdentityProvider, UpdateExternalConnectionRequest,
};

use super::operation::{BASIC, client};
use super::server::{Answer, Request, Server};

const ORGANIZATION: &str = "organization-test-07971b06-ac8b-4cdb-9c15-63b17e653931";
const SAML: &str = "saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9";
const EXTERNAL: &str = "external-connection-test-3a5c3a9e-6d7d-4d0e-8f3e-0c9f1a2b4d5e";
const CERTIFICATE: &str = "saml-verification-key-test-5ccbc642-9373-42b8-928f-c1646c868701";
const REQUEST_ID: &str = "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141";

const TOKEN: &str = "mZAYn5aLEqKUlZ_Ad9U_fWr38GaAQ1oFAhT8ds245v7Q";
const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtIn0.c2ln-_";

/// A 200 with one property besides those that every answer has.
fn ok(property: &str) -> Answer {
    Answer::json(
        200,
        format!(r#"{{"status_code":200,"request_id":"{REQUEST_ID}"{property}}}"#),
    )
}

/// Crate, version and platform.
fn user_agent() -> String {
    use std::env::consts::{ARCH, OS};
    format!("stytch-sso/{} ({OS}; {ARCH})", env!("CARGO_PKG_VERSION"))
}

/// Nothing but this was sent: these headers besides those of every request,
/// and this body, or none.
fn expect(request: &Request, host: &str, line: &str, session: &[(&str, &str)], body: Option<&str>) {
    assert_eq!(request.line, line);
    let user_agent = user_agent();
    let length = body.unwrap_or_default().len().to_string();
    let mut headers = vec![
        ("accept", "application/json"),
        ("authorization", BASIC),
        ("host", host),
        ("user-agent", &user_agent),
    ];
    if body.is_some() {
        headers.push(("content-length", &length));
        headers.push(("content-type", "application/json"));
    }
    headers.extend(session);
    headers.sort_unstable();
    let seen: Vec<(&str, &str)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(seen, headers);
    assert_eq!(request.text(), body.unwrap_or_default());
}

#[tokio::test]
async fn delete_connection() {
    let server = Server::start([
        ok(r#","connection_id":"gone""#),
        ok(r#","connection_id":"gone""#),
    ])
    .await;
    let (client, host) = (client(server.url()), server.authority());
    let call = || client.sso().delete_connection(ORGANIZATION, SAML);

    let response = call().send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.status_code, 200);
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.connection_id, "gone");
    call().member_session(TOKEN).send().await.unwrap();

    let line = format!("DELETE /v1/b2b/sso/{ORGANIZATION}/connections/{SAML} HTTP/1.1");
    let requests = server.requests().await;
    expect(&requests[0], &host, &line, &[], None);
    let session = [("x-stytch-member-session", TOKEN)];
    expect(&requests[1], &host, &line, &session, None);
}

#[tokio::test]
async fn delete_verification_certificate() {
    let server = Server::start([
        ok(r#","certificate_id":"gone""#),
        ok(r#","certificate_id":"gone""#),
    ])
    .await;
    let (client, host) = (client(server.url()), server.authority());
    let call = || {
        let saml = client.sso().saml();
        saml.delete_verification_certificate(ORGANIZATION, SAML, CERTIFICATE)
    };

    let response = call().send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.status_code, 200);
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.certificate_id, "gone");
    call().member_session_jwt(JWT).send().await.unwrap();

    let line = format!(
        "DELETE /v1/b2b/sso/saml/{ORGANIZATION}/connections/{SAML}/verification_certificates/{CERTIFICATE} HTTP/1.1"
    );
    let requests = server.requests().await;
    expect(&requests[0], &host, &line, &[], None);
    let session = [("x-stytch-member-sessionjwt", JWT)];
    expect(&requests[1], &host, &line, &session, None);
}

#[tokio::test]
async fn update_connection() {
    let server = Server::start([ok(""), ok(""), ok("")]).await;
    let (client, host) = (client(server.url()), server.authority());
    let call = |body| {
        let external = client.sso().external();
        external.update_connection(ORGANIZATION, EXTERNAL, body)
    };

    let nothing = UpdateExternalConnectionRequest::new();
    let response = call(nothing).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.connection, None);

    let empty = UpdateExternalConnectionRequest::new()
        .external_connection_implicit_role_assignments([])
        .external_group_implicit_role_assignments([]);
    call(empty).member_session(TOKEN).send().await.unwrap();

    let group = |role_id: &str, group: &str| {
        ExternalGroupImplicitRoleAssignment::new(ExternalGroupImplicitRoleAssignmentRequired {
            role_id: role_id.into(),
            group: group.to_owned(),
        })
    };
    let everything = UpdateExternalConnectionRequest::new()
        .external_group_implicit_role_assignments([group("admin", "eng"), group("auditor", "fin")])
        .external_connection_implicit_role_assignments([
            ExternalConnectionImplicitRoleAssignment::new("member"),
        ])
        .display_name("Example");
    let both = call(everything)
        .member_session(TOKEN)
        .member_session_jwt(JWT);
    both.send().await.unwrap();

    let line = format!("PUT /v1/b2b/sso/external/{ORGANIZATION}/connections/{EXTERNAL} HTTP/1.1");
    let requests = server.requests().await;
    expect(&requests[0], &host, &line, &[], Some("{}"));
    let session = [("x-stytch-member-session", TOKEN)];
    let empty = r#"{"external_connection_implicit_role_assignments":[],"external_group_implicit_role_assignments":[]}"#;
    expect(&requests[1], &host, &line, &session, Some(empty));
    let sessions = [
        ("x-stytch-member-session", TOKEN),
        ("x-stytch-member-sessionjwt", JWT),
    ];
    let everything = r#"{"display_name":"Example","external_connection_implicit_role_assignments":[{"role_id":"member"}],"external_group_implicit_role_assignments":[{"role_id":"admin","group":"eng"},{"role_id":"auditor","group":"fin"}]}"#;
    expect(&requests[2], &host, &line, &sessions, Some(everything));
}

#[tokio::test]
async fn create_connection() {
    let server = Server::start([ok(""), ok(""), ok("")]).await;
    let (client, host) = (client(server.url()), server.authority());
    let call = |body| client.sso().saml().create_connection(ORGANIZATION, body);

    let nothing = CreateSamlConnectionRequest::new();
    let response = call(nothing).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.connection, None);

    let both = CreateSamlConnectionRequest::new()
        .display_name("Okta")
        .identity_provider(IdentityProvider::Okta);
    call(both).member_session_jwt(JWT).send().await.unwrap();

    let unusual = CreateSamlConnectionRequest::new().display_name("\"Größe\" \u{1F511}\r\nX: y");
    call(unusual).send().await.unwrap();

    let line = format!("POST /v1/b2b/sso/saml/{ORGANIZATION} HTTP/1.1");
    let requests = server.requests().await;
    expect(&requests[0], &host, &line, &[], Some("{}"));
    let session = [("x-stytch-member-sessionjwt", JWT)];
    let both = r#"{"display_name":"Okta","identity_provider":"okta"}"#;
    expect(&requests[1], &host, &line, &session, Some(both));
    let unusual = "{\"display_name\":\"\\\"Größe\\\" \u{1F511}\\r\\nX: y\"}";
    expect(&requests[2], &host, &line, &[], Some(unusual));
}

#[tokio::test]
async fn every_identity_provider_is_sent_as_the_service_spells_it() {
    let providers = [
        (IdentityProvider::Classlink, "classlink"),
        (IdentityProvider::Cyberark, "cyberark"),
        (IdentityProvider::Duo, "duo"),
        (IdentityProvider::Generic, "generic"),
        (IdentityProvider::GoogleWorkspace, "google-workspace"),
        (IdentityProvider::Jumpcloud, "jumpcloud"),
        (IdentityProvider::Keycloak, "keycloak"),
        (IdentityProvider::Miniorange, "miniorange"),
        (IdentityProvider::MicrosoftEntra, "microsoft-entra"),
        (IdentityProvider::Okta, "okta"),
        (IdentityProvider::Onelogin, "onelogin"),
        (IdentityProvider::Pingfederate, "pingfederate"),
        (IdentityProvider::Rippling, "rippling"),
        (IdentityProvider::Salesforce, "salesforce"),
        (IdentityProvider::Shibboleth, "shibboleth"),
    ];
    let server = Server::start(providers.iter().map(|_| ok(""))).await;
    let client = client(server.url());
    for (provider, text) in &providers {
        assert_eq!(provider, &IdentityProvider::from(*text));
        let body = CreateSamlConnectionRequest::new().identity_provider(provider.clone());
        let call = client.sso().saml().create_connection(ORGANIZATION, body);
        call.send().await.unwrap();
    }
    for (request, (_, text)) in server.requests().await.iter().zip(providers) {
        assert_eq!(
            request.text(),
            format!(r#"{{"identity_provider":"{text}"}}"#)
        );
    }
}

#[tokio::test]
async fn an_application_can_name_itself_after_the_client() {
    let server = Server::start([ok(r#","connection_id":"c""#)]).await;
    let client = stytch_sso::Client::builder()
        .basic_auth("p", "s")
        .base_url(server.url())
        .user_agent("dashboard/7 (test)")
        .build()
        .unwrap();
    client
        .sso()
        .delete_connection("o", "c")
        .send()
        .await
        .unwrap();
    let expected = format!("{} dashboard/7 (test)", user_agent());
    let request = server.request().await;
    assert_eq!(request.header("user-agent"), Some(expected.as_str()));
}

#[tokio::test]
async fn what_build_shows_is_what_send_sends() {
    let server = Server::start([ok("")]).await;
    let client = client(server.url());
    let call = || {
        let body = CreateSamlConnectionRequest::new().display_name("Okta");
        let call = client.sso().saml().create_connection("a/b", body);
        call.member_session(TOKEN)
    };
    let built = call().build().unwrap();
    call().send().await.unwrap();

    let sent = server.request().await;
    let path = built.uri().path();
    assert_eq!(sent.line, format!("{} {path} HTTP/1.1", built.method()));
    assert_eq!(&sent.body, built.body().as_bytes().unwrap());
    for (name, value) in built.headers() {
        assert_eq!(sent.header(name.as_str()), value.to_str().ok());
    }
    let added: Vec<&str> = sent
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !built.headers().contains_key(*name))
        .collect();
    assert_eq!(added, ["content-length", "host"]);
}
