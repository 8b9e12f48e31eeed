//! What becomes of the JSON of a success: what fits, what is tolerated, and how
//! the rest is reported.

use serde_json::{Value, json};
use stytch_sso::types::{
    ConnectionStatus, CreateSamlConnectionRequest, CreateSamlConnectionResponse,
    ExternalConnectionStatus, IdentityProvider, UpdateExternalConnectionRequest,
};
use stytch_sso::{Error, ErrorKind, Response};

use super::operation::client;
use super::server::{Answer, Server};

/// The published sample of a created connection, without the commas that JSON
/// does not allow.
const PUBLISHED: &str = r#"{
    "connection": {
        "acs_url":  "https://test.stytch.com/v1/b2b/sso/callback/saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9",
        "attribute_mapping": {
            "email": "email",
            "full_name": "name"
        },
        "audience_uri":  "https://test.stytch.com/v1/b2b/sso/callback/saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9",
        "alternative_audience_uri": "",
        "connection_id": "saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9",
        "display_name": "",
        "idp": "",
        "idp_entity_id": "",
        "idp_sso_url": "",
        "organization_id": "organization-test-07971b06-ac8b-4cdb-9c15-63b17e653931",
        "signing_certificates": [
            {
                "certificate": "-----BEGIN CERTIFICATE-----\n...base64 blob...\n-----END CERTIFICATE",
                "id": "",
                "created_at": "2023-01-01T00:00:00Z",
                "expires_at": "2033-01-01T00:00:00Z",
                "issuer": "Stytch"
            }
        ],
        "status": "pending",
        "verification_certificates": [],
        "identity_provider": "generic"
    },
    "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
    "status_code": 200
}"#;

async fn create(body: &str) -> Result<Response<CreateSamlConnectionResponse>, Error> {
    let server = Server::start([Answer::json(200, body)]).await;
    let client = client(server.url());
    let body = CreateSamlConnectionRequest::new();
    client
        .sso()
        .saml()
        .create_connection("org", body)
        .send()
        .await
}

/// The published sample with another value in one place.
fn published_with(place: &str, value: Value) -> String {
    let mut sample: Value = serde_json::from_str(PUBLISHED).unwrap();
    *sample.pointer_mut(place).expect(place) = value;
    sample.to_string()
}

#[tokio::test]
async fn the_published_sample_decodes() {
    let response = create(PUBLISHED).await.unwrap();
    assert_eq!(response.status_code, 200);
    let connection = response.connection.as_ref().unwrap();
    assert_eq!(connection.status, ConnectionStatus::Pending);
    assert_eq!(connection.identity_provider, IdentityProvider::Generic);
    assert_eq!(connection.display_name, "");
    assert_eq!(
        connection.attribute_mapping.as_ref().unwrap()["full_name"],
        "name"
    );
    assert_eq!(connection.encryption_private_keys, None);
    let certificate = &connection.signing_certificates[0];
    assert_eq!(certificate.certificate_id, None);
    assert_eq!(certificate.issuer, "Stytch");
    assert_eq!(
        certificate.expires_at.unwrap().to_string(),
        "2033-01-01T00:00:00Z"
    );

    // And nothing of it is lost.
    let again: Value = serde_json::to_value(response.body()).unwrap();
    assert_eq!(again, serde_json::from_str::<Value>(PUBLISHED).unwrap());
}

#[tokio::test]
async fn unknown_fields_are_tolerated_everywhere() {
    let mut sample: Value = serde_json::from_str(PUBLISHED).unwrap();
    for object in ["", "/connection", "/connection/signing_certificates/0"] {
        let object = sample.pointer_mut(object).unwrap();
        object["brand_new"] = json!({"deep": [{"er": null}]});
    }
    create(&sample.to_string()).await.unwrap();
}

