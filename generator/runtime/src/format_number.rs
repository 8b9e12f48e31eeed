//! Texts of numbers as numbers: what JSON's own would lose.

use super::formatted::TextFormat;

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl TextFormat for $number {
            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn print(&self) -> String {
                self.to_string()
            }

            fn same(&self, other: &Self) -> bool {
                self == other
            }
        })*
    };
}

numbers!(i32, i64, u32, u64, f32, f64);
