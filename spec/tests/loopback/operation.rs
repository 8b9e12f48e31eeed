//! The four operations as values, for what holds for each of them; and the
//! client that the tests use.

use std::time::Duration;

use http::StatusCode;
use stytch_sso::types::{CreateSamlConnectionRequest, UpdateExternalConnectionRequest};
use stytch_sso::{Client, Error, RetryPolicy};

pub const PROJECT_ID: &str = "project-test-11111111";
pub const SECRET: &str = "secret-test-22222222";
/// What the two become on the wire.
pub const BASIC: &str = "Basic cHJvamVjdC10ZXN0LTExMTExMTExOnNlY3JldC10ZXN0LTIyMjIyMjIy";

/// A client of a server on this machine.
pub fn client(base_url: impl Into<String>) -> Client {
    Client::builder()
        .basic_auth(PROJECT_ID, SECRET)
        .base_url(base_url)
        // What is sent again has tests of its own.
        .retry(RetryPolicy::never())
        // Only for a client that waits for something that does not come.
        .timeout(Duration::from_secs(10))
        .build()
        .expect("a client")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    DeleteConnection,
    DeleteVerificationCertificate,
    UpdateConnection,
    CreateConnection,
}

impl Operation {
    pub const ALL: [Self; 4] = [
        Self::DeleteConnection,
        Self::DeleteVerificationCertificate,
        Self::UpdateConnection,
        Self::CreateConnection,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::DeleteConnection => "delete_connection",
            Self::DeleteVerificationCertificate => "delete_verification_certificate",
            Self::UpdateConnection => "update_connection",
            Self::CreateConnection => "create_connection",
        }
    }

    /// Its path parameters, in order.
    pub fn parameters(self) -> &'static [&'static str] {
        let all = &["organization_id", "connection_id", "certificate_id"];
        match self {
            Self::DeleteVerificationCertificate => all,
            Self::DeleteConnection | Self::UpdateConnection => &all[..2],
            Self::CreateConnection => &all[..1],
        }
    }

    /// Method and path, as errors show them.
    pub fn template(self) -> &'static str {
        match self {
            Self::DeleteConnection => {
                "DELETE /v1/b2b/sso/{organization_id}/connections/{connection_id}"
            }
            Self::DeleteVerificationCertificate => {
                "DELETE /v1/b2b/sso/saml/{organization_id}/connections/{connection_id}/verification_certificates/{certificate_id}"
            }
            Self::UpdateConnection => {
                "PUT /v1/b2b/sso/external/{organization_id}/connections/{connection_id}"
            }
            Self::CreateConnection => "POST /v1/b2b/sso/saml/{organization_id}",
        }
    }

    /// Sends it with these path parameters; those it does not have are left
    /// aside.
    pub async fn send(self, client: &Client, ids: [&str; 3]) -> Result<StatusCode, Error> {
        let sso = client.sso();
        let [organization, connection, certificate] = ids;
        match self {
            Self::DeleteConnection => {
                let call = sso.delete_connection(organization, connection);
                call.send().await.map(|response| response.status())
            }
            Self::DeleteVerificationCertificate => {
                let saml = sso.saml();
                let call =
                    saml.delete_verification_certificate(organization, connection, certificate);
                call.send().await.map(|response| response.status())
            }
            Self::UpdateConnection => {
                let body = UpdateExternalConnectionRequest::new();
                let call = sso
                    .external()
                    .update_connection(organization, connection, body);
                call.send().await.map(|response| response.status())
            }
            Self::CreateConnection => {
                let body = CreateSamlConnectionRequest::new();
                let call = sso.saml().create_connection(organization, body);
                call.send().await.map(|response| response.status())
            }
        }
    }

    /// Sends it with ids that are nothing special.
    pub async fn send_plainly(self, client: &Client) -> Result<StatusCode, Error> {
        self.send(client, ["org", "conn", "cert"]).await
    }
}
