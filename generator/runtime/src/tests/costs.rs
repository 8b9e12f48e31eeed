//! What decoding may cost: a bounded number of bytes and values, and a bounded
//! number of tries at the variants of unions.

use serde_json::{Value, json};

use super::fixture::{Client, settings};
use super::server::{Reply, Server, json, reply};
use crate::runtime::*;

async fn client(replies: Vec<Reply>, configure: impl FnOnce(&mut Settings)) -> (Server, Client) {
    let server = Server::start(replies).await;
    let mut settings = settings();
    configure(&mut settings);
    let core = settings.build(&server.url()).unwrap();
    (server, Client { core })
}

/// Seven bytes of text per map.
fn maps(count: usize) -> String {
    format!("[{}{{}}]", r#"{"":0},"#.repeat(count))
}

#[tokio::test]
async fn a_large_error_body_is_cut_and_not_decoded() {
    let body = format!(
        r#"{{"error_type":"too_much","request_id":"r-1","more":{}}}"#,
        maps(300_000)
    );
    let (_server, client) = client(vec![json("500 Internal Server Error", &body)], |_| {}).await;
    let error = client.find().send().await.unwrap_err();
    assert!(error.is_api());
    assert_eq!(error.api(), None);
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
    assert_eq!(error.code(), Some("too_much"));
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(
        error.to_string(),
        "GET /v1/connections answered 500 Internal Server Error, but its body does not fit the \
         API description: it is larger than the client's limit for error bodies: too_much \
         (request id r-1)"
    );
}

#[tokio::test]
async fn an_error_body_of_any_size_can_be_had_undecoded() {
    let body = maps(300_000);
    let (_server, client) = client(vec![json("500 Internal Server Error", &body)], |_| {}).await;
    let received = client.find().send_raw().await.unwrap();
    assert_eq!(received.body().len(), body.len());
}

#[tokio::test]
async fn an_error_body_has_few_values() {
    let body = maps(20_000);
    let (_server, client) = client(vec![json("404 Not Found", &body)], |_| {}).await;
    let call = undescribed(&client.core, &http::Method::GET, "/any");
    let error = call.send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.api(), None);
}

#[tokio::test]
async fn a_response_has_no_more_values_than_the_limit() {
    let body = maps(100);
    let replies = || vec![json("200 OK", &body), json("200 OK", &body)];
    let (_server, some) = client(replies(), |settings| settings.value_limit(1000)).await;
    let error = some.find().send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.decode_error().unwrap().message(),
        "it has more values than the client's limit, 1000 (an object counts as ten)"
    );
    let raw = some.find().send_raw().await.unwrap();
    assert!(raw.json::<Value>().is_err());
    let (_server, more) = client(replies(), |settings| settings.value_limit(2000)).await;
    let raw = more.find().send_raw().await.unwrap();
    assert_eq!(raw.json::<Value>().unwrap().as_array().unwrap().len(), 101);
}

#[tokio::test]
async fn a_body_that_is_no_json_is_reported_as_such() {
    let page = reply("200 OK", "Content-Type: text/html\r\n", "<html>");
    let (_server, client) = client(vec![page], |_| {}).await;
    let error = client.find().send().await.unwrap_err();
    assert_eq!(
        error.decode_error().unwrap().message(),
        "it is not JSON (declared as text/html)"
    );
}

