//! The examples of the document: each that fits its schema, with the type that
//! it has to decode into.

use serde_json::{Map, Value as Json};

use super::fits::Judge;
use super::rust_type::RustTypes;
use super::spec::{Direction, Spec, escaped};
use super::{Sample, Samples};
use crate::surface::{Surface, TypeEntry};

/// What schemas lead to whose examples are looked at.
struct Collector<'s, 'a> {
    spec: &'s Spec<'a>,
    types: &'s RustTypes<'a>,
    samples: &'s mut Samples,
    direction: Option<Direction>,
}

/// Adds all examples.
pub(super) fn collect<'a>(
    spec: &Spec<'a>,
    surface: &'a Surface,
    types: &RustTypes<'a>,
    components: &[(String, Vec<&'a TypeEntry>)],
    samples: &mut Samples,
) {
    let mut collector = Collector {
        spec,
        types,
        samples,
        direction: None,
    };
    for (name, found) in components {
        if let (Some(schema), [entry, ..]) = (spec.components().get(name), found.as_slice()) {
            let place = format!("#/components/schemas/{}", escaped(name));
            collector.direction = types.direction(entry);
            collector.schema(schema, Some(&entry.rust), &place, false, 50);
        }
    }
    for operation in &surface.operations {
        let path = format!("/paths/{}", escaped(&operation.path));
        let Some(item) = spec.root().pointer(&path) else {
            continue;
        };
        let method = operation.method.to_ascii_lowercase();
        let Some(node) = item.get(&method) else {
            continue;
        };
        let place = format!("#{path}/{method}");
        collector.direction = Some(Direction::Request);
        for entry in &operation.parameters {
            let lists = [node, item].map(|node| super::spec::list(node, "parameters"));
            let parameter = lists.into_iter().flatten().find_map(|parameter| {
                let parameter = spec.target(parameter);
                let found = parameter.get("name")?.as_str()? == entry.name
                    && parameter.get("in")?.as_str()? == entry.location;
                found.then_some(parameter)
            });
            if let Some(parameter) = parameter {
                let place = format!("{place}/parameters/{}", entry.name);
                collector.annotated(parameter, &entry.ty, &place);
            }
        }
        let body = node.get("requestBody").map(|body| spec.target(body));
        for entry in &operation.body {
            let place = format!("{place}/requestBody");
            collector.media(body, &entry.media, &entry.ty, &place);
        }
        collector.direction = Some(Direction::Response);
        for entry in &operation.responses {
            let (Some(media), Some(ty)) = (&entry.media, &entry.ty) else {
                continue;
            };
            let response = node.get("responses").and_then(|all| all.get(&entry.status));
            let response = response.map(|response| spec.target(response));
            let place = format!("{place}/responses/{}", entry.status);
            collector.media(response, media, ty, &place);
        }
    }
}

impl<'a> Collector<'_, 'a> {
    /// The media type of a body, if it is JSON.
    fn media(&mut self, body: Option<&'a Json>, media: &str, ty: &'a str, place: &str) {
        if !media.to_ascii_lowercase().contains("json") {
            return;
        }
        let node = body.and_then(|body| body.get("content")?.get(media));
        if let Some(node) = node {
            let place = format!("{place}/content/{}", escaped(media));
            self.annotated(node, ty, &place);
        }
    }

    /// A parameter or media type: its own examples, and those of its schema.
    fn annotated(&mut self, node: &'a Json, ty: &'a str, place: &str) {
        let Some(schema) = node.get("schema") else {
            return;
        };
        if let Some(example) = node.get("example") {
            self.add(schema, example, ty, format!("{place}/example"));
        }
        let named = node.get("examples").and_then(Json::as_object);
        for (name, example) in named.into_iter().flatten() {
            if let Some(value) = self.spec.target(example).get("value") {
                self.add(
                    schema,
                    value,
                    ty,
                    format!("{place}/examples/{}", escaped(name)),
                );
            }
        }
        self.schema(schema, Some(ty), &format!("{place}/schema"), false, 50);
    }

    /// A schema and those written inside of it. Of a `part`, an `allOf` member,
    /// the type is that of the whole, which an example need not be.
    fn schema(
        &mut self,
        schema: &'a Json,
        ty: Option<&'a str>,
        place: &str,
        part: bool,
        depth: usize,
    ) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        // What is behind a reference has a place of its own.
        if schema.get("$ref").is_some() {
            return;
        }
        if let Some(ty) = ty.filter(|_| !part) {
            if let Some(example) = schema.get("example") {
                self.add(schema, example, ty, format!("{place}/example"));
            }
            for (number, example) in super::spec::list(schema, "examples").iter().enumerate() {
                self.add(schema, example, ty, format!("{place}/examples/{number}"));
            }
        }
        let types = self.types;
        let properties = schema.get("properties").and_then(Json::as_object);
        for (name, property) in properties.into_iter().flat_map(Map::iter) {
            let ty = ty.and_then(|ty| types.property(ty, name));
            let place = format!("{place}/properties/{}", escaped(name));
            self.schema(property, ty, &place, false, depth);
        }
        if let Some(items) = schema.get("items") {
            let ty = ty.and_then(|ty| types.item(ty));
            self.schema(items, ty, &format!("{place}/items"), false, depth);
        }
        if let Some(values) = schema.get("additionalProperties") {
            let ty = ty.and_then(|ty| types.value(ty));
            let place = format!("{place}/additionalProperties");
            self.schema(values, ty, &place, false, depth);
        }
        for (number, member) in super::spec::list(schema, "allOf").iter().enumerate() {
            self.schema(member, ty, &format!("{place}/allOf/{number}"), true, depth);
        }
    }

    fn add(&mut self, schema: &'a Json, example: &Json, ty: &str, place: String) {
        let judge = Judge::new(self.spec, self.direction);
        // The schema of a stream of JSON is that of one value in it.
        let item = ty.split_once("::JsonStream<");
        let ty = item
            .and_then(|(_, item)| item.strip_suffix('>'))
            .unwrap_or(ty);
        // Types of what is not JSON cannot be decoded from it.
        let other = |part: &&str| ty.contains(*part);
        let is_other = ["bytes::", "Body", "Stream"].iter().any(other);
        if is_other && !ty.contains("::types::") || ty.contains("::EventStream<") {
            return;
        }
        if !judge.fits(schema, example) {
            self.samples.misfits += 1;
            return;
        }
        let ty = match example.is_null() {
            true => format!("Option<{ty}>"),
            false => ty.to_owned(),
        };
        let ty = self.samples.number(&ty);
        self.samples.examples.push(Sample {
            ty,
            place,
            case: "example".to_owned(),
            value: example.clone(),
            strict: false,
            breach: None,
        });
    }
}
