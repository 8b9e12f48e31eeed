//! Makes one type of the schemas that `[pins]` gives one name, where their shapes are
//! equal.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowerer;
use crate::graph::{Schema, SchemaId};
use crate::model::Owner;
use crate::normalise::{EnumValue, Kind};

impl Lowerer<'_> {
    /// Registers a type for each name that several pins give to types.
    pub(super) fn shared(&mut self) {
        let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (pointer, name) in &self.config.pins {
            named.entry(name).or_default().push(pointer);
        }
        named.retain(|_, pointers| pointers.len() > 1);
        if named.is_empty() {
            return;
        }
        let mut at: BTreeMap<String, Vec<SchemaId>> = BTreeMap::new();
        for index in 0..self.graph.schemas.len() {
            let id = SchemaId(index as u32);
            if self.needs_type(id) && self.graph.schema(id).view.is_none() {
                let pointer = self.pointer(self.graph.schema(id).origin);
                at.entry(pointer).or_default().push(id);
            }
        }
        for (name, pointers) in named {
            let types: Vec<(&str, SchemaId)> = pointers
                .into_iter()
                .flat_map(|pointer| {
                    let ids = at.get(pointer).into_iter().flatten();
                    ids.map(move |id| (pointer, *id))
                })
                .collect();
            self.share(name, types);
        }
    }

    /// Whether a schema is a type of its own.
    pub(super) fn needs_type(&self, id: SchemaId) -> bool {
        !self.foreign.contains_key(&id)
            && matches!(
                self.shapes.shape(id).kind,
                Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Object { .. } | Kind::Union(_)
            )
    }

    /// One type for all of these schemas. Those of another shape than the first are
    /// reported.
    fn share(&mut self, name: &str, mut types: Vec<(&str, SchemaId)>) {
        // The component of that name, else another, else what is written in others.
        types.sort_by_key(|(pointer, id)| {
            let component = self.graph.schema(*id).component.as_deref();
            (component != Some(name), component.is_none(), *pointer, *id)
        });
        let mut types = types.into_iter();
        let (Some((first_pointer, first)), others) = (types.next(), types) else {
            return;
        };
        if others.len() == 0 {
            return;
        }
        let words = self.graph.schema(first).component.clone();
        let words = words.unwrap_or_else(|| name.to_owned());
        let item = self.register(first, Owner::Component, &words);
        for (pointer, id) in others {
            self.pin(self.graph.schema(id).origin);
            self.items.insert(id, item);
            if !self.are_alike(first, id, &mut BTreeSet::new()) {
                let message = format!(
                    "`[pins]` gives the name `{name}` to two types whose shapes differ: \
                     `{first_pointer}` and `{pointer}`"
                );
                self.config
                    .error(self.report, &["pins", pointer], message)
                    .help("give one of them another name: only equal shapes can be one type");
            }
        }
    }

    /// Whether two schemas would be the same type but for its name. `assumed` has the
    /// pairs that are being compared.
    fn are_alike(
        &self,
        one: SchemaId,
        other: SchemaId,
        assumed: &mut BTreeSet<(SchemaId, SchemaId)>,
    ) -> bool {
        if one == other || !assumed.insert((one, other)) {
            return true;
        }
        let (shape, others) = (self.shapes.shape(one), self.shapes.shape(other));
        // Whether a whole type may be null, or has a default, is said where it stands.
        let is_inside = assumed.len() > 1;
        if is_inside && self.is_nullable(one) != self.is_nullable(other) {
            return false;
        }
        if let Kind::Same(same) = shape.kind {
            return self.are_alike(same, other, assumed);
        }
        if let Kind::Same(same) = others.kind {
            return self.are_alike(one, same, assumed);
        }
        let (schema, other_schema) = (self.graph.schema(one), self.graph.schema(other));
        // Inside of others, a component is a type that users tell from all others.
        let is_named = schema.component.is_some() || other_schema.component.is_some();
        if is_inside && is_named && self.needs_type(one) {
            return false;
        }
        let default = |schema: &Schema| schema.default.as_ref().map(|node| node.to_json());
        if is_inside
            && (self.items.get(&one) != self.items.get(&other)
                || self.foreign.get(&one) != self.foreign.get(&other)
                || default(schema) != default(other_schema))
            || schema.constraints != other_schema.constraints
        {
            return false;
        }
        let mut alike = |one, other| self.are_alike(one, other, assumed);
        match (&shape.kind, &others.kind) {
            (Kind::StringEnum(values), Kind::StringEnum(others)) => same_values(values, others),
            (Kind::IntegerEnum(values), Kind::IntegerEnum(others)) => same_values(values, others),
            (Kind::Array(one), Kind::Array(other)) | (Kind::Map(one), Kind::Map(other)) => {
                alike(*one, *other)
            }
            (
                Kind::Object { fields, additional },
                Kind::Object {
                    fields: other_fields,
                    additional: other_additional,
                },
            ) => {
                fields.len() == other_fields.len()
                    && match (additional, other_additional) {
                        (None, None) => true,
                        (Some(one), Some(other)) => alike(*one, *other),
                        _ => false,
                    }
                    && fields.iter().all(|field| {
                        let mut others = other_fields.iter();
                        let other = others.find(|other| other.wire == field.wire);
                        other.is_some_and(|other| {
                            other.required == field.required
                                && other.conditions == field.conditions
                                && alike(field.schema, other.schema)
                        })
                    })
            }
            (Kind::Union(union), Kind::Union(other)) => {
                union.tag == other.tag
                    && union.variants.len() == other.variants.len()
                    && union
                        .variants
                        .iter()
                        .zip(&other.variants)
                        .all(|(one, other)| {
                            (&one.tag, &one.also, one.default)
                                == (&other.tag, &other.also, other.default)
                                && alike(one.schema, other.schema)
                        })
            }
            (one, other) => one == other,
        }
    }
}

/// Whether two enums have the same values, whatever their order.
fn same_values<T: Ord>(values: &[EnumValue<T>], others: &[EnumValue<T>]) -> bool {
    let values: BTreeSet<&T> = values.iter().map(|value| &value.value).collect();
    let others: BTreeSet<&T> = others.iter().map(|value| &value.value).collect();
    values == others
}
