//! Unions without a discriminator: a JSON value and the shapes of the variants
//! go in, the variant that fits best comes out.

use std::any::type_name;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decode_error;

/// What is known of a variant before it is decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// The kind of JSON value.
    pub(crate) json: JsonKind,
    /// Properties without which it is another variant.
    pub(crate) required: &'static [&'static str],
    /// All properties that the variant knows. Between variants that all accept
    /// a value, the one that knows most of its properties loses least.
    pub(crate) properties: &'static [&'static str],
    /// Values that an enum lists: those of a property, of a property inside
    /// it, or of the value itself.
    pub(crate) known: &'static [Known],
    /// What is known of the elements of a list.
    pub(crate) items: Option<&'static Shape>,
    /// The shapes of a union's variants, where the variant is itself a union.
    pub(crate) any_of: &'static [Shape],
    /// The property that chooses this variant of a union inside the union, and
    /// the values of it that do.
    pub(crate) tag: Option<(&'static str, &'static [&'static str])>,
}

/// The values that an enum inside a variant lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// The properties on the way to it.
    pub(crate) path: &'static [&'static str],
    /// The values, as texts. A property with one alone is a constant: with
    /// another, the value is no value of the variant. Of several, there may be
    /// more to come.
    pub(crate) values: &'static [&'static str],
}

/// The kinds of JSON value, as a schema tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonKind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    /// A string of which only some texts are values.
    Format,
    Array,
    Object,
}

/// The variant of a union that a value is, if it is one: of those that accept
/// it, the first that loses nothing of it, else the one that loses least.
///
/// To compare variants, each is decoded and encoded again. Unions inside them do
/// not take part: each is settled by itself, once, and only how much it loses is
/// added. So the time grows with the size of the value and its depth, not with
/// the number of ways to read it.
pub(crate) fn choose<T: Serialize>(
    value: &Value,
    shapes: &[Shape],
    decode: impl Fn(usize) -> Option<T>,
) -> Option<T> {
    let mut choice = match Choice::of(value, shapes, type_name::<T>()) {
        Step::Choose(choice) => choice,
        Step::Decode(index) => return decode(index),
        Step::Postpone => return None,
    };
    let mut best = None;
    while let Some(index) = choice.next() {
        if !choice.compares {
            match decode(index) {
                Some(decoded) => return Some(decoded),
                None => continue,
            }
        }
        let outside = Comparison::start();
        let decoded = decode(index);
        let inside = outside.end();
        if let Some(decoded) = decoded {
            // By way of the text: `Value` would widen the digits of an `f32`.
            if choice.improves(serde_json::to_vec(&decoded), inside) {
                best = Some(decoded);
            }
        }
    }
    match choice.settle() {
        Step::Choose(_) => best,
        Step::Decode(index) => decode(index),
        Step::Postpone => None,
    }
}

/// What is to be done about a union.
enum Step<C> {
    /// Try its variants; once settled, take the best of them as it is.
    Choose(C),
    /// Decode this variant.
    Decode(usize),
    /// Keep the value as it is, as variants outside of it are being compared.
    Postpone,
}

/// A choice under way.
struct Choice<'a> {
    value: &'a Value,
    /// The shapes of all variants.
    shapes: &'a [Shape],
    /// The variants left to try, the likeliest last: their indices in `shapes`,
    /// which [`ranked`] counts, and so never beyond its end.
    left: Vec<(usize, Fit)>,
    /// The one that is being tried.
    tried: Option<(usize, Fit)>,
    /// The best of those that were tried.
    best: Option<Best>,
    /// Whether there is anything to compare.
    compares: bool,
    /// How many values are in the value: what a try costs.
    nodes: usize,
    /// What the result is remembered by.
    key: Option<Key>,
    _inside: Inside,
}

/// A variant that accepts the value.
#[derive(Clone, Copy)]
struct Best {
    index: usize,
    lost: usize,
    fit: Fit,
    /// Whether unions inside it have been postponed.
    is_partial: bool,
}

