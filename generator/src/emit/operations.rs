//! The modules of operations: one file for each namespace, with its handle and
//! its operations.

use std::collections::{BTreeMap, BTreeSet};

use super::ty::ident_text;
use super::used::Used;
use super::{Files, docs, front_page, gate, operation};
use crate::format::import::Import;
use crate::format::piece::{Attribute, Definition, Front, Function, Impl, Member};
use crate::format::statement::Link;
use crate::format::{Item, RustFile};
use crate::model::{Api, Namespace, NamespaceId, Operation};
use crate::source::Origin;

/// What one file holds.
#[derive(Default)]
pub(super) struct Module<'a> {
    pub(super) namespace: Option<(NamespaceId, &'a Namespace)>,
    /// Sorted by name.
    pub(super) operations: Vec<&'a Operation>,
    /// The names of the modules in it.
    pub(super) children: BTreeSet<String>,
}

pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    for (path, module) in modules(api) {
        let name = if path.is_empty() {
            "src/operations.rs".to_owned()
        } else {
            format!("src/operations/{}.rs", path.join("/"))
        };
        let origin = module.origin();
        let pointer = module.pointer(api);
        files.rust(name, origin, pointer, move || {
            module_file(api, &path, &module)
        });
    }
}

/// The files, by the names of the modules around them.
pub(super) fn modules(api: &Api) -> BTreeMap<Vec<String>, Module<'_>> {
    let mut modules: BTreeMap<Vec<String>, Module<'_>> = BTreeMap::new();
    modules.entry(Vec::new()).or_default();
    for (index, namespace) in api.namespaces.iter().enumerate() {
        modules
            .entry(namespace.module.clone())
            .or_default()
            .namespace = Some((NamespaceId(index), namespace));
    }
    for operation in &api.operations {
        modules
            .entry(operation.module.clone())
            .or_default()
            .operations
            .push(operation);
    }
    let paths: Vec<Vec<String>> = modules.keys().cloned().collect();
    for path in paths {
        for length in 0..path.len() {
            let parent = path[..length].to_vec();
            modules
                .entry(parent)
                .or_default()
                .children
                .insert(path[length].clone());
        }
    }
    for module in modules.values_mut() {
        module
            .operations
            .sort_by_key(|operation| &operation.name.rust);
    }
    modules
}

impl Module<'_> {
    pub(super) fn origin(&self) -> Option<Origin> {
        self.namespace
            .map(|(_, namespace)| namespace.origin)
            .or(self.operations.first().map(|operation| operation.origin))
    }

    /// The pointer of what the file stands for. A tag is named by where
    /// operations have it, since the list of tags may be in any order.
    pub(super) fn pointer(&self, api: &Api) -> String {
        match (self.operations.as_slice(), self.namespace) {
            ([only], _) => only.pointer.clone(),
            ([], None) if api.operations.is_empty() => String::new(),
            _ => "#/paths".to_owned(),
        }
    }
}

/// The path of a type in a module.
pub(super) fn module_path(root: &str, module: &[String], name: &str) -> String {
    let mut path = root.to_owned();
    for segment in module.iter().map(String::as_str).chain([name]) {
        path.push_str("::");
        path.push_str(&ident_text(segment));
    }
    path
}

fn module_file(api: &Api, path: &[String], module: &Module<'_>) -> RustFile {
    let mut file = RustFile {
        docs: vec![match (path, module.namespace) {
            ([], _) => "The operations of the API, by namespace.".to_owned(),
            ([_only], None) => {
                "Operations without a tag, by the first segment of the path.".to_owned()
            }
            (_, Some((_, namespace))) => about(api, namespace),
            (path, None) => match path.last() {
                Some(segment) => format!(
                    "Operations without a tag below `/{}`.",
                    segment.trim_end_matches('_')
                ),
                None => String::new(),
            },
        }],
        ..RustFile::default()
    };
    if !module.operations.is_empty() {
        file.docs.push(String::new());
        file.docs.extend(front_page::table(
            api,
            &module.operations,
            &"../".repeat(path.len() + 1),
        ));
    }
    file.imports
        .extend(gate::modules(api, path, &module.children));
    if let Some((id, namespace)) = module.namespace {
        file.items.extend(handle(api, id, namespace, module));
    }
    let client: Vec<Function> = module
        .operations
        .iter()
        .filter(|operation| operation.namespace.is_none())
        .map(|operation| operation::method(api, operation))
        .collect();
    if !client.is_empty() {
        file.items.push(Impl::new("impl Client", client).into());
    }
    for operation in &module.operations {
        file.items.extend(operation::items(api, operation));
    }
    let imports = imports(api, &file.items);
    file.imports.extend(imports);
    file
}

/// What is in a namespace, in one line: lists of modules show it.
fn about(api: &Api, namespace: &Namespace) -> String {
    let accessors = accessors(api, namespace);
    match docs::cell(&namespace.docs) {
        Some(text) => format!("`client.{accessors}`: {text}"),
        None => format!("Operations of `client.{accessors}`."),
    }
}

