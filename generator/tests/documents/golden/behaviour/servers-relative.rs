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

#[test]
fn another_path_of_the_same_host_is_found_below_any_prefix() {
    for (base, expected) in [
        ("https://relative.example/api/v3", "https://relative.example/ping"),
        ("https://proxy.example/x/api/v3/", "https://proxy.example/x/ping"),
        ("https://proxy.example/other", "https://proxy.example/other/ping"),
    ] {
        let client = Client::builder().transport(NOTHING).base_url(base).build();
        let client = client.expect("a client");
        assert_eq!(sent(client.ping()).uri(), expected);
    }
}
