//! The names of namespaces, operations and their parameters.

use std::collections::BTreeMap;

use super::types::{FILE_NAMES, module_name, module_words};
use super::{Namer, Wish, derived, prefix};
use crate::graph::Location;
use crate::model::{
    Api, BodyChoice, BodyContent, Name, NamespaceId, Operation, Outcome, PartsStruct,
};

/// Methods of the client itself that are not of the document. `into` and
/// `try_into` of the prelude take a client by value and so hide a method that
/// borrows it.
const CLIENT_METHODS: [&str; 7] = [
    "builder", "clone", "from_env", "into", "new", "request", "try_into",
];

/// Methods of every call that are not of the document.
const CALL_METHODS: [&str; 6] = [
    "build",
    "options",
    "send",
    "send_blocking",
    "send_raw",
    "send_raw_blocking",
];

/// Types of the runtime and of the prelude that modules of operations use
/// without a path.
const MODULE_TYPES: [&str; 44] = [
    "AsRef",
    "BTreeMap",
    "Box",
    "ByteStream",
    "Call",
    "Client",
    "DecodeError",
    "Draft",
    "Endpoint",
    "Err",
    "Event",
    "EventStream",
    "FormField",
    "FormStyle",
    "IdempotencyKey",
    "Into",
    "JsonStream",
    "JsonText",
    "Multipart",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Paginated",
    "Pagination",
    "Part",
    "PartStyle",
    "PathStyle",
    "QueryStyle",
    "Received",
    "Redirect",
    "RequestBody",
    "Result",
    "Secret",
    "Self",
    "Slot",
    "Some",
    "String",
    "Unread",
    "Value",
    "Vec",
    "Base64",
    "Base64Url",
    "Formatted",
];

/// The module of operations without a tag.
const UNTAGGED: &str = "untagged";