#[test]
fn values_are_counted_outside_of_strings() {
    let fits = |json: &str, limit| read_json::<Value>(json.as_bytes(), limit).is_ok();
    for (json, values) in [
        ("[]", 2),
        ("[1,2,3]", 4),
        (r#"["[{,}]","\"[",","]"#, 4),
        (r#"{"a":1}"#, 11),
        (r#"[{"a":[]},{"b,c":1}]"#, 24),
        (r#"["\\",[]]"#, 4),
    ] {
        assert!(fits(json, values), "{json}");
        assert!(!fits(json, values - 1), "{json}");
    }
}

#[test]
fn single_values_are_found_without_reading_the_rest() {
    let find = |json: &str, one, other| scalars_at(json.as_bytes(), [one, other]);
    let text = |text: &str| Some(text.to_owned());
    for (json, one, other, expected) in [
        (
            r#"{"a":"x","b":7}"#,
            Some("a"),
            Some("b"),
            [text("x"), text("7")],
        ),
        (
            r#"{"b":-1.50,"a":true}"#,
            Some("a"),
            Some("b"),
            [None, text("-1.5")],
        ),
        (r#"{"a":"x"}"#, None, Some("a"), [None, text("x")]),
        (
            r#"{"a":"x"}"#,
            Some("a"),
            Some("/a"),
            [text("x"), text("x")],
        ),
        ("\u{feff}{\"a\":\"x\"}", Some("a"), None, [text("x"), None]),
        (
            r#"{"e":{"list":[{"c":1},{"c":2}],"id":"i"}}"#,
            Some("/e/list/1/c"),
            Some("/e/id"),
            [text("2"), text("i")],
        ),
        (
            r#"{"a/b":{"~":"x"}}"#,
            Some("/a~1b/~0"),
            None,
            [text("x"), None],
        ),
        // What comes after the last of them is not looked at.
        (r#"{"a":"x","b":[[["#, Some("a"), None, [text("x"), None]),
        (
            r#"{"a":{"b":1},"c":"x"}"#,
            Some("/a/b/c"),
            Some("/c"),
            [None, text("x")],
        ),
        (r#"[{"a":1}]"#, Some("a"), Some("/0/a"), [None, text("1")]),
        (r#""a""#, Some("a"), None, [None, None]),
        ("", Some("a"), None, [None, None]),
    ] {
        assert_eq!(find(json, one, other), expected, "{json}");
    }
}

/// What is called once per try.
mod deep {
    use std::cell::Cell;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::Value;

    use crate::runtime::*;

    thread_local! {
        pub(super) static TRIES: Cell<usize> = const { Cell::new(0) };
    }

    #[derive(Debug, Serialize, Deserialize)]
    pub(super) struct Inner<L> {
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<Box<Deep>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        leaf: Option<L>,
    }

    impl<L> Inner<L> {
        pub(super) fn next(&self) -> Option<&Deep> {
            self.next.as_deref()
        }
    }

    /// Either variant may be any object of these properties.
    #[derive(Debug)]
    pub(super) enum Deep {
        A(Inner<bool>),
        B(Inner<u8>),
        UnknownValue(Value),
    }

    const INNER: Shape = Shape {
        properties: &["next", "leaf"],
        ..Shape::of(JsonKind::Object)
    };

    impl<'de> Deserialize<'de> for Deep {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = Value::deserialize(deserializer)?;
            let chosen = choose(&value, &[INNER, INNER], |index| {
                TRIES.set(TRIES.get() + 1);
                match index {
                    0 => attempt(&value).map(Self::A),
                    1 => attempt(&value).map(Self::B),
                    _ => None,
                }
            });
            Ok(chosen.unwrap_or(Self::UnknownValue(value)))
        }
    }

    impl Serialize for Deep {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::A(inner) => inner.serialize(serializer),
                Self::B(inner) => inner.serialize(serializer),
                Self::UnknownValue(value) => value.serialize(serializer),
            }
        }
    }
}

/// A chain of unions around a value, and how many tries it takes to read it.
fn tries(depth: usize, leaf: Value) -> (deep::Deep, usize) {
    let mut value = leaf;
    for _ in 0..depth {
        value = json!({ "next": value });
    }
    deep::TRIES.set(0);
    let decoded = serde_json::from_value(value).unwrap();
    (decoded, deep::TRIES.get())
}

/// A property that neither variant knows makes every level worth comparing.
#[test]
fn variants_of_nested_unions_are_compared_once() {
    for depth in [10, 20, 40] {
        let (mut decoded, tries) = tries(depth, json!({ "leaf": 1, "new": 1 }));
        // Both variants on each level, and then the better one.
        assert!(tries <= (depth + 1) * 3, "{depth}: {tries}");
        let mut levels = 0;
        loop {
            let next = match &decoded {
                deep::Deep::A(inner) => inner.next(),
                deep::Deep::B(inner) => inner.next(),
                deep::Deep::UnknownValue(value) => panic!("{value}"),
            };
            levels += 1;
            let Some(next) = next else {
                assert!(matches!(decoded, deep::Deep::B(_)));
                break;
            };
            decoded = serde_json::from_value(serde_json::to_value(next).unwrap()).unwrap();
        }
        assert_eq!(levels, depth + 1);
    }
}

/// There is nothing that either variant could be.
#[test]
fn what_fits_no_variant_is_found_out_once() {
    let (_, tries) = tries(40, json!({ "leaf": "neither" }));
    assert!(tries <= 41 * 3, "{tries}");
}

/// Wide and deep, with all of it in doubt.
#[test]
fn tries_grow_with_the_size_of_the_value() {
    fn tree(depth: usize) -> Value {
        match depth {
            0 => json!({ "leaf": 1, "new": 1 }),
            _ => json!({ "next": tree(depth - 1), "leaf": depth % 2, "more": tree(depth - 1) }),
        }
    }
    deep::TRIES.set(0);
    let _decoded: deep::Deep = serde_json::from_value(tree(12)).unwrap();
    assert!(deep::TRIES.get() < 50, "{}", deep::TRIES.get());
}
