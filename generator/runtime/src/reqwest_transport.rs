//! [`ReqwestTransport`]: the default transport. Requests go to reqwest as they
//! are; its responses and errors come back in our types.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::{Body, Frame};
use http_body_util::BodyExt;
use reqwest::redirect::Policy;

use super::build_error::BuildError;
use super::platform_roots::PlatformRoots;
use super::request_body::RequestBody;
use super::transport::{
    BoxFuture, IdleTimeout, RequestTimeout, ResponseBody, Transport, TransportError,
};

/// HTTP/1.1 over reqwest, with rustls, ring and the operating system's
/// certificates. Follows no redirects, decompresses nothing, and uses the
/// proxies that the environment names. Runs on tokio.
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
        let idle = request.extensions().get::<IdleTimeout>().copied();
        let response = self.client.execute(outgoing(request)?);
        let response = match idle {
            Some(idle) => within(idle, response).await?,
            None => response.await,
        };
        let (parts, body) =
            http::Response::<reqwest::Body>::from(response.map_err(failure)?).into_parts();
        let body = body.map_err(failure);
        let body = match idle {
            Some(idle) => ResponseBody::new(Impatient::new(body, idle)),
            None => ResponseBody::new(body),
        };
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
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

/// Says everything that matters, because the features of reqwest, and with
/// them its defaults, are shared by all crates of a build.
fn builder(connect_timeout: Duration) -> Result<reqwest::ClientBuilder, BuildError> {
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls()?)
        .connect_timeout(connect_timeout);
    Ok(own_affairs(builder))
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

/// TLS with ring, whatever provider the process has installed, or none.
fn tls() -> Result<rustls::ClientConfig, BuildError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = PlatformRoots::new(Arc::clone(&provider));
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| BuildError::caused("TLS cannot be set up", error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(roots))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn outgoing(request: http::Request<RequestBody>) -> Result<reqwest::Request, TransportError> {
    let timeout = request.extensions().get::<RequestTimeout>().copied();
    let path = request.uri().path().to_owned();
    let empty = request.body().is_empty();
    let request = request.map(|body| match body.as_bytes() {
        Some(bytes) => reqwest::Body::from(bytes.clone()),
        None => reqwest::Body::wrap(body),
    });
    let mut request = reqwest::Request::try_from(request)
        .map_err(|error| TransportError::connect(error.without_url()))?;
    // The path was checked as it is written; a parser that reads it otherwise
    // would undo that.
    if request.url().path() != path {
        return Err(TransportError::connect("the URL does not survive parsing"));
    }
    if let Some(RequestTimeout(timeout)) = timeout {
        *request.timeout_mut() = Some(timeout);
    }
    if empty {
        *request.body_mut() = None;
    }
    Ok(request)
}

/// What comes of `future`, unless it takes too long.
async fn within<F: Future>(
    IdleTimeout(limit): IdleTimeout,
    future: F,
) -> Result<F::Output, TransportError> {
    let output = tokio::time::timeout(limit, future).await;
    output.map_err(TransportError::timeout)
}

/// A body that fails once it is asked for its next part and nothing comes for
/// too long.
struct Impatient<B> {
    body: B,
    idle: IdleTimeout,
    deadline: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl<B> Impatient<B> {
    fn new(body: B, idle: IdleTimeout) -> Self {
        Self {
            body,
            idle,
            deadline: None,
        }
    }
}

impl<B> Body for Impatient<B>
where
    B: Body<Error = TransportError> + Unpin,
{
    type Data = B::Data;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, TransportError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.deadline = None;
            return Poll::Ready(frame);
        }
        let IdleTimeout(limit) = this.idle;
        let deadline = this
            .deadline
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        deadline
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(TransportError::timeout("nothing came for too long"))))
    }
}

/// Without the URL: it may have an API key in its query.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() && error.is_timeout() {
        TransportError::connect_timeout(error)
    } else if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else {
        TransportError::other(error)
    }
}
