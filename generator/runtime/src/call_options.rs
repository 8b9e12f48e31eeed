//! [`CallOptions`]: what one call does otherwise than the client. Names, values
//! and durations go in; drafts and exchanges read them.

use std::time::Duration;

use http::{HeaderName, HeaderValue, header};

use super::credentials::{Credential, Proof, secret_value};
use super::framing_headers::is_framing_header;
use super::retry::RetryPolicy;
use super::screen::BY_CHANCE;
use super::secret::Secret;

/// What can be set for a single call.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotent: Option<bool>,
    pub(crate) follow_redirects: Option<bool>,
    /// Their `Debug` shows the names only: all values are sensitive.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: Vec<(String, Secret)>,
    /// Instead of what the client would send in `Authorization`.
    pub(crate) authorization: Option<HeaderValue>,
    /// Whether one of the headers is a credential.
    pub(crate) is_private: bool,
    /// What no output may hold.
    pub(crate) secrets: Vec<Secret>,
    /// Whether a thread is blocked until the call is done.
    pub(crate) blocks: bool,
    /// The first thing that was wrong.
    pub(crate) problem: Option<String>,
}

impl CallOptions {
    /// Nothing set: the client's own settings count.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the call may take in all, every attempt and the waits between
    /// them included, until the last byte of the response; where the response is
    /// a stream, how long nothing may come. `Duration::MAX` is practically for
    /// ever.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long each attempt may take, where that is less than what is left of
    /// the whole call. No attempt at a stream has such a limit.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// When this call is sent again, instead of what the client's policy says.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Whether sending the request twice is like sending it once, so that it may
    /// be sent again when the server may have acted on it already. If not set,
    /// the API description decides, or else the method.
    #[must_use]
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }

    /// Whether redirects are followed, instead of what the client does: up to ten,
    /// none from `https` to `http`, and without credentials or other headers of
    /// the call. A request that changes something, or has a body, is followed on
    /// the same server alone, unless the redirect turns it into a `GET`. A redirect
    /// that is not followed is the answer of the call.
    #[must_use]
    pub fn follow_redirects(mut self, follow: bool) -> Self {
        self.follow_redirects = Some(follow);
        self
    }

    /// Sends a header with the call, instead of the one that the client would
    /// send by that name. No output shows its value. Headers that belong to the
    /// connection, such as `Host` and `Content-Length`, are refused;
    /// `Authorization`, `Cookie` and `Proxy-Authorization` travel in private
    /// only, as all credentials do.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Secret>) -> Self {
        let value = value.into();
        let parsed = HeaderName::try_from(name).ok();
        if parsed == Some(header::AUTHORIZATION) {
            return self.authorization(value);
        }
        self.is_private |= parsed == Some(header::COOKIE);
        self.is_private |= parsed == Some(header::PROXY_AUTHORIZATION);
        let allowed = parsed.filter(|name| {
            *name == header::PROXY_AUTHORIZATION || !is_framing_header(name.as_str())
        });
        match (allowed, secret_value(value.expose())) {
            (Some(name), Ok(text)) => {
                self.headers.push((name, text));
                self.screen(value);
            }
            (None, _) => self.note(format!(
                "the header `{}` cannot be set",
                name.escape_debug()
            )),
            (_, Err(why)) => self.note(format!("the header `{name}` {why}")),
        }
        self
    }

    /// Adds a pair to the query of the call. No output shows its value.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl Into<Secret>) -> Self {
        let value = value.into();
        self.query.push((name.to_owned(), value.clone()));
        self.screen(value);
        self
    }

    /// Calls with this bearer token (RFC 6750), instead of what the client has.
    #[must_use]
    pub fn bearer_auth(self, token: impl Into<Secret>) -> Self {
        self.authorize(&Credential::Bearer(token.into()))
    }

    /// Calls with this user name and password (RFC 7617), instead of what the
    /// client has.
    #[must_use]
    pub fn basic_auth(self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.authorize(&Credential::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// Calls with this `Authorization` header, instead of what the client has.
    #[must_use]
    pub fn authorization(self, value: impl Into<Secret>) -> Self {
        self.authorize(&Credential::Authorization(value.into()))
    }

    fn authorize(mut self, credential: &Credential) -> Self {
        match credential.proof() {
            Ok(Proof::Header(_, value)) => {
                self.authorization = Some(value);
                self.secrets.extend(credential.secrets());
            }
            // None of those above is sent in another place.
            Ok(_) => {}
            Err(why) => self.note(format!("the credential of the call {why}")),
        }
        self
    }

    /// Keeps a value out of errors, unless it is so short that it stands in
    /// other texts by chance.
    fn screen(&mut self, value: Secret) {
        if value.expose().len() >= BY_CHANCE {
            self.secrets.push(value);
        }
    }

    fn note(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}
