//! [`BlockingIter`]: a stream as an iterator that blocks its thread.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use futures_core::Stream;

use super::blocking::{Executor, no_thread};
use super::error::Error;
use super::operation::Endpoint;

/// The items of a stream. [`next`](Iterator::next) blocks the thread until
/// there is one.
#[must_use = "nothing comes before it is asked for"]
pub struct BlockingIter<S> {
    stream: S,
    executor: Arc<Executor>,
    endpoint: &'static Endpoint,
}

impl<S> BlockingIter<S> {
    pub(crate) fn new(stream: S, executor: Arc<Executor>, endpoint: &'static Endpoint) -> Self {
        Self {
            stream,
            executor,
            endpoint,
        }
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
        let stream = &mut self.stream;
        let next = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        match self.executor.block_on(next) {
            Ok(item) => item,
            Err(error) => Some(Err(no_thread(self.endpoint, error).into())),
        }
    }
}

impl<S> fmt::Debug for BlockingIter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingIter").finish_non_exhaustive()
    }
}
