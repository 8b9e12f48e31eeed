//! Chooses the samples of bodies and parameters: where the least value of a type
//! breaks its schema, another one that the schema allows.

use std::sync::atomic::AtomicBool;

use serde_json::Value as Json;

use super::{sample, sendable};
use crate::model::{Api, BodyContent, Operation, Parameter, Sample};
use crate::sample::{Budget, Direction, Judge, Spec, list, values};
use crate::source::Node;

/// What is chosen for the body and the parameters of an operation.
struct Chosen {
    choices: Vec<Sample>,
    path_parameters: Vec<Sample>,
    parameters: Vec<Sample>,
}

/// Chooses the samples of all operations. `root` is the upgraded document.
pub fn choose_samples(api: &mut Api, root: &Node) {
    let root = root.to_json();
    let spec = Spec::new(&root);
    let chosen: Vec<Chosen> = api
        .operations
        .iter()
        .map(|operation| of_operation(api, &spec, operation))
        .collect();
    let mut unknown = 0;
    for (operation, chosen) in api.operations.iter_mut().zip(chosen) {
        let choices = operation.body.iter_mut().flat_map(|body| &mut body.choices);
        let places = choices.map(|choice| &mut choice.sample);
        let places = places.zip(chosen.choices);
        let path = operation.path_parameters.iter_mut();
        let path = path.map(|parameter| &mut parameter.sample);
        let others = operation.parameters.iter_mut();
        let others = others.map(|parameter| &mut parameter.sample);
        let all = places
            .chain(path.zip(chosen.path_parameters))
            .chain(others.zip(chosen.parameters));
        for (place, sample) in all {
            unknown += usize::from(sample == Sample::Unknown);
            *place = sample;
        }
    }
    api.unknown_samples = unknown;
}

fn of_operation(api: &Api, spec: &Spec<'_>, operation: &Operation) -> Chosen {
    let found = Found::of(spec, operation);
    let body = operation.body.iter().flat_map(|body| &body.choices);
    let choices = body.map(|choice| {
        let (BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _)) =
            &choice.content
        else {
            return Sample::OfType;
        };
        let schema = found
            .as_ref()
            .and_then(|found| found.body(&choice.media_type));
        match (schema, sample::value(api, ty)) {
            (Some(schema), Some(value)) if choice.examples.is_empty() => {
                let needs_object = !matches!(choice.content, BodyContent::Json(_));
                let is_right = |value: &Json| !needs_object || value.is_object();
                chosen(spec, schema, &value, &is_right)
            }
            _ => Sample::OfType,
        }
    });
    let of_parameter = |parameter: &Parameter| {
        let schema = found.as_ref().and_then(|found| found.parameter(parameter));
        let is_sent = |value: &Json| sendable::is_sent(parameter, value);
        let is_needed = parameter.required && !parameter.example.as_ref().is_some_and(is_sent);
        match (schema, sample::parameter(api, parameter)) {
            (Some(schema), Some(value)) if is_needed => chosen(spec, schema, &value, &is_sent),
            _ => Sample::OfType,
        }
    };
    Chosen {
        choices: choices.collect(),
        path_parameters: operation.path_parameters.iter().map(of_parameter).collect(),
        parameters: operation.parameters.iter().map(of_parameter).collect(),
    }
}

/// The value of the type, or else one of the schema.
fn chosen<'a>(
    spec: &Spec<'a>,
    schema: &'a Json,
    of_type: &Json,
    is_right: &dyn Fn(&Json) -> bool,
) -> Sample {
    let never = AtomicBool::new(false);
    let fits = |value: &Json| {
        let budget = Budget::new(&never);
        let judge = Judge::by_the_word(spec, Direction::Request, &budget);
        // A check that is given up says nothing.
        judge.fits(schema, value) || budget.exceeded().is_some()
    };
    if fits(of_type) {
        return Sample::OfType;
    }
    let mut values = values(spec, schema, Direction::Request).into_iter();
    match values.find(|value| is_right(value) && fits(value)) {
        Some(value) => Sample::OfSchema(value),
        None => Sample::Unknown,
    }
}

/// An operation of the document, with its path item.
struct Found<'s, 'a> {
    spec: &'s Spec<'a>,
    item: &'a Json,
    operation: &'a Json,
}

impl<'s, 'a> Found<'s, 'a> {
    fn of(spec: &'s Spec<'a>, operation: &Operation) -> Option<Self> {
        let item = spec.target(spec.root().get("paths")?.get(&operation.path)?);
        let method = operation.method.to_ascii_lowercase();
        Some(Self {
            spec,
            item,
            operation: item.get(&method)?,
        })
    }

    fn body(&self, media_type: &str) -> Option<&'a Json> {
        let body = self.spec.target(self.operation.get("requestBody")?);
        body.get("content")?.get(media_type)?.get("schema")
    }

    fn parameter(&self, wanted: &Parameter) -> Option<&'a Json> {
        let all = [self.operation, self.item].into_iter();
        let mut all = all
            .flat_map(|owner| list(owner, "parameters"))
            .map(|parameter| self.spec.target(parameter));
        let found = all.find(|parameter| {
            parameter.get("name").and_then(Json::as_str) == Some(&wanted.wire)
                && parameter.get("in").and_then(Json::as_str) == Some(wanted.location.as_str())
        })?;
        let content = || {
            let content = found.get("content")?.as_object()?;
            content.values().next()?.get("schema")
        };
        found.get("schema").or_else(content)
    }
}
