//! Where the places of a document are in its text: one scan finds all. Text
//! and places in, byte ranges, lines and columns out.

use std::ops::Range;

use super::origin::{Places, Step};
use super::{Syntax, position_json, position_yaml};

/// The bytes of one place. Empty where the scan did not meet it.
#[derive(Clone, Copy, Debug, Default)]
struct Spot {
    key: Option<(u32, u32)>,
    value: Option<(u32, u32)>,
    /// The value is a scalar and ends where `value` ends.
    scalar: bool,
}

/// The bytes of all places of a document, by place.
#[derive(Clone, Debug)]
pub(super) struct Index {
    spots: Vec<Spot>,
    /// Where each line starts.
    lines: Vec<u32>,
    /// Whether bytes are characters.
    ascii: bool,
}

impl Index {
    /// Scans `text` once.
    pub(super) fn build(text: &str, places: &Places, syntax: Syntax) -> Self {
        let mut recorder = Recorder::new(places);
        match syntax {
            Syntax::Json => position_json::scan(text, &mut recorder),
            Syntax::Yaml => position_yaml::scan(text, &mut recorder),
            Syntax::Unread => {}
        }
        let newlines = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        Self {
            spots: recorder.spots,
            lines: std::iter::once(0).chain(newlines).collect(),
            ascii: text.is_ascii(),
        }
    }

    /// The line and the column, in characters, both counted from 1.
    pub(super) fn line_and_column(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start as usize <= at);
        let start = match line.checked_sub(1) {
            Some(before) => self.lines[before] as usize,
            None => 0,
        };
        let before = match text.get(start..at) {
            Some(_) if self.ascii => at - start,
            Some(before) => before.chars().count(),
            None => 0,
        };
        (line.max(1), before + 1)
    }

    /// The bytes of the scalar at `place`, where it was written as one.
    pub(super) fn scalar(&self, place: u32) -> Option<Range<usize>> {
        let spot = self.spots.get(place as usize)?;
        let (start, end) = spot.value.filter(|_| spot.scalar)?;
        Some(start as usize..end as usize)
    }

    /// What to show of `place`, or of the nearest place around it that has a
    /// text.
    pub(super) fn shown(&self, text: &str, places: &Places, place: u32) -> Range<usize> {
        let mut at = Some(place);
        while let Some(place) = at {
            if let Some(spot) = self.spots.get(place as usize)
                && let Some(start) = spot.key.or(spot.value)
            {
                return spot.shown(text, start);
            }
            at = places.written_below(place);
        }
        0..0
    }
}

impl Spot {
    fn shown(self, text: &str, (start, end): (u32, u32)) -> Range<usize> {
        let start = start as usize;
        let end = match self.value {
            Some((_, value_end)) if self.scalar => value_end,
            Some((_, value_end)) if self.key.is_none() => value_end,
            _ => end,
        };
        let whole = text.get(start..end as usize).unwrap_or_default();
        let line = whole.lines().next().unwrap_or_default();
        start..start + line.trim_end().len()
    }
}

/// Follows a scan through the places of a document. The scan says what it
/// meets; the recorder knows which place that is.
pub(super) struct Recorder<'a> {
    places: &'a Places,
    spots: Vec<Spot>,
    /// The first place below each place, in the order they were read.
    first: Vec<u32>,
    /// The next place below the same place.
    next: Vec<u32>,
    open: Vec<Open>,
}

/// A list or object whose end the scan has not met.
struct Open {
    /// `None` below what has no place.
    place: Option<u32>,
    /// The place that most likely comes next.
    cursor: u32,
    /// The place of the value that comes next, and its key.
    coming: Option<(u32, Option<(u32, u32)>)>,
    /// In a list the index of the element that comes next.
    index: Option<u32>,
}

const NONE: u32 = u32::MAX;

impl<'a> Recorder<'a> {
    fn new(places: &'a Places) -> Self {
        let count = places.len();
        let mut first = vec![NONE; count];
        let mut next = vec![NONE; count];
        // Backwards, so that each list comes out in the order of reading.
        for place in (0..count as u32).rev() {
            if let Some(parent) = places.written_below(place)
                && let Some(head) = first.get_mut(parent as usize)
            {
                next[place as usize] = std::mem::replace(head, place);
            }
        }
        Self {
            places,
            spots: vec![Spot::default(); count],
            first,
            next,
            open: Vec::new(),
        }
    }

