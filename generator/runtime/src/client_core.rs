//! [`Core`]: what every part of a client shares. Checked settings go in; drafts
//! and exchanges read them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::base_url::BaseUrl;
use super::build_error::BuildError;
use super::credentials::Credentials;
use super::retry::{RetryBudget, RetryPolicy};
use super::transport::Transport;

/// The inside of a client; cheap to clone, and clones share connections.
#[derive(Clone)]
pub struct Core(Arc<Parts>);

/// What [`Core`] holds.
pub(crate) struct Parts {
    pub(crate) base_url: BaseUrl,
    /// Whether the caller gave that URL, so that no other counts.
    pub(crate) base_url_given: bool,
    /// What the caller set of the server's variables.
    pub(crate) server_variables: Vec<(&'static str, String)>,
    /// Whether secrets may be sent anywhere.
    pub(crate) plain_http_allowed: bool,
    /// Whether secrets may be sent to that URL.
    pub(crate) secrets_allowed: bool,
    pub(crate) credentials: Credentials,
    pub(crate) user_agent: HeaderValue,
    pub(crate) timeout: Duration,
    /// `None` where only that of the whole call counts.
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: RetryBudget,
    pub(crate) follow_redirects: bool,
    /// In bytes.
    pub(crate) response_limit: usize,
    /// How many values the JSON of a response may have; an object counts as ten.
    pub(crate) value_limit: usize,
    pub(crate) transport: Arc<dyn Transport>,
    #[cfg(feature = "blocking")]
    pub(crate) executor: Arc<super::blocking::Executor>,
    /// The transport of blocking calls; `None` where they use the same one.
    #[cfg(feature = "blocking")]
    pub(crate) blocking_transport: Option<super::blocking::BlockingTransport>,
}

impl Parts {
    /// The transport of a call that blocks a thread, or of one that does not.
    ///
    /// # Errors
    ///
    /// When the transport is made by this call, and TLS cannot be set up.
    #[cfg(feature = "blocking")]
    pub(crate) fn transport(&self, blocks: bool) -> Result<&Arc<dyn Transport>, BuildError> {
        match &self.blocking_transport {
            Some(transport) if blocks => transport.get(),
            _ => Ok(&self.transport),
        }
    }

    /// The transport of all calls.
    ///
    /// # Errors
    ///
    /// None without blocking calls.
    #[cfg(not(feature = "blocking"))]
    pub(crate) fn transport(&self, _blocks: bool) -> Result<&Arc<dyn Transport>, BuildError> {
        Ok(&self.transport)
    }
}

impl Core {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }
}

/// The base URL and the names of the credentials' schemes.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base_url.as_str())
            .field("credentials", &self.0.credentials)
            .finish_non_exhaustive()
    }
}
