//! Many calls against a server that turns all of them away.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::row::{Get, Post, call};
use super::server::{Script, Server, send};
use crate::runtime::*;

/// How many attempts after the first all calls of a client may make together.
const BUDGET: u32 = 100;

#[tokio::test]
async fn a_storm_is_not_made_worse() {
    const CALLS: u32 = 200;
    let answer = "HTTP/1.1 429 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n";
    let script = Script::from(vec![send(answer)]);
    let server = Server::start(&script).await;
    let mut settings = Settings::new("fixture/1");
    settings.retry(RetryPolicy::new().attempts(10));
    let core = settings.build(&server.url()).unwrap();
    let attempts = std::sync::Arc::new(AtomicU32::new(0));
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..CALLS {
        let (core, attempts) = (core.clone(), attempts.clone());
        calls.spawn(async move {
            let id = number.to_string();
            let error = match number % 2 {
                0 => call::<Get>(&core, &id).send().await.unwrap_err(),
                _ => call::<Post>(&core, &id).send().await.unwrap_err(),
            };
            assert!(error.is_rate_limited() && error.is_retryable(), "{error:?}");
            attempts.fetch_add(error.attempts(), Ordering::SeqCst);
        });
    }
    let all = tokio::time::timeout(Duration::from_secs(60), calls.join_all());
    all.await.expect("no call hangs");
    assert_eq!(attempts.load(Ordering::SeqCst), CALLS + BUDGET);
    assert_eq!(server.runs(), CALLS + BUDGET);
    // Calls that go well earn others a second attempt, slowly.
    server.behave();
    for _ in 0..10 {
        call::<Get>(&core, "good").send().await.unwrap();
    }
}
