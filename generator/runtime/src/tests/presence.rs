//! Absent, null and a value.

use serde::{Deserialize, Serialize};

use crate::runtime::presence;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Patch {
    #[serde(
        default,
        deserialize_with = "presence::present",
        skip_serializing_if = "Option::is_none"
    )]
    note: Option<Option<String>>,
}

#[test]
fn three_states_round_trip() {
    for (json, note) in [
        ("{}", None),
        (r#"{"note":null}"#, Some(None)),
        (r#"{"note":"x"}"#, Some(Some("x".to_owned()))),
    ] {
        let patch: Patch = serde_json::from_str(json).unwrap();
        assert_eq!(patch, Patch { note });
        assert_eq!(serde_json::to_string(&patch).unwrap(), json);
    }
    assert!(serde_json::from_str::<Patch>(r#"{"note":5}"#).is_err());
}
