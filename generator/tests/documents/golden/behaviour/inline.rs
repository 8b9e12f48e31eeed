//! Schemas without a name of their own: the types and what is sent.

mod canned;

use std::collections::BTreeMap;

use canned::{answered_json, block_on, body, client, round_trip, sent, target};
use golden_inline as api;
use golden_inline::types::{
    CreateOrderPriority, CreateOrderRequest, CreateOrderRequestCustomer,
    CreateOrderRequestCustomerAddress, CreateOrderRequestCustomerAddressCountry,
    CreateOrderRequestDiscountsValue, CreateOrderRequestLinesItem,
    CreateOrderRequestLinesItemOptionsItem, CreateOrderRequestPayment, CreateOrderRequestRequired,
    CreateOrderResponseLinesItemState, CreateOrderResponseState, CreateOrderWindow, Outer,
};
use serde_json::json;

fn order() -> CreateOrderRequest {
    let address = CreateOrderRequestCustomerAddress::new()
        .street("Main Street")
        .country(CreateOrderRequestCustomerAddressCountry::Fr);
    let option = CreateOrderRequestLinesItemOptionsItem::new().name("colour");
    CreateOrderRequest::new(CreateOrderRequestRequired {
        customer: CreateOrderRequestCustomer::new("Ada").address(address),
        lines: vec![CreateOrderRequestLinesItem::new("a-1").options([option])],
    })
}

#[test]
fn every_depth_can_be_built() {
    let percent = CreateOrderRequestDiscountsValue::new(5);
    let order = order()
        .discounts(BTreeMap::from([("summer".to_owned(), percent)]))
        .payment(CreateOrderRequestPayment::String("cash".to_owned()));
    let client = client();
    let request = sent(client.orders().create_order(order));
    assert_eq!(
        body(&request),
        json!({
            "customer": {"name": "Ada", "address": {"street": "Main Street", "country": "FR"}},
            "lines": [{"sku": "a-1", "options": [{"name": "colour"}]}],
            "discounts": {"summer": {"percent": 5}},
            "payment": "cash",
        })
    );
}

#[test]
fn inline_objects_in_a_union_are_told_apart() {
    for json in [r#"{"card": "4242"}"#, r#"{"iban": "DE02"}"#, r#""cash""#] {
        let payment = round_trip(json);
        assert!(
            !matches!(payment, CreateOrderRequestPayment::UnknownValue(_)),
            "{json}"
        );
    }
    let neither = round_trip(r#"{"coupon": 1}"#);
    assert!(matches!(
        neither,
        CreateOrderRequestPayment::UnknownValue(_)
    ));
}

#[test]
fn inline_parameters_are_typed() {
    let [from, to] = ["2024-01-01", "2024-01-31"];
    let client = client();
    let call = client.orders().create_order(order());
    let call = call.priority(CreateOrderPriority::High);
    let request = sent(call.window(CreateOrderWindow::new().from(from).to(to)));
    assert_eq!(
        target(&request),
        "/orders?priority=high&from=2024-01-01&to=2024-01-31"
    );
}

#[test]
fn answers_of_both_kinds_are_typed() {
    let client = answered_json(
        201,
        r#"{"id": 1, "state": "open", "lines": [{"state": "odd"}]}"#,
    );
    let created = block_on(client.orders().create_order(order()).send()).expect("an order");
    assert_eq!(created.state, CreateOrderResponseState::Open);
    let line = created.into_body().lines.expect("lines").remove(0);
    let state = line.state.expect("a state");
    assert!(matches!(
        state,
        CreateOrderResponseLinesItemState::UnknownValue(_)
    ));

    let client = answered_json(422, r#"[{"path": "lines", "problem": "too many"}]"#);
    let refused = block_on(client.orders().create_order(order()).send());
    let problems = refused.expect_err("422").into_api().expect("problems");
    assert_eq!(problems[0].path, "lines");
}

#[test]
fn nested_objects_come_back() {
    round_trip::<Outer>(r#"{"middle": {"inner": {"level": "two"}}}"#);
    round_trip::<Outer>(r#"{"middle": {"inner": {}}}"#);
}