impl<'a> Choice<'a> {
    fn of(value: &'a Value, shapes: &'a [Shape], union: &'static str) -> Step<Self> {
        let nodes = nodes(value);
        let inside = Inside::enter(nodes);
        let mut left = ranked(value, shapes);
        left.reverse();
        let strange = |(index, fit): &(usize, Fit)| shapes[*index].is_strange_to(value, *fit);
        let compares = matches!(value, Value::Array(_) | Value::Object(_))
            && (left.len() > 1 || left.iter().any(strange));
        let key = compares.then(|| Effort::key(union, value));
        if let Some(settled) = key.and_then(Effort::settled) {
            return match Comparison::postpones(settled.lost) {
                true => Step::Postpone,
                false => settled.index.map_or(Step::Postpone, Step::Decode),
            };
        }
        Step::Choose(Self {
            value,
            shapes,
            left,
            tried: None,
            best: None,
            compares,
            nodes,
            key,
            _inside: inside,
        })
    }

    /// The next variant that is worth a try.
    fn next(&mut self) -> Option<usize> {
        let (index, fit) = self.left.pop().filter(|(_, fit)| match self.best {
            Some(Best { lost: 0, .. }) => false,
            // A map loses nothing, but says nothing either.
            Some(best) => fit.known > 0 || best.fit.known == 0,
            None => true,
        })?;
        self.tried = Some((index, fit));
        Effort::spend(self.nodes).then_some(index)
    }

    /// Whether the variant that was tried, as it is written, is the best so
    /// far. `inside` is what came of the unions inside it.
    fn improves(&mut self, json: Result<Vec<u8>, serde_json::Error>, inside: Comparison) -> bool {
        let lost = json
            .and_then(|json| serde_json::from_slice(&json))
            .map_or(usize::MAX, |encoded| lost(self.value, &encoded))
            .saturating_add(inside.lost);
        let Some((index, fit)) = self.tried else {
            return false;
        };
        let strange = lost > 0 && self.shapes[index].is_strange_to(self.value, fit);
        let improves = !strange && self.best.is_none_or(|best| lost < best.lost);
        if improves {
            self.best = Some(Best {
                index,
                lost,
                fit,
                is_partial: inside.is_partial,
            });
        }
        improves
    }

    /// Remembers the best variant.
    fn settle(&self) -> Step<()> {
        let Some(key) = self.key else {
            return Step::Choose(());
        };
        let settled = Settled {
            index: self.best.map(|best| best.index),
            lost: self.best.map_or(0, |best| best.lost),
        };
        Effort::settle(key, settled);
        match self.best {
            _ if Comparison::postpones(settled.lost) => Step::Postpone,
            Some(best) if best.is_partial => Step::Decode(best.index),
            _ => Step::Choose(()),
        }
    }
}

/// The value as one variant, if it is one.
pub(crate) fn attempt<T: DeserializeOwned>(value: &Value) -> Option<T> {
    decode_error::decode(value).ok()
}

/// The variants that a value may be, as indices into `shapes`: the best fit
/// first, equally good ones in the given order.
fn ranked(value: &Value, shapes: &[Shape]) -> Vec<(usize, Fit)> {
    let mut fits: Vec<(usize, Fit)> = shapes
        .iter()
        .enumerate()
        .filter_map(|(index, shape)| shape.fit(value).map(|fit| (index, fit)))
        .collect();
    // Stable, so the given order decides between equals.
    fits.sort_by_key(|(_, fit)| Reverse(*fit));
    fits
}

/// How well a value fits, the weightiest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Whether no enum has a value that it does not list.
    listed: bool,
    /// How much the kind of the value says.
    kind: usize,
    /// The properties of the value that the variant knows.
    known: usize,
    /// The properties that the variant asks for.
    required: usize,
}

impl Shape {
    /// The shape of any value of the kind.
    pub(crate) const fn of(json: JsonKind) -> Self {
        Self {
            json,
            required: &[],
            properties: &[],
            known: &[],
            items: None,
            any_of: &[],
            tag: None,
        }
    }

