//! `/Date(1439434356790+0000)/`: points in time as .NET writes them into JSON.

/// The milliseconds since 1970 in UTC; the offset only says where the writer
/// was.
pub(crate) fn milliseconds(text: &str) -> Option<i64> {
    let inside = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let end = inside
        .char_indices()
        .skip(1)
        .find(|(_, letter)| matches!(letter, '+' | '-'))
        .map_or(inside.len(), |(end, _)| end);
    inside.get(..end)?.parse().ok()
}
