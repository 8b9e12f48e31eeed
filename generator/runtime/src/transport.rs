//! [`Transport`]: the seam between a client and whatever speaks HTTP. A
//! request goes in, a response with a streamed body comes out.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};

use super::request_body::RequestBody;

/// A boxed future, so that [`Transport`] can be a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request. Implement it to bring another HTTP library, to add
/// behaviour around the default transport, or to answer from a test.
///
/// An implementation sends the request as it is: it follows no redirects, adds
/// no credentials, decompresses nothing that was not asked for, and gives up
/// after [`RequestTimeout`], body included, or as [`IdleTimeout`] says where the
/// request has that one. An empty body means no body.
/// Whatever status arrives is an `Ok`. What the request is for stands in its
/// extensions, as a `&'static` [`Endpoint`](super::operation::Endpoint).
pub trait Transport: Send + Sync {
    /// Sends a request whose URI is absolute.
    ///
    /// # Errors
    ///
    /// When no response arrives. Its text and sources must hold no header
    /// values and no URL: errors are logged, credentials must not be.
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>>;

    /// Waits, between two attempts at a call. `None`, as here, where a transport
    /// has no clock to wait by: each call is one attempt then.
    fn sleep(&self, _duration: Duration) -> Option<BoxFuture<'static, ()>> {
        None
    }
}

/// Clients can share a transport.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        (**self).sleep(duration)
    }
}

/// How long the whole exchange may take, until the last byte of the body. In
/// the extensions of every request that a client hands to its [`Transport`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestTimeout(pub Duration);

/// How long nothing may come: neither the head of the response nor, after it,
/// the next part of the body. Instead of [`RequestTimeout`] in the extensions of
/// requests whose response may be a stream, which has no time to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleTimeout(pub Duration);

/// The body of a response, as a stream of parts.
pub struct ResponseBody(UnsyncBoxBody<Bytes, TransportError>);

impl ResponseBody {
    /// Wraps any body. Errors that are no [`TransportError`] become
    /// [`TransportErrorKind::Other`].
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        let body = body.map_err(|error| match error.into().downcast::<TransportError>() {
            Ok(error) => *error,
            Err(other) => TransportError::other(other),
        });
        Self(UnsyncBoxBody::new(body))
    }

    /// The next part; `None` at the end.
    pub(crate) async fn next_part(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| self.poll_part(context)).await
    }

    /// The next part; `None` at the end.
    pub(crate) fn poll_part(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            match Pin::new(&mut self.0).poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                // Trailers are not data.
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(part) => return Poll::Ready(Some(Ok(part))),
                    Err(_trailers) => continue,
                },
            }
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self::new(Full::new(bytes))
    }
}

impl From<Vec<u8>> for ResponseBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for ResponseBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for ResponseBody {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}

/// Why no (complete) response arrived.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    is_timeout: bool,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kinds of [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request is one that cannot be sent: nothing of it was, and nothing
    /// would be the next time.
    Invalid,
    /// No connection came about: nothing of the request was sent.
    Connect,
    /// Time was up; the server may have acted on the request.
    Timeout,
    /// Anything else; the server may have acted on the request.
    Other,
}

impl TransportError {
    /// The request cannot be sent.
    pub fn invalid(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: TransportErrorKind::Invalid,
            is_timeout: false,
            source: source.into(),
        }
    }

    /// No connection came about: nothing of the request was sent.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: TransportErrorKind::Connect,
            is_timeout: false,
            source: source.into(),
        }
    }

    /// No connection came about in the time that there was for it.
    pub fn connect_timeout(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            is_timeout: true,
            ..Self::connect(source)
        }
    }

    /// Time was up.
    pub fn timeout(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: TransportErrorKind::Timeout,
            is_timeout: true,
            source: source.into(),
        }
    }

    /// Anything else.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: TransportErrorKind::Other,
            is_timeout: false,
            source: source.into(),
        }
    }

    /// What happened, roughly.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether it is a matter of time: always so for a timeout, and for a
    /// connection that did not come about soon enough.
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }

    pub(crate) fn into_source(self) -> Box<dyn StdError + Send + Sync> {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Invalid => "the request cannot be sent",
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Timeout => "time was up",
            TransportErrorKind::Other => "the exchange broke off",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
