//! One operation: its method, and the type that stands for it.

use super::body;
use super::call::{required, setters};
use super::docs;
use super::header;
use super::operation_docs;
use super::outcome::{decode, decode_failure, is_success, outcome_enum, outcome_type, streaming};
use super::pagination;
use super::sending::{conceal, is_secret, path_argument, send_parameter, send_path};
use super::structure::{code, deprecation};
use super::ty::ident_text;
use crate::format::Item;
use crate::format::piece::{Attribute, Definition, Front, Function, Impl, TypeAlias};
use crate::format::statement::{call, literal};
use crate::model::{Api, Operation, Outcome};

/// The method that starts a call.
pub(super) fn method(api: &Api, operation: &Operation) -> Function {
    let marker = ident_text(&operation.marker.rust);
    let (receiver, lifetime, core) = match operation.namespace {
        Some(_) => ("self", "'a", "self.client.core"),
        None => ("&self", "'_", "self.core"),
    };
    let mut arguments = vec![receiver.to_owned()];
    let mut statements = super::server::of_operation(operation);
    for parameter in &operation.path_parameters {
        let name = ident_text(&parameter.name.rust);
        let (ty, value) = path_argument(api, parameter);
        arguments.push(format!("{name}: {ty}"));
        if is_secret(api, parameter) {
            statements.push(format!("let {name} = {name}.into();"));
        }
        statements.extend(conceal(api, parameter, "draft", &name));
        statements.push(send_path(parameter, &value));
    }
    if let Some(required_name) = &operation.required_name {
        arguments.push(format!("required: {}", ident_text(&required_name.rust)));
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
        {
            let value = format!("required.{}", ident_text(&parameter.name.rust));
            statements.extend(send_parameter(api, parameter, "draft", &value));
        }
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let name = ident_text(&body.name.rust);
        arguments.push(format!("{name}: {}", body::argument(api, body)));
        statements.extend(body::send(body, "draft", &name));
    }
    let mutable = if statements.is_empty() { "" } else { "mut " };
    let (core, endpoint) = (format!("&{core}"), format!("{marker}::ENDPOINT"));
    let head = format!("let {mutable}draft = Draft::new");
    let mut lines = call(&head, &[&core, &endpoint], None, ";");
    lines.extend(statements);
    lines.push("draft.call()".to_owned());
    let mut method = Function::new(
        format!("pub fn {}", ident_text(&operation.name.rust)),
        arguments,
        format!("{}<{lifetime}>", ident_text(&operation.call.rust)),
        lines,
    );
    method.front = Front::docs(operation_docs::lines(api, operation))
        .with(deprecation(operation.deprecated, &operation.docs));
    method
}

/// The types that stand for an operation, and the setters of its call.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<Item> {
    let mut items = Vec::from(marker(api, operation));
    items.push(Item::TypeAlias(call_type(operation)));
    items.extend(pagination::implementation(api, operation).map(Item::Impl));
    items.extend(setters(api, operation).map(Item::Impl));
    items.extend(required(api, operation).map(Item::Definition));
    items.extend(body::items(api, operation));
    for outcome in [&operation.output, &operation.failure] {
        if let Outcome::ByStatus(outcome) = outcome {
            items.push(outcome_enum(api, operation, outcome).into());
        }
    }
    items.extend(header::items(api, operation));
    items
}

/// The type of the calls of an operation: its page in the documentation has the
/// operation's own setters, and what every call has.
fn call_type(operation: &Operation) -> TypeAlias {
    let name = ident_text(&operation.call.rust);
    let has_setters = operation
        .parameters
        .iter()
        .any(|parameter| !parameter.required)
        || operation.body.as_ref().is_some_and(|body| !body.required);
    let what = match has_setters {
        true => "Set its optional parameters, then send it with [`send`](Call::send).",
        false => "[`send`](Call::send) sends it.",
    };
    let lines = [
        format!("A call of the operation `{}`.", code(&operation.id)),
        String::new(),
        what.to_owned(),
    ];
    TypeAlias {
        front: docs::front_sentence(&lines.join("\n")),
        head: format!("pub type {name}<'a>"),
        ty: format!("Call<'a, {}>", ident_text(&operation.marker.rust)),
    }
}

fn marker(api: &Api, operation: &Operation) -> [Item; 2] {
    let name = ident_text(&operation.marker.rust);
    let sentence = format!(
        "The operation `{}`, for [`Call`]: `{} {}`.",
        code(&operation.id),
        operation.method,
        code(&operation.path)
    );
    let definition = Definition {
        front: docs::front_sentence(&sentence)
            .with(deprecation(operation.deprecated, &operation.docs))
            .with([Attribute::of("derive", ["Clone", "Copy", "Debug"])]),
        head: format!("pub enum {name}"),
        members: Vec::new(),
    };
    let security: Vec<String> = operation
        .security
        .iter()
        .map(|schemes| {
            let schemes: Vec<String> = schemes.iter().map(|scheme| literal(scheme)).collect();
            format!("&[{}]", schemes.join(", "))
        })
        .collect();
    let mut constants = vec![
        "const ENDPOINT: &'static Endpoint = &Endpoint {".to_owned(),
        format!("    id: {},", literal(&operation.id)),
        format!("    method: {},", literal(&operation.method)),
        format!("    path: {},", literal(&operation.path)),
    ];
    if !operation.accept.is_empty() {
        constants.push(format!("    accept: {},", literal(&operation.accept)));
    }
    if !security.is_empty() {
        constants.push(format!("    security: &[{}],", security.join(", ")));
    }
    if let Some(idempotent) = operation.idempotent {
        constants.push(format!("    idempotent: Some({idempotent}),"));
    }
    if let Some(header) = &operation.idempotency_key {
        constants.extend([
            "    idempotency_key: Some(IdempotencyKey {".to_owned(),
            format!("        header: {},", literal(header)),
            "        make: crate::runtime::random_key,".to_owned(),
            "    }),".to_owned(),
        ]);
    }
    let error = [
        ("error_code", &api.error_code),
        ("error_request_id", &api.error_request_id),
    ];
    for (name, property) in error {
        let property = property.as_ref();
        constants.extend(property.map(|text| format!("    {name}: Some({}),", literal(text))));
    }
    constants.extend([
        "    ..Endpoint::PLAIN".to_owned(),
        "};".to_owned(),
        format!(
            "type Output = {};",
            outcome_type(api, &operation.output, "()")
        ),
        format!(
            "type Failure = {};",
            outcome_type(api, &operation.failure, "serde_json::Value")
        ),
    ]);
    let streaming = streaming(api, operation);
    if !streaming.is_empty() {
        constants.push("const STREAMS: bool = true;".to_owned());
    }
    let mut methods: Vec<Function> = is_success(operation).into_iter().collect();
    methods.extend(streaming);
    methods.push(Function::new(
        "fn decode",
        ["received: &Received"],
        "Result<Self::Output, DecodeError>",
        decode(api, operation),
    ));
    methods.push(Function::new(
        "fn decode_failure",
        ["received: &Received"],
        "Option<Self::Failure>",
        decode_failure(api, operation),
    ));
    let mut block = Impl::new(format!("impl Operation for {name}"), methods);
    block.constants = constants;
    [definition.into(), block.into()]
}
