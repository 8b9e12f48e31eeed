//! Plans that are refused, and plans that have nothing to do.

use std::fs;

use tempfile::TempDir;

use super::plan;
use crate::cli::folder::Folder;
use crate::tree::{self, File, Identity, MANIFEST, Tree};

fn tree(paths: &[&str]) -> Tree {
    let file = |path: &&str| {
        let file = File {
            contents: format!("// {path}\n"),
            origin: None,
        };
        ((*path).to_owned(), file)
    };
    let mut tree: Tree = paths.iter().map(file).collect();
    tree.insert(
        MANIFEST.to_owned(),
        tree::manifest(&tree, "driftless generate", &Identity::default()),
    );
    tree
}

#[test]
fn a_folder_that_is_not_ours_in_the_place_of_a_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(MANIFEST);
    fs::write(
        path,
        tree::manifest(&Tree::new(), "driftless generate", &Identity::default()).contents,
    )
    .unwrap();
    fs::create_dir_all(folder.path().join("src/lib.rs")).unwrap();
    fs::write(folder.path().join("src/lib.rs/mine"), "").unwrap();
    let found = Folder::read(folder.path(), &Tree::new()).unwrap();
    let failure = plan(&tree(&["src/lib.rs"]), &found).unwrap_err();
    assert!(failure.message.contains("in the way"), "{failure:?}");
    assert!(plan(&tree(&["src/main.rs"]), &found).is_ok());
}

#[test]
fn a_file_that_is_not_ours_in_the_place_of_a_folder_gives_way() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(MANIFEST);
    fs::write(
        path,
        tree::manifest(&Tree::new(), "driftless generate", &Identity::default()).contents,
    )
    .unwrap();
    fs::write(folder.path().join("src"), "mine").unwrap();
    fs::write(folder.path().join("src.kept"), "mine too").unwrap();
    let found = Folder::read(folder.path(), &Tree::new()).unwrap();
    let tree = tree(&["src/lib.rs"]);
    let plan = plan(&tree, &found).unwrap();
    assert_eq!(plan.moved, [("src".to_owned(), "src.kept-2".to_owned())]);
    assert_eq!(plan.left, ["src.kept"]);
}
