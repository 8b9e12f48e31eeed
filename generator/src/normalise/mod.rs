//! Normalise: a [`Graph`] in, one uniform [`Shape`] for each schema that is used
//! out. `allOf`
//! is merged, nullability is a flag, enums and unions have one form each; what
//! has no effect on the client is reported.

mod ambiguity;
mod circles;
mod conditional;
mod enumeration;
mod hierarchy;
mod merge;
mod scalars;
mod shape;
mod tag_property;
mod tags;
#[cfg(test)]
mod tests;
mod union;
mod views;

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use indexmap::IndexMap;

pub use shape::{EnumValue, Field, IntegerFormat, Kind, NumberFormat, Shape, Union, UnionVariant};
pub use views::views;

use crate::diagnostic::{Code, Report, nearest};
use crate::graph::{Additional, Graph, JsonType, Schema, SchemaId};
use crate::source::Origin;
use crate::string_format::{self, StringType};
use circles::Circles;
use hierarchy::Hierarchy;

/// A graph with the shape of every schema that a value can have.
#[derive(Clone, Debug)]
pub struct Shapes {
    /// The graph, grown by the schemas that merging made.
    pub graph: Graph,
    /// By schema; `None` for the pieces that were merged into others.
    shapes: Vec<Option<Shape>>,
    /// The scalars of a choice that one stands for, as they have the same type.
    pub(crate) alike: HashMap<SchemaId, Vec<SchemaId>>,
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
/// response leads to. `formats` are the configuration's choices of Rust types.
#[must_use]
pub fn normalise(
    mut graph: Graph,
    formats: &BTreeMap<String, String>,
    report: &mut Report,
) -> Shapes {
    let mut open = roots(&graph);
    let hierarchy = Hierarchy::of(&graph);
    tag_property::declare(&mut graph, &hierarchy, report);
    let mut normaliser = Normaliser {
        hierarchy,
        written: graph.schemas.len(),
        graph,
        formats,
        report,
        intersections: HashMap::new(),
        parts: HashMap::new(),
        plain: HashSet::new(),
        depths: HashMap::new(),
        flat: HashMap::new(),
        merges: 0,
        circles: Circles::default(),
        alike: HashMap::new(),
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
    hand_up_null(&mut shapes);
    ambiguity::report(&normaliser.graph, &shapes, normaliser.report);
    Shapes {
        graph: normaliser.graph,
        shapes,
        alike: normaliser.alike,
    }
}

/// Reports schemas that are the same as themselves by way of others, and lets
/// them be any value, so that later stages can follow `Kind::Same` to its end.
fn break_circles(graph: &Graph, shapes: &mut [Option<Shape>], report: &mut Report) {
    // The walk that came by each schema, counted from 1.
    let mut walks = vec![0; shapes.len()];
    let mut circular = Vec::new();
    for start in 0..shapes.len() {
        let same = |at: usize| match shapes.get(at)?.as_ref()?.kind {
            Kind::Same(next) => Some(next.0 as usize),
            _ => None,
        };
        let mut at = start;
        while let Some(next) = same(at).filter(|_| walks[at] == 0) {
            walks[at] = start + 1;
            at = next;
        }
        // Back where this walk has been before.
        if walks.get(at) == Some(&(start + 1)) && same(at).is_some() {
            let circle = std::iter::successors(Some(at), |id| same(*id).filter(|next| *next != at));
            circular.extend(circle.min());
        }
    }
    circular.sort_unstable();
    for index in circular {
        report
            .warn(
                Code::CircularReference,
                graph.schemas[index].origin,
                "the schema is only another name for itself",
            )
            .help("let one of the schemas in the circle say what a value is; any is taken");
        shapes[index] = Some(Shape {
            nullable: false,
            kind: Kind::Any,
        });
    }
}

/// Lets what another schema is, and a union with a variant that may be null, be
/// null as well: null is a matter of the place then, not of the variant.
fn hand_up_null(shapes: &mut [Option<Shape>]) {
    let null = |shapes: &[Option<Shape>], id: SchemaId| {
        shapes
            .get(id.0 as usize)
            .and_then(Option::as_ref)
            .is_some_and(|shape| shape.nullable)
    };
    // From each schema to those that are null where it is.
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); shapes.len()];
    for (index, shape) in shapes.iter().enumerate() {
        let below = match shape.as_ref().map(|shape| &shape.kind) {
            Some(Kind::Same(same)) => vec![*same],
            Some(Kind::Union(union)) => union
                .variants
                .iter()
                .map(|variant| variant.schema)
                .collect(),
            _ => continue,
        };
        for id in below {
            if let Some(above) = above.get_mut(id.0 as usize) {
                above.push(index);
            }
        }
    }
    let mut open: Vec<usize> = (0..shapes.len())
        .filter(|index| null(shapes, SchemaId(*index as u32)))
        .collect();
    while let Some(index) = open.pop() {
        for above in std::mem::take(&mut above[index]) {
            if let Some(shape) = shapes[above].as_mut().filter(|shape| !shape.nullable) {
                shape.nullable = true;
                open.push(above);
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
        let bodies = operation.body.iter().flat_map(|body| &body.media);
        let responses = operation.responses.iter();
        let answers = responses.clone().flat_map(|response| &response.media);
        roots.extend(
            bodies
                .chain(answers)
                .filter_map(|media| media.content.schema()),
        );
        let headers = responses.flat_map(|response| &response.headers);
        roots.extend(headers.map(|header| header.schema));
    }
    roots
}

struct Normaliser<'a> {
    graph: Graph,
    /// The Rust types of formats, as the configuration chooses them.
    formats: &'a BTreeMap<String, String>,
    report: &'a mut Report,
    /// Which components build on which.
    hierarchy: Hierarchy,
    /// How many schemas were written; the others are made.
    written: usize,
    /// The schemas made for "all of these at once", by their members: merging
    /// recursive schemas comes back to the same members and must end.
    intersections: HashMap<Vec<SchemaId>, SchemaId>,
    /// The members of those.
    parts: HashMap<SchemaId, Vec<SchemaId>>,
    /// The bases of families, as the plain objects that they are themselves.
    plain: HashSet<SchemaId>,
    /// How many times over the schemas that merging made were made from such;
    /// 0 for those that were written.
    depths: HashMap<SchemaId, usize>,
    /// What schemas come to with what they are made of, where that does not
    /// depend on what is made of them, and over how many schemas that leads.
    flat: HashMap<SchemaId, (Schema, usize)>,
    /// How many schemas were merged into others.
    merges: usize,
    /// Which schemas are made of themselves.
    circles: Circles,
    /// The scalars of a choice that one stands for.
    alike: HashMap<SchemaId, Vec<SchemaId>>,
}

impl Normaliser<'_> {
    fn shape(&mut self, id: SchemaId) -> Shape {
        if let Some(shape) = self.family(id) {
            return shape;
        }
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
                    "`discriminator` has no effect: there is no `oneOf` or `anyOf` beside it, and no schema builds on this one",
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
        let implied = schema.json_type.or_else(|| implied_type(schema));
        let is_object = implied.is_none() && self.has_conditional(schema);
        let json_type = implied.or(is_object.then_some(JsonType::Object));
        self.check_secret(schema, json_type);
        match json_type {
            None => Kind::Any,
            Some(JsonType::Boolean) => Kind::Boolean,
            Some(JsonType::Integer) => Kind::Integer(IntegerFormat::of(schema)),
            // A format of integers says that the numbers are some.
            Some(JsonType::Number)
                if matches!(
                    schema.format.as_deref(),
                    Some("int32" | "int64" | "uint32" | "uint64" | "integer")
                ) =>
            {
                Kind::Integer(IntegerFormat::of(schema))
            }
            Some(JsonType::Number) => Kind::Number(NumberFormat::of(schema.format.as_deref())),
            Some(JsonType::String) => Kind::String(self.string_type(schema)),
            Some(JsonType::Array) => match schema.items {
                Some(items) => Kind::Array(items),
                None => Kind::Array(self.any(schema)),
            },
            Some(JsonType::Object) => self.object(schema),
        }
    }

