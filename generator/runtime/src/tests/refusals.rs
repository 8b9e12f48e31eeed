//! What is refused before anything is sent.

use super::fixture::{Client, Find, client, settings};
use super::server::Server;
use crate::runtime::*;

/// Why a call is refused.
fn refusal<O: Operation>(call: Call<'_, O>) -> Option<String> {
    let error = call.build().err()?;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    Some(error.to_string())
}

const BASE: &str = "http://127.0.0.1:1";

#[tokio::test]
async fn nothing_is_sent_after_a_refusal() {
    let server = Server::start(vec![]).await;
    let client = client(&server.url());
    for id in ["", ".", ".."] {
        let error = client.delete("org", id).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(
            error.to_string(),
            "DELETE /v1/{organization_id}/connections/{id} was not sent: `id` would make a path \
             segment that is empty, `.` or `..`: it would address something else"
        );
        assert!(
            client
                .delete(id, "con")
                .send_raw()
                .await
                .unwrap_err()
                .is_invalid_request()
        );
    }
    assert!(server.requests().is_empty());
}

#[test]
fn path_values_that_address_something_else() {
    let client = client(BASE);
    for value in [
        "",
        ".",
        "..",
        "/",
        "//",
        "\\",
        "%2f",
        "%2F%5c",
        "%2e",
        "%2E",
        "%2e%2e",
        ".%2E",
        "%2e.",
        "%252e%252e",
        "%25252E.",
        "../x",
        "x/..",
        "x/../y",
        "./x",
        "x/.",
        "..\\x",
        "x\\..",
        "a%2f..",
        "a%2F%2e%2e%2Fb",
        "%2e%2e%5Cb",
        "a%252f..%252fb",
        "..;",
        "..;a=b",
        "x/..;y/z",
        "%2e%2e%3bx",
    ] {
        assert!(
            refusal(client.delete("org", value)).is_some(),
            "{value:?} as a whole segment"
        );
    }
}

#[test]
fn path_values_that_only_look_like_it() {
    let client = client(BASE);
    for value in [
        "...",
        "a..b",
        "..a",
        ".a",
        "a.",
        "a..",
        "a/b",
        "a\\b",
        "heads/main",
        "100%",
        "%zz",
        "%2",
        " ",
        "%20",
        "a;..",
        "https://example.com/",
        "ä",
        "organization-test-07971b06",
        "x%2Fy",
        ";",
    ] {
        assert_eq!(refusal(client.delete("org", value)), None, "{value:?}");
    }
}

#[test]
fn a_segment_is_judged_as_a_whole() {
    let client = client(BASE);
    // `{id}:touch.{form}` is never empty, `.` or `..` by itself …
    assert_eq!(refusal(client.touch("", "")), None);
    assert_eq!(refusal(client.touch(".", ".")), None);
    // … but with a slash in it.
    let refused = refusal(client.touch("../", "x")).unwrap();
    assert!(refused.contains("`id` and `form` would make"), "{refused}");
    assert!(refusal(client.touch("x", "/..")).is_some());
}

#[test]
fn header_values_that_would_not_arrive_unchanged() {
    let client = client(BASE);
    for value in [
        "a\r\nX-Evil: 1",
        "a\nb",
        "a\rb",
        "a\0b",
        "a\tb",
        " a",
        "a ",
        "\u{7f}",
        "\u{85}",
    ] {
        let refused = refusal(client.find().header("X-Note", value)).unwrap();
        assert!(
            refused.contains("the header parameter `X-Note` "),
            "{refused}"
        );
        assert!(refusal(client.find().session(value)).is_some(), "{value:?}");
    }
    for value in ["", "a b", "ä", "a,b;c=\"d\""] {
        assert_eq!(
            refusal(client.find().header("X-Note", value)),
            None,
            "{value:?}"
        );
    }
    assert!(refusal(client.find().header("X-Note", &["a", "b,c"])).is_some());
    assert!(refusal(client.find().header("not a name", "a")).is_some());
}

#[test]
fn values_that_no_parameter_can_hold() {
    let client = client(BASE);
    for refused in [
        refusal(client.find().parameter("q", &f64::NAN)),
        refusal(client.find().parameter("q", &[f32::INFINITY])),
    ] {
        let refused = refused.unwrap();
        assert!(refused.contains("the query parameter `q` "), "{refused}");
    }
}

#[test]
fn a_cookie_cannot_smuggle_anything() {
    let request = client(BASE)
        .find()
        .cookie("a", "x\r\ny; b=c")
        .build()
        .unwrap();
    assert_eq!(request.headers()["cookie"], "a=x%0D%0Ay%3B%20b=c");
}

#[test]
fn the_first_problem_is_the_one_reported() {
    let client = client(BASE);
    let call = client
        .delete("..", "")
        .parameter("q", &f64::NAN)
        .header("X-Note", "\n");
    let refused = refusal(call).unwrap();
    assert!(refused.contains("`q` is not a finite number"), "{refused}");
}

