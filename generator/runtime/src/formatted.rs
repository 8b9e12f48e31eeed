//! [`Formatted`]: a text that has a format, and the value that it stands for.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A type whose values travel as text of a format.
pub trait TextFormat: Sized {
    /// The value that a text stands for; `None` where the text has another
    /// form.
    fn parse(text: &str) -> Option<Self>;

    /// Whether a text is written as the format says. [`parse`](Self::parse) may
    /// take others too, even some that another format describes.
    fn is_exact(text: &str) -> bool {
        Self::parse(text).is_some()
    }

    /// The text that stands for the value.
    fn print(&self) -> String;

    /// Whether two values are the same.
    fn same(&self, other: &Self) -> bool;
}

/// A text that should have a format (a time, an id, …), and the value that it
/// stands for.
///
/// An API may send what its description does not allow: an empty text, a day
/// where a time is asked for, a time without an offset. Decoding does not fail
/// over that: [`value`](Self::value) is `None` then, and the text is kept.
/// Encoding gives back the text that was decoded, letter by letter.
///
/// Two are equal where their values are, however they are written.
#[derive(Clone)]
pub struct Formatted<T> {
    value: Option<T>,
    /// The text, where it is not the one that the value is printed as.
    text: Option<Box<str>>,
}

impl<T> Formatted<T> {
    /// The value, unless the text has another form.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The value, unless the text has another form.
    pub fn into_value(self) -> Option<T> {
        self.value
    }
}

impl<T: TextFormat> Formatted<T> {
    /// The text as it was received or given, else the usual one for the value.
    pub fn text(&self) -> Cow<'_, str> {
        match (&self.text, &self.value) {
            (Some(text), _) => Cow::Borrowed(text),
            (None, Some(value)) => Cow::Owned(value.print()),
            (None, None) => Cow::Borrowed(""),
        }
    }

    /// Whether the text is written as its format says. A day that comes as
    /// `2024-02-29T00:00:00` has a [`value`](Self::value) and is not exact.
    pub fn is_exact(&self) -> bool {
        T::is_exact(&self.text())
    }
}

impl<T: TextFormat> From<T> for Formatted<T> {
    fn from(value: T) -> Self {
        Self {
            value: Some(value),
            text: None,
        }
    }
}

impl<T: TextFormat + Clone> From<&T> for Formatted<T> {
    fn from(value: &T) -> Self {
        Self::from(value.clone())
    }
}

impl<T: TextFormat + Clone> From<&Self> for Formatted<T> {
    fn from(formatted: &Self) -> Self {
        formatted.clone()
    }
}

/// Keeps the text as it is, whatever its form.
impl<T: TextFormat> From<String> for Formatted<T> {
    fn from(text: String) -> Self {
        let value = T::parse(&text);
        let usual = value.as_ref().is_some_and(|value| value.print() == text);
        Self {
            value,
            text: (!usual).then(|| text.into_boxed_str()),
        }
    }
}

/// Keeps the text as it is, whatever its form.
impl<T: TextFormat> From<&str> for Formatted<T> {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<T: TextFormat> PartialEq for Formatted<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Some(one), Some(other)) => one.same(other),
            (None, None) => self.text == other.text,
            _ => false,
        }
    }
}

impl<T: TextFormat + Eq> Eq for Formatted<T> {}

impl<T: TextFormat + std::hash::Hash> std::hash::Hash for Formatted<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        match &self.value {
            Some(value) => value.hash(state),
            None => self.text.hash(state),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => value.fmt(f),
            None => self.text.as_deref().unwrap_or_default().fmt(f),
        }
    }
}

impl<T: TextFormat> fmt::Display for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl<T: TextFormat> Serialize for Formatted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de, T: TextFormat> Deserialize<'de> for Formatted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
