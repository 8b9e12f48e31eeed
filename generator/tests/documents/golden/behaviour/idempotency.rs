//! Idempotency keys: one per call, the same for each of its attempts.

mod canned;

use canned::{NOTHING, Script, answering, block_on, headers, sent};
use golden_idempotency as api;
use golden_idempotency::{Call, CallOptions, Operation, RetryPolicy};

/// The header and the value of its key.
fn key<O: Operation>(call: Call<'_, O>) -> Option<(String, String)> {
    let request = sent(call);
    let headers = headers(&request);
    let [(name, value)] = headers[..] else {
        assert!(headers.is_empty(), "{headers:?}");
        return None;
    };
    Some((name.to_owned(), value.to_owned()))
}

#[test]
fn the_document_decides_and_then_the_configuration() {
    let client = canned::client();
    let named = |key: Option<(String, String)>| key.map(|(name, _)| name);
    let ours = Some("idempotency-key".to_owned());
    assert_eq!(named(key(client.create_payment())), ours);
    assert_eq!(named(key(client.wrong())), ours);
    assert_eq!(named(key(client.delete_refunds())), ours);
    let other = Some("x-request-token".to_owned());
    assert_eq!(named(key(client.create_refund())), other);
    assert_eq!(key(client.search()), None);
    assert_eq!(key(client.list_payments()), None);
    assert_eq!(key(client.change_payments()), None);
}

#[test]
fn keys_are_uuids_that_there_have_never_been() {
    let client = answering(NOTHING).build().expect("a client");
    let keys: Vec<String> = (0..100)
        .filter_map(|_| key(client.create_payment()))
        .map(|(_, key)| key)
        .collect();
    for key in &keys {
        let parts: Vec<usize> = key.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{key}");
        assert!(key.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()), "{key}");
        assert_eq!(&key[14..15], "4", "{key}");
        assert!("89ab".contains(&key[19..20]), "{key}");
    }
    let different: std::collections::BTreeSet<&String> = keys.iter().collect();
    assert_eq!(different.len(), 100);
}

#[test]
fn a_key_of_the_callers_own_counts() {
    let client = canned::client();
    let call = client.create_payment().idempotency_key("own");
    assert_eq!(key(call), Some(("idempotency-key".to_owned(), "own".to_owned())));
    let options = CallOptions::new().header("Idempotency-Key", "own");
    let call = client.create_payment().options(options);
    assert_eq!(key(call), Some(("idempotency-key".to_owned(), "own".to_owned())));
}

#[test]
fn all_attempts_have_the_same_key_and_are_made_though_it_is_a_post() {
    let script = Script::json(&[(503, "{}"), (500, "{}"), (204, "")]);
    let response = block_on(script.client().create_payment().send()).expect("an answer");
    assert_eq!(response.attempts(), 3);
    let seen = script.seen();
    let keys: Vec<_> = seen.iter().map(|request| &request.headers()["idempotency-key"]).collect();
    assert!(keys[0] == keys[1] && keys[1] == keys[2], "{keys:?}");

    // Without a key, or where the caller says otherwise, it may have been done.
    let script = Script::json(&[(503, "{}"), (204, "")]);
    block_on(script.client().search().send()).expect_err("503");
    let options = CallOptions::new().idempotent(false);
    let script = Script::json(&[(503, "{}"), (204, "")]);
    block_on(script.client().create_payment().options(options).send()).expect_err("503");
    let options = CallOptions::new().retry(RetryPolicy::never());
    let script = Script::json(&[(503, "{}"), (204, "")]);
    block_on(script.client().create_payment().options(options).send()).expect_err("503");
}
