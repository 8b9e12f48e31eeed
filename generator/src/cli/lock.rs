//! Keeps two runs from working on one client crate at once, by a lock file in
//! its folder that is removed when the work is done.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use same_file::Handle;

use super::{Failure, Terminal};
use crate::diagnostic::visible;

#[cfg(test)]
mod tests;

/// The name of the lock file. One that nobody holds was left by a run that was
/// killed.
pub(super) const LOCK: &str = ".driftless-lock";

/// How long a run waits for another.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often it looks.
const INTERVAL: Duration = Duration::from_millis(20);

/// The longest text of a lock file that is read.
const LONGEST: u64 = 4096;

/// The right to change a client crate, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Locked as long as it is open.
    _file: File,
}

/// What came of one attempt to lock the file.
enum Attempt {
    Locked(File),
    /// On a file system that has no locks.
    Unlockable(File),
    /// Another run holds it.
    Taken,
    /// Its holder removed it before it was locked.
    Gone,
}

impl Lock {
    /// Waits until no other run works on the crate in the folder `out`, which
    /// is created where it does not exist, and keeps others out. `command` is
    /// what they are told.
    pub(super) fn acquire(terminal: &Terminal, out: &Path, command: &str) -> Result<Self, Failure> {
        let path = out.join(LOCK);
        let mut wait = Wait::new();
        loop {
            fs::create_dir_all(out).map_err(|error| Failure::io("create", out, &error))?;
            match attempt(&path).map_err(|error| Failure::io("lock", &path, &error))? {
                Attempt::Locked(file) => return Self::new(path, file, command),
                Attempt::Unlockable(file) => {
                    terminal.warning(format_args!(
                        "the file system of {} has no locks: another run would not be noticed",
                        out.display()
                    ));
                    return Self::new(path, file, command);
                }
                Attempt::Gone => {}
                Attempt::Taken => {
                    if wait.is_over() {
                        return Err(busy(out, &holder(&path)));
                    }
                    if wait.is_worth_a_word() {
                        terminal.status("Waiting", format_args!("for {}", holder(&path)));
                    }
                    sleep(INTERVAL);
                }
            }
        }
    }

    fn new(path: PathBuf, mut file: File, command: &str) -> Result<Self, Failure> {
        let text = format!("process {}: {command}\n", std::process::id());
        let written = file
            .set_len(0)
            .and_then(|()| file.write_all(text.as_bytes()));
        let lock = Self { path, _file: file };
        match written {
            Ok(()) => Ok(lock),
            Err(error) => Err(Failure::io("write", &lock.path, &error)),
        }
    }
}

impl Drop for Lock {
    /// Removes the file while it is still locked: whoever locks it after that
    /// sees that it is gone.
    fn drop(&mut self) {
        // The next run removes it, too.
        let _left_over = fs::remove_file(&self.path);
    }
}

fn attempt(path: &Path) -> io::Result<Attempt> {
    // A link would be followed, and a pipe has nobody at its other end.
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::new(
            ErrorKind::AlreadyExists,
            "it is no file: remove it",
        ));
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = match options.open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Attempt::Gone),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) if is_at(&file, path)? => Ok(Attempt::Locked(file)),
        Ok(()) => Ok(Attempt::Gone),
        Err(TryLockError::WouldBlock) => Ok(Attempt::Taken),
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
            Ok(Attempt::Unlockable(file))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the file that is open is the one at `path`.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        return Ok(false);
    }
    match Handle::from_path(path) {
        Ok(there) => Ok(Handle::from_file(file.try_clone()?)? == there),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// What a lock file says of the folder that it is in.
#[derive(Debug, PartialEq, Eq)]
enum State {
    /// There is none, or a run that was killed has left it.
    Free,
    /// It is there and empty: whoever made it is about to lock it.
    Beginning,
    /// It is locked, by the run that it names.
    Held(String),
}

/// Calls `read`, which reads the client crate in the folder `out`, at a time
/// when no run changes it. Nothing is written for that.
pub(super) fn while_nobody_writes<T>(
    out: &Path,
    read: impl Fn() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let wait = Wait::new();
    loop {
        let before = changed(out);
        match state(out) {
            State::Held(holder) if wait.is_over() => return Err(busy(out, &holder)),
            State::Held(_) => {
                sleep(INTERVAL);
                continue;
            }
            State::Beginning if !wait.is_long() => {
                sleep(INTERVAL);
                continue;
            }
            State::Beginning | State::Free => {}
        }
        let found = read();
        // A lock file comes and goes with every run, and changes the folder.
        let is_same = !matches!(state(out), State::Held(_)) && changed(out) == before;
        if is_same || wait.is_over() {
            return found;
        }
    }
}

fn state(out: &Path) -> State {
    let path = out.join(LOCK);
    if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
        return State::Free;
    }
    let Ok(file) = File::open(&path) else {
        return State::Free;
    };
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => State::Held(holder(&path)),
        _ if file.metadata().is_ok_and(|found| found.len() == 0) => State::Beginning,
        _ => State::Free,
    }
}

/// When something in the folder itself was last added or removed.
fn changed(out: &Path) -> Option<SystemTime> {
    fs::symlink_metadata(out).ok()?.modified().ok()
}

/// What the holder of a lock has written about itself.
fn holder(path: &Path) -> String {
    let mut text = Vec::new();
    // It may have ended by now, or not have begun to write.
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut text));
    let text = String::from_utf8_lossy(&text);
    match read.is_ok() && !text.trim().is_empty() {
        true => visible(text.trim()).into_owned(),
        false => "another run".to_owned(),
    }
}

fn busy(out: &Path, holder: &str) -> Failure {
    Failure::new(format!(
        "another run is at work in {}: {holder}",
        out.display()
    ))
    .help("run the command again when it has ended")
}

/// The patience of one run.
struct Wait {
    since: Instant,
    has_said: bool,
}

impl Wait {
    fn new() -> Self {
        Self {
            since: Instant::now(),
            has_said: false,
        }
    }

    fn is_over(&self) -> bool {
        self.since.elapsed() > PATIENCE
    }

    /// Whether it has waited for longer than it takes to begin.
    fn is_long(&self) -> bool {
        self.since.elapsed() > PATIENCE / 5
    }

    /// Whether it is time to say that it waits, which is said once.
    fn is_worth_a_word(&mut self) -> bool {
        let is_time = !self.has_said && self.is_long();
        self.has_said |= is_time;
        is_time
    }
}
