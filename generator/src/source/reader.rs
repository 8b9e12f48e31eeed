//! Makes nodes of what a `serde` deserializer reads: a JSON or YAML value in, a
//! [`Node`] out, with a place for every value. Keeps the author's order, sees
//! duplicate keys and tags, and bounds what aliases may expand to.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::origin::Packed;
use super::{Entries, Node, Number, Origin, Places, Value};
use crate::diagnostic::{Code, Report};

/// What is needed to read one document.
pub(super) struct Reader<'a> {
    /// The number of the document.
    pub(super) document: u32,
    /// Grows by one place per value.
    pub(super) places: Places,
    /// Whether `<<` is a merge and tags may occur.
    pub(super) yaml: bool,
    /// The entries so far of the objects that are being read, the innermost
    /// last: how many an object has is known at its end.
    pub(super) entries: Vec<(Arc<str>, Node)>,
    /// What is left to spend on values and their texts: aliases repeat them.
    pub(super) budget: usize,
    /// The keys that stand twice in one object.
    pub(super) duplicates: Vec<Duplicate>,
    pub(super) report: &'a mut Report,
}

/// A key that stands twice in one object.
pub(super) struct Duplicate {
    key: Arc<str>,
    first: Origin,
    second: Origin,
    /// Whether both have the same value.
    same: bool,
}

impl Duplicate {
    /// Reports the key at its second place; `first_line` is that of the first.
    pub(super) fn report(&self, first_line: impl FnOnce(Origin) -> usize, report: &mut Report) {
        let (effect, help) = if self.same {
            ("", "remove one of the two")
        } else {
            (
                ", and that one is left out",
                "remove one of the two, or rename it: readers disagree about which one counts",
            )
        };
        let (key, line) = (&self.key, first_line(self.first));
        report
            .warn(
                Code::DuplicateKey,
                self.second,
                format!("the key `{key}` stands here a second time, after line {line}{effect}"),
            )
            .help(help);
    }
}

/// The start of the error that ends the reading of a text whose aliases expand
/// to too much.
pub(super) const TOO_LARGE: &str = "aliases expand to too many values";

/// What a value costs besides its text.
const PER_VALUE: usize = 16;

/// What aliases may cost together: about a million values.
const FOR_ALIASES: usize = 16 << 20;

/// Returns what the values of a text of `length` bytes may cost: what is written
/// out costs less than its text is long, copies have the rest.
pub(crate) fn budget(length: usize) -> usize {
    // No value is shorter than two bytes with its separator.
    length
        .saturating_mul(PER_VALUE / 2 + 1)
        .saturating_add(FOR_ALIASES)
}

/// Returns what a value and all values in it cost.
pub(crate) fn cost(node: &Node) -> usize {
    let inside: usize = match &node.value {
        Value::String(text) => text.len(),
        Value::Array(array) => array.iter().map(cost).sum(),
        Value::Object(object) => object
            .iter()
            .map(|(key, node)| key.len() + cost(node))
            .sum(),
        _ => 0,
    };
    PER_VALUE + inside
}

impl Reader<'_> {
    fn origin(&self, place: u32) -> Origin {
        Origin {
            document: self.document,
            place,
        }
    }

    /// The object at `place`, whose entries are those from `start` on.
    fn object(&mut self, start: usize, place: u32) -> Entries {
        let mut object = Entries::with_capacity(self.entries.len() - start);
        // Keys that came out of a merge: written keys win over them.
        let mut merged = BTreeSet::new();
        let mut entries = std::mem::take(&mut self.entries);
        for (key, node) in entries.drain(start..) {
            if self.yaml && *key == *"<<" {
                merge(self, place, node, &mut object, &mut merged);
            } else if let Some(first) = object.get_mut(&key) {
                if !merged.remove(&key) {
                    self.duplicates.push(Duplicate {
                        key: Arc::clone(&key),
                        first: first.origin,
                        second: node.origin,
                        same: same(first, &node),
                    });
                }
                *first = node;
            } else {
                object.push(key, node);
            }
        }
        self.entries = entries;
        object
    }

    fn spend<E: Error>(&mut self, cost: usize) -> Result<(), E> {
        match self.budget.checked_sub(cost) {
            Some(left) => {
                self.budget = left;
                Ok(())
            }
            None => Err(E::custom(TOO_LARGE)),
        }
    }
}

