//! The entries of an object: keys and nodes in the author's order.

use std::slice;
use std::sync::Arc;
use std::vec;

use foldhash::fast::RandomState;
use indexmap::{IndexMap, map};

use super::Node;

#[cfg(test)]
mod tests;

/// Up to so many keys are compared one by one, which costs less than hashing
/// them, in time and in memory. Almost all objects have no more.
const FEW: usize = 16;

/// The entries of an object, in the author's order, each key once. A document
/// has a hundred thousand objects of a few entries each, whose keys are the same
/// few words again and again, so those are shared; and now and then it has one
/// with all schemas of the API in it.
#[derive(Clone, Debug)]
pub struct Entries(Kept);

/// A key and its value.
type Pair = (Arc<str>, Node);

#[derive(Clone, Debug)]
enum Kept {
    Few(Vec<Pair>),
    Many(Box<IndexMap<Arc<str>, Node, RandomState>>),
}

use Kept::{Few, Many};

impl Entries {
    /// None yet, and room for `capacity` of them.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self(if capacity > FEW {
            let hasher = RandomState::default();
            Many(Box::new(IndexMap::with_capacity_and_hasher(
                capacity, hasher,
            )))
        } else {
            Few(Vec::with_capacity(capacity))
        })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Few(few) => few.len(),
            Many(many) => many.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where among the others the entry under `key` stands.
    #[must_use]
    pub fn index_of(&self, key: &str) -> Option<usize> {
        match &self.0 {
            Few(few) => few.iter().position(|(other, _)| **other == *key),
            Many(many) => many.get_index_of(key),
        }
    }

    /// The entry at `index`.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<(&str, &Node)> {
        match &self.0 {
            Few(few) => few.get(index).map(|(key, node)| (&**key, node)),
            Many(many) => many.get_index(index).map(|(key, node)| (&**key, node)),
        }
    }

    /// The value under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.0 {
            Few(few) => few
                .iter()
                .find_map(|(other, node)| (**other == *key).then_some(node)),
            Many(many) => many.get(key),
        }
    }

    /// The value under `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.0 {
            Few(few) => few
                .iter_mut()
                .find_map(|(other, node)| (**other == *key).then_some(node)),
            Many(many) => many.get_mut(key),
        }
    }

    /// Whether there is a value under `key`.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.index_of(key).is_some()
    }

    /// Puts `node` under `key`: in the place of the value that was there, which
    /// is returned, or at the end.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, node: Node) -> Option<Node> {
        let key = key.into();
        if let Some(known) = self.get_mut(&key) {
            return Some(std::mem::replace(known, node));
        }
        self.push(key, node);
        None
    }

    /// The value under `key`; what `make` makes, at the end, where there was
    /// none.
    pub fn get_or_insert_with(
        &mut self,
        key: impl Into<Arc<str>>,
        make: impl FnOnce() -> Node,
    ) -> &mut Node {
        let key = key.into();
        let index = match self.index_of(&key) {
            Some(index) => index,
            None => {
                self.push(key, make());
                self.len() - 1
            }
        };
        match &mut self.0 {
            Few(few) => &mut few[index].1,
            Many(many) => &mut many[index],
        }
    }

    /// Puts `node` under `key`, at the end, unless there is a value.
    pub fn insert_if_absent(&mut self, key: impl Into<Arc<str>>, node: Node) {
        self.get_or_insert_with(key, || node);
    }

    /// Adds an entry whose key is new.
    pub(super) fn push(&mut self, key: Arc<str>, node: Node) {
        match &mut self.0 {
            Few(few) if few.len() < FEW => few.push((key, node)),
            Few(few) => {
                let mut many: IndexMap<_, _, RandomState> = few.drain(..).collect();
                many.insert(key, node);
                self.0 = Many(Box::new(many));
            }
            Many(many) => {
                many.insert(key, node);
            }
        }
    }

    /// Takes the value under `key` out; those after it move up.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        match &mut self.0 {
            Few(few) => {
                let index = few.iter().position(|(other, _)| **other == *key)?;
                Some(few.remove(index).1)
            }
            Many(many) => many.shift_remove(key),
        }
    }

    /// Keeps the entries that `keep` says yes to.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Node) -> bool) {
        match &mut self.0 {
            Few(few) => few.retain_mut(|(key, node)| keep(key, node)),
            Many(many) => many.retain(|key, node| keep(key, node)),
        }
    }

    /// The keys and values.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(match &self.0 {
            Few(few) => Of::Few(few.iter()),
            Many(many) => Of::Many(many.iter()),
        })
    }

    /// The keys and values, these to be changed.
    pub fn iter_mut(&mut self) -> IterMut<'_> {
        IterMut(match &mut self.0 {
            Few(few) => Of::Few(few.iter_mut()),
            Many(many) => Of::Many(many.iter_mut()),
        })
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Node> {
        self.iter().map(|(_, node)| node)
    }

    /// The values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.iter_mut().map(|(_, node)| node)
    }

    /// The values alone.
    pub fn into_values(self) -> impl Iterator<Item = Node> {
        self.into_iter().map(|(_, node)| node)
    }
}

