//! Where a message ends: lengths and chunks that are wrong, bodies where there
//! can be none, answers that nobody asked for.

use super::row::{Row, row, try_out};
use super::server::Step::{Close, Flood, Pause, Stall};
use super::server::{ok, send};

const BODY: &str = "{\"id\":\"fault\"}";
const CHUNK: &str = "e\r\n{\"id\":\"fault\"}\r\n";
const WHOLE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"id\":\"fault\"}";

/// A whole answer that must never be taken for one to the next request.
const SMUGGLED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"id\":\"smuggled\"}";

/// A body after a header, or several.
fn body_after(name: &str, header: &str) -> Row {
    row(name, [ok(&format!("{header}\r\n\r\n{BODY}")), Close])
}

#[tokio::test]
async fn wrong_lengths() {
    let after = |length: &str| body_after(length, &format!("Content-Length: {length}"));
    try_out(vec![
        after("14"),
        after("15").breaks_after(200),
        after("9223372036854775807").breaks_after(200),
        after("13").does_not_fit(200),
        after("0").does_not_fit(200),
        after("-1").breaks(),
        after("-14").breaks(),
        after("+14").breaks(),
        after("14.0").breaks(),
        after("0xe").breaks(),
        after("fourteen").breaks(),
        after("").breaks(),
        after("1 4").breaks(),
        after("18446744073709551616").breaks(),
        after("99999999999999999999999999").breaks(),
        after("14, 15").breaks(),
        body_after("twice the same", "Content-Length: 14\r\nContent-Length: 14"),
        body_after("two lengths", "Content-Length: 14\r\nContent-Length: 5").breaks(),
        body_after("none", "A: b"),
        // What is too short leaves something over that looks like an answer.
        row(
            "an answer in the rest",
            [ok(&format!("Content-Length: 14\r\n\r\n{BODY}{SMUGGLED}"))],
        ),
        row(
            "an answer in the rest of what does not fit",
            [ok(&format!("Content-Length: 0\r\n\r\n{SMUGGLED}"))],
        )
        .does_not_fit(200),
        row(
            "an answer in the rest of an error",
            [send(format!(
                "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{{}}{SMUGGLED}"
            ))],
        )
        .fails(404),
        row(
            "an answer that nobody asked for, later",
            [send(WHOLE), Pause, send(SMUGGLED)],
        )
        .waits_for_the_end(),
        row(
            "rubbish that nobody asked for",
            [send(WHOLE), send("\0\0\0\0")],
        ),
        row(
            "empty lines after the answer",
            [send(WHOLE), send("\r\n\r\n")],
        ),
        row("many answers", [send(WHOLE), Flood(SMUGGLED.into())]),
    ])
    .await;
}

#[tokio::test]
async fn wrong_chunks() {
    let chunked = |name: &str, body: &str| {
        let head = "Transfer-Encoding: chunked\r\n\r\n";
        row(name, [ok(&format!("{head}{body}")), Close])
    };
    let coded = |coding: &str| {
        let head = format!("Transfer-Encoding: {coding}");
        row(
            coding,
            [ok(&format!("{head}\r\n\r\n{CHUNK}0\r\n\r\n")), Close],
        )
    };
    let both = |name: &str, head: &str| {
        row(
            name,
            [ok(&format!("{head}\r\n\r\n{CHUNK}0\r\n\r\n")), Close],
        )
    };
    let head = "Transfer-Encoding: chunked\r\n\r\n";
    try_out(vec![
        chunked("as it should be", &format!("{CHUNK}0\r\n\r\n")),
        chunked(
            "with an extension",
            &format!("0e;a=\"b\"\r\n{BODY}\r\n0\r\n\r\n"),
        ),
        chunked(
            "with a trailer",
            &format!("{CHUNK}0\r\nX-Late: yes\r\n\r\n"),
        ),
        chunked("no last chunk", CHUNK).breaks_after(200),
        chunked("no empty line after the last", &format!("{CHUNK}0\r\n")).breaks_after(200),
        chunked("cut in a chunk", "e\r\n{\"id\":").breaks_after(200),
        chunked("cut in a length", "e").breaks_after(200),
        chunked("no chunk at all", "").breaks_after(200),
        chunked("no length", &format!("{BODY}\r\n0\r\n\r\n")).breaks_after(200),
        chunked("an empty length", &format!("\r\n{BODY}\r\n0\r\n\r\n")).breaks_after(200),
        chunked("a negative length", &format!("-e\r\n{BODY}\r\n0\r\n\r\n")).breaks_after(200),
        chunked(
            "a length of the wrong kind",
            &format!("0xe\r\n{BODY}\r\n0\r\n\r\n"),
        )
        .breaks_after(200),
        chunked(
            "a length beyond all numbers",
            &format!("fffffffffffffffff\r\n{BODY}"),
        )
        .breaks_after(200),
        chunked(
            "a length beyond all memory",
            &format!("7fffffffffffffff\r\n{BODY}"),
        )
        .breaks_after(200),
        chunked("too short a length", &format!("d\r\n{BODY}\r\n0\r\n\r\n")).breaks_after(200),
        chunked("too long a length", &format!("f\r\n{BODY}\r\n0\r\n\r\n")).breaks_after(200),
        chunked(
            "rubbish after a length",
            &format!("e!\r\n{BODY}\r\n0\r\n\r\n"),
        )
        .breaks_after(200),
        chunked("binary rubbish", "\u{1}\u{2}\u{ff}\0").breaks_after(200),
        chunked(
            "an answer after the last",
            &format!("{CHUNK}0\r\n\r\n{SMUGGLED}"),
        ),
        row(
            "an endless extension",
            [ok(&format!("{head}e;")), Flood(vec![b'x'; 4096])],
        )
        .breaks_after(200),
        row("an endless length", [ok(head), Flood(vec![b'0'; 4096])]).takes_too_long(200),
        row(
            "an endless trailer",
            [
                ok(&format!("{head}{CHUNK}0\r\nX: ")),
                Flood(vec![b'x'; 4096]),
            ],
        )
        .breaks_after(200),
        row(
            "endless trailers",
            [
                ok(&format!("{head}{CHUNK}0\r\n")),
                Flood(b"X: y\r\n".repeat(500)),
            ],
        )
        .breaks_after(200),
        row(
            "stalls between chunks",
            [ok(&format!("{head}{CHUNK}")), Stall],
        )
        .takes_too_long(200),
        // RFC 9112, 6.3: the chunks count.
        both(
            "chunked and a length",
            "Content-Length: 3\r\nTransfer-Encoding: chunked",
        ),
        both(
            "a length and chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 3",
        ),
        both(
            "chunked and a wrong length",
            "Transfer-Encoding: chunked\r\nContent-Length: -3",
        ),
        coded("CHUNKED"),
        // Until the connection ends, and then it is no JSON.
        coded("identity").does_not_fit(200),
        coded("chunked, identity").does_not_fit(200),
        coded("gzip, chunked"),
        coded("xchunked").does_not_fit(200),
    ])
    .await;
}

