//! `oneOf` and `anyOf`: the written members in, a union of distinct variants
//! out, or what the members amount to together.

use super::{Kind, Normaliser, Shape, Union, UnionVariant};
use crate::diagnostic::Code;
use crate::graph::{Additional, Discriminator, JsonType, Schema, SchemaId};
use crate::source::Value;

/// How deep choices beside properties may be nested: each multiplies the
/// variants of the one around it.
const DEEPEST_CHOICE: usize = 4;

impl Normaliser<'_> {
    /// The shape of a schema with `oneOf` or `anyOf`; `None` where these do not
    /// change what the rest of the schema says.
    pub(super) fn union(&mut self, id: SchemaId, schema: &Schema) -> Option<Shape> {
        let both = !schema.one_of.is_empty() && !schema.any_of.is_empty();
        let (keyword, written) = if schema.one_of.is_empty() {
            ("anyOf", schema.any_of.clone())
        } else {
            ("oneOf", schema.one_of.clone())
        };
        let mut nullable = schema.nullable;
        let mut members = Vec::new();
        self.members(&written, id, &mut nullable, &mut members);
        if members.is_empty() && nullable {
            return Some(Shape {
                nullable,
                kind: Kind::Any,
            });
        }
        let mut base = Schema {
            one_of: Vec::new(),
            any_of: if both {
                schema.any_of.clone()
            } else {
                Vec::new()
            },
            discriminator: None,
            nullable: false,
            component: None,
            rust_name: None,
            rust_type: None,
            rust_newtype: None,
            title: None,
            description: None,
            default: None,
            example: None,
            ..schema.clone()
        };
        if base.is_secret() {
            members = members
                .into_iter()
                .map(|member| self.secret_member(member, base.json_type))
                .collect();
            base.sensitive = false;
            base.format = None;
        }
        if members
            .iter()
            .all(|member| self.only_narrows(*member, &base))
        {
            if !members.is_empty() {
                self.report
                    .warn(
                        Code::NoEffect,
                        schema.origin,
                        format!("`{keyword}` has no effect: its members only say which properties must be present"),
                    )
                    .help("the API checks this; the client lets every combination be built");
            }
            if both {
                // The other choice is still to be made.
                base.component = schema.component.clone();
                base.nullable = nullable;
                base.discriminator = schema.discriminator.clone();
                return self.union(id, &base);
            }
            return None;
        }
        let discriminator = schema
            .discriminator
            .clone()
            .or_else(|| self.common_discriminator(&members));
        // Members that build on the schema itself have what it says already.
        let builds_on = |member: &SchemaId| self.hierarchy.builds_on(*member, id);
        let has_base =
            !(base.is_annotation_only() || is_bare_object(&base) || members.iter().all(builds_on));
        if has_base && (self.depth(id) >= DEEPEST_CHOICE || self.is_full()) {
            self.report
                .warn(
                    Code::CircularReference,
                    schema.origin,
                    format!("a member of `{keyword}` has the same choice beside its properties, without end"),
                )
                .help("move the choice into a property, or the properties into the members; what else a value has is kept");
            base.additional = Additional::Any;
            base.any_of = Vec::new();
            let kind = self.by_type(&base);
            return Some(Shape { nullable, kind });
        }
        if has_base && is_scalar(&base) {
            members = members
                .into_iter()
                .map(|member| self.narrowed(&base, member))
                .collect();
        }
        let base = (has_base && !is_scalar(&base)).then(|| {
            let base = self.graph.add(base);
            self.depths.insert(base, self.depth(id));
            base
        });
        let variants: Vec<UnionVariant> = match &discriminator {
            Some(discriminator) => {
                let variants = self.tagged(members, base, discriminator);
                if schema.discriminator.is_some() {
                    self.unreachable_mappings(discriminator, &variants);
                    self.unreachable_default(discriminator, &variants);
                }
                variants
            }
            None => {
                if base.is_none() {
                    members = self.distinct_scalars(members);
                }
                members
                    .into_iter()
                    .map(|member| UnionVariant {
                        tag: None,
                        also: Vec::new(),
                        default: false,
                        hint: self.hint(member),
                        schema: match base {
                            Some(base) => self.intersection(vec![base, member]),
                            None => member,
                        },
                    })
                    .collect()
            }
        };
        if let ([only], None) = (variants.as_slice(), &discriminator)
            && only.schema != id
        {
            return Some(self.only(only.schema, nullable));
        }
        let tag = discriminator.map(|discriminator| discriminator.property);
        // Without a single tag, the property decides nothing.
        let tag = tag.filter(|_| variants.iter().any(|variant| variant.tag.is_some()));
        Some(Shape {
            nullable,
            kind: Kind::Union(Union { tag, variants }),
        })
    }

    /// The shape of a union of one.
    fn only(&mut self, only: SchemaId, nullable: bool) -> Shape {
        let schema = self.graph.schema(only);
        let made = schema.component.is_none() && !schema.enumeration.is_empty();
        // An enum made of several belongs to the schema that lists them.
        let shape = made
            .then(|| schema.clone())
            .and_then(|schema| self.enumeration(&schema));
        match shape {
            Some(shape) => Shape {
                nullable: nullable || shape.nullable,
                kind: shape.kind,
            },
            None => Shape {
                nullable,
                kind: Kind::Same(only),
            },
        }
    }

    /// The members of a choice: without null, which makes the whole nullable,
    /// without the schema itself, and with the members of inline choices in
    /// the place of these.
    fn members(
        &mut self,
        written: &[SchemaId],
        whole: SchemaId,
        nullable: &mut bool,
        members: &mut Vec<SchemaId>,
    ) {
        for id in written.iter().copied() {
            if id == whole {
                self.report
                    .warn(
                        Code::CircularReference,
                        self.graph.schema(id).origin,
                        "the schema is one of its own members",
                    )
                    .help("that member says nothing and is left out");
                continue;
            }
            if self.is_null(id) {
                *nullable = true;
                continue;
            }
            let schema = self.graph.schema(id);
            let inline = schema.component.is_none() && schema.rust_name.is_none();
            let rest = Schema {
                one_of: Vec::new(),
                any_of: Vec::new(),
                all_of: Vec::new(),
                ..schema.clone()
            };
            let inner = match (
                schema.one_of.as_slice(),
                schema.any_of.as_slice(),
                schema.all_of.as_slice(),
            ) {
                (inner, [], []) | ([], inner, []) => inner.to_vec(),
                ([], [], [only]) => vec![*only],
                _ => Vec::new(),
            };
            if inline
                && !inner.is_empty()
                && rest.is_annotation_only()
                && schema.discriminator.is_none()
                && !inner.contains(&id)
            {
                *nullable |= schema.nullable;
                self.members(&inner, whole, nullable, members);
            } else if !members.contains(&id) {
                members.push(id);
            }
        }
    }

    /// The discriminator of the base that all members build on, where they do
    /// not say which.
    fn common_discriminator(&self, members: &[SchemaId]) -> Option<Box<Discriminator>> {
        let base = |member: &SchemaId| {
            let (base, _) = self.hierarchy.discriminator(&self.graph, *member)?;
            Some(base)
        };
        let (first, others) = members.split_first()?;
        let common = base(first)?;
        let all = !others.is_empty() && others.iter().all(|other| base(other) == Some(common));
        let is_family = |schema: &Schema| schema.one_of.is_empty() && schema.any_of.is_empty();
        let discriminator = self.graph.schema(common).discriminator.clone();
        discriminator.filter(|_| {
            all && members
                .iter()
                .all(|member| is_family(self.graph.schema(*member)))
        })
    }

    /// A member of a choice of secrets: a secret itself where it is a string.
    fn secret_member(&mut self, member: SchemaId, around: Option<JsonType>) -> SchemaId {
        let schema = self.graph.schema(member);
        let json_type = schema.json_type.or(around);
        let json_type = json_type.or_else(|| super::implied_type(schema));
        let is_text = json_type == Some(JsonType::String);
        if schema.is_secret() || !is_text || !schema.all_of.is_empty() {
            return member;
        }
        let secret = Schema {
            sensitive: true,
            component: None,
            ..schema.clone()
        };
        self.graph.add(secret)
    }

    /// A member of a choice beside a scalar type, with what the type says.
    fn narrowed(&mut self, base: &Schema, member: SchemaId) -> SchemaId {
        let schema = self.graph.schema(member);
        if schema.json_type.is_some() || schema.component.is_some() {
            return member;
        }
        let narrowed = Schema {
            json_type: base.json_type,
            format: schema.format.clone().or_else(|| base.format.clone()),
            ..schema.clone()
        };
        self.graph.add(narrowed)
    }

    fn unreachable_mappings(&mut self, discriminator: &Discriminator, variants: &[UnionVariant]) {
        for (tag, _) in &discriminator.mapping {
            let reached = |variant: &UnionVariant| {
                variant.tag.as_ref() == Some(tag) || variant.also.contains(tag)
            };
            if !variants.iter().any(reached) {
                self.report
                    .warn(
                        Code::NoEffect,
                        discriminator.origin,
                        format!("the mapping `{tag}` names a schema that is not among the members"),
                    )
                    .help("add the schema to the list, or remove the mapping");
            }
        }
    }

    pub(super) fn unreachable_default(
        &mut self,
        discriminator: &Discriminator,
        variants: &[UnionVariant],
    ) {
        if discriminator.default.is_some() && !variants.iter().any(|variant| variant.default) {
            self.report
                .warn(
                    Code::NoEffect,
                    discriminator.origin,
                    "`defaultMapping` names a schema that is not among the members",
                )
                .help("add the schema to the list, or name one of its members");
        }
    }

    /// Whether only `null` fits.
    fn is_null(&self, id: SchemaId) -> bool {
        let schema = self.graph.schema(id);
        !schema.enumeration.is_empty()
            && schema
                .enumeration
                .iter()
                .all(|node| node.value == Value::Null)
    }

    /// Whether a member says nothing but which of the base's values are meant:
    /// which properties must be present, say.
    fn only_narrows(&self, id: SchemaId, base: &Schema) -> bool {
        let schema = self.graph.schema(id);
        let rest = Schema {
            required: Vec::new(),
            json_type: None,
            ..schema.clone()
        };
        let narrows = !schema.required.is_empty()
            || schema.not.is_some()
            || !schema.constraints.keywords.is_empty();
        let of_base = schema.json_type.is_none_or(|json_type| {
            json_type == JsonType::Object || base.json_type == Some(json_type)
        });
        let says_something = base.json_type.is_some() || !base.properties.is_empty();
        schema.component.is_none()
            && narrows
            && of_base
            && (says_something || !schema.required.is_empty() || schema.not.is_some())
            && rest.is_annotation_only()
    }
}

/// `type: object` and nothing else: every object fits.
fn is_bare_object(schema: &Schema) -> bool {
    schema.json_type == Some(JsonType::Object)
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && matches!(
            schema.additional,
            Additional::Unwritten | Additional::Forbidden
        )
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.items.is_none()
        && schema.enumeration.is_empty()
        && schema.conditional.is_empty()
}

/// A type, and perhaps a format, of which the members say the rest.
fn is_scalar(schema: &Schema) -> bool {
    let scalar = matches!(
        schema.json_type,
        Some(JsonType::Boolean | JsonType::Integer | JsonType::Number | JsonType::String)
    );
    scalar && schema.any_of.is_empty() && schema.enumeration.is_empty()
}
