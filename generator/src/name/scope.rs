//! A scope: names that must differ from one another.

use std::collections::{BTreeMap, BTreeSet};

use super::identifier::{Case, identifier};
use crate::diagnostic::{Code, Report};
use crate::model::Name;
use crate::source::Source;

/// A set of names that are told apart.
pub(super) struct Scope<'a> {
    taken: BTreeSet<String>,
    case: Case,
    /// What is appended to a name that meets a reserved word.
    suffix: &'static str,
    source: &'a Source,
    report: &'a mut Report,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        reserved: &[&str],
        case: Case,
        suffix: &'static str,
        source: &'a Source,
        report: &'a mut Report,
    ) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
            case,
            suffix,
            source,
            report,
        }
    }

    /// Gives each of `names` an identifier of its own. Where several want the
    /// same one, a chosen name goes first, then the one that is written like
    /// it, then the order of texts and places decides; the others get numbers.
    pub(super) fn assign(&mut self, names: Vec<&mut Name>) {
        let mut groups: BTreeMap<String, Vec<&mut Name>> = BTreeMap::new();
        for name in names {
            let wanted = identifier(name.chosen.as_ref().unwrap_or(&name.words), self.case);
            groups.entry(wanted).or_default().push(name);
        }
        let wanted: BTreeSet<String> = groups.keys().cloned().collect();
        for (base, mut group) in groups {
            group.sort_by_key(|name| {
                (
                    name.chosen.is_none(),
                    name.words != base,
                    name.words.clone(),
                    self.source.reference(name.origin),
                )
            });
            for (index, name) in group.into_iter().enumerate() {
                name.rust = if index == 0 && !self.taken.contains(&base) {
                    base.clone()
                } else if index == 0 {
                    self.beside_reserved(&base, &wanted)
                } else {
                    let rust = self.numbered(&base, &wanted);
                    self.collision(name, &base, &rust);
                    rust
                };
                self.taken.insert(name.rust.clone());
            }
        }
    }

    /// The name for one that meets a reserved word: nothing of the document
    /// collides, so nothing is reported.
    fn beside_reserved(&self, base: &str, wanted: &BTreeSet<String>) -> String {
        let beside = format!("{base}{}", self.suffix);
        if self.taken.contains(&beside) || wanted.contains(&beside) {
            self.numbered(base, wanted)
        } else {
            beside
        }
    }

    fn numbered(&self, base: &str, wanted: &BTreeSet<String>) -> String {
        // The underscore of `self_` is one already.
        let base = base.trim_end_matches('_');
        let mut number = 2;
        loop {
            let numbered = match self.case {
                Case::Pascal => format!("{base}{number}"),
                Case::Snake => format!("{base}_{number}"),
            };
            if !self.taken.contains(&numbered) && !wanted.contains(&numbered) {
                return numbered;
            }
            number += 1;
        }
    }

    fn collision(&mut self, name: &Name, base: &str, rust: &str) {
        self.report
            .warn(
                Code::NameCollision,
                name.origin,
                format!("another item is named `{base}` too, so this one is named `{rust}`"),
            )
            .help(format!(
                "choose its name under `[pins]` in client.toml: \"{}\" = \"…\"",
                self.source.reference(name.origin)
            ));
    }
}
