//! Streams: successes are handed over unread and come item by item; errors are
//! read and decoded as everywhere.

mod canned;

use api::operations::untagged::completions::CompleteOutput;
use api::operations::untagged::files::{DownloadFailure, GetThumbnailOutput};
use api::types::{CompleteRequest, Delta};
use canned::{answered, answered_json, block_on, sent};
use golden_streams as api;
use serde_json::json;

fn client(media_type: &'static str, body: &'static str) -> &'static api::Client {
    Box::leak(Box::new(answered(200, media_type, body)))
}

/// All items of a stream that has `next`.
macro_rules! items {
    ($stream:expr) => {{
        let mut stream = $stream;
        let mut items = Vec::new();
        while let Some(item) = block_on(stream.next()) {
            items.push(item);
        }
        items
    }};
}

#[test]
fn files_come_in_chunks() {
    let client = client("application/octet-stream", "content");
    let file = block_on(client.download("f").send()).expect("a file");
    assert_eq!(file.headers()["content-type"], "application/octet-stream");
    let bytes = block_on(file.into_body().into_bytes(7)).expect("seven bytes");
    assert_eq!(bytes, "content");
    let file = block_on(client.download("f").send()).expect("a file");
    let error = block_on(file.into_body().into_bytes(6)).expect_err("one too many");
    assert!(error.is_decode(), "{error}");
    let mut file = block_on(client.download("f").send()).expect("a file").into_body();
    let chunk = block_on(file.chunk()).expect("a chunk").expect("bytes");
    assert_eq!(chunk, "content");
    assert!(block_on(file.chunk()).is_none());
}

#[test]
fn errors_are_read() {
    let gone = answered_json(404, r#"{"title": "No such file"}"#);
    let error = block_on(gone.download("f").send()).expect_err("404");
    let Some(DownloadFailure::NotFound(problem)) = error.api() else {
        panic!("{error:?}");
    };
    assert_eq!(problem.title.as_deref(), Some("No such file"));
    let gone = answered(410, "image/png", "png");
    let error = block_on(gone.download("f").send()).expect_err("410");
    assert!(matches!(error.api(), Some(DownloadFailure::Gone(bytes)) if bytes == "png"));
}

#[test]
fn other_successes_are_read() {
    let client = answered(202, "application/json", r#"{"percent": 50}"#);
    let thumbnail = block_on(client.get_thumbnail("f").send()).expect("202").into_body();
    assert!(matches!(thumbnail, GetThumbnailOutput::Accepted(pending) if pending.percent == Some(50)));
    let client = answered(204, "", "");
    let thumbnail = block_on(client.get_thumbnail("f").send()).expect("204").into_body();
    assert!(matches!(thumbnail, GetThumbnailOutput::NoContent));
    let client = answered(200, "image/jpeg", "jpeg");
    let thumbnail = block_on(client.get_thumbnail("f").send()).expect("200").into_body();
    let GetThumbnailOutput::Ok(stream) = thumbnail else {
        panic!("no picture");
    };
    assert_eq!(block_on(stream.into_bytes(10)).expect("bytes"), "jpeg");
    let client = answered(201, "image/jpeg", "jpeg");
    assert!(block_on(client.get_thumbnail("f").send()).expect_err("201").is_decode());
}

#[test]
fn the_media_type_says_whether_it_is_a_stream() {
    let request = || CompleteRequest::new().stream(true);
    let client = client("Application/JSON; charset=utf-8", r#"{"text": "hello"}"#);
    let whole = block_on(client.complete(request()).send()).expect("whole").into_body();
    assert!(matches!(whole, CompleteOutput::OkJson(whole) if whole.text == "hello"));
    let body = "data: {\"delta\": \"he\"}\n\ndata: {\"delta\": 1}\n\nid: 7\nevent: last\n\
                data: {\"delta\":\ndata: \"llo\"}\n\ndata: [DONE]\n\ndata: {\"delta\": \"no\"}\n\n";
    let client = self::client("text/event-stream;charset=utf-8", body);
    let events = block_on(client.complete(request()).send()).expect("events").into_body();
    let CompleteOutput::OkEvents(events) = events else {
        panic!("no events");
    };
    let events = items!(events);
    assert_eq!(events.len(), 3);
    assert_eq!(events[0].as_ref().expect("an event").delta, "he");
    let error = events[1].as_ref().expect_err("no event");
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "POST /completions sent what does not fit the API description: `delta`: expected a \
         string, found an integer",
    );
    let last = events[2].as_ref().expect("an event");
    assert_eq!((last.delta.as_str(), last.event.as_deref()), ("llo", Some("last")));
    assert_eq!(last.id.as_deref(), Some("7"));
    let accept = sent(client.complete(request()));
    assert_eq!(accept.headers()["accept"], "application/json, text/event-stream");
}

#[test]
fn an_answer_without_a_media_type_is_the_first() {
    let client = client("", r#"{"text": "hello"}"#);
    let whole = block_on(client.complete(CompleteRequest::new()).send()).expect("whole");
    assert!(matches!(whole.into_body(), CompleteOutput::OkJson(_)));
    let client = answered_json(500, r#"{"title": "Broken"}"#);
    let error = block_on(client.complete(CompleteRequest::new()).send()).expect_err("500");
    assert_eq!(error.api().expect("a problem").title.as_deref(), Some("Broken"));
}

#[test]
fn lines_and_records_are_items() {
    let client = client(
        "application/x-ndjson",
        "\u{feff}{\"delta\":\"a\"}\r\n\n  \n{\"delta\":null}\n{} x\n{\"delta\":\"b\"}",
    );
    let lines = items!(block_on(client.get_lines().send()).expect("lines").into_body());
    let fit: Vec<Option<&Delta>> = lines.iter().map(|item| item.as_ref().ok()).collect();
    let (a, b) = (Delta::new("a"), Delta::new("b"));
    assert_eq!(fit, [Some(&a), None, None, Some(&b)]);
    let body = "\u{1e}{\"delta\":\"a\"}\n\u{1e}{\"delta\":\n\"b\"}\n";
    let client = self::client("application/json-seq", body);
    let records = items!(block_on(client.get_records().send()).expect("records").into_body());
    let records: Vec<Delta> = records.into_iter().map(|item| item.expect("fits")).collect();
    assert_eq!(records, [a, b]);
    let client = self::client("application/jsonl", "{\"delta\":\"a\"}\n");
    let records = items!(block_on(client.get_items().send()).expect("items").into_body());
    assert_eq!(records.len(), 1);
}

#[test]
fn events_are_texts_or_whole() {
    let client = client("text/event-stream", "data: [DONE]\n\ndata: {\"a\": 1}\n\n");
    let texts = items!(block_on(client.get_texts().send()).expect("texts").into_body());
    let texts: Vec<String> = texts.into_iter().map(|item| item.expect("fits").data).collect();
    assert_eq!(texts, ["[DONE]", "{\"a\": 1}"]);
    let body = "event: started\ndata: {\"delta\": \"a\"}\n\nevent: ended\ndata: 5\n\n";
    let client = self::client("text/event-stream", body);
    let events = items!(block_on(client.get_events().send()).expect("events").into_body());
    let events: Vec<_> = events
        .into_iter()
        .map(|item| serde_json::to_value(item.expect("fits")).expect("JSON"))
        .collect();
    assert_eq!(
        events,
        [
            json!({"event": "started", "data": {"delta": "a"}}),
            json!({"event": "ended", "data": "5"}),
        ],
    );
}
