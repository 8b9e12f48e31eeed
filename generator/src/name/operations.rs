//! The names of namespaces, operations and their parameters.

use std::collections::{BTreeMap, BTreeSet};

use super::types::{module_name, module_words};
use super::{Namer, derived};
use crate::model::{Api, BodyContent, Name, NamespaceId, Operation, Outcome};

/// Methods of the client itself that are not of the document.
const CLIENT_METHODS: [&str; 4] = ["builder", "clone", "new", "request"];

/// Methods of every call that are not of the document.
const CALL_METHODS: [&str; 4] = ["build", "options", "send", "send_raw"];

/// Types of the runtime and of the prelude that modules of operations use
/// without a path.
const MODULE_TYPES: [&str; 32] = [
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
    "Into",
    "JsonStream",
    "Multipart",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Part",
    "Received",
    "RequestBody",
    "Result",
    "Secret",
    "Self",
    "Some",
    "String",
    "Unread",
    "Value",
    "Vec",
    "Base64",
];

/// The module of operations without a tag.
const UNTAGGED: &str = "untagged";

impl Namer<'_> {
    pub(super) fn operations(&mut self, api: &mut Api) {
        self.accessors_and_methods(api);
        self.modules_of_operations(api);
        self.types_of_operations(api);
        for operation in &mut api.operations {
            self.arguments(operation);
        }
    }

    /// The accessors below each namespace, and beside them the operations.
    fn accessors_and_methods(&mut self, api: &mut Api) {
        let parents: BTreeSet<Option<NamespaceId>> = api
            .namespaces
            .iter()
            .map(|namespace| namespace.parent)
            .chain(api.operations.iter().map(|operation| operation.namespace))
            .collect();
        for parent in parents {
            let reserved: &[&str] = if parent.is_none() {
                &CLIENT_METHODS
            } else {
                &["clone", "new"]
            };
            let mut scope = self.snake(reserved);
            scope.assign(
                api.namespaces
                    .iter_mut()
                    .filter(|namespace| namespace.parent == parent)
                    .map(|namespace| &mut namespace.accessor)
                    .collect(),
            );
            scope.assign(
                api.operations
                    .iter_mut()
                    .filter(|operation| operation.namespace == parent)
                    .map(|operation| &mut operation.name)
                    .collect(),
            );
        }
    }

    /// A module for each namespace, inside that of the namespace around it, and
    /// modules for operations without a tag, by the first segment of the path.
    fn modules_of_operations(&mut self, api: &mut Api) {
        let parents: BTreeSet<Option<NamespaceId>> = api
            .namespaces
            .iter()
            .map(|namespace| namespace.parent)
            .collect();
        // A namespace comes after the one around it.
        for parent in parents {
            let around = parent
                .map(|parent| api.namespaces[parent.0].module.clone())
                .unwrap_or_default();
            let mut names: Vec<(usize, Name)> = api
                .namespaces
                .iter()
                .enumerate()
                .filter(|(_, namespace)| namespace.parent == parent)
                .map(|(index, namespace)| {
                    let accessor = &namespace.accessor;
                    let words = module_words(&accessor.rust);
                    (index, Name::new(words, None, accessor.origin))
                })
                .collect();
            self.snake(&[UNTAGGED])
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
        self.snake(&[]).assign(segments.values_mut().collect());
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
        let modules: BTreeSet<Vec<String>> = api
            .namespaces
            .iter()
            .map(|namespace| namespace.module.clone())
            .chain(
                api.operations
                    .iter()
                    .map(|operation| operation.module.clone()),
            )
            .collect();
        for module in modules {
            let mut scope = self.pascal(&MODULE_TYPES, "Operation");
            scope.assign(
                api.namespaces
                    .iter_mut()
                    .filter(|namespace| namespace.module == module)
                    .map(|namespace| &mut namespace.handle)
                    .collect(),
            );
            let mut operations: Vec<&mut Operation> = api
                .operations
                .iter_mut()
                .filter(|operation| operation.module == module)
                .collect();
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
                        if let BodyContent::Parts(parts) = &mut choice.content {
                            derived(&mut parts.name, format!("{marker} {}", choice.name.words));
                            others.push(&mut parts.name);
                            if let Some(name) = &mut parts.structure.required_name {
                                derived(name, format!("{marker} {} Required", choice.name.words));
                                others.push(name);
                            }
                        }
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

    fn arguments(&mut self, operation: &mut Operation) {
        // The parameters that are setters of the call share their scope with
        // the positional ones, so that a reader never meets one name twice.
        let mut names: Vec<&mut Name> = operation
            .path_parameters
            .iter_mut()
            .chain(&mut operation.parameters)
            .map(|parameter| &mut parameter.name)
            .collect();
        if let Some(body) = &mut operation.body {
            names.push(&mut body.name);
        }
        let mut reserved = CALL_METHODS.to_vec();
        reserved.extend(["required", "draft"]);
        self.snake(&reserved).assign(names);
        if let Some(body) = &mut operation.body {
            let choices = body.choices.iter_mut();
            self.pascal(&[], "Media")
                .assign(choices.map(|choice| &mut choice.name).collect());
            for choice in &mut body.choices {
                if let BodyContent::Parts(parts) = &mut choice.content {
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

/// The first segment of a path that is no parameter.
fn first_segment(path: &str) -> String {
    path.split('/')
        .find(|segment| !segment.is_empty() && !segment.starts_with('{'))
        .unwrap_or("root")
        .to_owned()
}
