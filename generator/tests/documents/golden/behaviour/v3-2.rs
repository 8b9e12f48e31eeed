//! OpenAPI 3.2: tags below tags are namespaces in namespaces, and media types
//! may be shared.

mod canned;

use canned::{answered_json, block_on};
use golden_v3_2 as api;

#[test]
fn tags_have_parents() {
    let client = answered_json(200, r#"{"id": "o-1", "gift": null}"#);
    let order = block_on(client.shop().orders().get_order("o-1").send()).expect("an order");
    assert_eq!(order.id, "o-1");
    assert_eq!(order.gift, Some(None));
}
