//! Turns an OpenAPI description into a Rust client crate that never drifts from
//! it: documents in, a tree of files out.
//!
//! | stage | module | from → to |
//! |---|---|---|
//! | load | [`source`] | texts → trees with positions |
//! | overlay | [`overlay`] | trees → trees |
//! | bundle | [`bundle`](mod@bundle) | trees that refer to each other → one tree |
//! | filter | [`filter`] | trees → trees without what the client leaves out |
//! | upgrade | [`dialect`] | any tree → a valid OpenAPI 3.0 tree |
//! | parse | [`parse`](mod@parse) | tree → `openapiv3` |
//! | resolve | [`resolve`] | `openapiv3` → [`graph`], without references |
//! | normalise | [`mod@normalise`] | graph → one shape per schema |
//! | lower | [`mod@lower`] | shapes → [`model`], the plan of the crate |
//! | name | [`mod@name`] | plan → plan with final names |
//! | features | [`mod@features`] | plan → plan divided into cargo features |
//! | emit, format | [`mod@emit`], [`mod@format`] | plan → [`tree`] of files |
//!
//! Everything but [`cli`] is a function of its arguments. Stages collect
//! [diagnostics](diagnostic) and never print.

pub mod bundle;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod dialect;
pub mod emit;
pub mod features;
pub mod filter;
pub mod format;
pub mod graph;
mod identifiers;
pub mod lints;
pub mod lower;
pub mod mock;
pub mod model;
pub mod name;
pub mod normalise;
pub mod overlay;
pub mod parse;
pub mod resolve;
pub mod sample;
pub mod source;
pub mod string_format;
pub mod surface;
#[cfg(test)]
mod test_support;
pub mod threads;
pub mod tree;

use std::collections::BTreeMap;
use std::sync::Arc;

use openapiv3::OpenAPI;

use config::Config;
use diagnostic::{Code, Report};
use emit::Provenance;
use filter::Filtered;
use model::Api;
use source::{Files, Input, Node, Source};
use surface::Surface;
use tree::{File, Identity, Tree};

/// Everything that a client crate is made from.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The documents: the description of the API, then overlays in order.
    pub inputs: Vec<Input>,
    /// `client.toml`.
    pub config: Config,
    /// The name of the configuration's file, without folders, whether there is
    /// one or not.
    pub config_name: String,
    /// Hand-written files of the crate: path in the crate → text.
    pub attachments: BTreeMap<String, String>,
    /// The crate's name, where the caller decides it.
    pub name: Option<String>,
    /// The command that makes the client again, for people who find it.
    pub command: String,
    /// What references to other files may reach; without it, nothing.
    pub files: Option<Arc<dyn Files>>,
}

/// What became of a [`Request`].
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What there is to say about the input.
    pub report: Report,
    /// The documents, to show where findings are.
    pub source: Source,
    /// The files of the crate; `None` where there are errors.
    pub tree: Option<Tree>,
    /// The public API of the crate; `None` where there are errors.
    pub surface: Option<Surface>,
}

impl Outcome {
    /// The tree after `dialect`, as valid OpenAPI 3.0; `None` where there is no
    /// document.
    #[must_use]
    pub fn upgraded(&self) -> Option<&Node> {
        (!self.source.documents.is_empty()).then(|| &self.source.entry().root)
    }
}

/// Makes a client crate. A function of the request: same request, same bytes.
#[must_use]
pub fn generate(request: &Request) -> Outcome {
    threads::with_stack(|| made(request))
}