/// The accessors that lead to a namespace, `sso().saml()`.
pub(super) fn accessors(api: &Api, namespace: &Namespace) -> String {
    let own = format!("{}()", ident_text(&namespace.accessor.rust));
    match namespace.parent {
        Some(parent) => format!("{}.{own}", accessors(api, &api.namespaces[parent.0])),
        None => own,
    }
}

/// The same as calls on the client.
pub(super) fn handles(api: &Api, namespace: &Namespace) -> Vec<Link> {
    let mut links = namespace
        .parent
        .map(|parent| handles(api, &api.namespaces[parent.0]))
        .unwrap_or_default();
    links.push(Link::new(ident_text(&namespace.accessor.rust), [""; 0]));
    links
}

fn handle(api: &Api, id: NamespaceId, namespace: &Namespace, module: &Module<'_>) -> Vec<Item> {
    let name = ident_text(&namespace.handle.rust);
    let mut lines = docs::lines(&namespace.docs, &format!("`{}`.", namespace.handle.rust));
    lines.push(String::new());
    lines.push(format!(
        "Reached by `client.{}`.",
        accessors(api, namespace)
    ));
    let children = children(api, Some(id), OF_THE_CLIENT);
    let operations = module
        .operations
        .iter()
        .map(|operation| operation::method(api, operation));
    let methods: Vec<Function> = children.into_iter().chain(operations).collect();
    let definition = Definition {
        front: Front::docs(lines).with([Attribute::of("derive", ["Clone", "Copy", "Debug"])]),
        head: format!("pub struct {name}<'a>"),
        members: vec![Member {
            front: Front::default(),
            text: "pub(crate) client: &'a Client".to_owned(),
        }],
    };
    let mut items = vec![definition.into()];
    if !methods.is_empty() {
        items.push(Impl::new(format!("impl<'a> {name}<'a>"), methods).into());
    }
    items
}

/// What the handles of namespaces lead from.
#[derive(Clone, Copy)]
pub(super) struct Handles {
    /// The module that they stand in.
    pub(super) root: &'static str,
    /// The field that holds what they lead from.
    pub(super) field: &'static str,
}

/// The handles of the client.
pub(super) const OF_THE_CLIENT: Handles = Handles {
    root: "crate::operations",
    field: "client",
};

/// The accessors of the namespaces in a namespace, or on the client.
pub(super) fn children(api: &Api, parent: Option<NamespaceId>, of: Handles) -> Vec<Function> {
    let mut children: Vec<&Namespace> = api
        .namespaces
        .iter()
        .filter(|namespace| namespace.parent == parent)
        .collect();
    children.sort_by_key(|namespace| &namespace.accessor.rust);
    children
        .into_iter()
        .map(|namespace| {
            let handle = module_path(of.root, &namespace.module, &namespace.handle.rust);
            // A handle is copied, so that it need not be kept: what it returns
            // borrows from what it leads from alone.
            let (receiver, lifetime, value) = match parent {
                Some(_) => ("self", "'a", format!("self.{}", of.field)),
                None => ("&self", "'_", "self".to_owned()),
            };
            let mut accessor = Function::new(
                format!("pub fn {}", ident_text(&namespace.accessor.rust)),
                [receiver],
                format!("{handle}<{lifetime}>"),
                vec![format!("{handle} {{ {}: {value} }}", of.field)],
            );
            accessor.front = docs::front(&namespace.docs, &format!("`{}`.", namespace.handle.rust))
                .with(gate::of_accessor(namespace))
                .must_use();
            accessor
        })
        .collect()
}

/// The path of what stands beside an operation, from the crate on.
pub(super) fn item_of(operation: &Operation, name: &str) -> String {
    module_path("operations", &operation.module, name)
}

/// The runtime's items that are named in modules of operations.
const OF_RUNTIME: [&str; 30] = [
    "Base64",
    "Base64Url",
    "ByteStream",
    "Call",
    "DecodeError",
    "Draft",
    "Endpoint",
    "Event",
    "EventStream",
    "FormField",
    "FormStyle",
    "Formatted",
    "IdempotencyKey",
    "JsonStream",
    "JsonText",
    "Multipart",
    "Operation",
    "Paginated",
    "Pagination",
    "Part",
    "PartStyle",
    "PathStyle",
    "QueryStyle",
    "Received",
    "Redirect",
    "RequestBody",
    "Secret",
    "Slot",
    "Unread",
    "header_values",
];

/// The imports that a module of operations needs.
fn imports(api: &Api, items: &[Item]) -> Vec<Import> {
    let map = api.map.name();
    let others = ["Client", "types", map];
    let used = Used::of(OF_RUNTIME.into_iter().chain(others), items);
    let mut imports = Vec::new();
    if used.has(map) {
        // A module of operations may be called like the package.
        let head = format!("use ::{}", api.map.module());
        imports.push(Import::names(&head, &[map]));
    }
    if used.has("Client") {
        imports.push(Import::names("use crate::client", &["Client"]));
    }
    let runtime = used.among(&OF_RUNTIME);
    if !runtime.is_empty() {
        imports.push(Import::names("use crate::runtime", &runtime));
    }
    if used.has("types") {
        imports.push(Import::names("use crate", &["types"]));
    }
    imports
}
