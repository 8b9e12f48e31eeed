//! [`TimeLimit`]: how long an exchange may take, by tokio's clock, for
//! transports that have no such limits of their own. A request goes in; the
//! head and the body of its response come out, or fail in time.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};

use super::request_body::RequestBody;
use super::transport::{IdleTimeout, RequestTimeout, ResponseBody, TransportError};

/// What a request's extensions say of time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TimeLimit {
    /// When everything has to be there.
    Whole(Instant),
    /// How long nothing may come.
    Idle(Duration),
    /// There is no limit.
    Never,
}

impl TimeLimit {
    /// The limit of a request that is sent now.
    pub(crate) fn of(request: &http::Request<RequestBody>) -> Self {
        let extensions = request.extensions();
        if let Some(IdleTimeout(idle)) = extensions.get() {
            return Self::Idle(*idle);
        }
        let whole = extensions.get().map(|RequestTimeout(whole)| *whole);
        // What is too far away for the clock never comes.
        let end = whole.and_then(|whole| Instant::now().checked_add(whole));
        end.map_or(Self::Never, Self::Whole)
    }

    /// What comes of `response`, unless it takes too long.
    pub(crate) async fn head<F: Future>(self, response: F) -> Result<F::Output, TransportError> {
        match self {
            Self::Whole(end) => timeout_at(end, response).await,
            Self::Idle(idle) => timeout(idle, response).await,
            Self::Never => Ok(response.await),
        }
        .map_err(TransportError::timeout)
    }

    /// A body that fails when it takes too long.
    pub(crate) fn body<B>(self, body: B) -> ResponseBody
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        match self {
            Self::Never => ResponseBody::new(body),
            Self::Whole(_) | Self::Idle(_) => ResponseBody::new(Limited {
                body: ResponseBody::new(body),
                limit: self,
                alarm: None,
            }),
        }
    }
}

/// A body under a limit.
struct Limited {
    body: ResponseBody,
    limit: TimeLimit,
    /// Set while a part is waited for.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Body for Limited {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = &mut *self;
        if let Poll::Ready(part) = this.body.poll_part(context) {
            if let TimeLimit::Idle(_) = this.limit {
                this.alarm = None;
            }
            return Poll::Ready(part.map(|part| part.map(Frame::data)));
        }
        let alarm = match this.limit {
            TimeLimit::Whole(end) => this.alarm.get_or_insert_with(|| Box::pin(sleep_until(end))),
            TimeLimit::Idle(idle) => this.alarm.get_or_insert_with(|| Box::pin(sleep(idle))),
            TimeLimit::Never => return Poll::Pending,
        };
        ready!(alarm.as_mut().poll(context));
        let late = match this.limit {
            TimeLimit::Idle(_) => "nothing came for too long",
            TimeLimit::Whole(_) | TimeLimit::Never => "the response took too long",
        };
        Poll::Ready(Some(Err(TransportError::timeout(late))))
    }
}
