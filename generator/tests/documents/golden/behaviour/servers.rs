//! Servers: the first unless another is chosen; a base URL wins over both.

mod canned;

use canned::{NOTHING, sent};
use golden_servers as api;
use golden_servers::{Client, ClientBuilder, Server};

fn address(given: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
    let client = given(Client::builder().transport(NOTHING)).build();
    let client = client.expect("a client");
    sent(client.get_tile(-1, 2)).uri().to_string()
}

#[test]
fn the_first_server_is_the_default() {
    let tile = "https://maps.example.com/api/v3/tiles/-1/2";
    assert_eq!(address(|client| client), tile);
    assert_eq!(address(|client| client.server(Server::Production)), tile);
}

#[test]
fn another_server_can_be_chosen() {
    assert_eq!(
        address(|client| client.server(Server::Staging)),
        "https://staging.maps.example.com/api/v3/tiles/-1/2"
    );
    assert_eq!(
        address(|client| client.server(Server::HttpLocalhost8080)),
        "http://localhost:8080/tiles/-1/2"
    );
}

#[test]
fn a_base_url_wins_and_keeps_its_prefix() {
    for base in ["https://proxy.example/a/b", "https://proxy.example/a/b/"] {
        let tile = address(|client| client.base_url(base).server(Server::Staging));
        assert_eq!(tile, "https://proxy.example/a/b/tiles/-1/2");
    }
    let wrong = Client::builder()
        .transport(NOTHING)
        .base_url("proxy.example");
    assert!(wrong.build().is_err());
}
