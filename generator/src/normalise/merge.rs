//! `allOf`: the members and what stands beside them in, one schema out.

mod keywords;

use std::collections::HashSet;

use indexmap::IndexSet;

use super::Normaliser;
use crate::diagnostic::Code;
use crate::graph::{JsonType, Schema, SchemaId};

/// How many schemas merging may make, for each that was written: more than
/// documents need, fewer than circles of schemas ask for.
const MOST_MADE: usize = 20;

/// As many it may make in any case.
const FREE: usize = 10_000;

/// How many schemas may be merged in any case, as often as they may be deep.
const FREE_MERGES: usize = 1000;

/// How many schemas an `allOf` may lead on over: more than people write, and
/// few enough that merging each of them takes no time.
pub(super) const DEEPEST_MERGE: usize = 64;

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
        members.sort();
        members.dedup();
        let adds_nothing = |schema: &Schema| {
            // `type: object` beside a reference to an object says nothing new.
            let rest = Schema {
                json_type: None,
                ..schema.clone()
            };
            rest.is_annotation_only()
        };
        if let [one, other] = members.as_slice() {
            let says_less = |id: SchemaId, than: SchemaId| {
                let schema = self.graph.schema(id);
                schema.component.is_none()
                    && adds_nothing(schema)
                    && schema.json_type == self.type_of(than)
            };
            if says_less(*one, *other) {
                members = vec![*other];
            } else if says_less(*other, *one) {
                members = vec![*one];
            }
        }
        if let [only] = members.as_slice()
            && adds_nothing(&own)
            && (own.json_type.is_none() || own.json_type == self.type_of(*only))
            && !self.hierarchy.builds_on(id, *only)
            && !self.plain.contains(&id)
        {
            if !self.circles.leads_back(&self.graph, *only, id) {
                return Merged::Same(*only);
            }
            self.circular(&schema);
            return Merged::Schema(Box::new(own));
        }
        let mut path = Vec::new();
        Merged::Schema(Box::new(self.flattened(id, &mut path).0))
    }

    /// A schema with its `allOf`, and those of its members, merged into it; and
    /// over how many schemas they lead on, or `None` where the path decides what
    /// that comes to.
    pub(super) fn flattened(
        &mut self,
        id: SchemaId,
        path: &mut Vec<SchemaId>,
    ) -> (Schema, Option<usize>) {
        if let Some((flat, depth)) = self.flat.get(&id) {
            return (flat.clone(), Some(*depth));
        }
        let schema = self.graph.schema(id).clone();
        if path.contains(&id) {
            self.circular(&schema);
            let nothing = Schema {
                origin: schema.origin,
                ..Schema::default()
            };
            return (nothing, None);
        }
        self.merges += 1;
        let most = (self.graph.schemas.len() + FREE_MERGES) * DEEPEST_MERGE;
        if path.len() >= DEEPEST_MERGE || self.merges > most || self.graph.too_deep {
            self.too_deep_merge(&schema);
            let own = Schema {
                all_of: Vec::new(),
                ..schema
            };
            return (own, None);
        }
        let mut depth = Some(0);
        path.push(id);
        let mut merged = Schema {
            origin: schema.origin,
            ..Schema::default()
        };
        let mut all_nullable = None;
        for id in &schema.all_of {
            let (mut member, deep) = self.flattened(*id, path);
            if deep.is_some_and(|deep| path.len() + deep > DEEPEST_MERGE) {
                self.too_deep_merge(&schema);
            }
            let is_choice = has_union(&member) || has_union(self.graph.schema(*id));
            let deep = deep.filter(|_| !is_choice);
            depth = depth.zip(deep).map(|(depth, deep)| depth.max(deep));
            if self.is_choice_of_subtypes(*id, path) {
                // The choice is between schemas that build on this one: it is
                // not what they are made of.
                member.one_of = Vec::new();
                member.any_of = Vec::new();
            }
            if !self.graph.schema(*id).is_annotation_only() {
                all_nullable = Some(all_nullable.unwrap_or(true) && member.nullable);
            }
            merged = self.both(merged, member);
        }
        // That of a base tells the subtypes apart where the base is asked for.
        if !has_union(&merged) {
            merged.discriminator = None;
        }
        let all_nullable = all_nullable.unwrap_or(false);
        path.pop();
        // What stands beside `allOf` speaks last, and for the whole.
        let own = Schema {
            all_of: Vec::new(),
            ..schema
        };
        let nullable = own.nullable || all_nullable;
        let whole = own.clone();
        let merged = self.both(merged, own);
        let flat = Schema {
            origin: whole.origin,
            component: whole.component,
            rust_name: whole.rust_name,
            rust_type: whole.rust_type,
            rust_newtype: whole.rust_newtype,
            deprecated: whole.deprecated,
            deprecation: whole.deprecation,
            title: whole.title,
            description: whole.description.or(merged.description.clone()),
            nullable,
            ..merged
        };
        let depth = depth.map(|depth| 1 + depth);
        if let Some(depth) = depth {
            self.flat.insert(id, (flat.clone(), depth));
        }
        (flat, depth)
    }

    /// Says once that an `allOf` leads on without end. After it nothing is
    /// merged any more: there will be no client.
    fn too_deep_merge(&mut self, schema: &Schema) {
        if !self.graph.too_deep {
            self.graph.too_deep = true;
            self.report
                .error(
                    Code::Unsupported,
                    schema.origin,
                    format!("`allOf` leads on over more than {DEEPEST_MERGE} schemas"),
                )
                .help("let the schema name what it is made of directly");
        }
    }

    /// The schema of values that fit all of `members`.
    pub(super) fn intersection(&mut self, members: Vec<SchemaId>) -> SchemaId {
        // Of what is made of the same members there is one, however it came to
        // be: so circles of schemas come to an end.
        let mut parts: Vec<SchemaId> = Vec::new();
        for member in &members {
            match self.parts.get(member) {
                Some(own) => parts.extend(own),
                None => parts.push(*member),
            }
        }
        let mut key = parts.clone();
        key.sort();
        key.dedup();
        if let [only] = key.as_slice() {
            return *only;
        }
        if let Some(id) = self.intersections.get(&key) {
            return *id;
        }
        let origin = members
            .last()
            .map(|member| self.graph.schema(*member).origin)
            .unwrap_or_default();
        if self.is_full()
            && let Some(last) = members.last()
        {
            self.report
                .warn(
                    Code::CircularReference,
                    origin,
                    "merging the schema with others has no end",
                )
                .help("refer to it from a property or a list; it is taken without the others");
            return *last;
        }
        let distinct: IndexSet<SchemaId> = parts.into_iter().collect();
        let distinct: Vec<SchemaId> = distinct.into_iter().collect();
        let depth = members.iter().map(|member| self.depth(*member)).max();
        let id = self.graph.add(Schema {
            origin,
            all_of: distinct.clone(),
            ..Schema::default()
        });
        self.intersections.insert(key, id);
        self.parts.insert(id, distinct);
        self.depths.insert(id, 1 + depth.unwrap_or(0));
        id
    }

    /// Whether merging has made as many schemas as it may.
    pub(super) fn is_full(&self) -> bool {
        self.graph.schemas.len() > self.written * MOST_MADE + FREE
    }

    /// How many times over a schema was made by merging.
    pub(super) fn depth(&self, id: SchemaId) -> usize {
        self.depths.get(&id).copied().unwrap_or(0)
    }

    /// Whether a member of `allOf` is a choice between schemas that are being
    /// made of it, or that build on it.
    fn is_choice_of_subtypes(&self, id: SchemaId, path: &[SchemaId]) -> bool {
        let schema = self.graph.schema(id);
        schema
            .one_of
            .iter()
            .chain(&schema.any_of)
            .any(|variant| path.contains(variant) || self.hierarchy.builds_on(*variant, id))
    }

    /// The type of a schema's values, where it says so or what it is made of.
    pub(super) fn type_of(&self, id: SchemaId) -> Option<JsonType> {
        self.type_beyond(id, &mut HashSet::new())
    }

    /// The same without the schemas that were met.
    fn type_beyond(&self, id: SchemaId, met: &mut HashSet<SchemaId>) -> Option<JsonType> {
        let schema = self.graph.schema(id);
        let own = schema.json_type.or_else(|| super::implied_type(schema));
        if own.is_some() || !met.insert(id) {
            return own;
        }
        schema
            .all_of
            .iter()
            .find_map(|member| self.type_beyond(*member, met))
    }

    fn circular(&mut self, schema: &Schema) {
        self.report
            .warn(
                Code::CircularReference,
                schema.origin,
                "`allOf` leads back to itself",
            )
            .help("a schema cannot be made of itself, so that member says nothing; refer to it from a property or a list");
    }
}

fn has_union(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}