#[test]
fn missing_credentials() {
    let without = Client {
        core: Settings::new("fixture/1").build(BASE).unwrap(),
    };
    let refused = refusal(without.delete("o", "c")).unwrap();
    assert!(
        refused.ends_with("was not sent: the client has no credentials for `basicAuth`; give them to its `ClientBuilder`"),
        "{refused}"
    );
    // Optional and not needed.
    assert!(
        !without
            .find()
            .build()
            .unwrap()
            .headers()
            .contains_key("authorization")
    );
    assert!(
        !without
            .touch("a", "b")
            .build()
            .unwrap()
            .headers()
            .contains_key("authorization")
    );
    let with = client(BASE);
    assert!(
        with.find()
            .build()
            .unwrap()
            .headers()
            .contains_key("authorization")
    );
    assert!(
        !with
            .touch("a", "b")
            .build()
            .unwrap()
            .headers()
            .contains_key("authorization")
    );
}

#[test]
fn secrets_do_not_travel_in_the_open() {
    let without = Client {
        core: Settings::new("fixture/1")
            .build("http://api.example")
            .unwrap(),
    };
    assert_eq!(refusal(without.find()), None);
    let refused = refusal(without.find().session("token")).unwrap();
    assert!(
        refused.contains("`X-Member-Session` is secret"),
        "{refused}"
    );
    let mut allowed = Settings::new("fixture/1");
    allowed.allow_plain_http();
    let allowed = Client {
        core: allowed.build("http://api.example").unwrap(),
    };
    assert_eq!(refusal(allowed.find().session("token")), None);
}

/// Those that change where a message ends or where it goes, as people write
/// them.
const OF_THE_CONNECTION: [&str; 12] = [
    "Connection",
    "Content-Length",
    "content-length",
    "Expect",
    "Host",
    "Keep-Alive",
    "Proxy-Authorization",
    "Proxy-Connection",
    "TE",
    "Trailer",
    "TRANSFER-ENCODING",
    "Upgrade",
];

#[test]
fn parameters_and_keys_do_not_frame_the_message() {
    let client = client(BASE);
    for name in OF_THE_CONNECTION {
        let mut draft = Draft::new(&client.core, Find::ENDPOINT);
        draft.header(name, false, "5");
        let expected = format!("the header parameter `{name}` belongs to the connection");
        assert!(refusal(draft.call::<Find>()).unwrap().contains(&expected));
        let mut draft = Draft::new(&client.core, Find::ENDPOINT);
        draft.secret_header(name, &Secret::new("5"));
        assert!(refusal(draft.call::<Find>()).is_some(), "{name}");
        let mut settings = settings();
        settings.api_key("key", ApiKeyPlace::Header(name), "canary-key".into());
        let error = settings.build(BASE).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("belongs to the connection"), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
    // Nothing is set, nothing is wrong.
    let mut draft = Draft::new(&client.core, Find::ENDPOINT);
    draft.header("Host", false, &None::<String>);
    assert_eq!(refusal(draft.call::<Find>()), None);
}

#[test]
fn idempotency_keys_do_not_frame_the_message() {
    static ENDPOINT: Endpoint = Endpoint {
        idempotency_key: Some(IdempotencyKey {
            header: "Content-Length",
            make: || Some("5".to_owned()),
        }),
        ..Endpoint::PLAIN
    };
    let client = client(BASE);
    let call = Draft::new(&client.core, &ENDPOINT).call::<Find>();
    let refused = refusal(call).unwrap();
    assert!(refused.contains("a header of the connection"), "{refused}");
}

/// An operation whose path leads elsewhere once it is parsed.
struct Elsewhere;

impl Operation for Elsewhere {
    const ENDPOINT: &'static Endpoint = &Endpoint {
        id: "elsewhere",
        path: "/../x",
        ..Endpoint::PLAIN
    };
    type Output = ();
    type Failure = ();

    fn decode(_: &Received) -> Result<(), DecodeError> {
        Ok(())
    }

    fn decode_failure(_: &Received) -> Option<()> {
        None
    }
}

#[tokio::test]
async fn what_the_transport_cannot_send_is_an_invalid_request_and_not_sent_again() {
    let client = client("http://127.0.0.1:1");
    let elsewhere = || Draft::new(&client.core, Elsewhere::ENDPOINT);
    let mut link = elsewhere();
    link.follow(r"/a\b");
    let mut bidi = elsewhere();
    bidi.follow("/a\u{202e}b");
    for draft in [elsewhere(), link, bidi] {
        let call: Call<'_, Elsewhere> = draft.call();
        let options = CallOptions::new().retry(RetryPolicy::new().attempts(3));
        let error = call.options(options).send().await.unwrap_err();
        assert!(
            error.is_invalid_request() && !error.is_retryable(),
            "{error:?}"
        );
        assert_eq!(error.attempts(), 1);
        assert_eq!(
            error.to_string(),
            "GET /../x was not sent: the transport cannot send it"
        );
    }
}

#[test]
fn a_link_that_is_no_url_is_named_as_such() {
    let client = client("https://api.example");
    for (link, why) in [
        (
            "/a?b=c d",
            "the link to the next page has characters that no URL has",
        ),
        (
            "/a\r\nX: y",
            "the link to the next page has characters that no URL has",
        ),
        (
            "//evil.example/",
            "the link to the next page leads to another server",
        ),
    ] {
        let mut draft = Draft::new(&client.core, Elsewhere::ENDPOINT);
        draft.follow(link);
        let call: Call<'_, Elsewhere> = draft.call();
        let error = call.build().unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!(error.to_string(), format!("GET /../x was not sent: {why}"));
    }
}
