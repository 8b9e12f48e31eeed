//! The styles of parameters: a name and a [`Parameter`] go in, the text of a
//! path segment, query, header or cookie comes out (OpenAPI's table of styles;
//! RFC 6570). A style is one function here.
//!
//! OpenAPI leaves some combinations open. Here a list or object inside another
//! is written as its JSON text, but for `deepObject`, where brackets go on: a
//! list of plain values is `name[]=a&name[]=b`, and a list that holds others
//! counts its items, `name[0][key]=a`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parameter::{Parameter, Unfit};

/// All but the characters that RFC 3986 calls unreserved.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// With `allowReserved`: what has no meaning of its own in a query is left as
/// it is. `#` would end the query, `&` the pair, and `+` reads as a blank.
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What a cookie's value may not hold (RFC 6265, `cookie-octet`), and `%`.
/// Everything else stays as it is, since not every server decodes cookies.
const NO_COOKIE: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

/// How a path parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathStyle {
    /// `a,b`.
    Simple,
    /// `.a,b`, or `.a.b` where exploded.
    Label,
    /// `;name=a,b`, or `;name=a;name=b` where exploded.
    Matrix,
    /// `a%20b`: `ssv` of Swagger 2.0.
    SpaceDelimited,
    /// `a%7Cb`: `pipes` of Swagger 2.0.
    PipeDelimited,
    /// `a%09b`: `tsv` of Swagger 2.0.
    TabDelimited,
}

