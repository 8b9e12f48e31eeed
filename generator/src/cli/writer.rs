//! The steps of a plan, done: the only place that changes a client crate on the
//! disk.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::folder::PARTIAL;
use super::plan::Step;
use crate::threads::each;
use crate::tree::MANIFEST;

#[cfg(test)]
mod tests;

/// Does the steps, in the folder at `out`: in order but for files, which do not
/// wait for one another.
pub(super) fn perform(out: &Path, steps: &[Step<'_>]) -> Result<(), Failure> {
    for steps in steps.chunk_by(|step, next| is_file(step) && is_file(next)) {
        let files = steps
            .chunk_by(|_, next| matches!(next, Step::Place(_)))
            .enumerate();
        let done = each(files, |(number, steps)| {
            let mut steps = steps.iter();
            steps.try_for_each(|step| perform_step(out, step, number))
        });
        done.into_iter().collect::<Result<(), Failure>>()?;
    }
    Ok(())
}

/// Whether a step makes a file that nothing else waits for, as everything does
/// for a manifest.
fn is_file(step: &Step<'_>) -> bool {
    match step {
        Step::Create(..) => true,
        Step::Stage(path, _) | Step::Place(path) => path != MANIFEST,
        _ => false,
    }
}

fn perform_step(out: &Path, step: &Step<'_>, number: usize) -> Result<(), Failure> {
    let (doing, path) = match step {
        Step::CreateFolder(path) => ("create", path.as_str()),
        Step::Create(path, _) | Step::Stage(path, _) | Step::Place(path) => {
            ("write", path.as_str())
        }
        Step::Remove(path) | Step::RemoveFolder(path) => ("remove", path.as_str()),
        Step::Move(path, _) => ("move", path.as_str()),
    };
    do_step(out, step, number).map_err(|error| {
        Failure::io(doing, &out.join(path), &error)
            .help("run the command again to finish what it began")
    })
}

fn do_step(out: &Path, step: &Step<'_>, number: usize) -> io::Result<()> {
    match step {
        Step::CreateFolder(path) => match fs::create_dir(out.join(path)) {
            Err(error)
                if error.kind() == ErrorKind::AlreadyExists && is_folder(&out.join(path)) =>
            {
                Ok(())
            }
            result => result,
        },
        Step::Create(path, contents) => create(&out.join(path), contents),
        Step::Stage(path, contents) => create(&partial(out, path, number), contents),
        Step::Place(path) => fs::rename(partial(out, path, number), out.join(path)),
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
/// this process and file, so that texts never mix.
fn partial(out: &Path, path: &str, number: usize) -> PathBuf {
    out.join(path)
        .with_file_name(format!("{PARTIAL}{}-{number}", std::process::id()))
}

/// Writes a file that must not exist yet: whatever has its name, a link above
/// all, is not ours to write through.
fn create(path: &Path, contents: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(contents.as_bytes());
    if written.is_err() {
        drop(file);
        // The failure to write is what there is to report.
        let _already_failed = fs::remove_file(path);
    }
    written
}
