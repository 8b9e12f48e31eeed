//! The end of a [`Draft`]: its values in; out comes a request with everything it
//! needs, or the first thing that was wrong.

use http::header::Entry;
use http::{HeaderName, HeaderValue, Method, Request, Uri, header};

use super::call_options::CallOptions;
use super::credentials::{Proof, bearer, secret_value};
use super::draft::{Draft, pair};
use super::fault::Fault;
use super::framing_headers::is_framing_header;
use super::parameter::Parameter;
use super::path;
use super::request_body::RequestBody;
use super::screen::Screen;
use super::style;
use super::transport::{IdleTimeout, RequestTimeout};

impl Draft<'_> {
    /// The finished request, and what must not be shown of it.
    pub(crate) fn finish(
        mut self,
        options: &CallOptions,
        streams: bool,
    ) -> Result<(Request<RequestBody>, Screen), Box<Fault>> {
        self.assemble(options, streams)
            .map(|request| (request, self.screen))
            .map_err(|problem| Box::new(Fault::invalid(self.endpoint, problem)))
    }

    fn assemble(
        &mut self,
        options: &CallOptions,
        streams: bool,
    ) -> Result<Request<RequestBody>, String> {
        if let Some(problem) = self.problem.take().or(options.problem.clone()) {
            return Err(problem);
        }
        let (template, fixed_query) = path::parts(self.endpoint.path);
        let path = match &self.own_path {
            Some(path) => path.clone(),
            None => path::expand(template, &self.path)?,
        };
        if self.link.is_some() {
            // It has all the values.
            self.query.clear();
        }
        self.prove(options)?;
        for (name, value) in &options.query {
            self.query_pair(name, value.expose());
        }
        let base_url = self.base_url.as_ref();
        let base_url = base_url.unwrap_or(&self.core.parts().base_url);
        let mut url = match &self.link {
            Some(link) => {
                self.query.retain(|pair| !has_name_of(link, pair));
                format!("{}{link}", base_url.origin())
            }
            None => format!("{}{path}", base_url.as_str()),
        };
        if let Some(fixed) = fixed_query.filter(|_| self.link.is_none()) {
            self.query.insert(0, path::expand_query(fixed, &self.path)?);
        }
        if !self.query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&self.query.join("&"));
        }
        let is_link = self.link.is_some();
        let uri = Uri::try_from(url.as_str()).map_err(|_| no_url(&url, is_link).to_owned())?;

        let mut headers = std::mem::take(&mut self.headers);
        // Some APIs take their key, or a parameter, as the user agent.
        headers
            .entry(header::USER_AGENT)
            .or_insert_with(|| self.core.parts().user_agent.clone());
        if !self.endpoint.accept.is_empty() {
            headers.insert(
                header::ACCEPT,
                HeaderValue::from_static(self.endpoint.accept),
            );
        }
        if !self.cookies.is_empty() {
            headers.insert(header::COOKIE, self.cookie_header()?);
        }
        for (name, value) in &options.headers {
            headers.insert(name, value.clone());
        }
        if let Some(key) = &self.endpoint.idempotency_key {
            let name = HeaderName::try_from(key.header)
                .map_err(|_| "its idempotency key has no valid header name")?;
            if is_framing_header(name.as_str()) {
                return Err("its idempotency key would go into a header of the connection".into());
            }
            if let Entry::Vacant(header) = headers.entry(name) {
                let value = (key.make)().and_then(|value| HeaderValue::try_from(value).ok());
                let value = value.ok_or("there is no randomness for its idempotency key")?;
                header.insert(value);
            }
        }
        let method = Method::from_bytes(self.endpoint.method.as_bytes())
            .map_err(|_| "it has no valid method".to_owned())?;
        // RFC 9110, 8.6: methods that anticipate a body say when there is none.
        if self.body.is_none() && [Method::POST, Method::PUT, Method::PATCH].contains(&method) {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        }

        let mut request = Request::new(self.body.take().unwrap_or_default());
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        // For transports that want to know what it is.
        request.extensions_mut().insert(self.endpoint);
        let timeout = options.timeout.unwrap_or(self.core.parts().timeout);
        if streams {
            request.extensions_mut().insert(IdleTimeout(timeout));
        } else {
            request.extensions_mut().insert(RequestTimeout(timeout));
        }
        Ok(request)
    }

    /// Adds the credentials that the operation asks for, and those of the call,
    /// which make up for any that the client does not have.
    fn prove(&mut self, options: &CallOptions) -> Result<(), String> {
        let own = &options.authorization;
        let proofs = match self.proofs() {
            Err(_) if own.is_some() => Vec::new(),
            proofs => proofs?,
        };
        let is_private = !proofs.is_empty() || own.is_some() || options.is_private;
        if is_private && !self.secrets_allowed() {
            return Err(
                "the server is not https, so the credentials would travel in the \
                        open; `ClientBuilder::allow_plain_http` allows it"
                    .into(),
            );
        }
        for (proof, secrets) in proofs {
            secrets
                .iter()
                .cloned()
                .for_each(|secret| self.screen.add(secret));
            match proof {
                Proof::Token(_) | Proof::Header(header::AUTHORIZATION, _) if own.is_some() => {}
                Proof::Header(name, value) => {
                    self.headers.insert(name, value.clone());
                }
                Proof::Token(source) => {
                    let token = source.known().ok_or(
                        "the token is not known yet: `send` asks its provider, `build` cannot",
                    )?;
                    let value = bearer(&token).map_err(|why| format!("the token {why}"))?;
                    self.headers.insert(header::AUTHORIZATION, value);
                    self.screen.add(token);
                }
                Proof::Query(name, key) => self.query_pair(name, key.expose()),
                Proof::Cookie(name, key) => {
                    let value = Parameter::Scalar(key.expose().to_owned());
                    self.cookies
                        .extend(style::cookie(true, name, value).iter().map(pair));
                }
            }
        }
        if let Some(value) = own {
            self.headers.insert(header::AUTHORIZATION, value.clone());
        }
        for secret in &options.secrets {
            self.screen.add(secret.clone());
        }
        Ok(())
    }

    fn cookie_header(&self) -> Result<HeaderValue, String> {
        // Sensitive: cookies are how sessions travel.
        secret_value(&self.cookies.join("; ")).map_err(|why| format!("the `Cookie` header {why}"))
    }
}

/// Why a text is no URL. A link comes from the server; all else is escaped.
fn no_url(text: &str, is_link: bool) -> &'static str {
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    match text.bytes().all(is_allowed) {
        false if is_link => "the link to the next page has characters that no URL has",
        false => "the URL has characters that no URL has",
        true => "the URL gets too long",
    }
}

/// Whether the query of a link has a pair of that name already.
fn has_name_of(link: &str, pair: &str) -> bool {
    let name = |pair: &str| pair.split('=').next().map(str::to_owned);
    let (_, query) = link.split_once('?').unwrap_or_default();
    query.split('&').any(|known| name(known) == name(pair))
}