#[tokio::test]
async fn unknown_enum_values_are_kept_and_can_be_sent_back() {
    let external = json!({
        "request_id": "r",
        "status_code": 200,
        "connection": {
            "organization_id": "o",
            "connection_id": "c",
            "external_organization_id": "eo",
            "external_connection_id": "ec",
            "display_name": "",
            "status": "paused",
            "external_connection_implicit_role_assignments": [],
            "external_group_implicit_role_assignments": [],
        },
    });
    let saml = published_with("/connection/identity_provider", json!("Brand New/IdP ü"));
    let saml = saml.replace("\"pending\"", "\"\"");
    let server = Server::start([
        Answer::json(200, &saml),
        Answer::json(200, &saml),
        Answer::json(200, external.to_string()),
    ])
    .await;
    let client = client(server.url());

    let create = |body| client.sso().saml().create_connection("org", body);
    let response = create(CreateSamlConnectionRequest::new())
        .send()
        .await
        .unwrap();
    let connection = response.into_body().connection.unwrap();
    assert_eq!(connection.status.as_str(), "");
    let provider = connection.identity_provider.clone();
    assert!(matches!(provider, IdentityProvider::UnknownValue(_)));
    assert_eq!(provider.as_str(), "Brand New/IdP ü");
    let again = serde_json::to_value(&connection).unwrap();
    let original: Value = serde_json::from_str(&saml).unwrap();
    assert_eq!(again, original["connection"]);

    let body = CreateSamlConnectionRequest::new().identity_provider(provider);
    create(body).send().await.unwrap();

    let body = UpdateExternalConnectionRequest::new();
    let call = client.sso().external().update_connection("o", "c", body);
    let connection = call.send().await.unwrap().into_body().connection.unwrap();
    assert_eq!(connection.status, ExternalConnectionStatus::from("paused"));
    assert_eq!(
        serde_json::to_value(&connection).unwrap(),
        external["connection"]
    );

    let requests = server.requests().await;
    assert_eq!(
        requests[1].text(),
        r#"{"identity_provider":"Brand New/IdP ü"}"#
    );
}

#[tokio::test]
async fn a_body_may_come_in_pieces_and_after_hints() {
    let (first, second) = PUBLISHED.split_at(1000);
    let answer = Answer::raw(format!(
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:X};x=y\r\n{second}\r\n0\r\nTrailer: z\r\n\r\n",
        first.len(),
        second.len(),
    ));
    let server = Server::start([answer]).await;
    let client = client(server.url());
    let call = client
        .sso()
        .saml()
        .create_connection("org", CreateSamlConnectionRequest::new());
    let response = call.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.connection.is_some());
}

#[tokio::test]
async fn null_is_as_good_as_absent_where_a_value_is_optional() {
    let body = published_with("/connection", Value::Null);
    assert_eq!(create(&body).await.unwrap().connection, None);
    let body = published_with("/connection/attribute_mapping", Value::Null);
    let connection = create(&body).await.unwrap().into_body().connection;
    assert_eq!(connection.unwrap().attribute_mapping, None);
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_named_by_its_path_and_never_shown() {
    for (place, value, path) in [
        ("/request_id", json!({"tell-tale": 8675309}), "request_id"),
        ("/request_id", json!(["tell-tale"]), "request_id"),
        ("/status_code", json!("tell-tale"), "status_code"),
        ("/status_code", json!(8675309123_u64), "status_code"),
        ("/status_code", json!(200.8675309), "status_code"),
        ("/connection", json!("tell-tale"), "connection"),
        (
            "/connection/status",
            json!({"tell-tale": 1}),
            "connection.status",
        ),
        (
            "/connection/display_name",
            json!(null),
            "connection.display_name",
        ),
        (
            "/connection/attribute_mapping",
            json!("tell-tale"),
            "connection.attribute_mapping",
        ),
        (
            "/connection/verification_certificates",
            json!({"tell-tale": 1}),
            "connection.verification_certificates",
        ),
        (
            "/connection/signing_certificates/0",
            json!("tell-tale"),
            "connection.signing_certificates[0]",
        ),
        (
            "/connection/signing_certificates/0/issuer",
            json!(8675309),
            "connection.signing_certificates[0].issuer",
        ),
        (
            "/connection/signing_certificates/0/created_at",
            json!("tell-tale"),
            "connection.signing_certificates[0].created_at",
        ),
        (
            "/connection/signing_certificates/0/created_at",
            json!("2023-01-01T86:75:30.9Z"),
            "connection.signing_certificates[0].created_at",
        ),
    ] {
        let body = published_with(place, value);
        let error = create(&body).await.expect_err(place);
        assert_eq!(error.kind(), ErrorKind::Decode, "{place}");
        assert_eq!(error.status().unwrap(), 200, "{place}");
        assert_eq!(error.body().unwrap(), &body, "{place}");
        assert_eq!(error.decode_error().unwrap().path(), path);
        let shown = format!("{error} {error:?} {:?}", error.decode_error());
        assert!(error.to_string().contains(&format!("`{path}`")), "{shown}");
        for secret in ["tell-tale", "8675309", "86:75"] {
            assert!(!shown.contains(secret), "{place}: {shown}");
        }
    }
}

#[tokio::test]
async fn a_field_that_is_missing_is_named_with_its_object() {
    let mut sample: Value = serde_json::from_str(PUBLISHED).unwrap();
    let certificate = &mut sample["connection"]["signing_certificates"][0];
    certificate.as_object_mut().unwrap().remove("issuer");
    let error = create(&sample.to_string()).await.unwrap_err();
    let reason = error.decode_error().unwrap();
    assert_eq!(reason.path(), "connection.signing_certificates[0]");
    assert_eq!(reason.message(), "missing field `issuer`");
}
