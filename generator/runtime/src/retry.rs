//! [`RetryPolicy`]: when a call is sent again. What came of an attempt goes in;
//! out comes how long to wait before the next one, if there is to be one.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::StatusCode;

/// How often a call is sent, and how long to wait in between.
///
/// A request that was not sent, because no connection came about, and one that
/// was turned away with 429 are sent again whatever their method. After 408,
/// 500, 502, 503, 504, a timeout or a connection that broke off, the server may
/// have acted on the request: it is sent again only where that is harmless,
/// which is so for the methods GET, HEAD, OPTIONS, TRACE, PUT and DELETE (RFC
/// 9110, section 9.2.2), unless the API description says otherwise of the
/// operation, or the application of the
/// [call](super::call_options::CallOptions::idempotent). A body that is a stream
/// can be sent only once.
///
/// The wait is random, up to a limit that doubles each time; `Retry-After`
/// counts where the server sends it. The timeout of the call includes waiting.
/// All calls of a client together have a budget: where most of them fail, they
/// are no longer sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
    retry_after_limit: Duration,
}

impl RetryPolicy {
    /// Three attempts at most; waits of up to 0.5 seconds, then up to 1 second.
    pub fn new() -> Self {
        Self {
            attempts: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(20),
            retry_after_limit: Duration::from_secs(60),
        }
    }

    /// One attempt only.
    pub fn never() -> Self {
        Self::new().attempts(1)
    }

    /// How often a call is sent at most. None at all counts as one.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The limits of the first wait and of all later ones.
    #[must_use]
    pub fn waits(mut self, first: Duration, longest: Duration) -> Self {
        self.first_wait = first;
        self.longest_wait = longest;
        self
    }

    /// The longest `Retry-After` that is believed, 60 seconds if not set. What
    /// is longer counts as none.
    #[must_use]
    pub fn retry_after_limit(mut self, limit: Duration) -> Self {
        self.retry_after_limit = limit;
        self
    }

    /// Whether there may be another attempt after so many.
    pub(crate) fn allows(&self, attempts: u32) -> bool {
        attempts < self.attempts
    }

    /// How long to wait after so many attempts, if the server asked for
    /// `retry_after`.
    pub(crate) fn wait(&self, attempts: u32, retry_after: Option<Duration>) -> Duration {
        match retry_after.filter(|wait| *wait <= self.retry_after_limit) {
            Some(wait) => wait,
            None => self.backoff(attempts).mul_f64(chance()),
        }
    }

    fn backoff(&self, attempts: u32) -> Duration {
        let factor = 1u32
            .checked_shl(attempts.saturating_sub(1))
            .unwrap_or(u32::MAX);
        self.first_wait
            .saturating_mul(factor)
            .min(self.longest_wait)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// A number from 0 up to 1 that differs between programs, so that clients which
/// failed together do not come back together. Nothing secret depends on it.
fn chance() -> f64 {
    let bits = RandomState::new().hash_one(());
    f64::from((bits >> 32) as u32) / f64::from(u32::MAX)
}

/// Whether a status says that the same request may do better later.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || may_have_acted(status)
}

/// Whether a status says that the same request may do better later, but not
/// that the server has done nothing.
fn may_have_acted(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504)
}

/// Whether an answer of this status asks for another attempt.
pub(crate) fn asks_again(status: StatusCode, idempotent: bool) -> bool {
    is_passing(status) && (idempotent || !may_have_acted(status))
}

/// Whether sending a request of this method twice is like sending it once (RFC
/// 9110, section 9.2.2).
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(
        method,
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE"
    )
}

/// What all calls of a client may spend on attempts after the first.
#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

/// What there is at first, and at most: a hundred attempts.
const BUDGET: u32 = 500;

/// What an attempt costs.
const COST: u32 = 5;

/// What an answer gives back that no other attempt could better.
const REFUND: u32 = 1;

impl RetryBudget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(BUDGET))
    }

    /// Pays for an attempt; `false` where there is not enough left.
    pub(crate) fn spend(&self) -> bool {
        let paid = |left: u32| left.checked_sub(COST);
        let order = Ordering::Relaxed;
        self.0.fetch_update(order, order, paid).is_ok()
    }

    /// A call came to an end, well or not, that another attempt would not change.
    pub(crate) fn refund(&self) {
        let more = |left: u32| (left < BUDGET).then(|| BUDGET.min(left + REFUND));
        let order = Ordering::Relaxed;
        // At its most there is nothing to give back.
        let _full = self.0.fetch_update(order, order, more);
    }
}
