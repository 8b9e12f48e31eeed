//! [`UnknownValue`]: what the catch-all variant of an open enum holds.

/// A value that the API description does not list.
///
/// Only decoding and the enum's own conversions make one, so a known value is
/// never hidden in here and equal values are equal variants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue<T>(T);

impl<T> UnknownValue<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }

    /// The value as it was received or given.
    pub fn get(&self) -> &T {
        &self.0
    }
}
