//! Everything that can be printed, and what must not be in it.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};

use crate::runtime::base64;

/// In the middle of every canary, and of all that is made of one letter by
/// letter.
const MARK: &str = "5f0c1b7e";

/// Secrets: one that looks like an identifier, which is where texts of servers
/// are shown, and one that nothing carries as it is.
pub(super) const CANARIES: [&str; 2] = [
    "canary-5f0c1b7e.PqRs:tUv_WxYz",
    "canary+5f0c1b7e/P q=\"R&s\"%\u{e4}",
];

/// Whether a text holds a canary: as it is, as a list of bytes, or in base64,
/// wherever in a longer text it began.
pub(super) fn leaks(text: &str) -> bool {
    let bytes = format!("{:?}", MARK.as_bytes());
    let in_base64 = (0..3).any(|before| {
        let text_before = "\0".repeat(before);
        let whole = base64::encode(format!("{text_before}{MARK}").as_bytes());
        // Without the letters that what is before and after has a part in.
        let end = (before + MARK.len()) * 8 / 6;
        text.contains(&whole[(before * 8).div_ceil(6)..end])
    });
    in_base64 || text.contains(MARK) || text.contains(bytes.trim_matches(['[', ']']))
}

/// What was printed, all of it.
#[derive(Default)]
pub(super) struct Printed(Vec<String>);

impl Printed {
    pub(super) fn debug(&mut self, value: &(impl Debug + ?Sized)) {
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    pub(super) fn text(&mut self, value: &(impl Display + ?Sized)) {
        self.0.push(format!("{value}"));
        self.0.push(format!("{value:#}"));
    }

    /// `Debug` and `Display` of an error and of everything behind it.
    pub(super) fn error(&mut self, error: &(dyn StdError + 'static)) {
        let mut next = Some(error);
        while let Some(error) = next {
            self.debug(error);
            self.text(error);
            next = error.source();
        }
    }

    #[track_caller]
    pub(super) fn is_clean(&self, place: &str) {
        assert!(!self.0.is_empty(), "{place}: nothing was printed");
        for text in &self.0 {
            assert!(!leaks(text), "{place}: {text}");
        }
    }
}

#[test]
fn a_canary_would_be_found() {
    for canary in CANARIES {
        assert!(leaks(canary) && leaks(&canary.to_lowercase()));
        assert!(leaks(&format!("{:?}", canary.as_bytes())));
        assert!(leaks(&format!("{canary:?}")));
        for before in ["", "a", "ab", "abc", "user:"] {
            let text = format!("{before}{canary}");
            assert!(leaks(&base64::encode(text.as_bytes())), "{text}");
        }
    }
    assert!(!leaks("5f0c 1b7e") && !leaks("cHJvamVjdC10ZXN0LTE6"));
}
