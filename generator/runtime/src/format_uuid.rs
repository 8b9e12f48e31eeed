//! Texts of ids as [`uuid::Uuid`].

use super::formatted::TextFormat;

/// Written in lower case, with hyphens.
impl TextFormat for uuid::Uuid {
    fn parse(text: &str) -> Option<Self> {
        Self::parse_str(text).ok()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
