//! The same in HTTP/2: a server of frames, written by hand, to a client that
//! knows before that it is one.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::row::{Get, Post, Row, call, row, try_out};
use super::server::Step::{Close, Drip, Flood, HalfClose, Pause, Reset, Stall};
use super::server::{Script, State, Step, run, send};
use crate::runtime::*;

// RFC 9113, section 6.
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PUSH_PROMISE: u8 = 5;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;

const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;

/// Stands for the stream that the request came on.
const STREAM: u32 = 0x7fff_fff1;

const BODY: &[u8] = b"{\"id\":\"fault\"}";

pub(super) fn transport() -> Arc<dyn Transport> {
    let builder = ReqwestTransport::builder(DEFAULT_CONNECT_TIMEOUT).unwrap();
    let builder = builder.no_proxy().http2_prior_knowledge();
    Arc::new(ReqwestTransport::from_builder(builder).unwrap())
}

/// One connection; `None` when the client leaves.
pub(super) async fn serve(mut stream: TcpStream, script: &Script, state: &State) -> Option<()> {
    stream.read_exact(&mut [0; 24]).await.ok()?;
    stream.write_all(&frame(SETTINGS, 0, 0, b"")).await.ok()?;
    loop {
        let (kind, flags, id, payload) = read_frame(&mut stream).await?;
        match kind {
            HEADERS => {}
            SETTINGS if flags & ACK == 0 => {
                stream.write_all(&frame(SETTINGS, ACK, 0, b"")).await.ok()?;
                continue;
            }
            PING if flags & ACK == 0 => {
                stream
                    .write_all(&frame(PING, ACK, 0, &payload))
                    .await
                    .ok()?;
                continue;
            }
            _ => continue,
        }
        // Of the request, only the fields are compressed: calls that come next
        // are known by their stream, not by what they are.
        let own = |bytes: &[u8]| replace(bytes, &STREAM.to_be_bytes(), &id.to_be_bytes());
        if state.behaves() {
            let answer = [head(&[0x88]), data(END_STREAM, b"{\"id\":\"next\"}")].concat();
            stream.write_all(&own(&answer)).await.ok()?;
        } else {
            let mut script = script.clone();
            for step in &mut script.steps {
                if let Step::Send(bytes) | Step::Flood(bytes) | Step::Drip(bytes) = step {
                    *bytes = own(bytes);
                }
            }
            stream = run(stream, &script, state).await?;
        }
    }
}

fn replace(bytes: &[u8], from: &[u8; 4], to: &[u8; 4]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|four| four == from) {
        at += found;
        bytes[at..at + 4].copy_from_slice(to);
    }
    bytes
}

async fn read_frame(stream: &mut TcpStream) -> Option<(u8, u8, u32, Vec<u8>)> {
    let word = stream.read_u32().await.ok()?;
    let (length, kind) = ((word >> 8) as usize, word as u8);
    let flags = stream.read_u8().await.ok()?;
    let id = stream.read_u32().await.ok()?;
    let mut payload = vec![0; length];
    stream.read_exact(&mut payload).await.ok()?;
    Some((kind, flags, id, payload))
}

fn frame(kind: u8, flags: u8, id: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &id.to_be_bytes()].concat();
    [&head, payload].concat()
}

/// The head of an answer. RFC 7541: `0x88` is `:status: 200`.
fn head(fields: &[u8]) -> Vec<u8> {
    frame(HEADERS, END_HEADERS, STREAM, fields)
}

/// `:status` and three digits.
fn status(status: &str) -> Vec<u8> {
    [&[8, 3], status.as_bytes()].concat()
}

/// A field that is in no table.
fn field(name: &str, value: &str) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).unwrap();
    let mut field = vec![0, length(name)];
    field.extend_from_slice(name.as_bytes());
    field.push(length(value));
    field.extend_from_slice(value.as_bytes());
    field
}

fn data(flags: u8, bytes: &[u8]) -> Vec<u8> {
    frame(DATA, flags, STREAM, bytes)
}

fn reset(reason: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, STREAM, &reason.to_be_bytes())
}

fn go_away(last: u32, reason: u32) -> Vec<u8> {
    frame(
        GOAWAY,
        0,
        0,
        &[last.to_be_bytes(), reason.to_be_bytes()].concat(),
    )
}

fn whole() -> Vec<u8> {
    [head(&[0x88]), data(END_STREAM, BODY)].concat()
}

/// An answer of these frames.
fn frames(name: &str, frames: &[Vec<u8>]) -> Row {
    row(name, [send(frames.concat())]).of_frames()
}

