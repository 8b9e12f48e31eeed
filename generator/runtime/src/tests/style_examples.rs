//! The style examples of the OpenAPI specification ("Style Examples" of 3.0.4
//! and 3.1.1) and those of RFC 6570 that are about the same styles, sent to a
//! real HTTP server. Where 3.0.3 and earlier differ (`label` without `explode`
//! had dots), the corrected table and the RFC count.

use serde::Serialize;
use serde_json::{Value, json};

use super::fixture::{ApiError, Connection, client};
use super::server::{Server, json as answer};
use crate::runtime::*;

struct Paint;

impl Operation for Paint {
    const ENDPOINT: &'static Endpoint = &Endpoint {
        id: "paint",
        method: "GET",
        path: "/paint/{color}",
        accept: "",
        security: &[],
        idempotent: None,
        idempotency_key: None,
        error_code: None,
        error_request_id: None,
    };
    type Output = Connection;
    type Failure = ApiError;

    fn decode(received: &Received) -> Result<Connection, DecodeError> {
        received.json()
    }

    fn decode_failure(received: &Received) -> Option<ApiError> {
        received.json().ok()
    }
}

/// What arrives for a path parameter, query, header or cookie.
async fn arrives(put: impl FnOnce(&mut Draft<'_>)) -> (String, Vec<String>) {
    let server = Server::start(vec![answer("200 OK", r#"{"connection_id":"c"}"#)]).await;
    let client = client(&server.url());
    let mut draft = Draft::new(&client.core, Paint::ENDPOINT);
    put(&mut draft);
    draft.call::<Paint>().send().await.unwrap();
    let (first, headers, _) = server.request();
    let target = first
        .strip_prefix("GET /paint/")
        .and_then(|rest| rest.strip_suffix(" HTTP/1.1"))
        .unwrap()
        .to_owned();
    (target, headers)
}

/// A value whose properties keep their order.
#[derive(Debug)]
enum Sample {
    Plain(Value),
    Object([(&'static str, Value); 3]),
}

impl Serialize for Sample {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(serializer),
            Self::Object(pairs) => serializer.collect_map(pairs.iter().map(|(k, v)| (k, v))),
        }
    }
}

fn plain(value: Value) -> Sample {
    Sample::Plain(value)
}

fn empty() -> Sample {
    plain(json!(""))
}

fn string() -> Sample {
    plain(json!("blue"))
}

fn array() -> Sample {
    plain(json!(["blue", "black", "brown"]))
}

fn object() -> Sample {
    Sample::Object([("R", 100.into()), ("G", 200.into()), ("B", 150.into())])
}

/// `keys` of RFC 6570, section 3.2.
fn keys() -> Sample {
    Sample::Object([
        ("semi", ";".into()),
        ("dot", ".".into()),
        ("comma", ",".into()),
    ])
}

#[tokio::test]
async fn path_styles() {
    use PathStyle::{Label, Matrix, Simple};
    for (style, explode, value, expected) in [
        (Matrix, false, empty(), ";color"),
        (Matrix, false, string(), ";color=blue"),
        (Matrix, false, array(), ";color=blue,black,brown"),
        (Matrix, false, object(), ";color=R,100,G,200,B,150"),
        (Matrix, true, empty(), ";color"),
        (Matrix, true, string(), ";color=blue"),
        (Matrix, true, array(), ";color=blue;color=black;color=brown"),
        (Matrix, true, object(), ";R=100;G=200;B=150"),
        (Label, false, string(), ".blue"),
        (Label, false, array(), ".blue,black,brown"),
        (Label, false, object(), ".R,100,G,200,B,150"),
        (Label, true, string(), ".blue"),
        (Label, true, array(), ".blue.black.brown"),
        (Label, true, object(), ".R=100.G=200.B=150"),
        (Simple, false, string(), "blue"),
        (Simple, false, array(), "blue,black,brown"),
        (Simple, false, object(), "R,100,G,200,B,150"),
        (Simple, true, string(), "blue"),
        (Simple, true, array(), "blue,black,brown"),
        (Simple, true, object(), "R=100,G=200,B=150"),
        // RFC 6570, sections 3.2.2, 3.2.5 and 3.2.7.
        (
            Simple,
            false,
            plain(json!("Hello World!")),
            "Hello%20World%21",
        ),
        (Simple, false, plain(json!(1024)), "1024"),
        (Simple, false, plain(json!("50%")), "50%25"),
        (Simple, true, keys(), "semi=%3B,dot=.,comma=%2C"),
        (Label, false, plain(json!("50%")), ".50%25"),
        (Label, true, keys(), ".semi=%3B.dot=..comma=%2C"),
        (
            Matrix,
            false,
            plain(json!("Hello World!")),
            ";color=Hello%20World%21",
        ),
        (Matrix, true, keys(), ";semi=%3B;dot=.;comma=%2C"),
        (Matrix, true, plain(json!(["a", ""])), ";color=a;color"),
    ] {
        let (target, _) = arrives(|draft| draft.path_in("color", style, explode, &value)).await;
        assert_eq!(target, expected, "{style:?} {explode} {value:?}");
    }
}

#[tokio::test]
async fn query_styles() {
    use QueryStyle::{DeepObject, Form, PipeDelimited, SpaceDelimited, TabDelimited};
    for (style, explode, value, expected) in [
        (Form, false, empty(), "color="),
        (Form, false, string(), "color=blue"),
        (Form, false, array(), "color=blue,black,brown"),
        (Form, false, object(), "color=R,100,G,200,B,150"),
        (Form, true, empty(), "color="),
        (Form, true, string(), "color=blue"),
        (Form, true, array(), "color=blue&color=black&color=brown"),
        (Form, true, object(), "R=100&G=200&B=150"),
        (SpaceDelimited, false, array(), "color=blue%20black%20brown"),
        (
            SpaceDelimited,
            false,
            object(),
            "color=R%20100%20G%20200%20B%20150",
        ),
        (PipeDelimited, false, array(), "color=blue%7Cblack%7Cbrown"),
        (
            PipeDelimited,
            false,
            object(),
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (TabDelimited, false, array(), "color=blue%09black%09brown"),
        (
            DeepObject,
            true,
            object(),
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
        // Not defined by OpenAPI: as the nearest style that is.
        (
            SpaceDelimited,
            true,
            array(),
            "color=blue&color=black&color=brown",
        ),
        (PipeDelimited, true, object(), "R=100&G=200&B=150"),
        (PipeDelimited, false, string(), "color=blue"),
        (DeepObject, true, string(), "color=blue"),
        // RFC 6570, section 3.2.8.
        (
            Form,
            false,
            plain(json!("Hello World!")),
            "color=Hello%20World%21",
        ),
        (Form, false, keys(), "color=semi,%3B,dot,.,comma,%2C"),
        (Form, true, keys(), "semi=%3B&dot=.&comma=%2C"),
        (Form, true, plain(json!([])), ""),
        (Form, false, plain(json!(null)), ""),
    ] {
        let (target, _) = arrives(|draft| {
            draft.path("color", false, "x");
            draft.query("color", style, explode, &value);
        })
        .await;
        let query = target.strip_prefix('x').unwrap();
        assert_eq!(
            query.strip_prefix('?').unwrap_or(query),
            expected,
            "{style:?} {explode} {value:?}"
        );
    }
}

#[tokio::test]
async fn header_and_cookie_styles() {
    fn both(draft: &mut Draft<'_>, explode: bool, value: &(impl Serialize + ?Sized)) {
        draft.path("color", false, "x");
        draft.header("X-Color", explode, value);
        draft.cookie("color", explode, value);
    }
    for (explode, value, header, cookie) in [
        (false, string(), "blue", "color=blue"),
        (false, array(), "blue,black,brown", "color=blue,black,brown"),
        (
            false,
            object(),
            "R,100,G,200,B,150",
            "color=R,100,G,200,B,150",
        ),
        (true, string(), "blue", "color=blue"),
        (
            true,
            array(),
            "blue,black,brown",
            "color=blue; color=black; color=brown",
        ),
        (true, object(), "R=100,G=200,B=150", "R=100; G=200; B=150"),
    ] {
        let (_, headers) = arrives(|draft| both(draft, explode, &value)).await;
        for expected in [format!("x-color: {header}"), format!("cookie: {cookie}")] {
            assert!(headers.contains(&expected), "{expected} not in {headers:?}");
        }
    }
    let (_, headers) = arrives(|draft| both(draft, true, &plain(json!([])))).await;
    let sent = |name: &str| headers.iter().any(|header| header.starts_with(name));
    assert!(!sent("x-color") && !sent("cookie"), "{headers:?}");
}

#[tokio::test]
async fn the_whole_query_as_one_parameter() {
    let form = json!({"a b": 1, "list": ["x", "y&z"], "none": null});
    let (target, _) = arrives(|draft| {
        draft.path("color", false, "x");
        draft.query_form("query", &form);
    })
    .await;
    assert_eq!(target, "x?a%20b=1&list=x&list=y%26z");
    let (target, _) = arrives(|draft| {
        draft.path("color", false, "x");
        draft.query_text("query", &JsonText(&json!({"a": 1})));
    })
    .await;
    assert_eq!(target, "x?%7B%22a%22%3A1%7D");
}
