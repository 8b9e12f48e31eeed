//! Sample values: a type in, a JSON value that it decodes out.

use serde_json::{Map, Value, json};

use super::ty::is_text;
use crate::model::{Api, Field, ItemKind, Parameter, Presence, Scalar, Struct, Type};

/// How deep types may lie inside one another before no sample is made: a type
/// that requires itself has none.
const DEPTH: usize = 16;

/// The example of a parameter, or else a value that fits.
pub(super) fn parameter(api: &Api, parameter: &Parameter) -> Option<Value> {
    match (&parameter.example, &parameter.ty) {
        (Some(example), _) => Some(example.clone()),
        (None, ty) if is_text(api, ty) => Some(json!(parameter.wire)),
        (None, ty) => value(api, ty),
    }
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
    at_depth(api, ty, 0)
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
            ty => at_depth(api, ty, 1)?,
        };
        object.insert(field.wire.clone(), value);
    }
    Some(Value::Object(object))
}

fn at_depth(api: &Api, ty: &Type, depth: usize) -> Option<Value> {
    if depth > DEPTH {
        return None;
    }
    Some(match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Any => json!({}),
            Scalar::Bool => json!(true),
            Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64 => json!(1),
            Scalar::F32 | Scalar::F64 => json!(1.5),
            Scalar::String | Scalar::Secret => json!("text"),
            Scalar::Formatted(format) => json!(format.sample()),
            // Not JSON.
            Scalar::Part => return None,
        },
        // Only its author knows.
        Type::Foreign(_) => return None,
        Type::Array(inner) => json!([at_depth(api, inner, depth + 1)?]),
        Type::Map(inner) => json!({ "key": at_depth(api, inner, depth + 1)? }),
        Type::Nullable(inner) => at_depth(api, inner, depth)?,
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::StringEnum(values) => json!(values.variants.first()?.value),
            ItemKind::IntegerEnum(values) => json!(values.variants.first()?.value),
            ItemKind::Newtype(newtype) => at_depth(api, &Type::Scalar(newtype.inner), depth)?,
            ItemKind::Alias(alias) => at_depth(api, &alias.ty, depth + 1)?,
            ItemKind::Union(union) => {
                let variant = union.variants.first()?;
                let mut value = at_depth(api, &variant.ty, depth + 1)?;
                if let (Some(property), Some(tag), Some(object)) =
                    (&union.tag, &variant.tag, value.as_object_mut())
                {
                    object.insert(property.clone(), json!(tag));
                }
                value
            }
            ItemKind::Struct(structure) => {
                let mut object = Map::new();
                for field in &structure.fields {
                    match field.presence {
                        Presence::Required => {
                            object.insert(field.wire.clone(), at_depth(api, &field.ty, depth + 1)?);
                        }
                        Presence::RequiredNullable => {
                            object.insert(field.wire.clone(), Value::Null);
                        }
                        Presence::Optional | Presence::OptionalNullable => {}
                    }
                }
                Value::Object(object)
            }
        },
    })
}
