//! Heads that are too long, too many, of another protocol, or none.

use super::row::{Row, row, try_out};
use super::server::Step::{Close, Flood};
use super::server::{ok, send};

const BODY: &str = "{\"id\":\"fault\"}";

/// An answer that begins with this line.
fn line(line: &str) -> Row {
    let head = format!("{line}\r\nContent-Length: 14\r\n\r\n");
    row(line, [send(format!("{head}{BODY}")), Close])
}

/// A good answer but for these lines in the head.
fn headers(name: &str, lines: impl AsRef<[u8]>) -> Row {
    let mut bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 14\r\n".to_vec();
    bytes.extend_from_slice(lines.as_ref());
    bytes.extend_from_slice(format!("\r\n{BODY}").as_bytes());
    row(name, [send(bytes), Close])
}

#[tokio::test]
async fn statuses() {
    try_out(vec![
        line("HTTP/1.1 000 Nothing").breaks(),
        line("HTTP/1.1 001 Nothing").breaks(),
        line("HTTP/1.1 099 Nothing").breaks(),
        line("HTTP/1.1 99 Nothing").breaks(),
        line("HTTP/1.1 20 Nothing").breaks(),
        line("HTTP/1.1 2000 Much").breaks(),
        line("HTTP/1.1 -200 Less").breaks(),
        line("HTTP/1.1 2OO OK").breaks(),
        line("HTTP/1.1 OK").breaks(),
        line("HTTP/1.1  200 OK").breaks(),
        line("HTTP/1.1 200"),
        line("HTTP/1.1 200 "),
        line("HTTP/1.1 200 \u{e9}t\u{e9}"),
        line("HTTP/1.1 299 Nearly").does_not_fit(299),
        line("HTTP/1.1 300 Many").fails(300),
        line("HTTP/1.1 400 Bad").fails(400),
        line("HTTP/1.1 408 Late").fails(408),
        line("HTTP/1.1 425 Early").fails(425),
        line("HTTP/1.1 429 Many").fails(429),
        line("HTTP/1.1 500 Oh").fails(500),
        line("HTTP/1.1 501 Oh").fails(501),
        line("HTTP/1.1 502 Oh").fails(502),
        line("HTTP/1.1 503 Oh").fails(503),
        line("HTTP/1.1 504 Oh").fails(504),
        line("HTTP/1.1 505 Oh").fails(505),
        line("HTTP/1.1 599 Oh").fails(599),
        line("HTTP/1.1 600 Beyond").fails(600),
        line("HTTP/1.1 999 Beyond").fails(999),
    ])
    .await;
}

#[tokio::test]
async fn other_protocols() {
    let bytes = |name: &str, bytes: &[u8]| row(name, [send(bytes), Close]);
    try_out(vec![
        line("HTTP/1.0 200 OK"),
        line("HTTP/1.0 503 No").fails(503),
        bytes("1.0 without a length", b"HTTP/1.0 200 OK\r\n\r\n{\"id\":\"fault\"}"),
        // RFC 9112, 6.1: in 1.0 there are no chunks.
        bytes(
            "1.0 with chunks",
            b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n{\"id\":\"fault\"}\r\n0\r\n\r\n",
        )
        .breaks(),
        line("HTTP/0.9 200 OK").breaks(),
        line("HTTP/1.2 200 OK").breaks(),
        line("HTTP/2 200 OK").breaks(),
        line("HTTP/2.0 200 OK").breaks(),
        line("HTTP/3 200").breaks(),
        line("http/1.1 200 OK").breaks(),
        line("ICY 200 OK").breaks(),
        line("RTSP/1.0 200 OK").breaks(),
        bytes("0.9", b"{\"id\":\"fault\"}").breaks(),
        bytes("0.9 of HTML", b"<html>\r\n\r\n").breaks(),
        bytes("ssh", b"SSH-2.0-OpenSSH_9.9\r\n\r\n").breaks(),
        bytes("ftp", b"220 ftp.example ready\r\n").breaks(),
        bytes("smtp", b"500 What\r\n\r\n").breaks(),
        bytes("a TLS alert", &[0x15, 3, 1, 0, 2, 2, 0x46]).breaks(),
        bytes("a TLS hello", &[0x16, 3, 3, 0, 0x31, 2, 0, 0, 0x2d, 3, 3, 1, 2, 3]).breaks(),
        bytes("the settings of HTTP/2", &[0, 0, 0, 4, 0, 0, 0, 0, 0]).breaks(),
        bytes("a request", b"GET /thing HTTP/1.1\r\nHost: a\r\n\r\n").breaks(),
        bytes("zeros", &[0; 4096]).breaks(),
        bytes("0xff", &[0xff; 4096]).breaks(),
        bytes("empty lines", &b"\r\n".repeat(10)).breaks(),
        row("no end of letters", [Flood(vec![b'x'; 4096])]).breaks(),
        row("no end of zeros", [Flood(vec![0; 4096])]).breaks(),
        row("no end of lines", [Flood(b"\r\n".repeat(2000))]).breaks(),
    ])
    .await;
}

#[tokio::test]
async fn strange_headers() {
    let many = |count: usize| "X-Many: yes\r\n".repeat(count);
    let long = |bytes: usize| format!("X-Long: {}\r\n", "x".repeat(bytes));
    try_out(vec![
        headers(
            "not UTF-8",
            b"X-A: \xff\xfe\xe9\r\nRetry-After: \xff\r\nDate: \xff\r\n",
        ),
        headers(
            "a media type that is not UTF-8",
            b"Content-Type: \xff/\xfe\r\n",
        ),
        headers("a cookie that is not UTF-8", b"Set-Cookie: \xff=\xff\r\n"),
        headers("an empty value", "X-A:\r\nX-B: \r\n"),
        headers("a long one", long(60_000)),
        headers("ninety", many(90)),
        headers("thousands", many(5000)).breaks(),
        headers("one too long", long(1_000_000)).breaks(),
        headers("no colon", "what is this\r\n").breaks(),
        headers("no name", ": x\r\n").breaks(),
        headers("a name in two words", "X A: x\r\n").breaks(),
        headers("a blank before the colon", "X-A : x\r\n").breaks(),
        headers("a name that is not ASCII", b"X-\xc3\xa9: x\r\n").breaks(),
        headers("a zero", b"X-A: a\0b\r\n").breaks(),
        headers("a folded one", "X-A: a\r\n b\r\n").breaks(),
        headers("a carriage return", "X-A: a\rb\r\n").breaks(),
        headers("line feeds only", "X-A: a\nX-B: b\n"),
        row("no end of one", [ok("X-A: "), Flood(vec![b'x'; 4096])]).breaks(),
        row("no end of them", [ok(""), Flood(b"X-A: b\r\n".repeat(500))]).breaks(),
        row("no end of a name", [ok(""), Flood(vec![b'x'; 4096])]).breaks(),
    ])
    .await;
}
