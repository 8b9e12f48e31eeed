//! Where something was written: small enough to sit on every node and item.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexSet;

/// The place of a value in the documents that were read. A [`Source`] turns it
/// into a JSON pointer, and into file, line and column.
///
/// [`Source`]: super::Source
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// Which document: an index into [`Source::documents`].
    ///
    /// [`Source::documents`]: super::Source::documents
    pub document: u32,
    /// Which value in it: an index into the document's [`Places`].
    pub place: u32,
}

/// The places of one document, numbered in the order they were read; number 0
/// is the document itself. Each knows its parent and the step that led to it,
/// which is enough to write its JSON pointer without keeping one per value.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Of each place its parent, and the step that led to it.
    places: Vec<(u32, Packed)>,
    /// The keys of the document, each once.
    keys: IndexSet<Arc<str>, RandomState>,
    /// Of a place that a YAML merge moved: below what it was written.
    merged: BTreeMap<u32, u32>,
    /// The bytes of the places that are not found by a scan: a syntax error's, say.
    known: BTreeMap<u32, Range<usize>>,
}

/// The last token of a place's JSON pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The document itself.
    Root,
    /// The value under a key.
    Key(&'a str),
    /// The element at an index.
    Index(u32),
}

/// A [`Step`] in four bytes, of which a document has as many as it has values:
/// the index of an element, or with the highest bit that of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packed(u32);

impl Packed {
    /// The document itself: of keys there are fewer.
    const ROOT: Self = Self(u32::MAX);

    const KEY: u32 = 1 << 31;

    /// The element at `index`. A list in a text of less than 2^32 bytes has
    /// less than 2^31 elements.
    pub(super) fn index(index: usize) -> Self {
        Self(index as u32 & !Self::KEY)
    }
}

impl Places {
    /// The step to the element at `index`.
    pub(crate) fn index(index: usize) -> Packed {
        Packed::index(index)
    }

    /// The one copy of `key`, and the step to the value under it.
    pub(crate) fn key(&mut self, key: &str) -> (Arc<str>, Packed) {
        let (index, key) = match self.keys.get_full(key) {
            Some((index, known)) => (index, Arc::clone(known)),
            None => {
                let key: Arc<str> = key.into();
                (self.keys.insert_full(Arc::clone(&key)).0, key)
            }
        };
        // Each key takes more than two bytes of the text.
        (key, Packed(index as u32 | Packed::KEY))
    }

    fn unpacked(&self, step: Packed) -> Step<'_> {
        let key = || self.keys.get_index((step.0 & !Packed::KEY) as usize);
        match step {
            Packed::ROOT => Step::Root,
            Packed(index) if index & Packed::KEY == 0 => Step::Index(index),
            // A step to a key comes from `key`.
            Packed(_) => Step::Key(key().map_or("", |key| key)),
        }
    }

    /// The number of the place of the document itself, which comes first.
    pub(super) fn add_root(&mut self) -> u32 {
        self.add(0, Packed::ROOT)
    }

    /// The number of a new place below `parent`.
    pub(super) fn add(&mut self, parent: u32, step: Packed) -> u32 {
        // A document has fewer than 2^32 values: its text is in memory, and
        // the loader refuses texts of 4 GiB.
        let place = self.places.len() as u32;
        self.places.push((parent, step));
        place
    }

    /// The number of a new place that is no value but these bytes.
    pub(super) fn add_known(&mut self, bytes: Range<usize>) -> u32 {
        let place = self.add_root();
        self.known.insert(place, bytes);
        place
    }

    /// The number of a new place below `parent` that is at these bytes.
    pub(crate) fn add_at(&mut self, parent: u32, step: Packed, bytes: Range<usize>) -> u32 {
        let place = self.add(parent, step);
        self.known.insert(place, bytes);
        place
    }

    /// Moves `place` below `parent`, as a YAML merge does.
    pub(super) fn merge(&mut self, place: u32, parent: u32) {
        if let Some((old, _)) = self.places.get_mut(place as usize) {
            let written = std::mem::replace(old, parent);
            self.merged.entry(place).or_insert(written);
        }
    }

    /// The places below `parent` that stand under a key, in the author's order.
    pub(crate) fn keys(&self, parent: u32) -> impl Iterator<Item = (u32, &str)> {
        let all = self.places.iter().enumerate();
        let below = all.filter(move |(_, (above, _))| *above == parent);
        below.filter_map(|(place, (_, step))| match self.unpacked(*step) {
            Step::Key(key) => Some((place as u32, key)),
            _ => None,
        })
    }

    /// Whether any value stands under `key`.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// How many places there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The last step to `place`.
    pub(super) fn step(&self, place: u32) -> Option<Step<'_>> {
        let (_, step) = self.places.get(place as usize)?;
        Some(self.unpacked(*step))
    }

    /// The place that `place` was written below, before any merge.
    pub(super) fn written_below(&self, place: u32) -> Option<u32> {
        let (parent, step) = self.places.get(place as usize)?;
        match *step {
            Packed::ROOT => None,
            _ => Some(self.merged.get(&place).copied().unwrap_or(*parent)),
        }
    }

    /// The bytes of a place that is no value.
    pub(super) fn known(&self, place: u32) -> Option<Range<usize>> {
        self.known.get(&place).cloned()
    }

    /// The place, the one that it is in, and so on up to the document itself.
    pub(super) fn around(&self, place: u32) -> impl Iterator<Item = u32> {
        let known = |place: u32| (place as usize) < self.places.len();
        std::iter::successors(Some(place), |at| match self.places.get(*at as usize)? {
            (_, Packed::ROOT) => None,
            (parent, _) => Some(*parent),
        })
        .take_while(move |at| known(*at))
    }

    /// The steps from the document to `place`.
    #[must_use]
    pub fn steps(&self, place: u32) -> Vec<Step<'_>> {
        let mut steps = Vec::with_capacity(16);
        let mut at = place;
        while let Some((parent, step)) = self.places.get(at as usize) {
            if *step == Packed::ROOT {
                break;
            }
            steps.push(self.unpacked(*step));
            at = *parent;
        }
        steps.reverse();
        steps
    }

    /// The JSON pointer of `place` (RFC 6901), without a leading `#`.
    #[must_use]
    pub fn pointer(&self, place: u32) -> String {
        let steps = self.steps(place);
        let room = steps.iter().map(|step| match step {
            Step::Key(key) => key.len() + 1,
            Step::Root | Step::Index(_) => 4,
        });
        let mut pointer = String::with_capacity(room.sum());
        for step in steps {
            pointer.push('/');
            match step {
                Step::Root => {}
                Step::Key(key) => push_token(&mut pointer, key),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}

/// Writes a key as a token of a pointer.
fn push_token(pointer: &mut String, key: &str) {
    if !key.contains(['~', '/']) {
        pointer.push_str(key);
        return;
    }
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
