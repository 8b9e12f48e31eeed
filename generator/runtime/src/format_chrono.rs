//! Texts of times as types of `chrono`.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};

use super::epoch_text;
use super::formatted::TextFormat;

/// Read from RFC 3339, RFC 2822 (`Tue, 1 Jul 2003 10:52:37 +0200`) and
/// `/Date(…)/`; a text without an offset names no point in time. Written as RFC
/// 3339 in UTC.
impl TextFormat for DateTime<Utc> {
    fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_rfc2822(text))
            .map(|time| time.with_timezone(&Utc))
            .ok()
            .or_else(|| Self::from_timestamp_millis(epoch_text::milliseconds(text)?))
    }

    fn print(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// `2024-02-29`.
impl TextFormat for NaiveDate {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// `12:34:56`.
impl TextFormat for NaiveTime {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
