//! The `Link` header (RFC 8288): headers in, the URL of the next page out.

use http::{HeaderMap, header};

/// Where the link with the relation `next` leads.
pub(crate) fn next_link(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(next_of)
}

fn next_of(mut text: &str) -> Option<String> {
    loop {
        // A link: `<url>`, then parameters up to a comma that is not quoted.
        let (_, rest) = text.split_once('<')?;
        let (url, rest) = rest.split_once('>')?;
        let (parameters, rest) = split_unquoted(rest, ',');
        if has_relation(parameters, "next") {
            return Some(url.to_owned());
        }
        text = rest;
    }
}

/// Whether one of the parameters is `rel` with this word in it.
fn has_relation(mut parameters: &str, wanted: &str) -> bool {
    while !parameters.is_empty() {
        let (parameter, rest) = split_unquoted(parameters, ';');
        parameters = rest;
        let Some((name, value)) = parameter.split_once('=') else {
            continue;
        };
        if name.trim().eq_ignore_ascii_case("rel") {
            // The first one counts.
            return value
                .trim()
                .trim_matches('"')
                .split_ascii_whitespace()
                .any(|word| word.eq_ignore_ascii_case(wanted));
        }
    }
    false
}

/// What stands before and after the first separator outside of quotes.
fn split_unquoted(text: &str, separator: char) -> (&str, &str) {
    let mut quoted = false;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if quoted && character == '\\' {
            escaped = true;
        } else if character == '"' {
            quoted = !quoted;
        } else if character == separator && !quoted {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}
