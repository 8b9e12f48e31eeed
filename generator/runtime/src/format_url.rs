//! Texts of addresses as [`url::Url`].

use super::formatted::TextFormat;

/// Absolute ones: relative ones are no value.
impl TextFormat for url::Url {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
