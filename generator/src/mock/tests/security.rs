//! Credentials.

use super::{assert_status, paths, request};

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
