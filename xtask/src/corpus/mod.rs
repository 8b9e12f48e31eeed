//! `corpus`: generates from every document of a folder, compiles what comes of
//! it, and says in one table how that went.

pub(crate) mod compilation;
pub(crate) mod document;
pub(crate) mod generation;
mod manifest;
pub(crate) mod progress;
mod table;

use std::collections::VecDeque;
use std::env;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use driftless::cli::{Failure, Invocation, Terminal, Verbosity, Verdict};

use compilation::{Compiled, Workspace};
use document::Document;
use generation::{Generated, Places, Trouble};
use progress::Progress;

/// What became of a document.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) document: Document,
    pub(crate) generated: Generated,
    /// `None` where there is nothing to compile, or nobody asked.
    pub(crate) compiled: Option<Compiled>,
}

impl Row {
    /// What went wrong.
    fn troubles(&self) -> impl Iterator<Item = &Trouble> {
        let compiled = self.compiled.iter();
        let compiled = compiled.filter_map(|compiled| compiled.failure.as_ref());
        self.generated.failure.iter().chain(compiled)
    }

    fn passed(&self) -> bool {
        self.troubles().next().is_none()
    }
}

/// Which documents a command is about, and how many at a time.
pub(crate) fn selection(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("path")
                .value_name("DIR")
                .help("The folder of the documents, or one document")
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("NAME,…")
                .help("Only the documents with these names")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(
            Arg::new("jobs")
                .long("jobs")
                .short('j')
                .value_name("N")
                .help("How many processes at a time [default: one for each core]")
                .value_parser(value_parser!(NonZeroUsize)),
        )
        .arg(
            Arg::new("time-limit")
                .long("time-limit")
                .value_name("SECONDS")
                .help("How long one document may take to generate from")
                .default_value("300")
                .value_parser(value_parser!(u64).range(1..)),
        )
}

/// The arguments of `corpus`.
pub(crate) fn arguments(command: clap::Command) -> clap::Command {
    selection(command)
        .arg(
            Arg::new("check")
                .long("check")
                .help("Compile each crate and its mock with `cargo check --all-targets`, warnings denied")
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .help("Write the table to this file, too")
                .value_parser(value_parser!(PathBuf)),
        )
        .after_help(
            "The crates are in target/corpus. Documents are the rows of DIR/MANIFEST.tsv (columns \
             `name` and `file`), or all files below DIR with `openapi` or `swagger` at the top; \
             references reach the folder in DIR that the document is in, or DIR.\n\n\
             Exit codes: 0 all is well; 1 a document failed; 2 the command could not do its work.",
        )
}

/// Runs the command.
pub(crate) fn run(invocation: &Invocation<'_>) -> Result<Verdict, Failure> {
    let terminal = invocation.terminal;
    let asked = Asked::new(invocation.arguments)?;
    let places = places(invocation, "corpus")?;
    let generated = generate_all(&asked, &places, terminal);
    let mut rows: Vec<Row> = asked
        .documents
        .iter()
        .cloned()
        .zip(generated)
        .map(|(document, generated)| Row {
            document,
            generated,
            compiled: None,
        })
        .collect();
    if invocation.arguments.get_flag("check") {
        compile_all(&mut rows, &places, asked.jobs, terminal)?;
    }
    let all = terminal.verbosity() == Verbosity::Verbose;
    let text = table::text(&rows, invocation.format, all);
    if let Some(path) = invocation.arguments.get_one::<PathBuf>("out") {
        let plain = anstream::adapter::strip_str(&text).to_string();
        fs::write(path, plain).map_err(|error| Failure::io("write", path, &error))?;
    }
    terminal.report(text);
    match rows.iter().all(Row::passed) {
        true => Ok(Verdict::Done),
        false => Ok(Verdict::Found),
    }
}

/// What the arguments ask for.
pub(crate) struct Asked {
    pub(crate) documents: Vec<Document>,
    pub(crate) jobs: usize,
    pub(crate) limit: Duration,
}

