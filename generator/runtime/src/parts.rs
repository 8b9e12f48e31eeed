//! [`Parts`]: an unread body in, its parts and errors that know their operation
//! out.

use std::task::{Context, Poll};

use bytes::Bytes;

use super::decode_error::DecodeError;
use super::error::{Error, TimeoutKind};
use super::exchange::Unread;
use super::fault::Fault;

/// A body that is read part by part.
pub(crate) struct Parts(Unread);

impl Parts {
    pub(crate) fn of(body: Unread) -> Self {
        Self(body)
    }

    /// The longest item that is read, in bytes.
    pub(crate) fn limit(&self) -> usize {
        self.0.limit
    }

    /// How many values the JSON of an item may have.
    pub(crate) fn value_limit(&self) -> usize {
        self.0.value_limit
    }

    /// The next part; `None` at the end.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        let endpoint = self.0.endpoint;
        self.0.body.poll_part(context).map(|part| {
            part.map(|part| {
                part.map_err(|error| {
                    Box::new(Fault::transport(endpoint, error, TimeoutKind::Idle)).into()
                })
            })
        })
    }

    /// A stream of these parts, as an iterator.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking<S>(
        stream: S,
        parts: impl Fn(&S) -> &Self,
    ) -> super::blocking_iter::BlockingIter<S> {
        let body = &parts(&stream).0;
        let (executor, endpoint) = (std::sync::Arc::clone(&body.executor), body.endpoint);
        let silence = body.silence;
        super::blocking_iter::BlockingIter::new(stream, executor, endpoint).with_silence(silence)
    }

    /// The error for an item that does not fit.
    pub(crate) fn misfit(&self, error: DecodeError) -> Error {
        let error = error.screened(&self.0.screen);
        Box::new(Fault::decode(self.0.endpoint, error)).into()
    }

    /// The error for what is longer than the client reads.
    pub(crate) fn too_large(&self) -> Error {
        self.misfit(DecodeError::new("it is larger than the client's limit"))
    }
}
