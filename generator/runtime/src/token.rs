//! [`TokenProvider`]: where access tokens come from when they do not last. A
//! provider goes in; out comes a token that still holds, asked for once however
//! many calls wait for it.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use super::credentials::{Credential, TokenSource};
use super::secret::Secret;
use super::transport::BoxFuture;

/// How long before its end a token is renewed: a tenth of its life, and no more
/// than this.
const LONGEST_MARGIN: Duration = Duration::from_secs(60);

/// An access token, as a [`TokenProvider`] gives it.
#[derive(Clone, Debug)]
pub struct AccessToken {
    secret: Secret,
    lifetime: Option<Duration>,
}

impl AccessToken {
    /// A token that holds until the API refuses it.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            secret: token.into(),
            lifetime: None,
        }
    }

    /// How long the token holds from now on: `expires_in` of OAuth 2.0. It is
    /// renewed a little before that.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

/// Gets access tokens, by whatever flow the application uses.
///
/// The client keeps the token, asks for another one shortly before it expires,
/// and once more where the API answers 401. Calls that need a token while it is
/// being fetched wait for the same one, and no longer than they may take in all.
pub trait TokenProvider: Send + Sync {
    /// Gets a new token.
    ///
    /// # Errors
    ///
    /// When there is none; the calls that need it are not sent then. A
    /// [`TransportError`](super::transport::TransportError) makes that a
    /// connection error, which is safe to try again; anything else is an
    /// invalid request. Its text and sources must hold no secret: errors are
    /// logged.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Box<dyn StdError + Send + Sync>>>;
}

/// Clients can share a provider.
impl<P: TokenProvider + ?Sized> TokenProvider for Arc<P> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Box<dyn StdError + Send + Sync>>> {
        (**self).token()
    }
}

/// What authorizes by a token: a text, or a [`TokenProvider`].
#[derive(Clone)]
pub struct Tokens(Origin);

#[derive(Clone)]
enum Origin {
    Fixed(Secret),
    Provider(Arc<dyn TokenProvider>),
}

impl Tokens {
    pub(crate) fn credential(self) -> Credential {
        match self.0 {
            Origin::Fixed(secret) => Credential::Bearer(secret),
            Origin::Provider(provider) => Credential::Tokens(Arc::new(Renewed {
                provider,
                state: Mutex::new(State::default()),
            })),
        }
    }
}

impl From<Secret> for Tokens {
    fn from(secret: Secret) -> Self {
        Self(Origin::Fixed(secret))
    }
}

impl From<String> for Tokens {
    fn from(text: String) -> Self {
        Secret::from(text).into()
    }
}

impl From<&str> for Tokens {
    fn from(text: &str) -> Self {
        Secret::from(text).into()
    }
}

impl<P: TokenProvider + 'static> From<P> for Tokens {
    fn from(provider: P) -> Self {
        Self(Origin::Provider(Arc::new(provider)))
    }
}

/// The kind; never a token.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Origin::Fixed(_) => "Tokens([redacted])",
            Origin::Provider(_) => "Tokens(TokenProvider)",
        })
    }
}

/// The tokens of a provider.
struct Renewed {
    provider: Arc<dyn TokenProvider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The last token, even where it holds no longer.
    known: Option<Known>,
    /// Whether an asynchronous call is asking the provider, and whether a
    /// blocking one is.
    asking: [bool; 2],
    /// How often it has answered.
    answers: u64,
    /// What was wrong with the last answer.
    failure: Option<Arc<dyn StdError + Send + Sync>>,
    waiting: Vec<Waker>,
}

struct Known {
    secret: Secret,
    /// When to ask for another.
    renew: Option<Instant>,
    refused: bool,
}

impl Known {
    fn holds(&self) -> bool {
        !self.refused && self.renew.is_none_or(|renew| Instant::now() < renew)
    }
}

/// What somebody who needs a token does next.
enum Step {
    Done,
    Failed(Arc<dyn StdError + Send + Sync>),
    Ask,
}

impl Renewed {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held, and every state is a good one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while another call asks. A blocking call waits for blocking ones
    /// only: its thread may be the one that an asynchronous call needs to go on.
    fn step(&self, blocks: bool) -> impl Future<Output = Step> + Send + '_ {
        let answers = self.state().answers;
        poll_fn(move |context| {
            let mut state = self.state();
            // Whoever waited for an answer shares it, even a bad one.
            let answered = state.answers > answers;
            let shared = |known: &Known| answered && !known.refused && state.failure.is_none();
            if state
                .known
                .as_ref()
                .is_some_and(|known| known.holds() || shared(known))
            {
                return Poll::Ready(Step::Done);
            }
            if state.asking[usize::from(blocks)] {
                let waker = context.waker();
                if !state.waiting.iter().any(|known| known.will_wake(waker)) {
                    state.waiting.push(waker.clone());
                }
                return Poll::Pending;
            }
            match state.failure.clone().filter(|_| answered) {
                Some(failure) => Poll::Ready(Step::Failed(failure)),
                None => {
                    state.asking[usize::from(blocks)] = true;
                    Poll::Ready(Step::Ask)
                }
            }
        })
    }

    async fn ask(&self, blocks: bool) -> Result<(), Box<dyn StdError + Send + Sync>> {
        match self.step(blocks).await {
            Step::Done => return Ok(()),
            Step::Failed(failure) => return Err(Box::new(Shared(failure))),
            Step::Ask => {}
        }
        // Should this call be dropped on the way, another one asks.
        let turn = Turn {
            tokens: self,
            blocks,
        };
        let answer = self.provider.token().await;
        let mut state = turn.tokens.state();
        state.answers += 1;
        let result = match answer {
            Ok(token) => {
                let now = Instant::now();
                let renew = token.lifetime.and_then(|lifetime| {
                    let margin = LONGEST_MARGIN.min(lifetime / 10);
                    // Beyond what the clock can tell, it lasts.
                    now.checked_add(lifetime.saturating_sub(margin))
                });
                state.failure = None;
                state.known = Some(Known {
                    secret: token.secret,
                    renew,
                    refused: false,
                });
                Ok(())
            }
            Err(failure) => {
                // A connection error stays one for the call that asked.
                let failure: Arc<dyn StdError + Send + Sync> = Arc::from(failure);
                state.failure = Some(Arc::clone(&failure));
                Err(Box::new(Shared(failure)) as Box<dyn StdError + Send + Sync>)
            }
        };
        drop(state);
        drop(turn);
        result
    }
}

impl TokenSource for Renewed {
    fn renew(&self, blocks: bool) -> BoxFuture<'_, Result<(), Box<dyn StdError + Send + Sync>>> {
        Box::pin(self.ask(blocks))
    }

    fn known(&self) -> Option<Secret> {
        let state = self.state();
        state.known.as_ref().map(|known| known.secret.clone())
    }

    fn refuse(&self, token: &Secret) {
        let mut state = self.state();
        if let Some(known) = state.known.as_mut().filter(|known| known.secret == *token) {
            known.refused = true;
        }
    }
}

/// The right to ask the provider; given back when dropped.
struct Turn<'a> {
    tokens: &'a Renewed,
    blocks: bool,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.tokens.state();
            state.asking[usize::from(self.blocks)] = false;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// An error that several calls have.
struct Shared(Arc<dyn StdError + Send + Sync>);

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for Shared {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The error itself, so that it can be looked for in the chain.
        Some(&*self.0)
    }
}
