//! [`Settings`]: everything that a client can be told before it exists. The
//! generated builder fills them in; [`Settings::build`] checks them and makes a
//! [`Core`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::base_url::BaseUrl;
#[cfg(feature = "blocking")]
use super::blocking::BlockingTransport;
use super::build_error::BuildError;
use super::client_core::Core;
use super::credentials::{ApiKeyPlace, Credential, Credentials, header_value};
use super::received::DEFAULT_VALUE_LIMIT;
use super::retry::{RetryBudget, RetryPolicy};
use super::secret::Secret;
use super::transport::Transport;

/// How long a call may take in all: 60 seconds.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// How long it may take to get a connection: 10 seconds.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The longest response body that is read: 64 MiB.
pub const DEFAULT_RESPONSE_LIMIT: usize = 64 * 1024 * 1024;

/// What a client is made from.
#[derive(Clone)]
pub(crate) struct Settings {
    user_agent: String,
    base_url: Option<String>,
    /// What the caller set of the server's variables.
    server_variables: Vec<(&'static str, String)>,
    credentials: Vec<(&'static str, Credential)>,
    allow_plain_http: bool,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    connect_timeout: Duration,
    retry: RetryPolicy,
    follow_redirects: bool,
    response_limit: usize,
    value_limit: usize,
    transport: Option<Arc<dyn Transport>>,
}

impl Settings {
    /// `client` is the client's name and version, `crate/1.2.3`.
    pub(crate) fn new(client: &'static str) -> Self {
        use std::env::consts::{ARCH, OS};
        Self {
            user_agent: format!("{client} ({OS}; {ARCH})"),
            base_url: None,
            server_variables: Vec::new(),
            credentials: Vec::new(),
            allow_plain_http: false,
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            retry: RetryPolicy::new(),
            follow_redirects: false,
            response_limit: DEFAULT_RESPONSE_LIMIT,
            value_limit: DEFAULT_VALUE_LIMIT,
            transport: None,
        }
    }

    pub(crate) fn basic(&mut self, scheme: &'static str, username: String, password: Secret) {
        self.credential(scheme, Credential::Basic { username, password });
    }

    pub(crate) fn bearer(&mut self, scheme: &'static str, token: Secret) {
        self.credential(scheme, Credential::Bearer(token));
    }

    pub(crate) fn authorization(&mut self, scheme: &'static str, value: Secret) {
        self.credential(scheme, Credential::Authorization(value));
    }

    pub(crate) fn api_key(&mut self, scheme: &'static str, place: ApiKeyPlace, key: Secret) {
        self.credential(scheme, Credential::ApiKey(place, key));
    }

    /// The last one given for a scheme counts.
    pub(crate) fn credential(&mut self, scheme: &'static str, credential: Credential) {
        self.credentials.retain(|(known, _)| *known != scheme);
        self.credentials.push((scheme, credential));
    }

    /// The user name given for a scheme; the choice of a server may depend on it.
    pub(crate) fn username(&self, scheme: &str) -> Option<&str> {
        self.credentials
            .iter()
            .find_map(|(known, credential)| match credential {
                Credential::Basic { username, .. } if *known == scheme => Some(username.as_str()),
                _ => None,
            })
    }

    pub(crate) fn base_url(&mut self, url: String) {
        self.base_url = Some(url);
    }

    /// For servers of operations that have the same variables.
    pub(crate) fn server_variables(&mut self, variables: Vec<(&'static str, String)>) {
        self.server_variables = variables;
    }

    /// Lets credentials travel unencrypted to any host.
    pub(crate) fn allow_plain_http(&mut self) {
        self.allow_plain_http = true;
    }

    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    pub(crate) fn attempt_timeout(&mut self, timeout: Duration) {
        self.attempt_timeout = Some(timeout);
    }

    pub(crate) fn retry(&mut self, policy: RetryPolicy) {
        self.retry = policy;
    }

    pub(crate) fn follow_redirects(&mut self, follow: bool) {
        self.follow_redirects = follow;
    }

    /// For the default transport only.
    pub(crate) fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// In bytes.
    pub(crate) fn response_limit(&mut self, limit: usize) {
        self.response_limit = limit;
    }

    /// In values; an object counts as ten.
    pub(crate) fn value_limit(&mut self, limit: usize) {
        self.value_limit = limit;
    }

    /// What to say after the client's own name, version and platform.
    pub(crate) fn user_agent_suffix(&mut self, suffix: &str) {
        self.user_agent = format!("{} {suffix}", self.user_agent);
    }

    pub(crate) fn transport(&mut self, transport: Arc<dyn Transport>) {
        self.transport = Some(transport);
    }

    /// Checks everything. The address of a server counts where no base URL was
    /// given.
    pub(crate) fn build_at(self, server: Result<String, BuildError>) -> Result<Core, BuildError> {
        match server {
            Err(error) if self.base_url.is_none() => Err(error),
            server => self.build(&server.unwrap_or_default()),
        }
    }

    /// Checks everything. `default_base_url` counts where none was given.
    pub(crate) fn build(self, default_base_url: &str) -> Result<Core, BuildError> {
        let base_url = BaseUrl::parse(self.base_url.as_deref().unwrap_or(default_base_url))?;
        let secrets_allowed = base_url.is_private() || self.allow_plain_http;
        let credentials = Credentials::new(&self.credentials)?;
        if !credentials.is_empty() && !secrets_allowed {
            return Err(BuildError::new(
                "the base URL is not https, so the credentials would travel in the open; \
                 `allow_plain_http` allows it",
            ));
        }
        let user_agent = header_value(&self.user_agent)
            .map_err(|why| BuildError::new(format!("the user agent {why}")))?;
        #[cfg(feature = "blocking")]
        let blocking_transport = self.transport.is_none().then(|| {
            let (base_url, connect_timeout) = (base_url.clone(), self.connect_timeout);
            BlockingTransport::new(move || default_transport(connect_timeout, &base_url))
        });
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect_timeout, &base_url)?,
        };
        Ok(Core::new(super::client_core::Parts {
            base_url,
            base_url_given: self.base_url.is_some(),
            server_variables: self.server_variables,
            plain_http_allowed: self.allow_plain_http,
            secrets_allowed,
            credentials,
            user_agent,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry: self.retry,
            retry_budget: RetryBudget::new(),
            follow_redirects: self.follow_redirects,
            response_limit: self.response_limit,
            value_limit: self.value_limit,
            transport,
            #[cfg(feature = "blocking")]
            executor: Arc::default(),
            #[cfg(feature = "blocking")]
            blocking_transport,
        }))
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(
    connect_timeout: Duration,
    base_url: &BaseUrl,
) -> Result<Arc<dyn Transport>, BuildError> {
    use super::reqwest_transport::ReqwestTransport;
    if base_url.is_https() && !super::tls::HAS_TLS {
        return Err(BuildError::new(
            "the base URL is https, and there is no TLS: turn on the feature `rustls` or \
             `native-tls`, or give a transport to the builder",
        ));
    }
    // Plain http is allowed to loopback because it stays on this machine; by
    // way of a proxy it would not.
    Ok(Arc::new(if base_url.is_loopback() {
        ReqwestTransport::direct(connect_timeout)?
    } else {
        ReqwestTransport::new(connect_timeout)?
    }))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Duration, _: &BaseUrl) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::new(
        "there is no transport: give one to the builder, or turn on the feature `reqwest`",
    ))
}

/// Shows no credentials, and no base URL: a wrong one may have some in it.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<&str> = self.credentials.iter().map(|(scheme, _)| *scheme).collect();
        f.debug_struct("Settings")
            .field("user_agent", &self.user_agent)
            .field("has_base_url", &self.base_url.is_some())
            .field("credentials", &schemes)
            .field("allow_plain_http", &self.allow_plain_http)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retry", &self.retry)
            .field("follow_redirects", &self.follow_redirects)
            .field("response_limit", &self.response_limit)
            .field("value_limit", &self.value_limit)
            .finish_non_exhaustive()
    }
}
