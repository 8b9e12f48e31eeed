//! Chooses the samples of bodies and parameters: where the least value of a type
//! breaks its schema, another one that the schema allows.

use std::collections::HashMap;
use std::mem::discriminant;
use std::sync::atomic::AtomicBool;

use serde_json::{Value as Json, json};

use super::{sample, sendable};
use crate::model::{Api, BodyContent, Operation, Parameter, Sample, Struct};
use crate::sample::{Budget, Direction, Excerpt, Judge, Spec, escaped, list, values};
use crate::source::Node;

/// What is chosen for the body and the parameters of an operation.
struct Chosen {
    choices: Vec<Sample>,
    path_parameters: Vec<Sample>,
    parameters: Vec<Sample>,
}

/// Chooses the samples of all operations. `root` is the upgraded document.
pub fn choose_samples(api: &mut Api, root: &Node) {
    let requests = requests(api, root);
    let spec = Spec::new(&requests);
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

/// What the document says of bodies and parameters.
fn requests(api: &Api, root: &Node) -> Json {
    let mut excerpt = Excerpt::new(root);
    for operation in &api.operations {
        let item = format!("/paths/{}", escaped(&operation.path));
        let own = format!("{item}/{}", operation.method.to_ascii_lowercase());
        if root.pointer(&format!("{item}/$ref")).is_some() {
            excerpt.add(item);
            continue;
        }
        excerpt.add(format!("{item}/parameters"));
        excerpt.add(format!("{own}/parameters"));
        excerpt.add(format!("{own}/requestBody"));
    }
    excerpt.into_json()
}

fn of_operation(api: &Api, spec: &Spec<'_>, operation: &Operation) -> Chosen {
    let found = Found::of(spec, operation);
    let body = operation.body.iter().flat_map(|body| &body.choices);
    let choices = body.map(|choice| {
        let schema = found
            .as_ref()
            .and_then(|found| found.body(&choice.media_type));
        if let (Some(schema), Some(parts)) = (schema, parts(&choice.content))
            && choice.examples.is_empty()
        {
            return of_parts(api, spec, schema, parts);
        }
        let (BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _)) =
            &choice.content
        else {
            return Sample::OfType;
        };
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

/// The struct of a multipart body with files; of a union, that of its first
/// variant.
fn parts(content: &BodyContent) -> Option<&Struct> {
    match content {
        BodyContent::Parts(parts) => Some(&parts.structure),
        BodyContent::PartsUnion(union) => Some(&union.variants.first()?.parts.structure),
        _ => None,
    }
}

/// The least value of the struct, with each property that is no file held
/// against its own schema.
fn of_parts<'a>(api: &Api, spec: &Spec<'a>, schema: &'a Json, parts: &Struct) -> Sample {
    let Some(Json::Object(mut object)) = sample::structure(api, parts) else {
        return Sample::OfType;
    };
    let mut is_of_type = true;
    for (name, value) in &mut object {
        let is_file = value.is_null() || *value == json!([null]);
        let Some(schema) = property(spec, schema, name, 0).filter(|_| !is_file) else {
            continue;
        };
        // A part of a type such as XML is a text, whatever its schema says.
        let is_alike = |other: &Json| discriminant(other) == discriminant(value);
        if !values(spec, schema, Direction::Request)
            .iter()
            .all(is_alike)
        {
            continue;
        }
        match chosen(spec, schema, value, &|_| true) {
            Sample::OfType => {}
            Sample::OfSchema(other) => {
                *value = other;
                is_of_type = false;
            }
            Sample::Unknown => return Sample::Unknown,
        }
    }
    match is_of_type {
        true => Sample::OfType,
        false => Sample::OfSchema(Json::Object(object)),
    }
}

/// The schema of a property, which may stand in a member of an `allOf` or in a
/// variant of a union.
fn property<'a>(spec: &Spec<'a>, schema: &'a Json, name: &str, depth: usize) -> Option<&'a Json> {
    /// How deep members are looked into: they may lead back to where they are.
    const DEEPEST: usize = 8;
    let schema = spec.target(schema);
    let own = schema.get("properties").and_then(|all| all.get(name));
    let below = || {
        ["allOf", "oneOf", "anyOf"]
            .into_iter()
            .flat_map(|keyword| list(schema, keyword))
            .filter(|_| depth < DEEPEST)
            .find_map(|member| property(spec, member, name, depth + 1))
    };
    own.or_else(below)
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
    operation: &'a Json,
    /// Its parameters, by where they are sent and their names: its own count
    /// before those of its path item.
    parameters: HashMap<(&'a str, &'a str), &'a Json>,
}

impl<'s, 'a> Found<'s, 'a> {
    fn of(spec: &'s Spec<'a>, operation: &Operation) -> Option<Self> {
        let item = spec.target(spec.root().get("paths")?.get(&operation.path)?);
        let operation = item.get(operation.method.to_ascii_lowercase())?;
        let all = [item, operation].into_iter();
        let all = all
            .flat_map(|owner| list(owner, "parameters"))
            .map(|parameter| spec.target(parameter));
        let parameters = all.filter_map(|parameter| {
            let location = parameter.get("in")?.as_str()?;
            Some(((location, parameter.get("name")?.as_str()?), parameter))
        });
        Some(Self {
            spec,
            operation,
            parameters: parameters.collect(),
        })
    }

    fn body(&self, media_type: &str) -> Option<&'a Json> {
        let body = self.spec.target(self.operation.get("requestBody")?);
        body.get("content")?.get(media_type)?.get("schema")
    }

    fn parameter(&self, wanted: &Parameter) -> Option<&'a Json> {
        let key = (wanted.location.as_str(), wanted.wire.as_str());
        let found = self.parameters.get(&key)?;
        let content = || {
            let content = found.get("content")?.as_object()?;
            content.values().next()?.get("schema")
        };
        found.get("schema").or_else(content)
    }
}
