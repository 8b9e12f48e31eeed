//! What `generate` and `check` refuse to call a client.

use crate::cli::arguments::Format;
use crate::cli::generate::Made;
use crate::cli::inputs::Inputs;
use crate::cli::{Context, Defaults, Terminal, Verbosity};
use crate::config::Config;
use crate::tree::{self, Identity, MANIFEST, Tree};
use crate::{Outcome, Request};

fn made(tree: Option<Tree>) -> Result<usize, String> {
    let defaults = Defaults {
        program: "driftless",
        root: None,
        spec: "openapi.yaml".into(),
        out: "client".into(),
        commands: &[],
        after_writing: None,
    };
    let made = Made {
        inputs: Inputs {
            request: Request {
                inputs: Vec::new(),
                config: Config::default(),
                config_name: "client.toml".to_owned(),
                attachments: Default::default(),
                name: None,
                command: "driftless generate".to_owned(),
                files: None,
            },
            spec: "openapi.yaml".to_owned(),
            out: "client".into(),
            read: Vec::new(),
            reach: Default::default(),
            program: "driftless",
            flags: String::new(),
        },
        outcome: Outcome {
            report: Default::default(),
            source: Default::default(),
            tree,
            surface: None,
        },
    };
    let context = Context {
        defaults: &defaults,
        terminal: &Terminal::new(Some(false), Verbosity::Quiet),
        format: Format::Human,
    };
    let tree = made.tree(&context);
    tree.map(Tree::len).map_err(|failure| failure.message)
}

#[test]
fn generating_nothing_fails() {
    let empty = Err("there is nothing to generate from openapi.yaml".to_owned());
    assert_eq!(made(Some(Tree::new())), empty);
    let manifest = tree::manifest(&Tree::new(), "driftless generate", &Identity::default());
    let mut tree = Tree::from([(MANIFEST.to_owned(), manifest.clone())]);
    assert_eq!(made(Some(tree.clone())), empty);
    tree.insert("src/lib.rs".to_owned(), manifest);
    assert_eq!(made(Some(tree)), Ok(2));
}

#[test]
fn an_invalid_document_fails() {
    assert!(made(None).is_err_and(|message| message.contains("could not generate")));
}
