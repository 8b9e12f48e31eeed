//! [`Draft`]: a request in the making. Values of parameters and a body go in
//! one by one; `assembly` makes a request of them.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;

use super::base_url::BaseUrl;
use super::build_error::BuildError;
use super::charset::encode_text;
use super::client_core::Core;
use super::credentials::{Proof, TokenSource, header_value, secret_value, tabbed_header_value};
use super::framing_headers::is_framing_header;
use super::operation::{Endpoint, Operation};
use super::parameter::{Parameter, Unfit};
use super::path;
use super::request_body::RequestBody;
use super::screen::Screen;
use super::secret::Secret;
use super::style::{self, PathStyle, QueryStyle};

/// A request in the making.
pub(crate) struct Draft<'a> {
    pub(crate) core: &'a Core,
    pub(crate) endpoint: &'static Endpoint,
    /// Where the operation has a server of its own.
    pub(crate) base_url: Option<BaseUrl>,
    pub(crate) path: Vec<(&'static str, String)>,
    /// The whole path, of what the API description does not have.
    pub(crate) own_path: Option<String>,
    /// The path and query of a link to the next page, in place of those that
    /// the values make.
    pub(crate) link: Option<String>,
    /// Encoded pairs, `name=value`.
    pub(crate) query: Vec<String>,
    /// Encoded pairs, `name=value`.
    pub(crate) cookies: Vec<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<RequestBody>,
    pub(crate) screen: Screen,
    /// The first thing that was wrong; the rest is of no use then.
    pub(crate) problem: Option<String>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(core: &'a Core, endpoint: &'static Endpoint) -> Self {
        Self {
            core,
            endpoint,
            base_url: None,
            path: Vec::new(),
            own_path: None,
            link: None,
            query: Vec::new(),
            cookies: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            screen: Screen::default(),
            problem: None,
        }
    }

    /// The operation has a server of its own. A base URL that the caller gave
    /// counts more.
    pub(crate) fn server(&mut self, url: &str) {
        if !self.core.parts().base_url_given {
            self.use_base_url(url);
        }
    }

    /// The same for a server with variables.
    pub(crate) fn server_at(&mut self, url: Result<String, BuildError>) {
        match url {
            Ok(url) => self.server(&url),
            Err(_) if self.core.parts().base_url_given => {}
            Err(error) => self.note(error.to_string()),
        }
    }

    /// The operation lies below another path of the same host: where the base
    /// URL ends with `usual`, this is `own`.
    pub(crate) fn server_path(&mut self, usual: &str, own: &str) {
        let base = self.core.parts().base_url.as_str();
        let host = base.strip_suffix(usual).unwrap_or(base);
        self.use_base_url(&format!("{host}{own}"));
    }

    fn use_base_url(&mut self, url: &str) {
        match BaseUrl::parse(url) {
            Ok(url) => self.base_url = Some(url),
            Err(error) => self.note(error.to_string()),
        }
    }

    /// Whether secrets may be sent to where this request goes.
    pub(crate) fn secrets_allowed(&self) -> bool {
        let core = self.core.parts();
        match &self.base_url {
            None => core.secrets_allowed,
            // Loopback may be reached by way of a proxy, unless the client was
            // made for it.
            Some(url) => {
                core.plain_http_allowed
                    || url.is_https()
                    || (url.is_loopback() && core.base_url.is_loopback())
            }
        }
    }

    /// The path of what the API description does not have, encoded already.
    pub(crate) fn path_as_it_is(&mut self, path: &str) {
        match path::is_whole(path) {
            true => self.own_path = Some(path.to_owned()),
            false => self.note(
                "the path does not start with a slash, or has an empty, `.` or `..` segment, \
                 a query or unescaped characters"
                    .to_owned(),
            ),
        }
    }

    /// The tokens that the call needs and that change.
    pub(crate) fn tokens(&self) -> Vec<Arc<dyn TokenSource>> {
        let proofs = self.proofs().unwrap_or_default();
        let tokens = proofs.into_iter().filter_map(|(proof, _)| match proof {
            Proof::Token(source) => Some(Arc::clone(source)),
            _ => None,
        });
        tokens.collect()
    }

    /// The credentials that the call needs: all there are, where nobody says
    /// which.
    pub(crate) fn proofs(&self) -> Result<Vec<(&'a Proof, &'a [Secret])>, String> {
        let credentials = &self.core.parts().credentials;
        match self.own_path {
            Some(_) => Ok(credentials.all()),
            None => credentials.prove(self.endpoint.security),
        }
    }

    /// A path parameter, in style `simple`.
    pub(crate) fn path<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        explode: bool,
        value: &T,
    ) {
        self.add_path(name, PathStyle::Simple, explode, Parameter::of(value));
    }

    /// A path parameter, in any style.
    pub(crate) fn path_in<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: PathStyle,
        explode: bool,
        value: &T,
    ) {
        self.add_path(name, style, explode, Parameter::of(value));
    }

    /// A query parameter. An absent or empty value adds nothing.
    pub(crate) fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: QueryStyle,
        explode: bool,
        value: &T,
    ) {
        let pairs =
            Parameter::of(value).and_then(|value| style::query(style, explode, name, value));
        self.add_query(name, pairs);
    }

    /// A pair of the query that the API description does not have.
    pub(crate) fn query_pair(&mut self, name: &str, value: &str) {
        let value = Parameter::Scalar(value.to_owned());
        self.add_query(name, style::query(QueryStyle::Form, true, name, value));
    }

    /// A query parameter whose reserved characters stay as they are.
    pub(crate) fn query_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: QueryStyle,
        explode: bool,
        value: &T,
    ) {
        let pairs = Parameter::of(value)
            .and_then(|value| style::query_reserved(style, explode, name, value));
        self.add_query(name, pairs);
    }

    /// A parameter that is a form: each property is a query parameter.
    pub(crate) fn query_form<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        match Parameter::of(value) {
            Ok(Parameter::Object(properties)) => {
                for (key, value) in properties {
                    self.add_query(name, style::query(QueryStyle::Form, true, &key, value));
                }
            }
            Ok(Parameter::Absent) => {}
            Ok(_) => self.refuse("query parameter", name, "is no object"),
            Err(why) => self.refuse("query parameter", name, why.0),
        }
    }

    /// A parameter that is the whole query.
    pub(crate) fn query_text<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        match Parameter::of(value) {
            Ok(value) => {
                let text = value.into_text();
                self.query
                    .extend(text.map(|text| style::percent_encode(&text)));
            }
            Err(why) => self.refuse("query parameter", name, why.0),
        }
    }

    /// A header parameter, in style `simple`.
    pub(crate) fn header<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        explode: bool,
        value: &T,
    ) {
        let value = Parameter::of(value);
        self.add_header(
            name,
            value.and_then(|value| style::header_simple(explode, value)),
        );
    }

    /// A header parameter whose items stand between other delimiters than commas.
    pub(crate) fn header_delimited<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        delimiter: char,
        value: &T,
    ) {
        let text = Parameter::of(value);
        let text = text.and_then(|value| style::header_delimited(delimiter, value));
        match delimiter {
            '\t' => self.add_header_as(name, text, tabbed_header_value),
            _ => self.add_header(name, text),
        }
    }

    /// A cookie parameter, in style `form`.
    pub(crate) fn cookie<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        explode: bool,
        value: &T,
    ) {
        self.add_cookie(name, explode, Parameter::of(value));
    }

    /// A JSON body.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        self.add_json(content_type, serde_json::to_vec(value));
    }

    /// A body that is no JSON.
    pub(crate) fn bytes(&mut self, content_type: &'static str, body: Bytes) {
        self.body(HeaderValue::from_static(content_type), body.into());
    }

    /// A text, in the charset that the media type names.
    pub(crate) fn text(&mut self, content_type: &'static str, text: &str) {
        match encode_text(content_type, text) {
            Ok(bytes) => self.bytes(content_type, bytes.into()),
            Err(why) => self.note(why),
        }
    }

    /// A body of any kind. Of a stream, nothing is known that could be hidden.
    pub(crate) fn body(&mut self, content_type: HeaderValue, body: RequestBody) {
        if let Some(bytes) = body.as_bytes() {
            self.conceal_body(bytes.clone());
        }
        self.body = Some(body);
        self.headers.insert(header::CONTENT_TYPE, content_type);
    }

    /// Bytes or a stream of them, of the media type that they say, or else this.
    pub(crate) fn stream(&mut self, media_type: &'static str, body: RequestBody) {
        let said = body.media_type().map(HeaderValue::try_from);
        match said.unwrap_or_else(|| Ok(HeaderValue::from_static(media_type))) {
            Ok(media_type) => self.body(media_type, body),
            Err(_) => self.note("the media type of the body cannot be sent".to_owned()),
        }
    }

    /// Keeps what a body holds out of logs, should the server send it back.
    pub(crate) fn conceal_body(&mut self, body: Bytes) {
        self.screen.body(body);
    }

    /// A header parameter that is as good as a password.
    pub(crate) fn secret_header(&mut self, name: &'static str, value: &Secret) {
        match secret_value(value.expose()) {
            Ok(text) => self.set_header(name, text),
            Err(why) => self.refuse("header parameter", name, why),
        }
        // An empty one may well be read as none, and what it was to restrict is
        // then allowed.
        if value.expose().is_empty() {
            self.refuse("header parameter", name, "is empty");
        }
        self.conceal(name, value);
    }

    /// Says that a parameter is secret: no output shows its value, should the
    /// server send it back, and it is sent in private only.
    pub(crate) fn conceal(&mut self, name: &'static str, value: &Secret) {
        if !self.secrets_allowed() {
            let why = "is secret and would travel in the open: the base URL is not https";
            self.refuse("parameter", name, why);
        }
        self.screen.add(value.clone());
    }

    fn add_path(
        &mut self,
        name: &'static str,
        style: PathStyle,
        explode: bool,
        value: Result<Parameter, Unfit>,
    ) {
        match value.and_then(|value| style::path(style, explode, name, value)) {
            Ok(text) => self.path.push((name, text)),
            Err(why) => self.refuse("path parameter", name, why.0),
        }
    }

    fn add_query(&mut self, name: &str, pairs: Result<Vec<(String, String)>, Unfit>) {
        match pairs {
            Ok(pairs) => self.query.extend(pairs.iter().map(pair)),
            Err(why) => self.refuse("query parameter", name, why.0),
        }
    }

    fn add_header(&mut self, name: &'static str, text: Result<Option<String>, Unfit>) {
        self.add_header_as(name, text, header_value);
    }

    fn add_header_as(
        &mut self,
        name: &'static str,
        text: Result<Option<String>, Unfit>,
        value: fn(&str) -> Result<HeaderValue, &'static str>,
    ) {
        match text
            .map_err(|why| why.0)
            .and_then(|text| text.as_deref().map(value).transpose())
        {
            Ok(Some(value)) => self.set_header(name, value),
            Ok(None) => {}
            Err(why) => self.refuse("header parameter", name, why),
        }
    }

    fn add_cookie(&mut self, name: &'static str, explode: bool, value: Result<Parameter, Unfit>) {
        match value {
            Ok(value) => self
                .cookies
                .extend(style::cookie(explode, name, value).iter().map(pair)),
            Err(why) => self.refuse("cookie parameter", name, why.0),
        }
    }

    fn add_json(&mut self, content_type: &'static str, json: serde_json::Result<Vec<u8>>) {
        match json {
            Ok(json) => self.bytes(content_type, json.into()),
            // The error's text may quote the value.
            Err(_) => self.note("the body cannot be written as JSON".to_owned()),
        }
    }

    fn set_header(&mut self, name: &'static str, value: HeaderValue) {
        match HeaderName::try_from(name) {
            Ok(header) if is_framing_header(header.as_str()) => {
                self.refuse("header parameter", name, "belongs to the connection");
            }
            Ok(header) => {
                self.headers.insert(header, value);
            }
            Err(_) => self.refuse("header parameter", name, "has no valid header name"),
        }
    }

    fn refuse(&mut self, kind: &str, name: &str, why: &str) {
        self.note(format!("the {kind} `{name}` {why}"));
    }

    pub(crate) fn note(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}

/// `name=value`.
pub(crate) fn pair((name, value): &(String, String)) -> String {
    format!("{name}={value}")
}
