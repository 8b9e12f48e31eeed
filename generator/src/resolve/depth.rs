//! Depth: a finished graph in, an error out where references into the middle of
//! schemas make them stand in one another deeper than later stages follow.

use super::Resolver;
use crate::diagnostic::Code;
use crate::graph::{Additional, Schema, SchemaId};
use crate::source::Origin;

/// How deep schemas may stand in one another: deeper than a document nests.
pub(super) const DEEPEST: usize = 400;

impl Resolver<'_> {
    /// Says once that schemas lead on too far. There will be no client.
    pub(super) fn too_deep(&mut self, origin: Origin) {
        if !self.graph.too_deep {
            self.graph.too_deep = true;
            self.report
                .error(
                    Code::Unsupported,
                    origin,
                    format!(
                        "references into the middle of schemas lead on over more than {DEEPEST} schemas"
                    ),
                )
                .help("give the schemas names under `components` and refer to these");
        }
    }

    /// Makes sure that no schema leads on too far by way of such as have no name.
    pub(super) fn bounded(&mut self) {
        let mut heights = vec![Height::Unknown; self.graph.schemas.len()];
        for start in 0..heights.len() {
            // Each with its children that are still to be looked at.
            let mut path: Vec<(usize, Vec<SchemaId>)> = Vec::new();
            if heights[start] == Height::Unknown {
                path.push((start, self.below(start)));
            }
            while let Some((at, children)) = path.last_mut() {
                let at = *at;
                match children.pop().map(|child| child.0 as usize) {
                    Some(child) if heights[child] == Height::Unknown => {
                        heights[child] = Height::Open;
                        path.push((child, self.below(child)));
                    }
                    Some(_) => {}
                    None => {
                        let below = self.below(at).into_iter();
                        let highest = below.map(|child| heights[child.0 as usize].or_none()).max();
                        let height = 1 + highest.unwrap_or(0);
                        if height > DEEPEST {
                            self.too_deep(self.graph.schemas[at].origin);
                            return;
                        }
                        heights[at] = Height::Known(height);
                        path.pop();
                    }
                }
            }
        }
    }

    /// The schemas without a name that stand in one.
    fn below(&self, index: usize) -> Vec<SchemaId> {
        let schema: &Schema = &self.graph.schemas[index];
        let additional = match schema.additional {
            Additional::Schema(values) => Some(values),
            _ => None,
        };
        schema
            .properties
            .values()
            .map(|property| property.schema)
            .chain(additional)
            .chain(schema.items)
            .chain(schema.not)
            .chain(schema.all_of.iter().copied())
            .chain(schema.one_of.iter().copied())
            .chain(schema.any_of.iter().copied())
            .chain(schema.conditional.iter().map(|inner| inner.schema))
            .filter(|child| self.graph.schema(*child).component.is_none())
            .collect()
    }
}

/// How many schemas stand in one another below one.
#[derive(Clone, Copy, PartialEq)]
enum Height {
    Unknown,
    /// It leads back to itself, which has no height.
    Open,
    Known(usize),
}

impl Height {
    fn or_none(self) -> usize {
        match self {
            Self::Known(height) => height,
            Self::Unknown | Self::Open => 0,
        }
    }
}