/// Reads the value of one place.
pub(super) struct Place<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) place: u32,
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let origin = self.reader.origin(self.place);
        self.reader.spend(PER_VALUE)?;
        let value = deserializer.deserialize_any(self)?;
        Ok(Node { origin, value })
    }
}

impl<'de> Visitor<'de> for Place<'_, '_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(Number::Integer(value.into())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(Number::Integer(value.into())))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Number(Number::Integer(value)))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Number(match i128::try_from(value) {
            Ok(integer) => Number::Integer(integer),
            Err(_) => Number::Float(value as f64),
        }))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(if value.is_finite() {
            Value::Number(Number::Float(value))
        } else if value.is_nan() {
            // JSON has no such numbers; as texts nothing takes them for one.
            Value::String(".nan".to_owned())
        } else if value > 0.0 {
            Value::String(".inf".to_owned())
        } else {
            Value::String("-.inf".to_owned())
        })
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.reader.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Place { reader, place } = self;
        let mut array = Vec::new();
        loop {
            let seed = Element {
                reader: &mut *reader,
                parent: place,
                step: Packed::index(array.len()),
            };
            match access.next_element_seed(seed)? {
                Some(node) => array.push(node),
                None => {
                    array.shrink_to_fit();
                    return Ok(Value::Array(array));
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Place { reader, place } = self;
        let start = reader.entries.len();
        while let Some((key, step)) = access.next_key_seed(Key(reader))? {
            reader.spend(key.len())?;
            let node = access.next_value_seed(Element {
                reader: &mut *reader,
                parent: place,
                step,
            })?;
            reader.entries.push((key, node));
        }
        Ok(Value::Object(reader.object(start, place)))
    }

    /// A value with a tag of its own, `!include` say.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let Place { reader, place } = self;
        let ((tag, _), value) = access.variant_seed(Key(reader))?;
        // `!` alone says that a scalar is a string, which it then is.
        if *tag != *"!" {
            reader
                .report
                .warn(
                    Code::YamlTag,
                    reader.origin(place),
                    format!("the tag `!{tag}` has no meaning in OpenAPI and is left out"),
                )
                .help("remove the tag, or write the value out");
        }
        let node = value.newtype_variant_seed(Place { reader, place })?;
        Ok(node.value)
    }
}

/// Reads a value below another: gives it a place first.
struct Element<'r, 'a> {
    reader: &'r mut Reader<'a>,
    parent: u32,
    step: Packed,
}

impl<'de> DeserializeSeed<'de> for Element<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let place = self.reader.places.add(self.parent, self.step);
        let reader = self.reader;
        Place { reader, place }.deserialize(deserializer)
    }
}

/// Reads a key: its text, whatever YAML would resolve it to, so that `200` and
/// `no` stay what they look like.
struct Key<'r, 'a>(&'r mut Reader<'a>);

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = (Arc<str>, Packed);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_, '_> {
    type Value = (Arc<str>, Packed);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string as key")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(self.0.places.key(value))
    }
}

/// Whether two values are the same data, wherever they were written.
fn same(first: &Node, second: &Node) -> bool {
    match (&first.value, &second.value) {
        (Value::Array(first), Value::Array(second)) => {
            first.len() == second.len()
                && first
                    .iter()
                    .zip(second)
                    .all(|(first, second)| same(first, second))
        }
        (Value::Object(first), Value::Object(second)) => {
            first.len() == second.len()
                && first
                    .iter()
                    .all(|(key, first)| second.get(key).is_some_and(|second| same(first, second)))
        }
        (first, second) => first == second,
    }
}

/// `<<`: takes over the keys that the object does not have. Of several objects
/// the first one wins.
fn merge(
    reader: &mut Reader<'_>,
    place: u32,
    node: Node,
    object: &mut Entries,
    merged: &mut BTreeSet<Arc<str>>,
) {
    let origin = node.origin;
    let sources = match node.value {
        Value::Object(_) => vec![node],
        Value::Array(array) => array,
        _ => Vec::new(),
    };
    if sources.is_empty() || sources.iter().any(|source| source.as_object().is_none()) {
        reader
            .report
            .error(
                Code::Syntax,
                origin,
                "a merge (`<<`) takes an object or a list of objects",
            )
            .help("write an alias to an object, `<<: *name`");
    }
    for source in sources {
        let Value::Object(entries) = source.value else {
            continue;
        };
        for (key, node) in entries {
            if !object.contains_key(&key) {
                reader.places.merge(node.origin.place, place);
                merged.insert(Arc::clone(&key));
                object.insert(key, node);
            }
        }
    }
}
