//! Integers of 128 bits keep every digit, wherever they are read or written.

mod canned;

use api::operations::untagged::accounts::GetAccountHeaders;
use api::types::{Account, Amount, Amounts, Event, PutAccountFormRequest, SearchBlocksRequest, Shape, Trace};
use api::Validate;
use canned::{Script, block_on, sent, target};
use golden_wide_integers as api;
use http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use serde::de::DeserializeOwned;

/// 2^64 + 1, which a float rounds.
const WIDE: i128 = 18_446_744_073_709_551_617;

/// A value that is written as it was read, to the digit.
#[track_caller]
fn exact<T: DeserializeOwned + Serialize>(json: &str) -> T {
    let value: T = serde_json::from_str(json).expect(json);
    assert_eq!(serde_json::to_string(&value).expect(json), json);
    value
}

#[test]
fn every_digit_is_kept() {
    let account: Account = exact(
        r#"{"balance":-170141183460469231731687303715884105728,"limit":18446744073709551617,"steps":[1,170141183460469231731687303715884105727],"by_day":{"a":18446744073709551617},"small":1,"owner":18446744073709551617}"#,
    );
    assert_eq!((account.balance, account.limit), (i128::MIN, Some(Some(WIDE))));
    assert_eq!(account.owner, Some(Trace::from(WIDE)));
    let account = Account::new(1);
    assert_eq!(account.limit_or_default(), Some(100_000_000_000_000_000_000));
}

#[test]
fn integers_may_be_written_as_any_number() {
    let json = r#"{"balance": 1.0, "limit": 2e0, "steps": [3.0, 1e20], "by_day": {"a": -4.0}, "owner": 5.0}"#;
    let account: Account = serde_json::from_str(json).expect("an account");
    assert_eq!((account.balance, account.limit), (1, Some(Some(2))));
    assert_eq!(account.steps, Some(vec![3, 100_000_000_000_000_000_000]));
    assert_eq!(account.by_day.expect("a map")["a"], -4);
    assert_eq!(account.owner.expect("an owner").get(), 5);
}