    /// Whether the variant knows none of an object's properties. It is that
    /// object only if it keeps what it does not know.
    fn is_strange_to(&self, value: &Value, fit: Fit) -> bool {
        let has_any = value.as_object().is_some_and(|object| !object.is_empty());
        has_any && !self.properties.is_empty() && fit.known == 0
    }

    /// How well a value fits; `None` where it cannot be this variant.
    fn fit(&self, value: &Value) -> Option<Fit> {
        if !self.any_of.is_empty() {
            return self
                .any_of
                .iter()
                .filter_map(|shape| shape.fit(value))
                .max();
        }
        if let Some((property, tags)) = self.tag {
            if value.get(property).is_some_and(|tag| !is_one_of(tag, tags)) {
                return None;
            }
        }
        let kind = match (self.json, value) {
            (JsonKind::Any, _) => 0,
            (JsonKind::Integer, Value::Number(number)) if !number.is_f64() => 2,
            // An integer beyond 64 bits, which a float would round.
            (JsonKind::Integer, Value::Number(number)) if number.as_f64().is_some_and(is_wide) => 3,
            // `1.0` may stand for 1, where nothing else takes it.
            (JsonKind::Integer, Value::Number(number))
                if number.as_f64().is_some_and(|number| number.fract() == 0.0) =>
            {
                1
            }
            (JsonKind::Number, Value::Number(number)) => 1 + usize::from(number.is_f64()),
            (JsonKind::Format, Value::String(_)) => 2,
            (JsonKind::Null, Value::Null)
            | (JsonKind::Boolean, Value::Bool(_))
            | (JsonKind::String, Value::String(_))
            | (JsonKind::Array, Value::Array(_))
            | (JsonKind::Object, Value::Object(_)) => 1,
            _ => return None,
        };
        let has = |name: &&&str| value.get(**name).is_some();
        if !self.required.iter().all(|name| has(&name)) {
            return None;
        }
        let mut fit = Fit {
            listed: true,
            kind,
            known: self.properties.iter().filter(has).count(),
            required: self.required.len(),
        };
        for known in self.known {
            match known.lists(value) {
                None => {}
                Some(true) => fit.kind += 1,
                Some(false) if known.values.len() == 1 && !known.path.is_empty() => return None,
                Some(false) => fit.listed = false,
            }
        }
        if let (Some(shape), Value::Array(items)) = (self.items, value) {
            for item in items {
                let item = shape.fit(item)?;
                fit.listed &= item.listed;
                fit.kind = fit.kind.max(1 + item.kind);
                fit.known += item.known;
            }
        }
        Some(fit)
    }
}

impl Known {
    /// Whether the value at the path is listed; `None` where there is none.
    fn lists(&self, value: &Value) -> Option<bool> {
        let at = self
            .path
            .iter()
            .try_fold(value, |value, name| value.get(name))?;
        // What may be null says nothing then.
        (self.path.is_empty() || !at.is_null()).then(|| is_one_of(at, self.values))
    }
}

/// Whether a value is one of these, which are given as texts.
fn is_one_of(value: &Value, texts: &[&str]) -> bool {
    match value {
        Value::String(text) => texts.contains(&text.as_str()),
        Value::Number(_) | Value::Bool(_) => texts.contains(&value.to_string().as_str()),
        _ => false,
    }
}

/// Whether a float is an integer beyond 64 bits.
fn is_wide(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() >= 9_223_372_036_854_775_808.0
}

/// How much of a value is not in what was made of it.
fn lost(value: &Value, encoded: &Value) -> usize {
    match (value, encoded) {
        (Value::Object(object), Value::Object(encoded)) => {
            let lost = object.iter().map(|(name, value)| match encoded.get(name) {
                Some(encoded) => lost(value, encoded),
                // Null is often another way to leave a property out.
                None if value.is_null() => 1,
                None => 2 * nodes(value),
            });
            let made_up = encoded.keys().filter(|name| !object.contains_key(*name));
            lost.sum::<usize>() + 2 * made_up.count()
        }
        (Value::Array(items), Value::Array(encoded)) if items.len() == encoded.len() => items
            .iter()
            .zip(encoded)
            .map(|(value, encoded)| lost(value, encoded))
            .sum(),
        (Value::Number(number), Value::Number(encoded)) => {
            usize::from(number != encoded && number.as_f64() != encoded.as_f64())
        }
        _ if value == encoded => 0,
        // A time written another way, say.
        (Value::String(_), Value::String(_)) => 1,
        _ => 2 * nodes(value),
    }
}

