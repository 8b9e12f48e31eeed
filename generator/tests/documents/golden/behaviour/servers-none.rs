//! Without a server, the caller has to name one.

mod canned;

use canned::{NOTHING, sent};
use golden_servers_none as api;
use golden_servers_none::Client;

#[test]
fn a_base_url_is_needed() {
    let error = Client::builder().transport(NOTHING).build();
    let error = error.expect_err("no address").to_string();
    assert!(
        error.contains("base_url") || error.contains("base URL"),
        "{error}"
    );
}

#[test]
fn the_root_is_a_path() {
    for (base, root) in [
        ("https://root.example", "https://root.example/"),
        ("https://root.example/", "https://root.example/"),
        ("https://root.example/api", "https://root.example/api/"),
    ] {
        let client = Client::builder().transport(NOTHING).base_url(base);
        let client = client.build().expect("a client");
        assert_eq!(sent(client.get()).uri().to_string(), root);
    }
}
