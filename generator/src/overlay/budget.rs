//! What all actions of a run may cost together.

use crate::source;

/// How many values one action may visit to find its targets.
pub(super) const MOST_VISITS: u64 = 1 << 24;

/// How many values all actions may visit.
const ALL_VISITS: u64 = 1 << 26;

/// What is left to spend.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) visits: u64,
    pub(super) values: usize,
    is_exceeded: bool,
}

impl Budget {
    /// For overlays whose texts have `length` bytes together.
    pub(super) fn new(length: usize) -> Self {
        Self {
            visits: ALL_VISITS,
            values: source::budget(length),
            is_exceeded: false,
        }
    }

    /// Whether an action wanted more than there was.
    pub(super) fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }

    /// Pays for the visits of one action.
    pub(super) fn spend_visits(&mut self, visits: u64) -> Result<(), String> {
        if visits > MOST_VISITS {
            self.is_exceeded = true;
            return Err(format!(
                "looking up the target may visit more than {MOST_VISITS} values"
            ));
        }
        match self.visits.checked_sub(visits) {
            Some(left) => {
                self.visits = left;
                Ok(())
            }
            None => {
                self.is_exceeded = true;
                Err("looking up the targets up to this one visits too many values".to_owned())
            }
        }
    }

    /// Pays for values that an action adds.
    pub(super) fn spend_values(&mut self, cost: usize) -> Result<(), String> {
        match self.values.checked_sub(cost) {
            Some(left) => {
                self.values = left;
                Ok(())
            }
            None => {
                self.is_exceeded = true;
                Err("the actions up to this one expand to too many values".to_owned())
            }
        }
    }
}
