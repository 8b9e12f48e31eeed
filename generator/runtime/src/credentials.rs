//! [`Credentials`]: what a client proves itself with. Names of security
//! schemes and secrets go in; out come the headers, query pairs and cookies of
//! an operation's first alternative that is complete.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue, header};

use super::base64;
use super::build_error::BuildError;
use super::framing_headers::is_framing_header;
use super::secret::Secret;
use super::transport::BoxFuture;

/// Where the key of an `apiKey` scheme goes, with its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApiKeyPlace {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
}

/// What was given for one security scheme.
#[derive(Clone)]
pub(crate) enum Credential {
    Basic {
        username: String,
        password: Secret,
    },
    Bearer(Secret),
    /// Bearer tokens that change.
    Tokens(Arc<dyn TokenSource>),
    /// The whole `Authorization` header.
    Authorization(Secret),
    ApiKey(ApiKeyPlace, Secret),
}

/// Where tokens that change come from; what is behind it is in the clients
/// that need it.
pub(crate) trait TokenSource: Send + Sync {
    /// Gets a token, unless the known one still holds. `blocks` tells calls that
    /// block a thread: they do not wait for a token that another kind of call
    /// is getting.
    fn renew(&self, blocks: bool) -> BoxFuture<'_, Result<(), Box<dyn StdError + Send + Sync>>>;

    /// The last token, if there has been one.
    fn known(&self) -> Option<Secret>;

    /// Says that the API refused a token.
    fn refuse(&self, token: &Secret);
}

/// A credential as requests carry it.
#[derive(Clone)]
pub(crate) enum Proof {
    Header(HeaderName, HeaderValue),
    Token(Arc<dyn TokenSource>),
    Query(&'static str, Secret),
    Cookie(&'static str, Secret),
}

/// The credentials of a client, ready to use.
#[derive(Clone, Default)]
pub(crate) struct Credentials(Vec<Ready>);

#[derive(Clone)]
struct Ready {
    scheme: &'static str,
    proof: Proof,
    /// The texts that no output may hold.
    secrets: Vec<Secret>,
}

impl Ready {
    fn parts(&self) -> (&Proof, &[Secret]) {
        (&self.proof, &self.secrets)
    }
}

impl Credentials {
    pub(crate) fn new(given: &[(&'static str, Credential)]) -> Result<Self, BuildError> {
        let ready = given.iter().map(|(scheme, credential)| {
            let proof = credential
                .proof()
                .map_err(|why| BuildError::new(format!("the credential for `{scheme}` {why}")))?;
            Ok(Ready {
                scheme,
                proof,
                secrets: credential.secrets(),
            })
        });
        ready.collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All there are, and which secrets they involve.
    pub(crate) fn all(&self) -> Vec<(&Proof, &[Secret])> {
        self.0.iter().map(Ready::parts).collect()
    }

    /// What to send for an operation and which secrets that involves; an error
    /// names the schemes that would do.
    pub(crate) fn prove(&self, security: &[&[&str]]) -> Result<Vec<(&Proof, &[Secret])>, String> {
        let complete = |schemes: &[&str]| -> Option<Vec<&Ready>> {
            schemes
                .iter()
                .map(|name| self.0.iter().find(|c| c.scheme == *name))
                .collect()
        };
        // Where credentials are optional, given ones are used.
        let chosen = security
            .iter()
            .filter(|schemes| !schemes.is_empty())
            .find_map(|schemes| complete(schemes));
        match chosen {
            Some(ready) => Ok(ready.into_iter().map(Ready::parts).collect()),
            None if security.iter().all(|schemes| !schemes.is_empty()) && !security.is_empty() => {
                Err(missing(security))
            }
            None => Ok(Vec::new()),
        }
    }
}

fn missing(security: &[&[&str]]) -> String {
    let quoted = |name: &&str| format!("`{name}`");
    let alternatives: Vec<String> = security
        .iter()
        .map(|schemes| schemes.iter().map(quoted).collect::<Vec<_>>().join(" and "))
        .collect();
    format!(
        "the client has no credentials for {}; give them to its `ClientBuilder`",
        alternatives.join(" or ")
    )
}

impl Credential {
    /// How requests carry it.
    pub(crate) fn proof(&self) -> Result<Proof, &'static str> {
        match self {
            Self::Basic { username, password } => {
                if username.contains(':') {
                    return Err("has a user name with a colon, which ends a user name");
                }
                let text = format!("{username}:{}", password.expose());
                if text.chars().any(char::is_control) {
                    return Err("has a control character in it");
                }
                authorization("Basic", &base64::encode(text.as_bytes()))
            }
            Self::Bearer(token) => Ok(Proof::Header(header::AUTHORIZATION, bearer(token)?)),
            Self::Tokens(source) => Ok(Proof::Token(Arc::clone(source))),
            Self::Authorization(value) => Ok(Proof::Header(
                header::AUTHORIZATION,
                secret_value(present(value)?)?,
            )),
            Self::ApiKey(ApiKeyPlace::Header(name), _) if is_framing_header(name) => {
                Err("would go into a header that belongs to the connection")
            }
            Self::ApiKey(ApiKeyPlace::Header(name), key) => {
                let name = HeaderName::try_from(*name).map_err(|_| "has no valid header name")?;
                Ok(Proof::Header(name, secret_value(present(key)?)?))
            }
            Self::ApiKey(ApiKeyPlace::Query(name), key) => {
                present(key)?;
                Ok(Proof::Query(name, key.clone()))
            }
            Self::ApiKey(ApiKeyPlace::Cookie(name), key) => {
                present(key)?;
                Ok(Proof::Cookie(name, key.clone()))
            }
        }
    }

    /// The texts that no output may hold.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        match self {
            Self::Basic { username, password } => {
                let pair = format!("{username}:{}", password.expose());
                vec![
                    password.clone(),
                    Secret::new(base64::encode(pair.as_bytes())),
                ]
            }
            Self::Bearer(secret) | Self::Authorization(secret) | Self::ApiKey(_, secret) => {
                vec![secret.clone()]
            }
            Self::Tokens(_) => Vec::new(),
        }
    }
}

/// The kind of credential; never its contents.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic([redacted])",
            Self::Bearer(_) => "Bearer([redacted])",
            Self::Tokens(_) => "Tokens([redacted])",
            Self::Authorization(_) => "Authorization([redacted])",
            Self::ApiKey(..) => "ApiKey([redacted])",
        })
    }
}

