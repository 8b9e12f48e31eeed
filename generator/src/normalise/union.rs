//! `oneOf` and `anyOf`: the written members in, a union of distinct variants
//! out, or what the members amount to together.

use super::{Kind, Normaliser, Shape, StringFormat, Union, UnionVariant};
use crate::diagnostic::Code;
use crate::graph::{Additional, Discriminator, JsonType, Schema, SchemaId};
use crate::source::{Node, Value};

/// How deep choices beside properties may be nested: each multiplies the
/// variants of the one around it.
const DEEPEST_CHOICE: usize = 4;

impl Normaliser<'_> {
    /// The shape of a schema with `oneOf` or `anyOf`; `None` where these do not
    /// change what the rest of the schema says.
    pub(super) fn union(&mut self, id: SchemaId, schema: &Schema) -> Option<Shape> {
        let (keyword, members) = if schema.one_of.is_empty() {
            ("anyOf", &schema.any_of)
        } else {
            if !schema.any_of.is_empty() {
                self.report.warn(
                    Code::NoEffect,
                    schema.origin,
                    "`anyOf` has no effect beside `oneOf`",
                );
            }
            ("oneOf", &schema.one_of)
        };
        let (nulls, members): (Vec<SchemaId>, Vec<SchemaId>) =
            members.iter().partition(|member| self.is_null(**member));
        let nullable = schema.nullable || !nulls.is_empty();

        if members.iter().all(|member| self.only_requires(*member)) {
            if !members.is_empty() {
                self.report
                    .warn(
                        Code::NoEffect,
                        schema.origin,
                        format!("`{keyword}` has no effect: its members only say which properties must be present"),
                    )
                    .help("the API checks this; the client lets every combination be built");
            }
            return None;
        }
        if let Some(kind) = self.strings_together(&members) {
            return Some(Shape { nullable, kind });
        }
        let base = Schema {
            one_of: Vec::new(),
            any_of: Vec::new(),
            discriminator: None,
            nullable: false,
            component: None,
            rust_name: None,
            rust_type: None,
            title: None,
            description: None,
            default: None,
            example: None,
            ..schema.clone()
        };
        let has_base = !(base.is_annotation_only() || is_bare_object(&base));
        if has_base && self.depth(id) >= DEEPEST_CHOICE {
            self.report
                .error(
                    Code::CircularReference,
                    schema.origin,
                    format!("a member of `{keyword}` has the same choice beside its properties, without end"),
                )
                .help("move the choice into a property, or the properties into the members");
            return None;
        }
        let base = has_base.then(|| {
            let base = self.graph.add(base);
            self.depths.insert(base, self.depth(id));
            base
        });
        let variants: Vec<UnionVariant> = members
            .iter()
            .flat_map(|member| self.variants(*member, base, schema.discriminator.as_ref()))
            .collect();
        if let [only] = variants.as_slice()
            && only.schema != id
            && schema.discriminator.is_none()
        {
            return Some(Shape {
                nullable,
                kind: Kind::Same(only.schema),
            });
        }
        let tag = schema.discriminator.as_ref().map(|discriminator| {
            self.unreachable_mappings(discriminator, &variants);
            discriminator.property.clone()
        });
        Some(Shape {
            nullable,
            kind: Kind::Union(Union { tag, variants }),
        })
    }

    /// The variants that a member stands for: one for each tag that the
    /// discriminator gives it, else one.
    fn variants(
        &mut self,
        member: SchemaId,
        base: Option<SchemaId>,
        discriminator: Option<&Discriminator>,
    ) -> Vec<UnionVariant> {
        let component = self.graph.schema(member).component.clone();
        let hint = component
            .clone()
            .or_else(|| self.graph.schema(member).title.clone());
        let schema = match base {
            Some(base) => self.intersection(vec![base, member]),
            None => member,
        };
        let Some(discriminator) = discriminator else {
            return vec![UnionVariant {
                tag: None,
                schema,
                hint,
            }];
        };
        let mut tags: Vec<String> = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| *target == member)
            .map(|(tag, _)| tag.clone())
            .collect();
        if tags.is_empty() {
            match component {
                // Without a mapping the component's name is the tag (OpenAPI
                // 3.0, section 4.7.25).
                Some(component) => tags.push(component),
                None => {
                    self.report
                        .error(
                            Code::Contradiction,
                            self.graph.schema(member).origin,
                            "an inline schema cannot be chosen by a discriminator",
                        )
                        .help("make it a component, whose name is its tag");
                }
            }
        }
        let several = tags.len() > 1;
        tags.into_iter()
            .map(|tag| UnionVariant {
                hint: if several {
                    Some(tag.clone())
                } else {
                    hint.clone()
                },
                tag: Some(tag),
                schema,
            })
            .collect()
    }

    fn unreachable_mappings(&mut self, discriminator: &Discriminator, variants: &[UnionVariant]) {
        for (tag, _) in &discriminator.mapping {
            if !variants
                .iter()
                .any(|variant| variant.tag.as_ref() == Some(tag))
            {
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

    /// Whether only `null` fits.
    fn is_null(&self, id: SchemaId) -> bool {
        let schema = self.graph.schema(id);
        !schema.enumeration.is_empty()
            && schema
                .enumeration
                .iter()
                .all(|node| node.value == Value::Null)
    }

    /// Whether a member says nothing but which properties must be present.
    fn only_requires(&self, id: SchemaId) -> bool {
        let schema = self.graph.schema(id);
        let rest = Schema {
            required: Vec::new(),
            not: None,
            json_type: None,
            ..schema.clone()
        };
        schema.component.is_none()
            && (!schema.required.is_empty() || schema.not.is_some())
            && schema
                .json_type
                .is_none_or(|json_type| json_type == JsonType::Object)
            && rest.is_annotation_only()
    }

    /// The kind of a union of strings alone: known values open the enum of all
    /// of them, plain strings are one string.
    fn strings_together(&mut self, members: &[SchemaId]) -> Option<Kind> {
        let schemas: Vec<&Schema> = members
            .iter()
            .map(|member| self.graph.schema(*member))
            .collect();
        let strings = schemas.iter().all(|schema| {
            schema.json_type == Some(JsonType::String)
                && schema.all_of.is_empty()
                && schema.one_of.is_empty()
                && schema.any_of.is_empty()
        });
        let plain = schemas
            .iter()
            .filter(|schema| schema.enumeration.is_empty())
            .count();
        if !strings || members.len() < 2 {
            return None;
        }
        if plain == members.len() {
            // Strings of several formats: no text tells them apart.
            return Some(Kind::String(StringFormat::Text));
        }
        if plain > 0 || schemas.iter().all(|schema| schema.component.is_none()) {
            let values: Vec<Node> = schemas
                .iter()
                .flat_map(|schema| schema.enumeration.iter().cloned())
                .filter(|node| node.value != Value::Null)
                .collect();
            let together = Schema {
                json_type: Some(JsonType::String),
                enumeration: values,
                ..Schema::default()
            };
            return self.enumeration(&together).map(|shape| shape.kind);
        }
        None
    }
}

/// `type: object` and nothing else: every object fits.
fn is_bare_object(schema: &Schema) -> bool {
    schema.json_type == Some(JsonType::Object)
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional == Additional::Unwritten
        && schema.all_of.is_empty()
}
