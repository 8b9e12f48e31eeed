//! One action of an overlay: finds its targets in the document and changes
//! them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use serde_json_path::{JsonPath, PathElement};

use super::budget::{Budget, MOST_VISITS};
use super::target::Target;
use crate::diagnostic::{Code, Report};
use crate::source::{self, Node, Origin, Value};

/// How deep a document may become. Every later stage follows a document into
/// its depth, so that this bounds what it needs of the stack.
const DEEPEST: usize = 256;

/// How many values one action may change.
const MOST_MATCHES: u64 = 1 << 20;

/// How many values can move up, into the place of one that is removed, in the
/// time that it takes to visit one.
const MOVED_PER_VISIT: u64 = 16;

/// An action that can be read.
pub(super) struct Action {
    /// Where its target is written.
    pub(super) origin: Origin,
    /// What it changes, as it is written and as it was read.
    pub(super) text: String,
    pub(super) path: JsonPath,
    /// What it merges into its targets; `None` removes them.
    pub(super) update: Option<Node>,
}

/// What an action merges into each of its targets, and what that takes.
struct Update<'a> {
    node: &'a Node,
    json: Json,
    depth: usize,
    cost: usize,
}

impl<'a> Update<'a> {
    fn new(node: &'a Node) -> Self {
        Self {
            node,
            json: node.to_json(),
            depth: depth(node),
            cost: source::cost(node),
        }
    }
}

/// A step from the root towards a target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Index(usize),
}

impl Action {
    /// Changes all targets in `root`, and in `json`, which is its copy. Ends
    /// early, with an error, where the budget does.
    pub(super) fn apply(
        self,
        root: &mut Node,
        json: &mut Json,
        budget: &mut Budget,
        report: &mut Report,
    ) {
        if let Err(problem) = self.apply_within(root, json, budget, report) {
            report.error(Code::Overlay, self.origin, problem).help(
                "name fewer values with the target, or write what the overlay makes into the document",
            );
        }
    }

    fn apply_within(
        &self,
        root: &mut Node,
        json: &mut Json,
        budget: &mut Budget,
        report: &mut Report,
    ) -> Result<(), String> {
        let targets = self.targets(json, budget)?;
        if targets.is_empty() {
            report
                .error(
                    Code::Overlay,
                    self.origin,
                    format!("the target `{}` matches nothing", self.path),
                )
                .help("correct the target, or remove the action when it is no longer needed");
            return Ok(());
        }
        let Some(update) = &self.update else {
            return self.remove(&targets, root, json, budget, report);
        };
        let update = Update::new(update);
        for target in targets.iter().rev() {
            budget.spend_values(update.cost)?;
            self.update(target, &update, root, json, report);
        }
        Ok(())
    }

    /// The values that the target matches, each once, in the order of their
    /// paths.
    fn targets(&self, json: &Json, budget: &mut Budget) -> Result<Vec<Vec<Step>>, String> {
        let target = Target::new(&self.text)?;
        let visits = target.visits(&self.text, json, MOST_VISITS);
        budget.spend_visits(visits)?;
        // Paths take more memory than values.
        if visits > MOST_MATCHES && self.path.query(json).len() as u64 > MOST_MATCHES {
            return Err(format!(
                "the target matches more than {MOST_MATCHES} values"
            ));
        }
        let found = self.path.query_located(json);
        let mut targets: Vec<Vec<Step>> = found
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
            .collect();
        targets.sort();
        targets.dedup();
        Ok(targets)
    }

    fn remove(
        &self,
        targets: &[Vec<Step>],
        root: &mut Node,
        json: &mut Json,
        budget: &mut Budget,
        report: &mut Report,
    ) -> Result<(), String> {
        let mut by_parent: BTreeMap<&[Step], BTreeSet<&Step>> = BTreeMap::new();
        for target in targets {
            match target.split_last() {
                Some((last, parent)) => {
                    by_parent.entry(parent).or_default().insert(last);
                }
                None => {
                    report.error(
                        Code::Overlay,
                        self.origin,
                        "the document itself cannot be removed",
                    );
                }
            }
        }
        // From the end, so that the paths that are left stay right.
        for (path, steps) in by_parent.iter().rev() {
            if let Some(parent) = follow(root, path) {
                budget.spend_visits(1 + entries(parent) / MOVED_PER_VISIT)?;
                remove_from(parent, steps);
            }
            if let Some(parent) = follow_json(json, path) {
                remove_from_json(parent, steps);
            }
        }
        Ok(())
    }

    fn update(
        &self,
        target: &[Step],
        update: &Update<'_>,
        root: &mut Node,
        json: &mut Json,
        report: &mut Report,
    ) {
        let Some(node) = follow(root, target) else {
            return;
        };
        let Update {
            node: update,
            json: update_json,
            depth,
            ..
        } = update;
        if target.len() + depth > DEEPEST {
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
            Value::Array(array) if update.as_array().is_none() => array.push((*update).clone()),
            _ => merge(node, update),
        }
        match follow_json(json, target) {
            Some(Json::Array(array)) if !update_json.is_array() => array.push(update_json.clone()),
            Some(json) => merge_json(json, update_json),
            None => {}
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

/// The same for the copy.
fn merge_json(target: &mut Json, update: &Json) {
    match (target, update) {
        (Json::Object(target), Json::Object(update)) => {
            for (key, update) in update {
                match target.get_mut(key) {
                    Some(target) => merge_json(target, update),
                    None => {
                        target.insert(key.clone(), update.clone());
                    }
                }
            }
        }
        (Json::Array(target), Json::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}

fn remove_from(parent: &mut Node, steps: &BTreeSet<&Step>) {
    match (&mut parent.value, only_step(steps)) {
        (Value::Object(object), Some(Step::Key(key))) => {
            object.remove(key);
        }
        (Value::Object(object), _) => {
            object.retain(|key, _| !steps.contains(&Step::Key(key.to_owned())));
        }
        (Value::Array(array), _) => {
            let mut index = 0..;
            array.retain(|_| !is_among(steps, index.next()));
        }
        _ => {}
    }
}

fn remove_from_json(parent: &mut Json, steps: &BTreeSet<&Step>) {
    match (parent, only_step(steps)) {
        (Json::Object(object), Some(Step::Key(key))) => {
            object.remove(key);
        }
        (Json::Object(object), _) => {
            object.retain(|key, _| !steps.contains(&Step::Key(key.clone())));
        }
        (Json::Array(array), _) => {
            let mut index = 0..;
            array.retain(|_| !is_among(steps, index.next()));
        }
        _ => {}
    }
}

/// The step, where there is one alone.
fn only_step<'a>(steps: &BTreeSet<&'a Step>) -> Option<&'a Step> {
    match steps.len() {
        1 => steps.first().copied(),
        _ => None,
    }
}

fn is_among(steps: &BTreeSet<&Step>, index: Option<usize>) -> bool {
    index.is_some_and(|index| steps.contains(&Step::Index(index)))
}

/// How many values a list or an object has.
fn entries(node: &Node) -> u64 {
    match &node.value {
        Value::Array(array) => array.len() as u64,
        Value::Object(object) => object.len() as u64,
        _ => 0,
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
