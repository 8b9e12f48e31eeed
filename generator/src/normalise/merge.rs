//! `allOf`: the members and what stands beside them in, one schema out.

use super::Normaliser;
use crate::diagnostic::Code;
use crate::graph::{Additional, JsonType, Property, Schema, SchemaId};

/// How many members of one `allOf` may describe the same property: more than
/// people write, fewer than a circle of schemas makes.
const DEEPEST_INTERSECTION: usize = 32;

/// How many schemas an `allOf` may lead on over: more than people write, and
/// few enough that merging each of them takes no time.
const DEEPEST_MERGE: usize = 64;

/// What an `allOf` amounts to.
pub(super) enum Merged {
    /// One of its members, the rest being annotations.
    Same(SchemaId),
    /// A schema of its own.
    Schema(Box<Schema>),
}

impl Normaliser<'_> {
    /// Merges the `allOf` of a schema.
    pub(super) fn merge(&mut self, id: SchemaId) -> Merged {
        let schema = self.graph.schema(id).clone();
        let own = Schema {
            all_of: Vec::new(),
            ..schema.clone()
        };
        let mut members: Vec<SchemaId> = schema
            .all_of
            .iter()
            .copied()
            .filter(|member| !self.graph.schema(*member).is_annotation_only())
            .collect();
        members.dedup();
        if let ([only], true) = (members.as_slice(), own.is_annotation_only()) {
            if !self.leads_to(*only, id, &mut Vec::new()) {
                return Merged::Same(*only);
            }
            self.circular(&schema);
            return Merged::Schema(Box::new(own));
        }
        let mut path = Vec::new();
        Merged::Schema(Box::new(self.flattened(id, &mut path)))
    }

    /// A schema with its `allOf`, and those of its members, merged into it.
    fn flattened(&mut self, id: SchemaId, path: &mut Vec<SchemaId>) -> Schema {
        let schema = self.graph.schema(id).clone();
        if path.contains(&id) {
            self.circular(&schema);
            return Schema {
                all_of: Vec::new(),
                ..schema
            };
        }
        if path.len() >= DEEPEST_MERGE || self.too_deep {
            self.too_deep_merge(&schema);
            return Schema {
                all_of: Vec::new(),
                ..schema
            };
        }
        path.push(id);
        let mut merged = Schema {
            origin: schema.origin,
            ..Schema::default()
        };
        let mut all_nullable = !schema.all_of.is_empty();
        for member in &schema.all_of {
            let member = self.flattened(*member, path);
            all_nullable &= member.nullable;
            merged = self.both(merged, member);
        }
        path.pop();
        // What stands beside `allOf` speaks last, and for the whole.
        let own = Schema {
            all_of: Vec::new(),
            ..schema
        };
        let nullable = own.nullable || all_nullable;
        let whole = own.clone();
        let merged = self.both(merged, own);
        Schema {
            origin: whole.origin,
            component: whole.component,
            rust_name: whole.rust_name,
            deprecated: whole.deprecated,
            title: whole.title,
            description: whole.description.or(merged.description.clone()),
            nullable,
            ..merged
        }
    }

    /// Says once that an `allOf` leads on without end. After it nothing is
    /// merged any more: there will be no client.
    fn too_deep_merge(&mut self, schema: &Schema) {
        if !self.too_deep {
            self.too_deep = true;
            self.report
                .error(
                    Code::Unsupported,
                    schema.origin,
                    format!("`allOf` leads on over more than {DEEPEST_MERGE} schemas"),
                )
                .help("let the schema name what it is made of directly");
        }
    }

    /// A schema that says what both say. The second's annotations win.
    fn both(&mut self, first: Schema, second: Schema) -> Schema {
        let mut properties = first.properties;
        for (name, property) in second.properties {
            match properties.get_mut(&name) {
                Some(other) if other.schema != property.schema => {
                    *other = Property {
                        origin: property.origin,
                        schema: self.intersection(vec![other.schema, property.schema]),
                    };
                }
                Some(_) => {}
                None => {
                    properties.insert(name, property);
                }
            }
        }
        let mut required = first.required;
        for name in second.required {
            if !required.contains(&name) {
                required.push(name);
            }
        }
        let json_type = match (first.json_type, second.json_type) {
            (Some(one), Some(other)) if one != other => {
                Some(self.one_type(one, other, second.origin))
            }
            (one, other) => one.or(other),
        };
        if has_union(&first.one_of, &first.any_of) && has_union(&second.one_of, &second.any_of) {
            self.report.warn(
                Code::NoEffect,
                second.origin,
                "a second choice (`oneOf` or `anyOf`) inside `allOf` has no effect",
            );
        }
        let (one_of, any_of, discriminator) = if has_union(&first.one_of, &first.any_of) {
            (first.one_of, first.any_of, first.discriminator)
        } else if has_union(&second.one_of, &second.any_of) {
            (second.one_of, second.any_of, second.discriminator)
        } else {
            (
                Vec::new(),
                Vec::new(),
                second.discriminator.or(first.discriminator),
            )
        };
        let mut constraints = first.constraints;
        for keyword in second.constraints.keywords {
            if !constraints.keywords.contains(&keyword) {
                constraints.keywords.push(keyword);
            }
        }
        Schema {
            origin: second.origin,
            component: None,
            rust_name: None,
            title: second.title.or(first.title),
            description: second.description.or(first.description),
            external_docs: second.external_docs.or(first.external_docs),
            deprecated: false,
            read_only: first.read_only || second.read_only,
            write_only: first.write_only || second.write_only,
            sensitive: first.sensitive || second.sensitive,
            default: second.default.or(first.default),
            example: second.example.or(first.example),
            nullable: first.nullable && second.nullable,
            json_type,
            format: second.format.or(first.format),
            enumeration: match (first.enumeration.is_empty(), second.enumeration.is_empty()) {
                (false, false) => first
                    .enumeration
                    .into_iter()
                    .filter(|node| {
                        second
                            .enumeration
                            .iter()
                            .any(|other| other.value == node.value)
                    })
                    .collect(),
                (false, true) => first.enumeration,
                _ => second.enumeration,
            },
            properties,
            required,
            additional: self.additional(first.additional, second.additional),
            items: match (first.items, second.items) {
                (Some(one), Some(other)) if one != other => {
                    Some(self.intersection(vec![one, other]))
                }
                (one, other) => one.or(other),
            },
            all_of: Vec::new(),
            one_of,
            any_of,
            not: second.not.or(first.not),
            discriminator,
            constraints,
        }
    }

    /// The schema of values that fit all of `members`.
    pub(super) fn intersection(&mut self, members: Vec<SchemaId>) -> SchemaId {
        if let Some(id) = self.intersections.get(&members) {
            return *id;
        }
        let depth = 1 + members
            .iter()
            .map(|member| self.depth(*member))
            .max()
            .unwrap_or(0);
        if depth > DEEPEST_INTERSECTION
            && let Some(last) = members.last()
        {
            let origin = self.graph.schema(*last).origin;
            self.report
                .error(
                    Code::CircularReference,
                    origin,
                    "merging the schema with others has no end",
                )
                .help("a schema cannot be made of itself; refer to it from a property or a list");
            return *last;
        }
        let origin = members
            .last()
            .map(|member| self.graph.schema(*member).origin)
            .unwrap_or_default();
        let id = self.graph.add(Schema {
            origin,
            all_of: members.clone(),
            ..Schema::default()
        });
        self.intersections.insert(members, id);
        self.depths.insert(id, depth);
        id
    }

    /// How many times over a schema was made by merging.
    pub(super) fn depth(&self, id: SchemaId) -> usize {
        self.depths.get(&id).copied().unwrap_or(0)
    }

    fn additional(&mut self, first: Additional, second: Additional) -> Additional {
        match (first, second) {
            (Additional::Schema(one), Additional::Schema(other)) if one != other => {
                Additional::Schema(self.intersection(vec![one, other]))
            }
            (Additional::Schema(one), _) | (_, Additional::Schema(one)) => Additional::Schema(one),
            (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
            (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
            (Additional::Unwritten, Additional::Unwritten) => Additional::Unwritten,
        }
    }

    fn one_type(
        &mut self,
        one: JsonType,
        other: JsonType,
        origin: crate::source::Origin,
    ) -> JsonType {
        match (one, other) {
            // Every integer is a number: the narrower of the two holds.
            (JsonType::Integer, JsonType::Number) | (JsonType::Number, JsonType::Integer) => {
                JsonType::Integer
            }
            _ => {
                self.report
                    .error(
                        Code::Contradiction,
                        origin,
                        format!(
                            "`allOf` asks for {one:?} and {other:?} at once, which no value is"
                        ),
                    )
                    .help("use `oneOf` if either may come");
                one
            }
        }
    }

    fn circular(&mut self, schema: &Schema) {
        self.report
            .error(
                Code::CircularReference,
                schema.origin,
                "`allOf` leads back to itself",
            )
            .help("a schema cannot be made of itself; refer to it from a property or a list");
    }

    /// Whether `from` is, through single-member `allOf`s, the schema `to`.
    fn leads_to(&self, from: SchemaId, to: SchemaId, seen: &mut Vec<SchemaId>) -> bool {
        if from == to {
            return true;
        }
        if seen.contains(&from) {
            return false;
        }
        seen.push(from);
        self.graph
            .schema(from)
            .all_of
            .iter()
            .any(|member| self.leads_to(*member, to, seen))
    }
}

fn has_union(one_of: &[SchemaId], any_of: &[SchemaId]) -> bool {
    !one_of.is_empty() || !any_of.is_empty()
}