#[tokio::test]
async fn bodies_where_there_can_be_none() {
    let with_body = |status: u16, headers: &str| {
        let name = format!("{status} with a body {headers:?}");
        let head = format!("HTTP/1.1 {status} What\r\n{headers}\r\n");
        row(name, [send(format!("{head}{SMUGGLED}"))])
    };
    try_out(vec![
        with_body(204, "").does_not_fit(204),
        with_body(204, "Content-Length: 55\r\n").does_not_fit(204),
        with_body(204, "Transfer-Encoding: chunked\r\n").does_not_fit(204),
        with_body(304, "").fails(304),
        with_body(304, "Content-Length: 55\r\n").fails(304),
        row("204 and then nothing", [send("HTTP/1.1 204 No\r\n\r\n")]).does_not_fit(204),
        row(
            "205 with a body",
            [send(format!(
                "HTTP/1.1 205 No\r\nContent-Length: 14\r\n\r\n{BODY}"
            ))],
        )
        .does_not_fit(205),
        row("a HEAD without a body", [ok("Content-Length: 14\r\n\r\n")]).of_head(),
        row("a HEAD with a body", [send(WHOLE)]).of_head(),
        row(
            "a HEAD with chunks",
            [ok(&format!(
                "Transfer-Encoding: chunked\r\n\r\n{CHUNK}0\r\n\r\n"
            ))],
        )
        .of_head(),
        row(
            "a HEAD with an answer",
            [ok(&format!("Content-Length: 55\r\n\r\n{SMUGGLED}"))],
        )
        .of_head(),
    ])
    .await;
}

#[tokio::test]
async fn answers_that_come_first() {
    let early = |name: &str, status: &str, times: usize| {
        let early = format!("HTTP/1.1 {status}\r\nLink: </a>\r\n\r\n").repeat(times);
        row(name, [send(early), send(WHOLE)])
    };
    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n".to_vec();
    try_out(vec![
        early("100", "100 Continue", 1),
        early("102", "102 Processing", 1),
        early("103", "103 Early Hints", 1),
        early("199", "199 What", 1),
        early("a thousand of 103", "103 Early Hints", 1000),
        early("twenty thousand of 100", "100 Continue", 20_000),
        row("no end of 100", [Flood(go_on.repeat(100))]).takes_too_long(None),
        row(
            "no end of 100 in the whole call",
            [Flood(go_on.repeat(100))],
        )
        .takes_too_long_in_all(None),
        row("only 100", [send(&go_on), Close]).breaks(),
        row("only 100, and then nothing", [send(&go_on), Stall]).takes_too_long(None),
        row(
            "100 with a body",
            [
                send("HTTP/1.1 100 Go\r\nContent-Length: 5\r\n\r\nhello"),
                send(WHOLE),
            ],
        )
        .breaks(),
        row(
            "101",
            [
                send("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
                send(WHOLE),
            ],
        )
        .fails(101),
        row(
            "101 without an upgrade",
            [send("HTTP/1.1 101 Switching\r\n\r\n"), send(WHOLE)],
        )
        .fails(101),
    ])
    .await;
}
