//! The example on the crate's front page: the first operation that can be
//! called with plain texts.

use super::operations::accessors;
use crate::graph::SchemeKind;
use crate::model::{Api, Body, BodyContent, ItemKind, Operation, Parameter, Scalar, Scheme, Type};

/// A program that compiles against the crate; lines that start with `# ` are
/// for the compiler alone.
pub(super) fn example(api: &Api) -> Option<String> {
    let mut operations: Vec<&Operation> = api
        .operations
        .iter()
        .filter(|operation| !operation.deprecated)
        .collect();
    operations.sort_by_key(|operation| (rank(&operation.method), &operation.path));
    let (operation, arguments) = operations
        .into_iter()
        .find_map(|operation| Some((operation, arguments(api, operation)?)))?;
    let library = api.library();
    let credential = api.schemes.first().map_or_else(String::new, credential);
    let base_url = if api.servers.is_empty() {
        ".base_url(\"https://api.example.com\")"
    } else {
        ""
    };
    let path = operation
        .namespace
        .map(|id| format!(".{}", accessors(api, &api.namespaces[id.0])))
        .unwrap_or_default();
    let program = format!(
        "async fn example() -> Result<(), Box<dyn std::error::Error>> {{
             let client = {library}::Client::builder(){credential}{base_url}.build()?;
             let response = client{path}.{}({}).send().await?;
             println!(\"{{}}\", response.status());
             Ok(())
         }}",
        raw(&operation.name.rust),
        arguments.join(", ")
    );
    let program = prettyplease::unparse(&syn::parse_file(&program).ok()?);
    let lines: Vec<String> = program
        .lines()
        .map(|line| match line.strip_prefix("    ") {
            Some("Ok(())") | None => format!("# {line}"),
            Some(line) => line.to_owned(),
        })
        .collect();
    Some(lines.join("\n"))
}

/// The call of the builder that gives it a credential.
pub(super) fn credential(scheme: &Scheme) -> String {
    let arguments = match &scheme.kind {
        SchemeKind::Basic => "\"username\", \"password\"",
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => "\"token\"",
        SchemeKind::Http(_) => "\"Scheme credentials\"",
        SchemeKind::ApiKey(..) => "\"key\"",
    };
    format!(".{}({arguments})", raw(&scheme.name.rust))
}

/// What reads before what writes before what removes.
fn rank(method: &str) -> u8 {
    match method {
        "GET" => 0,
        "POST" => 1,
        "PUT" | "PATCH" => 2,
        _ => 3,
    }
}

fn arguments(api: &Api, operation: &Operation) -> Option<Vec<String>> {
    if operation.required_name.is_some() {
        return None;
    }
    let mut arguments: Vec<String> = operation
        .path_parameters
        .iter()
        .map(|parameter| argument(api, parameter))
        .collect::<Option<_>>()?;
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        arguments.push(body_argument(api, body)?);
    }
    Some(arguments)
}

fn argument(api: &Api, parameter: &Parameter) -> Option<String> {
    match &parameter.ty {
        ty if super::ty::is_text(api, ty) => {
            let example = parameter
                .example
                .as_ref()
                .and_then(|example| example.as_str());
            Some(format!("{:?}", example.unwrap_or(&parameter.wire)))
        }
        Type::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64) => Some("1".to_owned()),
        _ => None,
    }
}

fn body_argument(api: &Api, body: &Body) -> Option<String> {
    let BodyContent::Json(Type::Item(id)) = &body.preferred()?.content else {
        return None;
    };
    let item = api.item(*id);
    match &item.kind {
        ItemKind::Struct(structure)
            if structure
                .fields
                .iter()
                .all(|field| !field.presence.is_required()) =>
        {
            Some(format!(
                "{}::types::{}::new()",
                api.library(),
                item.name.rust
            ))
        }
        _ => None,
    }
}

fn raw(name: &str) -> String {
    super::ty::ident(name).to_string()
}
