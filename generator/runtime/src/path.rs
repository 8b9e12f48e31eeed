//! The path of a request. A template and the encoded values of its parameters
//! go in; out comes a path that means the same to every server, or a refusal.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode, utf8_percent_encode};

/// What a template's own text may not hold unescaped (RFC 3986, `pchar`); what
/// is escaped already stays.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The path of a template without what some descriptions add to it to tell two
/// of their paths apart: a query, which is sent, and a fragment, which is not.
pub(crate) fn parts(template: &str) -> (&str, Option<&str>) {
    // Braces hold names, which may be anything.
    let outside = |mark: char| {
        let mut depth = 0_usize;
        template.char_indices().find_map(|(at, character)| {
            match character {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0 && character == mark).then_some(at)
        })
    };
    let whole = outside('#').map_or(template, |at| &template[..at]);
    match outside('?').filter(|at| *at < whole.len()) {
        Some(at) => (&whole[..at], Some(&whole[at + 1..])),
        None => (whole, None),
    }
}

/// Fills in the query of a template.
pub(crate) fn expand_query(
    query: &str,
    values: &[(&'static str, String)],
) -> Result<String, Cow<'static, str>> {
    let mut filled = String::new();
    expand_segment(query, values, &mut filled)?;
    Ok(filled)
}

/// Fills in a template. `values` are percent-encoded.
pub(crate) fn expand(
    template: &str,
    values: &[(&'static str, String)],
) -> Result<String, Cow<'static, str>> {
    let mut path = String::with_capacity(template.len() + 64);
    for segment in template.strip_prefix('/').unwrap_or(template).split('/') {
        path.push('/');
        let start = path.len();
        let filled = expand_segment(segment, values, &mut path)?;
        // What the API description wrote itself is as it should be.
        if !filled.is_empty() && !is_safe(&path[start..]) {
            let names: Vec<String> = filled.iter().map(|name| format!("`{name}`")).collect();
            return Err(format!(
                "{} would make a path segment that is empty, `.` or `..`: \
                 it would address something else",
                names.join(" and ")
            )
            .into());
        }
    }
    Ok(path)
}

/// Appends one segment and says which parameters are in it.
fn expand_segment<'t>(
    segment: &'t str,
    values: &[(&'static str, String)],
    path: &mut String,
) -> Result<Vec<&'t str>, Cow<'static, str>> {
    let mut filled = Vec::new();
    let mut rest = segment;
    while let Some((literal, name, after)) = next_parameter(rest) {
        path.extend(utf8_percent_encode(literal, LITERAL));
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => path.push_str(value),
            None => return Err(format!("the path parameter `{name}` has no value").into()),
        }
        filled.push(name);
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, LITERAL));
    Ok(filled)
}

/// The text before the first `{name}`, the name, and the text after it.
fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}

/// Whether a segment stays one segment, or several real ones, for a server or
/// proxy that decodes it, once or more often, before it looks at slashes and
/// dots. Encoding `..` does not help: URL parsers read `%2e%2e` as `..`.
pub(crate) fn is_safe(segment: &str) -> bool {
    let mut current = Cow::Borrowed(segment.as_bytes());
    let is_slash = |byte: &u8| matches!(byte, b'/' | b'\\');
    loop {
        // Slashes between real names, as in a reference `heads/main`, or around
        // them, as in a URL, lead to nothing else; slashes alone do.
        if current.iter().all(is_slash) || current.split(is_slash).any(is_dots) {
            return false;
        }
        let decoded: Vec<u8> = percent_decode(&current).collect();
        // Each round that changes anything is shorter, so this ends.
        if decoded.len() == current.len() {
            return true;
        }
        current = Cow::Owned(decoded);
    }
}

/// Servlet containers drop what follows a `;`, and then see the dots.
fn is_dots(piece: &[u8]) -> bool {
    matches!(piece.split(|byte| *byte == b';').next(), Some(b"." | b".."))
}

/// Whether a text is a whole path that nothing on the way to the wire changes: a
/// slash before each segment, perhaps another at the end, all escaped that has
/// to be.
pub(crate) fn is_whole(path: &str) -> bool {
    let Some(segments) = path.strip_prefix('/') else {
        return false;
    };
    let segments = segments.strip_suffix('/').unwrap_or(segments);
    path == "/"
        || segments
            .split('/')
            .all(|segment| is_safe(segment) && is_literal(segment))
}

/// Whether a segment consists of what RFC 3986 allows there.
fn is_literal(segment: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(&byte);
    // Servers do not agree on what a `%` means that escapes nothing.
    let mut escapes = segment.split('%').skip(1).map(str::as_bytes);
    segment.bytes().all(is_allowed)
        && escapes.all(|rest| rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_hexdigit))
}