#[test]
fn unions_keep_every_digit() {
    assert!(matches!(exact("18446744073709551617"), Amount::Integer(WIDE)));
    assert!(matches!(exact("1.5"), Amount::Number(_)));
    assert!(matches!(exact("\"1\""), Amount::String(_)));
    assert!(matches!(exact("[18446744073709551617,1]"), Amount::List(_)));
    let nested: Amounts =
        exact(r#"[{"units":18446744073709551617,"nested":{"units":-18446744073709551617,"nested":18446744073709551617}}]"#);
    let Amount::Object(outer) = &nested[0] else {
        panic!("an object");
    };
    assert_eq!(outer.units, WIDE);
    let minted: Event = exact(r#"{"supply":18446744073709551617,"amount":18446744073709551617,"kind":"minted"}"#);
    assert!(matches!(minted, Event::Minted(minted) if minted.supply == WIDE));
    let burnt: Event = exact(r#"{"kind":"burnt","supply":18446744073709551617,"other":18446744073709551617}"#);
    assert!(matches!(burnt, Event::Burnt(burnt) if burnt.supply == WIDE));
    let _: Shape = exact(r#"{"supply":18446744073709551617,"width":18446744073709551617}"#);
    let _: Shape = exact(r#"{"supply":18446744073709551617,"radius":18446744073709551617}"#);
}

#[test]
fn what_is_lost_is_an_error() {
    for json in [
        r#"{"balance":170141183460469231731687303715884105728}"#,
        r#"{"balance":1,"last":{"kind":"minted","supply":170141183460469231731687303715884105728}}"#,
    ] {
        let error = serde_json::from_str::<Account>(json).expect_err(json);
        assert!(error.to_string().contains("out of range"), "{error}");
    }
    // The program has rounded it, as a `Value`.
    let rounded: serde_json::Value =
        serde_json::from_str(r#"{"kind":"burnt","supply":100000000000000000001}"#).expect("JSON");
    assert!(serde_json::from_value::<Event>(rounded.clone()).is_err());
    assert!(Event::deserialize(&rounded).is_err());
    let exact = serde_json::json!({"kind": "minted", "supply": u64::MAX});
    assert!(serde_json::from_value::<Event>(exact).is_ok());
    // A reader gives out texts as they are.
    let json = r#"{"kind":"burnt","supply":18446744073709551617}"#;
    let burnt = serde_json::from_reader::<_, Event>(json.as_bytes()).expect("an event");
    assert_eq!(serde_json::to_string(&burnt).expect("JSON"), json);
}

#[test]
fn a_response_names_the_place() {
    let client = canned::answered_json(
        200,
        r#"{"balance":1,"last":{"kind":"minted","supply":170141183460469231731687303715884105728}}"#,
    );
    let error = block_on(client.get_account(1).send()).expect_err("too large");
    let text = format!("{error:?}");
    assert!(text.contains("last.supply"), "{text}");
    assert!(text.contains("a type for `integer`"), "{text}");
}

#[test]
fn requests_have_every_digit() {
    let client = canned::client();
    let request = sent(
        client
            .get_account(i128::MIN)
            .after(WIDE)
            .among([WIDE, -WIDE])
            .x_block(WIDE)
            .trace(WIDE),
    );
    assert_eq!(
        target(&request),
        "/accounts/-170141183460469231731687303715884105728?after=18446744073709551617&among=18446744073709551617&among=-18446744073709551617"
    );
    assert_eq!(request.headers()["x-block"], "18446744073709551617");
    assert_eq!(request.headers()["cookie"], "trace=18446744073709551617");
    let amount = Account::new(WIDE).amount(Amount::Integer(WIDE));
    let request = sent(client.put_account(1, amount));
    assert_eq!(
        request.body(),
        r#"{"balance":18446744073709551617,"amount":18446744073709551617}"#
    );
    let request = sent(client.put_account(1, PutAccountFormRequest::new(WIDE)));
    assert_eq!(request.body(), "amount=18446744073709551617");
}

#[test]
fn headers_have_every_digit() {
    let mut headers = HeaderMap::new();
    headers.insert("x-supply", HeaderValue::from_static("18446744073709551617"));
    headers.insert("x-blocks", HeaderValue::from_static("1, 18446744073709551617"));
    let read = GetAccountHeaders::from_headers(&headers).expect("headers");
    assert_eq!((read.x_supply, read.x_blocks), (WIDE, Some(vec![1, WIDE])));
}

#[test]
fn bounds_are_compared_to_the_digit() {
    const BOUND: i128 = 100_000_000_000_000_000_000;
    let broken = |account: Account| -> Vec<String> {
        let violations = account.validate().expect_err("violations");
        violations.iter().map(ToString::to_string).collect()
    };
    assert!(Account::new(-WIDE).validate().is_ok());
    assert_eq!(
        broken(Account::new(-WIDE - 1)),
        ["`/balance` breaks `minimum -18446744073709551617`"]
    );
    assert!(Account::new(1).steps([3 * WIDE]).validate().is_ok());
    assert_eq!(
        broken(Account::new(1).steps([3 * WIDE, 3 * WIDE + 1])),
        ["`/steps/1` breaks `multipleOf 3`"]
    );
    assert!(Account::new(1).amount(Amount::Integer(BOUND)).validate().is_ok());
    assert_eq!(
        broken(Account::new(1).amount(Amount::Integer(BOUND + 1))),
        ["`/amount` breaks `maximum 100000000000000000000`"]
    );
    let minted = api::types::Minted::new(BOUND + 1);
    assert_eq!(
        broken(Account::new(1).last(minted)),
        ["`/last/supply` breaks `maximum 100000000000000000000`"]
    );
}

#[test]
fn cursors_keep_every_digit() {
    const PAGES: &[(u16, &str)] = &[
        (200, r#"{"blocks":[1],"next":18446744073709551617}"#),
        (200, r#"{"blocks":[]}"#),
    ];
    let script = Script::json(PAGES);
    let client = script.client();
    let mut blocks = client.list_blocks().items();
    assert_eq!(block_on(blocks.next()).expect("one").expect("a block"), 1);
    assert!(block_on(blocks.next()).is_none());
    assert_eq!(script.targets(), ["/v1/blocks", "/v1/blocks?after=18446744073709551617"]);

    let script = Script::json(PAGES);
    let client = script.client();
    let request = SearchBlocksRequest::new().owner(WIDE);
    let mut blocks = client.search_blocks(request).items();
    assert_eq!(block_on(blocks.next()).expect("one").expect("a block"), 1);
    assert!(block_on(blocks.next()).is_none());
    let bodies: Vec<String> = script
        .seen()
        .iter()
        .map(|request| String::from_utf8_lossy(request.body()).into_owned())
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"owner":18446744073709551617}"#,
            r#"{"after":18446744073709551617,"owner":18446744073709551617}"#
        ]
    );
}
