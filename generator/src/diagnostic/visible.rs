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

/// A line of Markdown without the user names and passwords that URLs have in
/// front of the host. Escapes and character references are read as Markdown reads
/// them. Placeholders such as `{user}` are kept.
pub(crate) fn without_userinfo(line: &str) -> Cow<'_, str> {
    // An `@` that is written as a reference has an `&`.
    if !line.contains('@') && !line.contains('&') {
        return Cow::Borrowed(line);
    }
    let (plain, origins) = unescaped(line);
    let mut shown = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = plain[at..].find("//") {
        let start = at + found;
        let Some(userinfo) = userinfo_of_word(&plain[start..]) else {
            at = start + "//".len();
            continue;
        };
        let end = start + userinfo.end;
        let start = start + userinfo.start;
        at = end;
        let hidden = &plain[start..end - 1];
        if hidden.is_empty() || hidden.split(':').all(is_placeholder) {
            continue;
        }
        shown.push_str(&line[kept..origins[start]]);
        shown.push_str("redacted@");
        kept = origins[end];
    }
    if kept == 0 {
        return Cow::Borrowed(line);
    }
    shown.push_str(&line[kept..]);
    Cow::Owned(shown)
}

/// Where the user name and password are in the URL that a text begins with.
fn userinfo_of_word(text: &str) -> Option<Range<usize>> {
    let ends_url = |character: char| {
        character.is_whitespace() || character.is_control() || "<>\"`".contains(character)
    };
    let may_end_url = |character: char| ends_url(character) || ")]',;|".contains(character);
    let word = text.split(ends_url).next().unwrap_or(text);
    let part = text.split(may_end_url).next().unwrap_or(text);
    // A password may have a bracket in it. The host has none.
    userinfo(part).or_else(|| {
        let (_, port) = part["//".len().min(part.len())..].rsplit_once(':')?;
        let is_port = port.bytes().take_while(u8::is_ascii_digit).count();
        let is_port = matches!(
            port.as_bytes().get(is_port),
            None | Some(b'/' | b'?' | b'#')
        );
        (!is_port).then(|| userinfo(word)).flatten()
    })
}

/// Whether a user name or a password is a place for one: `{user}`, `${USER}`.
fn is_placeholder(text: &str) -> bool {
    let text = text.strip_prefix('$').unwrap_or(text);
    text.starts_with('{') && text.ends_with('}')
}

/// A line of Markdown with its escapes and with the references to characters that
/// delimit the parts of a URL replaced, and where in the line each byte is from.
fn unescaped(line: &str) -> (String, Vec<usize>) {
    let mut plain = String::with_capacity(line.len());
    let mut origins = Vec::with_capacity(line.len() + 1);
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        let rest = &line[at..];
        let (character, length) = match first {
            '&' => reference(rest),
            '\\' => {
                let escaped = rest.chars().nth(1).filter(char::is_ascii_punctuation);
                escaped.map(|escaped| (escaped, 2))
            }
            _ => None,
        }
        .unwrap_or((first, first.len_utf8()));
        plain.push(character);
        origins.resize(plain.len(), at);
        at += length;
    }
    origins.push(line.len());
    (plain, origins)
}

/// The character that a text begins with a reference to, and how long that is.
fn reference(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = "&#0000000;".len();
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => match name {
            "commat" => '@',
            "sol" => '/',
            "colon" => ':',
            _ => return None,
        },
    };
    Some((character, end + 1))
}
