//! [`ReqwestTransport`]: the default transport. Requests go to reqwest as they
//! are; its responses and errors come back in our types.

use std::time::Duration;

use http_body_util::BodyExt;
use reqwest::redirect::Policy;
use tokio::runtime::Handle;

use super::build_error::BuildError;
use super::request_body::RequestBody;
use super::time_limit::TimeLimit;
use super::tls::with_tls;
use super::transport::{BoxFuture, ResponseBody, Transport, TransportError};

const NO_RUNTIME: &str = "there is no Tokio runtime here, which the default transport needs: call \
                          it in one (`#[tokio::main]`, `Runtime::block_on`), or `send_blocking` \
                          with the feature `blocking`";

/// HTTP over reqwest, with the TLS and the versions of HTTP that the crate's
/// features say. Follows no redirects, decompresses nothing, and uses the
/// proxies that the environment names. Needs a Tokio runtime: elsewhere, calls end
/// in an error that says so. With the feature `tower`, it is a tower `Service` too.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with connections of its own.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, BuildError> {
        Self::build(builder(connect_timeout)?)
    }

    /// As [`new`](Self::new), but never by way of a proxy.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn direct(connect_timeout: Duration) -> Result<Self, BuildError> {
        Self::build(builder(connect_timeout)?.no_proxy())
    }

    /// The settings of [`new`](Self::new), to be changed and given to
    /// [`from_builder`](Self::from_builder): a proxy, say, or an address to
    /// bind to.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn builder(connect_timeout: Duration) -> Result<reqwest::ClientBuilder, BuildError> {
        builder(connect_timeout)
    }

    /// A transport with these settings. Whatever they say of redirects,
    /// retries, referers and compression does not count: those are the client's
    /// own affair, and a redirect would take its credentials elsewhere. For the
    /// same reason a finished `reqwest::Client` cannot be given.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, BuildError> {
        Self::build(own_affairs(builder))
    }

    fn build(builder: reqwest::ClientBuilder) -> Result<Self, BuildError> {
        let client = builder.build();
        let client = client.map_err(|error| BuildError::caused("HTTP cannot be set up", error))?;
        Ok(Self { client })
    }

    async fn exchange(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<ResponseBody>, TransportError> {
        if Handle::try_current().is_err() {
            return Err(TransportError::invalid(NO_RUNTIME));
        }
        let limit = TimeLimit::of(&request);
        let response = self.client.execute(outgoing(request)?);
        let response = limit.head(response).await?.map_err(failure)?;
        let (parts, body) = http::Response::<reqwest::Body>::from(response).into_parts();
        let body = limit.body(body.map_err(failure));
        Ok(http::Response::from_parts(parts, body))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        Handle::try_current().ok()?;
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

/// How long an HTTP/2 connection with calls on it may be silent, and how long its
/// server may then take to say that it is there. All calls share one: left
/// unnoticed, a dead one would take every call with it until its time is up.
#[cfg(feature = "http2")]
const SILENCE: Duration = Duration::from_secs(10);

/// Says everything that matters, because the features of reqwest, and with
/// them its defaults, are shared by all crates of a build.
fn builder(connect_timeout: Duration) -> Result<reqwest::ClientBuilder, BuildError> {
    let builder = reqwest::Client::builder().connect_timeout(connect_timeout);
    #[cfg(feature = "http2")]
    let builder = builder
        .http2_keep_alive_interval(SILENCE)
        .http2_keep_alive_timeout(SILENCE);
    #[cfg(not(feature = "http2"))]
    let builder = builder.http1_only();
    Ok(own_affairs(with_tls(builder)?))
}

/// What a client decides by itself.
fn own_affairs(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

fn outgoing(request: http::Request<RequestBody>) -> Result<reqwest::Request, TransportError> {
    let path = request.uri().path().to_owned();
    let empty = request.body().is_empty();
    let request = request.map(|body| match body.as_bytes() {
        Some(bytes) => reqwest::Body::from(bytes.clone()),
        None => reqwest::Body::wrap(body),
    });
    let mut request = reqwest::Request::try_from(request)
        .map_err(|error| TransportError::invalid(error.without_url()))?;
    // The path was checked as it is written; a parser that reads it otherwise
    // would undo that.
    if request.url().path() != path {
        return Err(TransportError::invalid("the URL does not survive parsing"));
    }
    if empty {
        *request.body_mut() = None;
    }
    Ok(request)
}

/// Without the URL: it may have an API key in its query.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() && error.is_timeout() {
        TransportError::connect_timeout(error)
    } else if error.is_connect() {
        TransportError::connect(error)
    } else {
        // Time may be up here too, but not that of the call: that of a ping, of
        // TCP, or of what the application has set.
        TransportError::other(error)
    }
}
