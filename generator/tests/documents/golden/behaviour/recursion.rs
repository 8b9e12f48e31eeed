//! Schemas that contain themselves: they are types like any other.

mod canned;

use canned::{encode, refuse, round_trip};
use golden_recursion as api;
use golden_recursion::types::{
    Expression, FolderList, Json, Literal, Negation, Node, NodeRequired, Sum,
};
use serde_json::json;

#[test]
fn values_of_any_depth_come_back() {
    let depth = 40;
    let nodes = (0..depth).fold("null".to_owned(), |next, at| {
        format!(r#"{{"name": "{at}", "next": {next}}}"#)
    });
    let mut node: Node = round_trip(&nodes);
    let mut found = 1;
    while let Some(next) = node.next {
        node = *next;
        found += 1;
    }
    assert_eq!(found, depth);
    let sums = (0..depth).fold(r#"{"value": 1.5}"#.to_owned(), |inner, _| {
        format!(r#"{{"operands": [{{"negated": {inner}}}, {{"value": 0.5}}]}}"#)
    });
    assert!(matches!(round_trip(&sums), Expression::Sum(_)));
}

#[test]
fn the_end_of_a_chain_is_written() {
    let leaf = || NodeRequired {
        name: "leaf".to_owned(),
        next: None,
    };
    let root = Node::new(NodeRequired {
        name: "root".to_owned(),
        next: Some(Node::new(leaf())),
    });
    let root = root.child(Node::new(leaf())).children([Node::new(leaf())]);
    let leaf = json!({"name": "leaf", "next": null});
    assert_eq!(
        encode(&root),
        json!({"name": "root", "next": leaf, "child": leaf, "children": [leaf]})
    );
    refuse::<Node>(r#"{"name": "leaf"}"#);
}

#[test]
fn types_that_contain_each_other_come_back() {
    let folders: FolderList = round_trip(
        r#"[{"name": "a", "files": [{"name": "b", "folder": {"name": "a", "files": []}}],
             "parent": {"name": "c", "files": []}, "siblings": [{"name": "d", "files": []}]}]"#,
    );
    let parent = folders[0].parent.as_ref().expect("a parent");
    assert_eq!(parent.name, "c");
}

#[test]
fn unions_that_contain_themselves_are_built_without_boxes() {
    let sum = Sum::new([
        Negation::new(Literal::new(1.5)).into(),
        Literal::new(2.5).into(),
    ]);
    assert_eq!(
        encode(&Expression::from(sum)),
        json!({"operands": [{"negated": {"value": 1.5}}, {"value": 2.5}]})
    );
}

#[test]
fn lists_of_nothing_but_themselves_come_back() {
    let lists: Json = round_trip("[[], [[], [[]]]]");
    assert_eq!(lists.0.len(), 2);
    refuse::<Json>("[1]");
}
