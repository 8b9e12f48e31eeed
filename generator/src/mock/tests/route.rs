//! Paths and methods.

use super::{assert_status, paths, request};

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
    let answer = mock.ask(&request("PUT", "/pets/yours"));
    assert_eq!(answer.response.status, 405);
    assert_eq!(answer.response.header("allow"), Some("GET, DELETE"));
    // `HEAD` is no `GET` in OpenAPI.
    assert_status(&mock, &request("HEAD", "/pets/mine"), 405);
    assert_status(&mock, &request("get", "/pets/mine"), 405);
}
