//! Normalise: a [`Graph`] in, one uniform [`Shape`] for each schema that is used
//! out. `allOf`
//! is merged, nullability is a flag, enums and unions have one form each; what
//! has no effect on the client is reported.

mod enumeration;
mod merge;
mod shape;
#[cfg(test)]
mod tests;
mod union;

use std::collections::HashMap;

pub use shape::{
    EnumValue, Field, IntegerFormat, Kind, NumberFormat, Shape, StringFormat, Union, UnionVariant,
};

use crate::diagnostic::{Code, Report};
use crate::graph::{Additional, Content, Graph, JsonType, Schema, SchemaId};

/// A graph with the shape of every schema that a value can have.
#[derive(Clone, Debug)]
pub struct Shapes {
    /// The graph, grown by the schemas that merging made.
    pub graph: Graph,
    /// By schema; `None` for the pieces that were merged into others.
    shapes: Vec<Option<Shape>>,
}

impl Shapes {
    /// The shape of a schema. A piece that was merged into others, and that
    /// nothing else refers to, has none and counts as any value.
    #[must_use]
    pub fn shape(&self, id: SchemaId) -> &Shape {
        const ANY: &Shape = &Shape {
            nullable: false,
            kind: Kind::Any,
        };
        self.shapes
            .get(id.0 as usize)
            .and_then(Option::as_ref)
            .unwrap_or(ANY)
    }
}

/// Finds the shape of every schema that a component, a parameter, a body or a
/// response leads to.
#[must_use]
pub fn normalise(graph: Graph, report: &mut Report) -> Shapes {
    let mut open = roots(&graph);
    let mut normaliser = Normaliser {
        graph,
        report,
        intersections: HashMap::new(),
        depths: HashMap::new(),
        too_deep: false,
    };
    let mut shapes: Vec<Option<Shape>> = Vec::new();
    // Last in, first out, so the roots are turned to start with the first.
    open.reverse();
    while let Some(id) = open.pop() {
        let index = id.0 as usize;
        if shapes.len() <= index {
            shapes.resize(index + 1, None);
        }
        if shapes[index].is_none() {
            let shape = normaliser.shape(id);
            open.extend(shape.children().into_iter().rev());
            shapes[index] = Some(shape);
        }
    }
    break_circles(&normaliser.graph, &mut shapes, normaliser.report);
    Shapes {
        graph: normaliser.graph,
        shapes,
    }
}

/// Reports schemas that are the same as themselves by way of others, and lets
/// them be any value, so that later stages can follow `Kind::Same` to its end.
fn break_circles(graph: &Graph, shapes: &mut [Option<Shape>], report: &mut Report) {
    for start in 0..shapes.len() {
        let mut at = start;
        for _ in 0..=shapes.len() {
            match shapes
                .get(at)
                .and_then(Option::as_ref)
                .map(|shape| &shape.kind)
            {
                Some(Kind::Same(next)) => at = next.0 as usize,
                _ => break,
            }
            if at == start {
                report
                    .error(
                        Code::CircularReference,
                        graph.schemas[start].origin,
                        "the schema is only another name for itself",
                    )
                    .help("let one of the schemas in the circle say what a value is");
                shapes[start] = Some(Shape {
                    nullable: false,
                    kind: Kind::Any,
                });
                break;
            }
        }
    }
}

fn roots(graph: &Graph) -> Vec<SchemaId> {
    let mut roots = graph.components.clone();
    for operation in &graph.operations {
        roots.extend(
            operation
                .parameters
                .iter()
                .map(|parameter| parameter.schema),
        );
        let bodies = operation.body.iter().map(|body| &body.media);
        let responses = operation
            .responses
            .iter()
            .filter_map(|response| response.media.as_ref());
        roots.extend(
            bodies
                .chain(responses)
                .filter_map(|media| match media.content {
                    Content::Json(schema) => Some(schema),
                    Content::Text | Content::Binary => None,
                }),
        );
    }
    roots
}

