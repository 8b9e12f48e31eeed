//! Tells the client that a folder has from another one, so that none is
//! replaced by mistake.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Failure;
use super::folder::Folder;
use crate::tree::{self, Identity, MANIFEST, Tree};

#[cfg(test)]
mod tests;

/// The part of operations and types that two clients have to share so that one
/// is the other under a new name: 9 of 10.
const SAME_API: (usize, usize) = (9, 10);

/// Refuses a folder that has the client of another crate or of another API than
/// `tree`. Where the crate name alone has changed, the crate was renamed; but not
/// by the command line (`is_named`): then it is more likely that the folder is
/// the wrong one.
pub(super) fn check(
    tree: &Tree,
    folder: &Folder,
    out: &str,
    is_named: bool,
) -> Result<(), Failure> {
    let Some(new) = identity(|path| tree.get(path).map(|file| file.contents.as_str())) else {
        return Ok(());
    };
    let Some(old) = identity(|path| folder.text(path)) else {
        return Ok(());
    };
    // A manifest of an earlier version says nothing of its document.
    let same = |old: &str, new: &str| old.is_empty() || old == new;
    let has_name = old.crate_name == new.crate_name;
    let has_document = same(&old.document, &new.document);
    let has_configuration = same(&old.configuration, &new.configuration);
    let before = folder.text(SURFACE).map(items).unwrap_or_default();
    let after = tree.get(SURFACE).map(|file| items(&file.contents));
    let after = after.unwrap_or_default();
    let shared = before.intersection(&after).count();
    let all = before.union(&after).count();
    let is_same = match has_name {
        true => has_document || shared > 0 || before.is_empty(),
        false => {
            let is_renamed = has_document && has_configuration && !is_named;
            is_renamed && shared * SAME_API.1 >= all * SAME_API.0
        }
    };
    if is_same {
        return Ok(());
    }
    let what = match has_name {
        true => format!("the client of another API, made from {}", old.document),
        false => format!("the client `{}`, not `{}`", old.crate_name, new.crate_name),
    };
    Err(Failure::new(format!("{out} has {what}")).help(
        "name another folder with `--out DIR`; if the client in this one is no longer \
             needed, remove the folder: all files that `.driftless` lists in it are generated",
    ))
}

/// The path of the file that describes the public API of a crate.
const SURFACE: &str = "surface.json";

/// What the manifest says that the files of a crate are, or, where that is
/// silent, what `Cargo.toml` says.
fn identity<'a>(text: impl Fn(&str) -> Option<&'a str>) -> Option<Identity> {
    if let Some(identity) = text(MANIFEST).and_then(tree::manifest_identity) {
        return Some(identity);
    }
    let manifest: toml::Table = text("Cargo.toml")?.parse().ok()?;
    let name = manifest.get("package")?.get("name")?.as_str()?;
    Some(Identity {
        crate_name: name.to_owned(),
        ..Identity::default()
    })
}

/// The operations and types of a surface, by names that do not depend on that
/// of the crate.
fn items(surface: &str) -> BTreeSet<String> {
    let surface: Json = serde_json::from_str(surface).unwrap_or_default();
    let list = |key: &str| {
        let list = surface.get(key).and_then(Json::as_array);
        list.cloned().unwrap_or_default()
    };
    let text = |item: &Json, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let operations = list("operations");
    let operations = operations
        .iter()
        .map(|item| format!("{} {}", text(item, "method"), text(item, "path")));
    let types = list("types");
    let types = types.iter().map(|item| {
        let rust = text(item, "rust");
        let name = rust.split_once("::").map(|(_, name)| name.to_owned());
        name.unwrap_or(rust)
    });
    operations.chain(types).collect()
}
