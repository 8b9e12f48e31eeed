//! Requests to small documents, and what is answered.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value as Json, json};

use super::{Answer, Mock, Request, Response};
use crate::source::Input;

/// The mock of a document, which must be right.
fn mock(text: &str) -> Mock {
    let outcome = crate::generate(&crate::Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: text.into(),
        }],
        ..crate::Request::default()
    });
    assert!(
        !outcome.report.has_errors(),
        "{:?}",
        outcome.report.diagnostics()
    );
    Mock::new(outcome.upgraded().unwrap())
}

/// The mock of a document with these paths, and components.
fn paths(paths: &str, components: &str) -> Mock {
    mock(&format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n\
         servers: [{{url: 'https://api.example/v1'}}, {{url: 'https://{{region}}.example/{{stage}}/api', \
         variables: {{region: {{default: eu}}, stage: {{default: test}}}}}}]\n\
         paths:\n{paths}\ncomponents:\n{components}\n"
    ))
}

/// A request, the target as in its first line.
fn request(method: &str, target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        ..Request::default()
    }
}

impl Request {
    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn sending(mut self, media_type: &str, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.with("content-type", media_type)
    }
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Answer {
    /// The violations, a line each.
    fn wrong(&self) -> Vec<String> {
        self.violations.iter().map(ToString::to_string).collect()
    }
}

#[track_caller]
fn assert_status(mock: &Mock, request: &Request, status: u16) -> Response {
    let answer = mock.answer(request);
    let said = String::from_utf8_lossy(&answer.response.body).into_owned();
    assert_eq!(answer.response.status, status, "{said}");
    answer.response
}

/// What is wrong with a request of one operation with these parameters.
#[track_caller]
fn wrong_with(parameters: &str, target: &str) -> Vec<String> {
    let path = target.split('?').next().unwrap();
    let template = match path.trim_start_matches('/').contains('/') {
        true => "/a/{p}",
        false => "/a",
    };
    let mock = paths(
        &format!(
            " {template}:\n  get:\n   operationId: a\n   parameters: {parameters}\n   \
             responses: {{'204': {{description: d}}}}"
        ),
        " {}",
    );
    let answer = mock.answer(&request("GET", target));
    assert!(matches!(answer.response.status, 204 | 400), "{answer:?}");
    answer.wrong()
}

#[track_caller]
fn assert_fine(parameters: &str, target: &str) {
    assert_eq!(wrong_with(parameters, target), Vec::<String>::new());
}

const PETS: &str = "
 /pets/mine:
  get: {operationId: mine, responses: {'200': {description: d}}}
 /pets/{id}:
  get: {operationId: pet, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'202': {description: d}}}
  delete: {operationId: gone, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: d}}}
 /pets/{id}.{ending}:
  get: {operationId: file, parameters: [{name: id, in: path, required: true, schema: {type: integer}}, {name: ending, in: path, required: true, schema: {enum: [png]}}], responses: {'203': {description: d}}}
";

#[test]
fn concrete_segments_go_before_parameters() {
    let mock = paths(PETS, " {}");
    assert_eq!(mock.operations(), 4);
    for (target, status) in [
        ("/pets/mine", 200),
        ("/pets/m%69ne", 200),
        ("/pets/yours", 202),
        ("/pets/7.png", 203),
        ("/pets/7.gif", 400),
        ("/pets/x.png", 400),
        ("/pets/", 404),
        ("/pets", 404),
        ("/pets/a/b", 404),
        ("/", 404),
        ("", 404),
        ("*", 404),
    ] {
        assert_status(&mock, &request("GET", target), status);
    }
    assert_status(&mock, &request("DELETE", "/pets/yours"), 204);
}

#[test]
fn the_path_of_a_server_may_stand_before() {
    let mock = paths(PETS, " {}");
    for (target, status) in [
        ("/v1/pets/mine", 200),
        ("/live/api/pets/mine", 200),
        ("/v2/pets/mine", 404),
        ("/v1/v1/pets/mine", 404),
    ] {
        assert_status(&mock, &request("GET", target), status);
    }
}

#[test]
fn other_methods_of_a_path_are_not_allowed() {
    let mock = paths(PETS, " {}");
    let answer = mock.answer(&request("PUT", "/pets/yours"));
    assert_eq!(answer.response.status, 405);
    assert_eq!(answer.response.header("allow"), Some("GET, DELETE"));
    // `HEAD` is no `GET` in OpenAPI.
    assert_status(&mock, &request("HEAD", "/pets/mine"), 405);
    assert_status(&mock, &request("get", "/pets/mine"), 405);
}

