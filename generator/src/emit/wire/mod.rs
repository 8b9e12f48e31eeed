//! Wire tests: the document's examples in, tests of the crate out, which send
//! each request and receive each response through a transport in memory.

mod request;
mod response;
mod support;

use std::collections::BTreeSet;

use serde_json::Value;

use super::example::{raw, raw_text};
use super::operations::{handles, item_of};
use super::ty::ident_text;
use super::{Files, gate, sample, sendable};
use crate::format::piece::{Attribute, Front, Function};
use crate::format::statement::{Link, literal};
use crate::format::{Item, RustFile};
use crate::graph::Location;
use crate::model::{
    Api, BodyChoice, BodyContent, Field, Operation, PartsStruct, Presence, Sample, Scalar, Type,
};
use crate::name::{Case, Identifiers};
use crate::resolve::media_type::{self, Kind};

/// The most optional files that a test sends in one body.
const MOST_FILES: usize = 8;

pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    files.rust_if_any("tests/wire.rs", None, "", || file(api));
}

/// The tests; `None` where no example can be sent or received.
fn file(api: &Api) -> Option<RustFile> {
    let mut operations: Vec<&Operation> = api.operations.iter().collect();
    operations.sort_by_key(|operation| (&operation.module, &operation.name.rust));
    let mut names = Names::default();
    let mut tests: Vec<Item> = Vec::new();
    for operation in operations {
        let requests = request::tests(api, operation, &mut names);
        let responses = response::tests(api, operation, &mut names);
        for mut test in requests.into_iter().chain(responses) {
            test.front = test.front.with(gate::of_operation(api, operation));
            tests.push(Item::Function(test));
        }
    }
    if tests.is_empty() {
        return None;
    }
    Some(RustFile {
        docs: docs(api),
        attributes: (!api.features.is_empty())
            .then(|| {
                "#![allow(dead_code, unused_imports, reason = \"features may be off\")]".to_owned()
            })
            .into_iter()
            .chain([
            "#![allow(deprecated, reason = \"what is deprecated still works\")]".to_owned(),
            "#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = \"a test fails so\")]"
                .to_owned(),
        ]).collect(),
        imports: support::imports(api, &tests),
        items: support::items(api)
            .into_iter()
            .map(Item::Tokens)
            .chain(tests)
            .collect(),
    })
}

fn docs(api: &Api) -> Vec<String> {
    let mut docs = vec!["The examples of the API description, sent and received.".to_owned()];
    let left_out = api.untested_examples;
    if left_out > 0 {
        docs.push(String::new());
        docs.push(format!(
            "Left out: {left_out} of texts, files, multipart bodies and streams."
        ));
    }
    let unknown = api.unknown_samples;
    if unknown > 0 {
        docs.push(String::new());
        docs.push(format!(
            "Not sent: {unknown} bodies and parameters without an example whose schemas allow no \
             value that the generator can make up."
        ));
    }
    docs
}

/// Names of tests, each unique.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    identifiers: Identifiers,
}

impl Names {
    fn next(&mut self, operation: &Operation, words: &str) -> String {
        let words = format!(
            "{} {} {words}",
            operation.module.join(" "),
            operation.name.rust
        );
        let base = self.identifiers.once(&words, Case::Snake);
        let mut name = base.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{base}_{number}");
            number += 1;
        }
        name
    }
}

/// A test of this name.
fn test(name: String, body: Vec<String>) -> Function {
    let mut function = Function::new(format!("fn {}", ident_text(&name)), [""; 0], "", body);
    function.front = Front::default().with([Attribute::new("test")]);
    function
}

/// The start of a call with arguments that fit, and its optional parameters
/// where they have examples; `None` where no value is known that fits.
fn call(api: &Api, operation: &Operation, body: Option<&str>) -> Option<Vec<Link>> {
    let mut arguments = Vec::new();
    for parameter in &operation.path_parameters {
        let value = sample::parameter(api, parameter)?;
        arguments.push(given(api, &parameter.ty, &value));
    }
    if let Some(required) = &operation.required_name {
        let mut fields = Vec::new();
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
        {
            let name = ident_text(&parameter.name.rust);
            let value = from_json(api, &parameter.ty, &sample::parameter(api, parameter)?);
            fields.push(format!("{name}: {value}"));
        }
        let path = item_of(operation, &required.rust);
        arguments.push(format!("{path} {{ {} }}", fields.join(", ")));
    }
    let mut setters = Vec::new();
    if let Some(declared) = &operation.body {
        match (declared.required, body) {
            (true, body) => arguments.push(body?.to_owned()),
            (false, Some(body)) => {
                setters.push(Link::new(ident_text(&declared.name.rust), [body]));
            }
            (false, None) => {}
        }
    }
    for (parameter, value) in optional(operation) {
        let value = given(api, &parameter.ty, value);
        setters.push(Link::new(ident_text(&parameter.name.rust), [value]));
    }
    let mut links: Vec<Link> = operation
        .namespace
        .map(|id| handles(api, &api.namespaces[id.0]))
        .unwrap_or_default();
    links.push(Link::new(ident_text(&operation.name.rust), arguments));
    links.extend(setters);
    Some(links)
}

/// The expression that is given for a value of the type.
fn given(api: &Api, ty: &Type, value: &Value) -> String {
    match value {
        Value::String(text) if super::ty::is_text(api, ty) => literal(text),
        value => from_json(api, ty, value),
    }
}