impl Namer<'_> {
    pub(super) fn operations(&mut self, api: &mut Api) {
        self.accessors_and_methods(api);
        self.modules_of_operations(api);
        self.types_of_operations(api);
        self.each(&mut api.operations, |namer, operation| {
            namer.arguments(operation);
        });
    }

    /// The accessors below each namespace, and beside them the operations.
    fn accessors_and_methods(&mut self, api: &mut Api) {
        let mut accessors: BTreeMap<Option<NamespaceId>, Vec<&mut Name>> = BTreeMap::new();
        for namespace in &mut api.namespaces {
            let siblings = accessors.entry(namespace.parent).or_default();
            siblings.push(&mut namespace.accessor);
        }
        for (parent, names) in accessors {
            self.snake(reserved_methods(parent)).assign(names);
        }
        let mut taken: BTreeMap<Option<NamespaceId>, Vec<String>> = BTreeMap::new();
        for namespace in &api.namespaces {
            let siblings = taken.entry(namespace.parent).or_default();
            siblings.push(namespace.accessor.rust.clone());
        }
        let mut members: BTreeMap<Option<NamespaceId>, Vec<usize>> = BTreeMap::new();
        for (index, operation) in api.operations.iter().enumerate() {
            members.entry(operation.namespace).or_default().push(index);
        }
        for (namespace, members) in &members {
            if let Some(id) = namespace {
                let taken = taken.get(namespace).into_iter().flatten();
                let reserved = reserved_methods(*namespace).iter();
                let taken = taken.map(String::as_str).chain(reserved.copied());
                prefix::shorten(api, &mut self.identifiers, *id, members, taken);
            }
        }
        let mut methods: BTreeMap<Option<NamespaceId>, Vec<&mut Name>> = BTreeMap::new();
        for operation in &mut api.operations {
            let siblings = methods.entry(operation.namespace).or_default();
            siblings.push(&mut operation.name);
        }
        for (namespace, names) in methods {
            let taken = taken.remove(&namespace).unwrap_or_default();
            self.snake(reserved_methods(namespace))
                .beside(taken.into_iter().collect())
                .assign(names);
        }
    }

    /// A module for each namespace, inside that of the namespace around it, and
    /// modules for operations without a tag, by the first segment of the path.
    fn modules_of_operations(&mut self, api: &mut Api) {
        let mut siblings: BTreeMap<Option<NamespaceId>, Vec<(usize, Name)>> = BTreeMap::new();
        for (index, namespace) in api.namespaces.iter().enumerate() {
            let accessor = &namespace.accessor;
            let words = module_words(&accessor.rust);
            let name = Name::new(words, None, accessor.origin);
            let siblings = siblings.entry(namespace.parent).or_default();
            siblings.push((index, name));
        }
        // A namespace comes after the one around it.
        for (parent, mut names) in siblings {
            let around = parent
                .map(|parent| api.namespaces[parent.0].module.clone())
                .unwrap_or_default();
            let mut reserved = FILE_NAMES.to_vec();
            reserved.push(UNTAGGED);
            self.snake(&reserved)
                .hidden()
                .assign(names.iter_mut().map(|(_, name)| name).collect());
            for (index, name) in names {
                let mut module = around.clone();
                module.push(module_name(name));
                api.namespaces[index].module = module;
            }
        }
        let mut segments: BTreeMap<String, Name> = BTreeMap::new();
        for operation in &api.operations {
            if operation.namespace.is_none() {
                segments
                    .entry(first_segment(&operation.path))
                    .or_insert_with_key(|segment| {
                        Name::new(module_words(segment), None, operation.origin)
                    });
            }
        }
        self.snake(&FILE_NAMES)
            .hidden()
            .assign(segments.values_mut().collect());
        for index in 0..api.operations.len() {
            let operation = &api.operations[index];
            api.operations[index].module = match operation.namespace {
                Some(namespace) => api.namespaces[namespace.0].module.clone(),
                None => vec![
                    UNTAGGED.to_owned(),
                    module_name(segments[&first_segment(&operation.path)].clone()),
                ],
            };
        }
    }

    /// In each module: the namespace's handle, and the types that stand for its
    /// operations.
    fn types_of_operations(&mut self, api: &mut Api) {
        let mut handles: BTreeMap<Vec<String>, Vec<&mut Name>> = BTreeMap::new();
        for namespace in &mut api.namespaces {
            let handles = handles.entry(namespace.module.clone()).or_default();
            handles.push(&mut namespace.handle);
        }
        let mut modules: BTreeMap<Vec<String>, Vec<&mut Operation>> = BTreeMap::new();
        for module in handles.keys() {
            modules.entry(module.clone()).or_default();
        }
        for operation in &mut api.operations {
            let members = modules.entry(operation.module.clone()).or_default();
            members.push(operation);
        }
        for (module, mut operations) in modules {
            let mut scope = self.pascal(&MODULE_TYPES, "Operation").hidden();
            scope.assign(handles.remove(&module).unwrap_or_default());
            for operation in &mut operations {
                // Two operations with the same id have different methods; their
                // types go with those.
                let method = operation.name.rust.clone();
                derived(&mut operation.marker, method);
                operation.marker.chosen = None;
            }
            scope.assign(
                operations
                    .iter_mut()
                    .map(|operation| &mut operation.marker)
                    .collect(),
            );
            let mut others = Vec::new();
            for operation in operations {
                let marker = operation.marker.rust.clone();
                derived(&mut operation.call, format!("{marker} Call"));
                others.push(&mut operation.call);
                if let Some(name) = &mut operation.required_name {
                    derived(name, format!("{marker} Required"));
                    others.push(name);
                }
                for headers in [
                    &mut operation.output_headers,
                    &mut operation.failure_headers,
                ]
                .into_iter()
                .flatten()
                {
                    let words = format!("{marker} {}", headers.name.words);
                    derived(&mut headers.name, words);
                    others.push(&mut headers.name);
                }
                if let Some(body) = &mut operation.body {
                    if let Some(name) = &mut body.enum_name {
                        derived(name, format!("{marker} Body"));
                        others.push(name);
                    }
                    for choice in &mut body.choices {
                        others.extend(names_of_parts(&marker, choice));
                    }
                }
                for outcome in [&mut operation.output, &mut operation.failure] {
                    if let Outcome::ByStatus(outcome) = outcome {
                        let words = format!("{marker} {}", outcome.name.words);
                        derived(&mut outcome.name, words);
                        others.push(&mut outcome.name);
                    }
                }
            }
            scope.assign(others);
        }
    }

    /// Names what a call is given and what it gives, which is of no concern to
    /// any other.
    fn arguments(&mut self, operation: &mut Operation) {
        // The parameters that are setters of the call share their scope with
        // the positional ones, so that a reader never meets one name twice. Of
        // two with one name, the location tells the other.
        let mut wishes: Vec<Wish<'_>> = operation
            .path_parameters
            .iter_mut()
            .chain(&mut operation.parameters)
            .map(|parameter| Wish {
                otherwise: (parameter.location != Location::Path)
                    .then(|| format!("{} {}", parameter.name.words, parameter.location.as_str())),
                name: &mut parameter.name,
            })
            .collect();
        if let Some(body) = &mut operation.body {
            wishes.push(Wish {
                otherwise: Some("request body".to_owned()),
                name: &mut body.name,
            });
        }
        let mut reserved = CALL_METHODS.to_vec();
        reserved.extend(["required", "draft"]);
        if operation.pagination.is_some() {
            reserved.extend(["items", "pages"]);
        }
        self.snake(&reserved).grant(wishes);
        if let Some(body) = &mut operation.body {
            let choices = body.choices.iter_mut();
            self.pascal(&[], "Media")
                .assign(choices.map(|choice| &mut choice.name).collect());
            for choice in &mut body.choices {
                if let BodyContent::PartsUnion(union) = &mut choice.content {
                    let variants = union.variants.iter_mut();
                    self.pascal(&["Self"], "Variant")
                        .assign(variants.map(|variant| &mut variant.name).collect());
                }
                for parts in choice.content.parts_mut() {
                    self.fields(&mut parts.structure);
                }
            }
        }
        for headers in [
            &mut operation.output_headers,
            &mut operation.failure_headers,
        ]
        .into_iter()
        .flatten()
        {
            let fields = headers.fields.iter_mut();
            self.snake(&["from_headers"])
                .assign(fields.map(|field| &mut field.name).collect());
        }
        for outcome in [&mut operation.output, &mut operation.failure] {
            if let Outcome::ByStatus(outcome) = outcome {
                self.pascal(&[], "Status").assign(
                    outcome
                        .variants
                        .iter_mut()
                        .map(|variant| &mut variant.name)
                        .collect(),
                );
            }
        }
    }
}

