//! Redirects are answers like any other: nobody is sent anywhere, least of all
//! with credentials.

use super::row::{row, try_out};
use super::server::send;

/// Where a server may want a client to go.
const PLACES: [(&str, &str); 8] = [
    ("the same place", "/thing?id=fault"),
    ("the same server", "/else"),
    ("another server", "http://ELSEWHERE/else"),
    ("another server by its name only", "//ELSEWHERE/else"),
    ("https", "https://ELSEWHERE/else"),
    ("a file", "file:///etc/passwd"),
    ("no URL at all", "http://[::1"),
    ("nowhere", ""),
];

#[tokio::test]
async fn redirects_are_not_followed() {
    let mut rows = Vec::new();
    for (place, location) in PLACES {
        for status in [301, 302, 303, 307, 308] {
            let name = format!("{status} to {place}");
            let head = format!("HTTP/1.1 {status} Gone\r\nLocation: {location}\r\n");
            let answer = format!("{head}Content-Length: 5\r\n\r\nmoved");
            rows.push(row(name, [send(answer)]).fails(status));
        }
    }
    try_out(rows).await;
}
