//! Views: shapes in, the same shapes out with a request view beside every schema
//! that is used in both directions and does not look the same in both.
//!
//! `readOnly` and `writeOnly` say that a property stands in one direction only.
//! A schema that requests and responses share, and that holds such a property,
//! in place or deeper, is two: its response view keeps the name and loses what
//! is `writeOnly`, its request view is a copy without what is `readOnly`. A
//! schema of one direction, or of none, stays one with all its properties; those
//! that its direction lacks are not required.

use std::collections::HashMap;

use super::{Field, Kind, Shape, Shapes};
use crate::diagnostic::{Code, Report};
use crate::graph::{Direction, Schema, SchemaId, View};
use crate::string_format::StringType;

#[cfg(test)]
mod tests;

/// Splits what differs between requests and responses; where that is not
/// `wanted`, only lets properties be absent in the direction that lacks them.
#[must_use]
pub fn views(mut shapes: Shapes, wanted: bool, report: &mut Report) -> Shapes {
    let access = Access::of(&shapes, report);
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in &mut shapes.graph.operations {
        sent.extend(operation.request_schemas().into_iter().map(|id| *id));
        received.extend(operation.response_schemas().into_iter().map(|id| *id));
    }
    let requests = access.reached(&shapes, sent, Direction::Request);
    let responses = access.reached(&shapes, received, Direction::Response);
    let differing = access.differing(&shapes);
    let split: Vec<usize> = (0..shapes.shapes.len())
        .filter(|index| wanted && requests[*index] && responses[*index] && differing[*index])
        .collect();
    access.relax(&mut shapes, &requests, &responses, &split);
    let twins = access.twins(&mut shapes, &split);
    if twins.is_empty() {
        return shapes;
    }
    // What only requests hold, holds request views.
    for index in 0..requests.len() {
        if requests[index]
            && !responses[index]
            && let Some(shape) = &mut shapes.shapes[index]
        {
            access.retarget(shape, &twins);
        }
    }
    for operation in &mut shapes.graph.operations {
        for schema in operation.request_schemas() {
            *schema = twins.get(schema).copied().unwrap_or(*schema);
        }
    }
    shapes
}

/// The properties that stand in one direction only: the place of the property
/// and its schema → the direction.
struct Access(HashMap<(crate::source::Origin, SchemaId), Direction>);

impl Access {
    fn of(shapes: &Shapes, report: &mut Report) -> Self {
        let mut access = HashMap::new();
        let mut reported = std::collections::HashSet::new();
        for field in shapes.shapes.iter().flatten().flat_map(fields) {
            let direction = match flags(shapes, field.schema) {
                (true, false) => Direction::Response,
                (false, true) => Direction::Request,
                (false, false) => continue,
                (true, true) => {
                    if reported.insert(field.origin) {
                        report
                            .warn(
                                Code::Contradiction,
                                field.origin,
                                format!(
                                    "the property `{}` is `readOnly` and `writeOnly` at once",
                                    field.wire
                                ),
                            )
                            .help("remove one of the two; the client leaves it in both directions");
                    }
                    continue;
                }
            };
            access.insert((field.origin, field.schema), direction);
        }
        Self(access)
    }

    fn only(&self, field: &Field) -> Option<Direction> {
        self.0.get(&(field.origin, field.schema)).copied()
    }

    /// By schema: whether a value of it travels in `direction`, in which the
    /// roots do.
    fn reached(&self, shapes: &Shapes, roots: Vec<SchemaId>, direction: Direction) -> Vec<bool> {
        let mut reached = vec![false; shapes.shapes.len()];
        let mut open = roots;
        while let Some(id) = open.pop() {
            let index = id.0 as usize;
            let Some(Some(shape)) = shapes.shapes.get(index) else {
                continue;
            };
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            match &shape.kind {
                Kind::Object { fields, additional } => {
                    let travels =
                        |field: &&Field| self.only(field).is_none_or(|only| only == direction);
                    open.extend(fields.iter().filter(travels).map(|field| field.schema));
                    open.extend(*additional);
                }
                _ => open.extend(shape.children()),
            }
        }
        reached
    }

    /// By schema: whether it holds a property of one direction, in place or
    /// deeper.
    fn differing(&self, shapes: &Shapes) -> Vec<bool> {
        holding(shapes, |shape| {
            fields(shape).any(|field| self.only(field).is_some())
        })
    }

