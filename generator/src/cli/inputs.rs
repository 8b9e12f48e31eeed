//! Reading what a client crate is made from: the arguments in, a [`Request`]
//! with all texts in it out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::arguments::InputArguments;
use super::reach::Reach;
use super::reading::{self, Allowed, MOST_CONFIG, MOST_TEXT, Unread};
use super::{Context, Failure, dependencies, findings, regenerate};
use crate::config::{self, Config};
use crate::diagnostic::{Report, visible};
use crate::source::{Input, Source};
use crate::{Request, tree};

/// Everything that was read, and where from.
#[derive(Debug)]
pub(super) struct Inputs {
    /// What the library is asked.
    pub(super) request: Request,
    /// The document as people know it.
    pub(super) spec: String,
    /// The folder of the client crate as it was named.
    pub(super) out: PathBuf,
    /// Every file that was read.
    pub(super) read: Vec<PathBuf>,
    /// What references may reach.
    pub(super) reach: Arc<Reach>,
    /// How the program is called.
    pub(super) program: &'static str,
    /// The command line, without the command, that names the same inputs.
    pub(super) flags: String,
}

impl Inputs {
    /// The command that compares the client with these inputs.
    pub(super) fn check_line(&self) -> String {
        format!("{} check{}", self.program, self.flags)
    }

    /// The command that makes the client of these inputs.
    pub(super) fn command_line(&self) -> String {
        format!("{} generate{}", self.program, self.flags)
    }
}

/// An input as it was just before it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    path: PathBuf,
    /// Its size and time; `None` where it is not there.
    stamp: Option<(u64, Option<SystemTime>)>,
}

