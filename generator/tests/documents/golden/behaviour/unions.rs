//! Unions without a discriminator: the shape of a value decides, whatever the
//! order of the variants, and a value that fits none is kept.

mod canned;

use canned::{answered_json, block_on, body, client, encode, round_trip, sent};
use golden_unions as api;
use golden_unions::types::{
    Hit, Login, Query, QueryBoost, QueryFilter, QueryLimit, Range, RangeRequired, Scope,
};
use serde_json::json;

#[test]
fn the_kind_of_a_value_decides() {
    assert!(matches!(round_trip(r#""title""#), QueryFilter::String(_)));
    assert!(matches!(round_trip(r#"["title"]"#), QueryFilter::List(_)));
    assert!(matches!(round_trip("[]"), QueryFilter::List(_)));
    assert!(matches!(
        round_trip(r#"{"from": 1, "to": 2}"#),
        QueryFilter::Range(_)
    ));
    assert!(matches!(round_trip("10"), QueryLimit::Integer(10)));
    assert!(matches!(round_trip("1.5"), QueryBoost::Number(_)));
    assert!(matches!(round_trip("true"), QueryBoost::Boolean(true)));
}

#[test]
fn what_one_variant_takes_becomes_the_union() {
    let range = Range::new(RangeRequired { from: 1, to: 2 });
    let query = Query::new("title").limit(10).boost(1.5);
    assert!(matches!(query.filter, QueryFilter::String(_)));
    assert!(matches!(query.limit, Some(QueryLimit::Integer(10))));
    assert!(matches!(query.boost, Some(Some(QueryBoost::Number(_)))));
    let query = query.limit("all").boost(true);
    assert_eq!(encode(&query.limit), json!("all"));
    assert!(matches!(query.boost, Some(Some(QueryBoost::Boolean(true)))));
    let of_list = QueryFilter::from(vec!["a".to_owned()]);
    assert!(matches!(of_list, QueryFilter::List(_)));
    assert!(matches!(QueryFilter::from(range), QueryFilter::Range(_)));
    assert_eq!(encode(&Scope::from("web")), json!("web"));
    assert_eq!(encode(&Scope::from(2)), json!(2));
}

#[test]
fn a_value_of_no_variant_is_kept() {
    for json in [
        "1",
        "true",
        "null",
        "[1]",
        "{}",
        r#"{"from": 1}"#,
        r#"{"from": "a", "to": 2}"#,
    ] {
        let filter = round_trip(json);
        assert!(
            matches!(filter, QueryFilter::UnknownValue(_)),
            "{json}: {filter:?}"
        );
    }
    // Beyond 32 bits.
    assert!(matches!(
        round_trip("10000000000"),
        QueryLimit::UnknownValue(_)
    ));
}

#[test]
fn enums_stay_open_within_a_union() {
    for json in [r#""site""#, r#""elsewhere""#, "1", "3"] {
        let scope = round_trip(json);
        assert!(
            !matches!(scope, Scope::UnknownValue(_)),
            "{json}: {scope:?}"
        );
    }
    assert!(matches!(round_trip("true"), Scope::UnknownValue(_)));
    let limit = round_trip(r#""half""#);
    assert!(!matches!(limit, QueryLimit::UnknownValue(_)), "{limit:?}");
}

#[test]
fn required_properties_and_constants_decide_between_objects() {
    assert!(matches!(
        round_trip(r#"{"url": "/a", "title": "A"}"#),
        Hit::Page(_)
    ));
    assert!(matches!(round_trip(r#"{"src": "/a.png"}"#), Hit::Image(_)));
    assert!(matches!(
        round_trip(r#"{"width": 1, "src": "/a.png"}"#),
        Hit::Image(_)
    ));
    assert!(matches!(
        round_trip(r#"{"kind": "answer", "text": "42"}"#),
        Hit::Answer(_)
    ));
    assert!(matches!(
        round_trip(r#"{"text": "42", "kind": "hint"}"#),
        Hit::Hint(_)
    ));
    for json in [
        r#"{"kind": "question", "text": "?"}"#,
        r#"{"url": "/a"}"#,
        "{}",
        "[]",
    ] {
        let hit = round_trip(json);
        assert!(matches!(hit, Hit::UnknownValue(_)), "{json}: {hit:?}");
    }
}

#[test]
fn a_property_that_nobody_described_changes_no_decision() {
    let json = r#"{"url": "/a", "title": "A", "kind": "page", "text": "x", "rank": 1}"#;
    let hit: Hit = canned::decode(json);
    assert!(matches!(hit, Hit::Page(_)), "{hit:?}");
}

#[test]
fn a_union_may_be_null_only_where_it_says_so() {
    let query: Query = round_trip(r#"{"filter": "a", "boost": null}"#);
    assert_eq!(query.boost, Some(None));
    let query: Query = round_trip(r#"{"filter": "a"}"#);
    assert_eq!(query.boost, None);
}

#[test]
fn a_union_of_one_is_that_one() {
    let range = Range::new(RangeRequired { from: 1, to: 2 });
    let query = Query::new(range.clone()).sole(range);
    let range = json!({"from": 1, "to": 2});
    assert_eq!(encode(&query), json!({"filter": range, "sole": range}));
}

#[test]
fn bodies_and_answers_hold_unions() {
    let query = Query::new(QueryFilter::List(vec![])).limit(QueryLimit::Integer(3));
    let request = sent(client().search(query));
    assert_eq!(body(&request), json!({"filter": [], "limit": 3}));

    let client = answered_json(200, r#"[{"url": "/a", "title": "A"}, {"new": 1}, 7]"#);
    let hits = block_on(
        client
            .search(Query::new(QueryFilter::String("a".into())))
            .send(),
    );
    let hits = hits.expect("hits");
    let [
        Hit::Page(page),
        Hit::UnknownValue(_),
        Hit::UnknownValue(_),
    ] = &hits[..]
    else {
        panic!("{hits:?}");
    };
    assert_eq!(page.title, "A");
}

#[test]
fn a_value_of_no_variant_is_not_shown_where_a_secret_was_expected() {
    let secret = "CANARY";
    for json in [
        json!({"proof": {"password": [secret]}}),
        json!({"proof": secret}),
        json!({"proof": [{"password": {"a": secret}}]}),
        json!({"proof": {"password": "x"}, "code": [secret]}),
        json!({"proof": {"password": "x"}, "outer": {"login": secret}}),
    ] {
        let login: Login = serde_json::from_value(json.clone()).expect("kept");
        let shown = format!("{login:?} {login:#?}");
        assert!(!shown.contains(secret), "{shown}");
        assert!(shown.contains("UnknownValue(..)"), "{shown}");
        assert_eq!(encode(&login), json);
    }
    let login: Login = serde_json::from_value(json!({"proof": {"password": secret}})).expect("read");
    assert!(format!("{login:?}").contains("Proof(Proof"), "{login:?}");
}
