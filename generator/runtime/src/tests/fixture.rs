//! A small client, written as the generator would write it.

use serde::{Deserialize, Serialize};

use crate::runtime::*;

/// The shared secret parts of the fixture, to be looked for everywhere.
pub(super) const PASSWORD: &str = "canary-password-4711";

pub(super) struct Client {
    pub(super) core: Core,
}

pub(super) fn settings() -> Settings {
    let mut settings = Settings::new("fixture/1.2.3");
    // The tests of attempts have policies of their own.
    settings.retry(RetryPolicy::never());
    settings.basic(
        "basicAuth",
        "project-test-1".to_owned(),
        Secret::new(PASSWORD),
    );
    settings
}

/// A client with credentials.
pub(super) fn client(base_url: &str) -> Client {
    Client {
        core: settings().build(base_url).unwrap(),
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Connection {
    pub(super) connection_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) certificates: Vec<Certificate>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Certificate {
    pub(super) issuer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) private_key: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) created_at: Option<jiff::Timestamp>,
}

/// Every property may be missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ApiError {
    pub(super) request_id: Option<String>,
    pub(super) error_type: Option<String>,
    pub(super) error_message: Option<String>,
}

#[derive(Default, Serialize)]
pub(super) struct UpdateRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) roles: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) private_key: Option<Secret>,
}

/// `fn decode_failure` and the types are alike for all operations here.
macro_rules! operation {
    ($name:ident, $id:literal, $method:ident, $path:literal, $security:expr) => {
        pub(super) struct $name;

        impl Operation for $name {
            const ENDPOINT: &'static Endpoint = &Endpoint {
                id: $id,
                method: stringify!($method),
                path: $path,
                accept: "application/json",
                security: $security,
                idempotent: None,
                idempotency_key: None,
                error_code: Some("error_type"),
                error_request_id: Some("request_id"),
            };
            type Output = Connection;
            type Failure = ApiError;

            fn decode(received: &Received) -> Result<Connection, DecodeError> {
                match received.status().as_u16() {
                    200 => received.json(),
                    _ => Err(received.undocumented()),
                }
            }

            fn decode_failure(received: &Received) -> Option<ApiError> {
                received.json().ok()
            }
        }
    };
}

operation!(
    Delete,
    "deleteConnection",
    DELETE,
    "/v1/{organization_id}/connections/{id}",
    &[&["basicAuth"]]
);
operation!(
    Update,
    "updateConnection",
    PUT,
    "/v1/connections/{id}",
    &[&["basicAuth"]]
);
operation!(
    Find,
    "findConnection",
    GET,
    "/v1/connections",
    &[&[], &["basicAuth"]]
);
operation!(
    Touch,
    "touchConnection",
    POST,
    "/v1/connections/{id}:touch.{form}",
    &[]
);

impl Client {
    pub(super) fn delete(&self, organization_id: &str, id: &str) -> Call<'_, Delete> {
        let mut draft = Draft::new(&self.core, Delete::ENDPOINT);
        draft.path("organization_id", false, organization_id);
        draft.path("id", false, id);
        draft.call()
    }

    pub(super) fn update(&self, id: &str, request: &UpdateRequest) -> Call<'_, Update> {
        let mut draft = Draft::new(&self.core, Update::ENDPOINT);
        draft.path("id", false, id);
        draft.json("application/json", request);
        draft.call()
    }

    pub(super) fn find(&self) -> Call<'_, Find> {
        Draft::new(&self.core, Find::ENDPOINT).call()
    }

    pub(super) fn touch(&self, id: &str, form: &str) -> Call<'_, Touch> {
        let mut draft = Draft::new(&self.core, Touch::ENDPOINT);
        draft.path("id", false, id);
        draft.path("form", false, form);
        draft.call()
    }
}

impl<O: Operation> Call<'_, O> {
    pub(super) fn session(mut self, token: &str) -> Self {
        self.draft
            .secret_header("X-Member-Session", &Secret::new(token));
        self
    }

    pub(super) fn parameter<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
    ) -> Self {
        self.draft.query(name, QueryStyle::Form, true, value);
        self
    }

    pub(super) fn header<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.draft.header(name, false, value);
        self
    }

    pub(super) fn cookie<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.draft.cookie(name, true, value);
        self
    }
}
