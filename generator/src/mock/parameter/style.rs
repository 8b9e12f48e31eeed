//! The styles of parameters, read: the other direction of the client's
//! `runtime/style.rs`. What is between items is looked for before texts are
//! decoded: an encoded comma is part of an item.

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde_json::{Map, Value as Json};

use super::{Parameter, Read, form_decoded};
use crate::graph::Style;
use crate::mock::pairs::{MOST_BRACKETS, Pairs};
use crate::mock::text::{Forms, Raw};
use crate::sample::Spec;
use crate::source::percent_decoded;

/// How a text is decoded.
type Decode = fn(&str) -> String;

/// `a,b` or `key,a` or, exploded, `key=a`.
fn simple(explode: bool, forms: Forms, text: &str, decode: Decode) -> Raw {
    let items = text.split(',').map(str::trim);
    joined(explode, forms, text, items.collect(), decode)
}

/// A part of a path in style `simple`, or with other delimiters than commas.
pub(super) fn path(parameter: &Parameter, forms: Forms, text: &str) -> Raw {
    match parameter.style {
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited => {
            let items = delimited(parameter.style, text);
            joined(false, forms, text, items, percent_decoded)
        }
        _ => simple(parameter.explode, forms, text, percent_decoded),
    }
}

/// A header, in style `simple` or with other delimiters than commas.
pub(super) fn header(parameter: &Parameter, forms: Forms, text: &str) -> Raw {
    let delimiter = match parameter.style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        Style::TabDelimited => '\t',
        _ => return simple(parameter.explode, forms, text, str::to_owned),
    };
    let items = text.split(delimiter).collect();
    joined(false, forms, text, items, str::to_owned)
}

/// The items of a text that is percent-encoded.
fn delimited(style: Style, text: &str) -> Vec<&str> {
    let delimiters: &[&str] = match style {
        Style::SpaceDelimited => &["%20", "+", " "],
        Style::PipeDelimited => &["%7C", "%7c", "|"],
        Style::TabDelimited => &["%09"],
        _ => &[","],
    };
    delimiters.iter().fold(vec![text], |items, delimiter| {
        let items = items.into_iter();
        items.flat_map(|item| item.split(delimiter)).collect()
    })
}

/// `.a,b` or, exploded, `.a.b`.
pub(super) fn label(parameter: &Parameter, forms: Forms, text: &str) -> Result<Raw, String> {
    let Some(text) = text.strip_prefix('.') else {
        return Err("does not begin with a dot".to_owned());
    };
    let between = if parameter.explode { '.' } else { ',' };
    let items = text.split(between).collect();
    Ok(joined(
        parameter.explode,
        forms,
        text,
        items,
        percent_decoded,
    ))
}

/// `;name=a,b` or, exploded, `;name=a;name=b`.
pub(super) fn matrix(parameter: &Parameter, forms: Forms, text: &str) -> Result<Raw, String> {
    let Some(text) = text.strip_prefix(';') else {
        return Err("does not begin with a semicolon".to_owned());
    };
    let pair = |text: &str| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        (percent_decoded(name), value.to_owned())
    };
    let pairs: Vec<(String, String)> = text.split(';').map(pair).collect();
    if parameter.explode && forms.object {
        let all = pairs.into_iter();
        let decoded = |(name, text): (String, String)| (name, Raw::Text(percent_decoded(&text)));
        return Ok(Raw::Object(all.map(decoded).collect()));
    }
    if pairs.iter().any(|(name, _)| *name != parameter.name) {
        return Err("does not begin with its name".to_owned());
    }
    let texts: Vec<&str> = pairs.iter().map(|(_, text)| text.as_str()).collect();
    Ok(match texts.as_slice() {
        [text] if !parameter.explode => simple(false, forms, text, percent_decoded),
        texts => joined(true, forms, "", texts.to_vec(), percent_decoded),
    })
}

/// What the items of a text stand for.
fn joined(explode: bool, forms: Forms, text: &str, items: Vec<&str>, decode: Decode) -> Raw {
    let plain = |text: &str| Raw::Text(decode(text));
    if forms.object && explode && items.iter().all(|item| item.contains('=')) {
        let pairs = items.iter().filter_map(|item| item.split_once('='));
        return Raw::Object(
            pairs
                .map(|(key, text)| (decode(key), plain(text)))
                .collect(),
        );
    }
    if forms.object && !explode && items.len().is_multiple_of(2) {
        let pairs = items.chunks_exact(2);
        return Raw::Object(
            pairs
                .map(|pair| (decode(pair[0]), plain(pair[1])))
                .collect(),
        );
    }
    match (forms.list, items.as_slice()) {
        (true, _) => Raw::List(items.into_iter().map(plain).collect()),
        // Exploded in a matrix, the text is that of the one item.
        (false, [only]) => plain(only),
        (false, _) => plain(text),
    }
}

