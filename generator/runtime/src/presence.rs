//! Three states of a property, as `Option<Option<T>>`: absent (`None`), `null`
//! (`Some(None)`) and a value. For `#[serde(default, with = "…",
//! skip_serializing_if = "Option::is_none")]`: serde alone reads `null` as the
//! outer `None`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads a property that is there.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Writes `null` or the value; an absent property is skipped before this.
pub(crate) fn serialize<T, S>(
    property: &Option<Option<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    S: Serializer,
{
    property
        .as_ref()
        .and_then(Option::as_ref)
        .serialize(serializer)
}

/// Reads a property whose value may be anything: `null` is a value then, and
/// not the same as an absent property.
pub(crate) fn any<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
