//! Requests that would take forever, or all memory: of a size at which linear
//! work takes a moment and quadratic work takes minutes.

use std::time::{Duration, Instant};

use super::{assert_status, paths, request};
use crate::mock::{Mock, Request};

const LIMITS: &str = "
 /json:
  post:
   operationId: json
   requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Closed'}}}}
   responses: {'204': {description: d}}
 /any:
  post:
   operationId: any
   requestBody: {content: {application/json: {schema: {}}, application/x-ndjson: {schema: {}}}}
   responses: {'204': {description: d}}
 /tree:
  post:
   operationId: tree
   requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}, application/x-www-form-urlencoded: {schema: {type: object, properties: {t: {$ref: '#/components/schemas/Tree'}}}, encoding: {t: {style: deepObject}}}}}
   responses: {'204': {description: d}}
 /form:
  post:
   operationId: form
   requestBody:
    content:
     application/x-www-form-urlencoded:
      schema: {$ref: '#/components/schemas/Form'}
      encoding: {deep: {style: deepObject, explode: true}}
     multipart/form-data: {schema: {$ref: '#/components/schemas/Form'}}
   responses: {'204': {description: d}}
 /files/{name}-{part}.{ending}:
  get:
   operationId: file
   parameters: [{name: name, in: path, required: true, schema: {type: string}}, {name: part, in: path, required: true, schema: {type: string}}, {name: ending, in: path, required: true, schema: {type: string, maxLength: 3}}]
   responses: {'204': {description: d}}
";

const SCHEMAS: &str = "
 schemas:
  Closed: {type: object, additionalProperties: false, properties: {a: {type: string}}}
  Form:
   type: object
   properties: {deep: {type: object, additionalProperties: {type: string}}, one: {type: object, properties: {x: {type: string}}, additionalProperties: {type: string}}, list: {type: array, uniqueItems: true, items: {type: string}}}
  Tree:
   oneOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]
  Left: {type: object, required: [a], properties: {a: {type: integer}, t: {$ref: '#/components/schemas/Tree'}}}
  Right: {type: object, required: [b], properties: {b: {type: integer}, t: {$ref: '#/components/schemas/Tree'}}}
";

/// Quadratic work takes minutes at the sizes below.
const SOON: Duration = Duration::from_secs(20);

#[track_caller]
fn assert_soon(mock: &Mock, request: &Request, status: u16) {
    let started = Instant::now();
    assert_status(mock, request, status);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
}

fn mock() -> Mock {
    paths(LIMITS, SCHEMAS)
}

/// Texts with a number in place of `#`.
fn repeated(text: &str, count: usize) -> String {
    (0..count)
        .map(|number| text.replace('#', &number.to_string()))
        .collect()
}

#[test]
fn forms_are_read_in_linear_time() {
    let mock = mock();
    let form =
        |text: String| request("POST", "/form").sending("application/x-www-form-urlencoded", &text);
    for pairs in ["deep[k#]=v&", "k#=v&", "list=v#&", "deep[l][]=v&"] {
        let status = if pairs.contains("[l]") { 400 } else { 204 };
        assert_soon(&mock, &form(repeated(pairs, 50_000)), status);
    }
    assert_soon(&mock, &form("a&".repeat(300_000)), 413);
    let deep = format!("deep{}=v", "[k]".repeat(100_000));
    assert_soon(&mock, &form(deep), 204);
}

#[test]
fn parts_are_read_in_linear_time_and_counted() {
    let mock = mock();
    let body = |part: &str, count| {
        let body = repeated(&format!("--b\r\n{part}\r\n\r\nx\r\n"), count) + "--b--";
        request("POST", "/form").sending("multipart/form-data; boundary=b", &body)
    };
    let named = "Content-Disposition: form-data; name=\"k#\"";
    let listed = "Content-Disposition: form-data; name=\"list\"";
    assert_soon(&mock, &body(named, 10_000), 204);
    assert_soon(&mock, &body(listed, 10_000), 400);
    for part in [named, listed, ""] {
        assert_soon(&mock, &body(part, 100_000), 413);
    }
}

