//! The pairs of a query, a form or cookies, found by their names.

use std::collections::{HashMap, HashSet};

/// A name, decoded, and a value, as it was sent.
pub(super) type Pair = (String, String);

/// How many units of memory (32 bytes) a pair takes, with what finds it.
pub(super) const UNITS: usize = 8;

/// How many keys in brackets a name has at most. Deeper than that, nobody
/// writes.
pub(super) const MOST_BRACKETS: usize = 50;

/// Pairs in the order in which they were sent.
#[derive(Debug)]
pub(super) struct Pairs<'p> {
    all: &'p [Pair],
    /// The names that are described: those of parameters, or of properties.
    described: HashSet<&'p str>,
    /// The pairs of each name.
    named: HashMap<&'p str, Vec<usize>>,
    /// The pairs of each described name with something in brackets behind it.
    bracketed: HashMap<&'p str, Vec<usize>>,
}

impl<'p> Pairs<'p> {
    pub(super) fn new(all: &'p [Pair], described: impl IntoIterator<Item = &'p str>) -> Self {
        let mut pairs = Self {
            all,
            described: described.into_iter().collect(),
            named: HashMap::new(),
            bracketed: HashMap::new(),
        };
        for (index, (name, _)) in all.iter().enumerate() {
            pairs.named.entry(name).or_default().push(index);
            for (at, _) in name.match_indices('[').take(MOST_BRACKETS) {
                if pairs.described.contains(&name[..at]) {
                    let known = pairs.bracketed.entry(&name[..at]);
                    known.or_default().push(index);
                }
            }
        }
        pairs
    }

    /// The values of a name.
    pub(super) fn named(&self, name: &str) -> Vec<&'p str> {
        let found = self.named.get(name).into_iter().flatten();
        found.map(|index| self.all[*index].1.as_str()).collect()
    }

    /// The values of a described name and of what is in brackets behind it, with
    /// those brackets.
    pub(super) fn below(&self, name: &str) -> Vec<(&'p str, &'p str)> {
        let maps = [&self.named, &self.bracketed];
        let found = maps.into_iter().filter_map(|map| map.get(name)).flatten();
        let mut found: Vec<usize> = found.copied().collect();
        found.sort_unstable();
        let of = |index: usize| {
            let (key, value) = &self.all[index];
            (&key[name.len()..], value.as_str())
        };
        found.into_iter().map(of).collect()
    }

    /// The pairs of which neither the name nor what is before its brackets is
    /// described.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &'p Pair> {
        let is_described = |name: &str| self.described.contains(name);
        self.all.iter().filter(move |(name, _)| {
            let mut brackets = name.match_indices('[').take(MOST_BRACKETS);
            !is_described(name) && !brackets.any(|(at, _)| is_described(&name[..at]))
        })
    }
}
