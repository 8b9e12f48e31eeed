//! The tree of a document: JSON's data model, the author's key order, and on
//! every node the place where it was written.

use std::borrow::Cow;

use super::{Entries, Origin};

/// One value of a document, with the place where it was written.
///
/// Transforms move and change nodes but keep their `origin`, so that a
/// diagnostic about the result still points at what the author wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the value was written.
    pub origin: Origin,
    /// The value itself.
    pub value: Value,
}

/// The value of a [`Node`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// An object, in the author's order.
    Object(Entries),
}

/// A number as it was written: integers stay exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A number without fraction and exponent.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

impl Node {
    /// A node made by a transform on behalf of what was written at `origin`.
    #[must_use]
    pub fn new(origin: Origin, value: Value) -> Self {
        Self { origin, value }
    }

    /// The value under `key`, if this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The value under `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Object(object) => object.get_mut(key),
            _ => None,
        }
    }

    /// The element at `index`, if this is a list that has it.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&Node> {
        self.as_array()?.get(index)
    }

    /// The object, if this is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Entries> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The list, if this is one.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(string) => Some(string),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// What kind of JSON value this is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    /// The node that the JSON pointer `pointer` (RFC 6901, without `#`) names.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer
            .strip_prefix('/')?
            .split('/')
            .try_fold(self, |node, token| {
                let token: Cow<'_, str> = match token.contains('~') {
                    true => token.replace("~1", "/").replace("~0", "~").into(),
                    false => token.into(),
                };
                match &node.value {
                    Value::Object(object) => object.get(&token),
                    Value::Array(array) => array.get(token.parse::<usize>().ok()?),
                    _ => None,
                }
            })
    }

    /// The same data as `serde_json` has it, positions left behind. Integers
    /// beyond 64 bits become floats there.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => number.to_json(),
            Value::String(string) => Json::String(string.clone()),
            Value::Array(array) => Json::Array(array.iter().map(Node::to_json).collect()),
            Value::Object(object) => Json::Object(
                object
                    .iter()
                    .map(|(key, node)| (key.to_owned(), node.to_json()))
                    .collect(),
            ),
        }
    }
}

impl Number {
    pub(super) fn to_json(self) -> serde_json::Value {
        match self {
            Number::Integer(integer) => match (i64::try_from(integer), u64::try_from(integer)) {
                (Ok(small), _) => small.into(),
                (_, Ok(large)) => large.into(),
                _ => (integer as f64).into(),
            },
            Number::Float(float) => float.into(),
        }
    }
}
