//! What is reached: a tree in, the same tree without the components that no
//! `$ref` leads to from outside of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::percent_decoded;
use crate::source::{Node, Origin, Value};

/// Where components stand: those of OpenAPI 3, and those of Swagger 2.0.
/// Security schemes are named without references and stay.
const CONTAINERS: [&[&str]; 13] = [
    &["components", "schemas"],
    &["components", "responses"],
    &["components", "parameters"],
    &["components", "examples"],
    &["components", "requestBodies"],
    &["components", "headers"],
    &["components", "links"],
    &["components", "callbacks"],
    &["components", "pathItems"],
    &["components", "mediaTypes"],
    &["definitions"],
    &["parameters"],
    &["responses"],
];

/// A component: its container, an index into [`CONTAINERS`], and its name.
type Component = (usize, String);

/// Removes the components that nothing leads to.
pub(super) fn prune(root: &mut Node, removed: &mut Vec<Origin>) {
    let reached = Walk::new(root).reached();
    for (index, container) in CONTAINERS.iter().enumerate() {
        let Some(Value::Object(components)) = inside(root, container) else {
            continue;
        };
        components.retain(|name, node| {
            let keep = reached.contains(&(index, name.to_owned()));
            if !keep {
                removed.push(node.origin);
            }
            keep
        });
    }
}

fn inside<'a>(root: &'a mut Node, keys: &[&str]) -> Option<&'a mut Value> {
    let mut at = root;
    for key in keys {
        let Value::Object(object) = &mut at.value else {
            return None;
        };
        at = object.get_mut(key)?;
    }
    Some(&mut at.value)
}

struct Walk<'a> {
    root: &'a Node,
    components: BTreeMap<Component, &'a Node>,
    /// The schemas that name a schema in their `allOf`, by that schema.
    heirs: BTreeMap<Component, Vec<Component>>,
    reached: BTreeSet<Component>,
    /// Those of which the references are still to be followed.
    waiting: Vec<Component>,
}

impl<'a> Walk<'a> {
    fn new(root: &'a Node) -> Self {
        let mut components = BTreeMap::new();
        for (index, container) in CONTAINERS.iter().enumerate() {
            let node = container.iter().try_fold(root, |node, key| node.get(key));
            for (name, node) in node.and_then(Node::as_object).into_iter().flatten() {
                components.insert((index, name.to_owned()), node);
            }
        }
        let mut walk = Self {
            root,
            components,
            heirs: BTreeMap::new(),
            reached: BTreeSet::new(),
            waiting: Vec::new(),
        };
        for (component, node) in &walk.components {
            let members = node.get("allOf").and_then(Node::as_array);
            for member in members.into_iter().flatten() {
                let reference = member.get("$ref").and_then(Node::as_str);
                if let Some(parent) = reference.and_then(|reference| walk.component(reference)) {
                    walk.heirs
                        .entry(parent)
                        .or_default()
                        .push(component.clone());
                }
            }
        }
        walk
    }

    fn reached(mut self) -> BTreeSet<Component> {
        self.outside(self.root, &mut Vec::new());
        // Other documents and dialects name these without a pointer.
        let named: Vec<Component> = self
            .components
            .iter()
            .filter(|(_, node)| is_named(node))
            .map(|(component, _)| component.clone())
            .collect();
        for component in named {
            self.reach(component);
        }
        // The schemas of which heirs can stand in their place.
        let mut open: BTreeSet<Component> = BTreeSet::new();
        while let Some(component) = self.waiting.pop() {
            let Some(node) = self.components.get(&component).copied() else {
                continue;
            };
            self.references(node);
            if node.get("discriminator").is_some() {
                open.insert(component.clone());
            }
            if open.contains(&component) {
                for heir in self.heirs.get(&component).cloned().unwrap_or_default() {
                    // One that was reached before may have heirs of its own.
                    if open.insert(heir.clone()) && self.reached.contains(&heir) {
                        self.waiting.push(heir);
                    } else {
                        self.reach(heir);
                    }
                }
            }
        }
        self.reached
    }

    /// Follows the references of what is no component.
    fn outside(&mut self, node: &'a Node, path: &mut Vec<&'a str>) {
        let Some(object) = node.as_object() else {
            self.references(node);
            return;
        };
        for (key, node) in object {
            path.push(key);
            if CONTAINERS.contains(&path.as_slice()) {
                path.pop();
                continue;
            }
            if CONTAINERS
                .iter()
                .any(|container| container.starts_with(path))
            {
                self.outside(node, path);
            } else {
                self.references(node);
            }
            path.pop();
        }
    }

    fn references(&mut self, node: &Node) {
        match &node.value {
            Value::Array(array) => array.iter().for_each(|node| self.references(node)),
            Value::Object(object) => {
                for (key, node) in object {
                    match (key, node.as_str()) {
                        ("$ref" | "$dynamicRef" | "$recursiveRef", Some(reference)) => {
                            if let Some(component) = self.component(reference) {
                                self.reach(component);
                            }
                        }
                        ("mapping", _) => self.mapping(node),
                        ("defaultMapping", Some(target)) => self.mapped(target),
                        _ => {}
                    }
                    self.references(node);
                }
            }
            _ => {}
        }
    }

    /// The mapping of a discriminator: references, or names of schemas.
    fn mapping(&mut self, node: &Node) {
        let targets = node.as_object().into_iter().flatten();
        for target in targets.filter_map(|(_, node)| node.as_str()) {
            self.mapped(target);
        }
    }

    fn mapped(&mut self, target: &str) {
        if let Some(component) = self.component(target) {
            self.reach(component);
        }
        for container in ["#/components/schemas", "#/definitions"] {
            let name = target.replace('~', "~0").replace('/', "~1");
            if let Some(component) = self.component(&format!("{container}/{name}")) {
                self.reach(component);
            }
        }
    }

    fn reach(&mut self, component: Component) {
        if self.reached.insert(component.clone()) {
            self.waiting.push(component);
        }
    }

    /// The component that a reference names, or that holds what it names.
    fn component(&self, reference: &str) -> Option<Component> {
        let pointer = percent_decoded(reference.strip_prefix("#/")?);
        let tokens: Vec<String> = pointer
            .split('/')
            .take(3)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .collect();
        CONTAINERS
            .iter()
            .enumerate()
            .find_map(|(index, container)| {
                let name = tokens.get(container.len())?;
                let here = tokens
                    .iter()
                    .zip(*container)
                    .all(|(one, other)| one == other);
                let component = (index, name.clone());
                (here && self.components.contains_key(&component)).then_some(component)
            })
    }
}

/// Whether a schema or one inside it has a name of its own.
fn is_named(node: &Node) -> bool {
    match &node.value {
        Value::Array(array) => array.iter().any(is_named),
        Value::Object(object) => object.iter().any(|(key, node)| {
            (matches!(key, "$id" | "$anchor" | "$dynamicAnchor") && node.as_str().is_some())
                || is_named(node)
        }),
        _ => false,
    }
}
