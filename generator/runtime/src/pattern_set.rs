//! Writes sets of characters of ECMA-262 as the `regex` engine reads them.

use std::fmt::Write as _;

use super::pattern_syntax::Escaped;

/// What `.` matches: any character but line terminators.
pub(crate) const DOT: &str = r"[^\n\r\x{2028}\x{2029}]";

/// What `\w` matches.
pub(crate) const WORD: &str = "[0-9A-Za-z_]";

/// The set that a letter after a backslash stands for.
pub(crate) fn escaped(letter: char) -> Option<&'static str> {
    Some(match letter {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        'w' => WORD,
        'W' => "[^0-9A-Za-z_]",
        's' => {
            r"[\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]"
        }
        'S' => {
            r"[^\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]"
        }
        _ => return None,
    })
}

/// A set of characters that is being read.
#[derive(Default)]
pub(crate) struct SetBuilder {
    ranges: Vec<(u32, u32)>,
    sets: Vec<String>,
}

impl SetBuilder {
    /// Adds a character or a set.
    pub(crate) fn add(&mut self, item: Escaped) {
        match item {
            Escaped::Character(code) => self.range(code, code),
            Escaped::Set(text) => self.sets.push(text),
        }
    }

    /// Adds all characters between two. Surrogates are left out: no text holds
    /// one.
    pub(crate) fn range(&mut self, first: u32, last: u32) {
        for (first, last) in [(first, last.min(0xd7ff)), (first.max(0xe000), last)] {
            if first <= last {
                self.ranges.push((first, last));
            }
        }
    }

    /// The set, or all characters that are not in it.
    pub(crate) fn text(&self, negative: bool) -> String {
        if let ([(first, last)], [], false) =
            (self.ranges.as_slice(), self.sets.as_slice(), negative)
            && first == last
        {
            return character(*first);
        }
        let is_empty = self.ranges.is_empty() && self.sets.is_empty();
        let mut text = match (is_empty, negative) {
            (true, true) => return r"[\x{0}-\x{10ffff}]".to_owned(),
            (true, false) => return r"[^\x{0}-\x{10ffff}]".to_owned(),
            (false, true) => String::from("[^"),
            (false, false) => String::from("["),
        };
        for (first, last) in &self.ranges {
            text.push_str(&character(*first));
            if first < last {
                text.push('-');
                text.push_str(&character(*last));
            }
        }
        text.extend(self.sets.iter().map(String::as_str));
        text.push(']');
        text
    }
}

/// A character, so that it means itself inside of brackets and outside.
fn character(code: u32) -> String {
    match char::from_u32(code) {
        Some(plain) if plain.is_ascii_alphanumeric() => plain.to_string(),
        _ => {
            let mut text = String::new();
            // Writing to a string does not fail.
            let _ = write!(text, "\\x{{{code:x}}}");
            text
        }
    }
}
