//! The charsets of texts: bytes and the `charset` parameter of a media type in, a
//! text out, and the other way round (RFC 9110, 8.3.2).
//!
//! Each name means what IANA's registry says: `iso-8859-1` has the characters
//! U+0080 to U+009F, not those that browsers read as windows-1252 instead.

use std::fmt;

/// Why a text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Misread {
    /// Its charset, by this name, is not supported.
    Unsupported(String),
    /// The bytes are no text of the charset.
    Misfit(&'static str),
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsupported(_) => "the charset of the text is not supported",
            Self::Misfit(problem) => problem,
        })
    }
}

/// The charset that a media type names, where it is not supported.
pub(crate) fn unsupported(media_type: &str) -> Option<String> {
    parameter(media_type).filter(|name| Charset::named(name).is_none())
}

/// A charset that texts can be read and written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    Utf8,
    Ascii,
    Latin1,
    /// Big-endian, unless a byte order mark says otherwise (RFC 2781, 4.3).
    Utf16,
    Utf16Be,
    Utf16Le,
}

impl Charset {
    /// The charset of a name or alias, in any case.
    fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Some(match name.as_str() {
            "utf-8" | "utf8" => Self::Utf8,
            "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "us" => Self::Ascii,
            "iso-8859-1" | "iso_8859-1" | "iso8859-1" | "latin1" | "l1" => Self::Latin1,
            "utf-16" | "utf16" => Self::Utf16,
            "utf-16be" => Self::Utf16Be,
            "utf-16le" => Self::Utf16Le,
            _ => return None,
        })
    }

    /// What to say of bytes that are no text of the charset.
    fn misfit(self) -> &'static str {
        match self {
            Self::Utf8 => "it is not UTF-8",
            Self::Ascii => "it is not US-ASCII",
            Self::Latin1 => "it is not ISO-8859-1",
            Self::Utf16 | Self::Utf16Be | Self::Utf16Le => "it is not UTF-16",
        }
    }

    /// The text, without the byte order mark.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        let without = |mark: &[u8]| bytes.strip_prefix(mark).unwrap_or(bytes);
        match self {
            Self::Utf8 => Some(
                std::str::from_utf8(without(b"\xef\xbb\xbf"))
                    .ok()?
                    .to_owned(),
            ),
            Self::Ascii => bytes.is_ascii().then(|| latin1(bytes)),
            Self::Latin1 => Some(latin1(bytes)),
            Self::Utf16 if bytes.starts_with(b"\xff\xfe") => Self::Utf16Le.decode(bytes),
            Self::Utf16 | Self::Utf16Be => utf16(without(b"\xfe\xff"), u16::from_be_bytes),
            Self::Utf16Le => utf16(without(b"\xff\xfe"), u16::from_le_bytes),
        }
    }

    /// The bytes of a text; `None` where it has a character that the charset
    /// does not have.
    fn encode(self, text: &str) -> Option<Vec<u8>> {
        let be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Self::Latin1 => text.chars().map(|c| u8::try_from(c).ok()).collect(),
            Self::Utf16 => Some(be(&format!("\u{feff}{text}"))),
            Self::Utf16Be => Some(be(text)),
            Self::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        }
    }
}

/// Each byte as the character of its number.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let pairs = bytes.chunks_exact(2);
    let is_whole = pairs.remainder().is_empty();
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).collect::<Result<_, _>>();
    text.ok().filter(|_| is_whole)
}

/// Reads a text of the charset that its media type names; without one, of UTF-8,
/// or of UTF-16 where it begins with the byte order mark of that.
///
/// # Errors
///
/// When the charset is not supported, or the bytes are no text of it.
pub(crate) fn decode_text(media_type: &str, bytes: &[u8]) -> Result<String, Misread> {
    let charset = match parameter(media_type) {
        Some(name) => Charset::named(&name).ok_or(Misread::Unsupported(name))?,
        None if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => Charset::Utf16,
        None => Charset::Utf8,
    };
    charset
        .decode(bytes)
        .ok_or_else(|| Misread::Misfit(charset.misfit()))
}

/// Writes a text in the charset that its media type names; without one, in
/// UTF-8.
///
/// # Errors
///
/// When the charset is not supported, or does not have one of the characters.
pub(crate) fn encode_text(media_type: &str, text: &str) -> Result<Vec<u8>, String> {
    let Some(name) = parameter(media_type) else {
        return Ok(text.as_bytes().to_vec());
    };
    let charset = Charset::named(&name)
        .ok_or_else(|| format!("the charset of the body, `{name}`, is not supported"))?;
    charset
        .encode(text)
        .ok_or_else(|| format!("the body has a character that is not in its charset, `{name}`"))
}

/// The parameter `charset` of a media type (RFC 9110, 5.6.6): a token or a
/// quoted string.
fn parameter(media_type: &str) -> Option<String> {
    let (_, mut rest) = media_type.split_once(';')?;
    loop {
        let (name, value) = rest.split_once('=')?;
        // A parameter without a value, which some servers send, is none.
        let name = name.rsplit(';').next().unwrap_or_default().trim();
        let (value, after) = parameter_value(value.trim_start());
        if name.eq_ignore_ascii_case("charset") {
            return Some(value).filter(|value| !value.is_empty());
        }
        rest = after;
    }
}

/// A value, and what follows it.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        // Some servers quote in their own way.
        let value = text[..end].trim().trim_matches('\'');
        return (value.to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}
