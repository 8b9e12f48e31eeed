//! References: what they name is found wherever it stands, and is one type.

mod canned;

use canned::{Canned, NOTHING, answering, block_on, body, decode, headers, sent, target};
use golden_references as api;
use golden_references::types::{Order, OrderLinesItem, OrderLinesItemPrice, OrderRequired, Prices};
use serde_json::Value;

fn client() -> api::Client {
    let builder = answering(NOTHING).key("k");
    builder.build().expect("a client")
}

#[test]
fn referenced_parameters_and_security_schemes_apply() {
    let client = client();
    let request = sent(client.list_orders().x_trace("t-1").limit(10).offset(20));
    assert_eq!(target(&request), "/orders?limit=10&offset=20");
    assert_eq!(headers(&request), [("x-key", "k"), ("x-trace", "t-1")]);
}

#[test]
fn a_schema_within_another_is_one_type_everywhere() {
    let price = OrderLinesItemPrice::new(1.5);
    let line = OrderLinesItem::new("a").price(price.clone());
    let order = Order::new(OrderRequired {
        id: "o-1".to_owned(),
        lines: vec![line.clone()],
    });
    let order = order.first(line).total(price.clone());
    let prices: Prices = [("a".to_owned(), price)].into();
    assert_eq!(prices["a"].amount, 1.5);
    let request = sent(client().create_order(order));
    let line = r#"{"sku": "a", "price": {"amount": 1.5}}"#;
    let price = r#"{"amount": 1.5}"#;
    assert_eq!(
        body(&request),
        decode::<Value>(&format!(
            r#"{{"id": "o-1", "lines": [{line}], "first": {line}, "total": {price}}}"#
        ))
    );
}

#[test]
fn a_path_may_stand_for_another() {
    let request = sent(client().get_archive_by_id("o/1"));
    assert_eq!(target(&request), "/archive/o%2F1");
    let request = sent(client().get_orders_by_id_copies("o-1"));
    assert_eq!(target(&request), "/orders/o-1/copies");
}

#[test]
fn referenced_responses_are_typed() {
    let answered = |status, body| {
        let builder = answering(Canned::json(status, body)).key("k");
        builder.build().expect("a client")
    };
    let order = || decode::<Order>(r#"{"id": "o-1", "lines": []}"#);
    let created = answered(201, r#"{"sku": "a"}"#);
    let created = block_on(created.create_order(order()).send()).expect("a line");
    assert_eq!(created.into_body(), OrderLinesItem::new("a"));
    for status in [404, 422] {
        let refused = answered(status, r#"{"message": "no"}"#);
        let refused = block_on(refused.create_order(order()).send());
        let problem = refused.expect_err("no success").into_api();
        assert_eq!(problem.expect("a problem").message.as_deref(), Some("no"));
    }
    let failed = answered(500, r#"{"message": "no"}"#);
    let failed = block_on(failed.list_orders().send()).expect_err("500");
    assert_eq!(
        failed.api().expect("a problem").message.as_deref(),
        Some("no")
    );
}
