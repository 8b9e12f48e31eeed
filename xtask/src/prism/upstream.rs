//! The server behind Prism: it gives the answer that the header `wire-response`
//! of a request has, or that of the mock.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use driftless::mock::{Mock, Request, Response};

/// A running server, for as long as the program runs.
pub(super) struct Upstream {
    /// Where it listens, as a URL.
    pub(super) address: String,
}

impl Upstream {
    pub(super) fn start(mock: Mock) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}", listener.local_addr()?);
        let mock = Arc::new(mock);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mock = mock.clone();
                thread::spawn(move || {
                    // A connection that breaks off fails the test at its other end.
                    let _broken = converse(&stream, &mock);
                });
            }
        });
        Ok(Self { address })
    }
}

/// Answers one request.
fn converse(mut stream: &TcpStream, mock: &Mock) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let request = read(&mut BufReader::new(stream))?;
    let mut headers = request.headers.iter();
    let wanted = headers.find(|(name, _)| name == "wire-response");
    let response = match wanted {
        Some((_, text)) => canned(text).unwrap_or(Response {
            status: 500,
            ..Response::default()
        }),
        None => mock.answer(&request, &AtomicBool::new(false)).response,
    };
    let mut text = format!(
        "HTTP/1.1 {} Answer\r\nconnection: close\r\n",
        response.status
    );
    for (name, value) in &response.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("content-length: {}\r\n\r\n", response.body.len()));
    stream.write_all(text.as_bytes())?;
    stream.write_all(&response.body)
}

fn read(stream: &mut impl BufRead) -> io::Result<Request> {
    let mut first = String::new();
    stream.read_line(&mut first)?;
    let mut words = first.split_whitespace();
    let method = words.next().unwrap_or("").to_owned();
    let target = words.next().unwrap_or("");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        ..Request::default()
    };
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        let (name, value) = (name.to_ascii_lowercase(), value.trim().to_owned());
        if name == "content-length" {
            length = value.parse().unwrap_or(0);
        }
        request.headers.push((name, value));
    }
    request.body = vec![0; length];
    stream.read_exact(&mut request.body)?;
    Ok(request)
}

/// A status, a body in hexadecimal and a media type.
fn canned(text: &str) -> Option<Response> {
    let mut words = text.splitn(3, ' ');
    let status = words.next()?.parse().ok()?;
    let digits = words.next()?.as_bytes();
    let body = digits.chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    let media_type = words.next()?.to_owned();
    Some(Response {
        status,
        headers: vec![("content-type".to_owned(), media_type)],
        body: body.collect::<Option<Vec<u8>>>()?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_from_its_header() {
        let response = Response {
            status: 404,
            headers: vec![("content-type".to_owned(), "text/plain; a=b".to_owned())],
            body: b"a\n".to_vec().into(),
        };
        assert_eq!(canned("404 610a text/plain; a=b"), Some(response));
        for wrong in ["", "404", "x 61 a/b", "404 6x a/b"] {
            assert_eq!(canned(wrong), None, "{wrong:?}");
        }
    }
}
