//! Texts of decimal numbers as [`rust_decimal::Decimal`].

use super::formatted::TextFormat;

/// Every digit is kept, also those that change nothing: `1.10`. What has more
/// digits than fit is no value.
impl TextFormat for rust_decimal::Decimal {
    fn parse(text: &str) -> Option<Self> {
        Self::from_str_exact(text).ok()
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
