//! What does not fit, and where.

/// How many characters of a key are shown, and how many bytes of a pointer:
/// requests can have keys of any length.
const LONGEST_KEY: usize = 200;
const LONGEST_POINTER: usize = 2000;

/// A place in a value that does not fit its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Where, as a JSON pointer; empty for the value itself.
    pub(crate) pointer: String,
    /// What is wrong with it, as the end of a sentence. It never quotes the
    /// value.
    pub(crate) problem: String,
}

/// Misfits as they are found, up to a number.
pub(super) struct Misfits {
    pub(super) all: Vec<Misfit>,
    /// How many are looked for.
    most: usize,
    /// The place that is looked at.
    at: String,
}

impl Misfits {
    pub(super) fn up_to(most: usize) -> Self {
        Self {
            all: Vec::new(),
            most,
            at: String::new(),
        }
    }

    /// As many again, at the same place.
    pub(super) fn aside(&self) -> Self {
        Self {
            all: Vec::new(),
            most: self.most,
            at: self.at.clone(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether there is no need to look any further.
    pub(super) fn is_full(&self) -> bool {
        self.all.len() >= self.most
    }

    /// Adds one for the place that is looked at.
    pub(super) fn add(&mut self, problem: impl Into<String>) {
        if !self.is_full() {
            self.all.push(Misfit {
                pointer: self.at.clone(),
                problem: problem.into(),
            });
        }
    }

    /// Looks at a place inside.
    pub(super) fn inside(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        let outside = self.at.len();
        if outside > LONGEST_POINTER {
            look(self);
            return;
        }
        self.at.push('/');
        match key.char_indices().nth(LONGEST_KEY) {
            Some((end, _)) => self
                .at
                .push_str(&format!("{}…", super::escaped(&key[..end]))),
            None => self.at.push_str(&super::escaped(key)),
        }
        look(self);
        self.at.truncate(outside);
    }
}
