//! A running Prism.

use std::fs::{self, File};
use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use driftless::cli::Failure;

/// How long it may take to start.
const START: Duration = Duration::from_secs(60);

/// Prism in front of a server. It ends with this value.
pub(super) struct Checker {
    process: Child,
    /// Where it listens, as a URL.
    pub(super) address: String,
}

impl Checker {
    /// Starts Prism, to hold what goes to the server and what comes from it
    /// against a document.
    pub(super) fn start(program: &Path, document: &Path, server: &str) -> Result<Self, Failure> {
        let log = program.with_file_name("prism.log");
        let failed = |error: io::Error| Failure::new(format!("could not start Prism: {error}"));
        let output = File::create(&log).map_err(failed)?;
        // It cannot take any port and tell which.
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let address = free.map_err(failed)?;
        let process = Command::new(program)
            .args(["proxy", "--errors", "--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .arg(document)
            .arg(server)
            .stdin(Stdio::null())
            .stderr(output.try_clone().map_err(failed)?)
            .stdout(output)
            .spawn()
            .map_err(failed)?;
        let mut checker = Self {
            process,
            address: format!("http://{address}"),
        };
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = checker.process.try_wait().map_err(failed)?.is_some();
            if ended || started.elapsed() > START {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(Failure {
                    // With the lines of the other program.
                    message: format!("Prism did not start:\n{said}"),
                    help: None,
                });
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(checker)
    }
}

impl Drop for Checker {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}
