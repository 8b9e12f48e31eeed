//! Places: which schemas become types of their own, and what each belongs to.
//!
//! A component is its own place. An inline schema belongs to what it was
//! written in, so that its name does not depend on who refers to it or on the
//! order of the document; only schemas that merging made, which were written
//! nowhere, belong to the first that uses them.

use foldhash::HashSet;

use super::Lowerer;
use super::body::media_words;
use crate::graph::{Content, Schema, SchemaId, View};
use crate::model::{Alias, Docs, Item, ItemId, ItemKind, Name, Owner, Scalar, Type};
use crate::normalise::Kind;
use crate::source::Origin;

/// Where the walk stands.
#[derive(Clone)]
struct Place {
    owner: Owner,
    /// The schema that the owner was written as.
    origin: Origin,
}

impl Place {
    /// The place of what is inside of this one, by the words that lead to it.
    fn inside(&self, step: &str) -> Self {
        Self {
            owner: match &self.owner {
                Owner::Component => Owner::Component,
                Owner::Item(item, steps) => Owner::Item(*item, joined(steps, step)),
                Owner::Operation(operation, steps) => {
                    Owner::Operation(*operation, joined(steps, step))
                }
            },
            origin: self.origin,
        }
    }
}

/// Which schemas a walk has been to.
#[derive(Default)]
struct Way {
    /// Those it is inside of.
    path: Vec<SchemaId>,
    /// All of them: what merging made is used in more places than can be gone
    /// through one by one.
    walked: HashSet<SchemaId>,
}