impl Asked {
    pub(crate) fn new(arguments: &ArgMatches) -> Result<Self, Failure> {
        let path = arguments.get_one::<PathBuf>("path");
        let path = path.map_or(Path::new("."), PathBuf::as_path);
        // Processes run in folders of their own.
        let path = path
            .canonicalize()
            .map_err(|error| Failure::io("read", path, &error))?;
        let mut documents = document::documents(&path)?;
        let only: Vec<String> = arguments
            .get_many("only")
            .map(|names| names.cloned().collect())
            .unwrap_or_default();
        document::only(&mut documents, &only)?;
        let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let jobs = arguments.get_one("jobs").copied().map(NonZeroUsize::get);
        let limit = arguments.get_one("time-limit").copied().unwrap_or(300);
        Ok(Self {
            documents,
            jobs: jobs.unwrap_or_else(cores),
            limit: Duration::from_secs(limit),
        })
    }
}

/// The folders for the crates, made if need be.
pub(crate) fn places(invocation: &Invocation<'_>, folder: &str) -> Result<Places, Failure> {
    let Some(root) = &invocation.defaults.root else {
        return Err(Failure::new("this is a command of the repository"));
    };
    // Asked now: another build may put a new program in its place.
    let this = env::current_exe()
        .map_err(|error| Failure::new(format!("could not find this program: {error}")))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let target = std::path::absolute(&target).unwrap_or(target);
    let crates = target.join(folder);
    let logs = crates.join(".logs");
    fs::create_dir_all(&logs).map_err(|error| Failure::io("make", &logs, &error))?;
    Ok(Places {
        crates,
        logs,
        this,
        repository: root.clone(),
    })
}

/// Generates from all documents, several at a time.
pub(crate) fn generate_all(asked: &Asked, places: &Places, terminal: &Terminal) -> Vec<Generated> {
    let queue: Mutex<VecDeque<usize>> = Mutex::new((0..asked.documents.len()).collect());
    let mut results: Vec<Option<Generated>> = vec![None; asked.documents.len()];
    let mut progress = Progress::new(terminal, "Generating", asked.documents.len());
    thread::scope(|scope| {
        let (sender, events) = channel();
        for _ in 0..asked.jobs.min(asked.documents.len()) {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                // Nothing panics while it holds the lock.
                while let Some(at) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) {
                    // The receiver outlives the threads.
                    let _told = sender.send((at, None));
                    let document = &asked.documents[at];
                    let generated = generation::generate(document, places, asked.limit);
                    let _told = sender.send((at, Some(generated)));
                }
            });
        }
        drop(sender);
        for (at, result) in events {
            let name = &asked.documents[at].name;
            match result {
                None => progress.start(name),
                Some(generated) => {
                    let failure = generated.failure.as_ref();
                    progress.finish(name, failure.map(|trouble| trouble.short.as_str()));
                    results[at] = Some(generated);
                }
            }
        }
    });
    // Every document was taken from the queue, and its result sent.
    results.into_iter().flatten().collect()
}

/// Compiles the crates one after the other. Cargo uses all cores for each: the
/// library, its tests and its examples are crates of their own to rustc.
fn compile_all(
    rows: &mut [Row],
    places: &Places,
    jobs: usize,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let members: Vec<&str> = rows
        .iter()
        .filter(|row| row.generated.failure.is_none())
        .map(|row| row.document.name.as_str())
        .collect();
    let mut progress = Progress::new(terminal, "Checking", members.len());
    let workspace = Workspace::new(places, &members, jobs)
        .map_err(|error| Failure::io("write", &places.crates, &error))?;
    for row in rows {
        if row.generated.failure.is_none() {
            progress.start(&row.document.name);
            let compiled = workspace.check(&generation::package(&row.document));
            let failure = compiled.failure.as_ref();
            let failure = failure.map(|trouble| trouble.short.as_str());
            progress.finish(&row.document.name, failure);
            row.compiled = Some(compiled);
        }
    }
    Ok(())
}
