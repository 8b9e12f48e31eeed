//! The styles of parameters: a name and a [`Parameter`] go in, the text of a
//! path segment, query, header or cookie comes out (OpenAPI's table of styles;
//! RFC 6570). A style is one function here.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parameter::{Parameter, Unfit};

/// All but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a cookie's value may not hold (RFC 6265, `cookie-octet`), and `%`.
/// Everything else stays as it is, since not every server decodes cookies.
const NO_COOKIE: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

/// How a query parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QueryStyle {
    /// `name=a&name=b`, or `name=a,b` where not exploded.
    Form,
}

/// Percent-encodes all but unreserved characters.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Style `simple` of a path: `a`, `a,b`, `k,v`, exploded `k=v`.
pub(crate) fn path_simple(explode: bool, value: Parameter) -> Result<String, Unfit> {
    simple(explode, value, percent_encode).ok_or(Unfit("has no value"))
}

/// Style `simple` of a header, as in a path but not percent-encoded; `None`
/// where there is nothing to send.
pub(crate) fn header_simple(explode: bool, value: Parameter) -> Result<Option<String>, Unfit> {
    let ambiguous = |text: &String| text.contains(',');
    let split = match &value {
        Parameter::Absent | Parameter::Scalar(_) => false,
        Parameter::List(items) => items.iter().any(ambiguous),
        Parameter::Object(pairs) => pairs.iter().any(|(k, v)| ambiguous(k) || ambiguous(v)),
    };
    if split {
        return Err(Unfit(
            "has a comma inside an item, which would read as two items",
        ));
    }
    Ok(simple(explode, value, str::to_owned))
}

/// The pairs of a query, percent-encoded.
pub(crate) fn query(
    style: QueryStyle,
    explode: bool,
    name: &str,
    value: Parameter,
) -> Vec<(String, String)> {
    match style {
        QueryStyle::Form => form(explode, name, value, percent_encode),
    }
}

/// The pairs of a `Cookie` header.
pub(crate) fn cookie(explode: bool, name: &str, value: Parameter) -> Vec<(String, String)> {
    form(explode, name, value, cookie_encode)
}

fn cookie_encode(text: &str) -> String {
    utf8_percent_encode(text, NO_COOKIE).to_string()
}

/// How the text of one name, item or value is written.
type Encode = fn(&str) -> String;

fn simple(explode: bool, value: Parameter, encode: Encode) -> Option<String> {
    match value {
        Parameter::Absent => None,
        Parameter::Scalar(text) => Some(encode(&text)),
        Parameter::List(items) => joined(items.iter().map(|item| encode(item))),
        Parameter::Object(pairs) => {
            let between = if explode { '=' } else { ',' };
            joined(
                pairs
                    .iter()
                    .map(|(k, v)| format!("{}{between}{}", encode(k), encode(v))),
            )
        }
    }
}

fn form(explode: bool, name: &str, value: Parameter, encode: Encode) -> Vec<(String, String)> {
    match value {
        Parameter::List(items) if explode => items
            .iter()
            .map(|item| (encode(name), encode(item)))
            .collect(),
        Parameter::Object(pairs) if explode => {
            pairs.iter().map(|(k, v)| (encode(k), encode(v))).collect()
        }
        other => simple(false, other, encode)
            .map(|text| (encode(name), text))
            .into_iter()
            .collect(),
    }
}

/// Items with commas between them; nothing for no items, as RFC 6570 has it.
fn joined(items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| items.join(","))
}
