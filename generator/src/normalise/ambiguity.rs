//! Ambiguity: the finished shapes in, a warning for each union of which no
//! value can tell two variants apart out.

use std::fmt::Write;

use super::{Kind, Shape, Union};
use crate::diagnostic::{Code, Report};
use crate::graph::{Graph, SchemaId};

/// How deep variants are compared; what lies deeper is as different as the
/// schemas are. Few look alike at first sight, so few are looked at closely.
const DEEPEST: [usize; 2] = [1, 3];

/// How many variants of a union are compared.
const MOST_VARIANTS: usize = 64;

/// How much of a variant is looked at, in bytes.
const MOST_LOOKS: usize = 1 << 14;

pub(super) fn report(graph: &Graph, shapes: &[Option<Shape>], report: &mut Report) {
    for (index, shape) in shapes.iter().enumerate() {
        let Some(Kind::Union(union)) = shape.as_ref().map(|shape| &shape.kind) else {
            continue;
        };
        if let Some((one, other)) = alike(shapes, union) {
            let name = |at: usize| {
                let hint = union.variants[at].hint.clone();
                hint.unwrap_or_else(|| format!("the variant {}", at + 1))
            };
            report
                .warn(
                    Code::AmbiguousUnion,
                    graph.schemas[index].origin,
                    format!(
                        "nothing in a value tells {} from {}",
                        quoted(&name(other)),
                        quoted(&name(one))
                    ),
                )
                .help("the first of them is taken; a discriminator, or a property with one value in each, would tell them apart");
        }
    }
}

fn quoted(name: &str) -> String {
    if name.starts_with("the variant") {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}

/// The first two variants without a tag of their own that look the same.
fn alike(shapes: &[Option<Shape>], union: &Union) -> Option<(usize, usize)> {
    let looks = |index: usize, deepest: usize| {
        let mut looks = String::new();
        write(shapes, union.variants[index].schema, deepest, &mut looks);
        // What there is more to see of than is looked at is like nothing else.
        if looks.len() >= MOST_LOOKS {
            let _ = write!(looks, "#{index}");
        }
        looks
    };
    let mut seen: Vec<(usize, String)> = Vec::new();
    for (index, variant) in union.variants.iter().enumerate().take(MOST_VARIANTS) {
        if variant.tag.is_some() {
            continue;
        }
        let first_sight = looks(index, DEEPEST[0]);
        let alike = |(other, others): &&(usize, String)| {
            *others == first_sight && looks(*other, DEEPEST[1]) == looks(index, DEEPEST[1])
        };
        if let Some((other, _)) = seen.iter().find(alike) {
            return Some((*other, index));
        }
        seen.push((index, first_sight));
    }
    None
}

/// What a schema is another name for, at the end.
fn end(shapes: &[Option<Shape>], mut id: SchemaId) -> SchemaId {
    // Circles are broken before this.
    while let Some(Some(Shape {
        kind: Kind::Same(same),
        ..
    })) = shapes.get(id.0 as usize)
    {
        id = *same;
    }
    id
}

/// What can be seen of a schema's values, as text; at first sight, nothing of
/// what lies deep.
fn write(shapes: &[Option<Shape>], id: SchemaId, deeper: usize, looks: &mut String) {
    let Some(shape) = shapes.get(id.0 as usize).and_then(Option::as_ref) else {
        looks.push('?');
        return;
    };
    if looks.len() >= MOST_LOOKS {
        return;
    }
    match &shape.kind {
        Kind::Same(_) => write(shapes, end(shapes, id), deeper, looks),
        Kind::Array(_) | Kind::Map(_) | Kind::Object { .. } if deeper == 0 => looks.push('_'),
        Kind::Array(items) => {
            looks.push('[');
            write(shapes, *items, deeper - 1, looks);
            looks.push(']');
        }
        Kind::Map(values) => {
            looks.push('<');
            write(shapes, *values, deeper - 1, looks);
            looks.push('>');
        }
        Kind::Object { fields, .. } => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|one, other| one.wire.cmp(&other.wire));
            looks.push('{');
            for field in fields {
                let _ = write!(looks, "{:?}{}", field.wire, u8::from(field.required));
                write(shapes, field.schema, deeper - 1, looks);
                looks.push(',');
            }
            looks.push('}');
        }
        Kind::StringEnum(values) => {
            let mut values: Vec<_> = values.iter().map(|value| &value.value).collect();
            values.sort();
            let _ = write!(looks, "{values:?}");
        }
        Kind::IntegerEnum(values) => {
            let mut values: Vec<_> = values.iter().map(|value| value.value).collect();
            values.sort_unstable();
            let _ = write!(looks, "{values:?}");
        }
        Kind::Union(_) => {
            let _ = write!(looks, "#{}", id.0);
        }
        scalar => {
            let _ = write!(looks, "{scalar:?}");
        }
    }
}
