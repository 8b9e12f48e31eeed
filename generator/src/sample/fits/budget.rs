//! What the check of one request may cost: steps, and values in memory.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many steps a request may take. One is about what it takes to hold one
/// schema against one value.
const MOST_STEPS: u32 = 300_000;

/// How many units of 32 bytes the values of a request may take.
const MOST_UNITS: u32 = 2_000_000;

/// Why a check was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exceeded {
    /// It took too many steps, or was told to stop.
    Steps,
    /// There are too many values.
    Values,
}

/// What is left of it. Once it is exceeded, nothing more is granted.
#[derive(Debug)]
pub(crate) struct Budget<'b> {
    steps: Cell<u32>,
    units: Cell<u32>,
    /// Set by another thread when nobody waits for the result any more.
    stop: &'b AtomicBool,
    exceeded: Cell<Option<Exceeded>>,
}

impl<'b> Budget<'b> {
    pub(crate) fn new(stop: &'b AtomicBool) -> Self {
        Self {
            steps: Cell::new(MOST_STEPS),
            units: Cell::new(MOST_UNITS),
            stop,
            exceeded: Cell::new(None),
        }
    }

    /// What ran out first.
    pub(crate) fn exceeded(&self) -> Option<Exceeded> {
        self.exceeded.get()
    }

    /// Takes steps; `false` where they are not granted.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let stopped = self.stop.load(Ordering::Relaxed);
        self.take(&self.steps, steps, Exceeded::Steps, stopped)
    }

    /// Takes units of memory; `false` where they are not granted.
    pub(crate) fn hold(&self, units: usize) -> bool {
        self.take(&self.units, units, Exceeded::Values, false)
    }

    fn take(&self, left: &Cell<u32>, amount: usize, what: Exceeded, stopped: bool) -> bool {
        if self.exceeded.get().is_some() {
            return false;
        }
        let amount = u32::try_from(amount).unwrap_or(u32::MAX);
        match left.get().checked_sub(amount).filter(|_| !stopped) {
            Some(rest) => left.set(rest),
            None => self.exceeded.set(Some(what)),
        }
        self.exceeded.get().is_none()
    }
}
