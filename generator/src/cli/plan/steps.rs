//! The order of a plan's changes: a plan in, its steps out.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Plan, Step, ancestors};
use crate::cli::folder::{Entry, Folder};
use crate::tree::{self, MANIFEST, Tree};

/// The steps of a plan. Whatever happens between two of them, the manifest on
/// the disk lists every file that was ours, is, or is about to be, and nothing
/// that is not.
pub(super) fn steps<'a>(tree: &'a Tree, folder: &Folder, plan: &Plan<'_>) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    // What an interrupted run left may have the name of what this one stages.
    let (partials, orphans): (Vec<&String>, Vec<&String>) = plan
        .removed
        .iter()
        .filter(|path| !path.ends_with('/'))
        .partition(|path| folder.entries.get(*path) == Some(&Entry::Partial));
    steps.extend(partials.into_iter().cloned().map(Step::Remove));
    // What is not ours gives way before a manifest lists its path as ours.
    let moved = plan.moved.iter().cloned();
    steps.extend(moved.map(|(path, aside)| Step::Move(path, aside)));
    let manifests = Manifests::new(tree, folder, plan);
    if let Some(interim) = manifests.interim {
        write(&mut steps, MANIFEST, interim.into());
    }
    // Removing comes before writing: on a file system that ignores case, an
    // orphan may have the name of a file that is about to be written.
    steps.extend(orphans.into_iter().cloned().map(Step::Remove));
    let folders = folders_to_remove(tree, folder, plan);
    // The deepest first.
    steps.extend(folders.iter().rev().cloned().map(Step::RemoveFolder));
    let mut there: BTreeSet<&str> = folder.folders.iter().map(String::as_str).collect();
    for path in &folders {
        there.remove(path.as_str());
    }
    let written: BTreeSet<&String> = plan.created.iter().chain(&plan.changed).collect();
    let written = tree
        .iter()
        .filter(|(path, _)| *path != MANIFEST && written.contains(path));
    let folders = written.clone().flat_map(|(path, _)| ancestors(path));
    for folder in folders.filter(|path| there.insert(path)) {
        steps.push(Step::CreateFolder(folder.to_owned()));
    }
    for (path, file) in written {
        let contents = file.contents.as_str().into();
        match folder.entries.is_empty() {
            true => steps.push(Step::Create(path.clone(), contents)),
            false => write(&mut steps, path, contents),
        }
    }
    if let Some(last) = manifests.last {
        write(&mut steps, MANIFEST, last.into());
    }
    steps
}

fn write<'a>(steps: &mut Vec<Step<'a>>, path: &str, contents: Cow<'a, str>) {
    steps.push(Step::Stage(path.to_owned(), contents));
    steps.push(Step::Place(path.to_owned()));
}

/// The manifests that have to be written: one that lists the old files and the
/// new, before the others change, and that of the tree, after they did.
struct Manifests<'a> {
    interim: Option<String>,
    last: Option<&'a str>,
}

impl<'a> Manifests<'a> {
    fn new(tree: &'a Tree, folder: &Folder, plan: &Plan<'_>) -> Self {
        let on_disk = folder.text(MANIFEST);
        let last = tree.get(MANIFEST).map(|file| file.contents.as_str());
        let paths = folder
            .owned_files()
            .chain(folder.listed())
            .chain(tree.keys().map(String::as_str));
        let header = tree::manifest_header(last.unwrap_or_default());
        let interim = tree::manifest_text(&header, &paths.collect());
        let mut others = plan
            .created
            .iter()
            .chain(&plan.changed)
            .chain(&plan.removed);
        let interim = others.any(|path| path != MANIFEST).then_some(interim);
        // Line endings that a checkout changed are no reason to write.
        let differs = |text: &str, other: Option<&str>| {
            !other.is_some_and(|other| tree::same_text(text, other))
        };
        let interim = interim.filter(|text| differs(text, on_disk));
        let then = interim.as_deref().or(on_disk);
        let last = last.filter(|text| differs(text, then));
        Self { interim, last }
    }
}

/// The folders that have nothing in them once the files are gone, sorted.
fn folders_to_remove(tree: &Tree, folder: &Folder, plan: &Plan<'_>) -> Vec<String> {
    let removed: BTreeSet<&String> = plan.removed.iter().collect();
    let stays = folder.entries.keys().filter(|path| !removed.contains(path));
    let needed: BTreeSet<&str> = stays
        .chain(tree.keys())
        .flat_map(|path| ancestors(path))
        .collect();
    let folders = folder.folders.iter();
    folders
        .filter(|path| !needed.contains(path.as_str()))
        .cloned()
        .collect()
}
