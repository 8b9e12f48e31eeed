//! Locks of several runs, as threads: each opens the lock file for itself.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

use super::{Attempt, LOCK, Lock, State, attempt, is_at, state, while_nobody_writes};
use crate::cli::{Terminal, Verbosity};

fn lock(out: &Path) -> Lock {
    let terminal = Terminal::new(Some(false), Verbosity::Quiet);
    Lock::acquire(&terminal, out, "driftless generate").unwrap()
}

#[test]
fn one_at_a_time_works_on_a_folder() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("not/there");
    let inside = AtomicUsize::new(0);
    let work = || {
        for _ in 0..50 {
            let _lock = lock(&out);
            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
            fs::write(out.join("file"), "x").unwrap();
            fs::remove_file(out.join("file")).unwrap();
            assert_eq!(inside.fetch_sub(1, Ordering::SeqCst), 1);
        }
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
}

#[test]
fn others_see_who_works_there() {
    let folder = TempDir::new().unwrap();
    let out = folder.path();
    assert_eq!(state(out), State::Free);
    let held = lock(out);
    assert!(matches!(attempt(&out.join(LOCK)), Ok(Attempt::Taken)));
    let expected = format!("process {}: driftless generate", std::process::id());
    assert_eq!(state(out), State::Held(expected));
    drop(held);
    assert_eq!(state(out), State::Free);
}

#[test]
fn a_lock_file_that_nobody_holds_is_taken_over() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(LOCK);
    fs::write(
        &path,
        "process 1: a run that was killed long ago, and more\n",
    )
    .unwrap();
    assert_eq!(state(folder.path()), State::Free);
    let held = lock(folder.path());
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(
        text,
        format!("process {}: driftless generate\n", std::process::id())
    );
    drop(held);
    assert!(!path.exists());
}

#[test]
fn a_file_that_was_replaced_is_not_the_lock() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(LOCK);
    let file = fs::File::create(&path).unwrap();
    assert!(is_at(&file, &path).unwrap());
    fs::remove_file(&path).unwrap();
    assert!(!is_at(&file, &path).unwrap());
    fs::File::create(&path).unwrap();
    assert!(!is_at(&file, &path).unwrap());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("theirs");
    fs::write(&target, "theirs").unwrap();
    std::os::unix::fs::symlink(&target, folder.path().join(LOCK)).unwrap();
    assert!(attempt(&folder.path().join(LOCK)).is_err());
    assert_eq!(fs::read_to_string(&target).unwrap(), "theirs");
}

#[test]
fn a_run_that_has_not_locked_its_file_yet_is_waited_for() {
    let folder = TempDir::new().unwrap();
    let out = folder.path();
    fs::write(out.join(LOCK), "").unwrap();
    assert_eq!(state(out), State::Beginning);
    let read = || Ok(out.join(LOCK).exists());
    thread::scope(|scope| {
        scope.spawn(|| drop(lock(out)));
        assert!(!while_nobody_writes(out, read).unwrap());
    });
    // But not for long.
    fs::write(out.join(LOCK), "").unwrap();
    assert!(while_nobody_writes(out, read).unwrap());
}

#[test]
fn what_changed_while_it_was_read_is_read_again() {
    let folder = TempDir::new().unwrap();
    let out = folder.path();
    let reads = AtomicUsize::new(0);
    let read = || {
        let number = reads.fetch_add(1, Ordering::SeqCst);
        if number == 0 {
            // Times of files are not as fine as those of threads.
            thread::sleep(std::time::Duration::from_millis(50));
            drop(lock(out));
        }
        Ok(number)
    };
    assert_eq!(while_nobody_writes(out, read).unwrap(), 1);
}
