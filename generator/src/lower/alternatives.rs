//! Finds what a union chooses from in the end: unions among its variants are
//! looked into. Each schema is visited once, since unions may lead back to each
//! other.

use std::collections::HashSet;

use super::Lowerer;
use crate::graph::SchemaId;
use crate::normalise::Kind;

impl Lowerer<'_> {
    /// Returns what a value of `schema` is one of: the schema itself, or what the
    /// variants of a union lead to, in order. None of them is a union.
    pub(super) fn alternatives(&self, schema: SchemaId) -> Vec<SchemaId> {
        let mut found = Vec::new();
        let variants = |id: SchemaId| match &self.shapes.shape(id).kind {
            Kind::Union(union) => union.variants.iter().map(|it| it.schema).collect(),
            _ => {
                found.push(id);
                Vec::new()
            }
        };
        self.visit(schema, variants);
        found
    }

    /// Returns `schema` and all that it chooses between as it was written, where
    /// alternatives that are all strings have not become one.
    pub(super) fn written_alternatives(&self, schema: SchemaId) -> Vec<SchemaId> {
        let mut found = Vec::new();
        let choices = |id: SchemaId| {
            found.push(id);
            let written = self.graph.schema(id);
            written
                .one_of
                .iter()
                .chain(&written.any_of)
                .copied()
                .collect()
        };
        self.visit(schema, choices);
        found
    }

    /// Calls `next` with `schema`, then with each schema that it returns, in
    /// order and once.
    fn visit(&self, schema: SchemaId, mut next: impl FnMut(SchemaId) -> Vec<SchemaId>) {
        let mut met = HashSet::new();
        let mut open = vec![schema];
        while let Some(id) = open.pop() {
            let id = self.end(id);
            if met.insert(id) {
                open.extend(next(id).into_iter().rev());
            }
        }
    }
}