#[test]
fn paths_are_read_in_linear_time() {
    let mock = mock();
    let dashes = "-".repeat(60_000);
    for (segment, status) in [
        (format!("{dashes}.png"), 204),
        (dashes.clone(), 404),
        (format!("{dashes}."), 404),
        (format!("{dashes}.{dashes}"), 400),
        (format!("{}x", ".-".repeat(30_000)), 204),
    ] {
        assert_soon(&mock, &request("GET", &format!("/files/{segment}")), status);
    }
}

#[test]
fn each_parameter_of_a_segment_is_as_long_as_it_can_be() {
    let item = " '/a/{p}-{q}.{r}{s}':\n  get:\n   operationId: a\n   parameters: [{name: p, in: path, required: true, schema: {enum: [x-y.1]}}, {name: q, in: path, required: true, schema: {enum: ['2.3']}}, {name: r, in: path, required: true, schema: {enum: [ab]}}, {name: s, in: path, required: true, schema: {enum: [c]}}]\n   responses: {'204': {description: d}}";
    let mock = paths(item, " {}");
    assert_status(&mock, &request("GET", "/a/x-y.1-2.3.abc"), 204);
    for target in ["/a/-q.rs", "/a/p-.rs", "/a/p-q.r", "/a/p-q", "/a/"] {
        assert_status(&mock, &request("GET", target), 404);
    }
}

#[test]
fn properties_that_are_not_allowed_are_not_all_looked_up() {
    let mock = mock();
    let object = format!("{{{}\"a\": \"\"}}", repeated("\"k#\": 1,", 100_000));
    let json = request("POST", "/json").sending("application/json", &object);
    assert_soon(&mock, &json, 400);
}

#[test]
fn keys_of_any_length_are_cut_where_they_are_told() {
    let mock = mock();
    let key = "é".repeat(1_000_000);
    let object = format!("{{\"{key}\": 1}}");
    let json = request("POST", "/json").sending("application/json", &object);
    let answer = mock.ask(&json);
    let shown = format!("body /{}… is no property that is allowed", "é".repeat(200));
    assert_eq!(answer.wrong(), [shown]);
}

#[test]
fn values_that_take_too_much_memory_are_refused() {
    let mock = mock();
    let any = |kind: &str, text: String| request("POST", "/any").sending(kind, &text);
    let list = |item: &str, count| format!("[{}0]", item.repeat(count));
    let json = "application/json";
    assert_soon(&mock, &any(json, list("0,", 1_000_000)), 204);
    assert_soon(&mock, &any(json, list("{\"\":0},", 50_000)), 204);
    assert_soon(&mock, &any(json, list("{\"\":0},", 1_000_000)), 413);
    assert_soon(&mock, &any(json, list("[],", 4_000_000)), 413);
    let lines = "{\"\":0}\n".repeat(1_000_000);
    assert_soon(&mock, &any("application/x-ndjson", lines), 413);
}

#[test]
fn choices_inside_of_choices_are_given_up() {
    let mock = mock();
    let tree = format!("{}{{}}{}", "{\"t\":".repeat(60), "}".repeat(60));
    let json = request("POST", "/tree").sending("application/json", &tree);
    assert_soon(&mock, &json, 503);
    let form = format!("t{}=1", "[t]".repeat(40));
    let form = request("POST", "/tree").sending("application/x-www-form-urlencoded", &form);
    let started = Instant::now();
    let status = mock.ask(&form).response.status;
    assert!(matches!(status, 400 | 503), "{status}");
    assert!(started.elapsed() < SOON);
}

#[test]
fn work_that_is_told_to_stop_ends() {
    let stop = std::sync::atomic::AtomicBool::new(true);
    let json = request("POST", "/json").sending("application/json", "{}");
    assert_eq!(mock().answer(&json, &stop).response.status, 503);
}