/// A parameter of a query, or a cookie.
pub(in crate::mock) fn query<'a>(
    spec: &Spec<'a>,
    parameter: &Parameter,
    schema: Option<&'a Json>,
    forms: Forms,
    pairs: &Pairs<'_>,
) -> Read {
    if parameter.style == Style::DeepObject {
        return deep(&parameter.name, pairs).map(Ok);
    }
    let own = pairs.named(&parameter.name);
    if parameter.explode {
        if forms.object
            && own.is_empty()
            && let Some(entries) = properties(spec, schema, pairs)
        {
            return Some(Ok(Raw::Object(entries)));
        }
        return match own.as_slice() {
            [] => None,
            [only] if !forms.list => Some(Ok(Raw::Text(form_decoded(only)))),
            all if forms.list => {
                let items = all.iter().map(|text| Raw::Text(form_decoded(text)));
                Some(Ok(Raw::List(items.collect())))
            }
            _ => Some(Err("is given more than once".to_owned())),
        };
    }
    let text = match own.as_slice() {
        [] => return None,
        [only] => *only,
        _ => return Some(Err("is given more than once".to_owned())),
    };
    let items = delimited(parameter.style, text);
    Some(Ok(joined(false, forms, text, items, form_decoded)))
}

/// The pairs that are properties of an exploded object. Where it takes any, all
/// are.
fn properties<'a>(
    spec: &Spec<'a>,
    schema: Option<&'a Json>,
    pairs: &Pairs<'_>,
) -> Option<IndexMap<String, Raw>> {
    let parts = schema.map_or(Vec::new(), |schema| spec.parts(schema));
    let fixed = parts.iter().any(|part| {
        part.get("properties")
            .and_then(Json::as_object)
            .is_some_and(|all: &Map<_, _>| !all.is_empty())
    });
    let open = parts.iter().any(|part| {
        part.get("additionalProperties")
            .is_some_and(|additional| *additional != Json::Bool(false))
    });
    let is_property = |name: &str| open || !fixed || !spec.property(&parts, name).is_empty();
    let mut entries = IndexMap::new();
    for (name, text) in pairs.unknown().filter(|(name, _)| is_property(name)) {
        add(&mut entries, name, Raw::Text(form_decoded(text)));
    }
    (!entries.is_empty()).then_some(entries)
}

/// Adds a value under a name; several are a list.
pub(in crate::mock) fn add(entries: &mut IndexMap<String, Raw>, name: &str, value: Raw) {
    match entries.entry(name.to_owned()) {
        Entry::Vacant(place) => {
            place.insert(value);
        }
        Entry::Occupied(mut known) => match known.get_mut() {
            Raw::List(items) => items.push(value),
            known => {
                let first = std::mem::replace(known, Raw::List(Vec::new()));
                *known = Raw::List(vec![first, value]);
            }
        },
    }
}

/// `name[key]=a`, `name[key][]=a`, `name[0][key]=a`.
fn deep(name: &str, pairs: &Pairs<'_>) -> Option<Raw> {
    let mut whole: Option<Raw> = None;
    for (brackets, text) in pairs.below(name) {
        if let Some(keys) = bracketed(brackets) {
            insert(&mut whole, &keys, Raw::Text(form_decoded(text)));
        }
    }
    whole.map(counted)
}

/// The keys in brackets; `None` where there is something else.
fn bracketed(text: &str) -> Option<Vec<&str>> {
    let mut keys = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && keys.len() < MOST_BRACKETS {
        let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
        keys.push(key);
        rest = after;
    }
    rest.is_empty().then_some(keys)
}

fn insert(place: &mut Option<Raw>, keys: &[&str], value: Raw) {
    let Some((key, rest)) = keys.split_first() else {
        *place = Some(value);
        return;
    };
    if key.is_empty() {
        let mut item = None;
        insert(&mut item, rest, value);
        match place {
            Some(Raw::List(items)) => items.extend(item),
            _ => *place = item.map(|item| Raw::List(vec![item])),
        }
        return;
    }
    if !matches!(place, Some(Raw::Object(_))) {
        *place = Some(Raw::Object(IndexMap::new()));
    }
    if let Some(Raw::Object(entries)) = place {
        let known = entries.entry((*key).to_owned());
        // A list of none is a place that holds nothing yet.
        let known = known.or_insert_with(|| Raw::List(Vec::new()));
        let mut inner = Some(std::mem::replace(known, Raw::List(Vec::new())));
        insert(&mut inner, rest, value);
        *known = inner.unwrap_or_else(|| Raw::List(Vec::new()));
    }
}

/// Objects whose keys count from zero are lists.
fn counted(raw: Raw) -> Raw {
    match raw {
        Raw::Object(entries) => {
            let counts = entries.iter().enumerate();
            let is_list = counts
                .into_iter()
                .all(|(at, (key, _))| *key == at.to_string());
            let entries = entries.into_iter().map(|(key, raw)| (key, counted(raw)));
            match is_list {
                true => Raw::List(entries.map(|(_, raw)| raw).collect()),
                false => Raw::Object(entries.collect()),
            }
        }
        Raw::List(items) => Raw::List(items.into_iter().map(counted).collect()),
        text => text,
    }
}