/// The names of the types that are made for a multipart body.
fn names_of_parts<'a>(marker: &str, choice: &'a mut BodyChoice) -> Vec<&'a mut Name> {
    let words = format!("{marker} {}", choice.name.words);
    let mut names = Vec::new();
    let (structs, is_union): (Vec<&mut PartsStruct>, _) = match &mut choice.content {
        BodyContent::PartsUnion(union) => {
            derived(&mut union.name, words.clone());
            names.push(&mut union.name);
            let variants = union.variants.iter_mut();
            (variants.map(|variant| &mut variant.parts).collect(), true)
        }
        content => (content.parts_mut().collect(), false),
    };
    for parts in structs {
        let words = match is_union {
            true => format!("{words} {}", parts.name.words),
            false => words.clone(),
        };
        derived(&mut parts.name, words.clone());
        names.push(&mut parts.name);
        if let Some(name) = &mut parts.structure.required_name {
            derived(name, format!("{words} Required"));
            names.push(name);
        }
    }
    names
}

/// The methods of the client, or of a namespace, that are not of the document.
fn reserved_methods(namespace: Option<NamespaceId>) -> &'static [&'static str] {
    match namespace {
        None => &CLIENT_METHODS,
        Some(_) => &["clone", "new"],
    }
}

/// The first segment of a path that is no parameter.
fn first_segment(path: &str) -> String {
    path.split('/')
        .find(|segment| !segment.is_empty() && !segment.starts_with('{'))
        .unwrap_or("root")
        .to_owned()
}
