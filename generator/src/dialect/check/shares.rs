//! The entries of an object, checked one after the other, or on all threads
//! where there are many of them: the paths and the schemas of a large document.

use std::collections::HashMap;

use super::{Check, Verdict};
use crate::diagnostic::{Guesses, Report};
use crate::source::{Entries, Node};
use crate::threads::each;

/// From how many entries on they are shared out, and in how many shares,
/// however many threads there are.
const MANY: usize = 64;
const SHARES: usize = 8;

/// What becomes of the entries of a share, what there is to say of them, and
/// the guesses that are left.
struct Checked {
    verdicts: Vec<Verdict>,
    report: Report,
    guesses: Guesses,
}

impl Check<'_> {
    /// Keeps the entries that `check` keeps. What it says is in the order of
    /// the entries.
    pub(super) fn retain(
        &mut self,
        entries: &mut Entries,
        check: impl Fn(&mut Check<'_>, &str, &mut Node) -> Verdict + Sync,
    ) {
        // A thread that waits for a share works on another one meanwhile. Shares
        // of shares would stand on each other's stacks.
        if entries.len() < MANY || self.is_share {
            entries.retain(|key, node| check(self, key, node) == Verdict::Keep);
            return;
        }
        let (version, shared, source) = (self.version, self.shared, self.source);
        let share = entries.len().div_ceil(SHARES);
        let mut all: Vec<(&str, &mut Node)> = entries.iter_mut().collect();
        let shares = all.chunks_mut(share);
        let guesses = self.guesses.divided(SHARES);
        let done = each(shares.zip(guesses), |(share, guesses)| {
            let mut report = Report::default();
            let mut checker = Check {
                version,
                shared,
                is_share: true,
                guesses,
                meant: HashMap::new(),
                source,
                report: &mut report,
            };
            let verdicts = share
                .iter_mut()
                .map(|(key, node)| check(&mut checker, key, node))
                .collect();
            Checked {
                verdicts,
                guesses: checker.guesses,
                report,
            }
        });
        let mut verdicts = Vec::with_capacity(entries.len());
        for checked in done {
            self.report.append(checked.report);
            self.guesses.add(checked.guesses);
            verdicts.extend(checked.verdicts);
        }
        let mut verdicts = verdicts.into_iter();
        entries.retain(|_, _| verdicts.next() == Some(Verdict::Keep));
    }
}
