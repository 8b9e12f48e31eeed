//! Matches texts against regular expressions as JSON Schema writes them: in the
//! syntax of ECMA-262, in Unicode mode.
//!
//! A pattern without look-around and back-references runs on an engine that
//! takes linear time. Others backtrack, up to a limit. Patterns and texts
//! beyond the limits below are reported as unchecked: the cost of a match is
//! bounded for every pattern and every text.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::pattern_syntax::{self, Node};
use super::pattern_text;

/// The most bytes that a compiled pattern may take, approximately.
const LARGEST_PROGRAM: usize = 24 << 20;

/// The most look-arounds and back-references in one pattern: the engine compiles
/// what is between them piece by piece.
const MOST_LOOKS: usize = 100;

/// The most steps that a match may take: the size of the pattern times the
/// length of the text.
const MOST_STEPS: usize = 1 << 28;

/// The most times that a match may backtrack.
const MOST_BACKTRACKS: usize = 100_000;

/// The longest text, in bytes, that is matched by backtracking.
const LONGEST_BACKTRACKED: usize = 16 << 10;

/// Whether a text matches a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// It matches.
    Yes,
    /// It does not match.
    No,
    /// The pattern cannot be used, or a limit was reached.
    Unchecked,
}

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    engine: Engine,
    /// The longest text that is matched, in bytes.
    longest: usize,
}

#[derive(Debug)]
enum Engine {
    Linear(regex::Regex),
    Backtracking(fancy_regex::Regex),
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// Returns why the pattern cannot be used, as the end of a sentence that
    /// begins with the pattern.
    pub(crate) fn new(pattern: &str) -> Result<Self, &'static str> {
        const UNCOMPILED: &str =
            "names what the engine does not know, or is too large when compiled";

        let parsed = pattern_text::without_unset_references(pattern_syntax::parse(pattern)?)?;
        let text = pattern_text::text(&parsed);
        let looks = pattern_text::looks(&parsed);
        if looks > MOST_LOOKS {
            return Err("has more than 100 look-arounds and back-references");
        }
        if looks > 0 {
            let largest_piece = LARGEST_PROGRAM / (2 * looks + 1);
            let regex = fancy_regex::RegexBuilder::new(&text)
                .backtrack_limit(MOST_BACKTRACKS)
                .delegate_size_limit(largest_piece)
                .delegate_dfa_size_limit(largest_piece)
                .delegate_dfa_skip_cache_capacity_check(false)
                .max_prog_size(LARGEST_PROGRAM / 64)
                .build()
                .map_err(|_| UNCOMPILED)?;
            return Ok(Self {
                engine: Engine::Backtracking(regex),
                longest: longest_backtracked(&parsed),
            });
        }
        let regex = regex::RegexBuilder::new(&text)
            .size_limit(LARGEST_PROGRAM)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => "is too large when compiled",
                _ => UNCOMPILED,
            })?;
        Ok(Self {
            engine: Engine::Linear(regex),
            longest: MOST_STEPS / parsed.size().max(1),
        })
    }

    /// Matches the pattern anywhere in the text.
    pub(crate) fn matches(&self, text: &str) -> Match {
        if text.len() > self.longest {
            return Match::Unchecked;
        }
        let matches = match &self.engine {
            Engine::Linear(regex) => regex.is_match(text),
            Engine::Backtracking(regex) => match regex.is_match(text) {
                Ok(matches) => matches,
                Err(_) => return Match::Unchecked,
            },
        };
        match matches {
            true => Match::Yes,
            false => Match::No,
        }
    }
}

/// The longest text, in bytes, for which the steps between two backtracks stay
/// below the limit. Look-around inside of repetitions multiplies them, and so
/// does a search that begins at every character.
fn longest_backtracked(pattern: &Node) -> usize {
    let exponent = u32::from(!pattern.is_anchored()) + pattern.degree();
    let affordable = |length: &usize| {
        let steps = length.checked_pow(exponent);
        let steps = steps.and_then(|steps| steps.checked_mul(pattern.count(&|_| true)));
        steps.is_some_and(|steps| steps <= MOST_STEPS)
    };
    let lengths = (0..).map(|halved| LONGEST_BACKTRACKED >> halved);
    lengths.take(15).find(affordable).unwrap_or(0)
}

type Compiled = Arc<OnceLock<Result<Pattern, &'static str>>>;

/// The compiled pattern, or why it cannot be used. Each pattern is compiled
/// once; no lock is held meanwhile.
fn compiled(pattern: &str) -> Compiled {
    static KNOWN: RwLock<BTreeMap<String, Compiled>> = RwLock::new(BTreeMap::new());

    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    let found = known.get(pattern).cloned();
    drop(known);
    let compiled = found.unwrap_or_else(|| {
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(pattern.to_owned()).or_default().clone()
    });
    compiled.get_or_init(|| Pattern::new(pattern));
    compiled
}

/// Matches a pattern anywhere in a text. The pattern is compiled once.
pub(crate) fn matches(pattern: &str, text: &str) -> Match {
    match compiled(pattern).get() {
        Some(Ok(pattern)) => pattern.matches(text),
        _ => Match::Unchecked,
    }
}

/// Checks that a pattern can be used.
///
/// # Errors
///
/// Returns why not, as the end of a sentence that begins with the pattern.
pub(crate) fn check(pattern: &str) -> Result<(), &'static str> {
    match compiled(pattern).get() {
        Some(Err(why)) => Err(why),
        _ => Ok(()),
    }
}