    /// A property that a direction lacks is not required of a schema that is
    /// used in this direction and stays one.
    fn relax(&self, shapes: &mut Shapes, requests: &[bool], responses: &[bool], split: &[usize]) {
        for (index, shape) in shapes.shapes.iter_mut().enumerate() {
            if split.binary_search(&index).is_ok() {
                continue;
            }
            if let Some(Shape {
                kind: Kind::Object { fields, .. },
                ..
            }) = shape
            {
                for field in fields {
                    field.required &= match self.only(field) {
                        Some(Direction::Response) => !requests[index],
                        Some(Direction::Request) => !responses[index],
                        None => true,
                    };
                }
            }
        }
    }

    /// Makes a request view of every schema in `split`: schema → its view.
    fn twins(&self, shapes: &mut Shapes, split: &[usize]) -> HashMap<SchemaId, SchemaId> {
        let mut twins = HashMap::new();
        let secret = secret(shapes);
        for index in split {
            let id = SchemaId(*index as u32);
            let schema = &mut shapes.graph.schemas[*index];
            schema.view = Some(View::Response);
            let twin = Schema {
                view: Some(View::Request(id)),
                ..schema.clone()
            };
            let component = twin.component.is_some();
            let twin = shapes.graph.add(twin);
            if component {
                shapes.graph.components.push(twin);
            }
            twins.insert(id, twin);
        }
        shapes.shapes.resize(shapes.graph.schemas.len(), None);
        for index in split {
            let Some(response) = &mut shapes.shapes[*index] else {
                continue;
            };
            let mut request = response.clone();
            self.keep(response, Direction::Response, &secret);
            self.keep(&mut request, Direction::Request, &secret);
            self.retarget(&mut request, &twins);
            let twin = twins[&SchemaId(*index as u32)];
            shapes.shapes[twin.0 as usize] = Some(request);
        }
        twins
    }

    /// Leaves out the properties that `direction` lacks. One that may have a secret
    /// in it stays where other properties are kept: `Debug` would show it as one of
    /// those if it came all the same.
    fn keep(&self, shape: &mut Shape, direction: Direction, secret: &[bool]) {
        let Kind::Object { fields, additional } = &mut shape.kind else {
            return;
        };
        fields.retain_mut(|field| {
            let travels = self.only(field).is_none_or(|only| only == direction);
            field.required &= travels;
            travels || (additional.is_some() && secret.get(field.schema.0 as usize) == Some(&true))
        });
    }

    /// Lets a shape of requests hold request views. A property that requests
    /// lack holds what responses do.
    fn retarget(&self, shape: &mut Shape, twins: &HashMap<SchemaId, SchemaId>) {
        let twin = |id: &mut SchemaId| *id = twins.get(id).copied().unwrap_or(*id);
        match &mut shape.kind {
            Kind::Object { fields, additional } => {
                for field in fields {
                    if self.only(field) != Some(Direction::Response) {
                        twin(&mut field.schema);
                    }
                }
                additional.iter_mut().for_each(twin);
            }
            _ => shape.children_mut().into_iter().for_each(twin),
        }
    }
}

/// By schema: whether it may have a secret in it.
fn secret(shapes: &Shapes) -> Vec<bool> {
    holding(shapes, |shape| {
        shape.kind == Kind::String(StringType::Secret)
    })
}

/// By schema: whether it is one of those asked for, or holds one in place or
/// deeper.
fn holding(shapes: &Shapes, is_one: impl Fn(&Shape) -> bool) -> Vec<bool> {
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); shapes.shapes.len()];
    let mut holding = vec![false; shapes.shapes.len()];
    let mut open = Vec::new();
    for (index, shape) in shapes.shapes.iter().enumerate() {
        let Some(shape) = shape else { continue };
        for child in shape.children() {
            if let Some(parents) = parents.get_mut(child.0 as usize) {
                parents.push(index);
            }
        }
        if is_one(shape) {
            open.push(index);
        }
    }
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut holding[index], true) {
            open.extend(&parents[index]);
        }
    }
    holding
}

fn fields(shape: &Shape) -> impl Iterator<Item = &Field> {
    match &shape.kind {
        Kind::Object { fields, .. } => fields.iter(),
        _ => [].iter(),
    }
}

/// Whether `readOnly` and `writeOnly` are written on a schema, or on what it is
/// another name for.
fn flags(shapes: &Shapes, mut id: SchemaId) -> (bool, bool) {
    loop {
        let schema = shapes.graph.schema(id);
        let own = (schema.read_only, schema.write_only);
        match shapes.shape(id).kind {
            Kind::Same(same) if own == (false, false) => id = same,
            _ => return own,
        }
    }
}
