//! [`TowerTransport`]: a tower service as transport. Requests go to the service
//! as they are; its responses and errors come back in our types.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
#[cfg(feature = "reqwest")]
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use tower_service::Service;

use super::request_body::RequestBody;
#[cfg(feature = "reqwest")]
use super::reqwest_transport::ReqwestTransport;
use super::time_limit::TimeLimit;
use super::transport::{BoxFuture, ResponseBody, Transport, TransportError};

/// Sends requests by a [`tower_service::Service`]: another HTTP client, or a
/// stack of layers around one. Limits of time are kept here, by tokio's clock;
/// redirects must not be followed by the service, since credentials would
/// travel along.
///
/// The service is cloned for each request. Its errors count as exchanges that
/// broke off, after which the server may have acted; an error that is a
/// [`TransportError`] is kept as it is, and one of
/// [`poll_ready`](Service::poll_ready) means that nothing was sent. Their texts
/// are logged and must hold no secrets.
#[derive(Clone)]
pub struct TowerTransport<S> {
    service: S,
}

impl<S> TowerTransport<S> {
    /// A transport by this service.
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<RequestBody>, Response = http::Response<B>>,
    S: Clone + Send + Sync + 'static,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    S::Future: Future + Send,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let limit = TimeLimit::of(&request);
            let exchange = async {
                poll_fn(|context| service.poll_ready(context))
                    .await
                    .map_err(|error| own(error.into(), TransportError::connect))?;
                let response = service.call(request).await;
                response.map_err(|error| own(error.into(), TransportError::other))
            };
            let (parts, body) = limit.head(exchange).await??.into_parts();
            Ok(http::Response::from_parts(parts, limit.body(body)))
        })
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        tokio::runtime::Handle::try_current().ok()?;
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

/// The default transport as a service, for layers around it.
#[cfg(feature = "reqwest")]
impl Service<http::Request<RequestBody>> for ReqwestTransport {
    type Response = http::Response<ResponseBody>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<RequestBody>) -> Self::Future {
        let transport = self.clone();
        Box::pin(async move { transport.send(request).await })
    }
}

/// The service's error, as ours where it is none of ours.
fn own(
    error: Box<dyn StdError + Send + Sync>,
    other: fn(Box<dyn StdError + Send + Sync>) -> TransportError,
) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => other(error),
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}
