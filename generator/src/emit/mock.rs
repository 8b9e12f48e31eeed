//! The mock: for each namespace a handle with its operations, as on the client,
//! and for each operation what its answers look like.

use super::example::raw_text;
use super::operations::{Handles, Module, accessors, children, module_path, modules};
use super::outcome::is_streamed;
use super::sample::has_both_directions;
use super::structure::code;
use super::ty::ident_text;
use super::{Files, front_page, gate};
use crate::format::import::Import;
use crate::format::piece::{Attribute, Definition, Front, Function, Impl, Member};
use crate::format::statement::literal;
use crate::format::{Item, RustFile};
use crate::graph::Status;
use crate::model::{Api, Content, Namespace, NamespaceId, Operation, Outcome};
use quote::quote;

pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    for (path, module) in modules(api) {
        let name = match path.as_slice() {
            [] => "src/mock.rs".to_owned(),
            path => format!("src/mock/{}.rs", path.join("/")),
        };
        files.rust(name, module.origin(), module.pointer(api), move || {
            file(api, &path, &module)
        });
    }
}

fn file(api: &Api, path: &[String], module: &Module<'_>) -> RustFile {
    let text = match (path, module.namespace) {
        ([], _) => {
            let mut docs: Vec<String> = ROOT.lines().map(str::to_owned).collect();
            if let Some((feature, program)) = front_page::mocked(api) {
                docs.push(String::new());
                docs.extend(front_page::fenced(feature, program));
            }
            return RustFile {
                docs,
                ..root(api, module)
            };
        }
        (_, Some((_, namespace))) => {
            format!(
                "Answers of the operations below `mock.{}`.",
                accessors(api, namespace)
            )
        }
        (_, None) => "Answers of operations that have no tag.".to_owned(),
    };
    let mut file = RustFile {
        docs: vec![text],
        ..RustFile::default()
    };
    file.imports
        .extend(gate::modules(api, path, &module.children));
    file.imports.push(Import::Text(OF_RUNTIME.to_owned()));
    if let Some((id, namespace)) = module.namespace {
        file.items.extend(handle(api, id, namespace, module));
    }
    let own: Vec<Function> = module
        .operations
        .iter()
        .filter(|operation| operation.namespace.is_none())
        .map(|operation| method(operation))
        .collect();
    if !own.is_empty() {
        file.items
            .push(Impl::new("impl crate::mock::Mock", own).into());
    }
    for operation in &module.operations {
        file.items.extend(answers(api, operation));
    }
    file
}

/// What modules import, whether they need it or not.
const OF_RUNTIME: &str = "\
#[allow(unused_imports, reason = \"not every module has operations of every kind\")]
use crate::runtime::{Answered, MockAnswer, MockExample, Mocked, MockedOperation};
";

/// The handles of the mock.
const HANDLES: Handles = Handles {
    root: "crate::mock",
    field: "mock",
};

/// What stands above the root.
const ROOT: &str = "\
Answers in place of the API, for the tests of programs that use this crate.

No network, no clock, nothing shared: each [`Mock`] is a server of its own.
Answers to an operation are given in the order in which they were added, the
last one again and again; an operation without one fails.";

fn root(api: &Api, module: &Module<'_>) -> RustFile {
    let mut file = RustFile::default();
    file.imports
        .extend(gate::modules(api, &[], &module.children));
    // A child may be called like a package.
    for (head, names) in [
        ("use ::std::ops", &["Deref"][..]),
        ("use crate::client", &["Client", "ClientBuilder"]),
        ("use crate::runtime", &["MockServer"]),
    ] {
        file.imports.push(Import::names(head, names));
    }
    let parts = [
        quote! {
            /// Answers calls in memory, by the names that they have on the client.
            ///
            /// What it can do beside that is on [`MockServer`], to which it
            /// dereferences: `(*mock).client()` where the API has that name, too.
            #[derive(Clone, Debug, Default)]
            pub struct Mock {
                server: MockServer,
            }
        },
        quote! {
            impl Mock {
                /// A mock that has no answers yet.
                #[must_use]
                pub fn new() -> Self {
                    Self { server: MockServer::new() }
                }
            }
        },
        quote! {
            impl Deref for Mock {
                type Target = MockServer;

                fn deref(&self) -> &MockServer {
                    &self.server
                }
            }
        },
    ];
    file.items.extend(parts.map(Item::Tokens));
    file.items.push(clients(api).into());
    let children = children(api, None, HANDLES);
    if !children.is_empty() {
        file.items.push(Impl::new("impl Mock", children).into());
    }
    file
}

