//! What a call takes by name: the plain struct of required parameters, and the
//! setters of the optional ones.

use super::body;
use super::docs;
use super::sending::{is_secret, send_parameter};
use super::structure::{code, deprecation};
use super::ty::{self, From, ident_text};
use crate::format::piece::{Attribute, Definition, Front, Function, Impl, Member};
use crate::graph::Location;
use crate::model::{Api, Operation, Parameter};

/// The plain struct of required parameters outside the path.
pub(super) fn required(api: &Api, operation: &Operation) -> Option<Definition> {
    let name = ident_text(&operation.required_name.as_ref()?.rust);
    let fields = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|parameter| Member {
            front: front(parameter),
            text: format!(
                "pub {}: {}",
                ident_text(&parameter.name.rust),
                ty::text(api, &parameter.ty, From::Crate)
            ),
        });
    let sentence = format!(
        "The parameters that `{}` must be given.",
        code(&operation.id)
    );
    Some(Definition {
        front: docs::front_sentence(&sentence)
            .with([Attribute::of("derive", ["Clone", "Debug", "PartialEq"])]),
        head: format!("pub struct {name}"),
        members: fields.collect(),
    })
}

pub(super) fn setters(api: &Api, operation: &Operation) -> Option<Impl> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| setter(api, parameter));
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| {
            let name = ident_text(&body.name.rust);
            let mut lines = body::send(body, "self.draft", &name);
            lines.push("self".to_owned());
            let mut setter = Function::new(
                format!("pub fn {name}"),
                [
                    "mut self".to_owned(),
                    format!("{name}: {}", body::argument(api, body)),
                ],
                "Self",
                lines,
            );
            setter.front = docs::front(&body.docs, "The request body.");
            setter
        });
    let setters: Vec<Function> = parameters.chain(body).collect();
    if setters.is_empty() {
        return None;
    }
    let marker = ident_text(&operation.marker.rust);
    Some(Impl::new(format!("impl Call<'_, {marker}>"), setters))
}

fn setter(api: &Api, parameter: &Parameter) -> Function {
    let name = ident_text(&parameter.name.rust);
    let (ty, mut value) = ty::argument(api, &parameter.ty, &name, From::Crate);
    let mut body = Vec::new();
    // A secret is needed twice.
    if is_secret(api, parameter) && parameter.location != Location::Header {
        body.push(format!("let {name} = {value};"));
        value = name.clone().into_owned();
    }
    body.extend(send_parameter(api, parameter, "self.draft", &value));
    body.push("self".to_owned());
    let mut setter = Function::new(
        format!("pub fn {name}"),
        ["mut self".to_owned(), format!("{name}: {ty}")],
        "Self",
        body,
    );
    setter.front = front(parameter);
    setter
}

/// What stands in front of a parameter.
fn front(parameter: &Parameter) -> Front {
    let place = match parameter.location {
        Location::Path => "part of the path",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let mut docs = parameter.docs.clone();
    docs.notes.insert(
        0,
        format!("Sent as the {place} `{}`.", code(&parameter.wire)),
    );
    docs::front(&docs, &format!("`{}`.", code(&parameter.wire)))
        .with(deprecation(parameter.deprecated, &parameter.docs))
}