impl Lowerer<'_> {
    /// Registers every schema that needs a type of its own.
    pub(super) fn place_items(&mut self) {
        self.newtypes();
        self.shared();
        let mut components: Vec<(String, SchemaId)> = self
            .graph
            .components
            .iter()
            .map(|id| {
                let name = self.graph.schema(*id).component.clone();
                (name.unwrap_or_default(), *id)
            })
            .collect();
        components.sort();
        for (name, id) in &components {
            if self.items.contains_key(id) {
                continue;
            }
            let words = match self.graph.schema(*id).view {
                Some(View::Request(_)) => format!("{name} request"),
                _ => name.clone(),
            };
            self.register(*id, Owner::Component, &words);
        }
        let roots = self.roots(&components);
        for written_here in [true, false] {
            let mut way = Way::default();
            for (id, place) in &roots {
                self.walk(*id, place, written_here, &mut way);
            }
        }
    }

    fn roots(&self, components: &[(String, SchemaId)]) -> Vec<(SchemaId, Place)> {
        let mut roots: Vec<(SchemaId, Place)> = Vec::new();
        for (_, id) in components {
            if let Some(item) = self.items.get(id) {
                let place = Place {
                    owner: Owner::Item(*item, String::new()),
                    origin: self.graph.schema(*id).origin,
                };
                roots.extend(self.children(*id, &place));
            }
        }
        let mut operations: Vec<usize> = (0..self.graph.operations.len()).collect();
        operations.sort_by(|first, second| {
            let key = |index: usize| {
                let operation = &self.graph.operations[index];
                (&operation.path, &operation.method)
            };
            key(*first).cmp(&key(*second))
        });
        for index in operations {
            let operation = &self.graph.operations[index];
            let place = |part: String, origin| Place {
                owner: Owner::Operation(index, part),
                origin,
            };
            for parameter in &operation.parameters {
                roots.push((
                    parameter.schema,
                    place(parameter.name.clone(), parameter.origin),
                ));
            }
            for (at, media) in operation
                .body
                .iter()
                .flat_map(|body| &body.media)
                .enumerate()
            {
                let mut part = "request".to_owned();
                if at > 0 {
                    part = format!("{} {part}", media_words(&media.media_type));
                }
                let place = place(part, media.origin);
                match &media.content {
                    Content::Multipart(schema, encodings) if self.has_parts(*schema, encodings) => {
                        // It is a struct of the operation, not a type.
                        let values = self.values_of_parts(*schema, encodings).into_iter();
                        let inside =
                            |(value, words): (SchemaId, String)| (value, place.inside(&words));
                        roots.extend(values.map(inside));
                    }
                    content => roots.extend(content.schema().map(|schema| (schema, place))),
                }
            }
            for response in &operation.responses {
                for (at, media) in response.media.iter().enumerate() {
                    let mut part = if response.is_success() && self.one_success(index) {
                        "response".to_owned()
                    } else {
                        format!("{} response", super::outcome::status_words(response.status))
                    };
                    if at > 0 {
                        part = format!("{} {part}", media_words(&media.media_type));
                    }
                    let schema = media.content.schema();
                    roots.extend(schema.map(|schema| (schema, place(part, response.origin))));
                }
                for header in &response.headers {
                    let part = format!("{} header", header.name);
                    roots.push((header.schema, place(part, header.origin)));
                }
            }
        }
        roots
    }

    /// Whether an operation documents one successful response only.
    fn one_success(&self, operation: usize) -> bool {
        let responses = &self.graph.operations[operation].responses;
        responses
            .iter()
            .filter(|response| response.is_success())
            .count()
            == 1
    }

    /// Registers what lies below `id`. In the first round only schemas that
    /// were written inside the place count.
    fn walk(&mut self, id: SchemaId, place: &Place, written_here: bool, way: &mut Way) {
        let schema = self.graph.schema(id);
        if schema.component.is_some() && self.items.contains_key(&id) {
            return;
        }
        let origin = schema.origin;
        if written_here && !self.source.is_within(origin, place.origin) {
            return;
        }
        if way.path.contains(&id) {
            // A list or map that holds itself, reached by a reference into the
            // middle of a schema: only a type of its own can.
            if !self.items.contains_key(&id) {
                self.register(id, place.owner.clone(), "");
            }
            return;
        }
        if !way.walked.insert(id) {
            return;
        }
        way.path.push(id);
        let place = if self.needs_type(id) {
            let item = match self.items.get(&id) {
                Some(item) => *item,
                None => self.register(id, place.owner.clone(), ""),
            };
            if self.schemas[item.0] != id {
                // Another schema has what is inside of the type.
                way.path.pop();
                return;
            }
            Place {
                owner: Owner::Item(item, String::new()),
                origin,
            }
        } else {
            place.clone()
        };
        for (child, place) in self.children(id, &place) {
            self.walk(child, &place, written_here, way);
        }
        way.path.pop();
    }

    /// The schemas inside `id`, each with the words that lead to it.
    fn children(&self, id: SchemaId, place: &Place) -> Vec<(SchemaId, Place)> {
        let inside = |step: &str| place.inside(step);
        if self.foreign.contains_key(&id) {
            return Vec::new();
        }
        match &self.shapes.shape(id).kind {
            Kind::Array(items) => vec![(*items, inside("item"))],
            Kind::Map(values) => vec![(*values, inside("value"))],
            Kind::Same(same) => vec![(*same, place.clone())],
            Kind::Object { fields, additional } => fields
                .iter()
                .map(|field| (field.schema, inside(&field.wire)))
                .chain(additional.map(|values| (values, inside("additional property"))))
                .collect(),
            Kind::Union(union) => union
                .variants
                .iter()
                .zip(self.variant_words(union))
                .map(|(variant, words)| (variant.schema, inside(&words)))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The name of a type. What its author chose for a schema with two views is
    /// the name of the response's.
    fn type_name(&self, words: &str, schema: &Schema) -> Name {
        let mut name = self.name(words, schema.rust_name.as_ref(), schema.origin);
        if let Some(View::Request(_)) = schema.view {
            let pin = format!("{} request", self.pointer(schema.origin));
            let pin = self.config.pins.get(&pin).cloned();
            let chosen = name.chosen.map(|chosen| format!("{chosen} request"));
            name.chosen = pin.or(chosen);
        }
        name
    }

    pub(super) fn register(&mut self, id: SchemaId, owner: Owner, words: &str) -> ItemId {
        let schema = self.graph.schema(id);
        let item = ItemId(self.api.items.len());
        self.items.insert(id, item);
        self.schemas.push(id);
        self.api.items.push(Item {
            origin: schema.origin,
            pointer: self.pointer(schema.origin),
            owner,
            name: self.type_name(words, schema),
            module: String::new(),
            docs: Docs::default(),
            deprecated: schema.deprecated,
            view: None,
            serialize: true,
            deserialize: true,
            holds_secret: false,
            checks: Vec::new(),
            derives: Vec::new(),
            // Until `define_items` comes by.
            kind: ItemKind::Alias(Alias {
                ty: Type::Scalar(Scalar::Any),
                newtype: false,
            }),
        });
        item
    }
}

fn joined(steps: &str, step: &str) -> String {
    if steps.is_empty() {
        step.to_owned()
    } else {
        format!("{steps} {step}")
    }
}