/// The clients that a mock answers.
fn clients(api: &Api) -> Impl {
    let credentials: String = api.schemes.iter().map(front_page::credential).collect();
    let mut client = Function::new(
        "pub fn client",
        ["&self"],
        "Client",
        [
            &format!("match self.builder(){credentials}.build() {{"),
            "    Ok(client) => client,",
            "    // Cannot happen: the base URL is one, there is a transport, and these",
            "    // credentials are texts that any header can hold.",
            "    Err(error) => unreachable!(\"{error}\"),",
            "}",
        ]
        .map(str::to_owned)
        .to_vec(),
    );
    let docs = "A client with credentials of no worth whose calls are answered here.";
    client.front = Front::docs(vec![docs.to_owned()]).must_use();
    let mut builder = Function::new(
        "pub fn builder",
        ["&self"],
        "ClientBuilder",
        vec![
            "Client::builder().base_url(\"https://mock.invalid\").transport(self.clone())"
                .to_owned(),
        ],
    );
    builder.front = Front::docs(vec![
        "A builder whose clients are answered here.".to_owned(),
    ]);
    Impl::new("impl MockServer", vec![client, builder])
}

fn handle(api: &Api, id: NamespaceId, namespace: &Namespace, module: &Module<'_>) -> Vec<Item> {
    let name = ident_text(&namespace.handle.rust);
    let methods: Vec<Function> = children(api, Some(id), HANDLES)
        .into_iter()
        .chain(module.operations.iter().map(|operation| method(operation)))
        .collect();
    let definition = Definition {
        front: Front::docs(vec![format!(
            "Reached by `mock.{}`.",
            accessors(api, namespace)
        )])
        .with([Attribute::of("derive", ["Clone", "Copy", "Debug"])]),
        head: format!("pub struct {name}<'a>"),
        members: vec![Member {
            front: Front::default(),
            text: "pub(crate) mock: &'a crate::mock::Mock".to_owned(),
        }],
    };
    let mut items = vec![definition.into()];
    if !methods.is_empty() {
        items.push(Impl::new(format!("impl<'a> {name}<'a>"), methods).into());
    }
    items
}

/// The path of the type that stands for an operation.
fn marker(operation: &Operation) -> String {
    module_path(
        "crate::operations",
        &operation.module,
        &operation.marker.rust,
    )
}

fn method(operation: &Operation) -> Function {
    // The methods of `Mock` are operations of the document, those of its server
    // are not.
    let (receiver, lifetime, server) = match operation.namespace {
        Some(_) => ("self", "'a", "self.mock.server"),
        None => ("&self", "'_", "self.server"),
    };
    let mut method = Function::new(
        format!("pub fn {}", ident_text(&operation.name.rust)),
        [receiver],
        format!("MockedOperation<{lifetime}, {}>", marker(operation)),
        vec![format!("{server}.operation()")],
    );
    let text = format!(
        "Answers of `{} {}`.",
        operation.method,
        code(&operation.path)
    );
    method.front = Front::docs(vec![text]).must_use();
    method
}