/// The names of the schemes.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|ready| ready.scheme))
            .finish()
    }
}

/// The `Authorization` header of a token.
pub(crate) fn bearer(token: &Secret) -> Result<HeaderValue, &'static str> {
    secret_value(&format!("Bearer {}", present(token)?))
}

fn authorization(kind: &str, rest: &str) -> Result<Proof, &'static str> {
    Ok(Proof::Header(
        header::AUTHORIZATION,
        secret_value(&format!("{kind} {rest}"))?,
    ))
}

/// An empty key is an unset variable far more often than a key.
fn present(secret: &Secret) -> Result<&str, &'static str> {
    match secret.expose() {
        "" => Err("is empty"),
        text => Ok(text),
    }
}

/// A header value that is kept out of logs.
pub(crate) fn secret_value(text: &str) -> Result<HeaderValue, &'static str> {
    let mut value = header_value(text)?;
    value.set_sensitive(true);
    Ok(value)
}

/// A header value that arrives as it was given.
pub(crate) fn header_value(text: &str) -> Result<HeaderValue, &'static str> {
    if text.chars().any(char::is_control) {
        return Err("has a control character in it, which no header can hold");
    }
    if text.trim_matches([' ', '\t']) != text {
        return Err("begins or ends with a blank, which would get lost");
    }
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| "cannot stand in a header")
}

/// A value whose items stand between tabs, which a header can hold (RFC 9110,
/// 5.5).
pub(crate) fn tabbed_header_value(text: &str) -> Result<HeaderValue, &'static str> {
    header_value(&text.replace('\t', " "))?;
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| "cannot stand in a header")
}
