//! The client in a program: the example of the documentation, threads, shared
//! connections, errors in other errors.

use std::error::Error as StdError;
use std::fmt::Debug;

use stytch_sso::types::{
    ConnectionId, CreateSamlConnectionRequest, ErrorResponse, IdentityProvider, OrganizationId,
};
use stytch_sso::{Call, Client, ClientBuilder, Error, Response, Secret};

use super::operation::client;
use super::server::{Answer, Server};

const DELETED: &str = r#"{"request_id":"r","connection_id":"c","status_code":200}"#;

/// As a program writes it. Never run: it would go to the real server.
async fn example(
    project_id: &str,
    secret: &str,
    session_token: &str,
) -> Result<(), Box<dyn StdError>> {
    let client = stytch_sso::Client::builder()
        .basic_auth(project_id, secret)
        .build()?;
    let created = client
        .sso()
        .saml()
        .create_connection(
            "organization-test-…",
            CreateSamlConnectionRequest::new()
                .display_name("Okta")
                .identity_provider(IdentityProvider::Okta),
        )
        .member_session(session_token)
        .send()
        .await?;
    println!("{} {}", created.status(), created.request_id);
    Ok(())
}

/// The same with the client's own error type.
async fn own_errors(project_id: String, secret: Secret) -> Result<String, Error> {
    let client = Client::builder().basic_auth(project_id, secret).build()?;
    let organization = String::from("organization-test-…");
    let deleted = client
        .sso()
        .delete_connection(&organization, "c")
        .send()
        .await?;
    Ok(deleted.into_body().connection_id.into_string())
}

fn send<T: Send>(_: &T) {}
fn shared<T: Send + Sync + Debug + 'static>() {}
fn cloned<T: Clone>() {}

#[test]
fn types_go_where_programs_need_them() {
    shared::<Client>();
    cloned::<Client>();
    shared::<ClientBuilder>();
    cloned::<ClientBuilder>();
    shared::<Error>();
    shared::<Error<()>>();
    shared::<Response<ErrorResponse>>();
    cloned::<Response<ErrorResponse>>();

    fn error<T: StdError + Send + Sync + 'static>() {}
    error::<Error>();
    error::<stytch_sso::BuildError>();
    error::<stytch_sso::DecodeError>();
    error::<stytch_sso::TransportError>();
}

#[test]
fn futures_and_calls_can_change_threads() {
    send(&example("project", "secret", "token"));
    send(&own_errors("project".to_owned(), "secret".into()));

    fn call<O: stytch_sso::Operation>(call: Call<'_, O>) {
        send(&call);
        send(&call.send());
    }
    let client = Client::builder().build().unwrap();
    let sso = client.sso();
    call(sso.delete_connection("o", "c"));
    call(sso.saml().delete_verification_certificate("o", "c", "k"));
    call(
        sso.saml()
            .create_connection("o", CreateSamlConnectionRequest::new()),
    );
    call(
        sso.external()
            .update_connection("o", "c", Default::default()),
    );
    send(&sso.delete_connection("o", "c").send_raw());
}

#[tokio::test]
async fn the_example_of_the_documentation_works() {
    let body = r#"{"request_id":"request-id-test-1","status_code":200}"#;
    let server = Server::start([Answer::json(200, body)]).await;
    let client = client(server.url());
    let created = client
        .sso()
        .saml()
        .create_connection(
            "organization-test-…",
            CreateSamlConnectionRequest::new()
                .display_name("Okta")
                .identity_provider(IdentityProvider::Okta),
        )
        .member_session("token")
        .send()
        .await
        .unwrap();
    let line = format!("{} {}", created.status(), created.request_id);
    assert_eq!(line, "200 OK request-id-test-1");
}

#[tokio::test]
async fn what_a_response_names_can_be_asked_for() {
    let server = Server::start([Answer::json(200, DELETED), Answer::json(200, DELETED)]).await;
    let client = client(server.url());
    let organization = OrganizationId::from("o");
    let sso = client.sso();
    let deleted = sso.delete_connection(&organization, "c").send().await;
    let id: ConnectionId = deleted.unwrap().into_body().connection_id;
    let again = sso.delete_connection(organization, &id).send().await;
    assert_eq!(again.unwrap().connection_id, id);
    let requests = server.requests().await;
    assert_eq!(requests[1].line, "DELETE /v1/b2b/sso/o/connections/c HTTP/1.1");
}

#[tokio::test]
async fn a_client_works_in_tasks_of_its_own() {
    let server = Server::start([Answer::json(200, DELETED), Answer::json(200, DELETED)]).await;
    let client = client(server.url());
    let task = |client: Client| {
        tokio::spawn(async move { client.sso().delete_connection("o", "c").send().await })
    };
    let (first, second) = (task(client.clone()), task(client));
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    server.requests().await;
}

#[tokio::test]
async fn clones_share_their_connections() {
    // `requests` fails when there is a second connection.
    let answer = || Answer::json(200, DELETED);
    let server = Server::start([answer().then_keep_alive(), answer()]).await;
    let client = client(server.url());
    for client in [client.clone(), client] {
        let sent = client.sso().delete_connection("o", "c").send().await;
        sent.unwrap();
        // The task that minds the connection has to see that it is free again.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(server.requests().await.len(), 2);
}

#[tokio::test]
async fn errors_of_all_operations_fit_into_one_type() {
    let body = r#"{"error_type":"organization_not_found","request_id":"r-1"}"#;
    let server = Server::start([Answer::json(404, body), Answer::json(404, body)]).await;
    let client = client(server.url());
    let error = client
        .sso()
        .delete_connection("o", "c")
        .send()
        .await
        .unwrap_err();
    let mapped = error.map_api(|api| api.request_id);
    assert_eq!(mapped.api(), Some(&Some("r-1".to_owned())));
    assert_eq!(mapped.into_api(), Some(Some("r-1".to_owned())));

    let error = client
        .sso()
        .delete_connection("o", "c")
        .send()
        .await
        .unwrap_err();
    let (shown, status) = (error.to_string(), error.status());
    let erased = error.erase();
    assert_eq!((erased.to_string(), erased.status()), (shown, status));
    assert_eq!(erased.code(), Some("organization_not_found"));
}
