//! Calls that block the thread until they are done: the same calls, waited for.
//! A future goes in; its output comes out.

use std::fmt;
use std::future::Future;
use std::io;
use std::sync::{Arc, OnceLock};
#[cfg(feature = "tokio")]
use std::time::Duration;

use super::build_error::BuildError;
use super::call::Call;
use super::error::{Error, TimeoutKind};
use super::fault::Fault;
use super::operation::{Endpoint, Operation};
use super::received::Received;
use super::response::Response;
use super::transport::{Transport, TransportError};

impl<O: Operation> Call<'_, O> {
    /// Sends the request as [`send`](Self::send) does, and blocks the thread until
    /// there is a response. In asynchronous code that stops everything else on the
    /// thread.
    ///
    /// Blocking calls need no runtime of the application and wait for none: the
    /// default transport keeps connections of their own for them, on a thread of
    /// the client. A transport that the application gave to the builder is used
    /// as it is. If its connections belong to a runtime of the application, that
    /// runtime must be running while a call blocks.
    ///
    /// # Errors
    ///
    /// As those of [`send`](Self::send).
    pub fn send_blocking(mut self) -> Result<Response<O::Output>, Error<O::Failure>> {
        self.options.blocks = true;
        let executor = &self.draft.core.parts().executor;
        let endpoint = self.draft.endpoint;
        match executor.block_on(self.send()) {
            Ok(result) => result,
            Err(error) => Err(no_thread(endpoint, error).into()),
        }
    }

    /// Sends the request as [`send_raw`](Self::send_raw) does, and blocks the
    /// thread as [`send_blocking`](Self::send_blocking) does.
    ///
    /// # Errors
    ///
    /// As those of [`send_raw`](Self::send_raw).
    pub fn send_raw_blocking(mut self) -> Result<Received, Error<O::Failure>> {
        self.options.blocks = true;
        let executor = &self.draft.core.parts().executor;
        let endpoint = self.draft.endpoint;
        match executor.block_on(self.send_raw()) {
            Ok(result) => result,
            Err(error) => Err(no_thread(endpoint, error).into()),
        }
    }
}

/// Nothing was sent, for want of a thread to wait on.
pub(crate) fn no_thread(endpoint: &'static Endpoint, error: io::Error) -> Box<Fault> {
    let error = TransportError::connect(error);
    Box::new(Fault::transport(endpoint, error, TimeoutKind::Call))
}

/// Waits for futures. What they need of tokio runs on a thread of the client's
/// own, from the first blocking call on until the last clone of the client and
/// the last stream of its responses are gone.
#[derive(Debug, Default)]
pub(crate) struct Executor {
    #[cfg(feature = "tokio")]
    runtime: OnceLock<io::Result<tokio::runtime::Runtime>>,
}

impl Executor {
    /// The future's output.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> io::Result<F::Output> {
        #[cfg(feature = "tokio")]
        let _context = match self.runtime.get_or_init(runtime) {
            Ok(runtime) => runtime.enter(),
            Err(error) => return Err(io::Error::new(error.kind(), error.to_string())),
        };
        Ok(pollster::block_on(future))
    }

    /// The future's output, or `None` if it takes longer than `limit`. Without
    /// tokio there is no clock, and so no limit.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    #[cfg(feature = "tokio")]
    pub(crate) fn block_on_for<F: Future>(
        &self,
        limit: Duration,
        future: F,
    ) -> io::Result<Option<F::Output>> {
        self.block_on(async { tokio::time::timeout(limit, future).await.ok() })
    }
}

/// Makes a transport.
type MakeTransport = Box<dyn Fn() -> Result<Arc<dyn Transport>, BuildError> + Send + Sync>;

/// The transport of blocking calls, made by the first of them.
///
/// A connection is served by a task of the runtime that it was opened on. A
/// blocking call cannot use a connection that an asynchronous call has opened:
/// the blocked thread may be the one that has to run that task.
pub(crate) struct BlockingTransport {
    make: MakeTransport,
    made: OnceLock<Arc<dyn Transport>>,
}

impl BlockingTransport {
    pub(crate) fn new(
        make: impl Fn() -> Result<Arc<dyn Transport>, BuildError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            make: Box::new(make),
            made: OnceLock::new(),
        }
    }

    /// The transport, made now if it was not made before.
    pub(crate) fn get(&self) -> Result<&Arc<dyn Transport>, BuildError> {
        match self.made.get() {
            Some(made) => Ok(made),
            None => {
                let made = (self.make)()?;
                Ok(self.made.get_or_init(|| made))
            }
        }
    }
}

impl fmt::Debug for BlockingTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingTransport").finish_non_exhaustive()
    }
}

#[cfg(feature = "tokio")]
fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name(env!("CARGO_PKG_NAME"))
        .enable_all()
        .build()
}

/// The last clone of a client may well be dropped in asynchronous code, where
/// tokio lets nobody wait for a thread.
#[cfg(feature = "tokio")]
impl Drop for Executor {
    fn drop(&mut self) {
        if let Some(Ok(runtime)) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
