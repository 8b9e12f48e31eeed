//! The bytes of requests.

use super::fixture::{Update, UpdateRequest, client, settings};
use super::server::{Server, json};
use crate::runtime::*;

const OK: &str = r#"{"connection_id":"c"}"#;

fn basic() -> String {
    // project-test-1:canary-password-4711
    "authorization: Basic cHJvamVjdC10ZXN0LTE6Y2FuYXJ5LXBhc3N3b3JkLTQ3MTE=".to_owned()
}

#[tokio::test]
async fn delete_sends_no_body_and_nothing_else_either() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    let response = client(&server.url())
        .delete("org", "con")
        .send()
        .await
        .unwrap();
    assert_eq!(response.connection_id, "c");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");

    let (first, headers, body) = server.request();
    assert_eq!(first, "DELETE /v1/org/connections/con HTTP/1.1");
    let expected = [
        "accept: application/json",
        &basic(),
        "host: 127.0.0.1:PORT",
        "user-agent: fixture/1.2.3 PLATFORM",
    ];
    assert_eq!(headers, expected);
    assert_eq!(body, "");
}

#[tokio::test]
async fn unset_is_omitted_and_an_empty_list_is_sent() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    let request = UpdateRequest {
        roles: Some(Vec::new()),
        ..UpdateRequest::default()
    };
    let call = client(&server.url())
        .update("c1", &request)
        .session("token-1")
        .send()
        .await;
    call.unwrap();

    let (first, headers, body) = server.request();
    assert_eq!(first, "PUT /v1/connections/c1 HTTP/1.1");
    let expected = [
        "accept: application/json",
        &basic(),
        "content-length: 12",
        "content-type: application/json",
        "host: 127.0.0.1:PORT",
        "user-agent: fixture/1.2.3 PLATFORM",
        "x-member-session: token-1",
    ];
    assert_eq!(headers, expected);
    assert_eq!(body, r#"{"roles":[]}"#);
}

#[tokio::test]
async fn other_bodies_are_sent_as_they_are() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    let client = client(&server.url());
    let mut draft = Draft::new(&client.core, Update::ENDPOINT);
    draft.path("id", false, "c");
    draft.bytes("text/csv", "a,b\r\n".into());
    draft.call::<Update>().send().await.unwrap();
    let (_, headers, body) = server.request();
    assert!(
        headers.contains(&"content-type: text/csv".to_owned()),
        "{headers:?}"
    );
    assert_eq!(body, "a,b\r\n");
}

#[tokio::test]
async fn a_parameter_may_be_the_user_agent() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    let client = client(&server.url());
    let mut draft = Draft::new(&client.core, Update::ENDPOINT);
    draft.path("id", false, "c");
    draft.header("User-Agent", false, "weather@example.com");
    draft.json("application/json", "x");
    draft.call::<Update>().send().await.unwrap();
    let (_, headers, _) = server.request();
    let agents: Vec<&String> = headers
        .iter()
        .filter(|header| header.starts_with("user-agent:"))
        .collect();
    assert_eq!(agents, ["user-agent: weather@example.com"]);
}

#[tokio::test]
async fn an_exploded_object_in_a_path_names_its_values() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    let client = client(&server.url());
    for (explode, expected) in [(false, "a,1,b,2"), (true, "a=1,b=2")] {
        let mut draft = Draft::new(&client.core, Update::ENDPOINT);
        draft.path("id", explode, &serde_json::json!({"a": 1, "b": 2}));
        let request = draft.call::<Update>().build().unwrap();
        assert!(
            request.uri().path().ends_with(expected),
            "{}",
            request.uri()
        );
    }
    drop(server);
}

#[tokio::test]
async fn path_values_arrive_as_data() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    client(&server.url())
        .delete("a/b c?d#e", "100%ä~.x")
        .send()
        .await
        .unwrap();
    let (first, ..) = server.request();
    assert_eq!(
        first,
        "DELETE /v1/a%2Fb%20c%3Fd%23e/connections/100%25%C3%A4~.x HTTP/1.1"
    );
}

#[tokio::test]
async fn queries_and_cookies_arrive_as_data() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    let client = client(&server.url());
    let call = client
        .find()
        .parameter("q", "a b&c=d+'ä")
        .parameter("tag", &["x", "y z"])
        .parameter("limit", &7)
        .parameter("absent", &None::<String>)
        .parameter("none", &Vec::<String>::new())
        .cookie("theme", "dark;x=1")
        .cookie("n", &[1, 2]);
    call.send().await.unwrap();
    let (first, headers, _) = server.request();
    assert_eq!(
        first,
        "GET /v1/connections?q=a%20b%26c%3Dd%2B%27%C3%A4&tag=x&tag=y%20z&limit=7 HTTP/1.1"
    );
    assert!(
        headers.contains(&"cookie: theme=dark%3Bx=1; n=1; n=2".to_owned()),
        "{headers:?}"
    );
}

#[tokio::test]
async fn a_body_that_is_not_there_is_announced_where_one_is_expected() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    client(&server.url())
        .touch("c", "json")
        .send()
        .await
        .unwrap();
    let (first, headers, body) = server.request();
    assert_eq!(first, "POST /v1/connections/c:touch.json HTTP/1.1");
    let expected = [
        "accept: application/json",
        "content-length: 0",
        "host: 127.0.0.1:PORT",
        "user-agent: fixture/1.2.3 PLATFORM",
    ];
    assert_eq!(headers, expected);
    assert_eq!(body, "");
}

#[tokio::test]
async fn a_path_prefix_and_a_suffix_of_the_user_agent_are_kept() {
    let server = Server::start(vec![json("200 OK", OK)]).await;
    let mut settings = settings();
    settings.base_url(format!("{}/proxy/api/", server.url()));
    settings.user_agent_suffix("shop/9");
    let core = settings.build("https://unused.example").unwrap();
    super::fixture::Client { core }.find().send().await.unwrap();
    let (first, headers, _) = server.request();
    assert_eq!(first, "GET /proxy/api/v1/connections HTTP/1.1");
    assert!(
        headers.contains(&"user-agent: fixture/1.2.3 PLATFORM shop/9".to_owned()),
        "{headers:?}"
    );
}

#[tokio::test]
async fn a_built_request_is_the_one_that_is_sent() {
    let client = client("http://localhost:1/p");
    let request = client
        .update("c1", &UpdateRequest::default())
        .session("t")
        .build()
        .unwrap();
    assert_eq!(request.method(), "PUT");
    assert_eq!(request.uri(), "http://localhost:1/p/v1/connections/c1");
    assert_eq!(request.body().as_bytes().unwrap(), "{}");
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(request.headers()["x-member-session"].is_sensitive());
    assert_eq!(
        request.extensions().get::<RequestTimeout>(),
        Some(&RequestTimeout(DEFAULT_TIMEOUT))
    );
    let mut names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    let expected = [
        "accept",
        "authorization",
        "content-type",
        "user-agent",
        "x-member-session",
    ];
    assert_eq!(names, expected);
}
