//! Reading the document: path items, operations and what they are made of.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use driftless_runtime::rules::is_framing_header;

use super::place::Place;
use super::{Body, Document, Header, Media, Operation, Parameter, Response};
use crate::graph::{
    ApiKeyLocation, Location, ParameterContent, SchemeKind, Status, Style, is_described_elsewhere,
};
use crate::mock::route::Template;
use crate::resolve::media_type::{self, Kind, essence};
use crate::source::Node;

/// The methods of a path item.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Document {
    /// Reads a document after `dialect`.
    pub(in crate::mock) fn read(root: &Node) -> Self {
        let root = Place::root(root);
        let mut document = Self {
            operations: Vec::new(),
            schemes: schemes(&root),
        };
        let paths = root.get("paths").map(|paths| paths.entries());
        for (path, item) in paths.into_iter().flatten() {
            for (key, own) in item.entries() {
                let more = (key == "x-driftless-operations").then(|| own.entries());
                let named = METHODS.contains(&key).then_some((key, own));
                for (method, own) in more.into_iter().flatten().chain(named) {
                    let operation = operation(&root, path, &item, method, &own);
                    document.operations.push(operation);
                }
            }
        }
        document
    }
}

fn operation(
    root: &Place<'_>,
    path: &str,
    item: &Place<'_>,
    method: &str,
    own: &Place<'_>,
) -> Operation {
    let mut templates = vec![Template::new("", path)];
    for holder in [own, item, root] {
        let servers = holder.get("servers").map(|servers| servers.items());
        for server in servers.into_iter().flatten() {
            let template = Template::new(server_path(server.text("url").unwrap_or("")), path);
            if !templates.contains(&template) {
                templates.push(template);
            }
        }
    }
    let mut parameters = parameters(item);
    for own in self::parameters(own) {
        let same = |other: &Parameter| other.name == own.name && other.location == own.location;
        match parameters.iter_mut().find(|other| same(other)) {
            Some(inherited) => *inherited = own,
            None => parameters.push(own),
        }
    }
    let body = own.get("requestBody").map(|body| Body {
        required: body.flag("required") == Some(true),
        media: media(&body),
    });
    let responses = own.get("responses").map(|responses| responses.entries());
    let responses = responses.into_iter().flatten();
    let security = own.get("security").or_else(|| root.get("security"));
    let security = security.map(|security| security.items());
    let alternatives = security.into_iter().flatten().map(|alternative| {
        let names = alternative.node.as_object().into_iter().flatten();
        names.map(|(name, _)| name.to_owned()).collect()
    });
    Operation {
        id: own.text("operationId").map(str::to_owned),
        // Those of OpenAPI 3.0 are written in lower case.
        method: match METHODS.contains(&method) {
            true => method.to_ascii_uppercase(),
            false => method.to_owned(),
        },
        templates,
        parameters,
        body,
        responses: responses
            .filter_map(|(key, response)| self::response(key, &response))
            .collect(),
        security: alternatives.collect(),
    }
}

/// The path of a server's address.
fn server_path(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or("");
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None if url.starts_with("//") => url[2..].find('/').map_or("", |at| &url[2..][at..]),
        // A variable may hold the address itself.
        None if url.starts_with('{') => url.find('/').map_or("", |at| &url[at..]),
        None => url.trim_start_matches('.'),
    }
}

fn parameters(holder: &Place<'_>) -> Vec<Parameter> {
    let mut list: Vec<Parameter> = Vec::new();
    let all = holder.get("parameters").map(|all| all.items());
    for parameter in all.into_iter().flatten().filter_map(|one| parameter(&one)) {
        let same = |other: &Parameter| {
            other.name == parameter.name && other.location == parameter.location
        };
        if !list.iter().any(same) {
            list.push(parameter);
        }
    }
    list
}

fn parameter(place: &Place<'_>) -> Option<Parameter> {
    let name = place.text("name")?.to_owned();
    let location = match place.text("in")? {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return None,
    };
    let ignored = is_described_elsewhere(&name) || is_framing_header(&name);
    if location == Location::Header && ignored {
        return None;
    }
    let written = place.text("x-driftless-style").or(place.text("style"));
    let style = written.and_then(style).unwrap_or(match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    });
    let content = place.get("content").map(|content| content.entries());
    let content = content.and_then(|all| all.into_iter().next());
    let whole = place.flag("x-driftless-querystring") == Some(true);
    let kind =
        content.as_ref().map(
            |(media_type, _)| match (whole, media_type::kind(media_type)) {
                (false, Kind::Json) => ParameterContent::Json,
                (false, _) => ParameterContent::Text,
                (true, Kind::Json) => ParameterContent::QueryJson,
                (true, Kind::Form) => ParameterContent::QueryForm,
                (true, _) => ParameterContent::QueryText,
            },
        );
    Some(Parameter {
        name,
        location,
        required: place.flag("required") == Some(true) || location == Location::Path,
        style,
        explode: place.flag("explode").unwrap_or(style == Style::Form)
            || style == Style::DeepObject,
        content: kind,
        schema: match &content {
            Some((_, media)) => media.schema("schema"),
            None => place.schema("schema"),
        },
    })
}

fn style(name: &str) -> Option<Style> {
    [
        Style::Simple,
        Style::Label,
        Style::Matrix,
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::TabDelimited,
        Style::DeepObject,
    ]
    .into_iter()
    .find(|style| style.as_str() == name)
}

