//! Ids of their own types: made of texts and numbers, never of other ids, and on
//! the wire what they hold.

mod canned;

use std::collections::{BTreeMap, HashSet};

use api::operations::untagged::teams::{GetMemberRequired, PutMemberBody};
use api::types::{
    Badge, LegacyKey, Moved, Region, Row, Team, TeamAnyone, TeamId, TeamRequired, Trace, UserId,
};
use api::{Client, Validate};
use bytes::Bytes;
use canned::{Script, block_on, decode, encode, sent, target};
use golden_newtypes as api;
use serde_json::json;

const TEAM: &str = r#"{"id": "team-1", "owner": "user-1", "members": ["user-2"],
    "roles": {"a": 2}, "row": 7, "parent": "team-0", "key": "not a uuid"}"#;

fn get_member(
    client: &Client,
    team: impl Into<TeamId>,
    user: impl Into<UserId>,
) -> http::Request<Bytes> {
    let required = GetMemberRequired {
        x_region: Region::from("eu"),
        trace: Trace::from(u64::MAX),
    };
    sent(
        client
            .get_member(team, user, required)
            .row(3)
            .x_actor("a b"),
    )
}

#[test]
fn texts_and_ids_of_responses_are_arguments() {
    let client = canned::client();
    let team: Team = decode(TEAM);
    let owned = String::from("user/1");
    let request = get_member(&client, "team-1", &owned);
    assert_eq!(target(&request), "/teams/team-1/users/user%2F1?row=3");
    assert_eq!(request.headers()["x-region"], "eu");
    assert_eq!(request.headers()["x-actor"], "a b");
    assert_eq!(request.headers()["cookie"], format!("trace={}", u64::MAX));
    let again = get_member(&client, &team.id, &team.owner);
    assert_eq!(target(&again), "/teams/team-1/users/user-1?row=3");
    let moved = get_member(&client, team.id, team.members[0].clone());
    assert_eq!(target(&moved), "/teams/team-1/users/user-2?row=3");
}

#[test]
fn one_name_is_one_type_everywhere() {
    let team: Team = decode(TEAM);
    // By the configuration, in a list, in a union, in a response.
    let everyone: HashSet<UserId> = [team.owner.clone()]
        .into_iter()
        .chain(team.members)
        .collect();
    assert!(everyone.contains("user-1") && everyone.contains("user-2"));
    assert_eq!(
        team.roles.expect("roles"),
        BTreeMap::from([("a".to_owned(), Row::from(2))])
    );
    assert_eq!(team.parent, Some(Some(TeamId::from("team-0"))));
    let label: Option<String> = team.label;
    assert_eq!(label, None);
}

#[test]
fn nothing_of_the_text_is_lost() {
    for text in ["not a uuid", "", "0000-00", "{\"a\": 1}"] {
        let key: LegacyKey = decode(&json!(text).to_string());
        assert_eq!(key, text);
        assert_eq!(encode(&key), json!(text));
    }
    assert_eq!(
        encode(&decode::<Team>(TEAM)),
        serde_json::from_str::<serde_json::Value>(TEAM).expect("JSON")
    );
}

#[test]
fn unions_tell_them_apart() {
    assert_eq!(
        decode::<TeamAnyone>("\"u\""),
        TeamAnyone::from(UserId::from("u"))
    );
    assert_eq!(decode::<TeamAnyone>("5"), TeamAnyone::from(Badge::from(5)));
    assert!(matches!(
        decode::<TeamAnyone>(r#"{"team": "t"}"#),
        TeamAnyone::Object(_)
    ));
}

#[test]
fn defaults_are_made() {
    let mut team = Team::new(TeamRequired {
        id: "team-1".into(),
        owner: "user-1".into(),
        members: Vec::new(),
    });
    assert_eq!(
        (team.row_or_default(), team.second_or_default()),
        (Row::from(-3), UserId::from("user"))
    );
    team = team.row(4).second("me");
    assert_eq!(
        (
            team.row_or_default().get(),
            team.second_or_default().as_str()
        ),
        (4, "me")
    );
}

#[test]
fn bodies_of_every_kind_hold_them() {
    let client = canned::client();
    let form = PutMemberBody::from(Moved::new("team-1").row(9));
    let request = sent(client.put_member("team-1", "u", form));
    assert_eq!(request.body(), "team_id=team-1&row=9");
}

#[test]
fn the_last_id_leads_to_the_next_page() {
    let script = Script::json(&[
        (200, r#"{"teams": [{"team_id": "team-1"}], "more": true}"#),
        (200, r#"{"teams": []}"#),
    ]);
    let client = script.builder().build().expect("a client");
    let mut teams = client.list_teams().items();
    let first = block_on(teams.next()).expect("one").expect("a team");
    assert_eq!(first.team_id, "team-1");
    assert!(block_on(teams.next()).is_none());
    assert_eq!(script.targets(), ["/v1/teams", "/v1/teams?after=team-1"]);
}

#[test]
fn every_place_is_checked() {
    let team = |id: &str| {
        Team::new(TeamRequired {
            id: id.into(),
            owner: "user-1".into(),
            members: Vec::new(),
        })
    };
    assert!(team("team-1").second("four").validate().is_ok());
    let places = |team: Team| -> Vec<String> {
        let violations = team.validate().expect_err("violations");
        violations.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        places(team("t").row(0).second("fives")),
        [
            "`/id` breaks `minLength 6`",
            "`/row` breaks `minimum 1`",
            "`/deputy` breaks `maxLength 4`"
        ]
    );
    assert!(TeamId::from("short").validate().is_err());
    assert!(TeamId::from("longer").validate().is_ok());
}

#[test]
fn integers_may_be_written_as_any_number() {
    let json = TEAM
        .replace(r#""row": 7"#, r#""row": 7.0"#)
        .replace(r#"{"a": 2}"#, r#"{"a": 2e0}"#);
    let team: Team = serde_json::from_str(&json).unwrap();
    assert_eq!(team, serde_json::from_str(TEAM).unwrap());
}
