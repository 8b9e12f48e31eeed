//! The rows of the table, and how they are tried.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::server::{Script, Server, Step};
use crate::runtime::*;

/// How long a row may take; one that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the client reads at most.
pub(super) const LIMIT: usize = 1024 * 1024;

/// What the network holds between a server and a client that reads no more.
const ON_THE_WAY: usize = 32 * 1024 * 1024;

/// How long an attempt may take in rows that are about time.
const SHORT: Duration = Duration::from_millis(800);

#[derive(Debug, Serialize, Deserialize)]
pub(in crate::tests) struct Thing {
    pub(in crate::tests) id: String,
}

/// Three operations that differ in nothing but their methods.
macro_rules! operation {
    ($name:ident, $method:literal) => {
        pub(in crate::tests) enum $name {}

        impl Operation for $name {
            const ENDPOINT: &'static Endpoint = &Endpoint {
                id: "thing",
                method: $method,
                path: "/thing",
                accept: "application/json",
                security: &[],
                idempotent: None,
                error_code: Some("error_type"),
                error_request_id: Some("request_id"),
                idempotency_key: None,
            };
            type Output = Thing;
            type Failure = serde_json::Value;

            fn decode(received: &Received) -> Result<Thing, DecodeError> {
                match received.status().as_u16() {
                    200 if $method == "HEAD" => Ok(Thing {
                        id: format!("{} bytes", received.body().len()),
                    }),
                    200 => received.json_object(),
                    _ => Err(received.undocumented()),
                }
            }

            fn decode_failure(received: &Received) -> Option<serde_json::Value> {
                received.json().ok()
            }
        }
    };
}

operation!(Get, "GET");
operation!(Post, "POST");
operation!(Head, "HEAD");

/// A call that may be told from others by its id.
pub(in crate::tests) fn call<'a, O: Operation>(core: &'a Core, id: &str) -> Call<'a, O> {
    let mut draft = Draft::new(core, O::ENDPOINT);
    draft.query("id", QueryStyle::Form, true, id);
    if O::ENDPOINT.method == "POST" {
        let thing = Thing { id: id.to_owned() };
        draft.json("application/json", &thing);
    }
    draft.call()
}

/// What comes of a call, as far as the table says it.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    /// A success with this id.
    Good(String),
    Failed(ErrorKind, Option<u16>, Option<TimeoutKind>),
}

/// A fault and what is expected of the client.
pub(super) struct Row {
    name: String,
    script: Script,
    outcome: Outcome,
    /// Of a GET, and of a POST.
    attempts: [u32; 2],
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    head: bool,
    waits_for_the_end: bool,
    holds_on: bool,
}

pub(super) fn row(name: impl Into<String>, steps: impl IntoIterator<Item = Step>) -> Row {
    Row {
        name: name.into(),
        script: steps.into_iter().collect::<Vec<_>>().into(),
        outcome: Outcome::Good("fault".to_owned()),
        attempts: [1, 1],
        timeout: None,
        attempt_timeout: None,
        head: false,
        waits_for_the_end: false,
        holds_on: false,
    }
}

impl Row {
    /// The server does not wait for a request.
    pub(super) fn unasked(mut self) -> Self {
        self.script.unasked = true;
        self
    }

    /// All attempts go to one connection, which is of no use to any other call,
    /// and the client cannot know that soon.
    #[cfg(feature = "http2")]
    pub(super) fn holds_on(mut self) -> Self {
        self.holds_on = true;
        self
    }

    /// The server and the client speak HTTP/2.
    #[cfg(feature = "http2")]
    pub(super) fn of_frames(mut self) -> Self {
        self.script.frames = true;
        self
    }

    /// A HEAD instead of the GET, and no POST.
    pub(super) fn of_head(mut self) -> Self {
        self.head = true;
        self.outcome = Outcome::Good("0 bytes".to_owned());
        self
    }

    /// The next calls wait for the end of the script. What comes when they have
    /// been sent cannot be told from an answer to them.
    pub(super) fn waits_for_the_end(mut self) -> Self {
        self.waits_for_the_end = true;
        self
    }

    /// The connection breaks before a status is known: the server may have
    /// acted on the request.
    pub(super) fn breaks(self) -> Self {
        self.breaks_after(None)
    }

    /// The same, in an answer of this status.
    pub(super) fn breaks_after(mut self, status: impl Into<Option<u16>>) -> Self {
        self.outcome = Outcome::Failed(ErrorKind::Transport, status.into(), None);
        self.attempts(3, 1)
    }

    /// Each attempt takes too long; the status is known or not.
    pub(super) fn takes_too_long(mut self, status: impl Into<Option<u16>>) -> Self {
        let timeout = Some(TimeoutKind::Attempt);
        self.outcome = Outcome::Failed(ErrorKind::Timeout, status.into(), timeout);
        self.attempt_timeout = Some(SHORT);
        self.attempts(3, 1)
    }

    /// The same of the call as a whole.
    pub(super) fn takes_too_long_in_all(mut self, status: impl Into<Option<u16>>) -> Self {
        let timeout = Some(TimeoutKind::Call);
        self.outcome = Outcome::Failed(ErrorKind::Timeout, status.into(), timeout);
        self.timeout = Some(SHORT);
        self.attempts(1, 1)
    }

    /// An attempt ends early, though there is a status.
    pub(super) fn with_short_attempts(mut self) -> Self {
        self.attempt_timeout = Some(SHORT);
        self
    }

