//! Parameters: those of the graph in, those that a call takes out. Where a style
//! says nothing of such values, or path and parameters do not match, what is
//! nearest is taken and reported.

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::{self, Location, ParameterContent, SchemaId, Style};
use crate::model::{Docs, Name, Parameter, ParameterStyle, Sample, Scalar, Type};
use crate::normalise::Kind;

/// The forms that the values of a schema can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Forms {
    scalar: bool,
    list: bool,
    object: bool,
    /// Lists or objects with others in them.
    nested: bool,
}

impl Lowerer<'_> {
    pub(super) fn parameter(&mut self, parameter: &graph::Parameter) -> Parameter {
        let schema = self.graph.schema(parameter.schema);
        let mut docs = self.docs(schema);
        docs.text = parameter.description.clone().or(docs.text);
        let style = self.style(parameter, &mut docs);
        let example = parameter
            .example
            .as_ref()
            .or(schema.example.as_deref())
            .and_then(|example| self.fitting(parameter.schema, example));
        Parameter {
            origin: parameter.origin,
            wire: parameter.name.clone(),
            name: self.name(
                &parameter.name,
                parameter.rust_name.as_ref(),
                parameter.origin,
            ),
            location: parameter.location,
            style,
            // Absent and null are the same in a parameter.
            ty: self.bare(parameter.schema),
            required: parameter.required,
            docs,
            deprecated: parameter.deprecated,
            example,
            sample: Sample::default(),
        }
    }

    /// How a parameter is written, and a note where that needs one.
    fn style(&mut self, parameter: &graph::Parameter, docs: &mut Docs) -> ParameterStyle {
        if let Some(content) = parameter.content {
            docs.notes.extend(match content {
                ParameterContent::Json | ParameterContent::QueryJson => {
                    Some("Written as JSON.".to_owned())
                }
                ParameterContent::QueryForm => {
                    Some("Its properties are the parameters of the query.".to_owned())
                }
                ParameterContent::Text | ParameterContent::QueryText => None,
            });
            return ParameterStyle::Content(content);
        }
        let forms = self.forms(parameter.schema);
        let style = parameter.style;
        let explode = parameter.explode;
        let name = &parameter.name;
        let mut undefined = |what: &str, help: &str| {
            self.report
                .warn(
                    Code::UndefinedStyle,
                    parameter.origin,
                    format!(
                        "the style `{}` of the parameter `{name}` is not defined for {what}",
                        style.as_str()
                    ),
                )
                .help(help);
        };
        match style {
            Style::DeepObject => {
                if forms.list {
                    undefined(
                        "lists",
                        "items are written as `name[]=a&name[]=b`, and counted, \
                         `name[0][key]=a`, where they are lists or objects themselves",
                    );
                } else if forms.nested {
                    undefined(
                        "objects inside objects",
                        "brackets go on, `name[outer][inner]=a`, as most servers read them",
                    );
                } else if !forms.object {
                    undefined(
                        "values without properties",
                        "the value is written as `name=a`",
                    );
                }
            }
            Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited => {
                if explode && (forms.list || forms.object) {
                    undefined("exploded values", "it is written as the style `form`");
                } else if !forms.list && !forms.object {
                    undefined("single values", "it is written as the style `form`");
                }
            }
            Style::Simple | Style::Label | Style::Matrix | Style::Form => {}
        }
        if style != Style::DeepObject && forms.nested {
            undefined(
                "lists and objects inside others",
                "the inner ones are written as JSON; a parameter with \
                 `content: {application/json: …}` is JSON as a whole",
            );
            docs.notes
                .push("Lists and objects inside others are written as JSON.".to_owned());
        }
        ParameterStyle::Styled {
            style,
            explode,
            reserved: parameter.reserved,
        }
    }

    /// Returns the forms that the values of a schema can have.
    fn forms(&self, id: SchemaId) -> Forms {
        let mut forms = Forms::default();
        for alternative in self.alternatives(id) {
            let one = self.form(alternative);
            forms = Forms {
                scalar: forms.scalar || one.scalar,
                list: forms.list || one.list,
                object: forms.object || one.object,
                nested: forms.nested || one.nested,
            };
        }
        forms
    }

    /// Returns the forms of a schema that is no union.
    fn form(&self, id: SchemaId) -> Forms {
        let object = Forms {
            object: true,
            ..Forms::default()
        };
        let is_written = |id: &SchemaId| self.shapes.shape(*id).kind != Kind::Any;
        match &self.shapes.shape(id).kind {
            // Whatever the caller makes of it.
            Kind::Any => Forms {
                scalar: true,
                ..object
            },
            Kind::Array(items) => Forms {
                list: true,
                nested: self.holds_others(*items),
                ..Forms::default()
            },
            Kind::Map(values) => Forms {
                nested: is_written(values) && self.holds_others(*values),
                ..object
            },
            Kind::Object { fields, .. } => {
                let mut written = fields.iter().map(|field| field.schema).filter(is_written);
                Forms {
                    nested: written.any(|field| self.holds_others(field)),
                    ..object
                }
            }
            _ => Forms {
                scalar: true,
                ..Forms::default()
            },
        }
    }

    /// Whether values of a schema can be lists or objects.
    fn holds_others(&self, id: SchemaId) -> bool {
        self.alternatives(id).into_iter().any(|one| {
            matches!(
                self.shapes.shape(one).kind,
                Kind::Any | Kind::Array(_) | Kind::Map(_) | Kind::Object { .. }
            )
        })
    }

    /// The path parameters as the template names them. What does not match is
    /// mended and reported.
    pub(super) fn in_template_order(
        &mut self,
        operation: &graph::Operation,
        mut parameters: Vec<Parameter>,
    ) -> Vec<Parameter> {
        let names = template_names(&operation.path);
        let mut ordered: Vec<Parameter> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                self.report
                    .warn(
                        Code::Contradiction,
                        operation.origin,
                        format!("the path `{}` names `{{{name}}}` twice", operation.path),
                    )
                    .help("both get the same value; give the second a name of its own");
                continue;
            }
            let same = |parameter: &Parameter| parameter.wire == *name;
            // Names are compared with their case, unless nothing fits then.
            let alike = |parameter: &Parameter| {
                parameter.wire.eq_ignore_ascii_case(name)
                    && !names.contains(&parameter.wire.as_str())
            };
            let found = parameters
                .iter()
                .position(same)
                .or_else(|| parameters.iter().position(alike));
            match found {
                Some(found) => {
                    let mut parameter = parameters.remove(found);
                    if parameter.wire != *name {
                        self.report
                            .warn(
                                Code::Contradiction,
                                parameter.origin,
                                format!(
                                    "the path `{}` names `{{{name}}}`, the parameter is named `{}`",
                                    operation.path, parameter.wire
                                ),
                            )
                            .help("it is taken as the one in the path");
                        (*name).clone_into(&mut parameter.wire);
                    }
                    ordered.push(parameter);
                }
                None => {
                    self.report
                        .warn(
                            Code::Contradiction,
                            operation.origin,
                            format!(
                                "the path `{}` names `{{{name}}}`, which is not declared",
                                operation.path
                            ),
                        )
                        .help(format!(
                            "any text is taken; declare a parameter `{name}` with `in: path`"
                        ));
                    ordered.push(undeclared(operation, name));
                }
            }
        }
        for parameter in &parameters {
            self.report
                .warn(
                    Code::Contradiction,
                    parameter.origin,
                    format!(
                        "the path parameter `{}` is not in the path `{}`",
                        parameter.wire, operation.path
                    ),
                )
                .help(format!(
                    "it is left out; write `{{{}}}` into the path, or remove the parameter",
                    parameter.wire
                ));
        }
        ordered
    }

    /// Reports what a path has that no path of OpenAPI has.
    pub(super) fn check_path(&mut self, operation: &graph::Operation) {
        for (mark, what, help) in [
            ('?', "a query", "it is sent with every request"),
            ('#', "a fragment", "it is not sent"),
        ] {
            if outside_braces(&operation.path).any(|character| character == mark) {
                self.report
                    .warn(
                        Code::InvalidValue,
                        operation.origin,
                        format!("the path `{}` has {what} in it", operation.path),
                    )
                    .help(help);
            }
        }
    }
}

/// A parameter that stands in the path and nowhere else.
fn undeclared(operation: &graph::Operation, name: &str) -> Parameter {
    Parameter {
        origin: operation.origin,
        wire: name.to_owned(),
        name: Name::new(name, None, operation.origin),
        location: Location::Path,
        style: ParameterStyle::Styled {
            style: Style::Simple,
            explode: false,
            reserved: false,
        },
        ty: Type::Scalar(Scalar::String),
        required: true,
        docs: Docs::default(),
        deprecated: false,
        example: None,
        sample: Sample::default(),
    }
}

/// The parameters that a path template names, in order.
fn template_names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

fn outside_braces(path: &str) -> impl Iterator<Item = char> {
    let mut depth = 0_usize;
    path.chars().filter(move |character| {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}
