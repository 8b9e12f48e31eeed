//! The folder of a client crate, judged before anything in it is touched: a
//! path in, the same path without detours out, or a refusal.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::Failure;
use super::folder::has_manifest;

/// The folder at `out`, which need not exist. Refused are files, paths that
/// lead through links or into another client crate, and folders that hold the
/// repository or any of `read`.
pub(super) fn resolve(
    out: &Path,
    repository: Option<&Path>,
    read: &[PathBuf],
) -> Result<PathBuf, Failure> {
    let here = std::env::current_dir()
        .map_err(|error| Failure::new(format!("could not find the current folder: {error}")))?;
    let folder = walk(out, &here, repository)?;
    match fs::symlink_metadata(&folder) {
        Ok(found) if !found.is_dir() => {
            return Err(Failure::new(format!("{} is not a folder", out.display())));
        }
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Failure::io("look at", out, &error));
        }
        _ => {}
    }
    if let Some(client) = client_around(&folder) {
        return Err(Failure::new(format!(
            "{} is inside of another generated client: {}",
            out.display(),
            client.display()
        ))
        .help("name a folder outside of it with `--out DIR`"));
    }
    // A folder that does not exist yet holds nothing.
    let Ok(canonical) = folder.canonicalize() else {
        return Ok(folder);
    };
    let holds = |path: &Path| {
        path.canonicalize()
            .is_ok_and(|path| path.starts_with(&canonical))
    };
    if repository.is_some_and(holds) {
        return Err(Failure::new(format!(
            "{} holds the repository, not just a client crate",
            out.display()
        ))
        .help("name a folder for the crate alone with `--out DIR`"));
    }
    match read.iter().find(|path| holds(path)) {
        Some(input) => Err(Failure::new(format!(
            "{} holds {}, which the client crate is made from",
            out.display(),
            input.display()
        ))
        .help("name a folder for the crate alone with `--out DIR`")),
        None => Ok(folder),
    }
}

/// The folder of a client crate that `folder` is in, if it is in one.
fn client_around(folder: &Path) -> Option<PathBuf> {
    let mut parents = folder.ancestors().skip(1);
    let nearest = parents.find_map(|parent| parent.canonicalize().ok())?;
    let mut around = nearest.ancestors();
    around
        .find(|parent| has_manifest(parent))
        .map(Path::to_owned)
}

/// The absolute path of `out` without `.` and `..`, when no part of it is a
/// link. What leads to the current folder or the repository is not looked at,
/// nor is the first folder of the file system: those are the user's and the
/// system's own arrangement (`/tmp` is a link on some systems).
fn walk(out: &Path, here: &Path, repository: Option<&Path>) -> Result<PathBuf, Failure> {
    let absolute = here.join(out);
    let trusted = [Some(here), repository]
        .into_iter()
        .flatten()
        .find(|base| absolute.starts_with(base));
    let trusted = match trusted {
        Some(base) => base.components().count(),
        None => {
            let mut parts = absolute.components();
            let prefix = parts
                .by_ref()
                .take_while(|part| !matches!(part, Component::RootDir));
            prefix.count() + 2
        }
    };
    let mut walked = PathBuf::new();
    for (at, part) in absolute.components().enumerate() {
        match part {
            Component::CurDir => continue,
            // No part before it is a link, so this is where it leads.
            Component::ParentDir => {
                walked.pop();
                continue;
            }
            _ => walked.push(part),
        }
        if at >= trusted && fs::symlink_metadata(&walked).is_ok_and(|found| found.is_symlink()) {
            return Err(Failure::new(format!(
                "{} leads through a link: {}",
                out.display(),
                walked.display()
            ))
            .help("links are not followed: name the folder that it leads to"));
        }
    }
    Ok(walked)
}
