//! `allOf`: the members and what stands beside them in, one schema out.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::Normaliser;
use crate::diagnostic::Code;
use crate::graph::{Additional, Discriminator, JsonType, Property, Schema, SchemaId};
use crate::source::{Node, Origin};

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
                    && schema.json_type == self.type_of(than, 0)
            };
            if says_less(*one, *other) {
                members = vec![*other];
            } else if says_less(*other, *one) {
                members = vec![*one];
            }
        }
        if let [only] = members.as_slice()
            && adds_nothing(&own)
            && (own.json_type.is_none() || own.json_type == self.type_of(*only, 0))
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
    fn flattened(&mut self, id: SchemaId, path: &mut Vec<SchemaId>) -> (Schema, Option<usize>) {
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
        let required: IndexSet<String> =
            first.required.into_iter().chain(second.required).collect();
        let mut enumeration = self.values_of_both(&first.enumeration, &second.enumeration);
        let mut format = second.format.clone().or(first.format.clone());
        let json_type = match (first.json_type, second.json_type) {
            (Some(one), Some(other)) if one != other => {
                let kept = self.one_type(one, other, second.origin);
                if !matches!(kept, JsonType::Integer | JsonType::Number) {
                    let says = if kept == one {
                        &first.enumeration
                    } else {
                        &second.enumeration
                    };
                    enumeration = says.clone();
                    format = if kept == one {
                        first.format
                    } else {
                        second.format
                    };
                }
                Some(kept)
            }
            (one, other) => one.or(other),
        };
        let (one_of, any_of, discriminator) = self.choices(
            (first.one_of, first.any_of, first.discriminator),
            (second.one_of, second.any_of, second.discriminator),
            second.origin,
        );
        let mut enum_notes = first.enum_notes;
        enum_notes.extend(second.enum_notes);
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
            rust_type: None,
            title: second.title.or(first.title),
            description: second.description.or(first.description),
            external_docs: second.external_docs.or(first.external_docs),
            deprecated: false,
            deprecation: None,
            read_only: first.read_only || second.read_only,
            write_only: first.write_only || second.write_only,
            sensitive: first.sensitive || second.sensitive,
            default: second.default.or(first.default),
            example: second.example.or(first.example),
            nullable: first.nullable && second.nullable,
            json_type,
            format,
            enumeration,
            enum_notes,
            properties,
            required: required.into_iter().collect(),
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
            view: None,
        }
    }

    /// The values that both lists allow; those of the later where they have
    /// none in common.
    fn values_of_both(&mut self, first: &[Node], second: &[Node]) -> Vec<Node> {
        if first.is_empty() || second.is_empty() {
            return [first, second].concat();
        }
        let texts: HashSet<&str> = second.iter().filter_map(Node::as_str).collect();
        let others: Vec<&Node> = second
            .iter()
            .filter(|node| node.as_str().is_none())
            .collect();
        let in_second = |node: &&Node| match node.as_str() {
            Some(text) => texts.contains(text),
            None => others.iter().any(|other| other.value == node.value),
        };
        let common: Vec<Node> = first.iter().filter(in_second).cloned().collect();
        if common.is_empty() {
            self.report
                .warn(
                    Code::Contradiction,
                    second[0].origin,
                    "`allOf` asks for values of two lists that have none in common",
                )
                .help("the values of the later list are taken");
            return second.to_vec();
        }
        common
    }

    /// The choices of two members of `allOf`: one stays a choice of its own
    /// beside the other.
    fn choices(&mut self, first: Choice, second: Choice, origin: Origin) -> Choice {
        let is_choice = |choice: &Choice| !choice.0.is_empty() || !choice.1.is_empty();
        match (is_choice(&first), is_choice(&second)) {
            (_, false) => (first.0, first.1, second.2.or(first.2)),
            (false, true) => (second.0, second.1, second.2.or(first.2)),
            (true, true) if first.0 == second.0 && first.1 == second.1 => first,
            (true, true) => match (only_list(&first), only_list(&second)) {
                // The one with a discriminator is asked first.
                (Some(one), Some(other)) if second.2.is_some() => (other, one, second.2),
                (Some(one), Some(other)) => (one, other, first.2),
                _ => {
                    self.report.warn(
                        Code::NoEffect,
                        origin,
                        "a third choice (`oneOf` or `anyOf`) inside `allOf` has no effect",
                    );
                    first
                }
            },
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
    pub(super) fn type_of(&self, id: SchemaId, depth: usize) -> Option<JsonType> {
        let schema = self.graph.schema(id);
        let own = schema.json_type.or_else(|| super::implied_type(schema));
        if own.is_some() || depth > 16 {
            return own;
        }
        schema
            .all_of
            .iter()
            .find_map(|member| self.type_of(*member, depth + 1))
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

    fn one_type(&mut self, one: JsonType, other: JsonType, origin: Origin) -> JsonType {
        match (one, other) {
            // Every integer is a number: the narrower of the two holds.
            (JsonType::Integer, JsonType::Number) | (JsonType::Number, JsonType::Integer) => {
                JsonType::Integer
            }
            _ => {
                // What has parts says more than what has none; else the later
                // speaks for the whole.
                let kept = match (one, other) {
                    (JsonType::Object, _) | (_, JsonType::Object) => JsonType::Object,
                    (JsonType::Array, _) | (_, JsonType::Array) => JsonType::Array,
                    _ => other,
                };
                self.report
                    .warn(
                        Code::Contradiction,
                        origin,
                        format!(
                            "`allOf` asks for {one:?} and {other:?} at once, which no value is"
                        ),
                    )
                    .help(format!("use `oneOf` if either may come; {kept:?} is taken"));
                kept
            }
        }
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

/// `oneOf`, `anyOf` and the discriminator of a schema.
type Choice = (Vec<SchemaId>, Vec<SchemaId>, Option<Discriminator>);

/// The members of a choice that uses one of the two keywords.
fn only_list(choice: &Choice) -> Option<Vec<SchemaId>> {
    match (choice.0.as_slice(), choice.1.as_slice()) {
        (members, []) | ([], members) => Some(members.to_vec()),
        _ => None,
    }
}

fn has_union(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}
