//! [`ByteStream`]: a successful response of any length. An unread body goes in;
//! its parts come out as they arrive.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::error::Error;
use super::exchange::Unread;
use super::parts::Parts;

/// The body of a response, as it arrives. Dropping it cancels the rest.
///
/// Once it has begun, no part may take longer than the timeout of the call;
/// the whole may take as long as it likes. It ends after an error.
pub struct ByteStream {
    body: Parts,
    ended: bool,
}

impl ByteStream {
    pub(crate) fn new(body: Unread) -> Self {
        Self {
            body: Parts::of(body),
            ended: false,
        }
    }

    /// The next part; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the body breaks off, or nothing comes for too long.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Everything that is still to come, at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// When the body breaks off, or is longer than that.
    pub async fn into_bytes(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut whole = BytesMut::new();
        while let Some(part) = self.chunk().await {
            let part = part?;
            if part.len() > limit - whole.len() {
                return Err(self.body.too_large());
            }
            whole.extend_from_slice(&part);
        }
        Ok(whole.freeze())
    }

    /// The parts as an iterator that blocks the thread until there is one.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> super::blocking_iter::BlockingIter<Self> {
        Parts::blocking(self, |stream| &stream.body)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let part = self.body.poll_next(context);
        self.ended = matches!(part, Poll::Ready(None | Some(Err(_))));
        part
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
