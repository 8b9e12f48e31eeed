//! Servers: the enum of their addresses, the types that hold the variables of
//! those that have some, and where an operation goes that has a server of its
//! own.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::code;
use super::ty::ident;
use super::{Files, docs};
use crate::format::import::Import;
use crate::format::statement::{call, literal};
use crate::format::{Item, RustFile};
use crate::model::{Api, Operation, OperationServer, Server, ServerVariable};

/// Whether any server has variables, so that the crate has a module for them.
pub(super) fn has_variables(api: &Api) -> bool {
    api.servers.iter().any(|server| server.builder.is_some())
}

/// Whether an operation takes over the variables of the client's server.
pub(super) fn inherits(api: &Api) -> bool {
    let variables = |server: &Option<OperationServer>| matches!(server, Some(OperationServer::At { variables, .. }) if !variables.is_empty());
    api.operations
        .iter()
        .any(|operation| variables(&operation.server))
}

/// The statement that sends a draft to the operation's own server.
pub(super) fn of_operation(operation: &Operation) -> Vec<String> {
    match &operation.server {
        None => Vec::new(),
        Some(OperationServer::Path { usual, own }) => {
            let (usual, own) = (literal(usual), literal(own));
            call("draft.server_path", &[&usual, &own], None, ";")
        }
        Some(OperationServer::At { url, variables }) if variables.is_empty() => {
            call("draft.server", &[&literal(url)], None, ";")
        }
        Some(OperationServer::At { url, variables }) => {
            let variables: Vec<String> = variables
                .iter()
                .map(|(name, default, values)| {
                    let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
                    let (name, default) = (literal(name), literal(default));
                    format!("({name}, {default}, &[{}])", values.join(", "))
                })
                .collect();
            call(
                "draft.server_at(crate::runtime::inherited_url",
                &["draft.core", &literal(url)],
                Some(&variables),
                ");",
            )
        }
    }
}