struct Normaliser<'a> {
    graph: Graph,
    report: &'a mut Report,
    /// The schemas made for "all of these at once", by their members: merging
    /// recursive schemas comes back to the same members and must end.
    intersections: HashMap<Vec<SchemaId>, SchemaId>,
    /// How many times over the schemas that merging made were made from such;
    /// 0 for those that were written.
    depths: HashMap<SchemaId, usize>,
    /// Whether an `allOf` was met that leads on without end.
    too_deep: bool,
}

impl Normaliser<'_> {
    fn shape(&mut self, id: SchemaId) -> Shape {
        let written = self.graph.schema(id).clone();
        let schema = if written.all_of.is_empty() {
            written
        } else {
            match self.merge(id) {
                merge::Merged::Same(same) => {
                    return Shape {
                        nullable: written.nullable,
                        kind: Kind::Same(same),
                    };
                }
                merge::Merged::Schema(merged) => {
                    // What later stages ask of the schema itself (default,
                    // constraints, …) is what was merged into it.
                    let merged = *merged;
                    self.graph.schemas[id.0 as usize] = merged.clone();
                    merged
                }
            }
        };
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            if let Some(shape) = self.union(id, &schema) {
                return shape;
            }
        } else if let Some(discriminator) = &schema.discriminator {
            self.report
                .warn(
                    Code::NoEffect,
                    discriminator.origin,
                    "`discriminator` has no effect without `oneOf` or `anyOf` beside it",
                )
                .help("list the schemas it chooses between under `oneOf`");
        }
        if let Some(shape) = self.enumeration(&schema) {
            return shape;
        }
        Shape {
            nullable: schema.nullable,
            kind: self.by_type(&schema),
        }
    }

    fn by_type(&mut self, schema: &Schema) -> Kind {
        match schema.json_type.or_else(|| implied_type(schema)) {
            None => Kind::Any,
            Some(JsonType::Boolean) => Kind::Boolean,
            Some(JsonType::Integer) => Kind::Integer(IntegerFormat::of(schema.format.as_deref())),
            Some(JsonType::Number) => Kind::Number(NumberFormat::of(schema.format.as_deref())),
            Some(JsonType::String) => Kind::String(StringFormat::of(schema)),
            Some(JsonType::Array) => match schema.items {
                Some(items) => Kind::Array(items),
                None => Kind::Array(self.any(schema)),
            },
            Some(JsonType::Object) => self.object(schema),
        }
    }

    fn object(&mut self, schema: &Schema) -> Kind {
        for name in &schema.required {
            if !schema.properties.contains_key(name) {
                self.report
                    .warn(
                        Code::NoEffect,
                        schema.origin,
                        format!("`required` names `{name}`, which is not among the properties"),
                    )
                    .help("declare the property, or remove the name from the list");
            }
        }
        let values = match schema.additional {
            Additional::Schema(values) => Some(values),
            Additional::Any => Some(self.any(schema)),
            Additional::Unwritten if schema.properties.is_empty() => Some(self.any(schema)),
            Additional::Unwritten | Additional::Forbidden => None,
        };
        match values {
            Some(values) if schema.properties.is_empty() => Kind::Map(values),
            additional => Kind::Object {
                fields: schema
                    .properties
                    .iter()
                    .map(|(name, property)| Field {
                        origin: property.origin,
                        wire: name.clone(),
                        schema: property.schema,
                        required: schema.required.contains(name),
                    })
                    .collect(),
                additional,
            },
        }
    }

    /// A schema that any value fits, made on behalf of `schema`.
    fn any(&mut self, schema: &Schema) -> SchemaId {
        self.graph.add(Schema {
            origin: schema.origin,
            ..Schema::default()
        })
    }
}

/// The type that the keywords of a schema without `type` speak of.
fn implied_type(schema: &Schema) -> Option<JsonType> {
    let has = |keyword: &str| {
        schema
            .constraints
            .keywords
            .iter()
            .any(|(name, _)| *name == keyword)
    };
    if !schema.properties.is_empty()
        || schema.additional != Additional::Unwritten
        || !schema.required.is_empty()
    {
        Some(JsonType::Object)
    } else if schema.items.is_some() {
        Some(JsonType::Array)
    } else if has("minLength") || has("maxLength") || has("pattern") {
        Some(JsonType::String)
    } else {
        None
    }
}
