//! Values on their way into a request: parameters of the plan in, the types of
//! arguments and the statements that send them out.

use super::ty::{self, From, ident_text};
use crate::format::statement::literal;
use crate::graph::{Location, ParameterContent, Style};
use crate::model::{Api, ItemKind, Parameter, ParameterStyle, Scalar, Type};

/// The type of a path argument, and the expression that is serialized.
pub(super) fn path_argument(api: &Api, parameter: &Parameter) -> (String, String) {
    let name = ident_text(&parameter.name.rust);
    match plain(api, &parameter.ty) {
        Type::Scalar(Scalar::String) => ("impl AsRef<str>".to_owned(), format!("{name}.as_ref()")),
        Type::Scalar(Scalar::Secret) => ("impl Into<Secret>".to_owned(), format!("&{name}")),
        _ => {
            let (ty, value) = ty::argument(api, &parameter.ty, &name, From::Crate);
            (ty, format!("&{value}"))
        }
    }
}

/// The statement that puts a path parameter into a draft; `value` is a
/// reference.
pub(super) fn send_path(parameter: &Parameter, value: &str) -> String {
    let wire = literal(&parameter.wire);
    let explode = parameter.style.explode();
    match parameter.style {
        ParameterStyle::Content(ParameterContent::Json) => {
            format!("draft.path({wire}, false, &JsonText({value}));")
        }
        ParameterStyle::Styled {
            style: Style::Label,
            ..
        } => format!("draft.path_in({wire}, PathStyle::Label, {explode}, {value});"),
        ParameterStyle::Styled {
            style: Style::Matrix,
            ..
        } => format!("draft.path_in({wire}, PathStyle::Matrix, {explode}, {value});"),
        ParameterStyle::Styled {
            style: style @ (Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited),
            ..
        } => {
            let style = query_style(style);
            format!("draft.path_in({wire}, PathStyle::{style}, {explode}, {value});")
        }
        _ => format!("draft.path({wire}, {explode}, {value});"),
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
    draft: &str,
    value: &str,
) -> Vec<String> {
    let wire = literal(&parameter.wire);
    let explode = parameter.style.explode();
    let sent = match parameter.style {
        ParameterStyle::Content(ParameterContent::Json | ParameterContent::QueryJson) => {
            format!("&JsonText(&{value})")
        }
        _ => format!("&{value}"),
    };
    let statement = match (parameter.location, parameter.style) {
        (Location::Path, _) => return vec![send_path(parameter, &format!("&{value}"))],
        (Location::Query, style) => match style {
            ParameterStyle::Content(ParameterContent::QueryForm) => {
                format!("{draft}.query_form({wire}, {sent});")
            }
            ParameterStyle::Content(ParameterContent::QueryJson | ParameterContent::QueryText) => {
                format!("{draft}.query_text({wire}, {sent});")
            }
            ParameterStyle::Content(ParameterContent::Json | ParameterContent::Text) => {
                format!("{draft}.query({wire}, QueryStyle::Form, false, {sent});")
            }
            ParameterStyle::Styled {
                style, reserved, ..
            } => {
                let method = if reserved { "query_reserved" } else { "query" };
                let style = query_style(style);
                format!("{draft}.{method}({wire}, QueryStyle::{style}, {explode}, {sent});")
            }
        },
        (Location::Header, _) if is_secret(api, parameter) => {
            format!("{draft}.secret_header({wire}, &{value});")
        }
        (Location::Header, ParameterStyle::Styled { style, .. })
            if let Some(delimiter) = delimiter(style) =>
        {
            format!("{draft}.header_delimited({wire}, {delimiter:?}, {sent});")
        }
        (Location::Header, _) => format!("{draft}.header({wire}, {explode}, {sent});"),
        (Location::Cookie, _) => format!("{draft}.cookie({wire}, {explode}, {sent});"),
    };
    conceal(api, parameter, draft, value)
        .into_iter()
        .chain([statement])
        .collect()
}

/// The runtime's name for a style of queries.
fn query_style(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
        Style::Form | Style::Simple | Style::Label | Style::Matrix => "Form",
    }
}

/// What stands between the items of a header.
fn delimiter(style: Style) -> Option<char> {
    match style {
        Style::SpaceDelimited => Some(' '),
        Style::PipeDelimited => Some('|'),
        Style::TabDelimited => Some('\t'),
        _ => None,
    }
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
    draft: &str,
    value: &str,
) -> Option<String> {
    let wire = literal(&parameter.wire);
    (is_secret(api, parameter) && parameter.location != Location::Header)
        .then(|| format!("{draft}.conceal({wire}, &{value});"))
}

pub(super) fn is_secret(api: &Api, parameter: &Parameter) -> bool {
    *plain(api, &parameter.ty) == Type::Scalar(Scalar::Secret)
}
