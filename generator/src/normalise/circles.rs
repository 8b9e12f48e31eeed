//! Circles of `allOf`: a graph and two schemas in, whether one is made of the
//! other out. Asked for every schema of a chain, in time linear in the chain.

use std::collections::HashSet;

use crate::graph::circle;
use crate::graph::{Graph, SchemaId};

/// What is known of who is made of whom.
#[derive(Debug, Default)]
pub(super) struct Circles {
    /// By schema that was there when this was found: the circle it is on.
    circles: Vec<usize>,
    /// How many steps were walked since.
    walked: usize,
    /// Whether circles may have come apart since.
    broken: bool,
}

impl Circles {
    /// Whether `from`, a member of the `allOf` of `to`, is made of `to` itself.
    pub(super) fn leads_back(&mut self, graph: &Graph, from: SchemaId, to: SchemaId) -> bool {
        // Merging takes members away, and gives such only to schemas that are
        // new. So what was on no circle is on none, and a walk pays for looking
        // again once it was long.
        if self.circles.is_empty() || (self.broken && self.walked >= graph.schemas.len()) {
            self.find(graph);
        }
        let circle = |id: SchemaId| self.circles.get(id.0 as usize).copied();
        if let (Some(one), Some(other)) = (circle(from), circle(to))
            && one != other
        {
            return false;
        }
        let mut seen = HashSet::new();
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            if id == to {
                self.broken = true;
                return true;
            }
            if seen.insert(id) {
                self.walked += 1;
                open.extend(&graph.schema(id).all_of);
            }
        }
        self.broken = true;
        false
    }

    fn find(&mut self, graph: &Graph) {
        let members: Vec<Vec<usize>> = graph
            .schemas
            .iter()
            .map(|schema| schema.all_of.iter().map(|id| id.0 as usize).collect())
            .collect();
        *self = Self {
            circles: circle::components(&members),
            walked: 0,
            broken: false,
        };
    }
}