    /// An answer of this status, whole or not.
    pub(super) fn fails(mut self, status: u16) -> Self {
        self.outcome = Outcome::Failed(ErrorKind::Api, Some(status), None);
        let passing = is_passing(http::StatusCode::from_u16(status).unwrap());
        match (status, passing) {
            (429, _) => self.attempts(3, 3),
            (_, true) => self.attempts(3, 1),
            (_, false) => self,
        }
    }

    /// A success that cannot be read.
    pub(super) fn does_not_fit(mut self, status: u16) -> Self {
        self.outcome = Outcome::Failed(ErrorKind::Decode, Some(status), None);
        self
    }

    /// Where the attempts are others than those that the outcome suggests.
    pub(super) fn attempts(mut self, get: u32, post: u32) -> Self {
        self.attempts = [get, post];
        self
    }

    pub(super) fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Whether there is a limit to what the server can send: where time is up, it
    /// depends on the machine how much that was, and of frames the client may
    /// throw away as many as come.
    fn has_a_measure(&self) -> bool {
        #[cfg(feature = "http2")]
        if self.script.frames {
            return false;
        }
        self.attempt_timeout.or(self.timeout).is_none()
    }

    /// Everything that is not as it should be.
    async fn try_out(&self) -> Vec<String> {
        let [get, post] = self.attempts;
        if self.head {
            return self.try_with::<Head>(get).await;
        }
        let mut wrong = self.try_with::<Get>(get).await;
        wrong.extend(self.try_with::<Post>(post).await);
        wrong
    }

    async fn try_with<O>(&self, attempts: u32) -> Vec<String>
    where
        O: Operation<Output = Thing, Failure = serde_json::Value>,
    {
        let mut wrong = Vec::new();
        let server = Server::start(&self.script).await;
        let patience = tokio::time::timeout(PATIENCE, self.ask::<O>(&server));
        match patience.await {
            Err(_) => wrong.push("it hangs".to_owned()),
            Ok((outcome, made, next)) => {
                if outcome != self.outcome {
                    wrong.push(format!("{outcome:?} instead of {:?}", self.outcome));
                }
                let seen = if self.holds_on { made } else { server.runs() };
                if (made, seen) != (attempts, attempts) {
                    wrong.push(format!("{made} attempts, {seen} requests, not {attempts}"));
                }
                wrong.extend(next);
            }
        }
        let most = attempts as usize * (LIMIT + ON_THE_WAY);
        if self.has_a_measure() && server.sent() > most {
            wrong.push(format!("it let the server send {} bytes", server.sent()));
        }
        if server.was_left() {
            wrong.push("another server was asked".to_owned());
        }
        let place = |what| format!("{} {}: {what}", O::ENDPOINT.method, self.name);
        wrong.into_iter().map(place).collect()
    }

    /// The outcome, how many attempts it took, and what is wrong with the calls
    /// that come next.
    async fn ask<O>(&self, server: &Server) -> (Outcome, u32, Vec<String>)
    where
        O: Operation<Output = Thing, Failure = serde_json::Value>,
    {
        let mut settings = Settings::new("fixture/1");
        settings.response_limit(LIMIT);
        #[cfg(feature = "http2")]
        if self.script.frames {
            settings.transport(super::http2::transport());
        }
        let core = settings.build(&server.url()).unwrap();
        let none = Duration::ZERO;
        let mut options = CallOptions::new().retry(RetryPolicy::new().waits(none, none));
        let again = options.clone();
        options.timeout = self.timeout;
        options.attempt_timeout = self.attempt_timeout;
        let (outcome, attempts) = match call::<O>(&core, "fault").options(options).send().await {
            Ok(response) => {
                let attempts = response.attempts();
                (Outcome::Good(response.into_body().id), attempts)
            }
            Err(error) => {
                let status = error.status().map(|status| status.as_u16());
                let outcome = Outcome::Failed(error.kind(), status, error.timeout());
                (outcome, error.attempts())
            }
        };
        if self.holds_on {
            return (outcome, attempts, Vec::new());
        }
        if self.waits_for_the_end {
            server.ended().await;
        }
        server.behave();
        let mut wrong = Vec::new();
        #[cfg(not(feature = "http2"))]
        let ids = ["next-1", "next-2", "next-3"];
        #[cfg(feature = "http2")]
        let ids = match self.script.frames {
            // A server of frames does not read what it is asked.
            true => ["next"; 3],
            false => ["next-1", "next-2", "next-3"],
        };
        for id in ids {
            // The connection may end just now: a GET is sent again then.
            let sent = call::<Get>(&core, id).options(again.clone()).send().await;
            match sent {
                Ok(response) if response.id == id => {}
                Ok(response) => wrong.push(format!("{id} got what belongs to {}", response.id)),
                Err(error) => wrong.push(format!("{id} failed: {error:?}")),
            }
        }
        (outcome, attempts, wrong)
    }
}

/// Tries all rows, a few at a time, and tells of all that are not as they
/// should be.
pub(super) async fn try_out(rows: Vec<Row>) {
    let names: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "two rows have the same name");
    let mut wrong = Vec::new();
    let mut rows = rows.into_iter();
    let mut running = tokio::task::JoinSet::new();
    loop {
        while running.len() < 8 {
            let Some(row) = rows.next() else { break };
            running.spawn(async move { row.try_out().await });
        }
        match running.join_next().await {
            Some(result) => wrong.extend(result.unwrap()),
            None => break,
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
