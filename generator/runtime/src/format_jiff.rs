//! Texts of times as types of `jiff`.

use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};

use super::epoch_text;
use super::formatted::TextFormat;

/// Read from RFC 3339, RFC 2822 (`Tue, 1 Jul 2003 10:52:37 +0200`) and
/// `/Date(…)/`; a text without an offset names no point in time. Written as RFC
/// 3339 in UTC.
impl TextFormat for Timestamp {
    fn parse(text: &str) -> Option<Self> {
        text.parse()
            .ok()
            .or_else(|| Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp()))
            .or_else(|| Self::from_millisecond(epoch_text::milliseconds(text)?).ok())
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// `2024-02-29`.
impl TextFormat for Date {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn is_exact(text: &str) -> bool {
        // Not that of a point in time.
        text.len() == "2024-02-29".len() && Self::parse(text).is_some()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// `12:34:56`.
impl TextFormat for Time {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn is_exact(text: &str) -> bool {
        text.get(2..3) == Some(":") && Self::parse(text).is_some()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// Read from ISO 8601 (`PT1H30M`) and jiff's own form (`1h 30m`), written as
/// ISO 8601.
impl TextFormat for Span {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn is_exact(text: &str) -> bool {
        let unsigned = text.trim_start_matches(['+', '-']);
        unsigned.starts_with('P') && Self::parse(text).is_some()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self.fieldwise() == other.fieldwise()
    }
}
