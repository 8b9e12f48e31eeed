//! Texts of bytes as [`Base64`](super::base64::Base64).

use super::base64::{self, Base64};
use super::formatted::TextFormat;

impl TextFormat for Base64 {
    fn parse(text: &str) -> Option<Self> {
        base64::decode_text(text).map(Self::new)
    }

    fn is_exact(text: &str) -> bool {
        !text.contains(['-', '_']) && Self::parse(text).is_some()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
