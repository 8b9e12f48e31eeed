//! Arrays and maps: order, gaps, emptiness and further properties are kept.

mod canned;

use std::collections::BTreeMap;

use canned::{answered_json, block_on, body, client, decode, encode, refuse, round_trip, sent};
use golden_collections as api;
use golden_collections::types::{Item, ItemClosed, ItemOpen, ItemRequired, ItemTyped};
use serde_json::json;

#[test]
fn empty_is_not_absent() {
    let item: Item = round_trip(r#"{"labels": [], "grid": []}"#);
    assert_eq!((item.optional_labels, item.sizes), (None, None));
    let item: Item = round_trip(
        r#"{"labels": [], "grid": [[], []], "optional_labels": [], "sizes": {}, "anything": {}}"#,
    );
    assert_eq!(item.optional_labels, Some(Vec::new()));
    assert_eq!(item.sizes, Some(BTreeMap::new()));
    refuse::<Item>(r#"{"grid": []}"#);
}

#[test]
fn order_repetitions_and_gaps_are_kept() {
    let item: Item = round_trip(
        r#"{"labels": ["b", "a", "b"], "grid": [[2, 1], [], [2, 1]], "gaps": ["a", null, null],
            "gaps_by_name": {"a": null, "b": 1}, "listed": {"x": [{"y": "z"}, {}]},
            "anything": {"a": 1, "b": [true, null], "c": null}}"#,
    );
    assert_eq!(item.gaps, Some(vec![Some("a".to_owned()), None, None]));
    assert_eq!(item.gaps_by_name.expect("present")["a"], None);
}

#[test]
fn further_properties_are_kept_where_they_are_declared() {
    let open: ItemOpen = round_trip(r#"{"id": 1, "colour": "red", "depth": {"a": [null]}}"#);
    assert_eq!(open.additional_properties["colour"], "red");
    let typed: ItemTyped = round_trip(r#"{"left": 3, "id": 2, "right": 4}"#);
    assert_eq!(typed.additional_properties["left"], 3);
    refuse::<ItemTyped>(r#"{"id": 2, "left": "three"}"#);
    // Nobody is hurt by what is not declared, and it is not sent back.
    let closed: ItemClosed = decode(r#"{"id": 3, "colour": "red"}"#);
    assert_eq!(encode(&closed), json!({"id": 3}));
}

#[test]
fn a_list_and_a_map_are_whole_bodies() {
    let request = sent(client().put_stock(Vec::new()));
    assert_eq!(request.body().as_ref(), b"[]");
    let item = Item::new(ItemRequired {
        labels: vec!["heavy".to_owned()],
        grid: vec![vec![1], vec![]],
    });
    let request = sent(client().put_stock(vec![item]));
    let item = json!({"labels": ["heavy"], "grid": [[1], []]});
    assert_eq!(body(&request), json!([item]));

    let stock = answered_json(200, r#"{"nuts": 0, "bolts": 12}"#);
    let stock = block_on(stock.get_stock().send()).expect("a map");
    assert_eq!(stock.len(), 2);
    assert_eq!(stock["bolts"], 12);
    let empty = answered_json(200, "{}");
    assert!(
        block_on(empty.get_stock().send())
            .expect("a map")
            .is_empty()
    );
}