fn made(request: &Request) -> Outcome {
    let mut report = Report::default();
    let mut source = source::load(request.inputs.clone(), &mut report);
    source.configuration = request.config.places.document().cloned();
    let Some(api) = plan(request, &mut source, &mut report) else {
        return Outcome {
            report,
            source,
            tree: None,
            surface: None,
        };
    };
    let provenance = provenance(request, &source);
    let (files, (surface, contents)) = threads::both(
        || emit::emit(&api, &provenance),
        || {
            let surface = surface::surface(&api, &source);
            let contents = surface.to_json();
            (surface, contents)
        },
    );
    let identity = Identity {
        crate_name: api.package.name.clone(),
        document: provenance.document.clone(),
        configuration: request.config_name.clone(),
    };
    threads::free(api);
    let tree = match files {
        Ok(mut tree) => {
            let file = File {
                contents,
                origin: None,
            };
            tree.insert("surface.json".to_owned(), file);
            attach(request, &provenance, &mut tree, &mut report).then(|| {
                let manifest = tree::manifest(&tree, &request.command, &identity);
                tree.insert(tree::MANIFEST.to_owned(), manifest);
                tree
            })
        }
        Err(problem) => {
            let message = format!("the generator wrote no Rust: {problem}");
            report
                .error_without_place(Code::Internal, message)
                .help("this is a bug of the generator, please report it with the document");
            None
        }
    };
    let surface = tree.is_some().then_some(surface);
    Outcome {
        report,
        source,
        tree,
        surface,
    }
}

/// The named plan of the crate; `None` where there are errors.
fn plan(request: &Request, source: &mut Source, report: &mut Report) -> Option<Api> {
    config::validate(&request.config, request.name.as_deref(), report);
    overlay::apply(source, report);
    bundle::bundle(source, request.files.as_deref(), report);
    let filtered = filter::apply(source, &request.config, report);
    if !dialect::upgrade(source, report) {
        return None;
    }
    let parsed = parse::parse(source, report)?;
    let source = &*source;
    let mut proof = Report::default();
    let mut findings = Report::default();
    let (api, is_whole) = threads::both(
        || lowered(request, source, &parsed, filtered, &mut findings),
        || {
            let is_whole = parse::prove(source, &mut proof);
            // What there is to say has a place, and there is hardly a document
            // without.
            source.find_places();
            is_whole
        },
    );
    report.append(proof);
    if !is_whole {
        return None;
    }
    report.append(findings);
    api.filter(|_| !report.has_errors())
}

/// The named plan of the crate that a parsed document describes; `None` where
/// it is too deep.
fn lowered(
    request: &Request,
    source: &Source,
    parsed: &OpenAPI,
    filtered: Filtered,
    report: &mut Report,
) -> Option<Api> {
    let config = &request.config;
    let mut graph = resolve::resolve(parsed, &source.entry().root, &config.skip, report);
    filtered.note(&mut graph);
    if graph.too_deep {
        return None;
    }
    let shapes = normalise::normalise(graph, &config.formats, report);
    if shapes.graph.too_deep {
        return None;
    }
    let shapes = normalise::views(shapes, config.views.unwrap_or(true), report);
    let api = lower::lower(&shapes, source, config, request.name.as_deref(), report);
    threads::free(shapes);
    let mut api = name::name(api, source, report);
    emit::choose_samples(&mut api, &source.entry().root);
    Some(features::features(api, config, report))
}

/// Adds the hand-written files, if every path of the crate is right.
fn attach(
    request: &Request,
    provenance: &Provenance,
    tree: &mut Tree,
    report: &mut Report,
) -> bool {
    let generated = tree.keys().map(String::as_str).chain([tree::MANIFEST]);
    let attached = request.attachments.keys().map(String::as_str);
    let problems = tree::path_problems(generated, attached);
    let are_right = problems.is_empty();
    for problem in problems {
        let path = ["files", problem.path.as_str()];
        request
            .config
            .error(report, &path, problem.message)
            .help(problem.help);
    }
    if are_right {
        emit::attach(&request.attachments, provenance, tree);
    }
    are_right
}

/// What the files of the crate say of where they come from.
fn provenance(request: &Request, source: &Source) -> Provenance {
    let path = &source.entry().path;
    Provenance {
        command: request.command.clone(),
        document: path.rsplit('/').next().unwrap_or(path).to_owned(),
    }
}
