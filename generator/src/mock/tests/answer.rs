//! Which answers are given, and how they are written.

use serde_json::json;

use super::{Mock, assert_status, mock_of, paths, request};
use crate::mock::document::Media;
use crate::mock::respond::body;
use crate::resolve::media_type::{Kind, kind};
use crate::sample::{Direction, Judge, Spec};

const ANSWERS: &str = "
 /examples:
  get:
   operationId: examples
   responses:
    '404': {description: d, content: {application/json: {schema: {type: object}, examples: {missing: {value: {code: missing}}}}}}
    '201': {description: d, content: {application/json: {example: {created: true}}}}
    '200':
     description: d
     headers:
      X-Count: {schema: {type: integer}, example: 7}
      X-List: {schema: {type: array, items: {type: string}}, example: [a, b]}
      X-Made: {schema: {type: integer, minimum: 5}}
      Content-Encoding: {schema: {type: string}}
     content:
      application/json: {examples: {zebra: {$ref: '#/components/examples/Zebra'}, ant: {value: {name: Ant}}}}
      text/plain: {example: a text}
      application/xml: {example: <a/>}
    5XX: {description: d, content: {text/plain: {}}}
 /schema:
  get:
   operationId: schema
   responses: {'2XX': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Sample'}}}}}
 /default:
  get: {operationId: default, responses: {default: {description: d, content: {application/json: {schema: {type: string, example: hello}}}}, '400': {description: d}}}
 /failing:
  get: {operationId: failing, responses: {'404': {description: d}, '302': {description: d, headers: {Location: {schema: {type: string}, example: /there}}}}}
 /events:
  get: {operationId: events, responses: {'200': {description: d, content: {text/event-stream: {schema: {type: object, properties: {a: {type: integer}}}}}}}}
 /lines:
  get: {operationId: lines, responses: {'200': {description: d, content: {application/x-ndjson: {schema: {type: object, properties: {a: {type: integer}}}, example: [{a: 1}, {a: 2}]}}}}}
 /bytes:
  get: {operationId: bytes, responses: {'200': {description: d, content: {'*/*': {}, application/pdf: {schema: {type: string, format: binary}}}}}}
";

fn answers() -> Mock {
    paths(
        ANSWERS,
        "
 examples: {Zebra: {value: {name: Zebra}}}
 schemas:
  Sample:
   type: object
   required: [id]
   properties:
    id: {type: integer, example: 42}
    secret: {type: string, writeOnly: true}
    when: {type: string, format: date}
    level: {type: string, default: low}
    more: {$ref: '#/components/schemas/More'}
  More: {type: object, properties: {note: {type: string}}}
",
    )
}

#[test]
fn the_lowest_success_and_its_first_example_are_answered() {
    let response = assert_status(&answers(), &request("GET", "/examples"), 200);
    assert_eq!(response.json(), json!({"name": "Zebra"}));
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert_eq!(response.header("x-count"), Some("7"));
    assert_eq!(response.header("x-list"), Some("a,b"));
    assert_eq!(response.header("x-made"), Some("5"));
    assert_eq!(response.header("content-encoding"), None);
}

#[test]
fn without_an_example_one_is_made_of_the_schema() {
    let response = assert_status(&answers(), &request("GET", "/schema"), 200);
    assert_eq!(
        response.json(),
        json!({"id": 42, "when": "2024-02-29", "level": "low", "more": {"note": "text"}})
    );
}

#[test]
fn what_accept_wants_most_is_answered() {
    for (accept, media_type, body) in [
        ("text/plain", "text/plain", "a text"),
        (
            "text/*;q=0.9, application/json;q=0.1",
            "text/plain",
            "a text",
        ),
        (
            "application/*, application/json;q=0",
            "application/xml",
            "<a/>",
        ),
        ("*/*", "application/json", "{\"name\":\"Zebra\"}"),
        ("", "application/json", "{\"name\":\"Zebra\"}"),
    ] {
        let request = request("GET", "/examples").with("accept", accept);
        let response = assert_status(&answers(), &request, 200);
        assert_eq!(
            response.header("content-type"),
            Some(media_type),
            "{accept}"
        );
        assert_eq!(response.text(), body, "{accept}");
    }
    let request = request("GET", "/examples").with("accept", "image/png, */*;q=0");
    assert_status(&answers(), &request, 406);
}

#[test]
fn prefer_chooses_another_answer() {
    let mock = answers();
    let prefer = |header: &str| request("GET", "/examples").with("prefer", header);
    let response = assert_status(&mock, &prefer("code=404"), 404);
    assert_eq!(response.json(), json!({"code": "missing"}));
    assert_eq!(response.header("preference-applied"), Some("code=404"));
    let response = assert_status(&mock, &prefer("example=\"ant\""), 200);
    assert_eq!(response.json(), json!({"name": "Ant"}));
    let response = assert_status(&mock, &prefer("example=missing"), 404);
    assert_eq!(response.json(), json!({"code": "missing"}));
    assert_status(
        &mock,
        &prefer("respond-async, Code=201; example=example"),
        201,
    );
    assert_status(&mock, &prefer("code=503"), 503);
    for refused in [
        "code=418",
        "code=99",
        "code=x",
        "example=none",
        "code=201, example=ant",
    ] {
        assert_status(&mock, &prefer(refused), 400);
    }
    let default = request("GET", "/default").with("prefer", "code=418");
    assert_eq!(assert_status(&mock, &default, 418).json(), json!("hello"));
}

#[test]
fn other_answers_stand_in_for_a_success() {
    let mock = answers();
    let response = assert_status(&mock, &request("GET", "/default"), 200);
    assert_eq!(response.json(), json!("hello"));
    let response = assert_status(&mock, &request("GET", "/failing"), 302);
    assert_eq!(response.header("location"), Some("/there"));
}

#[test]
fn streams_and_bytes_are_written_as_they_are() {
    let mock = answers();
    let response = assert_status(&mock, &request("GET", "/events"), 200);
    assert_eq!(response.text(), "data: {\"a\":1}\n\n");
    let response = assert_status(&mock, &request("GET", "/lines"), 200);
    assert_eq!(response.text(), "{\"a\":1}\n{\"a\":2}\n");
    let response = assert_status(&mock, &request("GET", "/bytes"), 200);
    assert_eq!(
        response.header("content-type"),
        Some("application/octet-stream")
    );
}

#[test]
fn a_chosen_failure_is_the_described_one() {
    let mock = answers();
    let described = mock.ask_for(&request("GET", "/examples"), 404);
    assert_eq!(described.response.json(), json!({"code": "missing"}));
    assert_eq!(described.operation.as_deref(), Some("examples"));
    let other = mock.ask_for(&request("GET", "/examples"), 429);
    assert_eq!(other.response.status, 429);
    assert_eq!(other.response.json()["title"], json!("Too Many Requests"));
    assert_eq!(
        mock.ask_for(&request("GET", "/nowhere"), 503)
            .response
            .status,
        503
    );
}

/// What is made for the golden documents fits the schemas that it is made from.
#[test]
fn what_is_made_fits() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/golden");
    let mut made = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = match path.extension().and_then(|extension| extension.to_str()) {
            Some("yaml") => std::fs::read_to_string(&path).unwrap(),
            _ => continue,
        };
        let mock = mock_of(&text);
        let spec = Spec::new(&mock.root);
        let judge = Judge::new(&spec, Some(Direction::Response));
        let responses = mock.document.operations.iter();
        let responses = responses.flat_map(|operation| &operation.responses);
        for media in responses.flat_map(|response| &response.media) {
            let schema = media.schema.as_deref();
            let Some(schema) = schema.and_then(|pointer| mock.root.pointer(pointer)) else {
                continue;
            };
            if kind(&media.media_type) != Kind::Json {
                continue;
            }
            let without = Media {
                examples: Vec::new(),
                ..media.clone()
            };
            let Ok(written) = body(&spec, &without, None) else {
                panic!("no answer");
            };
            let value = serde_json::from_slice(&written).unwrap();
            assert!(
                judge.fits(schema, &value),
                "{path:?} {:?}: {value}",
                media.schema
            );
            made += 1;
        }
    }
    assert!(made > 50, "{made}");
}
