//! [`RequestBody`]: what a request carries. Bytes, or anything that yields
//! them part by part, go in; a transport reads them in order.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;

/// Why a body that was to be sent broke off.
type BodyError = Box<dyn StdError + Send + Sync>;

/// The body of a request: bytes in memory, or a stream of parts.
///
/// Bytes and texts convert into one. An empty one means that the request has
/// no body.
pub struct RequestBody {
    kind: Kind,
    media_type: Option<String>,
}

enum Kind {
    Bytes(Bytes),
    // Never locked: it makes a body that one thread uses at a time fit for
    // transports that ask for `Sync`.
    Stream(Mutex<UnsyncBoxBody<Bytes, BodyError>>),
}

impl RequestBody {
    fn of(kind: Kind) -> Self {
        Self {
            kind,
            media_type: None,
        }
    }

    /// No body.
    pub fn empty() -> Self {
        Self::of(Kind::Bytes(Bytes::new()))
    }

    /// A body that is sent as it comes, without being held in memory. Where its
    /// size hint is exact, the length is announced; else it is sent in chunks.
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BodyError>,
    {
        let body = UnsyncBoxBody::new(body.map_err(Into::into));
        Self::of(Kind::Stream(Mutex::new(body)))
    }

    /// Says what it is, `image/png` say, where the API takes anything of a kind.
    #[must_use]
    pub fn of_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The whole body; `None` for a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(_) => None,
        }
    }

    /// Whether there is no body. A stream counts as one, even if nothing comes.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_some_and(Bytes::is_empty)
    }

    /// The length in bytes, where it is known.
    pub fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        match &mut self.kind {
            Kind::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Stream(stream) => match stream.get_mut() {
                Ok(stream) => Pin::new(stream).poll_frame(context),
                Err(_) => Poll::Ready(None),
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Bytes(bytes) => bytes.is_empty(),
            Kind::Stream(stream) => stream.lock().is_ok_and(|stream| stream.is_end_stream()),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Stream(stream) => stream
                .lock()
                .map(|stream| stream.size_hint())
                .unwrap_or_default(),
        }
    }
}

impl Default for RequestBody {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self::of(Kind::Bytes(bytes))
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for RequestBody {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for RequestBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for RequestBody {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// The length, no content.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "RequestBody({length} bytes)"),
            None => f.write_str("RequestBody(stream)"),
        }
    }
}
