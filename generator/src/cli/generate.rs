//! `generate`: writes the client crate that the document asks for, and says
//! what that changed.

use serde_json::json;

use super::arguments::InputArguments;
use super::findings::{self, plural};
use super::folder::Folder;
use super::inputs::{self, Inputs, Seen};
use super::lock::{self, Lock};
use super::plan::{Plan, plan};
use super::{Context, Failure, Format, Tone, Verbosity, Verdict, destination, identity, writer};
use crate::Outcome;
use crate::config::Config;
use crate::diagnostic::{Report, visible};
use crate::lints::{self, Enforcement};
use crate::surface::Surface;
use crate::tree::{MANIFEST, Tree};

#[cfg(test)]
mod tests;

/// Runs the command once.
pub(super) fn run(
    context: &Context<'_>,
    arguments: &InputArguments,
    dry_run: bool,
) -> Result<Verdict, Failure> {
    let made = write(context, arguments, dry_run, &mut Vec::new())?;
    // The process ends with it, and to free a large document piece by piece
    // takes a tenth of the time that everything takes.
    std::mem::forget(made);
    Ok(Verdict::Done)
}

/// Makes the client and writes it; the inputs that were tried are added to
/// `tried`.
pub(super) fn write(
    context: &Context<'_>,
    arguments: &InputArguments,
    dry_run: bool,
    tried: &mut Vec<Seen>,
) -> Result<Made, Failure> {
    let made = Made::new(context, arguments, tried, Enforcement::Deny)?;
    context.terminal.report(findings::diagnostics(
        context,
        &made.outcome.report,
        &made.outcome.source,
    ));
    let tree = made.tree(context)?;
    let root = context.defaults.root.as_deref();
    let out = destination::resolve(&made.inputs.out, root, &made.inputs.read)?;
    let shown = inputs::shown(&made.inputs.out, root);
    made.announce(context, tree, &shown);
    let is_named = arguments.name.is_some();
    let planned = |folder: &Folder| {
        identity::check(tree, folder, &shown, is_named)?;
        plan(tree, folder)
    };
    let read = || Folder::read(&out, tree);
    let mut plan = planned(&lock::while_nobody_writes(&out, read)?)?;
    if !dry_run && !plan.is_empty() {
        let command = made.inputs.command_line();
        let lock = Lock::acquire(context.terminal, &out, &command)?;
        // Another run may have been at work since.
        plan = planned(&read()?.without_lock())?;
        writer::perform(&out, &plan.steps)?;
        drop(lock);
        if let Some(then) = context.defaults.after_writing {
            then(context.defaults, &out, context.terminal);
        }
    }
    let check = made.inputs.check_line();
    let summarized = || {
        let report = &made.outcome.report;
        let mut text = summary(context, &plan, report, &shown, &check, dry_run);
        if !dry_run && context.terminal.verbosity() != Verbosity::Quiet {
            text.extend(way_out(&plan, &made.inputs.request.config, &shown));
        }
        text
    };
    context.terminal.report(match context.format {
        Format::Json => {
            let done = Some(("files", json(&plan, dry_run)));
            findings::json(&made.outcome.report, &made.outcome.source, Vec::new(), done)?
        }
        // Annotations are for findings; the summary is for people.
        Format::Github => String::new(),
        Format::Markdown => format!("```text\n{}```\n", summarized()),
        Format::Human | Format::Short => summarized(),
    });
    Ok(made)
}

/// What was read and what came of it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) inputs: Inputs,
    pub(super) outcome: Outcome,
}

impl Made {
    /// Reads the inputs and runs the library on them.
    pub(super) fn new(
        context: &Context<'_>,
        arguments: &InputArguments,
        tried: &mut Vec<Seen>,
        enforcement: Enforcement,
    ) -> Result<Self, Failure> {
        let mut inputs = inputs::read(context, arguments, tried)?;
        let outcome = crate::generate(&inputs.request);
        // What references lead to is known only now.
        for seen in inputs.reach.take_tried() {
            inputs.read.push(seen.path().to_owned());
            tried.push(seen);
        }
        let outcome = Outcome {
            report: lints::apply(
                outcome.report,
                &outcome.source,
                &inputs.request.config,
                &arguments.overrides(),
                enforcement,
            ),
            ..outcome
        };
        Ok(Self { inputs, outcome })
    }

    /// The tree, if there is one. Without it the report is all there is to
    /// say, and is finished here.
    pub(super) fn tree(&self, context: &Context<'_>) -> Result<&Tree, Failure> {
        let spec = &self.inputs.spec;
        let tree = self.outcome.tree.as_ref();
        let failure = match tree.filter(|_| !self.outcome.report.has_errors()) {
            Some(tree) if !self.is_nothing(tree) => return Ok(tree),
            // A comparison with nothing would pass by accident.
            Some(_) => Failure::new(format!("there is nothing to generate from {spec}"))
                .help("the document has neither operations nor schemas"),
            None => Failure::new(format!(
                "could not generate a client from {spec}: {}",
                findings::counts(&self.outcome.report)
            )),
        };
        if context.format == Format::Json {
            let object = findings::last(context, &self.outcome.report, &self.outcome.source)?;
            context.terminal.report(object);
        }
        Err(failure)
    }