#[test]
fn parameters_that_are_missing_or_do_not_fit_are_told() {
    let parameters = "[{name: p, in: path, required: true, schema: {type: integer, minimum: 1}}, \
                       {name: q, in: query, required: true, schema: {type: string, maxLength: 3}}, \
                       {name: X-H, in: header, required: true, schema: {type: boolean}}, \
                       {name: c, in: cookie, required: true, schema: {type: string, pattern: '^a+$'}}]";
    assert_eq!(
        wrong_with(parameters, "/a/zero"),
        [
            "path `p` is not an integer",
            "query `q` is missing",
            "header `X-H` is missing",
            "cookie `c` is missing"
        ]
    );
    assert_eq!(
        wrong_with(
            "[{name: p, in: path, required: true, schema: {type: integer, minimum: 1}}]",
            "/a/0"
        ),
        ["path `p` is below the minimum, 1"]
    );
    let mock = paths(
        &format!(
            " '/a/{{p}}':\n  get:\n   operationId: a\n   parameters: {parameters}\n   responses: {{'204': {{description: d}}}}"
        ),
        " {}",
    );
    let good = request("GET", "/a/1?q=abc")
        .with("x-h", "true")
        .with("cookie", "b=1; c=aa");
    assert_status(&mock, &good, 204);
    let bad = request("GET", "/a/1?q=abcd&q=x")
        .with("x-h", "yes")
        .with("cookie", "c=b");
    assert_eq!(
        mock.answer(&bad).wrong(),
        [
            "query `q` is given more than once",
            "header `X-H` is not a boolean",
            "cookie `c` does not match the pattern `^a+$`"
        ]
    );
}

#[test]
fn lists_and_objects_are_read_by_their_styles() {
    let of = |style: &str, explode: bool, schema: &str, place: &str| {
        format!(
            "[{{name: p, in: {place}, required: true, style: {style}, explode: {explode}, schema: {schema}}}]"
        )
    };
    let list = "{type: array, maxItems: 3, minItems: 3, items: {type: integer}}";
    let object = "{type: object, required: [R, G], additionalProperties: false, \
                   properties: {R: {type: integer}, G: {type: string, minLength: 2}}}";
    for (style, explode, schema, place, target) in [
        ("simple", false, list, "path", "/a/1,2,3"),
        ("simple", true, list, "path", "/a/1,2,3"),
        ("simple", false, object, "path", "/a/R,1,G,%2C%2C"),
        ("simple", true, object, "path", "/a/R=1,G=%2C%2C"),
        ("label", false, list, "path", "/a/.1,2,3"),
        ("label", true, list, "path", "/a/.1.2.3"),
        ("label", true, object, "path", "/a/.R=1.G=ab"),
        ("matrix", false, list, "path", "/a/;p=1,2,3"),
        ("matrix", true, list, "path", "/a/;p=1;p=2;p=3"),
        ("matrix", false, object, "path", "/a/;p=R,1,G,ab"),
        ("matrix", true, object, "path", "/a/;R=1;G=ab"),
        ("form", true, list, "query", "/a?p=1&x=y&p=2&p=3"),
        ("form", false, list, "query", "/a?p=1,2,3"),
        ("form", true, object, "query", "/a?R=1&G=a+b"),
        ("form", false, object, "query", "/a?p=R,1,G,a%20b"),
        ("spaceDelimited", false, list, "query", "/a?p=1%202+3"),
        ("pipeDelimited", false, list, "query", "/a?p=1%7C2|3"),
        ("pipeDelimited", true, list, "query", "/a?p=1&p=2&p=3"),
        ("deepObject", true, object, "query", "/a?p%5BR%5D=1&p[G]=ab"),
        ("deepObject", true, list, "query", "/a?p[]=1&p[]=2&p[]=3"),
        ("deepObject", true, list, "query", "/a?p[0]=1&p[1]=2&p[2]=3"),
    ] {
        let parameters = of(style, explode, schema, place);
        assert_eq!(
            wrong_with(&parameters, target),
            Vec::<String>::new(),
            "{style} {explode} {target}"
        );
        // And that it was read, not passed over.
        let worse = target.replace('1', "x");
        assert_ne!(
            wrong_with(&parameters, &worse),
            Vec::<String>::new(),
            "{style} {explode} {worse}"
        );
    }
    assert_eq!(
        wrong_with(&of("label", false, list, "path"), "/a/1,2,3"),
        ["path `p` does not begin with a dot"]
    );
    assert_eq!(
        wrong_with(&of("matrix", false, list, "path"), "/a/;q=1,2,3"),
        ["path `p` does not begin with its name"]
    );
    assert_eq!(
        wrong_with(&of("form", true, list, "query"), "/a?p=1&p=2"),
        ["query `p` has fewer than 3 items"]
    );
    let nested = "{type: object, properties: {list: {type: array, items: {type: integer}}, \
                   inner: {type: object, properties: {deep: {type: boolean}}}}}";
    assert_fine(
        &of("deepObject", true, nested, "query"),
        "/a?p[list][]=1&p[list][]=2&p[inner][deep]=true",
    );
    assert_eq!(
        wrong_with(
            &of("deepObject", true, nested, "query"),
            "/a?p[list][]=1&p[list][]=no&p[inner][deep]=1"
        ),
        [
            "query `p` /inner/deep is not a boolean",
            "query `p` /list/1 is not an integer"
        ]
    );
}

