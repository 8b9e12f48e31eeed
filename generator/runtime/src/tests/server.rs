//! An HTTP server by hand: scripted replies go in, the bytes of the requests
//! come out. One connection per reply.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request.
pub(super) enum Reply {
    /// Writes these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Writes these bytes and then nothing more, without closing.
    Stall(Vec<u8>),
    /// Closes the connection with the request unread, which resets it.
    Reset,
}

pub(super) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

/// A reply with a body and a matching `Content-Length`.
pub(super) fn reply(status: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Bytes(
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
            .into_bytes(),
    )
}

/// A reply of type `application/json`.
pub(super) fn json(status: &str, body: &str) -> Reply {
    reply(status, "Content-Type: application/json\r\n", body)
}

impl Server {
    /// Answers as many requests as there are replies.
    pub(super) async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut open = Vec::new();
            for reply in replies {
                let (mut stream, _) = listener.accept().await.unwrap();
                if let Reply::Reset = reply {
                    stream.readable().await.unwrap();
                    seen.lock().unwrap().push(String::new());
                    continue;
                }
                let request = read_request(&mut stream).await;
                seen.lock().unwrap().push(request);
                match reply {
                    Reply::Bytes(bytes) => stream.write_all(&bytes).await.unwrap(),
                    Reply::Stall(bytes) => {
                        stream.write_all(&bytes).await.unwrap();
                        open.push(stream);
                    }
                    Reply::Reset => {}
                }
            }
            // Connections that stall stay open as long as the test runs.
            std::future::pending::<()>().await;
            drop(open);
        });
        Self { port, requests }
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests so far, byte for byte.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The only request: its first line, its other lines sorted, its body.
    /// The port of the `Host` line is replaced by `PORT`, and the platform in
    /// that of the user agent by `PLATFORM`.
    pub(super) fn request(&self) -> (String, Vec<String>, String) {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
        use std::env::consts::{ARCH, OS};
        let platform = format!("({OS}; {ARCH})");
        let mut lines = head.split("\r\n").map(str::to_owned);
        let first = lines.next().unwrap();
        let mut headers: Vec<String> = lines
            .map(|line| line.replace(&self.port.to_string(), "PORT"))
            .map(|line| line.replace(&platform, "PLATFORM"))
            .collect();
        headers.sort();
        (first, headers, body.to_owned())
    }
}

/// Reads up to the end of the body that `Content-Length` announces.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let read = stream.read(&mut part).await.unwrap();
        assert_ne!(read, 0, "the client closed the connection early");
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            assert!(!head.to_lowercase().contains("transfer-encoding"), "{head}");
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_lowercase()
                        .strip_prefix("content-length: ")?
                        .parse()
                        .ok()
                })
                .unwrap_or(0);
            if body.len() >= length {
                return text.into_owned();
            }
        }
    }
}
