//! What the crate's front page and its README both show.

use super::example::Example;
use super::operations::{accessors, modules};
use super::structure::code;
use super::ty::ident_text;
use super::{docs, gate};
use crate::graph::SchemeKind;
use crate::model::{Api, Operation, Scheme};

/// How long the call of the example may be, in characters.
const LONGEST: usize = 240;

/// Up to how many operations the front page lists them all.
const LISTED: usize = 100;

/// A program that compiles against the crate, and the feature that it needs:
/// it makes a client and calls the operation that [`chosen`] returns.
pub(super) fn example(api: &Api) -> Option<(Option<&str>, Vec<String>)> {
    let (operation, example) = chosen(api)?;
    let program = example.whole(&client(api))?;
    Some((gate::feature_of(api, operation), program))
}

/// The same with a mock in place of the API; `None` where names of the API hide
/// what the program calls.
pub(super) fn mocked(api: &Api) -> Option<(Option<&str>, Vec<String>)> {
    let namespaces = api.namespaces.iter();
    let namespaces = namespaces.filter(|namespace| namespace.parent.is_none());
    let operations = api.operations.iter();
    let operations = operations.filter(|operation| operation.namespace.is_none());
    let mut names = namespaces
        .map(|namespace| &namespace.accessor.rust)
        .chain(operations.map(|operation| &operation.name.rust));
    if names.any(|name| ["client", "requests"].contains(&name.as_str())) {
        return None;
    }
    let (operation, example) = chosen(api)?;
    let mut program = example.whole("mock.client()")?;
    let library = api.library();
    let namespace = operation
        .namespace
        .map(|id| format!(".{}", accessors(api, &api.namespaces[id.0])))
        .unwrap_or_default();
    let is_success = |status: u16| (200..300).contains(&status);
    let mut examples = operation.examples.iter();
    let answer = match examples.any(|example| is_success(example.status)) {
        true => "example()".to_owned(),
        false => format!("respond_with({library}::MockAnswer::new(200))"),
    };
    let at =
        |program: &[String], wanted: &str| program.iter().position(|line| line.trim() == wanted);
    let name = ident_text(&operation.name.rust);
    let start = at(&program, "let client = mock.client();")?;
    program.splice(
        start..start,
        [
            format!("    let mock = {library}::mock::Mock::new();"),
            format!("    mock{namespace}.{name}().{answer};"),
        ],
    );
    let end = at(&program, "Ok(())")?;
    program.insert(end, "    assert_eq!(mock.requests().len(), 1);".to_owned());
    Some((gate::feature_of(api, operation), program))
}

/// A program as a piece of documentation, compiled only where there is what it
/// calls.
pub(super) fn fenced(feature: Option<&str>, program: Vec<String>) -> Vec<String> {
    let mut lines = vec!["```no_run".to_owned()];
    if let Some(feature) = feature {
        lines.push(format!("# #[cfg(feature = {feature:?})]"));
        lines.push("# mod example {".to_owned());
    }
    lines.extend(program);
    lines.extend(feature.map(|_| "# }".to_owned()));
    lines.push("```".to_owned());
    lines
}

/// The operation that `[readme] example` names. Without it, of those that are not
/// deprecated and are called in few words the first by path and method, wherever
/// it stands in the document.
fn chosen(api: &Api) -> Option<(&Operation, Example)> {
    let with_example = |operation| Some((operation, Example::of(api, operation)?));
    if let Some(shown) = api.shown.and_then(|index| api.operations.get(index)) {
        return with_example(shown);
    }
    let operations = api.operations.iter();
    let mut operations: Vec<&Operation> = operations
        .filter(|operation| !operation.deprecated)
        .collect();
    operations.sort_by_key(|operation| (&operation.path, &operation.method));
    operations
        .into_iter()
        .filter_map(with_example)
        .find(|(_, example)| example.len() <= LONGEST)
}

/// The program of [`example`] with the errors told apart.
pub(super) fn handled(api: &Api) -> Option<(Option<&str>, Vec<String>)> {
    let (feature, program) = example(api)?;
    let library = api.library();
    let mut lines = Vec::new();
    let mut sent = false;
    for line in program {
        if line.trim_start().starts_with("println!(") && line.contains("response.body()") {
            continue;
        }
        let line = match line.strip_prefix("    let response = ") {
            Some(call) => format!("    let result = {call}"),
            None if line.starts_with("    client.") || line == "    client" => {
                format!("    let result = {}", &line[4..])
            }
            None if line.starts_with("    call.send()") => {
                format!("    let result = {}", &line[4..])
            }
            None => line,
        };
        match line.strip_suffix(".await?;") {
            Some(call) => {
                lines.push(format!("{call}.await;"));
                sent = true;
                let handling = HANDLING.replace("{library}", &library);
                lines.extend(handling.lines().map(str::to_owned));
            }
            None => lines.push(line),
        }
    }
    sent.then_some((feature, lines))
}

