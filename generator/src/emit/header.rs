//! Response headers: the documented ones of an operation in, the struct that
//! reads them out.

use super::docs;
use super::structure::{code, deprecation};
use super::ty::{self, From, ident_text};
use crate::format::Item as Piece;
use crate::format::piece::{Attribute, Definition, Function, Impl, Member};
use crate::format::statement::{call, indented, literal};
use crate::model::{Api, HeaderField, HeaderStruct, Operation};

pub(super) fn items(api: &Api, operation: &Operation) -> Vec<Piece> {
    let successes = operation.output_headers.iter().flat_map(|headers| {
        let what = "The headers of a successful response of";
        structure(api, operation, headers, what)
    });
    let failures = operation.failure_headers.iter().flat_map(|headers| {
        let what = "The headers of an error response of";
        structure(api, operation, headers, what)
    });
    successes.chain(failures).collect()
}

fn structure(api: &Api, operation: &Operation, headers: &HeaderStruct, what: &str) -> [Piece; 2] {
    let name = ident_text(&headers.name.rust);
    let fields = headers.fields.iter().map(|field| {
        let ty = ty::text(api, &field.ty, From::Crate);
        let ty = match field.required {
            true => ty,
            false => format!("Option<{ty}>"),
        };
        Member {
            front: docs::front(&field.docs, &format!("`{}`.", code(&field.wire)))
                .with(deprecation(field.deprecated, &field.docs)),
            text: format!("pub {}: {ty}", ident_text(&field.name.rust)),
        }
    });
    let derives = Attribute::of("derive", ["Clone", "Debug", "PartialEq"]);
    let definition = Definition {
        front: docs::front_sentence(&format!("{what} `{}`.", code(&operation.id)))
            .with([derives])
            .non_exhaustive(),
        head: format!("pub struct {name}"),
        members: fields.collect(),
    };
    let mut body = vec!["Ok(Self {".to_owned()];
    body.extend(indented(headers.fields.iter().flat_map(value)));
    body.push("})".to_owned());
    let mut reading = Function::new(
        "pub fn from_headers",
        ["headers: &http::HeaderMap"],
        "Result<Self, DecodeError>",
        body,
    );
    reading.front.docs = [
        "Reads the headers of a response.",
        "",
        "# Errors",
        "",
        "When one does not fit the API description, or a required one is missing.",
    ]
    .map(str::to_owned)
    .to_vec();
    let reading = Impl::new(format!("impl {name}"), vec![reading]);
    [definition.into(), reading.into()]
}

/// The field's part of the expression that makes the struct.
fn value(field: &HeaderField) -> Vec<String> {
    let name = ident_text(&field.name.rust);
    let wire = literal(&field.wire);
    let read = match field.json {
        true => format!("header_values::json(headers, {wire})?"),
        false if field.delimiter != ',' => format!(
            "header_values::delimited(headers, {wire}, {:?})?",
            field.delimiter
        ),
        false => format!("header_values::read(headers, {wire}, {})?", field.explode),
    };
    if field.required {
        let head = format!("{name}: header_values::required");
        call(&head, &[&wire, &read], None, "?,")
    } else {
        vec![format!("{name}: {read},")]
    }
}
