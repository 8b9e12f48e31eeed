//! [`JsonText`]: a parameter whose `content` is JSON. A value goes in; it
//! serialises as one text, the value's JSON.

use serde::ser::{Error, Serialize, Serializer};

/// The JSON of a value as a text of ASCII alone, so that headers can hold it.
pub(crate) struct JsonText<'a, T: ?Sized>(pub(crate) &'a T);

impl<T: Serialize + ?Sized> Serialize for JsonText<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = serde_json::to_string(self.0).map_err(S::Error::custom)?;
        let mut text = String::with_capacity(json.len());
        for character in json.chars() {
            // Outside ASCII, JSON has characters in strings only.
            if character.is_ascii() {
                text.push(character);
            } else {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
        serializer.serialize_str(&text)
    }
}
