//! A connection that values go over, and the values.

use std::cell::Cell;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use crate::runtime::*;
use crate::tests::fixture::{Client, client};

/// A client and a server that keeps what it reads.
pub(super) struct Wire {
    runtime: Runtime,
    pub(super) client: Client,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
    sent: Cell<u32>,
}

/// How often each property is tried.
const CASES: u32 = 400;

/// Tries a property with values that are the same each time.
pub(super) fn check<S: Strategy>(values: S, property: impl Fn(&Wire, S::Value)) {
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(4711),
        ..Config::default()
    };
    let wire = Wire::new();
    let outcome = TestRunner::new(config).run(&values, |value| {
        property(&wire, value);
        Ok(())
    });
    outcome.unwrap();
    // Where nearly all were refused, nothing would have been tried.
    assert!(
        wire.sent.get() > CASES / 10,
        "{} were sent",
        wire.sent.get()
    );
}

impl Wire {
    fn new() -> Self {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_all().build().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let seen = Arc::clone(&seen);
                tokio::spawn(async move { serve(stream, &seen).await });
            }
        });
        Self {
            runtime,
            client: client(&url),
            requests,
            sent: Cell::new(0),
        }
    }

    /// The request that arrives; `None` where the call is refused, and then
    /// none does.
    pub(super) fn send<O: Operation>(&self, call: Call<'_, O>) -> Option<Sent> {
        let outcome = self.runtime.block_on(call.send());
        let mut requests = std::mem::take(&mut *self.requests.lock().unwrap());
        match outcome {
            Ok(_) => {
                assert_eq!(requests.len(), 1, "one call is one request");
                self.sent.set(self.sent.get() + 1);
                Some(Sent::parse(requests.remove(0)))
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error:?}");
                assert!(requests.is_empty(), "sent, though it was refused");
                None
            }
        }
    }
}

async fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Vec<u8>>>) -> Option<()> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = length(&bytes).filter(|end| bytes.len() >= *end) {
            // Nothing comes before it is asked for.
            assert_eq!(bytes.len(), end, "more than one request");
            seen.lock().unwrap().push(std::mem::take(&mut bytes));
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"connection_id\":\"c\"}";
            stream.write_all(answer.as_bytes()).await.ok()?;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// How long the request is; `None` where its head is not there.
fn length(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = bytes[..end].to_ascii_lowercase();
    let name = b"\r\ncontent-length: ";
    let body = head.windows(name.len()).position(|part| part == name);
    let body = body.map_or(0, |at| {
        let digits = head[at + name.len()..].split(|byte| *byte == b'\r').next();
        std::str::from_utf8(digits.unwrap())
            .unwrap()
            .parse()
            .unwrap()
    });
    Some(end + body)
}

/// A request as a server reads it.
#[derive(Debug)]
pub(super) struct Sent {
    /// The last segment of the path and the query, as they are.
    pub(super) encoded: (String, String),
    /// Between the slashes, decoded.
    pub(super) segments: Vec<Vec<u8>>,
    /// Decoded.
    pub(super) query: Vec<(Vec<u8>, Vec<u8>)>,
    /// Names in lower case.
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

impl Sent {
    fn parse(bytes: Vec<u8>) -> Self {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let body = bytes[end + 4..].to_vec();
        let mut lines = bytes[..end].split(|byte| *byte == b'\n');
        let first = std::str::from_utf8(lines.next().unwrap()).unwrap();
        let (method, rest) = first.trim_end_matches('\r').split_once(' ').unwrap();
        assert!(
            ["GET", "POST", "PUT", "DELETE"].contains(&method),
            "{first}"
        );
        let (target, version) = rest.split_once(' ').unwrap();
        assert_eq!(version, "HTTP/1.1");
        assert!(
            target.bytes().all(|byte| byte.is_ascii_graphic()),
            "{target}"
        );
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (_, last) = path.rsplit_once('/').unwrap();
        let segments = path.strip_prefix('/').unwrap().split('/').map(decode);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            // Some servers read a plus as a blank, others do not.
            assert!(!pair.contains('+'), "{pair}");
            let (name, value) = pair.split_once('=').unwrap();
            (decode(name), decode(value))
        });
        let headers = lines.map(|line| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let colon = line.iter().position(|byte| *byte == b':').unwrap();
            let name = std::str::from_utf8(&line[..colon]).unwrap();
            let value = line[colon + 1..].strip_prefix(b" ").unwrap();
            (name.to_ascii_lowercase(), value.to_vec())
        });
        Self {
            encoded: (last.to_owned(), query.to_owned()),
            segments: segments.collect(),
            query: pairs.collect(),
            headers: headers.collect(),
            body,
        }
    }

    /// The only header of this name.
    pub(super) fn header(&self, name: &str) -> &[u8] {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = &found.next().expect(name).1;
        assert!(found.next().is_none(), "`{name}` twice");
        value
    }
}

/// Undoes percent-encoding (RFC 3986, 2.1), once.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        decoded.push(match byte {
            b'%' => {
                let digits = std::str::from_utf8(&after[..2]).unwrap();
                rest = &after[2..];
                u8::from_str_radix(digits, 16).unwrap()
            }
            other => *other,
        });
    }
    decoded
}

/// What means something to somebody on the way.
const PIECES: [&str; 44] = [
    "",
    ".",
    "..",
    "/",
    "\\",
    "%",
    "%2e",
    "%2E",
    "%2f",
    "%5c",
    "%25",
    "%00",
    "%zz",
    "?",
    "#",
    "&",
    "=",
    ";",
    ",",
    "+",
    " ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\r\n\r\n",
    "\0",
    "\u{7f}",
    "\u{80}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "\u{ff0e}",
    "e\u{301}",
    "{id}",
    "\"",
    "'",
    "\r\nX-Evil: 1",
    "|",
];

/// Texts, most of them strange.
pub(super) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        2 => "[ -~]{1,4}",
        2 => any::<char>().prop_map(String::from),
        1 => "[a-z0-9]{1,12}",
    ];
    prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}
