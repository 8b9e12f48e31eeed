//! Forms and multipart bodies as objects: what was sent in, the value that was
//! meant out.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::accept;
use super::document::{Media, Parameter};
use super::multipart::{self, Part};
use super::pairs::{self, Pair, Pairs};
use super::parameter::{form_decoded, query_style, raw_pairs};
use super::text::{self, Forms, Raw};
use crate::graph::{Location, Style};
use crate::resolve::media_type::{self, Kind};
use crate::sample::{Judge, Spec};

/// A form: declared properties by their styles, others as texts. Where the
/// schema is a string, it is the text as it is.
pub(super) fn urlencoded<'a>(
    judge: &Judge<'_, 'a>,
    media: &Media,
    schema: Option<&'a Json>,
    text: &str,
) -> Json {
    let spec = judge.spec();
    let schemas = schema.map_or(Vec::new(), |schema| spec.parts(schema));
    let is_string = |part: &&Json| part.get("type").and_then(Json::as_str) == Some("string");
    if schemas.iter().any(is_string) {
        return text::meant(judge, spec, schema, &Raw::Text(text.to_owned()));
    }
    let pairs = raw_pairs(text).take_while(|_| judge.hold(pairs::UNITS));
    let pairs: Vec<Pair> = pairs.collect();
    let names = declared(&schemas);
    let pairs = Pairs::new(&pairs, names.iter().copied());
    let usual = |name: &str| {
        let written = media.encoding.get(name).copied();
        written.unwrap_or((Style::Form, true))
    };
    let styles = names.iter().map(|name| (*name, usual(name)));
    let mut object = styled(judge, &schemas, styles, &pairs);
    let additional = schemas
        .iter()
        .find_map(|part| part.get("additionalProperties"));
    let is_open = additional.is_none_or(|one| !one.is_object());
    for (name, value) in pairs.unknown().filter(|_| is_open) {
        let value = Json::String(form_decoded(value));
        object.entry(name.clone()).or_insert(value);
    }
    Json::Object(object)
}

/// A multipart body: properties with a style by it, others as texts.
pub(super) fn multipart<'a>(
    judge: &Judge<'_, 'a>,
    media: &Media,
    schema: Option<&'a Json>,
    parts: Vec<Part>,
) -> Json {
    let spec = judge.spec();
    let schemas = schema.map_or(Vec::new(), |schema| spec.parts(schema));
    let names: HashSet<&str> = declared(&schemas).into_iter().collect();
    // A property of an object that is exploded is a part of its own.
    let is_inner = |name: &str, (style, explode): (Style, bool), part: &Part| {
        style == Style::Form
            && explode
            && !names.contains(part.name.as_str())
            && spec.property(&schemas, name).iter().any(|property| {
                let inner = spec.parts(property);
                !spec.property(&inner, &part.name).is_empty()
            })
    };
    let is_styled = |part: &Part| {
        media
            .encoding
            .iter()
            .any(|(name, style)| is_own(name, &part.name) || is_inner(name, *style, part))
    };
    let (with_style, others): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_styled);
    let style_of = |part: &Part| {
        let mut all = media.encoding.iter();
        all.find(|(name, _)| **name == part.name)
            .map(|(_, style)| *style)
    };
    let pairs: Vec<Pair> = with_style
        .into_iter()
        .map(|part| {
            let text = as_in_form(&part.text, style_of(&part));
            (part.name, text)
        })
        .collect();
    let described = media.encoding.keys().map(String::as_str);
    let pairs = Pairs::new(&pairs, described.chain(names.iter().copied()));
    let styles = media
        .encoding
        .iter()
        .map(|(name, style)| (name.as_str(), *style));
    let styled = styled(judge, &schemas, styles, &pairs);
    let raw = Raw::Object(multipart::texts(judge, others, schema));
    let mut value = text::meant(judge, spec, schema, &raw);
    if let Json::Object(object) = &mut value {
        object.extend(styled);
    }
    value
}

/// The text of a part as a form would have it: nothing in a part is encoded.
fn as_in_form(text: &str, style: Option<(Style, bool)>) -> String {
    let (plain, between) = match style {
        Some((Style::SpaceDelimited, false)) => (" ", "%20"),
        Some((Style::PipeDelimited, false)) => ("|", "%7C"),
        Some((Style::TabDelimited, false)) => ("\t", "%09"),
        Some((_, false)) => (",", ","),
        _ => return encoded(text),
    };
    let items: Vec<String> = text.split(plain).map(encoded).collect();
    items.join(between)
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The properties whose parts are in a notation that nothing says how to read:
/// an object in XML, say.
pub(super) fn opaque<'a>(spec: &Spec<'a>, schema: Option<&'a Json>, parts: &[Part]) -> Vec<String> {
    let schemas = schema.map_or(Vec::new(), |schema| spec.parts(schema));
    let is_opaque = |part: &&Part| {
        let Some(content_type) = &part.content_type else {
            return false;
        };
        let property = spec.property(&schemas, &part.name).into_iter().next();
        let forms = Forms::of(spec, property);
        let is_json = media_type::kind(content_type) == Kind::Json;
        let is_plain = media_type::essence(content_type) == "text/plain";
        (forms.object || forms.list) && !is_json && !is_plain
    };
    let opaque = parts.iter().filter(is_opaque);
    opaque.map(|part| part.name.clone()).collect()
}

/// The parts whose content type is none of those that the encoding of their
/// property has, each with what is wrong.
pub(super) fn wrong_types(media: &Media, parts: &[Part]) -> Vec<(String, String)> {
    let wrong = parts.iter().filter_map(|part| {
        let allowed = media.part_types.get(&part.name)?;
        let sent = media_type::essence(part.content_type.as_ref()?);
        let mut all = allowed.split(',');
        let fits = all.any(|one| accept::matches(&media_type::essence(one), &sent));
        let problem = format!("is a part whose content type is none of `{allowed}`");
        (!fits).then(|| (part.name.clone(), problem))
    });
    wrong.collect()
}

/// The names of the declared properties.
fn declared<'a>(schemas: &[&'a Json]) -> Vec<&'a str> {
    let properties = schemas
        .iter()
        .filter_map(|part| part.get("properties")?.as_object());
    properties.flat_map(Map::keys).map(String::as_str).collect()
}

/// Whether a pair is of the property, or of something inside it.
fn is_own(name: &str, pair: &str) -> bool {
    pair.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

/// The properties that are written by these styles.
fn styled<'a, 'n>(
    judge: &Judge<'_, 'a>,
    schemas: &[&'a Json],
    styles: impl Iterator<Item = (&'n str, (Style, bool))>,
    pairs: &Pairs<'_>,
) -> Map<String, Json> {
    let spec = judge.spec();
    let mut object = Map::new();
    for (name, (style, explode)) in styles {
        let parameter = Parameter {
            name: name.to_owned(),
            location: Location::Query,
            required: false,
            style,
            explode,
            content: None,
            schema: None,
        };
        let property = spec.property(schemas, name).into_iter().next();
        let forms = Forms::of(spec, property);
        if let Some(Ok(raw)) = query_style(spec, &parameter, property, forms, pairs) {
            let raw = match raw {
                // A list of which the only text is JSON, that of the whole.
                Raw::List(items) if is_json_list(&items) => items[0].clone(),
                other => other,
            };
            let value = text::meant(judge, spec, property, &raw);
            object.insert(name.to_owned(), value);
        }
    }
    object
}

fn is_json_list(items: &[Raw]) -> bool {
    matches!(items, [Raw::Text(text)] if text.starts_with('['))
}
