//! Indents lines further for a parser that is strict about indentation in
//! brackets and quotes. A text in, the same with blanks before some lines out,
//! and the way back from its offsets.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// How far lines are indented: further than documents nest.
const WIDTH: usize = 200;

/// The lines to indent, by where they start in the original text.
#[derive(Debug, Default)]
pub(super) struct Padding {
    lines: BTreeSet<usize>,
    /// Where the padded lines start in the padded text, in order.
    padded: Vec<usize>,
}

impl Padding {
    /// Indents all lines that start with a closing bracket. They can only be
    /// part of what is in brackets, or of a text, to which blanks do no harm
    /// here.
    pub(super) fn closing_brackets(&mut self, text: &str) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if line.trim_start().starts_with([']', '}']) {
                self.lines.insert(start);
            }
            start += line.len();
        }
        self.number();
    }

    /// Indents what the parser refused at `at`, if that can help: the rest of a
    /// quoted text, or the line that starts there.
    pub(super) fn mend(&mut self, text: &str, at: usize) -> bool {
        let before = self.lines.len();
        let rest = text.get(at..).unwrap_or_default();
        if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
            let end = at + quoted(rest, quote);
            let breaks = text.get(at..end).unwrap_or_default().match_indices('\n');
            self.lines.extend(breaks.map(|(offset, _)| at + offset + 1));
        }
        if self.lines.len() == before {
            let head = text.get(..at).unwrap_or_default();
            let start = head.rfind('\n').map_or(0, |newline| newline + 1);
            if head.get(start..).unwrap_or_default().trim().is_empty() {
                self.lines.insert(start);
            }
        }
        self.number();
        self.lines.len() > before
    }

    fn number(&mut self) {
        let starts = self.lines.iter().enumerate();
        self.padded = starts
            .map(|(number, start)| start + number * WIDTH)
            .collect();
    }

    /// The text with its lines indented.
    pub(super) fn apply<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.lines.is_empty() {
            return Cow::Borrowed(text);
        }
        let blanks = " ".repeat(WIDTH);
        let mut padded = String::with_capacity(text.len() + self.lines.len() * WIDTH);
        let mut from = 0;
        for start in &self.lines {
            padded.push_str(text.get(from..*start).unwrap_or_default());
            padded.push_str(&blanks);
            from = *start;
        }
        padded.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(padded)
    }

    /// The offset in the original text of one in the padded text.
    pub(super) fn original(&self, offset: usize) -> usize {
        let lines = self.padded.partition_point(|start| *start <= offset);
        let Some(last) = lines.checked_sub(1).and_then(|last| self.padded.get(last)) else {
            return offset;
        };
        // Within the blanks is where the line starts.
        let blanks = (offset - last).min(WIDTH);
        offset - (lines - 1) * WIDTH - blanks
    }
}

/// How long the quoted text is that `text` starts with.
fn quoted(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            if quote == '\'' && characters.next_if(|(_, next)| *next == quote).is_some() {
                continue;
            }
            return at;
        }
    }
    text.len()
}
