//! Texts of times as types of `time`.

use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::{Rfc2822, Rfc3339};
use time::macros::format_description;
use time::{Date, OffsetDateTime, Time, UtcOffset};

use super::epoch_text;
use super::formatted::TextFormat;

const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[hour]:[minute]:[second][optional [.[subsecond]]]");

/// Read from RFC 3339, RFC 2822 (`Tue, 1 Jul 2003 10:52:37 +0200`) and
/// `/Date(…)/`; a text without an offset names no point in time. Written as RFC
/// 3339 in UTC.
impl TextFormat for OffsetDateTime {
    fn parse(text: &str) -> Option<Self> {
        let epoch = |text| {
            let milliseconds = epoch_text::milliseconds(text)?;
            Self::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()
        };
        Self::parse(text, &Rfc3339)
            .or_else(|_| Self::parse(text, &Rfc2822))
            .ok()
            .or_else(|| epoch(text))
    }

    fn print(&self) -> String {
        // A year beyond 9999 has no such text.
        self.to_offset(UtcOffset::UTC)
            .format(&Rfc3339)
            .unwrap_or_else(|_| self.to_string())
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// `2024-02-29`.
impl TextFormat for Date {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, DATE).ok()
    }

    fn print(&self) -> String {
        self.format(DATE).unwrap_or_else(|_| self.to_string())
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

/// `12:34:56`.
impl TextFormat for Time {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, TIME).ok()
    }

    fn print(&self) -> String {
        self.format(TIME).unwrap_or_else(|_| self.to_string())
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
