//! Open enums keep what they do not know.
#![allow(
    unreachable_pub,
    reason = "the enums of a client are public, and so are their methods"
)]

use std::str::FromStr;

use crate::runtime::{UnknownValue, open_integer_enum, open_string_enum};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
enum Provider {
    GoogleWorkspace,
    Okta,
    UnknownValue(UnknownValue<String>),
}

open_string_enum! {
    Provider {
        GoogleWorkspace = "google-workspace",
        Okta = "okta",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Level {
    One,
    UnknownValue(UnknownValue<i64>),
}

open_integer_enum! {
    Level {
        One = 1,
    }
}

#[test]
fn known_and_unknown_texts_round_trip() {
    for text in [
        "google-workspace",
        "okta",
        "",
        "Okta",
        "new-provider",
        "\"quoted\"\n",
    ] {
        let json = serde_json::to_string(text).unwrap();
        let provider: Provider = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&provider).unwrap(), json);
        assert_eq!(provider.to_string(), text);
        assert_eq!(provider.as_ref() as &str, text);
        assert_eq!(Provider::from(text), provider);
        assert_eq!(Provider::from_str(text), Ok(provider.clone()));
        let known = matches!(provider, Provider::GoogleWorkspace | Provider::Okta);
        assert_eq!(
            known,
            ["google-workspace", "okta"].contains(&text),
            "{text}"
        );
    }
    assert_eq!(Provider::from("okta"), Provider::Okta);
    assert!(serde_json::from_str::<Provider>("5").is_err());
    assert!(serde_json::from_str::<Provider>("null").is_err());
}

#[test]
fn known_and_unknown_numbers_round_trip() {
    for number in [1, 2, 0, -7, i64::MAX] {
        let level: Level = serde_json::from_str(&number.to_string()).unwrap();
        assert_eq!(level == Level::One, number == 1);
        assert_eq!(level, Level::from(number));
        assert_eq!(level.to_string(), number.to_string());
        assert_eq!(serde_json::to_string(&level).unwrap(), number.to_string());
    }
    assert!(serde_json::from_str::<Level>("1.5").is_err());
    assert!(serde_json::from_str::<Level>("\"1\"").is_err());
}
