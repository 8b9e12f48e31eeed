//! Views: requests and responses have a type each where they differ.

mod canned;

use canned::{client, decode, encode, refuse, round_trip, sent};
use golden_views as api;
use golden_views::types;
use serde_json::json;

const USER: &str = r#"{"id": "u1", "name": "Ada", "status": {"seen": true},
    "address": {"street": "1 Way", "verified": true},
    "cards": [{"number": "1", "masked": "*"}],
    "manager": {"id": "u2", "name": "Bob"},
    "notes": {"a": {"text": "b", "author": {"id": "u3", "name": "Cy"}}}}"#;

#[test]
fn responses_have_what_is_read_and_requests_what_is_written() {
    let user: types::User = round_trip(USER);
    assert_eq!(user.id, "u1");
    refuse::<types::User>(r#"{"name": "Ada"}"#);
    let request: types::UserRequest = decode(r#"{"name": "Ada", "password": "p"}"#);
    assert_eq!(encode(&request), json!({"name": "Ada", "password": "p"}));
    assert_eq!(
        encode(&types::UserRequest::new("Ada")),
        json!({"name": "Ada"})
    );
}

#[test]
fn a_response_becomes_a_request_without_what_only_the_server_says() {
    let user: types::User = decode(USER);
    let request = types::UserRequest::from(user).password("p");
    let expected = json!({"name": "Ada", "password": "p",
        "address": {"street": "1 Way"},
        "cards": [{"number": "1"}],
        "manager": {"name": "Bob"},
        "notes": {"a": {"text": "b", "author": {"name": "Cy"}}}});
    assert_eq!(encode(&request), expected);
    let client = client();
    let sent = sent(client.put_user("u1", request));
    let body: serde_json::Value = decode(std::str::from_utf8(sent.body()).expect("UTF-8"));
    assert_eq!(body, expected);
    // Three states stay three.
    let null: types::User = decode(r#"{"id": "u1", "name": "Ada", "notes": null}"#);
    assert_eq!(
        encode(&types::UserRequest::from(null)),
        json!({"name": "Ada", "notes": null})
    );
    let chain: types::Chain =
        decode(r#"{"links": [{"links": [], "created": "c"}], "back": {"links": []}}"#);
    assert_eq!(
        encode(&types::ChainRequest::from(chain)),
        json!({"links": [{"links": []}]})
    );
}

#[test]
fn what_is_the_same_in_both_directions_is_one_type() {
    let plain = types::Plain::new("p");
    let _: types::Everything = plain.clone().into();
    let _: types::EverythingRequest = plain.into();
    let kind: types::UserKind = decode("\"robot\"");
    let _ = types::UserRequest::new("Ada").kind(kind.clone());
    let user: types::User = decode(r#"{"id": "u1", "name": "Ada", "kind": "robot"}"#);
    assert_eq!(user.kind, Some(kind));
}

#[test]
fn types_of_one_direction_do_not_require_what_it_lacks() {
    let page: types::Page = decode(r#"{"next": "n", "users": []}"#);
    assert_eq!(page.token, None);
    refuse::<types::Page>(r#"{"users": []}"#);
    let invitation = types::Invitation::new(types::InvitationRequired {
        users: vec![types::UserRequest::new("Ada")],
        sent: true,
    });
    assert_eq!(
        encode(&invitation),
        json!({"users": [{"name": "Ada"}], "sent": true})
    );
    round_trip::<types::Unused>(r#"{"one": "1", "two": "2"}"#);
    refuse::<types::Unused>(r#"{"one": "1"}"#);
}

#[test]
fn operations_name_the_view_of_their_direction() {
    fn is_call<T>(_: &api::Call<'_, T>)
    where
        T: api::Operation<Output = types::User>,
    {
    }
    let client = client();
    is_call(&client.get_user("u1"));
    is_call(&client.put_user("u1", types::UserRequest::new("Ada")));
    let _ = types::AuthorRequest::new().asked("the component keeps its name");
    let _ = types::AuthorRequestSchema::new().name("the view gives way");
}

#[test]
fn views_without_common_properties_convert_to_nothing() {
    let key: types::Key = decode(r#"{"key_id": 1}"#);
    let request = types::KeyRequest::from(key);
    assert_eq!(encode(&request), json!({}));
    assert_eq!(encode(&request.key_secret("s")), json!({"key_secret": "s"}));
}
