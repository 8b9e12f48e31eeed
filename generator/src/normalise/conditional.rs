//! Conditional properties: the schemas that hold under a condition in, optional
//! properties out, each with its conditions for the documentation.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{Field, Normaliser};
use crate::diagnostic::Code;
use crate::graph::{JsonType, Schema, SchemaId};
use crate::source::Origin;

/// How deep conditions are nested.
const DEEPEST: usize = 16;

/// A property as the schemas with it describe it.
struct Described {
    origin: Origin,
    schemas: Vec<SchemaId>,
    conditions: Vec<String>,
}

type Properties = IndexMap<String, Described>;

impl Normaliser<'_> {
    /// Whether a schema has a property under some condition.
    pub(super) fn has_conditional(&mut self, schema: &Schema) -> bool {
        !schema.conditional.is_empty() && !self.described(schema).is_empty()
    }

    /// The properties that only schemas with a condition declare. A declaration
    /// without one wins.
    pub(super) fn conditional_fields(&mut self, schema: &Schema) -> Vec<Field> {
        if schema.conditional.is_empty() {
            return Vec::new();
        }
        let mut fields = Vec::new();
        for (name, described) in self.described(schema) {
            if let Some(declared) = schema.properties.get(&name) {
                self.contradicted(&name, declared.schema, &described);
                continue;
            }
            let required = schema.requires(&name);
            fields.push(Field {
                origin: described.origin,
                schema: self.either(&described),
                wire: name,
                required,
                conditions: described.conditions,
            });
        }
        fields
    }

    fn described(&mut self, schema: &Schema) -> Properties {
        let mut found = Properties::new();
        self.conditions(schema, "", &mut HashSet::new(), 0, &mut found);
        found
    }

    /// Adds what the conditional schemas of `schema` describe, which itself holds
    /// under the condition `outer`.
    fn conditions(
        &mut self,
        schema: &Schema,
        outer: &str,
        met: &mut HashSet<SchemaId>,
        depth: usize,
        found: &mut Properties,
    ) {
        for inner in schema.conditional.clone() {
            let condition = match outer {
                "" => inner.condition,
                outer => format!("{outer} and {}", inner.condition),
            };
            self.branch(inner.schema, &condition, met, depth + 1, found);
        }
    }

    fn branch(
        &mut self,
        id: SchemaId,
        condition: &str,
        met: &mut HashSet<SchemaId>,
        depth: usize,
        found: &mut Properties,
    ) {
        if depth > DEEPEST || !met.insert(id) {
            return;
        }
        let schema = match self.graph.schema(id).all_of.is_empty() {
            true => self.graph.schema(id).clone(),
            false => self.flattened(id, &mut Vec::new()).0,
        };
        for (name, property) in &schema.properties {
            let described = found.entry(name.clone()).or_insert_with(|| Described {
                origin: property.origin,
                schemas: Vec::new(),
                conditions: Vec::new(),
            });
            if !described.schemas.contains(&property.schema) {
                described.schemas.push(property.schema);
            }
            if !described.conditions.iter().any(|known| known == condition) {
                described.conditions.push(condition.to_owned());
            }
        }
        for member in schema.one_of.iter().chain(&schema.any_of) {
            self.branch(*member, condition, met, depth + 1, found);
        }
        self.conditions(&schema, condition, met, depth, found);
        // Another condition may lead here as well.
        met.remove(&id);
    }

    /// The schema of a property that is one of several under different conditions.
    fn either(&mut self, described: &Described) -> SchemaId {
        match described.schemas.as_slice() {
            [only] => *only,
            schemas => self.graph.add(Schema {
                origin: described.origin,
                any_of: schemas.to_vec(),
                ..Schema::default()
            }),
        }
    }

    /// Reports a condition under which a property has another type than the one
    /// that it always has.
    fn contradicted(&mut self, name: &str, declared: SchemaId, described: &Described) {
        let Some(always) = self.type_of(declared) else {
            return;
        };
        let number = |ty| matches!(ty, JsonType::Integer | JsonType::Number);
        for schema in &described.schemas {
            let other = self.type_of(*schema);
            let Some(other) =
                other.filter(|other| *other != always && !(number(*other) && number(always)))
            else {
                continue;
            };
            self.report
                .warn(
                    Code::Contradiction,
                    self.graph.schema(*schema).origin,
                    format!(
                        "`{name}` has another type under a condition than it always has: {other:?} and {always:?}"
                    ),
                )
                .help("no value is both; the type that it always has is taken, write `oneOf` there if either may come");
        }
    }
}
