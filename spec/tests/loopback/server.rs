//! An HTTP/1.1 server by hand: answers go in, the requests come out.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// How long to wait for a client that does not do what it should.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the server sends back, and what it does after that.
pub struct Answer {
    bytes: Vec<u8>,
    end: End,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Close,
    /// The next answer goes out on the same connection.
    KeepAlive,
    Reset,
    /// Sends nothing more and waits for the client to leave.
    Stall,
    /// Sends more and more until the client leaves.
    Endless,
}

impl Answer {
    /// A complete JSON answer.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(status, "Content-Type: application/json\r\n", body)
    }

    /// A complete answer. Each of the header lines ends in CRLF.
    pub fn new(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let length = body.as_ref().len();
        Self::raw(format!(
            "HTTP/1.1 {status} Phrase\r\n{headers}Content-Length: {length}\r\n\r\n"
        ))
        .followed_by(body)
    }

    /// Just these bytes.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            end: End::Close,
        }
    }

    fn followed_by(mut self, more: impl AsRef<[u8]>) -> Self {
        self.bytes.extend_from_slice(more.as_ref());
        self
    }

    fn ending(self, end: End) -> Self {
        Self { end, ..self }
    }

    pub fn then_keep_alive(self) -> Self {
        self.ending(End::KeepAlive)
    }

    pub fn then_reset(self) -> Self {
        self.ending(End::Reset)
    }

    pub fn then_stall(self) -> Self {
        self.ending(End::Stall)
    }

    pub fn then_endlessly_more(self) -> Self {
        self.ending(End::Endless)
    }
}

/// Gives each answer once, in order, each on a connection of its own where the
/// answer before it does not say otherwise.
pub struct Server {
    port: u16,
    task: JoinHandle<(TcpListener, Vec<Request>)>,
}

impl Server {
    pub async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers: Vec<Answer> = answers.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let task = tokio::spawn(async move {
            let mut requests = Vec::new();
            let mut answers = answers.into_iter();
            while let Some(mut answer) = answers.next() {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                loop {
                    let mut request = read(&mut stream).await;
                    let again = give(&answer, &mut stream, &mut request).await;
                    requests.push(request);
                    if !again {
                        break;
                    }
                    answer = answers
                        .next()
                        .expect("an answer after one that keeps alive");
                }
            }
            (listener, requests)
        });
        Self { port, task }
    }

    pub fn authority(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.authority())
    }

    /// All requests, when every answer is given and every connection over.
    /// Fails when there was one request too few or one connection too many.
    pub async fn requests(self) -> Vec<Request> {
        let finished = tokio::time::timeout(2 * PATIENCE, self.task);
        let (listener, requests) = finished
            .await
            .expect("a request for each answer")
            .expect("a server that did not fail");
        Unreached::from(listener.into_std().expect("a socket")).check("after the last answer");
        requests
    }

    /// The only request.
    pub async fn request(self) -> Request {
        let mut requests = self.requests().await;
        assert_eq!(requests.len(), 1);
        requests.remove(0)
    }
}

/// Answers one request; whether another may come on the same connection.
async fn give(answer: &Answer, stream: &mut TcpStream, request: &mut Request) -> bool {
    // A client may have had enough before the end.
    let sent = stream.write_all(&answer.bytes).await.is_ok();
    match answer.end {
        End::KeepAlive => return sent,
        End::Reset => stream.set_zero_linger().expect("a socket option"),
        End::Close => {
            let _ = stream.shutdown().await;
        }
        End::Stall => {}
        End::Endless => {
            let more = vec![b'x'; 1024 * 1024];
            while stream.write_all(&more).await.is_ok() {}
        }
    }
    if !matches!(answer.end, End::Reset) {
        // Whatever else the client has to say belongs to the request.
        let rest = stream.read_to_end(&mut request.body);
        let _ = tokio::time::timeout(PATIENCE, rest).await;
    }
    false
}

/// Reads up to the end of the body that `Content-Length` announces.
async fn read(stream: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            bytes.truncate(end);
            let mut request = Request::parse(bytes, body);
            while request.body.len() < request.content_length() {
                more(stream, &mut request.body).await;
            }
            return request;
        }
        more(stream, &mut bytes).await;
    }
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) {
    let count = stream.read_buf(bytes).await.expect("bytes");
    assert_ne!(count, 0, "the request breaks off");
}

/// A request as it arrived.
#[derive(Debug)]
pub struct Request {
    pub line: String,
    /// Sorted; the names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    fn parse(head: Vec<u8>, body: Vec<u8>) -> Self {
        let head = String::from_utf8(head).expect("UTF-8");
        let mut lines = head.split("\r\n").map(str::to_owned);
        let line = lines.next().expect("a request line");
        let mut headers: Vec<(String, String)> = lines
            .map(|line| {
                let (name, value) = line.split_once(": ").expect("a header");
                (name.to_ascii_lowercase(), value.to_owned())
            })
            .collect();
        headers.sort();
        Self {
            line,
            headers,
            body,
        }
    }

    /// The value of a header that may occur once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "`{name}` twice");
        value
    }

    fn content_length(&self) -> usize {
        self.header("content-length")
            .map_or(0, |length| length.parse().expect("a length"))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }
}

/// A server that nobody may connect to.
pub struct Unreached(std::net::TcpListener);

impl Unreached {
    pub fn new() -> Self {
        std::net::TcpListener::bind("127.0.0.1:0")
            .expect("a port")
            .into()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }

    /// The system has a connection waiting as soon as a client has one.
    pub fn check(&self, when: &str) {
        match self.0.accept() {
            Ok(_) => panic!("a connection, {when}"),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock),
        }
    }
}

impl From<std::net::TcpListener> for Unreached {
    fn from(listener: std::net::TcpListener) -> Self {
        listener.set_nonblocking(true).expect("a socket option");
        Self(listener)
    }
}

/// A port that is taken, so that no other test gets it, and refuses everybody.
pub struct Refusing(TcpSocket);

impl Refusing {
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        let any = "127.0.0.1:0".parse().expect("an address");
        socket.bind(any).expect("a port");
        Self(socket)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }
}
