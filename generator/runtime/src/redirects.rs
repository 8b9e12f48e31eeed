//! Redirects (RFC 9110, section 15.4): what was asked for and the answer to it in,
//! the request that follows out. It has no credentials, whoever it goes to.

use bytes::Bytes;
use http::uri::Scheme;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, header};

use super::operation::Endpoint;
use super::request_body::RequestBody;

/// How often one attempt is sent on.
const MOST: u32 = 10;

/// What is sent on.
pub(crate) struct Redirects {
    method: Method,
    /// Where the last request went.
    asked: Uri,
    headers: HeaderMap,
    /// `None` where it can be sent only once.
    body: Option<Bytes>,
    extensions: http::Extensions,
    left: u32,
}

impl Redirects {
    /// Of the headers, only those that say nothing of the caller are sent on.
    pub(crate) fn of(
        request: &Request<RequestBody>,
        endpoint: &Endpoint,
        user_agent: &HeaderValue,
    ) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, user_agent.clone());
        if !endpoint.accept.is_empty() {
            headers.insert(header::ACCEPT, HeaderValue::from_static(endpoint.accept));
        }
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
            if let Some(value) = request.headers().get(&name) {
                headers.insert(name, value.clone());
            }
        }
        Self {
            method: request.method().clone(),
            asked: request.uri().clone(),
            headers,
            body: request.body().as_bytes().cloned(),
            extensions: request.extensions().clone(),
            left: MOST,
        }
    }

    /// The request that follows an answer. `None` where it is no redirect, or one
    /// that is not followed: the eleventh, one that leaves `https`, or one that
    /// takes a request that changes something, or its body, to another server.
    pub(crate) fn next<B>(&mut self, answer: &Response<B>) -> Option<Request<RequestBody>> {
        let status = answer.status();
        if self.left == 0 || !is_followed(status) {
            return None;
        }
        let target: Uri = target(answer.headers(), Some(&self.asked))?.parse().ok()?;
        if self.asked.scheme() == Some(&Scheme::HTTPS) && target.scheme() != Some(&Scheme::HTTPS) {
            return None;
        }
        // What browsers do (https://fetch.spec.whatwg.org/#http-redirect-fetch).
        let becomes_get = match status {
            StatusCode::SEE_OTHER => self.method != Method::HEAD,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => self.method == Method::POST,
            _ => false,
        };
        if becomes_get {
            self.method = Method::GET;
            self.body = Some(Bytes::new());
            self.headers.remove(header::CONTENT_TYPE);
            self.headers.remove(header::CONTENT_LENGTH);
        }
        let body = self.body.clone()?;
        let leaves =
            target.scheme() != self.asked.scheme() || target.authority() != self.asked.authority();
        if leaves && !(self.method.is_safe() && body.is_empty()) {
            return None;
        }
        self.left -= 1;
        self.asked = target.clone();
        let mut request = Request::new(RequestBody::from(body));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = target;
        *request.headers_mut() = self.headers.clone();
        *request.extensions_mut() = self.extensions.clone();
        Some(request)
    }
}

fn is_followed(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The URL that `Location` names (RFC 9110, section 10.2.2), made absolute by what
/// was asked for; `None` where it leads nowhere that HTTP goes, or has a user name
/// in it.
pub(crate) fn target(headers: &HeaderMap, asked: Option<&Uri>) -> Option<String> {
    let location = headers.get(header::LOCATION)?.to_str().ok()?.trim();
    let target = resolved(location, asked)?;
    let uri: Uri = target.parse().ok()?;
    let authority = uri.authority()?.as_str();
    (!authority.is_empty() && !authority.contains('@')).then_some(target)
}

/// A reference relative to a URL (RFC 3986, section 5.2).
fn resolved(reference: &str, base: Option<&Uri>) -> Option<String> {
    if let Some((scheme, rest)) = scheme_of(reference) {
        let is_http = ["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known));
        return (is_http && rest.starts_with("//")).then(|| reference.to_owned());
    }
    let base = base?;
    let scheme = base.scheme_str()?;
    if reference.starts_with("//") {
        return Some(format!("{scheme}:{reference}"));
    }
    let end = reference.find(['?', '#']).unwrap_or(reference.len());
    let (path, rest) = reference.split_at(end);
    let path = match path {
        "" if rest.starts_with('?') => base.path().to_owned(),
        "" => base.path_and_query()?.as_str().to_owned(),
        path if path.starts_with('/') => without_dots(path),
        path => {
            let folder = base.path().rfind('/').map_or(0, |at| at + 1);
            without_dots(&format!("{}{path}", &base.path()[..folder]))
        }
    };
    Some(format!("{scheme}://{}{path}{rest}", base.authority()?))
}

/// The scheme of a URL, and what follows its colon.
fn scheme_of(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let begins = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    (begins && scheme.bytes().all(is_part)).then_some((scheme, rest))
}

/// A path without `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}
