//! Scalars in a choice: members that are strings, numbers or booleans in, those
//! that differ for a client out. Known values of several members are one enum.

use super::{Kind, Normaliser, NumberFormat};
use crate::graph::{EnumNote, JsonType, Schema, SchemaId};
use crate::source::{Node, Number, Value};
use crate::string_format::StringType;

impl Normaliser<'_> {
    /// The members of which none is another by other words.
    pub(super) fn distinct_scalars(&mut self, members: Vec<SchemaId>) -> Vec<SchemaId> {
        let mut kept: Vec<SchemaId> = Vec::new();
        for member in members {
            if !kept.contains(&member) {
                kept.push(member);
            }
        }
        for json_type in [JsonType::String, JsonType::Integer] {
            kept = self.one_enum(kept, json_type);
        }
        let mut distinct: Vec<SchemaId> = Vec::new();
        for member in kept {
            let like = match self.inline_scalar(member) {
                Some(kind) => distinct.iter().position(|other| {
                    self.inline_scalar(*other)
                        .is_some_and(|other| is_alike(&other, &kind))
                }),
                None => None,
            };
            let Some(at) = like else {
                distinct.push(member);
                continue;
            };
            // Of two that differ in width, the wider.
            let (kept, left_out) = match self.is_wider(member, distinct[at]) {
                true => (member, distinct[at]),
                false => (distinct[at], member),
            };
            let mut alike = self.alike.remove(&left_out).unwrap_or_default();
            alike.push(left_out);
            self.alike.entry(kept).or_default().extend(alike);
            distinct[at] = kept;
        }
        distinct
    }

    /// Lets the inline enums of a type, and the free values beside them, be one
    /// enum: it is open in any case.
    fn one_enum(&mut self, members: Vec<SchemaId>, json_type: JsonType) -> Vec<SchemaId> {
        let is_enum = |id: &SchemaId| {
            let schema = self.graph.schema(*id);
            values_type(schema) == Some(json_type) && is_plain(schema)
        };
        let is_inline = |id: &SchemaId| self.graph.schema(*id).component.is_none();
        let (components, enums): (Vec<SchemaId>, Vec<SchemaId>) = members
            .iter()
            .copied()
            .filter(is_enum)
            .partition(|id| !is_inline(id));
        let free: Vec<SchemaId> = members
            .iter()
            .copied()
            .filter(|id| {
                let schema = self.graph.schema(*id);
                is_inline(id)
                    && is_plain(schema)
                    && schema.rust_newtype.is_none()
                    && schema.rust_type.is_none()
                    && schema.enumeration.is_empty()
                    && schema.json_type == Some(json_type)
                    && (json_type != JsonType::String
                        || self.string_type(schema) == StringType::Text)
            })
            .collect();
        if let ([_], []) = (components.as_slice(), enums.as_slice()) {
            return without(members, &free);
        }
        let [first, ..] = enums.as_slice() else {
            return members;
        };
        if enums.len() + free.len() < 2 {
            return members;
        }
        let mut together = Schema {
            origin: self.graph.schema(*first).origin,
            json_type: Some(json_type),
            ..Schema::default()
        };
        for id in &enums {
            let schema = self.graph.schema(*id);
            if let [only] = schema.enumeration.as_slice() {
                // One value with words of its own: what they say is said of it.
                together.enum_notes.push(EnumNote {
                    value: only.clone(),
                    name: schema.title.clone(),
                    description: schema.description.clone(),
                });
            }
            together.enum_notes.extend(schema.enum_notes.clone());
            for value in &schema.enumeration {
                let known = &together.enumeration;
                if !known.iter().any(|other| other.value == value.value) {
                    together.enumeration.push(value.clone());
                }
            }
        }
        together
            .enum_notes
            .retain(|note| note.name.is_some() || note.description.is_some());
        let together = self.graph.add(together);
        let mut members = without(members, &free);
        if let Some(at) = members.iter().position(|id| id == first) {
            members[at] = together;
        }
        without(members, &enums)
    }

    /// The kind of an inline schema that is a scalar without known values.
    fn inline_scalar(&mut self, id: SchemaId) -> Option<Kind> {
        let schema = self.graph.schema(id);
        let scalar = matches!(
            schema.json_type,
            Some(JsonType::Boolean | JsonType::Integer | JsonType::Number | JsonType::String)
        );
        let listed = !schema.enumeration.is_empty() && schema.json_type != Some(JsonType::Boolean);
        let is_type = schema.component.is_some()
            || schema.rust_newtype.is_some()
            || schema.rust_type.is_some();
        if is_type || !scalar || listed || !is_plain(schema) {
            return None;
        }
        let schema = schema.clone();
        Some(self.by_type(&schema))
    }

    fn is_wider(&mut self, one: SchemaId, other: SchemaId) -> bool {
        use super::IntegerFormat::{I32, I64, U32, U64};
        match (self.inline_scalar(one), self.inline_scalar(other)) {
            (Some(Kind::Integer(one)), Some(Kind::Integer(other))) => {
                matches!((one, other), (I64 | U64, I32 | U32) | (I64, U64))
            }
            (Some(Kind::Number(one)), Some(Kind::Number(_))) => one == NumberFormat::F64,
            // A file can be a text, where it is sent as one.
            (Some(Kind::String(_)), Some(Kind::String(_))) => {
                let is_file = |id| self.graph.schema(id).format.as_deref() == Some("binary");
                is_file(one) && !is_file(other)
            }
            _ => false,
        }
    }
}

fn is_alike(one: &Kind, other: &Kind) -> bool {
    matches!(
        (one, other),
        (Kind::Integer(_), Kind::Integer(_)) | (Kind::Number(_), Kind::Number(_))
    ) || one == other
}

fn without(mut members: Vec<SchemaId>, left_out: &[SchemaId]) -> Vec<SchemaId> {
    members.retain(|id| !left_out.contains(id));
    members
}

/// Whether a schema is what its type and values say, and nothing more.
fn is_plain(schema: &Schema) -> bool {
    schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.properties.is_empty()
        && schema.items.is_none()
}

/// The type of the values that an enum lists, where all have one.
pub(super) fn values_type(schema: &Schema) -> Option<JsonType> {
    let of = |node: &&Node| match node.value {
        Value::String(_) => Some(JsonType::String),
        Value::Number(Number::Integer(_)) => Some(JsonType::Integer),
        _ => None,
    };
    let mut values = schema
        .enumeration
        .iter()
        .filter(|node| node.value != Value::Null);
    let first = values.next().as_ref().and_then(of)?;
    let all = values.all(|node| of(&node) == Some(first));
    let says = schema.json_type.is_none_or(|json_type| json_type == first);
    (all && says).then_some(first)
}