fn steps(name: &str, steps: impl IntoIterator<Item = Step>) -> Row {
    row(name, steps).of_frames()
}

// RFC 9113, section 7.
const NO_ERROR: u32 = 0;
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

#[tokio::test]
async fn streams_that_break() {
    let ok = || head(&[0x88]);
    try_out(vec![
        frames("as it should be", &[whole()]),
        // Nothing was done, and still a POST is not sent again: the transport
        // does not tell this from what may have been done.
        frames("refused", &[reset(REFUSED_STREAM)]).breaks(),
        frames("reset before the headers", &[reset(INTERNAL_ERROR)]).breaks(),
        frames("cancelled before the headers", &[reset(CANCEL)]).breaks(),
        steps(
            "reset after the headers",
            [send(ok()), Pause, send(reset(CANCEL))],
        )
        .breaks_after(200),
        steps(
            "reset in the body",
            [
                send([ok(), data(0, &BODY[..5])].concat()),
                Pause,
                send(reset(INTERNAL_ERROR)),
            ],
        )
        .breaks_after(200),
        // RFC 9113, 8.1: it wants no more of the request.
        frames("reset after the body", &[whole(), reset(NO_ERROR)]),
        steps(
            "reset in an error that passes",
            [
                send([head(&status("503")), data(0, b"{")].concat()),
                Pause,
                send(reset(INTERNAL_ERROR)),
            ],
        )
        .fails(503),
        frames(
            "another stream is reset",
            &[
                frame(RST_STREAM, 0, 0x7fff_fff3, &CANCEL.to_be_bytes()),
                whole(),
            ],
        )
        .breaks(),
    ])
    .await;
}

#[tokio::test]
async fn connections_of_frames_that_end() {
    let gone = || go_away(STREAM, NO_ERROR);
    try_out(vec![
        steps("closed", [Close]).breaks(),
        steps("reset", [Reset]).breaks(),
        steps(
            "closed after the headers",
            [send(head(&[0x88])), Pause, Close],
        )
        .breaks_after(200),
        steps(
            "reset with the connection",
            [send(head(&[0x88])), Pause, Reset],
        )
        .breaks_after(200),
        frames("gone before the request", &[go_away(0, NO_ERROR)]).breaks(),
        frames(
            "gone before the request, in calm",
            &[go_away(0, ENHANCE_YOUR_CALM)],
        )
        .breaks(),
        frames("gone after the request", &[gone(), whole()]),
        steps(
            "gone after the request, and closed",
            [send([gone(), whole()].concat()), HalfClose, Stall],
        ),
        steps(
            "gone with the request",
            [send(go_away(STREAM, INTERNAL_ERROR)), Close],
        )
        .breaks(),
        frames("gone after the answer", &[whole(), gone()]),
    ])
    .await;
}

#[tokio::test]
async fn streams_that_stall() {
    let no_window = frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]);
    let pings = frame(PING, 0, 0, &[0; 8]).repeat(100);
    try_out(vec![
        steps("never answers", []).takes_too_long(None),
        steps("never answers at all", []).takes_too_long_in_all(None),
        frames("takes no body", &[no_window]).takes_too_long(None),
        frames("stalls after the headers", &[head(&[0x88])]).takes_too_long(200),
        frames("stalls in the body", &[head(&[0x88]), data(0, b"{")]).takes_too_long(200),
        steps("says nothing more", [Stall])
            .takes_too_long(None)
            .holds_on(),
        steps("a head drips", [Drip(head(&field("x", "y").repeat(20)))])
            .takes_too_long(None)
            .holds_on(),
        steps(
            "a body drips",
            [send(head(&[0x88])), Drip(data(0, b" ").repeat(200))],
        )
        .takes_too_long_in_all(200)
        .holds_on(),
        steps(
            "early answers only",
            [Flood(head(&status("103")).repeat(10))],
        )
        .takes_too_long(None)
        .holds_on(),
        steps("pings only", [Flood(pings)])
            .takes_too_long(None)
            .holds_on(),
    ])
    .await;
}

