//! Every place where a call may have a secret.

use std::collections::BTreeMap;
use std::error::Error as StdError;

use serde::{Deserialize, Serialize};

use crate::runtime::*;

/// An operation that takes secrets everywhere.
pub(super) enum Probe {}

#[derive(Debug, Deserialize)]
pub(super) struct Probed {
    #[serde(rename = "id")]
    pub(super) _id: String,
    #[serde(rename = "size")]
    pub(super) _size: Option<u32>,
    #[serde(rename = "labels", default)]
    pub(super) _labels: BTreeMap<String, String>,
    #[serde(rename = "key")]
    pub(super) _key: Option<Secret>,
    #[serde(rename = "created_at")]
    pub(super) _created_at: Option<jiff::Timestamp>,
}

impl Operation for Probe {
    const ENDPOINT: &'static Endpoint = &Endpoint {
        id: "probe",
        method: "PUT",
        path: "/probe",
        accept: "",
        security: &[&["scheme"], &[]],
        idempotent: None,
        error_code: Some("error_type"),
        error_request_id: Some("request_id"),
        idempotency_key: None,
    };
    type Output = Probed;
    type Failure = serde_json::Value;

    fn decode(received: &Received) -> Result<Probed, DecodeError> {
        received.json_object()
    }

    fn decode_failure(received: &Received) -> Option<serde_json::Value> {
        received.json().ok()
    }
}

/// A body with a secret in it.
#[derive(Serialize)]
struct Body {
    name: &'static str,
    private_key: Secret,
}

fn body(canary: &str) -> Body {
    Body {
        name: "Acme GmbH",
        private_key: canary.into(),
    }
}

/// Gets the canary as a token.
struct Provider(Secret);

impl TokenProvider for Provider {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Box<dyn StdError + Send + Sync>>> {
        let token = AccessToken::new(self.0.clone());
        Box::pin(async { Ok(token) })
    }
}

/// A place, and how a canary gets there.
pub(super) struct Position {
    pub(super) name: &'static str,
    client: fn(&mut Settings, &str),
    draft: fn(&mut Draft<'_>, &str),
    options: fn(CallOptions, &str) -> CallOptions,
    pub(super) travels: Travels,
}

/// How a canary travels.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Travels {
    AsItIs,
    InBase64,
    /// Which a request that is built shows.
    InUrl,
    /// Of which nobody knows what is secret.
    InBody,
}

impl Position {
    pub(super) fn settings(&self, canary: &str) -> Settings {
        let mut settings = Settings::new("fixture/1");
        settings.retry(RetryPolicy::never());
        (self.client)(&mut settings, canary);
        settings
    }

    pub(super) fn options(&self, canary: &str) -> CallOptions {
        (self.options)(CallOptions::new(), canary)
    }

    pub(super) fn call<'a>(&self, core: &'a Core, canary: &str) -> Call<'a, Probe> {
        let mut draft = Draft::new(core, Probe::ENDPOINT);
        (self.draft)(&mut draft, canary);
        draft.call::<Probe>().options(self.options(canary))
    }
}

const NOWHERE: Position = Position {
    name: "",
    client: |_, _| {},
    draft: |_, _| {},
    options: |options, _| options,
    travels: Travels::AsItIs,
};

const fn credential(name: &'static str, client: fn(&mut Settings, &str)) -> Position {
    Position {
        name,
        client,
        ..NOWHERE
    }
}

const fn value(name: &'static str, draft: fn(&mut Draft<'_>, &str)) -> Position {
    Position {
        name,
        draft,
        ..NOWHERE
    }
}

const fn option(name: &'static str, options: fn(CallOptions, &str) -> CallOptions) -> Position {
    Position {
        name,
        options,
        ..NOWHERE
    }
}

const fn that(travels: Travels, position: Position) -> Position {
    Position {
        travels,
        ..position
    }
}

pub(super) const POSITIONS: [Position; 19] = [
    that(
        Travels::InBase64,
        credential("a password", |settings, canary| {
            settings.basic("scheme", "user".to_owned(), canary.into());
        }),
    ),
    credential("a bearer token", |settings, canary| {
        settings.bearer("scheme", canary.into());
    }),
    credential("an authorization", |settings, canary| {
        settings.authorization("scheme", canary.into());
    }),
    credential("a token of a provider", |settings, canary| {
        let tokens = Tokens::from(Provider(canary.into()));
        settings.credential("scheme", tokens.credential());
    }),
    credential("an API key in a header", |settings, canary| {
        settings.api_key("scheme", ApiKeyPlace::Header("X-Key"), canary.into());
    }),
    that(
        Travels::InUrl,
        credential("an API key in the query", |settings, canary| {
            settings.api_key("scheme", ApiKeyPlace::Query("key"), canary.into());
        }),
    ),
    credential("an API key in a cookie", |settings, canary| {
        settings.api_key("scheme", ApiKeyPlace::Cookie("key"), canary.into());
    }),
    value("a session header", |draft, canary| {
        draft.secret_header("X-Session", &canary.into());
    }),
    that(
        Travels::InUrl,
        value("a secret in the query", |draft, canary| {
            draft.conceal("key", &canary.into());
            draft.query("key", QueryStyle::Form, true, canary);
        }),
    ),
    value("a secret in a cookie", |draft, canary| {
        draft.conceal("key", &canary.into());
        draft.cookie("key", true, canary);
    }),
    that(
        Travels::InBody,
        value("a property of JSON", |draft, canary| {
            draft.json("application/json", &body(canary));
        }),
    ),
    that(
        Travels::InBody,
        value("a property of a form", |draft, canary| {
            draft.form("application/x-www-form-urlencoded", &body(canary), &[]);
        }),
    ),
    that(
        Travels::InBody,
        value("a part of a multipart body", |draft, canary| {
            let mut multipart = Multipart::default();
            multipart.value("private_key", None, canary);
            draft.multipart("multipart/form-data", multipart);
        }),
    ),
    that(
        Travels::InBody,
        value("a text", |draft, canary| {
            draft.bytes("text/plain", canary.to_owned().into());
        }),
    ),
    option("a header of the call", |options, canary| {
        options.header("X-Key", canary)
    }),
    that(
        Travels::InUrl,
        option("a query of the call", |options, canary| {
            options.query("key", canary)
        }),
    ),
    option("a token of the call", |options, canary| {
        options.bearer_auth(canary)
    }),
    that(
        Travels::InBase64,
        option("a password of the call", |options, canary| {
            options.basic_auth("user", canary)
        }),
    ),
    option("an authorization of the call", |options, canary| {
        options.authorization(canary)
    }),
];