/// How a query parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QueryStyle {
    /// `name=a&name=b`, or `name=a,b` where not exploded.
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name=a%09b`: `tsv` of Swagger 2.0.
    TabDelimited,
    /// `name[key]=a&name[key][]=b`.
    DeepObject,
}

/// Percent-encodes all but unreserved characters.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// A path parameter.
pub(crate) fn path(
    style: PathStyle,
    explode: bool,
    name: &str,
    value: Parameter,
) -> Result<String, Unfit> {
    let encode = percent_encode as Encode;
    let text = match style {
        PathStyle::Simple => simple(explode, value, encode),
        PathStyle::Label => {
            // A dot is unreserved, so it is not encoded (RFC 3986, section 2.3).
            // Of an object, RFC 6570 has one in an example.
            if explode && matches!(value, Parameter::List(_)) {
                check_delimiter(&value, '.')?;
            }
            label(explode, value, encode)
        }
        PathStyle::Matrix => matrix(explode, &encode(name), value, encode),
        PathStyle::SpaceDelimited => delimited(' ', value, encode)?,
        PathStyle::PipeDelimited => delimited('|', value, encode)?,
        PathStyle::TabDelimited => delimited('\t', value, encode)?,
    };
    text.ok_or(Unfit("has no value"))
}

/// Style `simple` of a header, as in a path but not percent-encoded; `None`
/// where there is nothing to send.
pub(crate) fn header_simple(explode: bool, value: Parameter) -> Result<Option<String>, Unfit> {
    check_delimiter(&value, ',')?;
    Ok(simple(explode, value, str::to_owned))
}

/// A header whose items stand between other delimiters than commas
/// (`collectionFormat` of Swagger 2.0); `None` where there is nothing to send.
pub(crate) fn header_delimited(delimiter: char, value: Parameter) -> Result<Option<String>, Unfit> {
    delimited(delimiter, value, str::to_owned)
}

/// The pairs of a query, percent-encoded.
pub(crate) fn query(
    style: QueryStyle,
    explode: bool,
    name: &str,
    value: Parameter,
) -> Result<Vec<(String, String)>, Unfit> {
    encoded_query(style, explode, name, value, percent_encode)
}

/// The pairs of a query whose values keep reserved characters and what is
/// percent-encoded already (`allowReserved`; RFC 6570, section 3.2.3).
pub(crate) fn query_reserved(
    style: QueryStyle,
    explode: bool,
    name: &str,
    value: Parameter,
) -> Result<Vec<(String, String)>, Unfit> {
    encoded_query(style, explode, name, value, reserved_encode)
}

fn encoded_query(
    style: QueryStyle,
    explode: bool,
    name: &str,
    value: Parameter,
    encode: Encode,
) -> Result<Vec<(String, String)>, Unfit> {
    let delimiter = match style {
        QueryStyle::Form => {
            // A comma that is reserved and left as it is.
            if !explode && encode(",") == "," {
                check_delimiter(&value, ',')?;
            }
            return Ok(form(explode, name, value, percent_encode, encode));
        }
        QueryStyle::DeepObject => {
            let mut pairs = Vec::new();
            deep(percent_encode(name), value, encode, &mut pairs);
            return Ok(pairs);
        }
        // Exploded, they are forms: what would be delimited stands alone.
        _ if explode => return Ok(form(true, name, value, percent_encode, encode)),
        QueryStyle::SpaceDelimited => ' ',
        QueryStyle::PipeDelimited => '|',
        QueryStyle::TabDelimited => '\t',
    };
    // The delimiter has no meaning of its own in a query.
    let text = delimited(delimiter, value, encode)?;
    let pair = text.map(|text| (percent_encode(name), text));
    Ok(pair.into_iter().collect())
}

/// Items with a delimiter between them, written as the items are: one inside an
/// item would look the same.
fn delimited(delimiter: char, value: Parameter, encode: Encode) -> Result<Option<String>, Unfit> {
    check_delimiter(&value, delimiter)?;
    let between = encode(&delimiter.to_string());
    Ok(match value {
        Parameter::List(items) => joined(texts(items).map(|item| encode(&item)), &between),
        Parameter::Object(properties) => joined(
            pairs(properties).flat_map(|(key, value)| [encode(&key), encode(&value)]),
            &between,
        ),
        scalar => scalar.into_text().map(|text| encode(&text)),
    })
}

/// The pairs of a `Cookie` header.
pub(crate) fn cookie(explode: bool, name: &str, value: Parameter) -> Vec<(String, String)> {
    form(explode, name, value, cookie_encode, cookie_encode)
}

fn cookie_encode(text: &str) -> String {
    utf8_percent_encode(text, NO_COOKIE).to_string()
}

fn reserved_encode(text: &str) -> String {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut encoded = String::with_capacity(text.len());
    let mut rest = 0;
    for (at, _) in text.match_indices('%') {
        if is_digit(at + 1) && is_digit(at + 2) {
            encoded.extend(utf8_percent_encode(&text[rest..at], RESERVED));
            encoded.push('%');
            rest = at + 1;
        }
    }
    encoded.extend(utf8_percent_encode(&text[rest..], RESERVED));
    encoded
}

/// How the text of one name, item or value is written.
type Encode = fn(&str) -> String;

/// The texts of a list's items; null ones are left out.
fn texts(items: Vec<Parameter>) -> impl Iterator<Item = String> {
    items.into_iter().filter_map(Parameter::into_text)
}

/// The names and texts of an object's properties; null ones are left out.
fn pairs(properties: Vec<(String, Parameter)>) -> impl Iterator<Item = (String, String)> {
    properties
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.into_text()?)))
}

fn simple(explode: bool, value: Parameter, encode: Encode) -> Option<String> {
    match value {
        Parameter::List(items) => joined(texts(items).map(|item| encode(&item)), ","),
        Parameter::Object(properties) => {
            let between = if explode { '=' } else { ',' };
            joined(
                pairs(properties)
                    .map(|(key, value)| format!("{}{between}{}", encode(&key), encode(&value))),
                ",",
            )
        }
        scalar => scalar.into_text().map(|text| encode(&text)),
    }
}

fn label(explode: bool, value: Parameter, encode: Encode) -> Option<String> {
    let text = match value {
        Parameter::List(items) if explode => joined(texts(items).map(|item| encode(&item)), "."),
        Parameter::Object(properties) if explode => joined(
            pairs(properties).map(|(key, value)| format!("{}={}", encode(&key), encode(&value))),
            ".",
        ),
        other => simple(false, other, encode),
    };
    text.map(|text| format!(".{text}"))
}

fn matrix(explode: bool, name: &str, value: Parameter, encode: Encode) -> Option<String> {
    // RFC 6570, section 3.2.7: an empty value has no equals sign.
    let pair = |name: &str, text: &str| match text {
        "" => format!(";{name}"),
        text => format!(";{name}={text}"),
    };
    match value {
        Parameter::List(items) if explode => {
            joined(texts(items).map(|item| pair(name, &encode(&item))), "")
        }
        Parameter::Object(properties) if explode => joined(
            pairs(properties).map(|(key, value)| pair(&encode(&key), &encode(&value))),
            "",
        ),
        other => simple(false, other, encode).map(|text| pair(name, &text)),
    }
}

fn form(
    explode: bool,
    name: &str,
    value: Parameter,
    encode_name: Encode,
    encode: Encode,
) -> Vec<(String, String)> {
    match value {
        Parameter::List(items) if explode => texts(items)
            .map(|item| (encode_name(name), encode(&item)))
            .collect(),
        Parameter::Object(properties) if explode => pairs(properties)
            .map(|(key, value)| (encode_name(&key), encode(&value)))
            .collect(),
        other => simple(false, other, encode)
            .map(|text| (encode_name(name), text))
            .into_iter()
            .collect(),
    }
}

/// `name` is percent-encoded, brackets included.
fn deep(name: String, value: Parameter, encode: Encode, pairs: &mut Vec<(String, String)>) {
    match value {
        Parameter::List(items) => {
            let plain = items.iter().all(Parameter::is_plain);
            for (index, item) in items.into_iter().enumerate() {
                let key = if plain {
                    String::new()
                } else {
                    index.to_string()
                };
                deep(format!("{name}%5B{key}%5D"), item, encode, pairs);
            }
        }
        Parameter::Object(properties) => {
            for (key, value) in properties {
                let key = percent_encode(&key);
                deep(format!("{name}%5B{key}%5D"), value, encode, pairs);
            }
        }
        scalar => pairs.extend(scalar.into_text().map(|text| (name, encode(&text)))),
    }
}

/// Fails where the delimiter stands inside an item, so that one item would
/// read as two.
fn check_delimiter(value: &Parameter, delimiter: char) -> Result<(), Unfit> {
    let ambiguous = |value: &Parameter| {
        let text = value.clone().into_text();
        text.is_some_and(|text| text.contains(delimiter))
    };
    let split = match value {
        Parameter::List(items) => items.iter().any(ambiguous),
        Parameter::Object(properties) => properties
            .iter()
            .any(|(key, value)| key.contains(delimiter) || ambiguous(value)),
        _ => false,
    };
    if split {
        return Err(Unfit(match delimiter {
            ',' => "has a comma inside an item, which would read as two items",
            _ => "has the delimiter inside an item, which would read as two items",
        }));
    }
    Ok(())
}

/// Items with something between them; nothing for no items, as RFC 6570 has it.
fn joined(items: impl Iterator<Item = String>, between: &str) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| items.join(between))
}
