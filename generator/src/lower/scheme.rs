//! Security schemes: those of the graph in, what the builder takes out.

use super::Lowerer;
use crate::config::EnvNames;
use crate::diagnostic::{nearest, without_passwords};
use crate::graph::{self, Flow, SchemeKind};
use crate::model::{Docs, Scheme};

impl Lowerer<'_> {
    pub(super) fn schemes(&mut self) {
        for scheme in &self.graph.security_schemes {
            let name = self.name(&scheme.name, scheme.rust_name.as_ref(), scheme.origin);
            let variables = match (self.config.env.get(&scheme.name), &scheme.kind) {
                (Some(EnvNames::One(_)), SchemeKind::Basic) => {
                    self.wrong_variables(&scheme.name, "is one of username and password");
                    Vec::new()
                }
                (Some(EnvNames::Basic { username, password }), SchemeKind::Basic) => {
                    vec![username.clone(), password.clone()]
                }
                (Some(EnvNames::Basic { .. }), _) => {
                    self.wrong_variables(&scheme.name, "has neither username nor password");
                    Vec::new()
                }
                (Some(EnvNames::One(variable)), _) => vec![variable.clone()],
                (None, _) => Vec::new(),
            };
            let is_name = |name: &String| !name.is_empty() && !name.contains(['=', '\0']);
            if !variables.iter().all(is_name) {
                self.wrong_variables(&scheme.name, "has no name of a variable there");
            }
            self.api.schemes.push(Scheme {
                origin: scheme.origin,
                wire: scheme.name.clone(),
                name,
                kind: scheme.kind.clone(),
                variables,
                docs: Docs {
                    text: scheme.description.clone(),
                    notes: notes(scheme),
                },
            });
        }
        for name in self.config.env.keys() {
            if !self
                .graph
                .security_schemes
                .iter()
                .any(|scheme| scheme.name == *name)
            {
                self.wrong_variables(name, "is none of the document");
            }
        }
    }

    fn wrong_variables(&mut self, scheme: &str, why: &str) {
        let known = self.graph.security_schemes.iter();
        let mut known = known.map(|scheme| scheme.name.as_str());
        let help = match nearest(scheme, known.clone()) {
            Some(meant) if !known.any(|known| known == scheme) => {
                format!("did you mean `{meant}`?")
            }
            _ => "write `scheme = \"VARIABLE\"`, or for `http` `basic` \
                  `scheme = { username = \"…\", password = \"…\" }`"
                .to_owned(),
        };
        let message = format!("`[env]` names the security scheme `{scheme}`, which {why}");
        self.config
            .error(self.report, &["env", scheme], message)
            .help(help);
    }
}

/// What the document says of how tokens are got.
fn notes(scheme: &graph::SecurityScheme) -> Vec<String> {
    let mut notes = Vec::new();
    match &scheme.kind {
        SchemeKind::OAuth2(flows) => {
            notes.extend(flows.iter().map(flow));
            let mut scopes: Vec<&(String, String)> = Vec::new();
            for scope in flows.iter().flat_map(|flow| &flow.scopes) {
                if !scopes.iter().any(|known| known.0 == scope.0) {
                    scopes.push(scope);
                }
            }
            let scopes: Vec<String> = scopes
                .into_iter()
                .map(|(scope, description)| match inline(description).as_str() {
                    "" => code(scope),
                    description => format!("{} ({description})", code(scope)),
                })
                .collect();
            if !scopes.is_empty() {
                notes.push(format!("Scopes: {}.", scopes.join("; ")));
            }
        }
        SchemeKind::OpenIdConnect(url) if !url.trim().is_empty() => {
            let url = without_passwords(url);
            notes.push(format!("The issuer describes itself at {}.", code(&url)));
        }
        SchemeKind::Bearer => notes.extend(
            scheme
                .format
                .as_ref()
                .map(|format| format!("Format of the token: {}.", code(format))),
        ),
        _ => {}
    }
    notes
}

fn flow(flow: &Flow) -> String {
    let name = match flow.name.as_str() {
        "implicit" => "implicit",
        "password" => "password",
        "clientCredentials" => "client credentials",
        "authorizationCode" => "authorization code",
        "deviceAuthorization" => "device authorization",
        other => other,
    };
    let places: Vec<String> = [
        ("authorize at", &flow.authorization_url),
        ("tokens from", &flow.token_url),
        ("refreshed at", &flow.refresh_url),
    ]
    .into_iter()
    .filter_map(|(what, url)| {
        let url = without_passwords(url.as_ref()?);
        Some(format!("{what} {}", code(&url)))
    })
    .collect();
    let places = match places.is_empty() {
        true => String::new(),
        false => format!(": {}", places.join(", ")),
    };
    format!("OAuth 2.0, flow {}{places}.", code(name))
}

/// The scopes that an operation needs, as a sentence for each scheme.
pub(super) fn scopes(operation: &graph::Operation) -> Vec<String> {
    let mut schemes: Vec<&str> = Vec::new();
    for (scheme, _) in &operation.scopes {
        if !schemes.contains(&scheme.as_str()) {
            schemes.push(scheme);
        }
    }
    schemes
        .into_iter()
        .map(|scheme| {
            let alternatives: Vec<String> = operation
                .scopes
                .iter()
                .filter(|(name, _)| name == scheme)
                .map(|(_, scopes)| {
                    let scopes: Vec<String> = scopes.iter().map(|scope| code(scope)).collect();
                    scopes.join(" and ")
                })
                .collect();
            format!(
                "Scopes of {}: {}.",
                code(scheme),
                alternatives.join(", or ")
            )
        })
        .collect()
}

/// A code span that nothing in the text ends.
pub(super) fn code(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!("`{}`", words.join(" ").replace('`', "'"))
}

/// One line, which Markdown takes as it is.
fn inline(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let mut escaped = String::with_capacity(text.len());
    for character in text.trim_end_matches('.').chars() {
        if matches!(character, '<' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
