//! Texts with a format: nothing fails, nothing is lost.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};

use crate::runtime::{Base64, Base64Url, Formatted, TextFormat};

/// Decodes and encodes: the text has to stay the same.
#[track_caller]
fn kept<T: TextFormat>(text: &str) -> Formatted<T> {
    let json = serde_json::to_string(text).unwrap();
    let formatted: Formatted<T> = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&formatted).unwrap(), json);
    assert_eq!(formatted.text(), text);
    assert_eq!(formatted.to_string(), text);
    formatted
}

/// The texts of one point in time, and texts that name none.
const INSTANTS: [&str; 7] = [
    "2015-08-13T03:52:36.79Z",
    "2015-08-13T03:52:36.790000Z",
    "2015-08-13t03:52:36.79z",
    "2015-08-13T05:52:36.79+02:00",
    "2015-08-12T18:22:36.790-09:30",
    "/Date(1439437956790)/",
    "/Date(1439437956790+0200)/",
];
const NO_INSTANTS: [&str; 12] = [
    "",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "2024-01-01",
    "2024-01-01 00:00:00",
    "2024-01-01T00:00:00",
    "2023-02-29T00:00:00Z",
    "03/15/2009 02:04:41 MST",
    "2018-07-14T23:00:00.000000000Z07:00",
    "/Date()/",
    "/Date(x)/",
    "yesterday",
];

#[track_caller]
fn instants<T: TextFormat + std::fmt::Debug>(mail: &str) {
    let first = kept::<T>(INSTANTS[0]);
    assert!(first.value().is_some());
    for text in INSTANTS {
        let same = kept::<T>(text);
        assert!(same.value().is_some(), "{text}");
        assert_eq!(same, first, "{text}");
    }
    let mail = kept::<T>(mail);
    assert_eq!(mail, kept("2003-07-01T08:52:37Z"));
    assert_ne!(mail, first);
    for text in NO_INSTANTS {
        let other = kept::<T>(text);
        assert!(other.value().is_none(), "{text} is {other:?}");
        assert_eq!(other, kept(text));
        assert_ne!(other, kept("tomorrow"));
    }
    // A value of one's own is written in UTC.
    let value = kept::<T>(INSTANTS[3]).into_value().unwrap();
    let text = Formatted::from(value).text().into_owned();
    assert!(
        text.starts_with("2015-08-13T03:52:36.79") && text.ends_with('Z'),
        "{text}"
    );
}

#[test]
fn points_in_time_are_found_in_every_form_and_kept_in_it() {
    let mail = "Tue, 01 Jul 2003 10:52:37 +0200";
    instants::<jiff::Timestamp>(mail);
    instants::<chrono::DateTime<chrono::Utc>>(mail);
    instants::<time::OffsetDateTime>(mail);
}

#[test]
fn days_and_times_of_day_are_kept() {
    fn day<T: TextFormat>() {
        assert!(kept::<T>("2024-02-29").value().is_some());
        for text in ["", "0000-00-00", "2023-02-29", "29.02.2024"] {
            assert!(kept::<T>(text).value().is_none(), "{text}");
        }
    }
    day::<jiff::civil::Date>();
    day::<chrono::NaiveDate>();
    day::<time::Date>();
    fn time_of_day<T: TextFormat>() {
        assert!(kept::<T>("12:34:56").value().is_some());
        assert!(kept::<T>("12:34:56.789").value().is_some());
        for text in ["", "25:00:00", "noon"] {
            assert!(kept::<T>(text).value().is_none(), "{text}");
        }
    }
    time_of_day::<jiff::civil::Time>();
    time_of_day::<chrono::NaiveTime>();
    time_of_day::<time::Time>();
}

#[test]
fn lengths_of_time_are_compared_by_their_parts() {
    let hours = kept::<jiff::Span>("PT1H30M");
    assert_eq!(hours, kept("1h 30m"));
    assert_ne!(hours, kept("PT90M"));
    assert_ne!(hours, kept("3.5 seconds or so"));
    assert!(kept::<jiff::Span>("soon").value().is_none());
}