/// What the answers of an operation look like.
fn answers(api: &Api, operation: &Operation) -> Vec<Item> {
    let marker = marker(operation);
    let mut examples = vec!["const EXAMPLES: &'static [MockExample] = &[".to_owned()];
    for example in &operation.examples {
        examples.extend([
            "    MockExample {".to_owned(),
            format!("        name: {},", literal(&example.name)),
            format!("        status: {},", example.status),
            format!("        media_type: {},", literal(&example.media_type)),
            format!("        body: {},", raw_text(&example.text)),
            "    },".to_owned(),
        ]);
    }
    match examples.len() {
        1 => examples[0].push_str("];"),
        _ => examples.push("];".to_owned()),
    }
    let failure = Function::new(
        "fn failure",
        ["failure: &Self::Failure"],
        "MockAnswer",
        answer(api, operation, &operation.failure, "failure", 500)
            // Whatever it is, it cannot be encoded.
            .unwrap_or_else(|| {
                vec![
                    "let _ = failure;".to_owned(),
                    "MockAnswer::new(500)".to_owned(),
                ]
            }),
    );
    let mut mocked = Impl::new(format!("impl Mocked for {marker}"), vec![failure]);
    mocked.constants = examples;
    let mut items = vec![mocked.into()];
    if let Some(lines) = answer(api, operation, &operation.output, "output", 200) {
        let answer = Function::new("fn answer", ["output: &Self::Output"], "MockAnswer", lines);
        items.push(Impl::new(format!("impl Answered for {marker}"), vec![answer]).into());
    }
    items
}

/// The statements that make an answer of an outcome; `None` where they cannot.
fn answer(
    api: &Api,
    operation: &Operation,
    outcome: &Outcome,
    name: &str,
    status: u16,
) -> Option<Vec<String>> {
    let success = status == 200;
    match outcome {
        Outcome::Nothing if success => {
            let status = documented(operation, success, None).map_or(204, |(status, _)| status);
            Some(vec![
                format!("let () = {name};"),
                format!("MockAnswer::new({status})"),
            ])
        }
        // Any JSON.
        Outcome::Nothing => Some(vec![format!("MockAnswer::json({status}, {name})")]),
        Outcome::One(content) => {
            let (status, media_type) =
                documented(operation, success, Some(content)).unwrap_or((status, ""));
            Some(vec![encoded(api, content, name, status, media_type)?])
        }
        Outcome::ByStatus(outcome) => {
            if is_streamed(outcome) {
                return None;
            }
            let ty = module_path("crate::operations", &operation.module, &outcome.name.rust);
            let mut lines = vec![format!("match {name} {{")];
            for variant in &outcome.variants {
                let status = representative(variant.status, success);
                let media_type = variant.media_types.first().map_or("", String::as_str);
                let variant_name = ident_text(&variant.name.rust);
                lines.push(match &variant.content {
                    None => format!("    {ty}::{variant_name} => MockAnswer::new({status}),"),
                    Some(content) => {
                        let answer = encoded(api, content, "body", status, media_type)?;
                        format!("    {ty}::{variant_name}(body) => {answer},")
                    }
                });
            }
            lines.push("}".to_owned());
            Some(lines)
        }
    }
}

fn encoded(
    api: &Api,
    content: &Content,
    name: &str,
    status: u16,
    media_type: &str,
) -> Option<String> {
    let media_type = literal(media_type);
    match content {
        Content::Json(ty) => has_both_directions(api, [ty])
            .then(|| format!("MockAnswer::encoded({status}, {media_type}, {name})")),
        Content::Text | Content::Bytes => Some(format!(
            "MockAnswer::new({status}).body({media_type}, {name}.clone())"
        )),
        Content::Redirect => Some(format!(
            "MockAnswer::new({status}).header(\"location\", {name}.location())"
        )),
        Content::Stream | Content::Events(_) | Content::Items(..) => None,
    }
}

/// The first documented status whose body is this content, with its media type.
fn documented<'a>(
    operation: &'a Operation,
    success: bool,
    wanted: Option<&Content>,
) -> Option<(u16, &'a str)> {
    let mut responses = operation.responses.iter();
    responses.find_map(|response| {
        if response.is_success() != success {
            return None;
        }
        let status = representative(response.status, success);
        match wanted {
            None => Some((status, "")),
            Some(Content::Redirect) => response.is_redirect.then_some((status, "")),
            Some(wanted) => {
                let mut media = response.media.iter();
                let (media_type, _) = media.find(|(_, content)| content == wanted)?;
                Some((status, media_type.as_str()))
            }
        }
    })
}

/// A status that one of the document stands for.
fn representative(status: Status, success: bool) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Range(hundred) => hundred * 100,
        Status::Default if success => 200,
        Status::Default => 500,
    }
}
