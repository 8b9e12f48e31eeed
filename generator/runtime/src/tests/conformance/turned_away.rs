//! 429 and 503, and when the server says to come back.

use std::time::Duration;

use super::row::{Row, row, try_out};
use super::server::send;

/// An answer of this status with these headers.
fn refusal(status: u16, headers: &str) -> Row {
    let head = format!("HTTP/1.1 {status} Later\r\n{headers}");
    let name = format!("{status} {}", headers.trim_end());
    let row = row(name, [send(format!("{head}Content-Length: 0\r\n\r\n"))]);
    row.fails(status).timeout(Duration::from_secs(20))
}

#[tokio::test]
async fn the_server_says_when_to_come_back() {
    let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT";
    // Waited for, or too absurd to be: three attempts.
    let mut rows = Vec::new();
    for headers in [
        "",
        "Retry-After: 0",
        "Retry-After: 00",
        "Retry-After: 61",
        "Retry-After: 31536000",
        "Retry-After: 18446744073709551615",
        "Retry-After: 99999999999999999999999",
        "Retry-After: -1",
        "Retry-After: 1.5",
        "Retry-After: 30s",
        "Retry-After: +30",
        "Retry-After: 0x1e",
        "Retry-After:",
        "Retry-After: soon",
        "Retry-After: \u{662}\u{660}",
        "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
        "Retry-After: Sun, 32 Nov 1994 08:49:37 GMT",
        "Retry-After: 1994-11-06T08:50:07Z",
        "Retry-After: 0\r\nRetry-After: 30",
        &format!("{date}\r\nRetry-After: Sun, 06 Nov 1994 08:00:00 GMT"),
        &format!("{date}\r\nRetry-After: Sun, 06 Nov 1994 09:49:37 GMT"),
    ] {
        let headers = match headers {
            "" => String::new(),
            _ => format!("{headers}\r\n"),
        };
        rows.push(refusal(429, &headers));
        rows.push(refusal(503, &headers));
    }
    // Believed, and not worth waiting for: the call ends before.
    for headers in [
        "Retry-After: 30\r\n",
        "Retry-After: 60\r\n",
        "retry-after:   30   \r\n",
        "Retry-After: 30\r\nRetry-After: 0\r\n",
        &format!("{date}\r\nRetry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\n"),
    ] {
        rows.push(refusal(429, headers).attempts(1, 1));
        rows.push(refusal(503, headers).attempts(1, 1));
    }
    try_out(rows).await;
}
