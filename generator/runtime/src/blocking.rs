//! Calls that block the thread until they are done: the same calls, waited for.
//! A future goes in; its output comes out.

use std::future::Future;
use std::io;
#[cfg(feature = "tokio")]
use std::sync::OnceLock;

use super::call::Call;
use super::error::{Error, TimeoutKind};
use super::fault::Fault;
use super::operation::{Endpoint, Operation};
use super::received::Received;
use super::response::Response;
use super::transport::TransportError;

impl<O: Operation> Call<'_, O> {
    /// [`send`](Self::send), blocking the thread until there is a response. In
    /// asynchronous code that stops everything else on the thread.
    ///
    /// # Errors
    ///
    /// As those of [`send`](Self::send).
    pub fn send_blocking(self) -> Result<Response<O::Output>, Error<O::Failure>> {
        let executor = &self.draft.core.parts().executor;
        let endpoint = self.draft.endpoint;
        match executor.block_on(self.send()) {
            Ok(result) => result,
            Err(error) => Err(no_thread(endpoint, error).into()),
        }
    }

    /// [`send_raw`](Self::send_raw), blocking the thread until there is a
    /// response. In asynchronous code that stops everything else on the thread.
    ///
    /// # Errors
    ///
    /// As those of [`send_raw`](Self::send_raw).
    pub fn send_raw_blocking(self) -> Result<Received, Error<O::Failure>> {
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