/// How a program tells errors apart.
const HANDLING: &str = r#"    match result {
        Ok(response) => println!("{:?}", response.body()),
        Err(error) if error.is_rate_limited() => {
            println!("try again in {:?}", error.retry_after());
        }
        Err(error) => match error.kind() {
            // The API answered with an error status; `api` is its decoded body.
            {library}::ErrorKind::Api => println!("{error}: {:?}", error.api()),
            // The request did not reach the server.
            {library}::ErrorKind::InvalidRequest | {library}::ErrorKind::Connect => {
                println!("not sent: {error}");
            }
            // The server may have acted on the request.
            {library}::ErrorKind::Timeout | {library}::ErrorKind::Transport => {
                println!("no complete response: {error}");
            }
            // The response does not match the API description.
            _ => println!("{error}"),
        },
    }"#;

/// The section that lists the operations: all of them, or the namespaces where
/// there are many.
pub(super) fn operations(api: &Api) -> Vec<String> {
    if api.operations.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), "# Operations".to_owned(), String::new()];
    if api.operations.len() <= LISTED {
        let mut operations: Vec<&Operation> = api.operations.iter().collect();
        operations.sort_by_key(|operation| (&operation.module, &operation.name.rust));
        lines.extend(table(api, &operations, ""));
        return lines;
    }
    lines.extend([
        "| module | operations | |".to_owned(),
        "|---|---|---|".to_owned(),
    ]);
    for (path, module) in modules(api) {
        if module.operations.is_empty() {
            continue;
        }
        let about = module
            .namespace
            .and_then(|(_, namespace)| docs::cell(&namespace.docs));
        let name = match module.namespace {
            Some((_, namespace)) => format!("client.{}", accessors(api, namespace)),
            None => path.join("::"),
        };
        lines.push(format!(
            "| [`{name}`](operations/{}/index.html) | {} | {} |",
            path.join("/"),
            module.operations.len(),
            about.unwrap_or_default(),
        ));
    }
    lines
}

/// A table of operations with links to their methods; `root` leads from the page
/// to that of the crate.
pub(super) fn table(api: &Api, operations: &[&Operation], root: &str) -> Vec<String> {
    let mut lines = vec![
        "| method | request | |".to_owned(),
        "|---|---|---|".to_owned(),
    ];
    for operation in operations {
        let namespace = operation.namespace.map(|id| &api.namespaces[id.0]);
        // Names of pages and anchors are not raw, as identifiers may be.
        let (page, before) = match namespace {
            Some(namespace) => (
                format!(
                    "operations/{}/struct.{}.html",
                    namespace.module.join("/"),
                    namespace.handle.rust
                ),
                format!("{}.", accessors(api, namespace)),
            ),
            None => ("struct.Client.html".to_owned(), String::new()),
        };
        let name = &operation.name.rust;
        lines.push(format!(
            "| [`{before}{}`]({root}{page}#method.{name}) | `{} {}` | {} |",
            ident_text(name),
            operation.method,
            code(&operation.path).replace('|', "\\|"),
            docs::cell(&operation.docs).unwrap_or_default(),
        ));
    }
    lines
}

/// The expression that makes a client.
fn client(api: &Api) -> String {
    let library = api.library();
    let credential = api.schemes.first().map_or_else(String::new, credential);
    let base_url = match api.servers.is_empty() {
        true => ".base_url(\"https://api.example.com\")",
        false => "",
    };
    format!("{library}::Client::builder(){credential}{base_url}.build()?")
}

/// The call of the builder that gives it a credential.
pub(super) fn credential(scheme: &Scheme) -> String {
    let arguments = match &scheme.kind {
        SchemeKind::Basic => "\"username\", \"password\"",
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => "\"token\"",
        SchemeKind::Http(_) => "\"Scheme credentials\"",
        SchemeKind::ApiKey(..) => "\"key\"",
    };
    format!(".{}({arguments})", ident_text(&scheme.name.rust))
}
