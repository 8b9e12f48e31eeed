//! Newtypes are their value, and no other newtype.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "the types of a client are public, and so are their methods"
)]

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

use crate::runtime::{integer_newtype, string_newtype};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct UserId(String);
string_newtype!(UserId);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct TeamId(String);
string_newtype!(TeamId);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Row(u32);
integer_newtype!(Row(u32));

fn user(id: impl Into<UserId>) -> UserId {
    id.into()
}

#[test]
fn texts_become_ids_and_come_back() {
    let owned = String::from("u-1");
    let id = user("u-1");
    for other in [
        user(&owned),
        user(owned.clone()),
        user(&id),
        user(id.clone()),
    ] {
        assert_eq!(other, id);
    }
    assert_eq!(UserId::from_str("u-1"), Ok(id.clone()));
    assert_eq!((id.as_str(), id.to_string().as_str()), ("u-1", "u-1"));
    assert_eq!(format!("{id:>5}|{id:?}"), "  u-1|UserId(\"u-1\")");
    assert_eq!(id, "u-1");
    assert_eq!(id, *"u-1");
    assert_eq!(id, owned);
    assert!(id != "u-2" && user("u-2") > id);
    assert_eq!(String::from(id.clone()), id.into_string());
}

#[test]
fn maps_of_ids_are_asked_with_texts() {
    let hashed = HashMap::from([(user("a"), 1), (user("b"), 2)]);
    let sorted = BTreeMap::from([(user("a"), 1), (user("b"), 2)]);
    assert_eq!((hashed.get("b"), sorted.get("b")), (Some(&2), Some(&2)));
    assert_eq!((hashed.get("c"), sorted.get("c")), (None, None));
}

#[test]
fn ids_are_on_the_wire_what_they_hold() {
    for text in ["", "u-1", "\"quoted\"\n", "7"] {
        let json = serde_json::to_string(text).unwrap();
        let id: UserId = serde_json::from_str(&json).unwrap();
        assert_eq!(id, text);
        assert_eq!(serde_json::to_string(&id).unwrap(), json);
    }
    assert!(serde_json::from_str::<UserId>("7").is_err());
    assert!(serde_json::from_str::<UserId>("null").is_err());
    let map: BTreeMap<UserId, TeamId> = serde_json::from_str(r#"{"u":"t"}"#).unwrap();
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"u":"t"}"#);
    assert_eq!(map["u"].as_str(), "t");
}

#[test]
fn numbers_become_ids_and_come_back() {
    let row = Row::from(7);
    assert_eq!((row.get(), u32::from(row), Row::from(&row)), (7, 7, row));
    assert_eq!(row, 7);
    assert_eq!(Row::from_str("7"), Ok(row));
    assert!(Row::from_str("-7").is_err());
    assert_eq!(format!("{row:>3}|{row:?}"), "  7|Row(7)");
    assert_eq!(serde_json::to_string(&row).unwrap(), "7");
    assert_eq!(serde_json::from_str::<Row>("7").unwrap(), row);
    assert!(serde_json::from_str::<Row>("-1").is_err());
    assert!(serde_json::from_str::<Row>("\"7\"").is_err());
}

/// Whether a type can be made of another; of a type that can be, the compiler
/// could not tell which of the two is meant.
trait NotFrom<Other, Meant> {
    const IS_NOT: bool = true;
}
struct Anything;
struct This;
impl<Other, T> NotFrom<Other, Anything> for T {}
impl<Other, T: From<Other>> NotFrom<Other, This> for T {}

// No id is made of another.
const _: () = {
    assert!(<UserId as NotFrom<TeamId, _>>::IS_NOT);
    assert!(<UserId as NotFrom<&TeamId, _>>::IS_NOT);
    assert!(<Row as NotFrom<UserId, _>>::IS_NOT);
};
