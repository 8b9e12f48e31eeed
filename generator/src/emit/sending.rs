//! Values on their way into a request: parameters of the plan in, the types of
//! arguments and the statements that send them out.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, From, ident};
use crate::graph::Location;
use crate::model::{Api, ItemKind, Parameter, Scalar, Type};

/// The type of a path argument, and the expression that is serialized.
pub(super) fn path_argument(api: &Api, parameter: &Parameter) -> (TokenStream, TokenStream) {
    let name = ident(&parameter.name.rust);
    match plain(api, &parameter.ty) {
        Type::Scalar(Scalar::String) => (quote!(impl AsRef<str>), quote!(#name.as_ref())),
        Type::Scalar(Scalar::Secret) => (quote!(impl Into<Secret>), quote!(&#name)),
        _ => {
            let (ty, value) = ty::argument(api, &parameter.ty, &name, From::Crate);
            (ty, quote!(&#value))
        }
    }
}

/// The type behind names for it.
pub(super) fn plain<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) if !alias.newtype => plain(api, &alias.ty),
            _ => ty,
        },
        _ => ty,
    }
}

/// The statements that put a parameter into a draft.
pub(super) fn send_parameter(
    api: &Api,
    parameter: &Parameter,
    draft: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let wire = &parameter.wire;
    let explode = parameter.style.explode;
    let conceal = conceal(api, parameter, draft, value);
    match parameter.location {
        Location::Path => quote!(#conceal #draft.path(#wire, #explode, &#value);),
        Location::Query => {
            quote!(#conceal #draft.query(#wire, QueryStyle::Form, #explode, &#value);)
        }
        Location::Header if is_secret(api, parameter) => {
            quote!(#draft.secret_header(#wire, &#value);)
        }
        Location::Header => quote!(#draft.header(#wire, #explode, &#value);),
        Location::Cookie => quote!(#conceal #draft.cookie(#wire, #explode, &#value);),
    }
}

/// What keeps a secret that is no header out of sight.
pub(super) fn conceal(
    api: &Api,
    parameter: &Parameter,
    draft: &TokenStream,
    value: &TokenStream,
) -> Option<TokenStream> {
    let wire = &parameter.wire;
    (is_secret(api, parameter) && parameter.location != Location::Header)
        .then(|| quote!(#draft.conceal(#wire, &#value);))
}

pub(super) fn is_secret(api: &Api, parameter: &Parameter) -> bool {
    *plain(api, &parameter.ty) == Type::Scalar(Scalar::Secret)
}
