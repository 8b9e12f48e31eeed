//! Filter: a tree in, the same tree without the operations that the
//! configuration leaves out and, where it says so, without the components that
//! nothing leads to any more. It works before anything is checked, so that
//! nothing is reported of what nobody asked for.

mod operations;
mod pattern;
mod reached;
#[cfg(test)]
mod tests;

pub(crate) use pattern::fits;

use crate::config::{Config, Schemas};
use crate::diagnostic::{Report, nearest};
use crate::graph::{Graph, Skipped};
use crate::source::Source;

/// What was left out.
#[derive(Clone, Debug, Default)]
pub struct Filtered {
    /// The operations, each with the reason.
    pub skipped: Vec<Skipped>,
    /// Where they and the components were written, as `#/…`.
    pub pointers: Vec<String>,
}

impl Filtered {
    /// Notes in the graph what it lacks.
    pub fn note(self, graph: &mut Graph) {
        graph.skipped.extend(self.skipped);
        graph.left_out.extend(self.pointers);
    }
}

/// Leaves out what the configuration says.
#[must_use]
pub fn apply(source: &mut Source, config: &Config, report: &mut Report) -> Filtered {
    let filters = !config.include.is_empty() || !config.exclude.is_empty();
    let mut filtered = Filtered::default();
    let Some(entry) = source.documents.first_mut() else {
        return filtered;
    };
    let mut removed = Vec::new();
    if filters || !config.skip.is_empty() {
        let mut choice = operations::Choice::new(config);
        choice.apply(&mut entry.root, &mut filtered.skipped, &mut removed);
        for unmatched in choice.unmatched() {
            let message = format!(
                "`{}.{}` matches no operation of the document: `{}`",
                unmatched.table, unmatched.key, unmatched.pattern
            );
            let index = unmatched.index.to_string();
            let path = [unmatched.table, unmatched.key, &index];
            let diagnostic = config.error(report, &path, message);
            let known = unmatched.known.iter().map(String::as_str);
            diagnostic.help(match nearest(unmatched.pattern, known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "remove it, or correct it".to_owned(),
            });
        }
    }
    let default = if filters {
        Schemas::Reached
    } else {
        Schemas::All
    };
    if config.schemas.unwrap_or(default) == Schemas::Reached {
        reached::prune(&mut entry.root, &mut removed);
    }
    for origin in removed {
        let pointer = source.pointer(origin);
        filtered.pointers.push(format!("#{pointer}"));
    }
    filtered
}
