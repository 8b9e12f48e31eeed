//! [`BlockingIter`]: a stream as an iterator that blocks its thread.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use std::time::Duration;

use futures_core::Stream;

use super::blocking::{Executor, no_thread};
use super::error::{Error, TimeoutKind};
use super::fault::Fault;
use super::operation::Endpoint;
use super::transport::TransportError;

/// The items of a stream. [`next`](Iterator::next) blocks the thread until
/// there is one.
///
/// The connection of a response that an asynchronous call received belongs to
/// the runtime of that call, which must be running while the iterator is used.
/// If nothing arrives within the timeout of the call, the iterator ends with a
/// timeout. A response of
/// [`send_blocking`](super::call::Call::send_blocking) needs no runtime.
#[must_use = "nothing comes before it is asked for"]
pub struct BlockingIter<S> {
    stream: S,
    executor: Arc<Executor>,
    endpoint: &'static Endpoint,
    /// How long to wait for an item, where the stream itself may not notice.
    silence: Option<Duration>,
    /// Whether it took too long.
    ended: bool,
}

impl<S> BlockingIter<S> {
    pub(crate) fn new(stream: S, executor: Arc<Executor>, endpoint: &'static Endpoint) -> Self {
        Self {
            stream,
            executor,
            endpoint,
            silence: None,
            ended: false,
        }
    }

    pub(crate) fn with_silence(self, silence: Option<Duration>) -> Self {
        Self { silence, ..self }
    }

    /// The stream itself, to go on without blocking.
    pub fn into_stream(self) -> S {
        self.stream
    }
}

impl<S, T, F> Iterator for BlockingIter<S>
where
    S: Stream<Item = Result<T, Error<F>>> + Unpin,
{
    type Item = Result<T, Error<F>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let stream = &mut self.stream;
        let next = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        let item = match self.silence {
            #[cfg(feature = "tokio")]
            Some(limit) => self.executor.block_on_for(limit, next),
            _ => self.executor.block_on(next).map(Some),
        };
        match item {
            Ok(Some(item)) => item,
            Ok(None) => {
                self.ended = true;
                let error = TransportError::timeout("nothing came for too long");
                let fault = Fault::transport(self.endpoint, error, TimeoutKind::Idle);
                Some(Err(Box::new(fault).into()))
            }
            Err(error) => Some(Err(no_thread(self.endpoint, error).into())),
        }
    }
}

impl<S> fmt::Debug for BlockingIter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingIter").finish_non_exhaustive()
    }
}
