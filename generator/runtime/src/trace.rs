//! [`Trace`]: what a call tells the subscribers of `tracing`, where the feature
//! of that name is on: a span per call, an event per attempt, and one per call that
//! failed. Fields have the names that OpenTelemetry gives them for HTTP clients; none
//! holds a header, a body, a query, or a path with its parameters filled in.

use std::future::Future;

use http::{StatusCode, Uri};

use super::error::ErrorKind;
use super::operation::Endpoint;

/// What is told of one call; without the feature, nothing.
#[derive(Clone)]
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
const TARGET: &str = env!("CARGO_CRATE_NAME");

#[cfg(feature = "tracing")]
impl Trace {
    /// A call begins.
    pub(crate) fn start(endpoint: &'static Endpoint) -> Self {
        use tracing::field::Empty;
        let span = tracing::info_span!(
            target: TARGET,
            "call",
            otel.name = format_args!("{} {}", endpoint.method, endpoint.path),
            otel.kind = "client",
            otel.status_code = Empty,
            operation = endpoint.id,
            http.request.method = endpoint.method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            error.type = Empty,
            url.template = endpoint.path,
            url.scheme = Empty,
            server.address = Empty,
            server.port = Empty,
        );
        Self { span }
    }

    /// The call's future, which runs inside of the span.
    pub(crate) fn around<F: Future>(self, call: F) -> impl Future<Output = F::Output> {
        tracing::Instrument::instrument(call, self.span)
    }

    /// The request is known: it goes to the host of this URI.
    pub(crate) fn addressed(&self, uri: &Uri) {
        let scheme = uri.scheme_str().unwrap_or_default();
        self.span.record("url.scheme", scheme);
        self.span.record("server.address", uri.host());
        let default = if scheme == "https" { 443 } else { 80 };
        self.span
            .record("server.port", uri.port_u16().unwrap_or(default));
    }

    /// An attempt has come to its end: with a status, or without one for this
    /// reason.
    pub(crate) fn attempted(&self, number: u32, outcome: Result<StatusCode, ErrorKind>) {
        let status = outcome.ok().map(|status| status.as_u16());
        tracing::event!(
            target: TARGET,
            parent: &self.span,
            tracing::Level::DEBUG,
            http.request.resend_count = number.saturating_sub(1),
            http.response.status_code = status,
            error.type = error_type(outcome),
            "attempt"
        );
    }

    /// The call has come to its end, after so many attempts.
    pub(crate) fn ended(&self, attempts: u32, outcome: Result<StatusCode, ErrorKind>) {
        if let Some(resend_count @ 1..) = attempts.checked_sub(1) {
            self.span.record("http.request.resend_count", resend_count);
        }
        if let Ok(status) = outcome {
            self.span
                .record("http.response.status_code", status.as_u16());
        }
        if let Some(error) = error_type(outcome) {
            let status = outcome.ok().map(|status| status.as_u16());
            self.failed(error, status);
        }
    }

    /// The call has failed, which is told at the level `WARN`.
    fn failed(&self, error: impl AsRef<str>, status: Option<u16>) {
        let error = error.as_ref();
        self.span.record("error.type", error);
        self.span.record("otel.status_code", "ERROR");
        tracing::event!(
            target: TARGET,
            parent: &self.span,
            tracing::Level::WARN,
            http.response.status_code = status,
            error.type = error,
            "the call failed"
        );
    }

    /// The response does not fit the API description.
    pub(crate) fn misfit(&self) {
        self.failed(kind(ErrorKind::Decode), None);
    }
}

/// `error.type`: the status where the API answered with an error, else the kind
/// of error.
#[cfg(feature = "tracing")]
fn error_type(outcome: Result<StatusCode, ErrorKind>) -> Option<String> {
    match outcome {
        Ok(status) if status.is_success() => None,
        Ok(status) => Some(status.as_str().to_owned()),
        Err(error) => Some(kind(error).to_owned()),
    }
}

#[cfg(feature = "tracing")]
fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidRequest => "invalid_request",
        ErrorKind::Connect => "connect",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Transport => "transport",
        ErrorKind::Api => "api",
        ErrorKind::Decode => "decode",
    }
}

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn start(_: &'static Endpoint) -> Self {
        Self {}
    }

    pub(crate) fn around<F: Future>(self, call: F) -> F {
        call
    }

    pub(crate) fn addressed(&self, _: &Uri) {}

    pub(crate) fn attempted(&self, _: u32, _: Result<StatusCode, ErrorKind>) {}

    pub(crate) fn ended(&self, _: u32, _: Result<StatusCode, ErrorKind>) {}

    pub(crate) fn misfit(&self) {}
}
