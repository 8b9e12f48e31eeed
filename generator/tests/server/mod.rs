//! The `mock` command, running: a document in, a server to ask out.

#![allow(
    dead_code,
    reason = "every test program compiles this file and uses a part of it"
)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A running server.
pub(crate) struct Server {
    process: Child,
    address: String,
    said: Option<JoinHandle<String>>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Server {
    /// The command of a server for a document, on a port of its own.
    pub(crate) fn command(spec: &Path, flags: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_driftless"));
        command.args(["mock", "--color", "never"]);
        if !flags.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command
            .arg("--spec")
            .arg(spec)
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Where a server listens that was started; `None` where it could not.
    pub(crate) fn address(process: &mut Child) -> Option<String> {
        let mut line = String::new();
        let stdout = process.stdout.take().expect("a stream");
        let _ended = BufReader::new(stdout).read_line(&mut line);
        line.trim_end().strip_prefix("http://").map(str::to_owned)
    }

    /// Starts a server for a document.
    pub(crate) fn start(spec: &Path, flags: &[&str]) -> Self {
        let mut process = Self::command(spec, flags).spawn().expect("a server");
        let mut stderr = process.stderr.take().expect("a stream");
        let said = thread::spawn(move || {
            let mut text = Vec::new();
            let _ended = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        let Some(address) = Self::address(&mut process) else {
            let _ended = process.wait();
            panic!("{spec:?} {flags:?}: {:?}", said.join());
        };
        Self {
            process,
            address,
            said: Some(said),
        }
    }

    /// The most bytes of memory that it has had.
    #[cfg(target_os = "linux")]
    pub(crate) fn peak_memory(&self) -> usize {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).expect("a status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = peak.and_then(|peak| peak.trim().strip_suffix(" kB"));
        let kilobytes = kilobytes.and_then(|number| number.parse::<usize>().ok());
        kilobytes.expect("a number") << 10
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        let limit = Some(Duration::from_secs(60));
        stream.set_read_timeout(limit).expect("a timeout");
        stream
    }

    /// Sends a text; the status and all of what comes back until the server
    /// closes the connection.
    pub(crate) fn raw(&self, request: &str) -> (String, String) {
        let mut stream = self.connect();
        // It need not be read to its end.
        let _cut = stream.write_all(request.as_bytes());
        let mut text = Vec::new();
        let _cut = stream.read_to_end(&mut text);
        let text = String::from_utf8_lossy(&text).into_owned();
        let status = text.split(' ').nth(1).unwrap_or("").to_owned();
        (status, text)
    }

    /// The answer; `None` where there is none.
    pub(crate) fn try_ask(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Option<Answer> {
        let mut request =
            format!("{method} {target} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str(&format!("\r\n{body}"));
        let (_, text) = self.raw(&request);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(": "));
        Some(Answer {
            status,
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: body.to_owned(),
        })
    }

    /// The answer, which there must be.
    #[track_caller]
    pub(crate) fn ask(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        self.try_ask(method, target, headers, body)
            .unwrap_or_else(|| panic!("no answer to {method} {target}"))
    }

    /// Stops it as a user does, and gives what it said.
    pub(crate) fn stop(mut self) -> String {
        self.end();
        let said = self.said.take().expect("a thread");
        said.join().expect("a text")
    }

    fn end(&mut self) {
        #[cfg(unix)]
        {
            let id = self.process.id().to_string();
            let interrupted = Command::new("kill").args(["-INT", &id]).status();
            if interrupted.is_ok_and(|status| status.success()) {
                let ended = self.process.wait().expect("an end");
                assert_eq!(ended.code(), Some(0), "after Ctrl-C");
                return;
            }
        }
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