#[test]
fn exact_texts_are_of_one_format() {
    fn exact<T: TextFormat>(text: &str) -> bool {
        kept::<T>(text).is_exact()
    }
    let texts = [
        "2024-02-29",
        "2024-02-29T12:34:56Z",
        "12:34:56",
        "PT1H",
        "-P1D",
        "1h",
    ];
    let all = |text: &&str| {
        [
            exact::<jiff::civil::Date>(text),
            exact::<jiff::Timestamp>(text),
            exact::<jiff::civil::Time>(text),
            exact::<jiff::Span>(text),
        ]
        .iter()
        .position(|exact| *exact)
    };
    let found: Vec<_> = texts.iter().map(all).collect();
    assert_eq!(found, [Some(0), Some(1), Some(2), Some(3), Some(3), None]);
    assert!(!exact::<jiff::civil::Date>("2024-02-29T12:34:56+02:00"));
    assert!(!exact::<jiff::civil::Time>("2024-02-29T12:34:56"));
    assert!(exact::<Base64>("+/8=") && !exact::<Base64>("-_8"));
    assert!(exact::<Base64Url>("-_8") && !exact::<Base64Url>("+/8="));
}

#[test]
fn ids_and_addresses_keep_how_they_are_written() {
    let lower = kept::<uuid::Uuid>("7f1d9a52-8f2e-4f0d-9d57-2b6c1f7d7a64");
    assert_eq!(lower, kept("7F1D9A52-8F2E-4F0D-9D57-2B6C1F7D7A64"));
    assert_eq!(lower, kept("7f1d9a528f2e4f0d9d572b6c1f7d7a64"));
    let set: HashSet<_> = [
        lower.clone(),
        Formatted::from("{7f1d9a52-8f2e-4f0d-9d57-2b6c1f7d7a64}"),
    ]
    .into();
    assert_eq!(set.len(), 1);
    assert!(kept::<uuid::Uuid>("user-1").value().is_none());
    assert_eq!(
        kept::<url::Url>("https://EXAMPLE.com")
            .value()
            .unwrap()
            .as_str(),
        "https://example.com/"
    );
    assert!(kept::<url::Url>("/relative").value().is_none());
    assert!(kept::<IpAddr>("192.0.2.1").value().is_some());
    assert_eq!(kept::<Ipv6Addr>("::1"), kept("0:0:0:0:0:0:0:1"));
    assert!(kept::<IpAddr>("192.0.2.0/24").value().is_none());
}

#[test]
fn numbers_keep_every_digit() {
    let price = kept::<rust_decimal::Decimal>("12.30");
    assert_eq!(price, kept("12.3"));
    assert_eq!(Formatted::from(price.into_value().unwrap()).text(), "12.30");
    let digits = "0.12345678901234567890123456789012345";
    assert!(kept::<rust_decimal::Decimal>(digits).value().is_none());
    assert_eq!(
        kept::<i64>("-9007199254740993").value(),
        Some(&-9_007_199_254_740_993)
    );
    assert!(kept::<i64>("9223372036854775808").value().is_none());
    assert_eq!(kept::<u64>("007").value(), Some(&7));
    assert_eq!(kept::<f64>("1e3"), kept("1000"));
}

#[test]
fn bytes_are_written_in_their_own_alphabet() {
    let bytes = [0xfb, 0xff];
    assert_eq!(Formatted::from(Base64::new(bytes)).text(), "+/8=");
    assert_eq!(Formatted::from(Base64Url::new(bytes)).text(), "-_8");
    assert_eq!(kept::<Base64>("-_8").value().unwrap().as_ref(), bytes);
    assert_eq!(kept::<Base64Url>("+/8=").value().unwrap().as_ref(), bytes);
    let no_bytes = kept::<Base64>("no base64!");
    assert!(no_bytes.value().is_none());
    assert_eq!(
        format!("{:?}", kept::<Base64Url>("-_8")),
        "Base64Url(2 bytes)"
    );
}

#[test]
fn what_is_no_text_is_refused() {
    for json in ["1", "null", "{}"] {
        assert!(serde_json::from_str::<Formatted<uuid::Uuid>>(json).is_err());
    }
}

#[test]
fn values_are_taken_by_reference() {
    fn take(value: impl Into<Formatted<uuid::Uuid>>) -> String {
        value.into().text().into_owned()
    }
    let text = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let formatted: Formatted<uuid::Uuid> = text.into();
    let value = *formatted.value().unwrap();
    assert_eq!(take(&formatted), text);
    assert_eq!(take(formatted.value().unwrap()), text);
    assert_eq!(take(value), text);
    assert_eq!(take(text), text);
    assert_eq!(take(text.to_owned()), text);
}
