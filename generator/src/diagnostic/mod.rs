//! What a run has to say about its input. Stages push [`Diagnostic`]s into a
//! [`Report`] and go on; nothing here prints.

mod code;
mod correction;
mod explanation;
mod frame;
mod nearest;
mod render;
mod visible;

#[cfg(test)]
mod tests;

pub use code::Code;
pub use correction::Correction;
pub use nearest::nearest;
pub(crate) use nearest::{Guesses, is_one_edit};
pub use render::{Format, render};
pub(crate) use visible::{
    brief, userinfo, visible, visible_json, without_passwords, without_userinfo,
};

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use crate::source::Origin;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output is right, but something written has no effect on it or was
    /// mended.
    Warning,
    /// The output would be wrong or cannot be made.
    Error,
}

/// One finding about the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the kind of finding.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence, lower case, without a full stop, naming the thing.
    pub message: String,
    /// Where it was written; `None` for findings about a whole run.
    pub origin: Option<Origin>,
    /// What to do about it.
    pub help: Option<String>,
    /// Why it is an error, where another configuration would make it a warning.
    pub note: Option<String>,
    /// Whether the line that it is about holds a secret, or is not the user's
    /// to show.
    pub(crate) concealed: bool,
}

/// All findings of a run, in the order they were made.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// Where in the list the findings of each place and kind are, by a hash of
    /// what they say: one place may be said very much of.
    places: HashMap<(Option<Origin>, Code, u64), Vec<usize>>,
}

impl Report {
    /// Adds an error and returns it, so that a help can be attached.
    pub fn error(
        &mut self,
        code: Code,
        origin: Origin,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Error, code, Some(origin), message.into())
    }

    /// Adds a warning and returns it, so that a help can be attached.
    pub fn warn(
        &mut self,
        code: Code,
        origin: Origin,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Warning, code, Some(origin), message.into())
    }

    /// Adds an error that no place in a document stands for.
    pub fn error_without_place(
        &mut self,
        code: Code,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Error, code, None, message.into())
    }

    /// Adds an error at a place that may not be known.
    pub(crate) fn error_near(
        &mut self,
        code: Code,
        origin: Option<Origin>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Error, code, origin, message.into())
    }

    /// Adds a warning, with a place if there is one.
    pub(crate) fn warn_near(
        &mut self,
        code: Code,
        origin: Option<Origin>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Warning, code, origin, message.into())
    }

    /// A component is met once for each operation that uses it: what is said of
    /// it is said once.
    fn push(
        &mut self,
        severity: Severity,
        code: Code,
        origin: Option<Origin>,
        message: String,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic {
            code,
            severity,
            message: visible::brief(&message),
            origin,
            help: None,
            note: None,
            concealed: false,
        };
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(&diagnostic.message);
        let same = self.places.entry((origin, code, hash)).or_default();
        let known = same
            .iter()
            .copied()
            .find(|at| self.diagnostics[*at].message == diagnostic.message);
        let at = known.unwrap_or(self.diagnostics.len());
        if known.is_none() {
            same.push(at);
            self.diagnostics.push(diagnostic);
        }
        &mut self.diagnostics[at]
    }

    /// Adds the findings of another report.
    pub(crate) fn append(&mut self, other: Self) {
        for finding in other.diagnostics {
            self.add(finding);
        }
    }

    /// Adds a finding of another report.
    pub(crate) fn add(&mut self, finding: Diagnostic) {
        let Diagnostic {
            code,
            severity,
            message,
            origin,
            help,
            note,
            concealed,
        } = finding;
        let diagnostic = self.push(severity, code, origin, message);
        diagnostic.help = help;
        diagnostic.note = note;
        diagnostic.concealed = concealed;
    }

    /// The findings, to make another report of them.
    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// Whether an error was reported.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many findings have this weight.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// The findings, in the order they were made.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Diagnostic {
    /// Keeps the line that it is about out of every output.
    pub(crate) fn conceal(&mut self) -> &mut Self {
        self.concealed = true;
        self
    }

    /// Attaches what to do about it.
    pub fn help(&mut self, help: impl Into<String>) {
        self.help = Some(brief(&help.into()));
    }
}
