//! Sample values: a type in, a JSON value that it decodes out.

use serde_json::{Map, Value, json};

use super::sendable;
use super::ty::is_text;
use crate::model::{
    Api, Field, ItemKind, Parameter, Presence, Sample, Scalar, Struct, Type, Union, UnionVariant,
};

/// How deep types may lie inside one another before no sample is made: a type
/// that requires itself has none.
const DEPTH: usize = 16;

/// Returns the example of a parameter, or else a value that fits; `None` where
/// neither can be sent.
pub(super) fn parameter(api: &Api, parameter: &Parameter) -> Option<Value> {
    let example = parameter.example.clone();
    match &parameter.sample {
        Sample::OfType => {}
        Sample::OfSchema(value) => return Some(value.clone()),
        Sample::Unknown => return None,
    }
    let text = is_text(api, &parameter.ty).then(|| json!(parameter.wire));
    let made = || at_depth(api, &parameter.ty, 0, 1);
    let values = example.into_iter().chain(text);
    values
        .filter(|value| sendable::is_sent(parameter, value))
        .chain(std::iter::once_with(made).flatten())
        .find(|value| sendable::is_sent(parameter, value))
}

/// Whether a test can make values of the types, and look into it: the
/// configuration may have left out a direction of serde.
pub(super) fn has_both_directions<'a>(
    api: &Api,
    types: impl IntoIterator<Item = &'a Type>,
) -> bool {
    let mut both = true;
    for ty in types {
        ty.items(&mut |id, _| {
            let item = api.item(id);
            both &= item.serialize && item.deserialize;
        });
    }
    both
}

/// A value of the type, with nothing in it that may be left out.
pub(super) fn value(api: &Api, ty: &Type) -> Option<Value> {
    at_depth(api, ty, 0, 0)
}

fn tagged(union: &Union, variant: &UnionVariant, mut value: Value) -> Value {
    if let (Some(property), Some(tag), Some(object)) =
        (&union.tag, &variant.tag, value.as_object_mut())
    {
        object.insert(property.clone(), json!(tag));
    }
    value
}

/// An object with its required properties, and others until it has as many as
/// it needs, and `floor`, that are not null.
fn object(api: &Api, structure: &Struct, depth: usize, floor: usize) -> Option<Value> {
    let least = structure.least.max(floor);
    let mut object = Map::new();
    for field in &structure.fields {
        match field.presence {
            Presence::Required => {
                object.insert(
                    field.wire.clone(),
                    at_depth(api, &field.ty, depth + 1, floor)?,
                );
            }
            Presence::RequiredNullable => {
                object.insert(field.wire.clone(), Value::Null);
            }
            Presence::Optional | Presence::OptionalNullable => {}
        }
    }
    let is_enough = |object: &Map<String, Value>| {
        object.values().filter(|value| !value.is_null()).count() >= least
    };
    // A type with others inside may lead back here: only one of those is tried.
    let is_flat = |field: &&Field| is_flat(api, &field.ty);
    let (flat, others): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(is_flat);
    for field in flat.into_iter().chain(others.into_iter().take(1)) {
        let is_set = object
            .get(&field.wire)
            .is_some_and(|value| !value.is_null());
        if is_enough(&object) || is_set || field.deprecated {
            continue;
        }
        if let Some(value) = at_depth(api, &field.ty, depth + 1, floor) {
            object.insert(field.wire.clone(), value);
        }
    }
    if let Some((_, values)) = &structure.additional {
        for number in 1..=least.min(DEPTH) {
            if is_enough(&object) {
                break;
            }
            object.insert(
                format!("key{number}"),
                at_depth(api, values, depth + 1, floor)?,
            );
        }
    }
    Some(Value::Object(object))
}

/// Whether values of the type have no structs or unions inside.
fn is_flat(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => is_flat(api, inner),
        Type::Foreign(_) => false,
        Type::Item(id) => matches!(
            api.item(*id).kind,
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_)
        ),
    }
}

/// The least value of the struct of a multipart body; files, which are no JSON,
/// are null.
pub(super) fn structure(api: &Api, structure: &Struct) -> Option<Value> {
    let mut object = Map::new();
    let is_required = |field: &&Field| field.presence.is_required();
    for field in structure.fields.iter().filter(is_required) {
        let value = match &field.ty {
            Type::Scalar(Scalar::Part) => Value::Null,
            Type::Array(inner) if **inner == Type::Scalar(Scalar::Part) => json!([null]),
            ty => at_depth(api, ty, 1, 0)?,
        };
        object.insert(field.wire.clone(), value);
    }
    Some(Value::Object(object))
}

/// `floor` is how many properties each object has at least.
fn at_depth(api: &Api, ty: &Type, depth: usize, floor: usize) -> Option<Value> {
    if depth > DEPTH {
        return None;
    }
    Some(match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Any if floor > 0 => json!("text"),
            Scalar::Any => json!({}),
            Scalar::Bool => json!(true),
            Scalar::I32 | Scalar::I64 | Scalar::I128 | Scalar::U32 | Scalar::U64 => json!(1),
            Scalar::F32 | Scalar::F64 => json!(1.5),
            Scalar::String | Scalar::Secret => json!("text"),
            Scalar::Formatted(format) => json!(format.sample()),
            // Not JSON.
            Scalar::Part => return None,
        },
        // Only its author knows.
        Type::Foreign(_) => return None,
        Type::Array(inner) => json!([at_depth(api, inner, depth + 1, floor)?]),
        Type::Map(inner) => json!({ "key": at_depth(api, inner, depth + 1, floor)? }),
        Type::Nullable(inner) => at_depth(api, inner, depth, floor)?,
        Type::Item(id) => match &api.item(*id).kind {
            // A text of nothing may not be sent.
            ItemKind::StringEnum(values) => {
                let mut all = values.variants.iter().map(|variant| &variant.value);
                let first = all.clone().next()?;
                json!(all.find(|text| !text.is_empty()).unwrap_or(first))
            }
            ItemKind::IntegerEnum(values) => json!(values.variants.first()?.value),
            ItemKind::Newtype(newtype) => {
                at_depth(api, &Type::Scalar(newtype.inner), depth, floor)?
            }
            ItemKind::Alias(alias) => at_depth(api, &alias.ty, depth + 1, floor)?,
            ItemKind::Union(union) => {
                let variant = union.variants.first()?;
                tagged(
                    union,
                    variant,
                    at_depth(api, &variant.ty, depth + 1, floor)?,
                )
            }
            ItemKind::Struct(structure) => object(api, structure, depth, floor)?,
        },
    })
}
