//! Recursion: types that hold themselves in place get a pointer, names that
//! stand for themselves get a type.

use crate::model::{Api, ItemId, ItemKind, Type};

/// Breaks every cycle of the plan's types.
pub(super) fn break_cycles(api: &mut Api) {
    newtypes(api);
    boxes(api);
}

/// An alias that leads back to itself through other aliases, behind lists and
/// maps or not, is not a type in Rust: it becomes a struct around what it
/// names.
fn newtypes(api: &mut Api) {
    let aliases: Vec<Vec<ItemId>> = api
        .items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Alias(alias) => held(&alias.ty, true),
            _ => Vec::new(),
        })
        .collect();
    let circles = Circles::of(&aliases);
    for index in 0..api.items.len() {
        let circular = aliases[index]
            .iter()
            .any(|target| circles.share(ItemId(index), *target));
        if let ItemKind::Alias(alias) = &mut api.items[index].kind {
            alias.newtype = circular;
        }
    }
}

/// A struct or union that holds itself in place, directly or by way of others,
/// gets a pointer on the way.
fn boxes(api: &mut Api) {
    let edges: Vec<Vec<ItemId>> = api
        .items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Struct(structure) => structure
                .fields
                .iter()
                .flat_map(|field| held(&field.ty, false))
                .collect(),
            ItemKind::Union(union) => union
                .variants
                .iter()
                .flat_map(|variant| held(&variant.ty, false))
                .collect(),
            ItemKind::Alias(alias) => held(&alias.ty, false),
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) => Vec::new(),
        })
        .collect();
    let circles = Circles::of(&edges);
    for (index, item) in api.items.iter_mut().enumerate() {
        let circular = |ty: &Type| {
            held(ty, false)
                .iter()
                .any(|target| circles.share(ItemId(index), *target))
        };
        match &mut item.kind {
            ItemKind::Struct(structure) => {
                for field in &mut structure.fields {
                    field.boxed = circular(&field.ty);
                }
            }
            ItemKind::Union(union) => {
                for variant in &mut union.variants {
                    variant.boxed = circular(&variant.ty);
                }
            }
            _ => {}
        }
    }
}

/// The types that a value of `ty` holds: all, or only those in place.
fn held(ty: &Type, all: bool) -> Vec<ItemId> {
    let mut items = Vec::new();
    ty.items(&mut |item, in_place| {
        if all || in_place {
            items.push(item);
        }
    });
    items
}

/// Which types lead to each other (Tarjan's strongly connected components,
/// without recursion: documents nest as deep as they like).
struct Circles {
    /// By type: the circle that it is in, if it is in any with others.
    of: Vec<usize>,
}

impl Circles {
    fn of(edges: &[Vec<ItemId>]) -> Self {
        const NEW: usize = usize::MAX;
        let mut index = vec![NEW; edges.len()];
        let mut low = vec![0; edges.len()];
        let mut on_path = vec![false; edges.len()];
        let mut of = vec![NEW; edges.len()];
        let mut path: Vec<usize> = Vec::new();
        let mut next = 0;
        for start in 0..edges.len() {
            if index[start] != NEW {
                continue;
            }
            // A type, and how many of its edges have been followed.
            let mut open = vec![(start, 0)];
            while let Some((at, followed)) = open.pop() {
                if followed == 0 {
                    index[at] = next;
                    low[at] = next;
                    next += 1;
                    path.push(at);
                    on_path[at] = true;
                }
                if let Some(target) = edges[at].get(followed) {
                    let target = target.0;
                    open.push((at, followed + 1));
                    if index[target] == NEW {
                        open.push((target, 0));
                    } else if on_path[target] {
                        low[at] = low[at].min(index[target]);
                    }
                    continue;
                }
                if low[at] == index[at] {
                    while let Some(member) = path.pop() {
                        on_path[member] = false;
                        of[member] = at;
                        if member == at {
                            break;
                        }
                    }
                }
                if let Some((before, _)) = open.last() {
                    low[*before] = low[*before].min(low[at]);
                }
            }
        }
        Self { of }
    }

    /// Whether a type that has an edge to another one is reached from there.
    fn share(&self, from: ItemId, target: ItemId) -> bool {
        self.of[from.0] == self.of[target.0]
    }
}