/// The optional parameters that have an example.
fn optional(operation: &Operation) -> impl Iterator<Item = (&crate::model::Parameter, &Value)> {
    operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required && parameter.location != Location::Path)
        .filter_map(|parameter| Some((parameter, parameter.example.as_ref()?)))
        .filter(|(parameter, example)| sendable::is_sent(parameter, example))
}

/// The expression for a body of this media type with this value.
fn body(api: &Api, operation: &Operation, choice: &BodyChoice, value: &Value) -> String {
    let body = match &choice.content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            from_json(api, ty, value)
        }
        BodyContent::Parts(parts) => parts_body(api, operation, parts, value),
        BodyContent::PartsUnion(union) => {
            let Some(variant) = union.variants.first() else {
                return String::new();
            };
            let parts = parts_body(api, operation, &variant.parts, value);
            let path = item_of(operation, &union.name.rust);
            format!("{path}::{}({parts})", ident_text(&variant.name.rust))
        }
        BodyContent::Text => "String::from(\"text\")".to_owned(),
        BodyContent::Binary => "RequestBody::from(\"bytes\")".to_owned(),
    };
    let enum_name = operation
        .body
        .as_ref()
        .and_then(|body| body.enum_name.as_ref());
    match enum_name {
        Some(name) => {
            let path = item_of(operation, &name.rust);
            format!("{path}::{}({body})", ident_text(&choice.name.rust))
        }
        None => body,
    }
}

/// The expression for the struct of a multipart body; each file is given a few
/// bytes, of the first content type that the document allows.
fn parts_body(api: &Api, operation: &Operation, parts: &PartsStruct, value: &Value) -> String {
    let file = |property: &str| {
        let file = "Part::new(\"bytes\").file_name(\"file\")";
        let allowed = parts.allowed(property);
        let range = |one: &String| match one.split_once('/') {
            Some(("image", "*")) => "image/png".to_owned(),
            Some(("text", "*")) => "text/plain".to_owned(),
            Some((kind, "*")) if kind != "*" => format!("{kind}/octet-stream"),
            _ if one.contains('*') => "application/octet-stream".to_owned(),
            _ => one.clone(),
        };
        match allowed.first().map(range) {
            Some(one) => format!("{file}.content_type({})", literal(&one)),
            None => file.to_owned(),
        }
    };
    let of_field = |field: &Field| match &field.ty {
        Type::Scalar(Scalar::Part) => file(&field.wire),
        Type::Array(inner) if **inner == Type::Scalar(Scalar::Part) => {
            format!("vec![{}]", file(&field.wire))
        }
        ty => {
            let json = value.get(&field.wire).unwrap_or(&Value::Null);
            match field.presence {
                Presence::RequiredNullable => {
                    from_json(api, &Type::Nullable(Box::new(ty.clone())), json)
                }
                _ => from_json(api, ty, json),
            }
        }
    };
    let fields = parts.structure.fields.iter();
    let required: Vec<&Field> = fields
        .filter(|field| field.presence.is_required())
        .collect();
    let arguments = match &parts.structure.required_name {
        Some(name) => {
            let fields: Vec<String> = required
                .iter()
                .map(|field| format!("{}: {}", ident_text(&field.name.rust), of_field(field)))
                .collect();
            let path = item_of(operation, &name.rust);
            format!("{path} {{ {} }}", fields.join(", "))
        }
        None => required.into_iter().map(of_field).collect(),
    };
    let path = item_of(operation, &parts.name.rust);
    let mut body = format!("{path}::new({arguments})");
    let is_file = |field: &&Field| match &field.ty {
        Type::Array(inner) => **inner == Type::Scalar(Scalar::Part),
        ty => *ty == Type::Scalar(Scalar::Part),
    };
    // Files are what such a body is for; each moves the whole struct.
    let optional = parts.structure.fields.iter();
    let optional = optional.filter(|field| !field.presence.is_required() && !field.deprecated);
    for field in optional.filter(is_file).take(MOST_FILES) {
        let setter = ident_text(&field.name.rust);
        body.push_str(&format!(".{setter}({})", of_field(field)));
    }
    body
}

/// A value that a body of this media type can be made from; `None` where none
/// is known.
fn body_sample(api: &Api, choice: &BodyChoice) -> Option<Value> {
    match (&choice.sample, &choice.content) {
        (Sample::OfSchema(value), _) => return Some(value.clone()),
        (Sample::Unknown, _) => return None,
        (Sample::OfType, _) => {}
    }
    match &choice.content {
        BodyContent::Json(ty) => sample::value(api, ty),
        // Only objects can be sent so.
        BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            sample::value(api, ty).filter(Value::is_object)
        }
        BodyContent::Parts(parts) => sample::structure(api, &parts.structure),
        BodyContent::PartsUnion(union) => {
            let variant = union.variants.first()?;
            let mut value = sample::structure(api, &variant.parts.structure)?;
            if let (Some((property, tag)), Some(object)) = (&variant.tag, value.as_object_mut())
                && let Some(given) = object.get_mut(property)
            {
                *given = tag.as_str().into();
            }
            Some(value)
        }
        // Bytes of parts need a boundary.
        BodyContent::Binary if media_type::kind(&choice.media_type) == Kind::Multipart => None,
        BodyContent::Text | BodyContent::Binary => Some(Value::Null),
    }
}

/// The expression for a value of the type.
fn from_json(api: &Api, ty: &Type, value: &Value) -> String {
    let ty = super::ty::text(api, ty, super::ty::From::Crate);
    format!("from_json::<{ty}>({})", raw(value))
}
