//! The name that was probably meant: a misspelt word and the right ones in, the
//! nearest out.

/// The candidate that is most like `word`, if one is like it at all: equal but
/// for case and punctuation, or at most a third of its letters away.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody misspells a text of this length, and distances are quadratic.
    const LONGEST: usize = 100;
    let word = folded(word);
    if word.len() > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter_map(|candidate| {
            let letters = folded(candidate);
            let most = word.len().max(letters.len()) / 3;
            // What differs in length differs at least by that much.
            if word.len().abs_diff(letters.len()) > most {
                return None;
            }
            let distance = distance(&word, &letters);
            // Of two that are as near, a letter too few is likelier than a wrong one.
            let key = (distance, !is_within(&word, &letters));
            (distance <= most).then_some((key, candidate))
        })
        .min_by_key(|(key, _)| *key)
        .map(|(_, candidate)| candidate)
}

/// Whether the letters of `word` are among those of `other`, in the same order.
fn is_within(word: &[char], other: &[char]) -> bool {
    let mut rest = other.iter();
    word.iter().all(|letter| rest.any(|other| other == letter))
}

/// Looks for nearest names for as long as that is worth it: documents that name
/// nothing right have very many names to compare.
#[derive(Debug)]
pub(crate) struct Guesses {
    /// How many candidates may still be looked at.
    left: usize,
}

impl Default for Guesses {
    fn default() -> Self {
        Self { left: 200_000 }
    }
}

impl Guesses {
    /// What is left, for so many who guess at once: as much for each, whoever
    /// is first.
    pub(crate) fn divided(&mut self, parts: usize) -> Vec<Self> {
        let left = std::mem::take(&mut self.left) / parts.max(1);
        (0..parts).map(|_| Self { left }).collect()
    }

    /// Takes back what one of them has left.
    pub(crate) fn add(&mut self, other: Self) {
        self.left += other.left;
    }

    /// The [`nearest`] of the candidates; none once enough was compared.
    pub(crate) fn nearest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.left == 0 {
            return None;
        }
        let mut seen = 0;
        let candidates = candidates.into_iter().inspect(|_| seen += 1);
        let nearest = nearest(word, candidates);
        self.left = self.left.saturating_sub(seen);
        nearest
    }
}

/// Whether one letter more, less, other or swapped with its neighbour makes one
/// word of the other. Short words are like too many others.
pub(crate) fn is_one_edit(word: &str, other: &str) -> bool {
    const SHORTEST: usize = 4;
    if word.len() < SHORTEST {
        return false;
    }
    // What they begin and end with decides nothing.
    let (mut word, mut other) = (word.chars(), other.chars());
    let (mut left, mut right) = (word.clone(), other.clone());
    while let (Some(one), Some(another)) = (left.next(), right.next())
        && one == another
    {
        (word, other) = (left.clone(), right.clone());
    }
    let (mut left, mut right) = (word.clone(), other.clone());
    while let (Some(one), Some(another)) = (left.next_back(), right.next_back())
        && one == another
    {
        (word, other) = (left.clone(), right.clone());
    }
    let mut letters = [word.next(), word.next(), word.next()];
    let others = [other.next(), other.next(), other.next()];
    match (letters, others) {
        ([_, None, _], [_, None, _]) => letters != others,
        ([Some(_), Some(_), None], [Some(_), Some(_), None]) => {
            letters.swap(0, 1);
            letters == others
        }
        _ => false,
    }
}

/// Lower case, without what separates words.
fn folded(word: &str) -> Vec<char> {
    word.chars()
        .filter(|character| !matches!(character, '-' | '_' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The number of letters to insert, delete, replace or swap with their
/// neighbour to make one word of the other.
pub(super) fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, left) in from.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, right) in to.iter().enumerate() {
            let replaced = last[column] + usize::from(left != right);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && from[row - 1] == *right && *left == to[column - 1] {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut last, current);
    }
    last[to.len()]
}
