//! Bodies that are too large, packed, or no JSON that anybody wants to read.

use super::row::{LIMIT, Row, row, try_out};
use super::server::Step::{Close, Flood, Stall};
use super::server::{Step, ok, send};

fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Step {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status} What\r\n{headers}Content-Length: {length}\r\n\r\n");
    send([head.as_bytes(), body].concat())
}

/// A success with this body.
fn body(name: &str, body: impl AsRef<[u8]>) -> Row {
    row(name, [answer(200, "", body)])
}

/// An error with this body, which says no more than its status then.
fn error(name: &str, body: impl AsRef<[u8]>) -> Row {
    row(name, [answer(400, "", body)]).fails(400)
}

#[tokio::test]
async fn large_bodies() {
    let good = "{\"id\":\"fault\"}";
    let padded = |length: usize| format!("{good}{}", " ".repeat(length - good.len()));
    let flood = || Flood(vec![b' '; 65536]);
    let chunk = [b"10000\r\n".as_slice(), &[b' '; 65536], b"\r\n"].concat();
    try_out(vec![
        body("as large as can be", padded(LIMIT)),
        body("larger by one", padded(LIMIT + 1)).does_not_fit(200),
        body("much larger", padded(4 * LIMIT)).does_not_fit(200),
        row("without an end", [ok("\r\n"), flood()]).does_not_fit(200),
        row(
            "announced and endless",
            [ok("Content-Length: 1099511627776\r\n\r\n"), flood()],
        )
        .does_not_fit(200),
        row(
            "announced beyond all numbers",
            [ok("Content-Length: 18446744073709551614\r\n\r\n"), flood()],
        )
        .breaks(),
        row(
            "announced and missing",
            [ok("Content-Length: 1099511627776\r\n\r\n"), Close],
        )
        .breaks_after(200),
        row(
            "announced and late",
            [ok("Content-Length: 1099511627776\r\n\r\n"), Stall],
        )
        .takes_too_long(200),
        row(
            "chunks without an end",
            [ok("Transfer-Encoding: chunked\r\n\r\n"), Flood(chunk)],
        )
        .does_not_fit(200),
        row(
            "an error without an end",
            [send("HTTP/1.1 400 No\r\n\r\n"), flood()],
        )
        .fails(400),
        row(
            "an error that passes without an end",
            [send("HTTP/1.1 503 No\r\n\r\n"), flood()],
        )
        .fails(503),
    ])
    .await;
}

/// As gzip (RFC 1952), about two hundred times as long when it is unpacked: a
/// blank, and then "258 bytes as one before" again and again, which takes 13 bits.
fn bomb() -> Vec<u8> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    // RFC 1951, 3.2.6: the last block, of fixed codes; a literal 0x20.
    let mut bits = vec![1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0];
    for _ in 0..8 * 10_000 {
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    }
    for eight in bits.chunks(8) {
        let byte = eight.iter().rev().fold(0, |byte, bit| byte << 1 | bit);
        bytes.push(byte);
    }
    bytes
}

#[tokio::test]
async fn packed_bodies() {
    // Nobody asked for it.
    let bomb = &bomb();
    let packed = |coding: &str| {
        let header = format!("Content-Encoding: {coding}\r\n");
        row(coding, [answer(200, &header, bomb)]).does_not_fit(200)
    };
    try_out(vec![
        packed("gzip"),
        packed("x-gzip"),
        packed("deflate"),
        packed("br"),
        packed("zstd"),
        packed("gzip, gzip, gzip"),
        row(
            "packed in an error",
            [answer(400, "Content-Encoding: gzip\r\n", bomb)],
        )
        .fails(400),
        row(
            "packed chunks",
            [ok(
                "Transfer-Encoding: gzip, chunked\r\n\r\n3\r\n\u{1}\u{2}\u{3}\r\n0\r\n\r\n",
            )],
        )
        .does_not_fit(200),
        // Nothing is packed, whatever the header says.
        row(
            "not packed",
            [answer(
                200,
                "Content-Encoding: gzip\r\n",
                "{\"id\":\"fault\"}",
            )],
        ),
    ])
    .await;
}

#[tokio::test]
async fn strange_json() {
    let deep = "[".repeat(100_000);
    let nested = format!(
        "{{\"other\":{deep}{},\"id\":\"fault\"}}",
        "]".repeat(100_000)
    );
    let objects = "{\"a\":".repeat(100_000);
    let digits = "9".repeat(100_000);
    try_out(vec![
        body("a byte order mark", "\u{feff}{\"id\":\"fault\"}"),
        body("two byte order marks", "\u{feff}\u{feff}{\"id\":\"fault\"}").does_not_fit(200),
        body("UTF-16", b"\xff\xfe{\0}\0").does_not_fit(200),
        body("not UTF-8", b"{\"id\":\"\xff\xfe\"}").does_not_fit(200),
        body(
            "not UTF-8 where nobody looks",
            b"{\"id\":\"fault\",\"other\":\"\xff\"}",
        ),
        body("half of a pair", r#"{"id":"\ud800"}"#).does_not_fit(200),
        body("deep lists", &deep).does_not_fit(200),
        body("deep objects", &objects).does_not_fit(200),
        body("deep where nobody looks", &nested),
        body("a huge number", r#"{"id":1e999999999}"#).does_not_fit(200),
        body(
            "a huge number where nobody looks",
            r#"{"id":"fault","other":1e999999999}"#,
        ),
        body("many digits", format!(r#"{{"id":{digits}}}"#)).does_not_fit(200),
        body(
            "many digits where nobody looks",
            format!(r#"{{"id":"fault","other":{digits}}}"#),
        ),
        body("a key twice", r#"{"id":"other","id":"fault"}"#).does_not_fit(200),
        body(
            "a key twice where nobody looks",
            r#"{"a":1,"id":"fault","a":2}"#,
        ),
        body("a long key", format!(r#"{{"{digits}":1,"id":"fault"}}"#)),
        body("a zero", "\0").does_not_fit(200),
        body("no number", r#"{"id":NaN}"#).does_not_fit(200),
        body("a comma too many", r#"{"id":"fault",}"#).does_not_fit(200),
        body("a comment", r#"{"id":"fault"/**/}"#).does_not_fit(200),
        body("something more", r#"{"id":"fault"}{"id":"fault"}"#).does_not_fit(200),
        body("a list", r#"["fault"]"#).does_not_fit(200),
        body("nothing", "").does_not_fit(200),
        body("null", "null").does_not_fit(200),
        error("an error of deep lists", &deep),
        error("an error of deep objects", &objects),
        error("an error of digits", &digits),
        error("an error that is not UTF-8", b"{\"error_type\":\"\xff\"}"),
        error("an error of zeros", [0; 1000]),
        error("no error", ""),
    ])
    .await;
}
