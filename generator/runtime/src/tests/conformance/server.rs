//! A server that breaks the rules: the same script for each request, until it is
//! told to behave.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Long enough for the client to have seen what was sent before.
const PAUSE: Duration = Duration::from_millis(50);

/// Between two bytes of what comes slowly.
const DRIP: Duration = Duration::from_millis(30);

/// What the server does; one thing after another.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Send(Vec<u8>),
    /// Sends a byte at a time, slowly.
    Drip(Vec<u8>),
    /// Sends this again and again until the client leaves.
    Flood(Vec<u8>),
    /// Lets the client see what was sent.
    Pause,
    /// Says that nothing more comes, and stays.
    HalfClose,
    /// Sends nothing more until the client leaves.
    Stall,
    Close,
    Reset,
}

/// Sends a text, of which `ELSEWHERE` is the address of another server.
pub(super) fn send(text: impl AsRef<[u8]>) -> Step {
    Step::Send(text.as_ref().to_vec())
}

/// A head that says nothing of a body, and then something else.
pub(super) fn ok(rest: &str) -> Step {
    send(format!("HTTP/1.1 200 OK\r\n{rest}"))
}

/// What the server is asked to do.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) steps: Vec<Step>,
    /// Whether it starts before the client has said anything.
    pub(super) unasked: bool,
    /// Whether it is one of frames.
    #[cfg(feature = "http2")]
    pub(super) frames: bool,
}

impl From<Vec<Step>> for Script {
    fn from(steps: Vec<Step>) -> Self {
        Self {
            steps,
            unasked: false,
            #[cfg(feature = "http2")]
            frames: false,
        }
    }
}

#[derive(Default)]
pub(super) struct State {
    behaves: AtomicBool,
    runs: AtomicU32,
    ends: AtomicU32,
    sent: AtomicUsize,
}

impl State {
    pub(super) fn behaves(&self) -> bool {
        self.behaves.load(Ordering::SeqCst)
    }
}

pub(super) struct Server {
    address: String,
    elsewhere: std::net::TcpListener,
    state: Arc<State>,
}

impl Server {
    pub(super) async fn start(script: &Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mut script = script.clone();
        let other = elsewhere.local_addr().unwrap().to_string();
        for step in &mut script.steps {
            if let Step::Send(bytes) = step {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    *bytes = text.replace("ELSEWHERE", &other).into_bytes();
                }
            }
        }
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (script, state) = (script.clone(), Arc::clone(&shared));
                // The client may leave at any time.
                tokio::spawn(async move { serve(stream, &script, &state).await });
            }
        });
        Self {
            address,
            elsewhere,
            state,
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How often the script was started.
    pub(super) fn runs(&self) -> u32 {
        self.state.runs.load(Ordering::SeqCst)
    }

    /// Waits until the script has come to its end as often as it was started.
    pub(super) async fn ended(&self) {
        while self.state.ends.load(Ordering::SeqCst) < self.runs() {
            tokio::time::sleep(PAUSE).await;
        }
        // What it sent last is still on its way.
        tokio::time::sleep(2 * PAUSE).await;
    }

    /// How many bytes the client let the script send.
    pub(super) fn sent(&self) -> usize {
        self.state.sent.load(Ordering::SeqCst)
    }

    /// From now on each request gets its own answer.
    pub(super) fn behave(&self) {
        self.state.behaves.store(true, Ordering::SeqCst);
    }

    /// Whether anybody has come to the other server.
    pub(super) fn was_left(&self) -> bool {
        self.elsewhere.accept().is_ok()
    }
}

/// One connection; `None` when the client leaves.
async fn serve(mut stream: TcpStream, script: &Script, state: &State) -> Option<()> {
    #[cfg(feature = "http2")]
    if script.frames {
        return super::http2::serve(stream, script, state).await;
    }
    let mut unread = Vec::new();
    loop {
        if script.unasked && !state.behaves() {
            return run(stream, script, state).await.map(drop);
        }
        let id = read_request(&mut stream, &mut unread).await?;
        if state.behaves() {
            let body = format!(r#"{{"id":"{id}"}}"#);
            let length = body.len();
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.ok()?;
        } else {
            stream = run(stream, script, state).await?;
        }
    }
}

/// Runs the script; the connection, where it can be used again.
pub(super) async fn run(
    mut stream: TcpStream,
    script: &Script,
    state: &State,
) -> Option<TcpStream> {
    state.runs.fetch_add(1, Ordering::SeqCst);
    for step in &script.steps {
        match step {
            Step::Send(bytes) => stream.write_all(bytes).await.ok()?,
            Step::Drip(bytes) => {
                for byte in bytes {
                    stream.write_all(&[*byte]).await.ok()?;
                    tokio::time::sleep(DRIP).await;
                }
            }
            Step::Flood(bytes) => loop {
                stream.write_all(bytes).await.ok()?;
                state.sent.fetch_add(bytes.len(), Ordering::SeqCst);
            },
            Step::Pause => tokio::time::sleep(PAUSE).await,
            Step::HalfClose => stream.shutdown().await.ok()?,
            Step::Stall => {
                let mut rest = [0; 1024];
                while stream.read(&mut rest).await.ok()? > 0 {}
                return None;
            }
            Step::Close => return None,
            Step::Reset => {
                stream.set_zero_linger().unwrap();
                return None;
            }
        }
    }
    state.ends.fetch_add(1, Ordering::SeqCst);
    Some(stream)
}

/// Reads a request and tells which it is.
pub(in crate::tests) async fn read_request(
    stream: &mut TcpStream,
    unread: &mut Vec<u8>,
) -> Option<String> {
    loop {
        let text = String::from_utf8_lossy(unread).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                let found = name.eq_ignore_ascii_case("content-length");
                found.then(|| value.parse::<usize>().unwrap())
            });
            let length = length.unwrap_or(0);
            if body.len() >= length {
                unread.drain(..head.len() + 4 + length);
                let (_, id) = head.split_once("?id=")?;
                return id.split(' ').next().map(str::to_owned);
            }
        }
        if stream.read_buf(unread).await.ok()? == 0 {
            return None;
        }
    }
}
