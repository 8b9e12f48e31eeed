//! Tokens that change: asked for once, renewed in time and after a refusal.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::fixture::{Client, Connection, Find};
use super::server::{Reply, Server, json};
use crate::runtime::*;

type Answer = Result<AccessToken, Box<dyn StdError + Send + Sync>>;

/// Gives its answers in order, and waits as often as it is told before each.
#[derive(Default)]
struct Provider {
    answers: Mutex<Vec<Answer>>,
    asked: AtomicUsize,
    waits: usize,
}

impl Provider {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        let mut answers: Vec<Answer> = answers.into_iter().collect();
        answers.reverse();
        Arc::new(Self {
            answers: Mutex::new(answers),
            ..Self::default()
        })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl TokenProvider for Provider {
    fn token(&self) -> BoxFuture<'_, Answer> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async {
            for _ in 0..self.waits {
                tokio::task::yield_now().await;
            }
            self.answers.lock().unwrap().pop().expect("one more answer")
        })
    }
}

fn token(text: &str) -> Answer {
    Ok(AccessToken::new(text))
}

fn client(url: &str, tokens: impl Into<Tokens>) -> Client {
    let mut settings = Settings::new("fixture/1");
    settings.credential("basicAuth", Tokens::credential(tokens.into()));
    Client {
        core: settings.build(url).unwrap(),
    }
}

const OK: &str = r#"{"connection_id":"c"}"#;

fn ok() -> Reply {
    json("200 OK", OK)
}

