//! The body of an answer: whole, or cut off in the middle.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Ends a connection in the middle of things.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is cut, as it was asked for")
    }
}

impl std::error::Error for Cut {}

impl From<Infallible> for Cut {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// What is sent.
#[derive(Debug)]
pub(super) struct Reply {
    bytes: Option<Bytes>,
    /// Whether the connection is cut after that.
    cut: bool,
    /// Whether there was time to send what came before the cut.
    paused: bool,
}

impl Reply {
    pub(super) fn whole(body: Bytes) -> Self {
        Self {
            bytes: (!body.is_empty()).then_some(body),
            cut: false,
            paused: false,
        }
    }

    /// The first half.
    pub(super) fn half(mut body: Bytes) -> Self {
        body.truncate(body.len() / 2);
        Self {
            bytes: (!body.is_empty()).then_some(body),
            cut: true,
            paused: false,
        }
    }
}

impl Body for Reply {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if self.cut && !self.paused {
            // What is buffered would be lost with the connection.
            self.paused = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.cut.then_some(Err(Cut)))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        match (self.cut, &self.bytes) {
            // The header says how long it would be.
            (true, _) => SizeHint::default(),
            (false, bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
        }
    }
}