#[test]
fn parameters_with_content_are_json() {
    let parameters = "[{name: p, in: query, content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}]";
    assert_fine(parameters, "/a?p=%7B%22a%22%3A1%7D");
    assert_fine(parameters, "/a");
    assert_eq!(wrong_with(parameters, "/a?p={"), ["query `p` is not JSON"]);
    assert_eq!(
        wrong_with(parameters, "/a?p={%22a%22:%22b%22}"),
        ["query `p` /a is not an integer"]
    );
}

#[test]
fn a_choice_takes_what_fits() {
    let parameters = "[{name: p, in: query, schema: {oneOf: [{type: integer, maximum: 9}, {type: string, enum: [all]}, {type: array, items: {type: boolean}}]}}]";
    for fine in ["/a?p=5", "/a?p=all", "/a?p=true&p=false"] {
        assert_fine(parameters, fine);
    }
    assert_eq!(
        wrong_with(parameters, "/a?p=some"),
        ["query `p` fits none of the 3 of `oneOf`"]
    );
}

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
    let answer = mock.answer(&json(
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
        assert_eq!(mock.answer(&json(body)).wrong(), [wrong]);
    }
    let nothing = request("POST", "/nothing");
    assert_status(&mock, &nothing, 204);
    let answer = mock.answer(&nothing.sending("application/json", "{}"));
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
        mock.answer(&request("POST", "/form").sending(media, body))
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
        mock.answer(&request).wrong()
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
    assert_eq!(
        mock.answer(&text).wrong(),
        ["body has more than 3 characters"]
    );
    let lines = "{\"name\": \"a\"}\n\n{\"name\": 1}\n{";
    let lines = request("POST", "/lines").sending("application/x-ndjson", lines);
    assert_eq!(
        mock.answer(&lines).wrong(),
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
        mock.answer(&request("POST", path).sending("application/json", body))
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
    let _whatever = mock.answer(&request("POST", "/a").sending("application/json", &body));
    assert!(started.elapsed().as_secs() < 60);
}

const SECURED: &str = "
 /all:
  get: {operationId: all, security: [{basic: [], key: []}, {token: []}, {digest: []}], responses: {'204': {description: d}}}
 /open:
  get: {operationId: open, security: [{}, {basic: []}], responses: {'204': {description: d}}}
 /key:
  get: {operationId: key, security: [{query: []}, {cookie: []}], responses: {'204': {description: d}}}
";

#[test]
fn credentials_have_to_be_there_and_well_formed() {
    let mock = paths(
        SECURED,
        " securitySchemes:\n  basic: {type: http, scheme: Basic}\n  token: {type: oauth2, flows: {}}\n  digest: {type: http, scheme: digest}\n  key: {type: apiKey, in: header, name: X-Key}\n  query: {type: apiKey, in: query, name: key}\n  cookie: {type: apiKey, in: cookie, name: sid}",
    );
    let all = || request("GET", "/all");
    let response = assert_status(&mock, &all(), 401);
    assert_eq!(
        response.header("www-authenticate"),
        Some("Basic realm=\"mock\", Bearer, digest")
    );
    for (header, fine) in [
        ("Basic dTpw", false),
        ("Basic ???", false),
        ("Bearer", false),
        ("Bearer a b", false),
        ("bearer abc", true),
        ("Digest username=\"a b\"", true),
        ("Custom abc", false),
    ] {
        let status = if fine { 204 } else { 401 };
        assert_status(&mock, &all().with("authorization", header), status);
    }
    let both = all().with("authorization", "Basic dTpw").with("x-key", "k");
    assert_status(&mock, &both, 204);
    let no_colon = all().with("authorization", "Basic dXA=").with("x-key", "k");
    assert_status(&mock, &no_colon, 401);
    assert_status(&mock, &request("GET", "/open"), 204);
    let response = assert_status(&mock, &request("GET", "/key"), 401);
    assert_eq!(response.header("www-authenticate"), None);
    assert_status(&mock, &request("GET", "/key?key=1"), 204);
    assert_status(&mock, &request("GET", "/key?key="), 401);
    assert_status(
        &mock,
        &request("GET", "/key").with("cookie", "a=b; sid=1"),
        204,
    );
}

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
    let described = mock.fail(&request("GET", "/examples"), 404);
    assert_eq!(described.response.json(), json!({"code": "missing"}));
    assert_eq!(described.operation.as_deref(), Some("examples"));
    let other = mock.fail(&request("GET", "/examples"), 429);
    assert_eq!(other.response.status, 429);
    assert_eq!(other.response.json()["title"], json!("Too Many Requests"));
    assert_eq!(
        mock.fail(&request("GET", "/nowhere"), 503).response.status,
        503
    );
}
