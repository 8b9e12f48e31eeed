//! The client, its builder and its servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{ident, tokens};
use super::{Files, docs, environment, operations, server};
use crate::format::import::Import;
use crate::format::{Item, RustFile};
use crate::graph::{ApiKeyLocation, SchemeKind};
use crate::lower::api_title;
use crate::model::{Api, Scheme};

pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    files.rust("src/client.rs", None, "", move || file(api));
}

fn file(api: &Api) -> RustFile {
    let mut items = client(api);
    items.extend(builder(api));
    items.extend(server::enumeration(api));
    let place = api
        .schemes
        .iter()
        .any(|scheme| matches!(scheme.kind, SchemeKind::ApiKey(..)))
        .then(|| quote!(ApiKeyPlace,));
    let is_token = |scheme: &Scheme| scheme.kind.is_token();
    let variables = server::has_variables(api).then(|| {
        quote!(
            use crate::server;
        )
    });
    let secret = (!api.schemes.iter().all(is_token)).then(|| quote!(Secret,));
    let tokens = api.schemes.iter().any(is_token).then(|| quote!(Tokens,));
    RustFile {
        docs: vec!["The client and its builder.".to_owned()],
        imports: vec![
            quote!(
                use std::sync::Arc;
            ),
            quote!(
                use std::time::Duration;
            ),
            quote!(use crate::runtime::{#place BuildError, Call, Core, RetryPolicy, #secret Settings, #tokens Transport, Undescribed};),
        ]
        .into_iter()
        .chain(variables)
        .map(Import::from)
        .collect(),
        items: items.into_iter().map(Item::Tokens).collect(),
        ..RustFile::default()
    }
}

fn client(api: &Api) -> Vec<TokenStream> {
    let docs = docs::lines_to_attributes(&[
        format!("A client of the {}.", one_line(&api_title(&api.title))),
        String::new(),
        "Cheap to clone; clones share their connections.".to_owned(),
    ]);
    let namespaces = operations::children(api, None, operations::OF_THE_CLIENT);
    let namespaces = namespaces.iter().map(|accessor| tokens(&accessor.text()));
    let from_env = environment::client(api);
    let unread = api
        .operations
        .is_empty()
        .then(|| quote!(#[allow(dead_code, reason = "the API has no operations")]));
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug)]
            pub struct Client { #unread pub(crate) core: Core, }
        },
        quote! {
            impl Client {
                /// Starts to configure a client.
                pub fn builder() -> ClientBuilder { ClientBuilder::new() }

                #from_env

                /// Calls what the API description does not have: with the
                /// credentials of the client, and like every other call. The
                /// path comes after the base URL and is sent as it is, so its
                /// parameters have to be percent-encoded.
                pub fn request(&self, method: http::Method, path: &str) -> Call<'_, Undescribed> {
                    crate::runtime::undescribed(&self.core, &method, path)
                }

                #(#namespaces)*
            }
        },
    ]
}

fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['`', '[', ']', '<', '>'], "")
}