impl Seen {
    pub(super) fn now(path: PathBuf) -> Self {
        let found = fs::metadata(&path).ok();
        let stamp = found.map(|found| (found.len(), found.modified().ok()));
        Self { path, stamp }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The same input as it is now.
    pub(super) fn again(&self) -> Self {
        Self::now(self.path.clone())
    }
}

impl InputArguments {
    /// What an input may be that the user has named, or not.
    fn allowed(&self, is_named: bool) -> Allowed {
        match is_named && !self.are_watched {
            true => Allowed::Streams,
            false => Allowed::Files,
        }
    }
}

/// Reads all inputs. The paths that were tried are added to `tried`, also when
/// one of them could not be read.
pub(super) fn read(
    context: &Context<'_>,
    arguments: &InputArguments,
    tried: &mut Vec<Seen>,
) -> Result<Inputs, Failure> {
    let defaults = context.defaults;
    let named = arguments.spec.as_ref().or(arguments.document.as_ref());
    let spec = named.unwrap_or(&defaults.spec).clone();
    let spec_shown = match is_stream(&spec) {
        // Its number says nothing, and would be in the files of the crate.
        true => "stdin".to_owned(),
        false => shown(&spec, defaults.root.as_deref()),
    };
    context.terminal.status("Reading", &spec_shown);
    let allowed = arguments.allowed(named.is_some());
    let text = read_text(context, &spec, MOST_TEXT, allowed, tried);
    let text = text.map_err(|failure| match named {
        None => failure.help("name the document: `generate PATH`"),
        Some(_) => failure,
    })?;
    let reach = match is_stream(&spec) {
        true => Reach::of_stream(arguments.root.as_deref(), &spec_shown)?,
        false => Reach::new(arguments.root.as_deref(), &spec)?,
    };
    let reach = Arc::new(reach);
    let config_path = match &arguments.config {
        Some(path) => path.clone(),
        None => spec.with_file_name("client.toml"),
    };
    let config = read_config(context, arguments, &spec, &config_path, tried)?;
    let folder = config_path.parent().unwrap_or(Path::new(""));
    let mut inputs = vec![Input {
        path: spec_shown.clone(),
        text: text.into(),
    }];
    let mut unread = Report::default();
    for (index, overlay) in config.overlays.iter().enumerate() {
        let path = folder.join(overlay);
        match read_text(context, &path, MOST_TEXT, Allowed::Files, tried) {
            Ok(text) => inputs.push(Input {
                path: shown(&path, defaults.root.as_deref()),
                text: text.into(),
            }),
            Err(failure) => {
                let place = ["overlays", &index.to_string()];
                config
                    .error(&mut unread, &place, failure.message)
                    .help("write the path of an overlay document, relative to the configuration");
            }
        }
    }
    let mut attachments = BTreeMap::new();
    for (target, original) in &config.files {
        let path = folder.join(original);
        match read_text(context, &path, MOST_TEXT, Allowed::Files, tried) {
            // A checkout may have changed the line endings; the output never
            // has but one kind.
            Ok(text) => {
                attachments.insert(target.clone(), tree::unix_lines(&text).into_owned());
            }
            Err(failure) => {
                let place = ["files", target];
                config.error(&mut unread, &place, failure.message).help(
                    "write `\"path in the crate\" = \"path of the file\"`, the second relative \
                     to the configuration",
                );
            }
        }
    }
    let out = arguments.out.clone().unwrap_or(defaults.out.clone());
    dependencies::check(&config, &out, &mut unread);
    refuse(
        context,
        &config,
        unread,
        &shown(&config_path, defaults.root.as_deref()),
    )?;
    let regenerate = match &config.regenerate {
        Some(command) => command.clone(),
        None => regenerate::command(arguments, &spec, &out),
    };
    Ok(Inputs {
        request: Request {
            inputs,
            config,
            config_name: config_name(arguments),
            attachments,
            name: arguments.name.clone(),
            command: regenerate,
            files: Some(reach.clone()),
        },
        reach,
        spec: spec_shown,
        out,
        read: tried.iter().map(|seen| seen.path.clone()).collect(),
        program: defaults.program,
        flags: flags(arguments),
    })
}

/// Ends the command where the configuration has errors.
fn refuse(
    context: &Context<'_>,
    config: &Config,
    report: Report,
    path: &str,
) -> Result<(), Failure> {
    if !report.has_errors() {
        return Ok(());
    }
    let source = Source {
        configuration: config.places.document().cloned(),
        ..Source::default()
    };
    Err(refusal(context, &report, &source, path))
}

/// Shows why the configuration cannot be used.
fn refusal(context: &Context<'_>, report: &Report, source: &Source, path: &str) -> Failure {
    match findings::last(context, report, source) {
        Ok(findings) => context.terminal.report(findings),
        Err(failure) => return failure,
    }
    let counts = findings::counts(report);
    Failure::new(format!("could not read {path}: {counts}"))
}

fn read_config(
    context: &Context<'_>,
    arguments: &InputArguments,
    spec: &Path,
    path: &Path,
    tried: &mut Vec<Seen>,
) -> Result<Config, Failure> {
    let is_named = arguments.config.is_some();
    if !is_named && is_stream(spec) {
        return Ok(Config::default());
    }
    if !is_named && !path.exists() {
        // Watched all the same: it may come into being.
        tried.push(Seen::now(path.to_owned()));
        return Ok(Config::default());
    }
    let allowed = arguments.allowed(is_named);
    let text = read_text(context, path, MOST_CONFIG, allowed, tried)?;
    let path = shown(path, context.defaults.root.as_deref());
    match config::parse_at(&path, &text) {
        Ok(config) if is_named || is_for(&config, spec) => Ok(config),
        Ok(config) => {
            let name = spec.file_name().unwrap_or_default().to_string_lossy();
            let document = config.document.as_deref().unwrap_or(USUAL_DOCUMENTS[0]);
            context.terminal.warning(visible(&format!(
                "{path} is for {document}, so it is not used; write `document = \"{name}\"` in \
                 it, or name it with `--config`"
            )));
            Ok(Config::default())
        }
        Err(problem) => {
            let (source, report) = problem.report();
            Err(refusal(context, &report, &source, &path))
        }
    }
}

/// The names of the documents that a configuration beside them is for, where it
/// names none.
const USUAL_DOCUMENTS: [&str; 3] = ["openapi.yaml", "openapi.yml", "openapi.json"];

/// Whether a configuration that lies beside a document is for it.
fn is_for(config: &Config, spec: &Path) -> bool {
    let name = spec.file_name().and_then(|name| name.to_str());
    match (&config.document, name) {
        (Some(document), Some(name)) => document == name,
        (None, Some(name)) => USUAL_DOCUMENTS.contains(&name),
        (_, None) => false,
    }
}

/// What the files of the crate call the configuration.
fn config_name(arguments: &InputArguments) -> String {
    match &arguments.config {
        None => "client.toml".to_owned(),
        Some(path) if is_stream(path) => "stdin".to_owned(),
        Some(path) => {
            let name = path.file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        }
    }
}

/// Whether the path names an open stream of this process, `/dev/stdin` or what
/// `<(…)` of a shell stands for. It has no folder that anything is beside it in.
pub(super) fn is_stream(path: &Path) -> bool {
    ["-", "/dev/stdin", "/dev/fd", "/proc"]
        .iter()
        .any(|start| path.starts_with(start))
}

fn read_text(
    context: &Context<'_>,
    path: &Path,
    most: u64,
    allowed: Allowed,
    tried: &mut Vec<Seen>,
) -> Result<String, Failure> {
    let name = shown(path, context.defaults.root.as_deref());
    tried.push(Seen::now(path.to_owned()));
    let bytes = reading::read(path, most, allowed).map_err(|problem| {
        let problem = match problem {
            Unread::Failed(error) => return Failure::io("read", Path::new(&name), &error),
            Unread::NotAFile(kind) => format!("it is {kind}, not a file"),
            Unread::TooLarge => format!("it has more than {} MB", most >> 20),
        };
        Failure::new(format!("could not read {name}: {problem}"))
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let start = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + start.iter().filter(|byte| **byte == b'\n').count();
        Failure::new(format!("could not read {name}: line {line} is not UTF-8"))
    })
}

/// The path as people here know it: relative to the current folder where it
/// leads down from there, or where both are in the repository.
pub(super) fn shown(path: &Path, repository: Option<&Path>) -> String {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|here| relative(path, &here, repository));
    let path = relative.as_deref().unwrap_or(path);
    let path: PathBuf = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    match path.as_os_str().is_empty() {
        true => ".".to_owned(),
        false => path.to_string_lossy().replace('\\', "/"),
    }
}

fn relative(path: &Path, here: &Path, repository: Option<&Path>) -> Option<PathBuf> {
    if let Ok(below) = path.strip_prefix(here) {
        return Some(below.to_owned());
    }
    let repository = repository?;
    let down = path.strip_prefix(repository).ok()?;
    let up = here.strip_prefix(repository).ok()?;
    Some(
        up.components()
            .map(|_| "..")
            .collect::<PathBuf>()
            .join(down),
    )
}

/// The arguments as they could be typed again.
fn flags(arguments: &InputArguments) -> String {
    let paths = [
        ("--spec", &arguments.spec),
        ("--spec", &arguments.document),
        ("--config", &arguments.config),
        ("--root", &arguments.root),
        ("--out", &arguments.out),
    ];
    let mut flags = String::new();
    for (flag, path) in paths {
        if let Some(path) = path {
            flags.push_str(&format!(" {flag} {}", quoted(&path.to_string_lossy())));
        }
    }
    if let Some(name) = &arguments.name {
        flags.push_str(&format!(" --name {}", quoted(name)));
    }
    flags
}

/// The word as a shell takes it for one.
pub(super) fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "/._-+:@%,=\\".contains(character);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}