    /// Forgets everything, for another scan.
    pub(super) fn restart(&mut self) {
        self.spots.fill(Spot::default());
        self.open.clear();
    }

    /// How deep the scan is.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the next scalar is a key.
    pub(super) fn expects_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.index.is_none() && open.coming.is_none())
    }

    /// A key of the innermost object.
    pub(super) fn key(&mut self, name: &str, bytes: Range<usize>) {
        let bytes = (bytes.start as u32, bytes.end as u32);
        let Some(open) = self.open.last() else {
            return;
        };
        let found = open
            .place
            .and_then(|parent| self.find(parent, open.cursor, |step| step == Step::Key(name)));
        self.expect(found, Some(bytes));
    }

    /// A list or an object starts.
    pub(super) fn start(&mut self, at: usize, list: bool) {
        let place = self.take();
        if let Some((place, key)) = place {
            self.note(place, key, (at as u32, at as u32 + 1), false);
        }
        let place = place.map(|(place, _)| place);
        self.open.push(Open {
            place,
            cursor: place.map_or(NONE, |place| self.first[place as usize]),
            coming: None,
            index: list.then_some(0),
        });
    }

    /// The innermost list or object has ended before `end`.
    pub(super) fn end(&mut self, end: usize) {
        if let Some(Open {
            place: Some(place), ..
        }) = self.open.pop()
            && let Some(Spot {
                value: Some((_, value_end)),
                ..
            }) = self.spots.get_mut(place as usize)
        {
            *value_end = (*value_end).max(end as u32);
        }
    }

    /// An alias: its place is here, and the places below it have none.
    pub(super) fn alias(&mut self, bytes: Range<usize>) {
        if let Some((place, key)) = self.take() {
            self.note(place, key, (bytes.start as u32, bytes.end as u32), false);
        }
    }

    /// A scalar.
    pub(super) fn scalar(&mut self, bytes: Range<usize>) {
        if let Some((place, key)) = self.take() {
            self.note(place, key, (bytes.start as u32, bytes.end as u32), true);
        }
    }

    /// The place of the value that starts here, and its key.
    fn take(&mut self) -> Option<(u32, Option<(u32, u32)>)> {
        let Some(open) = self.open.last_mut() else {
            // The document itself.
            return (!self.spots.is_empty()).then_some((0, None));
        };
        let Some(index) = open.index.as_mut() else {
            return open.coming.take().filter(|(place, _)| *place != NONE);
        };
        let wanted = Step::Index(*index);
        *index += 1;
        let (parent, cursor) = (open.place?, open.cursor);
        let found = self.find(parent, cursor, |step| step == wanted);
        self.expect(found, None);
        self.open.last_mut()?.coming.take()
    }

    fn expect(&mut self, found: Option<u32>, key: Option<(u32, u32)>) {
        if let Some(open) = self.open.last_mut() {
            if let Some(place) = found {
                open.cursor = self.next[place as usize];
            }
            open.coming = match (found, key) {
                (None, None) => None,
                (found, key) => Some((found.unwrap_or(NONE), key)),
            };
        }
    }

    /// The place below `parent` whose step fits: most often the one at the
    /// cursor, since places are numbered in the order of the text.
    fn find(&self, parent: u32, cursor: u32, fits: impl Fn(Step<'_>) -> bool) -> Option<u32> {
        let mut at = cursor;
        let mut wrapped = false;
        loop {
            if at == NONE {
                if wrapped {
                    return None;
                }
                wrapped = true;
                at = self.first[parent as usize];
                if at == NONE {
                    return None;
                }
            }
            if wrapped && at == cursor {
                return None;
            }
            if self.places.step(at).is_some_and(&fits) {
                return Some(at);
            }
            at = self.next[at as usize];
        }
    }

    fn note(&mut self, place: u32, key: Option<(u32, u32)>, value: (u32, u32), scalar: bool) {
        if let Some(spot) = self.spots.get_mut(place as usize) {
            *spot = Spot {
                key,
                value: Some(value),
                scalar,
            };
        }
    }
}
