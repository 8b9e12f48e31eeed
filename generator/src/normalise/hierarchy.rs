//! Hierarchies: component schemas in, out which of them build on which by
//! `allOf`, and which of these families a discriminator tells apart.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::merge::DEEPEST_MERGE;
use super::{Kind, Normaliser, Shape, Union};
use crate::graph::{Discriminator, Graph, Schema, SchemaId};

/// Who builds on whom.
#[derive(Debug, Default)]
pub(super) struct Hierarchy {
    /// By component: the components that build on it, directly or by way of
    /// others, in the author's order.
    subtypes: HashMap<SchemaId, Vec<SchemaId>>,
    /// By component: what it builds on, the nearest first.
    ancestors: HashMap<SchemaId, IndexSet<SchemaId>>,
}

impl Hierarchy {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut hierarchy = Self::default();
        for id in &graph.components {
            let schema = graph.schema(*id);
            if schema.all_of.is_empty() || is_other_name(graph, *id) {
                continue;
            }
            let mut ancestors = IndexSet::new();
            collect(graph, *id, DEEPEST_MERGE, &mut ancestors);
            ancestors.shift_remove(id);
            for ancestor in &ancestors {
                hierarchy.subtypes.entry(*ancestor).or_default().push(*id);
            }
            hierarchy.ancestors.insert(*id, ancestors);
        }
        hierarchy
    }

    /// Whether `id` builds on `ancestor`.
    pub(super) fn builds_on(&self, id: SchemaId, ancestor: SchemaId) -> bool {
        self.ancestors
            .get(&id)
            .is_some_and(|ancestors| ancestors.contains(&ancestor))
    }

    /// The discriminator that tells a component from its relatives: its own,
    /// or that of the nearest of those it builds on.
    pub(super) fn discriminator<'a>(
        &self,
        graph: &'a Graph,
        id: SchemaId,
    ) -> Option<(SchemaId, &'a Discriminator)> {
        [id].iter()
            .chain(self.ancestors.get(&id).into_iter().flatten())
            .find_map(|id| Some((*id, graph.schema(*id).discriminator.as_deref()?)))
    }

    /// The components that build on `id`.
    pub(super) fn subtypes(&self, id: SchemaId) -> &[SchemaId] {
        self.subtypes.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// The components that a schema builds on, each after what refers to it. What
/// is further away than merging goes is an error there.
fn collect(graph: &Graph, id: SchemaId, deeper: usize, found: &mut IndexSet<SchemaId>) {
    let Some(deeper) = deeper.checked_sub(1) else {
        return;
    };
    for member in &graph.schema(id).all_of {
        let schema = graph.schema(*member);
        // Inline: what it builds on counts for the whole.
        let counts = schema.component.is_some() || !schema.all_of.is_empty();
        if counts && found.insert(*member) {
            collect(graph, *member, deeper, found);
        }
    }
}

/// Whether a component is another one by another name, perhaps with `null`, and
/// no subtype of it.
fn is_other_name(graph: &Graph, id: SchemaId) -> bool {
    let schema = graph.schema(id);
    let own = Schema {
        all_of: Vec::new(),
        ..schema.clone()
    };
    let [base] = schema.all_of.as_slice() else {
        return false;
    };
    if !own.is_annotation_only() {
        return false;
    }
    let Some(discriminator) = &graph.schema(*base).discriminator else {
        return true;
    };
    let mapped = discriminator
        .mapping
        .iter()
        .any(|(_, target)| *target == id);
    !mapped && (schema.nullable || !discriminator.mapping.is_empty())
}

impl Normaliser<'_> {
    /// The shape of a component that others build on and that a discriminator
    /// tells from them: any of them may stand where it is asked for.
    pub(super) fn family(&mut self, id: SchemaId) -> Option<Shape> {
        let schema = self.graph.schema(id);
        schema.component.as_ref()?;
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return None;
        }
        let subtypes = self.hierarchy.subtypes(id).to_vec();
        if subtypes.is_empty() {
            return None;
        }
        let (_, discriminator) = self.hierarchy.discriminator(&self.graph, id)?;
        let discriminator = discriminator.clone();
        let schema = schema.clone();
        let heirs = self.tagged(subtypes, None, &discriminator);
        let mut variants = Vec::new();
        if self.stands_for_itself(id, &discriminator) {
            let origin = schema
                .discriminator
                .as_ref()
                .map_or(schema.origin, |discriminator| discriminator.origin);
            let plain = Schema {
                origin,
                component: None,
                rust_name: None,
                nullable: false,
                discriminator: None,
                ..schema.clone()
            };
            let plain = self.graph.add(plain);
            self.plain.insert(plain);
            // What the base lists for all of them stands for the heirs first.
            let taken: HashSet<&String> = heirs
                .iter()
                .flat_map(|heir| heir.tag.iter().chain(&heir.also))
                .collect();
            for mut variant in self.tagged(vec![id], None, &discriminator) {
                let tags = variant.tag.take().into_iter().chain(variant.also);
                let mut tags = tags.filter(|tag| !taken.contains(tag));
                variant.tag = tags.next();
                variant.also = tags.collect();
                variant.schema = plain;
                variant.hint = Some("base".to_owned());
                variants.push(variant);
            }
        }
        variants.extend(heirs);
        if schema.discriminator.is_some() {
            self.unreachable_default(&discriminator, &variants);
        }
        Some(Shape {
            nullable: schema.nullable,
            kind: Kind::Union(Union {
                tag: Some(discriminator.property),
                variants,
            }),
        })
    }

    /// Whether the base of a family is a member of it too. With a mapping, the
    /// mapping says so; without, its name is a tag, unless the values of the
    /// property are listed without it.
    fn stands_for_itself(&self, id: SchemaId, discriminator: &Discriminator) -> bool {
        if discriminator.default == Some(id) {
            return true;
        }
        if !discriminator.mapping.is_empty() {
            return discriminator
                .mapping
                .iter()
                .any(|(_, target)| *target == id);
        }
        let values = self.tag_values(id, &discriminator.property);
        let name = self.graph.schema(id).component.as_ref();
        values.is_empty() || name.is_some_and(|name| values.contains(name))
    }
}