/// How many values are in a value, itself included.
fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Object(object) => object.values().map(nodes).sum(),
        Value::Array(items) => items.iter().map(nodes).sum(),
        _ => 0,
    }
}

/// What a choice depends on: the name of the union and a hash of the value.
type Key = (&'static str, u64);

/// The result of a choice.
#[derive(Clone, Copy)]
struct Settled {
    /// `None` where the value is none of the variants.
    index: Option<usize>,
    lost: usize,
}

/// What the thread knows of the union that it reads, and of those inside it.
#[derive(Default)]
struct Effort {
    /// How deep in unions of unions the thread is.
    depth: usize,
    /// How many more values it may look at, again and again.
    left: usize,
    settled: HashMap<Key, Settled>,
    hasher: RandomState,
    /// The innermost comparison, if variants are being compared.
    comparison: Option<Comparison>,
}

thread_local! {
    static EFFORT: RefCell<Effort> = RefCell::default();
}

impl Effort {
    /// How many values may be looked at for a union of `nodes`. Without a limit,
    /// a hostile value could ask for the square of its size.
    fn budget(nodes: usize) -> usize {
        nodes.saturating_mul(256).saturating_add(1000)
    }

    /// Whether a variant may be tried that has so many values.
    fn spend(nodes: usize) -> bool {
        EFFORT.with_borrow_mut(|effort| {
            let may_try = effort.left > 0;
            effort.left = effort.left.saturating_sub(nodes);
            may_try
        })
    }

    fn key(union: &'static str, value: &Value) -> Key {
        EFFORT.with_borrow(|effort| (union, effort.hasher.hash_one(value)))
    }

    fn settled(key: Key) -> Option<Settled> {
        EFFORT.with_borrow(|effort| effort.settled.get(&key).copied())
    }

    fn settle(key: Key, settled: Settled) {
        EFFORT.with_borrow_mut(|effort| effort.settled.insert(key, settled));
    }
}

/// What came of the unions inside a variant that is compared with others.
#[derive(Clone, Copy, Default)]
struct Comparison {
    /// How much they lose.
    lost: usize,
    /// Whether there are any that were postponed.
    is_partial: bool,
}

impl Comparison {
    /// Starts another one; [`Outside::end`] goes back to the one before.
    fn start() -> Outside {
        let inner = Some(Self::default());
        let swap = |effort: &mut Effort| std::mem::replace(&mut effort.comparison, inner);
        Outside(EFFORT.with_borrow_mut(swap))
    }

    /// Whether a union that loses so much is left for later, as variants outside
    /// of it are being compared.
    fn postpones(lost: usize) -> bool {
        EFFORT.with_borrow_mut(|effort| match &mut effort.comparison {
            Some(comparison) => {
                comparison.lost = comparison.lost.saturating_add(lost);
                comparison.is_partial = true;
                true
            }
            None => false,
        })
    }
}

/// The comparison outside of the one that is under way.
struct Outside(Option<Comparison>);

impl Outside {
    fn end(self) -> Comparison {
        let swap = |effort: &mut Effort| std::mem::replace(&mut effort.comparison, self.0);
        EFFORT.with_borrow_mut(swap).unwrap_or_default()
    }
}

/// While a union is read.
struct Inside;

impl Inside {
    fn enter(nodes: usize) -> Self {
        EFFORT.with_borrow_mut(|effort| {
            if effort.depth == 0 {
                effort.left = Effort::budget(nodes);
                effort.comparison = None;
            }
            effort.depth += 1;
        });
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        EFFORT.with_borrow_mut(|effort| {
            effort.depth = effort.depth.saturating_sub(1);
            if effort.depth == 0 {
                effort.settled = HashMap::new();
            }
        });
    }
}
