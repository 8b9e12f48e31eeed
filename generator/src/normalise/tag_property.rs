//! Declares the properties of discriminators that schemas require without
//! declaring them, or that hold a tag which nothing else keeps: they are strings
//! (OpenAPI 3.0, section 4.7.25).

use std::collections::HashSet;

use super::hierarchy::Hierarchy;
use crate::diagnostic::{Code, Report};
use crate::graph::{Additional, Discriminator, Graph, JsonType, Property, Schema, SchemaId};

/// Declares them in every schema that a discriminator chooses.
pub(super) fn declare(graph: &mut Graph, hierarchy: &Hierarchy, report: &mut Report) {
    let written = 0..graph.schemas.len() as u32;
    for id in written.map(SchemaId) {
        let Some(discriminator) = graph.schema(id).discriminator.clone() else {
            continue;
        };
        for chosen in chosen(graph, hierarchy, id, &discriminator) {
            let says = Says::of(graph, chosen, &discriminator.property);
            if says.declared {
                continue;
            }
            if says.required {
                undeclared(graph, chosen, &discriminator, report);
            }
            // Any tag may come with the schema of `defaultMapping`.
            if says.required || (says.closed && discriminator.default == Some(chosen)) {
                declare_in(graph, chosen, &discriminator);
            }
        }
    }
}

/// The schema with a discriminator, and all that the discriminator chooses.
fn chosen(
    graph: &Graph,
    hierarchy: &Hierarchy,
    id: SchemaId,
    discriminator: &Discriminator,
) -> Vec<SchemaId> {
    let schema = graph.schema(id);
    let members = schema.one_of.iter().chain(&schema.any_of);
    let mapped = discriminator.mapping.iter().map(|(_, target)| target);
    [id].iter()
        .chain(members)
        .chain(mapped)
        .chain(hierarchy.subtypes(id))
        .copied()
        .collect()
}

/// What a schema, with what it is made of, says of a property.
#[derive(Default)]
struct Says {
    required: bool,
    declared: bool,
    /// Whether it has properties, and others are not kept.
    closed: bool,
}

impl Says {
    fn of(graph: &Graph, id: SchemaId, property: &str) -> Self {
        let mut says = Self::default();
        let (mut properties, mut others) = (false, false);
        let mut met = HashSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if !met.insert(id) {
                continue;
            }
            let schema = graph.schema(id);
            says.required |= schema.requires(property);
            says.declared |= schema.properties.contains_key(property);
            properties |= !schema.properties.is_empty();
            others |= matches!(schema.additional, Additional::Any);
            open.extend(&schema.all_of);
        }
        says.closed = properties && !others;
        says
    }
}

fn undeclared(graph: &Graph, id: SchemaId, discriminator: &Discriminator, report: &mut Report) {
    let (origin, name) = (graph.schema(id).origin, &discriminator.property);
    report
        .warn(
            Code::Contradiction,
            origin,
            format!("`required` names `{name}`, which is not among the properties"),
        )
        .help("declare the property; the discriminator reads it, so it is taken as a string");
}

fn declare_in(graph: &mut Graph, id: SchemaId, discriminator: &Discriminator) {
    let text = graph.add(Schema {
        origin: discriminator.origin,
        json_type: Some(JsonType::String),
        ..Schema::default()
    });
    let property = Property {
        origin: discriminator.origin,
        schema: text,
    };
    let properties = &mut graph.schemas[id.0 as usize].properties;
    properties.insert(discriminator.property.clone(), property);
}
