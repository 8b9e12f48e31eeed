//! Types that `[pins]` gives one name: a value of one call goes into another.

mod canned;

use api::types::{Area, Legacy, Message, Recipients, Scope, Size};
use canned::{answered_json, block_on, sent};
use golden_shared_types as api;

#[test]
fn equal_shapes_are_one_type() {
    let client = answered_json(200, r#"{"scope": "global", "to": ["a"]}"#);
    let template = block_on(client.list_templates().scope(Scope::Enterprise).send());
    let template = template.expect("a template").into_body();
    let mut message = Message::new(template.to);
    message.cc = Some(Recipients::from("b"));
    let mut area = Area::new(Size::S);
    area.inner = Some(Default::default());
    message.area = Some(area.clone());
    message.other = Some(Some(area));
    let mut legacy = Legacy::default();
    legacy.size = Some(Size::L);
    message.size = legacy.size;
    let request = sent(client.send_template(template.scope, message));
    assert_eq!(request.uri().path(), "/templates/global");
    assert_eq!(
        canned::body(&request)["area"],
        serde_json::json!({"size": "s", "inner": {}})
    );
}
