//! Responses: each status has the type that the document gives it, and no
//! answer loses its status and body.

mod canned;

use canned::{answered, answered_json, block_on, body, client, decode, sent};
use golden_responses as api;
use golden_responses::operations::untagged::jobs::{PutJobFailure, PutJobOutput};
use golden_responses::types::Job;
use serde_json::json;

fn put(client: &api::Client) -> Result<api::Response<PutJobOutput>, api::Error<PutJobFailure>> {
    block_on(client.put_job("j-1", Job::new("nightly")).send())
}

#[test]
fn every_success_has_its_own_type() {
    let replaced = put(&answered_json(200, r#"{"name": "nightly"}"#)).expect("200");
    assert_eq!(*replaced, PutJobOutput::Ok(Job::new("nightly")));
    let created = put(&answered_json(201, r#"{"id": "j-1"}"#)).expect("201");
    assert_eq!(created.status(), 201);
    assert!(matches!(created.into_body(), PutJobOutput::Created(new) if new.id == "j-1"));
    let taken = put(&answered(202, "", "")).expect("202");
    assert_eq!(*taken, PutJobOutput::Accepted);
}

#[test]
fn every_failure_has_its_own_type() {
    let api = |status, media_type, body| {
        let error = put(&answered(status, media_type, body)).expect_err("no success");
        assert!(error.is_api());
        assert_eq!(error.status().expect("a status"), status);
        assert_eq!(error.body().expect("a body"), body);
        error.into_api()
    };
    let json = "application/json";
    let missing = api(404, json, r#"{"missing": "queue"}"#);
    assert!(matches!(missing, Some(PutJobFailure::NotFound(it)) if it.missing == "queue"));
    let conflict = api(409, json, r#"{"running_since": "2024-01-01T00:00:00Z"}"#);
    assert!(matches!(conflict, Some(PutJobFailure::Conflict(_))));
    let problem = api(418, "application/problem+json", r#"{"title": "Teapot"}"#);
    assert!(matches!(problem, Some(PutJobFailure::ClientError(it))
        if it.title.as_deref() == Some("Teapot")));
    let other = api(500, "text/plain", "out of order");
    assert_eq!(
        other,
        Some(PutJobFailure::Default("out of order".to_owned()))
    );
    // A 4XX of its own is not the range's.
    let other_form = api(404, json, r#"{"title": "Not Found"}"#);
    assert_eq!(other_form, None);
    let proxy = api(409, "text/html", "<html>busy</html>");
    assert_eq!(proxy, None);
}

#[test]
fn a_success_that_nobody_described_is_not_taken_for_another() {
    let error = put(&answered_json(203, r#"{"name": "nightly"}"#)).expect_err("203");
    assert!(error.is_decode());
    assert_eq!(error.status().expect("a status"), 203);
    assert_eq!(error.body().expect("a body"), r#"{"name": "nightly"}"#);
}

#[test]
fn empty_answers_are_empty() {
    let gone = answered(204, "", "");
    let gone = block_on(gone.delete_job("j-1").send()).expect("204");
    let () = gone.into_body();
    for status in [304, 412, 500] {
        let error = answered(status, "", "");
        let error = block_on(error.delete_job("j-1").send()).expect_err("no success");
        assert!(error.is_api());
        assert_eq!(error.status().expect("a status"), status);
        assert!(error.api().is_none());
    }
    assert!(block_on(answered(200, "", "").ping_quietly().send()).is_ok());
}

#[test]
fn ranges_and_default_stand_for_the_rest() {
    for status in [200, 206, 299] {
        let client = answered_json(status, r#"{"name": "nightly", "state": null}"#);
        let job = block_on(client.get_job("j-1").send()).expect("a job");
        assert_eq!((job.status().as_u16(), &job.state), (status, &Some(None)));
    }
    assert!(block_on(answered(200, "text/html", "<p>").ping().send()).is_ok());
    let error = block_on(answered(503, "", "").ping().send()).expect_err("503");
    assert!(error.is_api());
}

#[test]
fn texts_are_texts() {
    let client = answered(200, "text/plain", "started\nfinished\n");
    let log = block_on(client.get_log("j-1").send()).expect("a log");
    assert_eq!(log.as_str(), "started\nfinished\n");
    let client = answered_json(410, r#"{"title": "Gone"}"#);
    let error = block_on(client.get_log("j-1").send()).expect_err("410");
    assert_eq!(
        error.api().expect("a problem").title.as_deref(),
        Some("Gone")
    );
}

#[test]
fn bare_values_and_optional_bodies() {
    let count = block_on(answered_json(200, "3").add_event().send()).expect("a number");
    assert_eq!(*count, 3);
    let client = client();
    let without = sent(client.add_event());
    assert!(without.body().is_empty() && !without.headers().contains_key("content-type"));
    let with = client.add_event().body(decode(r#"{"kind": "test"}"#));
    assert_eq!(body(&sent(with)), json!({"kind": "test"}));
}

#[test]
fn an_answer_that_does_not_fit_is_an_error_that_keeps_it() {
    let bodies = [r#"{"name": 1}"#, r#"{"name": "a""#, "", "<html>"];
    for body in bodies {
        let client = answered_json(200, body);
        let error = block_on(client.get_job("j-1").send()).expect_err("no job");
        assert!(error.is_decode(), "{body}");
        assert_eq!(error.status().expect("a status"), 200);
        assert_eq!(error.body().expect("a body"), body);
    }
}

#[test]
fn what_is_accepted_is_what_is_described() {
    let client = client();
    let put = sent(client.put_job("j-1", Job::new("nightly")));
    let accepted = "application/json, application/problem+json, text/plain";
    assert_eq!(put.headers()["accept"], accepted);
    let delete = sent(client.delete_job("j-1"));
    assert!(!delete.headers().contains_key("accept"));
}
