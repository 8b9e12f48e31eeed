//! Makes texts of documents fit to be shown: any text in, one line out that
//! cannot steer a terminal or pose as other text.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with everything escaped that has no shape of its own or changes the
/// shape of its neighbours: control characters, line breaks, and characters
/// that turn the direction of writing or take no room.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            hidden if is_hidden(hidden) => {
                // Writing to a `String` does not fail.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(hidden));
            }
            plain => shown.push(plain),
        }
    }
    Cow::Owned(shown)
}

/// The same for JSON over several lines: what would steer a terminal is written
/// by its number, as JSON allows.
pub(crate) fn visible_json(json: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte == b'\n' || byte == b' ' || byte.is_ascii_graphic();
    // Without an early end, many bytes are looked at at once.
    if json.bytes().fold(true, |all, byte| all & plain(byte)) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && is_hidden(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                // Writing to a `String` does not fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(character);
        }
    }
    Cow::Owned(text)
}

/// Whether the character is better shown by its number.
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
