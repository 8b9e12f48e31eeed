//! Makes texts of documents fit to be shown: any text in, one line out that
//! cannot steer a terminal or pose as other text.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

/// The longest value that a message quotes, in characters.
const MAX_QUOTE: usize = 200;

/// The longest message, in characters.
const MAX_MESSAGE: usize = 2000;

/// `text` with everything escaped that has no shape of its own or changes the
/// shape of its neighbours (control characters, line breaks, characters that
/// turn the direction of writing or take no room), and with no workflow command
/// of GitHub in it: those start with `::` at the start of a line, or with `##[`
/// anywhere.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.trim_start().starts_with("::") {
        return Cow::Owned(escaped(text).replacen("::", "\\u{3a}:", 1));
    }
    match text.contains("##[") || text.chars().any(is_hidden) {
        true => Cow::Owned(escaped(text)),
        false => Cow::Borrowed(text),
    }
}

fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            '[' if shown.ends_with("##") => shown.push_str("\\u{5b}"),
            hidden if is_hidden(hidden) => {
                // Writing to a `String` does not fail.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(hidden));
            }
            plain => shown.push(plain),
        }
    }
    shown
}

/// A message without passwords, whose quoted values are cut where they are long.
pub(crate) fn brief(message: &str) -> String {
    let message = without_passwords(message);
    if message.len() <= MAX_QUOTE {
        return message.into_owned();
    }
    let mut shown = String::new();
    for (index, part) in message.split('`').enumerate() {
        if index > 0 {
            shown.push('`');
        }
        let is_quoted = index % 2 == 1;
        shown.push_str(&cut(part, if is_quoted { MAX_QUOTE } else { MAX_MESSAGE }));
    }
    cut(&shown, MAX_MESSAGE).into_owned()
}

/// The first characters of a text, and dots where there are more.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// The same for JSON over several lines: what would steer a terminal is written
/// by its number, as JSON allows.
pub(crate) fn visible_json(json: &str) -> Cow<'_, str> {
    let plain =
        |byte: u8| byte == b'\n' || byte == b' ' || (byte.is_ascii_graphic() && byte != b'#');
    // Without an early end, many bytes are looked at at once.
    if json.bytes().fold(true, |all, byte| all & plain(byte)) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        let is_command = character == '[' && text.ends_with("##");
        if (character != '\n' && is_hidden(character)) || is_command {
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

/// Where in a URL the user name and password are, with the `@` behind them
/// (RFC 3986 §3.2.1).
pub(crate) fn userinfo(url: &str) -> Option<Range<usize>> {
    let start = match url.split_once("://") {
        Some((scheme, _)) => scheme.len() + "://".len(),
        None if url.starts_with("//") => "//".len(),
        None => 0,
    };
    let rest = &url[start..];
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
    // A slash in a password ends what looks like a port.
    let is_cut = !authority.starts_with('[') && !port.bytes().all(|byte| byte.is_ascii_digit());
    let at = match authority.rfind('@') {
        None if is_cut && !port.contains('{') => rest.find('@')?,
        at => at?,
    };
    Some(start..start + at + 1)
}

/// `text` with a `*` in place of every byte of a user name and password in front
/// of a host: documents hold them by mistake, and reports are published.
pub(crate) fn without_passwords(text: &str) -> Cow<'_, str> {
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let ends_word = |character: char| {
        character.is_whitespace() || matches!(character, '/' | '"' | '\'' | '`' | '<' | '>')
    };
    let mut shown = String::with_capacity(text.len());
    for word in text.split_inclusive(ends_word) {
        let secret = secret_part(word, shown.ends_with("//"));
        shown.push_str(&word[..secret.start]);
        shown.extend(std::iter::repeat_n('*', secret.len()));
        shown.push_str(&word[secret.end..]);
    }
    Cow::Owned(shown)
}

/// Where in a word the password is: all before the `@` of an address, or what
/// follows the colon.
fn secret_part(word: &str, after_slashes: bool) -> Range<usize> {
    let Some(at) = word.rfind('@') else {
        return 0..0;
    };
    match word[..at].split_once(':') {
        _ if after_slashes => 0..at,
        Some((user, _)) if !user.is_empty() && !user.ends_with("mailto") => user.len() + 1..at,
        _ => 0..0,
    }
}
