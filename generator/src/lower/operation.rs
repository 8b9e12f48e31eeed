//! Operations: those of the graph in, the calls that the client offers out.

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::{self, Location};
use crate::model::{Body, Docs, Name, Operation, Parameter, ParameterStyle, Response};

impl Lowerer<'_> {
    pub(super) fn operations(&mut self) {
        let graph = self.graph;
        for operation in &graph.operations {
            let operation = self.operation(operation);
            self.api.operations.push(operation);
        }
        self.duplicate_ids();
    }

    fn operation(&mut self, operation: &graph::Operation) -> Operation {
        let words = operation.operation_id.clone().unwrap_or_else(|| {
            format!(
                "{} {}",
                operation.method.to_lowercase(),
                path_words(&operation.path)
            )
        });
        let name = self.name(&words, operation.rust_name.as_ref(), operation.origin);
        let (path_parameters, parameters): (Vec<Parameter>, Vec<Parameter>) = operation
            .parameters
            .iter()
            .map(|parameter| self.parameter(parameter))
            .partition(|parameter| parameter.location == Location::Path);
        let path_parameters = self.in_template_order(operation, path_parameters);
        let (output, failure) = self.outcomes(&operation.responses, operation.origin);
        let body = operation.body.as_ref().map(|body| self.body(body));
        Operation {
            origin: operation.origin,
            pointer: self.pointer(operation.origin),
            id: operation
                .operation_id
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, operation.path)),
            method: operation.method,
            path: operation.path.clone(),
            namespace: self.namespace(&operation.tags, operation.origin),
            marker: name.clone(),
            name,
            module: Vec::new(),
            docs: self.operation_docs(operation),
            deprecated: operation.deprecated,
            required_name: parameters
                .iter()
                .any(|parameter| parameter.required)
                .then(|| Name::new("", None, operation.origin)),
            path_parameters,
            parameters,
            body,
            accept: accept(operation),
            output,
            failure,
            security: operation.security.clone(),
            responses: operation
                .responses
                .iter()
                .map(|response| Response {
                    origin: response.origin,
                    status: response.status,
                    media: response
                        .media
                        .as_ref()
                        .map(|media| (media.media_type.clone(), self.content(media.content))),
                })
                .collect(),
            examples: self.response_examples(operation),
        }
    }

    fn operation_docs(&self, operation: &graph::Operation) -> Docs {
        let text = match (&operation.summary, &operation.description) {
            (Some(summary), Some(description)) if !description.starts_with(summary.as_str()) => {
                Some(format!("{}\n\n{description}", summary.trim_end()))
            }
            (summary, description) => description.clone().or_else(|| summary.clone()),
        };
        let mut notes = vec![format!("`{} {}`", operation.method, operation.path)];
        notes.extend(operation.external_docs.clone());
        for response in &operation.responses {
            for header in &response.headers {
                let description = header
                    .description
                    .as_deref()
                    .map(|text| {
                        format!(
                            ": {}",
                            text.split_whitespace().collect::<Vec<_>>().join(" ")
                        )
                    })
                    .unwrap_or_default();
                let note = format!(
                    "Response header `{}` ({}){description}",
                    header.name.replace('`', "'"),
                    response.status
                );
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        let mut docs = Docs { text, notes };
        docs.deprecate(operation.deprecation.as_ref());
        docs
    }

    fn parameter(&mut self, parameter: &graph::Parameter) -> Parameter {
        let schema = self.graph.schema(parameter.schema);
        let mut docs = self.docs(schema);
        docs.text = parameter.description.clone().or(docs.text);
        docs.deprecate(parameter.deprecation.as_ref());
        let example = parameter
            .example
            .as_ref()
            .or(schema.example.as_ref())
            .and_then(|example| self.fitting(parameter.schema, example))
            .map(|(value, _)| value);
        Parameter {
            origin: parameter.origin,
            wire: parameter.name.clone(),
            name: self.name(
                &parameter.name,
                parameter.rust_name.as_ref(),
                parameter.origin,
            ),
            location: parameter.location,
            style: ParameterStyle {
                explode: parameter.explode,
            },
            // Absent and null are the same in a parameter.
            ty: self.bare(parameter.schema),
            required: parameter.required,
            docs,
            deprecated: parameter.deprecated,
            example,
        }
    }

    fn body(&mut self, body: &graph::Body) -> Body {
        Body {
            origin: body.origin,
            name: Name::new("body", None, body.origin),
            media_type: body.media.media_type.clone(),
            content: self.content(body.media.content),
            required: body.required,
            docs: Docs {
                text: body.description.clone(),
                notes: Vec::new(),
            },
            examples: self.examples(&body.media, None),
        }
    }

    /// The path parameters as the template names them. What does not match is
    /// reported.
    fn in_template_order(
        &mut self,
        operation: &graph::Operation,
        parameters: Vec<Parameter>,
    ) -> Vec<Parameter> {
        let names = template_names(&operation.path);
        for parameter in &parameters {
            if !names.contains(&parameter.wire.as_str()) {
                self.report
                    .error(
                        Code::Contradiction,
                        parameter.origin,
                        format!(
                            "the path parameter `{}` is not in the path `{}`",
                            parameter.wire, operation.path
                        ),
                    )
                    .help(format!(
                        "write `{{{}}}` into the path, or remove the parameter",
                        parameter.wire
                    ));
            }
        }
        let mut ordered = Vec::new();
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                self.report
                    .error(
                        Code::Contradiction,
                        operation.origin,
                        format!("the path `{}` names `{{{name}}}` twice", operation.path),
                    )
                    .help("give the second a name of its own");
                continue;
            }
            match parameters.iter().find(|parameter| parameter.wire == *name) {
                Some(parameter) => ordered.push(parameter.clone()),
                None => {
                    self.report
                        .error(
                            Code::Contradiction,
                            operation.origin,
                            format!(
                                "the path `{}` names `{{{name}}}`, which is not declared",
                                operation.path
                            ),
                        )
                        .help(format!("declare a parameter `{name}` with `in: path`"));
                }
            }
        }
        ordered
    }

    fn duplicate_ids(&mut self) {
        for (index, operation) in self.api.operations.iter().enumerate() {
            let first = self.api.operations[..index]
                .iter()
                .find(|other| other.id == operation.id);
            if let Some(first) = first {
                self.report
                    .warn(
                        Code::Contradiction,
                        operation.origin,
                        format!(
                            "the operationId `{}` is also that of `{} {}`",
                            operation.id, first.method, first.path
                        ),
                    )
                    .help("operationIds are unique in a document; give one of the two another");
            }
        }
    }
}

/// The parameters that a path template names, in order.
fn template_names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

/// The words of a path: `/pets/{pet_id}` reads "pets by pet_id".
fn path_words(path: &str) -> String {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| segment.replace('{', "by ").replace('}', " "))
        .collect::<Vec<_>>()
        .join(" ")
}

fn accept(operation: &graph::Operation) -> String {
    let mut types: Vec<&str> = Vec::new();
    for response in &operation.responses {
        if let Some(media) = &response.media
            && !types.contains(&media.media_type.as_str())
        {
            types.push(&media.media_type);
        }
    }
    types.join(", ")
}