    /// Whether the tree is empty, or as good as that.
    fn is_nothing(&self, tree: &Tree) -> bool {
        let surface = self.outcome.surface.as_ref();
        let blank = |surface: &Surface| surface.operations.is_empty() && surface.types.is_empty();
        tree.keys().all(|path| path == MANIFEST) || surface.is_some_and(blank)
    }

    /// Says which crate is at work, and where.
    pub(super) fn announce(&self, context: &Context<'_>, tree: &Tree, out: &str) {
        let verb = "Generating";
        match crate_of(tree) {
            Some((name, version)) => {
                context
                    .terminal
                    .status(verb, format_args!("{name} v{version} ({out})"));
            }
            None => context.terminal.status(verb, out),
        }
    }
}

/// The name and version in the manifest of the crate.
fn crate_of(tree: &Tree) -> Option<(String, String)> {
    let manifest: toml::Table = tree.get("Cargo.toml")?.contents.parse().ok()?;
    let package = manifest.get("package")?;
    let text = |key: &str| Some(package.get(key)?.as_str()?.to_owned());
    Some((text("name")?, text("version")?))
}

/// One line per path that differs, then the counts.
fn summary(
    context: &Context<'_>,
    plan: &Plan<'_>,
    report: &Report,
    out: &str,
    check: &str,
    dry_run: bool,
) -> String {
    let would = if dry_run { "would be " } else { "" };
    let mut text = String::new();
    let out = &*visible(out);
    // Names of files that lie there may be anything.
    let mut line = |tone: Tone, verb: &str, path: &str, note: &str| {
        text.push_str(&format!(
            "{} {out}/{}{}\n",
            tone.paint(format_args!("{verb:>8}")),
            visible(path),
            visible(note)
        ));
    };
    let is_short =
        plan.is_first() && !dry_run && context.terminal.verbosity() != Verbosity::Verbose;
    for path in plan.created.iter().filter(|_| !is_short) {
        line(Tone::Good, "created", path, "");
    }
    for path in &plan.changed {
        line(Tone::Good, "changed", path, "");
    }
    for path in &plan.removed {
        line(Tone::Warning, "removed", path, "");
    }
    for (path, aside) in &plan.moved {
        let note = format!(" (not made by this command, now {aside})");
        line(Tone::Warning, "moved", path, &note);
    }
    for path in &plan.left {
        let note = " (not made by this command, so `check` refuses it: remove it, or list it under `[files]`)";
        line(Tone::Warning, "left", path, note);
    }
    let files = plan.unchanged + plan.created.len() + plan.changed.len();
    let mut counts = Vec::new();
    for (count, verb) in [
        (plan.created.len(), "created"),
        (plan.changed.len(), "changed"),
        (plan.removed.len(), "removed"),
        (plan.moved.len(), "moved aside"),
    ] {
        if count > 0 {
            counts.push(format!("{count} {would}{verb}"));
        }
    }
    if plan.unchanged > 0 {
        counts.push(format!("{} unchanged", plan.unchanged));
    }
    if !plan.left.is_empty() {
        counts.push(format!("{} left alone", plan.left.len()));
    }
    let counts = counts.join(", ");
    let files = plural(files, "file");
    let warnings = findings::warnings(report);
    text.push_str(&format!("{out}: {files}: {counts}{warnings}\n"));
    if plan.is_first() && !dry_run && context.terminal.verbosity() != Verbosity::Quiet {
        text.push_str(&format!(
            "next: add `{out}` to the members of your workspace, commit it, and let CI run \
             `{check}`\n"
        ));
    }
    if dry_run && context.terminal.verbosity() != Verbosity::Quiet {
        text.push_str("nothing was written\n");
    }
    text
}

/// What to do if cargo cannot load the workspace: which versions and features there
/// are of a package, only cargo knows. Nothing where the manifest stays as it was, or
/// has no package of the configuration.
fn way_out(plan: &Plan<'_>, config: &Config, out: &str) -> Option<String> {
    let mut written = plan.created.iter().chain(&plan.changed);
    let is_new = written.any(|path| path == "Cargo.toml");
    let has_own = !(config.dependencies.is_empty() && config.dev_dependencies.is_empty());
    (is_new && has_own).then(|| {
        format!(
            "if cargo cannot load the workspace now: correct the dependencies in the \
             configuration, remove `{}`, and generate again\n",
            visible(out)
        )
    })
}

fn json(plan: &Plan<'_>, dry_run: bool) -> serde_json::Value {
    let moved = plan
        .moved
        .iter()
        .map(|(from, to)| json!({"from": from, "to": to}));
    json!({
        "dry_run": dry_run,
        "created": plan.created,
        "changed": plan.changed,
        "removed": plan.removed,
        "moved": moved.collect::<Vec<_>>(),
        "left": plan.left,
        "unchanged": plan.unchanged,
    })
}
