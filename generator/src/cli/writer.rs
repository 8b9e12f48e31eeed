//! The steps of a plan, done: the only place that changes a client crate on the
//! disk.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::Failure;
use super::folder::PARTIAL;
use super::plan::Step;
use crate::tree::MANIFEST;

#[cfg(test)]
mod tests;

/// How many files each thread has to write at least.
const FEW: usize = 32;

/// Does the steps in order, in the folder at `out`. Files that are written one
/// after the other are written side by side: each is a matter of its own.
pub(super) fn perform(out: &Path, steps: &[Step<'_>]) -> Result<(), Failure> {
    let mut rest = steps;
    while let Some(step) = rest.first() {
        let (files, others) = rest.split_at(2 * files(rest));
        if files.is_empty() {
            do_step(out, step, 0)?;
            rest = &rest[1..];
        } else {
            write_files(out, files)?;
            rest = others;
        }
    }
    Ok(())
}

/// How many files the steps begin with. A manifest is none of them: what it
/// lists is written after it.
fn files(steps: &[Step<'_>]) -> usize {
    let is_file = |pair: &&[Step<'_>]| match pair {
        [Step::Stage(path, _), Step::Place(place)] => path == place && path != MANIFEST,
        _ => false,
    };
    steps.chunks_exact(2).take_while(is_file).count()
}

/// Stages and places files, on all the cores there are.
fn write_files(out: &Path, steps: &[Step<'_>]) -> Result<(), Failure> {
    let files: Vec<&[Step<'_>]> = steps.chunks_exact(2).collect();
    let next = AtomicUsize::new(0);
    let work = |worker| {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            for step in *file {
                // The others stop after the file that they are at.
                do_step(out, step, worker)
                    .inspect_err(|_| next.store(files.len(), Ordering::Relaxed))?;
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let others: Vec<_> = (1..cores.min(files.len() / FEW))
            .filter_map(|worker| {
                let builder = thread::Builder::new();
                builder.spawn_scoped(scope, move || work(worker)).ok()
            })
            .collect();
        let here = work(0);
        let others = others.into_iter().map(|other| match other.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        std::iter::once(here).chain(others).collect()
    })
}

fn do_step(out: &Path, step: &Step<'_>, worker: usize) -> Result<(), Failure> {
    let (doing, path) = match step {
        Step::CreateRoot => ("create", ""),
        Step::CreateFolder(path) => ("create", path.as_str()),
        Step::Stage(path, _) | Step::Place(path) => ("write", path.as_str()),
        Step::Remove(path) | Step::RemoveFolder(path) => ("remove", path.as_str()),
        Step::Move(path, _) => ("move", path.as_str()),
    };
    change(out, step, worker).map_err(|error| {
        Failure::io(doing, &out.join(path), &error)
            .help("run the command again to finish what it began")
    })
}

fn change(out: &Path, step: &Step<'_>, worker: usize) -> io::Result<()> {
    match step {
        Step::CreateRoot => fs::create_dir_all(out),
        Step::CreateFolder(path) => match fs::create_dir(out.join(path)) {
            Err(error)
                if error.kind() == ErrorKind::AlreadyExists && is_folder(&out.join(path)) =>
            {
                Ok(())
            }
            result => result,
        },
        Step::Stage(path, contents) => stage(&partial(out, path, worker), contents),
        Step::Place(path) => fs::rename(partial(out, path, worker), out.join(path)),
        Step::Remove(path) => fs::remove_file(out.join(path)),
        Step::RemoveFolder(path) => fs::remove_dir(out.join(path)),
        Step::Move(path, aside) => fs::rename(out.join(path), out.join(aside)),
    }
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Where a file is written before it is renamed into place: in the same
/// folder, so that the renaming is one step for every reader, and by a name of
/// this thread of this process, so that two never mix their texts.
fn partial(out: &Path, path: &str, worker: usize) -> PathBuf {
    let process = std::process::id();
    out.join(path)
        .with_file_name(format!("{PARTIAL}{process}-{worker}"))
}

/// Writes a file that must not exist yet: whatever has its name, a link above
/// all, is not ours to write through.
fn stage(path: &Path, contents: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(contents.as_bytes());
    if written.is_err() {
        drop(file);
        // The failure to write is what there is to report.
        let _already_failed = fs::remove_file(path);
    }
    written
}
