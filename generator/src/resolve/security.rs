//! Security schemes and requirements.

use driftless_runtime::rules::is_framing_header;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as Parsed};

use super::{Resolver, origin_of, text};
use crate::diagnostic::{Code, nearest};
use crate::graph::{ApiKeyLocation, Flow, SchemeKind, SecurityScheme, is_header_name};
use crate::source::{Node, Origin};

/// Lists of scheme names, of which one will do.
type Alternatives = Vec<Vec<String>>;

/// Schemes with the scopes that they are asked for.
type Scopes = Vec<(String, Vec<String>)>;

impl<'a> Resolver<'a> {
    pub(super) fn security_schemes(&mut self) {
        let schemes = self.root.pointer("/components/securitySchemes");
        for (name, node) in schemes.and_then(Node::as_object).into_iter().flatten() {
            let Some((scheme, node)) = self.item::<Parsed>(node) else {
                continue;
            };
            let kind = scheme_kind(&scheme, node);
            if let SchemeKind::ApiKey(ApiKeyLocation::Header, header) = &kind
                && !self.holds_key(header, node)
            {
                continue;
            }
            self.graph.security_schemes.push(SecurityScheme {
                origin: node.origin,
                name: name.to_owned(),
                rust_name: text(Some(node), "x-rust-name"),
                description: text(Some(node), "description"),
                kind,
                format: text(Some(node), "bearerFormat"),
            });
        }
    }

    /// Whether a header can hold a key; reports where it cannot.
    fn holds_key(&mut self, header: &str, scheme: &Node) -> bool {
        let means_another = ["accept", "content-type"]
            .iter()
            .any(|known| header.eq_ignore_ascii_case(known));
        let origin = origin_of(scheme.get("name"), scheme);
        if !is_header_name(header) {
            let message = format!("`{header}` cannot be the name of a header");
            self.report
                .warn(Code::InvalidValue, origin, message)
                .help("the client sends nothing for it; a header's name is one word");
        } else if is_framing_header(header) || means_another {
            let message = format!("a key in the header `{header}` is ignored");
            self.report
                .warn(Code::NoEffect, origin, message)
                .help("the client sends nothing for it: the header says how to read the message");
        } else {
            return true;
        }
        false
    }

    /// The alternatives of a requirement, the operation's own or else the
    /// document's, and the scopes in it.
    pub(super) fn security(
        &mut self,
        own: Option<&Vec<SecurityRequirement>>,
        inherited: Option<&Vec<SecurityRequirement>>,
        node: &Node,
    ) -> (Alternatives, Scopes) {
        let (requirements, nodes) = match own {
            Some(own) => (own, node.get("security")),
            None => match inherited {
                Some(inherited) => (inherited, self.root.get("security")),
                None => return Default::default(),
            },
        };
        let mut alternatives = Vec::new();
        let mut scopes: Scopes = Vec::new();
        let mut complete = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let origin = origin_of(nodes.and_then(|nodes| nodes.at(index)), node);
            let mut names = Vec::new();
            let mut all_known = true;
            for (name, asked) in requirement {
                let known = self
                    .graph
                    .security_schemes
                    .iter()
                    .find(|scheme| scheme.name == *name);
                match known {
                    Some(scheme) => {
                        // Elsewhere they are roles, or nothing at all.
                        let entry = (name.clone(), asked.clone());
                        if scheme.kind.is_token() && !asked.is_empty() && !scopes.contains(&entry) {
                            scopes.push(entry);
                        }
                        names.push(name.clone());
                    }
                    // The connection proves it, not the request.
                    None if self.is_mutual_tls(name) => {}
                    // That it cannot be sent has been reported.
                    None if self.is_declared(name) => all_known = false,
                    None => {
                        all_known = false;
                        self.undeclared_scheme(name, origin);
                    }
                }
            }
            alternatives.push(names);
            complete.push(all_known);
        }
        // What can be proved as a whole wins over what can be proved in part.
        if complete.contains(&true) {
            let mut complete = complete.into_iter();
            alternatives.retain(|_| complete.next().unwrap_or(true));
        }
        (alternatives, scopes)
    }

    /// Reports a scheme that is not declared. One that is like a declared one was
    /// meant to be that, so nothing may be sent without it.
    fn undeclared_scheme(&mut self, name: &str, origin: Origin) {
        let message = format!("the security scheme `{name}` is not declared");
        let known = self.graph.security_schemes.iter();
        match nearest(name, known.map(|scheme| scheme.name.as_str())) {
            Some(meant) => self
                .report
                .error(Code::UnresolvedReference, origin, message)
                .help(format!("did you mean `{meant}`?")),
            None => self
                .report
                .warn(Code::UnresolvedReference, origin, message)
                .help(
                    "the client sends nothing for it; declare it under \
                     `components/securitySchemes`",
                ),
        }
    }

    fn is_declared(&self, name: &str) -> bool {
        let schemes = self.root.pointer("/components/securitySchemes");
        schemes.is_some_and(|schemes| schemes.get(name).is_some())
    }

    /// Whether a scheme is that of certificates, which the transport has.
    fn is_mutual_tls(&self, name: &str) -> bool {
        self.root
            .pointer("/components/x-driftless-mutual-tls")
            .and_then(Node::as_array)
            .is_some_and(|names| names.iter().any(|known| known.as_str() == Some(name)))
    }
}

fn scheme_kind(scheme: &Parsed, node: &Node) -> SchemeKind {
    match scheme {
        Parsed::APIKey { location, name, .. } => {
            let location = match location {
                APIKeyLocation::Query => ApiKeyLocation::Query,
                APIKeyLocation::Header => ApiKeyLocation::Header,
                APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
            };
            SchemeKind::ApiKey(location, name.clone())
        }
        // RFC 7235: scheme names are compared without regard to case.
        Parsed::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => SchemeKind::Basic,
        Parsed::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => SchemeKind::Bearer,
        Parsed::HTTP { scheme, .. } => SchemeKind::Http(scheme.clone()),
        Parsed::OAuth2 { .. } => {
            let flows = node.get("flows").and_then(Node::as_object);
            SchemeKind::OAuth2(
                flows
                    .into_iter()
                    .flatten()
                    .filter(|(name, _)| !name.starts_with("x-"))
                    .map(|(name, flow)| self::flow(name, flow))
                    .collect(),
            )
        }
        Parsed::OpenIDConnect {
            open_id_connect_url,
            ..
        } => SchemeKind::OpenIdConnect(open_id_connect_url.clone()),
    }
}

fn flow(name: &str, node: &Node) -> Flow {
    let url = |key| text(Some(node), key).filter(|url| !url.trim().is_empty());
    let scopes = node.get("scopes").and_then(Node::as_object);
    Flow {
        name: name.to_owned(),
        authorization_url: url("authorizationUrl"),
        token_url: url("tokenUrl"),
        refresh_url: url("refreshUrl"),
        scopes: scopes
            .into_iter()
            .flatten()
            .map(|(scope, node)| {
                let description = node.as_str().unwrap_or_default();
                (scope.to_owned(), description.to_owned())
            })
            .collect(),
    }
}