fn builder(api: &Api) -> Vec<TokenStream> {
    let has_servers = !api.servers.is_empty();
    let server_field = has_servers.then(|| quote!(server: Option<Server>,));
    let server_none = has_servers.then(|| quote!(server: None,));
    let schemes = api.schemes.iter().map(scheme);
    let given = match server::has_variables(api) {
        true => (quote!(impl Into<Server>), quote!(server.into())),
        false => (quote!(Server), quote!(server)),
    };
    let server_method = has_servers.then(|| {
        let (ty, value) = given;
        quote! {
            /// Talks to this server; the default depends on the API.
            pub fn server(mut self, server: #ty) -> Self {
                self.server = Some(#value);
                self
            }
        }
    });
    let build = build(api);
    let variables = environment::builder(api);
    vec![
        quote! {
            /// Configures a [`Client`].
            #[derive(Clone, Debug)]
            #[must_use = "nothing happens before `build`"]
            pub struct ClientBuilder { settings: Settings, #server_field }
        },
        quote! {
            impl ClientBuilder {
                fn new() -> Self {
                    Self {
                        settings: Settings::new(concat!(
                            env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")
                        )),
                        #server_none
                    }
                }

                #(#schemes)*

                #variables

                #server_method

                /// Talks to the API at this address, instead of one of its
                /// servers. A path in it comes before that of every operation.
                /// With credentials it must be https, unless it is this machine.
                pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
                    self.settings.base_url(base_url.into());
                    self
                }

                /// How long a call may take in all, from connecting to the last
                /// byte of the response, further attempts and the waits between
                /// them included. 60 seconds if not set.
                pub fn timeout(mut self, timeout: Duration) -> Self {
                    self.settings.timeout(timeout);
                    self
                }

                /// How long each attempt of a call may take. If not set, only
                /// the time of the whole call counts.
                pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
                    self.settings.attempt_timeout(timeout);
                    self
                }

                /// How long connecting may take. 10 seconds if not set. A
                /// transport of your own does not know it.
                pub fn connect_timeout(mut self, timeout: Duration) -> Self {
                    self.settings.connect_timeout(timeout);
                    self
                }

                /// When a call is sent again. If not set, up to twice where that is
                /// harmless; see [`RetryPolicy`].
                pub fn retry(mut self, policy: RetryPolicy) -> Self {
                    self.settings.retry(policy);
                    self
                }

                /// Follows redirects: up to ten, none from `https` to `http`, and
                /// without credentials. If not set, a redirect is the answer of
                /// a call; see [`CallOptions::follow_redirects`].
                pub fn follow_redirects(mut self, follow: bool) -> Self {
                    self.settings.follow_redirects(follow);
                    self
                }

                /// Adds the name of your application to the `User-Agent` header.
                pub fn user_agent(mut self, application: &str) -> Self {
                    self.settings.user_agent_suffix(application);
                    self
                }

                /// The longest response body that is read, in bytes. 64 MiB if not
                /// set. What is longer is an error. Of error bodies, no more than
                /// 1 MiB is read and decoded.
                pub fn response_limit(mut self, bytes: usize) -> Self {
                    self.settings.response_limit(bytes);
                    self
                }

                /// How many values the JSON of a response may have, if an object
                /// counts as ten: decoded, values are larger than their text.
                /// 2,000,000 if not set. More are an error. In a stream, the limit
                /// is that of each item.
                pub fn value_limit(mut self, values: usize) -> Self {
                    self.settings.value_limit(values);
                    self
                }

                /// Lets credentials travel unencrypted, to any host, where the
                /// base URL is not https. Whoever is on the way can read them.
                pub fn allow_plain_http(mut self) -> Self {
                    self.settings.allow_plain_http();
                    self
                }

                /// Sends requests by this transport, instead of the default one.
                pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
                    self.settings.transport(Arc::new(transport));
                    self
                }

                #build
            }
        },
    ]
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.name.rust);
    let wire = &scheme.wire;
    let mut docs = scheme.docs.clone();
    match &scheme.kind {
        SchemeKind::Basic => {
            docs.notes
                .push("Sent as HTTP Basic authorization (RFC 7617).".to_owned());
            let docs = docs::attributes(&docs, "Authorizes by username and password.");
            quote! {
                #docs
                pub fn #name(
                    mut self,
                    username: impl Into<String>,
                    password: impl Into<Secret>,
                ) -> Self {
                    self.settings.basic(#wire, username.into(), password.into());
                    self
                }
            }
        }
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            docs.notes
                .push("Sent as bearer token (RFC 6750).".to_owned());
            let docs = docs::attributes(&docs, "Authorizes by a token.");
            quote! {
                #docs
                ///
                /// Takes a text, or a [`TokenProvider`](crate::TokenProvider) that gets
                /// tokens when they are needed.
                pub fn #name(mut self, token: impl Into<Tokens>) -> Self {
                    self.settings.credential(#wire, Tokens::credential(token.into()));
                    self
                }
            }
        }
        SchemeKind::Http(http) => {
            docs.notes.push(format!(
                "Sent as the whole `Authorization` header, of the HTTP scheme `{}`.",
                super::structure::code(http)
            ));
            let docs = docs::attributes(&docs, "Authorizes by a header of the caller's making.");
            quote! {
                #docs
                pub fn #name(mut self, authorization: impl Into<Secret>) -> Self {
                    self.settings.authorization(#wire, authorization.into());
                    self
                }
            }
        }
        SchemeKind::ApiKey(location, key) => {
            let (place, word) = match location {
                ApiKeyLocation::Header => (quote!(ApiKeyPlace::Header(#key)), "header"),
                ApiKeyLocation::Query => (quote!(ApiKeyPlace::Query(#key)), "query parameter"),
                ApiKeyLocation::Cookie => (quote!(ApiKeyPlace::Cookie(#key)), "cookie"),
            };
            docs.notes.push(format!(
                "Sent as the {word} `{}`.",
                super::structure::code(key)
            ));
            let docs = docs::attributes(&docs, "Authorizes by a key.");
            quote! {
                #docs
                pub fn #name(mut self, key: impl Into<Secret>) -> Self {
                    self.settings.api_key(#wire, #place, key.into());
                    self
                }
            }
        }
    }
}

fn build(api: &Api) -> TokenStream {
    let errors = quote! {
        ///
        /// # Errors
        ///
        /// When a setting is not usable: a base URL that is none, or that is not
        /// https while there are credentials, or credentials that no header can
        /// hold.
    };
    let Some(default) = api.default_server.and_then(|index| api.servers.get(index)) else {
        return quote! {
            /// Makes the client. The API names no server: `base_url` must be
            /// given.
            #errors
            pub fn build(self) -> Result<Client, BuildError> {
                self.settings.build("").map(|core| Client { core })
            }
        };
    };
    let default_value = server::value(default);
    let rules = api.server_rules.iter().map(|rule| {
        let (scheme, prefix) = (&rule.scheme, &rule.username_prefix);
        let server = server::value(&api.servers[rule.server]);
        quote! {
            if self.settings.username(#scheme).is_some_and(|name| name.starts_with(#prefix)) {
                return #server;
            }
        }
    });
    let mut lines = vec![format!(
        "The server that counts where none was given: [`Server::{}`]{}",
        default.name.rust,
        if api.server_rules.is_empty() {
            "."
        } else {
            ", unless"
        }
    )];
    for rule in &api.server_rules {
        lines.push(format!(
            "- the username of `{}` starts with `{}`: [`Server::{}`].",
            rule.scheme, rule.username_prefix, api.servers[rule.server].name.rust
        ));
    }
    let docs = docs::lines_to_attributes(&lines);
    let build = if server::has_variables(api) {
        let set =
            server::inherits(api).then(|| quote!(self.settings.server_variables(server.set());));
        let receiver = set.as_ref().map(|_| quote!(mut));
        quote! {
            /// Makes the client.
            #errors
            pub fn build(#receiver self) -> Result<Client, BuildError> {
                let server = self.server.clone().unwrap_or_else(|| self.default_server());
                #set
                self.settings.build_at(server.url()).map(|core| Client { core })
            }
        }
    } else {
        quote! {
            /// Makes the client.
            #errors
            pub fn build(self) -> Result<Client, BuildError> {
                let server = self.server.unwrap_or_else(|| self.default_server());
                self.settings.build(server.url()).map(|core| Client { core })
            }
        }
    };
    quote! {
        #docs
        fn default_server(&self) -> Server {
            #(#rules)*
            #default_value
        }

        #build
    }
}