    /// Reports a schema of secrets that are not strings: they are shown.
    fn check_secret(&mut self, schema: &Schema, json_type: Option<JsonType>) {
        let name = match schema.format.as_deref() {
            _ if schema.sensitive => "x-sensitive",
            Some("password") => "format: password",
            _ => return,
        };
        let of_type = match json_type {
            None | Some(JsonType::String) => return,
            Some(JsonType::Integer) => "integers",
            Some(JsonType::Number) => "numbers",
            Some(JsonType::Boolean) => "booleans",
            Some(JsonType::Array) => "arrays",
            Some(JsonType::Object) => "objects",
        };
        self.report
            .warn(
                Code::NoEffect,
                schema.origin,
                format!("`{name}` has no effect on {of_type}: only strings are secrets"),
            )
            .help(
                "`Debug` shows these values; describe the strings in them as secrets, or remove it",
            );
    }

    /// The Rust type of the strings that a schema describes.
    fn string_type(&self, schema: &Schema) -> StringType {
        match schema.sensitive {
            true => StringType::Secret,
            false => string_format::string_type(schema.format.as_deref(), self.formats),
        }
    }

    fn object(&mut self, schema: &Schema) -> Kind {
        let required: HashSet<&str> = schema
            .required
            .iter()
            .map(|required| required.name.as_str())
            .collect();
        let mut fields: Vec<Field> = schema
            .properties
            .iter()
            .map(|(name, property)| Field {
                origin: property.origin,
                wire: name.clone(),
                schema: property.schema,
                required: required.contains(name.as_str()),
                conditions: Vec::new(),
            })
            .collect();
        fields.extend(self.conditional_fields(schema));
        let undeclared: IndexMap<&String, Origin> = schema
            .required
            .iter()
            .filter(|required| fields.iter().all(|field| field.wire != required.name))
            .map(|required| (&required.name, required.origin))
            .collect();
        for (name, origin) in undeclared {
            let known = fields.iter().map(|field| field.wire.as_str());
            let help = match nearest(name, known) {
                Some(meant) => format!(
                    "did you mean `{meant}`? It is taken as a required property of any value"
                ),
                None => "declare the property, or remove the name; it is taken as a required one \
                         of any value"
                    .to_owned(),
            };
            self.report
                .warn(
                    Code::Contradiction,
                    origin,
                    format!("`required` names `{name}`, which is not among the properties"),
                )
                .help(help);
            fields.push(Field {
                origin: schema.origin,
                wire: name.clone(),
                schema: match schema.additional {
                    Additional::Schema(values) => values,
                    _ => self.any(schema),
                },
                required: true,
                conditions: Vec::new(),
            });
        }
        let values = match schema.additional {
            Additional::Schema(values) => Some(values),
            Additional::Any => Some(self.any(schema)),
            Additional::Unwritten if schema.properties.is_empty() => Some(self.any(schema)),
            Additional::Unwritten | Additional::Forbidden => None,
        };
        match values {
            Some(values) if fields.is_empty() => Kind::Map(values),
            additional => Kind::Object { fields, additional },
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
    } else if has("minLength") || has("maxLength") || has("pattern") || schema.is_secret() {
        Some(JsonType::String)
    } else {
        None
    }
}