#[tokio::test]
async fn frames_that_are_wrong() {
    let ok = || head(&[0x88]);
    let with = |name: &str, fields: Vec<u8>| {
        let fields = [vec![0x88], fields].concat();
        steps(
            name,
            [send(head(&fields)), Pause, send(data(END_STREAM, BODY))],
        )
    };
    let long = frame(DATA, 0, STREAM, &[b' '; 20_000]);
    let promise = frame(PUSH_PROMISE, END_HEADERS, STREAM, &[0, 0, 0, 2, 0x82]);
    let unfinished = frame(HEADERS, 0, STREAM, &[0x88]);
    let more = frame(CONTINUATION, 0, STREAM, &field("x", "y").repeat(1000));
    try_out(vec![
        frames("an early answer", &[head(&status("103")), whole()]),
        frames(
            "a trailer",
            &[
                ok(),
                data(0, BODY),
                frame(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    STREAM,
                    &field("late", "yes"),
                ),
            ],
        ),
        frames("404", &[head(&status("404")), data(END_STREAM, b"{}")]).fails(404),
        frames("429", &[head(&status("429")), data(END_STREAM, b"{}")]).fails(429),
        frames("503", &[head(&status("503")), data(END_STREAM, b"{}")]).fails(503),
        frames("no status", &[head(&field("x", "y"))]).breaks(),
        frames("status 000", &[head(&status("000"))]).breaks(),
        frames("status 099", &[head(&status("099"))]).breaks(),
        frames("status abc", &[head(&status("abc"))]).breaks(),
        frames("a body without a head", &[data(END_STREAM, BODY)]).breaks(),
        frames("fields that cannot be read", &[head(&[0xff; 20])]).breaks(),
        with("a name in capitals", field("X-A", "y")).breaks(),
        with("a line feed in a value", field("x", "a\nb")).breaks(),
        with("a header of connections", field("connection", "close")).breaks(),
        with("too short a length", field("content-length", "3")).breaks_after(200),
        with("too long a length", field("content-length", "99")).breaks_after(200),
        frames("a promise that nobody asked for", &[promise]).breaks(),
        steps("too long a frame", [send(ok()), Pause, send(long)]).breaks_after(200),
        frames(
            "a frame of a stream that is not there",
            &[frame(DATA, 0, 0x7fff_fff3, b"x"), whole()],
        )
        .breaks(),
        frames(
            "frames of unknown kinds",
            &[frame(0xfa, 0xff, STREAM, b"what"), whole()],
        ),
        steps("no end of fields", [send(unfinished), Flood(more)]).breaks(),
        steps(
            "no end of the body",
            [send(ok()), Flood(data(0, &[b' '; 16_384]))],
        )
        .does_not_fit(200),
        steps("no frames", [send("HTTP/1.1 200 OK\r\n\r\n")]).breaks(),
        steps("no frames at all", [Flood(vec![0xff; 4096])]).breaks(),
    ])
    .await;
}

/// A call that is dropped ends its stream, and the connection stays.
#[tokio::test]
async fn a_dropped_call_resets_its_stream() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut settings = Settings::new("fixture/1");
    settings.transport(transport());
    let core = settings.build(&url).unwrap();
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_exact(&mut [0; 24]).await.unwrap();
        stream.write_all(&frame(SETTINGS, 0, 0, b"")).await.unwrap();
        loop {
            let (kind, ..) = read_frame(&mut stream).await.unwrap();
            if kind == HEADERS {
                return stream;
            }
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(20), async {
        let mut stream = tokio::select! {
            _ = call::<Get>(&core, "get").send() => panic!("it ends"),
            stream = server => stream,
        };
        loop {
            let (kind, _, _, payload) = read_frame(&mut stream).await.unwrap();
            if kind == RST_STREAM {
                return payload;
            }
        }
    });
    assert_eq!(in_time.await.expect("an end"), CANCEL.to_be_bytes());
}

/// All calls share a connection: where it is dead, and nobody has said so, the
/// client finds out by itself.
#[tokio::test]
async fn a_dead_connection_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut dead, _) = listener.accept().await.unwrap();
        dead.write_all(&frame(SETTINGS, 0, 0, b"")).await.unwrap();
        let silence = async {
            let mut rest = Vec::new();
            let _either = dead.read_to_end(&mut rest).await;
            std::future::pending::<()>().await;
        };
        let script = Script::from(vec![send(whole())]);
        let answers = async {
            let (stream, _) = listener.accept().await.unwrap();
            serve(stream, &script, &State::default()).await;
        };
        tokio::select! {
            () = silence => {}
            () = answers => {}
        }
    });
    let mut settings = Settings::new("fixture/1");
    settings.transport(transport());
    settings.timeout(Duration::from_secs(50));
    let core = settings.build(&url).unwrap();
    let (get, post) = tokio::join!(
        call::<Get>(&core, "get").send(),
        call::<Post>(&core, "post").send()
    );
    let response = get.unwrap();
    assert_eq!((response.id.as_str(), response.attempts()), ("fault", 2));
    // The server may have got it before it died.
    let error = post.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert_eq!(error.timeout(), None);
    drop(core);
    server.abort();
}
