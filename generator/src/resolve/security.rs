//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement, SecurityScheme as Parsed};

use super::{Resolver, origin_of, text};
use crate::diagnostic::Code;
use crate::graph::{ApiKeyLocation, SchemeKind, SecurityScheme};
use crate::source::{Node, Origin};

impl<'a> Resolver<'a> {
    pub(super) fn security_schemes(&mut self, api: &OpenAPI) {
        let Some(components) = &api.components else {
            return;
        };
        for name in components.security_schemes.keys() {
            let Some(node) = self
                .root
                .pointer("/components/securitySchemes")
                .and_then(|schemes| schemes.get(name))
            else {
                continue;
            };
            let Some((scheme, node)) = self.item::<Parsed>(node) else {
                continue;
            };
            if let Some(kind) = self.scheme_kind(&scheme, name, node) {
                self.graph.security_schemes.push(SecurityScheme {
                    origin: node.origin,
                    name: name.clone(),
                    rust_name: text(Some(node), "x-rust-name"),
                    description: text(Some(node), "description"),
                    kind,
                });
            }
        }
    }

    fn scheme_kind(&mut self, scheme: &Parsed, name: &str, node: &Node) -> Option<SchemeKind> {
        let unsupported = match scheme {
            Parsed::APIKey { location, name, .. } => {
                let location = match location {
                    APIKeyLocation::Query => ApiKeyLocation::Query,
                    APIKeyLocation::Header => ApiKeyLocation::Header,
                    APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
                };
                return Some(SchemeKind::ApiKey(location, name.clone()));
            }
            // RFC 7235: scheme names are compared without regard to case.
            Parsed::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                return Some(SchemeKind::Basic);
            }
            Parsed::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                return Some(SchemeKind::Bearer);
            }
            Parsed::HTTP { scheme, .. } => format!("http scheme `{scheme}`"),
            Parsed::OAuth2 { .. } => "type `oauth2`".to_owned(),
            Parsed::OpenIDConnect { .. } => "type `openIdConnect`".to_owned(),
        };
        self.report
            .error(
                Code::Unsupported,
                node.origin,
                format!("the security scheme `{name}` has the {unsupported}"),
            )
            .help("the client can apply http basic, http bearer and apiKey; describe a token that the caller obtains as http bearer");
        None
    }

    /// The alternatives of a requirement: the operation's own, or else the
    /// document's.
    pub(super) fn security(
        &mut self,
        own: Option<&Vec<SecurityRequirement>>,
        inherited: Option<&Vec<SecurityRequirement>>,
        node: &Node,
    ) -> Vec<Vec<String>> {
        let (requirements, nodes) = match own {
            Some(own) => (own, node.get("security")),
            None => match inherited {
                Some(inherited) => (inherited, self.root.get("security")),
                None => return Vec::new(),
            },
        };
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let origin = origin_of(nodes.and_then(|nodes| nodes.at(index)), node);
            for name in requirement.keys() {
                self.known_scheme(name, origin);
            }
            alternatives.push(requirement.keys().cloned().collect());
        }
        alternatives
    }

    fn known_scheme(&mut self, name: &str, origin: Origin) {
        let declared = self
            .root
            .pointer("/components/securitySchemes")
            .and_then(|schemes| schemes.get(name))
            .is_some();
        let reported = self.report.diagnostics().iter().any(|diagnostic| {
            diagnostic.code == Code::UnresolvedReference && diagnostic.origin == Some(origin)
        });
        if !declared && !reported {
            self.report
                .error(
                    Code::UnresolvedReference,
                    origin,
                    format!("the security scheme `{name}` is not declared"),
                )
                .help("declare it under `components/securitySchemes`");
        }
    }
}
