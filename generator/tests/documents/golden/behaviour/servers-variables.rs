//! Servers with variables are built with types; operations with servers of
//! their own go there, unless there is a base URL.

mod canned;

use canned::{NOTHING, sent};
use golden_servers_variables as api;
use golden_servers_variables::server::{Anywhere, AnywhereScheme, Open, Regional, RegionalRegion};
use golden_servers_variables::{Call, Client, ClientBuilder, Operation, Server};

fn with(given: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let builder = Client::builder().transport(NOTHING).key("k");
    given(builder).build().expect("a client")
}

fn address<O: Operation>(call: Call<'_, O>) -> String {
    sent(call).uri().to_string()
}

#[test]
fn variables_have_their_defaults() {
    let usual = "https://eu.example.com:443/api/v2/usual";
    assert_eq!(address(with(|client| client).usual()), usual);
    assert_eq!(address(with(|client| client.server(Regional::new())).usual()), usual);
    assert_eq!(Regional::new().url().expect("a URL"), &usual[..usual.len() - 6]);
    assert_eq!(
        address(with(|client| client.server(Server::Plain)).usual()),
        "https://plain.example.com/usual"
    );
}

#[test]
fn variables_can_be_set() {
    let server = Regional::new().region(RegionalRegion::America).tcp_port("8443");
    assert_eq!(
        address(with(|client| client.server(server)).usual()),
        "https://us.example.com:8443/api/v2/usual"
    );
    let server = Anywhere::new().scheme(AnywhereScheme::Http).address("[::1]:80");
    assert_eq!(
        address(with(|client| client.server(server)).usual()),
        "http://[::1]:80/usual"
    );
    let server = Server::from(Open::new().tenant("t-1"));
    assert_eq!(
        address(with(|client| client.server(server)).usual()),
        "https://t-1.example.net/usual"
    );
}

#[test]
fn values_cannot_break_out() {
    for value in ["", "a/b", "a@b", "a?b", "a#b", "a b", "a\\b", "a%2fb", "ä", "a\n", "a{b}"] {
        let server = Anywhere::new().address(value);
        assert!(server.url().is_err(), "{value:?}");
        let builder = Client::builder().transport(NOTHING).key("k").server(server);
        assert!(builder.build().is_err(), "{value:?}");
    }
    let port = Regional::new().tcp_port("443x");
    assert!(Client::builder().transport(NOTHING).server(port).build().is_err());
    // What has no default must be set, unless there is a base URL.
    let open = || Client::builder().transport(NOTHING).server(Open::new());
    assert!(open().build().is_err());
    assert!(open().base_url("https://a.example").build().is_ok());
    // Credentials need https, whatever the variables are.
    let http = Anywhere::new().scheme(AnywhereScheme::Http).address("a.example");
    let builder = Client::builder().transport(NOTHING).key("k").server(http);
    assert!(builder.build().is_err());
}

#[test]
fn operations_go_to_their_own_servers() {
    let client = with(|client| client);
    assert_eq!(address(client.upload()), "https://uploads.example.com/v9/uploads");
    assert_eq!(address(client.upload_here()), "https://here.example.com/uploads");
    assert_eq!(address(client.logs()), "https://logs.eu.example.com:9443/logs");
    assert_eq!(address(client.ping()), "https://eu.example.com:443/api/v2/health/ping");
}

#[test]
fn variables_count_for_the_servers_of_operations_too() {
    // `us` is no region of the logs; the port is not restricted.
    let server = Regional::new().region(RegionalRegion::America).tcp_port("8443");
    let client = with(|client| client.server(server));
    assert_eq!(address(client.logs()), "https://logs.eu.example.com:8443/logs");
}

#[test]
fn a_base_url_counts_more() {
    let client = with(|client| client.base_url("https://proxy.example/p"));
    assert_eq!(address(client.upload()), "https://proxy.example/p/uploads");
    assert_eq!(address(client.logs()), "https://proxy.example/p/logs");
    assert_eq!(address(client.ping()), "https://proxy.example/p/health/ping");
}

#[test]
fn credentials_do_not_travel_in_the_open() {
    let client = with(|client| client);
    assert_eq!(address(client.plain()), "http://plain.example.com/plain");
    let error = client.plain_key().build().expect_err("no https");
    assert!(error.is_invalid_request() && error.to_string().contains("not https"), "{error}");
    let client = with(|client| client.allow_plain_http());
    assert_eq!(address(client.plain_key()), "http://plain.example.com/plain-key");
}
