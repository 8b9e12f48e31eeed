//! Bodies of requests.

use serde_json::json;

use super::{assert_status, paths, request};

const BODIES: &str = "
 /json:
  post:
   operationId: json
   requestBody:
    required: true
    content:
     application/json: {schema: {$ref: '#/components/schemas/Pet'}}
     application/merge-patch+json: {schema: {type: object}}
   responses: {'204': {description: d}}
 /form:
  post:
   operationId: form
   requestBody:
    content:
     application/x-www-form-urlencoded:
      schema: {$ref: '#/components/schemas/Form'}
      encoding: {joined: {explode: false}}
   responses: {'204': {description: d}}
 /multipart:
  post:
   operationId: multipart
   requestBody:
    required: true
    content:
     multipart/form-data:
      schema: {type: object, required: [file, pet], properties: {file: {type: string, format: binary}, pet: {$ref: '#/components/schemas/Pet'}, tags: {type: array, items: {type: string, maxLength: 3}}}}
   responses: {'204': {description: d}}
 /text:
  post:
   operationId: text
   requestBody: {content: {text/plain: {schema: {type: string, maxLength: 3}}, image/*: {}}}
   responses: {'204': {description: d}}
 /lines:
  post:
   operationId: lines
   requestBody: {content: {application/x-ndjson: {schema: {$ref: '#/components/schemas/Pet'}}}}
   responses: {'204': {description: d}}
 /nothing:
  post: {operationId: nothing, responses: {'204': {description: d}}}
";

const SCHEMAS: &str = "
 schemas:
  Pet:
   type: object
   required: [name, id]
   additionalProperties: false
   properties:
    id: {type: integer, readOnly: true}
    name: {type: string, minLength: 1, nullable: true}
    kind: {type: string, enum: [cat, dog]}
    friends: {type: array, uniqueItems: true, items: {$ref: '#/components/schemas/Pet'}}
  Form:
   type: object
   required: [count]
   properties: {count: {type: integer}, list: {type: array, items: {type: integer}}, joined: {type: array, items: {type: integer}}, inner: {type: object, properties: {a: {type: boolean}}}}
";

#[test]
fn bodies_are_held_against_their_schemas() {
    let mock = paths(BODIES, SCHEMAS);
    let json =
        |body: &str| request("POST", "/json").sending("application/json; charset=utf-8", body);
    assert_status(&mock, &json("{\"name\": \"Rex\"}"), 204);
    assert_status(&mock, &json("{\"name\": null}"), 204);
    let answer = mock.ask(&json(
        r#"{"kind": "cow", "a/b": 1, "friends": [{"name": ""}, {"name": 5}, {"name": ""}]}"#,
    ));
    assert_eq!(
        answer.wrong(),
        [
            "body /a~1b is no property that is allowed",
            "body /friends holds the same item twice",
            "body /friends/0/name has fewer than 1 characters",
            "body /friends/1/name is not a string",
            "body /friends/2/name has fewer than 1 characters",
            "body /kind is none of `\"cat\"`, `\"dog\"`",
            "body /name is missing"
        ]
    );
    assert_eq!(answer.operation.as_deref(), Some("json"));
    let problem = answer.response.json();
    assert_eq!(
        answer.response.header("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(problem["status"], json!(400));
    assert_eq!(
        problem["violations"][6],
        json!({"in": "body", "pointer": "/name", "problem": "is missing"})
    );
    for (body, wrong) in [
        ("", "body is missing"),
        ("{", "body is not JSON at line 1, column 1"),
        ("null", "body is null"),
        ("[]", "body is not an object"),
    ] {
        assert_eq!(mock.ask(&json(body)).wrong(), [wrong]);
    }
    let nothing = request("POST", "/nothing");
    assert_status(&mock, &nothing, 204);
    let answer = mock.ask(&nothing.sending("application/json", "{}"));
    assert_eq!(
        answer.wrong(),
        ["body is not described: the operation takes none"]
    );
}

#[test]
fn another_content_type_is_not_supported() {
    let mock = paths(BODIES, SCHEMAS);
    let patch = request("POST", "/json").sending("application/merge-patch+json", "{\"a\": 1}");
    assert_status(&mock, &patch, 204);
    let wrong = request("POST", "/json").sending("text/plain", "{}");
    let response = assert_status(&mock, &wrong, 415);
    assert_eq!(
        response.header("accept"),
        Some("application/json, application/merge-patch+json")
    );
    let mut none = request("POST", "/json");
    none.body = b"{}".to_vec();
    assert_status(&mock, &none, 415);
    for media_type in ["image/png", "application/octet-stream"] {
        let image = request("POST", "/text").sending(media_type, "anything");
        assert_status(&mock, &image, 204);
    }
    let video = request("POST", "/text").sending("video/mp4", "anything");
    assert_status(&mock, &video, 415);
}

#[test]
fn forms_multipart_and_streams_are_read() {
    let mock = paths(BODIES, SCHEMAS);
    let form = |body: &str| {
        let media = "application/x-www-form-urlencoded";
        mock.ask(&request("POST", "/form").sending(media, body))
            .wrong()
    };
    let fine = "count=1&list=1&list=2&joined=1,2&inner=%7B%22a%22%3Atrue%7D&more=x";
    assert_eq!(form(fine), Vec::<String>::new());
    assert_eq!(
        form("list=x&joined=1,x"),
        [
            "body /joined/1 is not an integer",
            "body /list/0 is not an integer",
            "body /count is missing"
        ]
    );
    let multipart = |body: &str| {
        let body = body.replace('\n', "\r\n");
        let media = "multipart/form-data; boundary=\"b\"";
        let request = request("POST", "/multipart").sending(media, &body);
        mock.ask(&request).wrong()
    };
    let file = "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\n\n\0\u{1}\n";
    let pet = "--b\nContent-Disposition: form-data; name=\"pet\"\nContent-Type: application/json\n\n{\"name\": \"x\"}\n";
    let tag = "--b\nContent-Disposition: form-data; name=\"tags\"\n\nabcd\n";
    assert_eq!(
        multipart(&format!("{file}{pet}--b--\n")),
        Vec::<String>::new()
    );
    assert_eq!(multipart(&format!("{file}--b--")), ["body /pet is missing"]);
    assert_eq!(
        multipart(&format!("{file}{pet}{tag}--b--")),
        ["body /tags/0 has more than 3 characters"]
    );
    assert_eq!(
        multipart(file),
        ["body has no parts that end as they should"]
    );
    let text = request("POST", "/text").sending("text/plain", "abcd");
    assert_eq!(mock.ask(&text).wrong(), ["body has more than 3 characters"]);
    let lines = "{\"name\": \"a\"}\n\n{\"name\": 1}\n{";
    let lines = request("POST", "/lines").sending("application/x-ndjson", lines);
    assert_eq!(
        mock.ask(&lines).wrong(),
        ["body /1/name is not a string", "body /2 is not JSON"]
    );
}

#[test]
fn by_the_word_exactly_one_fits_or_the_tag_decides() {
    let mock = paths(
        "
 /one:
  post:
   operationId: one
   requestBody: {content: {application/json: {schema: {oneOf: [{type: object, properties: {a: {type: integer}}}, {type: object, required: [b], properties: {b: {type: integer}}}]}}}}
   responses: {'204': {description: d}}
 /tagged:
  post:
   operationId: tagged
   requestBody: {content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: Cat}}}}}}
   responses: {'204': {description: d}}
",
        "
 schemas:
  Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer, multipleOf: 3}}}
  Dog: {type: object, required: [kind], properties: {kind: {type: string}, bark: {type: string, format: email}}}
",
    );
    let wrong = |path: &str, body: &str| {
        mock.ask(&request("POST", path).sending("application/json", body))
            .wrong()
    };
    assert_eq!(wrong("/one", r#"{"a": 1}"#), Vec::<String>::new());
    assert_eq!(
        wrong("/one", r#"{"b": 1}"#),
        ["body fits 2 of `oneOf`, and has to fit one"]
    );
    assert_eq!(
        wrong("/tagged", r#"{"kind": "cat", "lives": 9}"#),
        Vec::<String>::new()
    );
    assert_eq!(
        wrong("/tagged", r#"{"kind": "cat", "lives": 7}"#),
        ["body /lives is not a multiple of 3"]
    );
    assert_eq!(
        wrong("/tagged", r#"{"kind": "Dog", "bark": "loud"}"#),
        ["body /bark is not of the format `email`"]
    );
}

#[test]
fn choices_inside_of_choices_end() {
    let mock = paths(
        " /a:\n  post:\n   operationId: a\n   requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}}\n   responses: {'204': {description: d}}",
        " schemas:\n  Tree: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {type: integer}]}\n  A: {type: object, properties: {a: {$ref: '#/components/schemas/Tree'}}}\n  B: {type: object, properties: {a: {$ref: '#/components/schemas/Tree'}}}",
    );
    let body = format!("{}\"x\"{}", "{\"a\":".repeat(100), "}".repeat(100));
    let started = std::time::Instant::now();
    let _whatever = mock.ask(&request("POST", "/a").sending("application/json", &body));
    assert!(started.elapsed().as_secs() < 60);
}
