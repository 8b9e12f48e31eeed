//! Credentials from the environment: the variables that the configuration names
//! in, the methods that look them up out.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::structure::code;
use super::ty::ident;
use crate::graph::SchemeKind;
use crate::model::{Api, Scheme};

/// Whether the configuration names any variable.
pub(super) fn is_named(api: &Api) -> bool {
    api.schemes
        .iter()
        .any(|scheme| !scheme.variables.is_empty())
}

/// The method of the client.
pub(super) fn client(api: &Api) -> Option<TokenStream> {
    let docs = docs::sentence(&format!(
        "Makes a client with the credentials in the environment: {}.",
        listed(api)
    ));
    is_named(api).then(|| {
        quote! {
            #docs
            ///
            /// # Errors
            ///
            /// When a variable is not set, or holds what no header can hold.
            pub fn from_env() -> Result<Self, BuildError> {
                Self::builder().from_env()?.build()
            }
        }
    })
}

/// The methods of the builder.
pub(super) fn builder(api: &Api) -> Option<TokenStream> {
    let named = || {
        api.schemes
            .iter()
            .filter(|scheme| !scheme.variables.is_empty())
    };
    let taken = named().map(taken);
    let docs = docs::sentence(&format!(
        "Takes the credentials from the environment: {}.",
        listed(api)
    ));
    is_named(api).then(|| {
        quote! {
            #docs
            ///
            /// # Errors
            ///
            /// When a variable is not set.
            pub fn from_env(self) -> Result<Self, BuildError> {
                self.from_variables(|name| std::env::var(name).ok())
            }

            /// The same with variables from elsewhere: a file, say, or a test.
            ///
            /// # Errors
            ///
            /// When a variable is not there, or empty.
            pub fn from_variables(
                mut self,
                variable: impl Fn(&str) -> Option<String>,
            ) -> Result<Self, BuildError> {
                let mut environment = crate::runtime::Environment::new(&variable);
                #(#taken)*
                environment.finish()?;
                Ok(self)
            }
        }
    })
}

/// Takes the credential of one scheme, if it is there.
fn taken(scheme: &Scheme) -> TokenStream {
    let method = ident(&scheme.name.rust);
    let names = &scheme.variables;
    let (pattern, arguments) = match &scheme.kind {
        SchemeKind::Basic => (quote!([username, password]), quote!(username, password)),
        _ => (quote!([value]), quote!(value)),
    };
    quote! {
        if let Some(#pattern) = environment.all([#(#names),*])? {
            self = self.#method(#arguments);
        }
    }
}

/// The variables, as a text lists them.
pub(super) fn listed(api: &Api) -> String {
    let schemes = api
        .schemes
        .iter()
        .filter(|scheme| !scheme.variables.is_empty());
    let schemes: Vec<String> = schemes
        .map(|scheme| {
            let names = scheme.variables.iter();
            let names: Vec<String> = names.map(|name| format!("`{}`", code(name))).collect();
            names.join(" and ")
        })
        .collect();
    schemes.join(", or ")
}
