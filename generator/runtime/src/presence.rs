//! Properties that are there, told from absent ones where `null` is a value:
//! absent (`None`), `null` (`Some(None)`) and a value in an `Option<Option<T>>`.
//! For `#[serde(default, deserialize_with = "…", skip_serializing_if =
//! "Option::is_none")]`: serde alone reads `null` as the outer `None`.

use serde::{Deserialize, Deserializer};

/// Reads a property that is there.
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
