//! One action of an overlay: finds its targets in the document and changes
//! them.

use serde_json::Value as Json;
use serde_json_path::{JsonPath, PathElement};

use crate::diagnostic::{Code, Report};
use crate::source::{Node, Origin, Value};

/// How deep a document may become. Every later stage follows a document into
/// its depth, so that this bounds what it needs of the stack.
const DEEPEST: usize = 256;

/// An action that can be read.
pub(super) struct Action {
    /// Where its target is written.
    pub(super) origin: Origin,
    /// What it changes.
    pub(super) path: JsonPath,
    /// What it merges into its targets; `None` removes them.
    pub(super) update: Option<Node>,
}

/// A step from the root towards a target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Index(usize),
}

impl Action {
    /// Changes all targets in `root`, and in `json`, which is its copy.
    pub(super) fn apply(self, root: &mut Node, json: &mut Json, report: &mut Report) {
        let mut targets = self.targets(json);
        if targets.is_empty() {
            report
                .error(
                    Code::Overlay,
                    self.origin,
                    format!("the target `{}` matches nothing", self.path),
                )
                .help("correct the target, or remove the action when it is no longer needed");
            return;
        }
        // From the end, so that removing one leaves the others where they are.
        targets.sort();
        targets.dedup();
        for target in targets.iter().rev() {
            match &self.update {
                None => self.remove(target, root, json, report),
                Some(update) => self.update(target, update, root, json, report),
            }
        }
    }

    fn targets(&self, json: &Json) -> Vec<Vec<Step>> {
        self.path
            .query_located(json)
            .locations()
            .map(|location| {
                location
                    .iter()
                    .map(|element| match element {
                        PathElement::Name(name) => Step::Key((*name).to_owned()),
                        PathElement::Index(index) => Step::Index(*index),
                    })
                    .collect()
            })
            .collect()
    }

    fn remove(&self, target: &[Step], root: &mut Node, json: &mut Json, report: &mut Report) {
        let Some((last, path)) = target.split_last() else {
            report.error(
                Code::Overlay,
                self.origin,
                "the document itself cannot be removed",
            );
            return;
        };
        // Below what has been removed, there is nothing left to find.
        let Some(parent) = follow(root, path) else {
            return;
        };
        match (&mut parent.value, last) {
            (Value::Object(object), Step::Key(key)) => {
                object.remove(key);
            }
            (Value::Array(array), Step::Index(index)) if *index < array.len() => {
                array.remove(*index);
            }
            _ => {}
        }
        match (follow_json(json, path), last) {
            (Some(Json::Object(object)), Step::Key(key)) => {
                object.remove(key);
            }
            (Some(Json::Array(array)), Step::Index(index)) if *index < array.len() => {
                array.remove(*index);
            }
            _ => {}
        }
    }

    fn update(
        &self,
        target: &[Step],
        update: &Node,
        root: &mut Node,
        json: &mut Json,
        report: &mut Report,
    ) {
        let Some(node) = follow(root, target) else {
            return;
        };
        if target.len() + depth(update) > DEEPEST {
            report.error(
                Code::Overlay,
                self.origin,
                format!("lists and objects would nest deeper than {DEEPEST} levels"),
            );
            return;
        }
        let fits = match (&node.value, &update.value) {
            (Value::Array(_), _) | (Value::Object(_), Value::Object(_)) => true,
            (Value::Object(_), _) => {
                report.error(
                    Code::Overlay,
                    update.origin,
                    format!(
                        "the target is an object, and {} cannot be merged into it",
                        update.kind()
                    ),
                );
                false
            }
            _ => {
                report
                    .error(
                        Code::Overlay,
                        self.origin,
                        format!("the target is {}, not an object or a list", node.kind()),
                    )
                    .help("target the object that has it, and name the key in `update`");
                false
            }
        };
        if !fits {
            return;
        }
        match &mut node.value {
            // A list takes the update as one more element, or as several.
            Value::Array(array) if update.as_array().is_none() => array.push(update.clone()),
            _ => merge(node, update),
        }
        if let Some(json) = follow_json(json, target) {
            *json = node.to_json();
        }
    }
}

/// Objects merge key by key, lists are joined, anything else is replaced.
fn merge(target: &mut Node, update: &Node) {
    match (&mut target.value, &update.value) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, update) in update {
                match target.get_mut(key) {
                    Some(target) => merge(target, update),
                    None => {
                        target.insert(key, update.clone());
                    }
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        _ => *target = update.clone(),
    }
}

fn follow<'a>(root: &'a mut Node, path: &[Step]) -> Option<&'a mut Node> {
    path.iter()
        .try_fold(root, |node, step| match (&mut node.value, step) {
            (Value::Object(object), Step::Key(key)) => object.get_mut(key),
            (Value::Array(array), Step::Index(index)) => array.get_mut(*index),
            _ => None,
        })
}

fn follow_json<'a>(root: &'a mut Json, path: &[Step]) -> Option<&'a mut Json> {
    path.iter().try_fold(root, |json, step| match (json, step) {
        (Json::Object(object), Step::Key(key)) => object.get_mut(key),
        (Json::Array(array), Step::Index(index)) => array.get_mut(*index),
        _ => None,
    })
}

/// How many levels of lists and objects there are.
fn depth(node: &Node) -> usize {
    match &node.value {
        Value::Array(array) => 1 + array.iter().map(depth).max().unwrap_or(0),
        Value::Object(object) => 1 + object.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