fn refused() -> Reply {
    json("401 Unauthorized", r#"{"error_type":"expired"}"#)
}

async fn find(
    client: &Client,
) -> Result<Response<Connection>, Error<<Find as Operation>::Failure>> {
    client.find().send().await
}

/// The tokens that arrived.
fn sent(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let lines = requests.iter().flat_map(|request| request.lines());
    lines
        .filter_map(|line| line.strip_prefix("authorization: Bearer "))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn a_token_is_kept() {
    let server = Server::start(vec![ok(), ok()]).await;
    let provider = Provider::new([token("a")]);
    let client = client(&server.url(), Arc::clone(&provider));
    find(&client).await.unwrap();
    find(&client).await.unwrap();
    assert_eq!(sent(&server), ["a", "a"]);
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_text_is_a_token_too() {
    let server = Server::start(vec![ok(), refused()]).await;
    let client = client(&server.url(), "fixed");
    find(&client).await.unwrap();
    // There is no other to try.
    assert!(find(&client).await.unwrap_err().is_api());
    assert_eq!(sent(&server), ["fixed", "fixed"]);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let server = Server::start(vec![ok(), ok(), ok()]).await;
    let short = AccessToken::new("a").expires_in(Duration::ZERO);
    let long = AccessToken::new("b").expires_in(Duration::MAX);
    let provider = Provider::new([Ok(short), Ok(long)]);
    let client = client(&server.url(), Arc::clone(&provider));
    for _ in 0..3 {
        find(&client).await.unwrap();
    }
    assert_eq!(sent(&server), ["a", "b", "b"]);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let server = Server::start(vec![refused(), ok(), refused(), refused()]).await;
    let provider = Provider::new([token("a"), token("b"), token("c")]);
    let client = client(&server.url(), Arc::clone(&provider));
    find(&client).await.unwrap();
    let error = find(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(sent(&server), ["a", "b", "b", "c"]);
    assert_eq!(provider.asked(), 3);
}

#[tokio::test]
async fn the_same_request_is_sent_again() {
    let server = Server::start(vec![refused(), ok()]).await;
    let client = client(&server.url(), Provider::new([token("a"), token("b")]));
    let request = super::fixture::UpdateRequest {
        display_name: Some("n".to_owned()),
        ..Default::default()
    };
    client.update("c", &request).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].replace("Bearer a", "Bearer b"), requests[1]);
    assert!(requests[1].ends_with(r#"{"display_name":"n"}"#));
}

#[tokio::test]
async fn the_refusal_is_kept_where_there_is_no_other_token() {
    let server = Server::start(vec![refused(), refused()]).await;
    let provider = Provider::new([token("a"), Err("down".into()), token("a"), token("a")]);
    let client = client(&server.url(), Arc::clone(&provider));
    assert_eq!(find(&client).await.unwrap_err().status().unwrap(), 401);
    // The same token again is not worth another request.
    assert_eq!(find(&client).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(sent(&server), ["a", "a"]);
}

#[tokio::test]
async fn nothing_is_sent_without_a_token() {
    let server = Server::start(vec![ok()]).await;
    let answers = [
        Err("no such client".into()),
        Err(TransportError::connect("down").into()),
        token("with\nbreak"),
        token(""),
    ];
    let client = client(&server.url(), Provider::new(answers));
    let error = find(&client).await.unwrap_err();
    assert!(error.is_invalid_request());
    assert!(
        error
            .to_string()
            .ends_with("was not sent: there is no access token")
    );
    assert!(
        error
            .source()
            .unwrap()
            .to_string()
            .contains("no such client")
    );
    assert!(find(&client).await.unwrap_err().is_connect());
    for _ in 0..2 {
        let error = find(&client).await.unwrap_err();
        assert!(error.is_invalid_request(), "{error:?}");
        assert!(!format!("{error:?}").contains("break"), "{error:?}");
        // It would last: the next answer counts once it is refused.
        let sources = Draft::new(&client.core, Find::ENDPOINT).tokens();
        sources[0].refuse(&sources[0].known().unwrap());
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn build_knows_a_token_that_was_sent() {
    let server = Server::start(vec![ok()]).await;
    let client = client(&server.url(), Provider::new([token("a")]));
    let error = client.find().build().unwrap_err();
    assert!(error.to_string().contains("`build` cannot"), "{error}");
    find(&client).await.unwrap();
    let request = client.find().build().unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer a");
    assert!(request.headers()["authorization"].is_sensitive());
}

#[tokio::test]
async fn calls_that_wait_share_an_answer() {
    let server = Server::start((0..4).map(|_| ok()).collect()).await;
    let provider = Arc::new(Provider {
        answers: Mutex::new(vec![token("b"), token("a"), Err("down".into())]),
        waits: 3,
        ..Provider::default()
    });
    let client = client(&server.url(), Arc::clone(&provider));
    // A failure is shared, and the next round asks anew.
    let (one, two, three) = tokio::join!(find(&client), find(&client), find(&client));
    for error in [one, two, three] {
        assert!(error.unwrap_err().is_invalid_request());
    }
    assert_eq!(provider.asked(), 1);
    let (one, two, three) = tokio::join!(find(&client), find(&client), find(&client));
    for response in [one, two, three] {
        response.unwrap();
    }
    assert_eq!(sent(&server), ["a", "a", "a"]);
    assert_eq!(provider.asked(), 2);
}

#[tokio::test]
async fn a_call_that_is_dropped_lets_another_one_ask() {
    let server = Server::start(vec![ok()]).await;
    let provider = Arc::new(Provider {
        answers: Mutex::new(vec![token("a")]),
        waits: 1,
        ..Provider::default()
    });
    let client = client(&server.url(), Arc::clone(&provider));
    {
        let mut asking = pin!(client.find().send());
        let mut waiting = pin!(client.find().send());
        let context = &mut Context::from_waker(Waker::noop());
        assert!(matches!(asking.as_mut().poll(context), Poll::Pending));
        assert!(matches!(waiting.as_mut().poll(context), Poll::Pending));
        assert_eq!(provider.asked(), 1);
    }
    find(&client).await.unwrap();
    assert_eq!((sent(&server).len(), provider.asked()), (1, 2));
}

#[test]
fn tokens_are_never_shown() {
    let tokens = Tokens::from("canary");
    assert!(!format!("{tokens:?}").contains("canary"));
    assert!(!format!("{:?}", AccessToken::new("canary")).contains("canary"));
    let mut settings = Settings::new("fixture/1");
    settings.authorization("digest", "Digest canary".into());
    settings.credential("t", Tokens::credential(Provider::new([]).into()));
    assert!(!format!("{settings:?}").contains("canary"));
    assert!(settings.build("http://api.example").is_err());
}

/// Never gets a token, or never another one.
struct Stalled(Mutex<Option<AccessToken>>);

impl TokenProvider for Stalled {
    fn token(&self) -> BoxFuture<'_, Answer> {
        let first = self.0.lock().unwrap().take();
        Box::pin(async {
            match first {
                Some(token) => Ok(token),
                None => std::future::pending().await,
            }
        })
    }
}

#[tokio::test]
async fn waiting_for_a_token_is_part_of_the_call() {
    let in_time = async |server: &Server, first: Option<AccessToken>| {
        let client = client(&server.url(), Stalled(Mutex::new(first)));
        let options = CallOptions::new().timeout(Duration::from_millis(500));
        let sent = client.find().options(options).send();
        let sent = tokio::time::timeout(Duration::from_secs(20), sent).await;
        sent.expect("an end").unwrap_err()
    };
    let server = Server::start(vec![ok()]).await;
    let error = in_time(&server, None).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert_eq!(error.timeout(), Some(TimeoutKind::Call));
    assert!(error.source().is_some());
    assert!(server.requests().is_empty());
    // What the API said is worth more than that there is no other token.
    let server = Server::start(vec![refused(), ok()]).await;
    let error = in_time(&server, Some(AccessToken::new("a"))).await;
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (401, 1)
    );
}
