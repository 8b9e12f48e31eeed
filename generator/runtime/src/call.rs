//! [`Call`]: one request that is ready to be sent. The generated code puts
//! parameters in; out comes the decoded response or an [`Error`].

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use super::call_options::CallOptions;
use super::draft::Draft;
use super::error::Error;
use super::exchange::{self, ERROR_LIMIT};
use super::operation::Operation;
use super::received::Received;
use super::request_body::RequestBody;
use super::response::Response;
use super::transport::BoxFuture;

/// A call of an operation. Nothing happens before it is awaited or
/// [sent](Self::send).
#[must_use = "a call does nothing before `.await` or `send`"]
pub struct Call<'a, O: Operation> {
    pub(crate) draft: Draft<'a>,
    pub(crate) options: CallOptions,
    operation: PhantomData<fn() -> O>,
}

// Not a function of `Call`: its methods are parameters of the document.
impl<'a> Draft<'a> {
    /// Ends the draft; its response is read as that of `O`.
    pub(crate) fn call<O: Operation>(self) -> Call<'a, O> {
        Call {
            draft: self,
            options: CallOptions::default(),
            operation: PhantomData,
        }
    }
}

impl<O: Operation> Call<'_, O> {
    /// Sets what is different for this call; replaces earlier options.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sends the request and decodes the response.
    ///
    /// # Errors
    ///
    /// When the request cannot be made, no complete response arrives, it is no
    /// [success](Operation::is_success), or its body does not fit the API
    /// description.
    pub async fn send(self) -> Result<Response<O::Output>, Error<O::Failure>> {
        let endpoint = self.draft.endpoint;
        let streams = O::STREAMS.then_some(O::is_stream as fn(&Received) -> bool);
        let mut exchanged =
            match exchange::run(self.draft, self.options, streams, ERROR_LIMIT).await {
                Ok(exchanged) => exchanged,
                Err(fault) => return Err(fault.into()),
            };
        if !O::is_success(&exchanged.received) {
            let failure = match exchanged.is_too_large() {
                true => None,
                false => O::decode_failure(&exchanged.received),
            };
            return Err(Error::with_api(exchanged.into_api_fault(endpoint), failure));
        }
        let output = match exchanged.unread.take() {
            Some(body) => O::open(&exchanged.received, body),
            None => O::decode(&exchanged.received),
        };
        match output {
            Ok(output) => {
                let received = exchanged.received;
                let attempts = received.attempts;
                let response = Response::from_parts(received.status, received.headers, output);
                Ok(response.after(attempts))
            }
            Err(error) => Err(exchanged.into_decode_fault(endpoint, error).into()),
        }
    }

    /// Sends the request and gives the whole response as it comes, whatever its
    /// status.
    ///
    /// # Errors
    ///
    /// When the request cannot be made or no complete response arrives.
    pub async fn send_raw(self) -> Result<Received, Error<O::Failure>> {
        let endpoint = self.draft.endpoint;
        let exchanged = match exchange::run(self.draft, self.options, None, usize::MAX).await {
            Ok(exchanged) => exchanged,
            Err(fault) => return Err(fault.into()),
        };
        exchanged.into_raw(endpoint).map_err(Error::from)
    }

    /// The request as it would be sent, credentials included: do not log it.
    ///
    /// # Errors
    ///
    /// When a value cannot be sent or credentials are missing.
    pub fn build(self) -> Result<http::Request<RequestBody>, Error<O::Failure>> {
        match self.draft.finish(&self.options, O::STREAMS) {
            Ok((request, _)) => Ok(request),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// Awaiting a call sends it: `call.await` is `call.send().await`.
impl<'a, O: Operation + 'a> IntoFuture for Call<'a, O> {
    type Output = Result<Response<O::Output>, Error<O::Failure>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// The operation and the options; no parameters.
impl<O: Operation> fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.draft.endpoint.id)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
