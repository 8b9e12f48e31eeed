//! Values on their way into a request: parameters of the plan in, the types of
//! arguments and the statements that send them out.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ty::{self, From, ident};
use crate::graph::{Location, ParameterContent, Style};
use crate::model::{Api, ItemKind, Parameter, ParameterStyle, Scalar, Type};

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

/// The statement that puts a path parameter into a draft; `value` is a
/// reference.
pub(super) fn send_path(parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let wire = &parameter.wire;
    let explode = parameter.style.explode();
    match parameter.style {
        ParameterStyle::Content(ParameterContent::Json) => {
            quote!(draft.path(#wire, false, &JsonText(#value));)
        }
        ParameterStyle::Styled {
            style: Style::Label,
            ..
        } => {
            quote!(draft.path_in(#wire, PathStyle::Label, #explode, #value);)
        }
        ParameterStyle::Styled {
            style: Style::Matrix,
            ..
        } => {
            quote!(draft.path_in(#wire, PathStyle::Matrix, #explode, #value);)
        }
        _ => quote!(draft.path(#wire, #explode, #value);),
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
    let explode = parameter.style.explode();
    let conceal = conceal(api, parameter, draft, value);
    let sent = match parameter.style {
        ParameterStyle::Content(ParameterContent::Json | ParameterContent::QueryJson) => {
            quote!(&JsonText(&#value))
        }
        _ => quote!(&#value),
    };
    match (parameter.location, parameter.style) {
        (Location::Path, _) => send_path(parameter, &quote!(&#value)),
        (Location::Query, style) => {
            let statement = match style {
                ParameterStyle::Content(ParameterContent::QueryForm) => {
                    quote!(#draft.query_form(#wire, #sent);)
                }
                ParameterStyle::Content(
                    ParameterContent::QueryJson | ParameterContent::QueryText,
                ) => quote!(#draft.query_text(#wire, #sent);),
                ParameterStyle::Content(ParameterContent::Json | ParameterContent::Text) => {
                    quote!(#draft.query(#wire, QueryStyle::Form, false, #sent);)
                }
                ParameterStyle::Styled {
                    style, reserved, ..
                } => {
                    let style = query_style(style);
                    if reserved {
                        quote!(#draft.query_reserved(#wire, QueryStyle::#style, #explode, #sent);)
                    } else {
                        quote!(#draft.query(#wire, QueryStyle::#style, #explode, #sent);)
                    }
                }
            };
            quote!(#conceal #statement)
        }
        (Location::Header, _) if is_secret(api, parameter) => {
            quote!(#draft.secret_header(#wire, &#value);)
        }
        (Location::Header, _) => quote!(#draft.header(#wire, #explode, #sent);),
        (Location::Cookie, _) => quote!(#conceal #draft.cookie(#wire, #explode, #sent);),
    }
}

/// The runtime's name for a style of queries.
fn query_style(style: Style) -> Ident {
    ident(match style {
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
        Style::Form | Style::Simple | Style::Label | Style::Matrix => "Form",
    })
}

/// Whether a parameter is written as JSON.
pub(super) fn is_json(parameter: &Parameter) -> bool {
    matches!(
        parameter.style,
        ParameterStyle::Content(ParameterContent::Json | ParameterContent::QueryJson)
    )
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