impl Default for Entries {
    fn default() -> Self {
        Self(Few(Vec::new()))
    }
}

/// In any order, as JSON has it.
impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        let same = |(key, node): (&str, &Node)| other.get(key) == Some(node);
        self.len() == other.len() && self.iter().all(same)
    }
}

impl<K: Into<Arc<str>>> Extend<(K, Node)> for Entries {
    fn extend<I: IntoIterator<Item = (K, Node)>>(&mut self, entries: I) {
        for (key, node) in entries {
            self.insert(key, node);
        }
    }
}

impl<K: Into<Arc<str>>> FromIterator<(K, Node)> for Entries {
    fn from_iter<I: IntoIterator<Item = (K, Node)>>(entries: I) -> Self {
        let mut all = Self::default();
        all.extend(entries);
        all
    }
}

/// An iterator over entries that are kept one way or the other.
#[derive(Clone, Debug)]
enum Of<F, M> {
    Few(F),
    Many(M),
}

/// See [`Entries::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a>(Of<slice::Iter<'a, Pair>, map::Iter<'a, Arc<str>, Node>>);

/// See [`Entries::iter_mut`].
#[derive(Debug)]
pub struct IterMut<'a>(Of<slice::IterMut<'a, Pair>, map::IterMut<'a, Arc<str>, Node>>);

/// The keys and values of [`Entries`] that are given up.
#[derive(Debug)]
pub struct IntoIter(Of<vec::IntoIter<Pair>, map::IntoIter<Arc<str>, Node>>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Node);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Of::Few(few) => few.next().map(|(key, node)| (&**key, node)),
            Of::Many(many) => many.next().map(|(key, node)| (&**key, node)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Of::Few(few) => few.size_hint(),
            Of::Many(many) => many.size_hint(),
        }
    }
}

impl<'a> Iterator for IterMut<'a> {
    type Item = (&'a str, &'a mut Node);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Of::Few(few) => few.next().map(|(key, node)| (&**key, node)),
            Of::Many(many) => many.next().map(|(key, node)| (&**key, node)),
        }
    }
}

impl Iterator for IntoIter {
    type Item = Pair;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Of::Few(few) => few.next(),
            Of::Many(many) => many.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Of::Few(few) => few.size_hint(),
            Of::Many(many) => many.size_hint(),
        }
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = (&'a str, &'a Node);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Entries {
    type Item = (&'a str, &'a mut Node);
    type IntoIter = IterMut<'a>;

    fn into_iter(self) -> IterMut<'a> {
        self.iter_mut()
    }
}

impl IntoIterator for Entries {
    type Item = Pair;
    type IntoIter = IntoIter;

    fn into_iter(self) -> IntoIter {
        IntoIter(match self.0 {
            Few(few) => Of::Few(few.into_iter()),
            Many(many) => Of::Many(many.into_iter()),
        })
    }
}
