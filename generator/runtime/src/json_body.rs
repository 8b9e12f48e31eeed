//! Reads the JSON of a response: the bytes of a text in, a value out, if the
//! text has no more values than the client decodes.
//!
//! Decoded values can be much larger than their text: `{}` is two bytes, and a
//! map or a struct in memory may be hundreds. The number of bytes is limited
//! elsewhere; limiting the number of values as well limits memory and time.

use serde::de::DeserializeOwned;

use super::decode_error::{DecodeError, decode};

/// How many other values an object counts as.
const OBJECT: usize = 10;

/// Reads a whole JSON text (RFC 8259) of at most `limit` values. A byte order
/// mark before it is ignored, as the RFC allows.
///
/// # Errors
///
/// When the text is not JSON, has too many values, or does not fit `T`.
pub(crate) fn read_json<T: DeserializeOwned>(json: &[u8], limit: usize) -> Result<T, DecodeError> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    if has_more_values(json, limit) {
        return Err(DecodeError::too_many_values(limit));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = decode(&mut deserializer)?;
    match deserializer.end() {
        Ok(()) => Ok(value),
        Err(_) => Err(DecodeError::new("something follows the JSON")),
    }
}

/// Whether a JSON text has more values than that. Counts the tokens that values
/// begin after, so a text that is not JSON has a number of values, too.
fn has_more_values(json: &[u8], limit: usize) -> bool {
    // No byte begins more than one object.
    if json.len().saturating_mul(OBJECT) <= limit {
        return false;
    }
    let mut values = 1_usize;
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => values += OBJECT,
            b'[' | b',' => values += 1,
            b'"' => skip_string(&mut bytes),
            _ => continue,
        }
        if values > limit {
            return true;
        }
    }
    false
}

/// Skips the rest of a string, its closing quote included.
fn skip_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            // Whatever is escaped, it is no closing quote.
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
}