/// The value of a server whose variables have their defaults.
pub(super) fn value(server: &Server) -> TokenStream {
    let name = ident(&server.name.rust);
    match server.builder {
        None => quote!(Server::#name),
        Some(_) => quote!(Server::#name(Default::default())),
    }
}

/// The enum of servers.
pub(super) fn enumeration(api: &Api) -> Vec<TokenStream> {
    if api.servers.is_empty() {
        return Vec::new();
    }
    let has_variables = has_variables(api);
    let variants = api.servers.iter().map(|server| {
        let name = ident(&server.name.rust);
        let mut docs = server.docs.clone();
        docs.notes.push(format!("`{}`", code(&server.url)));
        let docs = docs::attributes(&docs, "A server.");
        match &server.builder {
            None => quote! { #docs #name, },
            Some(builder) => {
                let builder = ident(&builder.rust);
                quote! { #docs #name(server::#builder), }
            }
        }
    });
    let copy = (!has_variables).then(|| quote!(Copy,));
    let mut items = vec![quote! {
        /// The servers of the API.
        #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server { #(#variants)* }
    }];
    if !has_variables {
        let urls = api.servers.iter().map(|server| {
            let (name, url) = (ident(&server.name.rust), &server.url);
            quote!(Self::#name => #url,)
        });
        items.push(quote! {
            impl Server {
                /// The address that the paths of operations are appended to.
                #[must_use]
                pub fn url(self) -> &'static str {
                    match self { #(#urls)* }
                }
            }
        });
        return items;
    }
    let urls = api.servers.iter().map(|server| {
        let (name, url) = (ident(&server.name.rust), &server.url);
        match server.builder {
            None => quote!(Self::#name => Ok(String::from(#url)),),
            Some(_) => quote!(Self::#name(server) => server.url(),),
        }
    });
    let variables = inherits(api).then(|| {
        let variables = api.servers.iter().map(|server| {
            let name = ident(&server.name.rust);
            match server.builder {
                None => quote!(Self::#name => Vec::new(),),
                Some(_) => quote!(Self::#name(server) => server.set(),),
            }
        });
        quote! {
            /// The variables that are set, for operations with other servers.
            fn set(&self) -> Vec<(&'static str, String)> {
                match self { #(#variables)* }
            }
        }
    });
    items.push(quote! {
        impl Server {
            /// The address that the paths of operations are appended to.
            ///
            /// # Errors
            ///
            /// When the value of a variable cannot stand in an address.
            pub fn url(&self) -> Result<String, BuildError> {
                match self { #(#urls)* }
            }

            #variables
        }
    });
    items
}

/// The module with the types that hold variables.
pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    if has_variables(api) {
        files.rust("src/server.rs", None, "#/servers", || file(api));
    }
}

fn file(api: &Api) -> RustFile {
    let mut items = Vec::new();
    for server in &api.servers {
        items.extend(builder(api, server).unwrap_or_default());
    }
    RustFile {
        docs: vec!["The variables in the addresses of servers.".to_owned()],
        imports: [
            quote!(
                use crate::client::Server;
            ),
            quote!(
                use crate::runtime::{BuildError, server_url};
            ),
        ]
        .map(Import::from)
        .into(),
        items: items.into_iter().map(Item::Tokens).collect(),
        ..RustFile::default()
    }
}

fn builder(api: &Api, server: &Server) -> Option<Vec<TokenStream>> {
    let name = ident(&server.builder.as_ref()?.rust);
    let variant = ident(&server.name.rust);
    let url = &server.url;
    let mut about = server.docs.clone();
    about.notes.push(format!("`{}`", code(url)));
    about.notes.push(format!(
        "Made into a server by `Server::{}(…)` or `into()`; the builder of the client takes it as \
         it is.",
        server.name.rust
    ));
    let about = docs::attributes(&about, "A server with variables.");
    let fields = server.variables.iter().map(|variable| {
        let name = ident(&variable.name.rust);
        let ty = ty(variable);
        quote!(#name: #ty,)
    });
    let defaults = server.variables.iter().map(|variable| {
        let name = ident(&variable.name.rust);
        let default = &variable.default;
        match &variable.values {
            None => quote!(#name: String::from(#default),),
            Some((ty, values)) => {
                let ty = ident(&ty.rust);
                let value = values.iter().find(|value| value.value == *default);
                let value = ident(
                    value
                        .or(values.first())
                        .map_or("_", |value| &value.name.rust),
                );
                quote!(#name: #ty::#value,)
            }
        }
    });
    let setters = server.variables.iter().map(|variable| {
        let name = ident(&variable.name.rust);
        let mut notes = variable.docs.clone();
        notes.notes.push(match variable.default.as_str() {
            "" => "Must be set.".to_owned(),
            default => format!("`{}` if not set.", code(default)),
        });
        let docs = docs::attributes(&notes, &format!("`{}`.", code(&variable.wire)));
        let (ty, value) = match &variable.values {
            None => (quote!(impl Into<String>), quote!(#name.into())),
            Some((ty, _)) => {
                let ty = ident(&ty.rust);
                (quote!(#ty), quote!(#name))
            }
        };
        quote! {
            #docs
            #[must_use]
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = #value;
                self
            }
        }
    });
    let texts = server.variables.iter().map(|variable| {
        let (wire, text) = (&variable.wire, text(variable));
        quote!((#wire, #text))
    });
    let set = inherits(api).then(|| {
        let variables = server.variables.iter().map(|variable| {
            let (wire, text, default) = (&variable.wire, text(variable), &variable.default);
            quote!((#wire, #text, #default))
        });
        quote! {
            /// The variables that do not have their default.
            pub(crate) fn set(&self) -> Vec<(&'static str, String)> {
                [#(#variables),*]
                    .into_iter()
                    .filter(|(_, value, default)| value != default)
                    .map(|(name, value, _)| (name, value.to_owned()))
                    .collect()
            }
        }
    });
    let mut items = vec![
        quote! {
            #about
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            pub struct #name { #(#fields)* }
        },
        quote! {
            impl #name {
                /// The server with every variable as the API description has it.
                #[must_use]
                pub fn new() -> Self {
                    Self { #(#defaults)* }
                }

                #(#setters)*

                /// The address that the paths of operations are appended to.
                ///
                /// # Errors
                ///
                /// When the value of a variable cannot stand in an address.
                pub fn url(&self) -> Result<String, BuildError> {
                    server_url(#url, &[#(#texts),*])
                }

                #set
            }
        },
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        },
        quote! {
            impl From<#name> for Server {
                fn from(server: #name) -> Self {
                    Self::#variant(server)
                }
            }
        },
    ];
    for variable in &server.variables {
        items.extend(values(variable).unwrap_or_default());
    }
    Some(items)
}

fn ty(variable: &ServerVariable) -> TokenStream {
    match &variable.values {
        None => quote!(String),
        Some((ty, _)) => {
            let ty = ident(&ty.rust);
            quote!(#ty)
        }
    }
}

/// The expression for the text of a variable.
fn text(variable: &ServerVariable) -> TokenStream {
    // Of a `String` and of an enum alike.
    let name = ident(&variable.name.rust);
    quote!(self.#name.as_str())
}

fn values(variable: &ServerVariable) -> Option<Vec<TokenStream>> {
    let (name, values) = variable.values.as_ref()?;
    let name = ident(&name.rust);
    let about = docs::attributes(
        &variable.docs,
        &format!("The values of `{}`.", code(&variable.wire)),
    );
    let variants = values.iter().map(|value| {
        let docs = docs::sentence(&match value.value.as_str() {
            "" => "Nothing.".to_owned(),
            text => format!("`{}`.", code(text)),
        });
        let name = ident(&value.name.rust);
        quote!(#docs #name,)
    });
    let texts = values.iter().map(|value| {
        let (name, text) = (ident(&value.name.rust), &value.value);
        quote!(Self::#name => #text,)
    });
    Some(vec![
        quote! {
            #about
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl #name {
                /// The text in the address.
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    match self { #(#texts)* }
                }
            }
        },
    ])
}
