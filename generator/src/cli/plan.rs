//! What `generate` is going to do to a folder: the tree that the document asks
//! for and the folder as it is in, a [`Plan`] out. Nothing is touched here.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Failure;
use super::folder::{Entry, Folder};
use crate::tree::{self, Drift, Tree};

mod steps;
#[cfg(test)]
mod tests;

/// All changes to a folder, in order, and their summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan<'a> {
    /// Files that are new.
    pub(super) created: Vec<String>,
    /// Files that get other contents.
    pub(super) changed: Vec<String>,
    /// Files of ours that go, and empty folders (ending in `/`).
    pub(super) removed: Vec<String>,
    /// What is not ours and stays.
    pub(super) left: Vec<String>,
    /// What is not ours and stood in the way of a file: old and new path.
    pub(super) moved: Vec<(String, String)>,
    /// How many files stay as they are.
    pub(super) unchanged: usize,
    /// How to get there.
    pub(super) steps: Vec<Step<'a>>,
}

/// One change to the disk, all or nothing but for [`Step::Create`]. A run that
/// ends between two of them, or in the middle of one, leaves a folder that is
/// known to be ours, that `check` finds fault with, and that the next run mends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Create a folder in that of the crate.
    CreateFolder(String),
    /// Write a file of a crate that is new: nobody reads it before it is whole.
    Create(String, Cow<'a, str>),
    /// Write the contents of a file beside its place.
    Stage(String, Cow<'a, str>),
    /// Put what was staged into its place.
    Place(String),
    /// Remove a file of ours.
    Remove(String),
    /// Remove a folder that is empty by now.
    RemoveFolder(String),
    /// Give way: rename something that is not ours.
    Move(String, String),
}

impl Plan<'_> {
    /// Whether there was no client before.
    pub(super) fn is_first(&self) -> bool {
        let others = [&self.changed, &self.removed];
        self.unchanged == 0
            && self.moved.is_empty()
            && others.iter().all(|paths| paths.is_empty())
            && !self.created.is_empty()
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// The way from the folder as it is to the tree.
pub(super) fn plan<'a>(tree: &'a Tree, folder: &Folder) -> Result<Plan<'a>, Failure> {
    let drift = tree::differences(tree, &folder.texts());
    let mut plan = Plan {
        unchanged: tree.len() - drift.missing.len() - drift.stale.len(),
        ..Plan::default()
    };
    sort_out(tree, folder, &drift, &mut plan)?;
    if drift.is_empty() || (drift.len() == plan.left.len() && plan.moved.is_empty()) {
        return Ok(plan);
    }
    plan.steps = steps::steps(tree, folder, &plan);
    Ok(plan)
}

/// Decides what becomes of every path that differs.
fn sort_out(
    tree: &Tree,
    folder: &Folder,
    drift: &Drift,
    plan: &mut Plan<'_>,
) -> Result<(), Failure> {
    plan.created.clone_from(&drift.missing);
    for path in &drift.stale {
        if folder.owns(path) {
            plan.changed.push(path.clone());
        } else {
            plan.moved.push((path.clone(), aside(path, tree, folder)));
            plan.created.push(path.clone());
        }
    }
    plan.created.sort();
    for path in &drift.orphan {
        match folder.keeps(path) {
            true => plan.left.push(path.clone()),
            false => plan.removed.push(path.clone()),
        }
    }
    let stays: BTreeSet<&str> = plan
        .left
        .iter()
        .map(|path| path.trim_end_matches('/'))
        .collect();
    let mut moved = BTreeSet::new();
    for path in tree.keys() {
        // A file that is not ours where a folder has to be.
        for folder_path in ancestors(path).filter(|path| stays.contains(path)) {
            match folder.entries.get(folder_path) {
                Some(Entry::File(_) | Entry::Unread(_)) => moved.insert(folder_path.to_owned()),
                _ => return Err(in_the_way(folder_path, path)),
            };
        }
        // A folder that has something not ours in it where a file has to be.
        let inside = format!("{path}/");
        if stays.iter().any(|left| left.starts_with(&inside)) || stays.contains(path.as_str()) {
            return Err(in_the_way(path, path));
        }
    }
    plan.left.retain(|path| !moved.contains(path));
    plan.moved.extend(moved.into_iter().map(|path| {
        let aside = aside(&path, tree, folder);
        (path, aside)
    }));
    Ok(())
}

fn in_the_way(obstacle: &str, path: &str) -> Failure {
    Failure::new(format!(
        "`{obstacle}` was not made by this command and is in the way of `{path}`"
    ))
    .help("move it elsewhere; nothing was written")
}

/// A free name for what stands at `path` and is not ours.
fn aside(path: &str, tree: &Tree, folder: &Folder) -> String {
    let taken = |path: &String| {
        tree.contains_key(path)
            || folder.entries.contains_key(path)
            || folder.folders.contains(path)
    };
    (1..)
        .map(|number| match number {
            1 => format!("{path}.kept"),
            _ => format!("{path}.kept-{number}"),
        })
        .find(|path| !taken(path))
        // One of the numbers is free: the folder is finite.
        .unwrap_or_default()
}

/// The folders that lead to `path`, the outermost first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}
