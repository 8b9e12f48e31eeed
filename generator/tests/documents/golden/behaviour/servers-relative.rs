//! A server that is relative to nothing known: the caller has to name one.

mod canned;

use canned::{Canned, NOTHING, block_on, sent};
use golden_servers_relative as api;
use golden_servers_relative::Client;

#[test]
fn a_base_url_is_needed() {
    assert!(Client::builder().transport(NOTHING).build().is_err());
}

#[test]
fn the_base_url_is_the_whole_address() {
    let client = Client::builder()
        .transport(Canned::json(200, "\"up\""))
        .base_url("https://relative.example/api/v3")
        .build()
        .expect("a client");
    let request = sent(client.get_status());
    assert_eq!(request.uri(), "https://relative.example/api/v3/status");
    let status = block_on(client.get_status().send()).expect("a status");
    assert_eq!(status.as_str(), "up");
}