fn media(holder: &Place<'_>) -> Vec<Media> {
    let content = holder.get("content").map(|content| content.entries());
    let all = content.into_iter().flatten();
    all.map(|(media_type, place)| {
        let examples = examples(&place);
        Media {
            media_type: media_type.to_owned(),
            schema: place.schema("schema"),
            item: place.schema("x-driftless-item-schema"),
            written: vec![OnceLock::new(); examples.len() + 1],
            examples,
            part_types: part_types(media_type, &place),
            encoding: encoding(media_type, &place),
        }
    })
    .collect()
}

fn encoding(media_type: &str, media: &Place<'_>) -> BTreeMap<String, (Style, bool)> {
    if media_type::kind(media_type) == Kind::Multipart
        && !(media.part_rules().styles && essence(media_type) == "multipart/form-data")
    {
        return BTreeMap::new();
    }
    let all = media.get("encoding").map(|all| all.entries());
    let written = |(name, place): (&str, Place<'_>)| {
        let written = place.text("x-driftless-style").or(place.text("style"));
        let named = written.and_then(style);
        let explode = place.flag("explode");
        let explode = explode.or_else(|| place.flag("x-driftless-explode"));
        if named.is_none() && explode.is_none() {
            return None;
        }
        let style = named.unwrap_or(Style::Form);
        let explode = explode.unwrap_or(style == Style::Form) || style == Style::DeepObject;
        Some((name.to_owned(), (style, explode)))
    };
    all.into_iter().flatten().filter_map(written).collect()
}

/// `contentType` of each encoding of a multipart body, unless a style counts.
fn part_types(media_type: &str, media: &Place<'_>) -> BTreeMap<String, String> {
    if media_type::kind(media_type) != Kind::Multipart {
        return BTreeMap::new();
    }
    let styled = encoding(media_type, media);
    let all = media.get("encoding").map(|all| all.entries());
    let all = all.into_iter().flatten();
    all.filter(|(name, _)| !styled.contains_key(*name))
        .filter_map(|(name, place)| Some((name.to_owned(), place.text("contentType")?.to_owned())))
        .collect()
}

fn examples(place: &Place<'_>) -> Vec<(String, serde_json::Value)> {
    let mut found = Vec::new();
    if let Some(example) = place.node.get("example") {
        found.push(("example".to_owned(), example.to_json()));
    }
    let named = place.get("examples").map(|named| named.entries());
    for (name, example) in named.into_iter().flatten() {
        if let Some(value) = example.node.get("value") {
            found.push((name.to_owned(), value.to_json()));
        }
    }
    found
}

fn response(key: &str, place: &Place<'_>) -> Option<Response> {
    let headers = place.get("headers").map(|headers| headers.entries());
    let headers = headers.into_iter().flatten();
    Some(Response {
        status: status(key)?,
        media: media(place),
        headers: headers.map(|(name, place)| header(name, &place)).collect(),
    })
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    if let Ok(code) = key.parse::<u16>() {
        return (100..=599).contains(&code).then_some(Status::Code(code));
    }
    let hundred = key.chars().next()?.to_digit(10)? as u16;
    let range = key.len() == 3 && key[1..].eq_ignore_ascii_case("xx");
    range.then_some(Status::Range(hundred))
}

fn header(name: &str, place: &Place<'_>) -> Header {
    let content = place.get("content").map(|content| content.entries());
    let content = content.and_then(|all| all.into_iter().next());
    let holder = content.as_ref().map_or(place, |(_, media)| media);
    let explode = place.flag("explode");
    Header {
        name: name.to_owned(),
        explode: explode.or_else(|| place.flag("x-driftless-explode")) == Some(true),
        delimiter: match place.text("x-driftless-style") {
            Some("spaceDelimited") => " ",
            Some("pipeDelimited") => "|",
            Some("tabDelimited") => "\t",
            _ => ",",
        },
        json: content
            .as_ref()
            .is_some_and(|(media_type, _)| media_type::kind(media_type) == Kind::Json),
        example: examples(place)
            .into_iter()
            .chain(examples(holder))
            .next()
            .map(|(_, value)| value),
        schema: holder.schema("schema"),
    }
}

fn schemes(root: &Place<'_>) -> BTreeMap<String, SchemeKind> {
    let all = root
        .get("components")
        .and_then(|all| all.get("securitySchemes"));
    let all = all.map(|all| all.entries()).into_iter().flatten();
    all.filter_map(|(name, place)| Some((name.to_owned(), scheme(&place)?)))
        .collect()
}

fn scheme(place: &Place<'_>) -> Option<SchemeKind> {
    Some(match place.text("type")? {
        "http" => match essence(place.text("scheme")?).as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            other => SchemeKind::Http(other.to_owned()),
        },
        "oauth2" => SchemeKind::OAuth2(Vec::new()),
        "openIdConnect" => SchemeKind::OpenIdConnect(String::new()),
        "apiKey" => {
            let location = match place.text("in")? {
                "header" => ApiKeyLocation::Header,
                "query" => ApiKeyLocation::Query,
                "cookie" => ApiKeyLocation::Cookie,
                _ => return None,
            };
            SchemeKind::ApiKey(location, place.text("name")?.to_owned())
        }
        _ => return None,
    })
}
