//! One finding for people: a title, the line it is about, and what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::visible::{visible, without_passwords};
use super::{Diagnostic, Severity};
use crate::source::Position;

/// The longest line that is shown whole. Of longer ones, which minified
/// documents have, the part around the finding is shown.
const LONGEST: usize = 160;

/// How far around a finding its line is looked at: further than it is shown.
const NEAR: usize = 1000;

/// The finding with the line of `text` that it is about, if that may be shown.
pub(super) fn frame(
    diagnostic: &Diagnostic,
    at: Option<(&Position, Option<&str>)>,
    color: bool,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    if let Some((position, text)) = at {
        let path = visible(&position.path);
        let excerpt = text.and_then(|text| Excerpt::of(text, &position.bytes));
        group = group.element(
            Origin::path(path)
                .line(position.line)
                .char_column(position.column),
        );
        if let Some(excerpt) = excerpt {
            group = group.element(
                Snippet::source(excerpt.line)
                    .line_start(position.line)
                    .annotation(AnnotationKind::Primary.span(excerpt.bytes)),
            );
        }
    }
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(visible(note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let rendered = renderer
        .decor_style(DecorStyle::Ascii)
        .term_width(LONGEST + 40)
        .render(&[group]);
    without_second_header(&rendered)
}

/// The renderer takes the excerpt for a second file beside the place named
/// first, and announces it: fourth line, `:::`. Columns are only right when the
/// place is named apart, because an excerpt need not start where its line does.
fn without_second_header(rendered: &str) -> String {
    let lines = rendered.lines().enumerate();
    let kept: Vec<_> = lines
        .filter(|(number, line)| *number != 3 || !line.contains(":::"))
        .map(|(_, line)| line)
        .collect();
    kept.join("\n")
}

/// A line, or the part of it that matters, fit to be shown.
struct Excerpt {
    line: String,
    /// What to underline.
    bytes: Range<usize>,
}

impl Excerpt {
    fn of(text: &str, bytes: &Range<usize>) -> Option<Self> {
        // Minified documents are one line of megabytes: look around only.
        let head = Self::near(text, bytes.start.saturating_sub(NEAR), false)..bytes.start;
        let tail = bytes.start..Self::near(text, bytes.start.saturating_add(NEAR), true);
        let start = match text.get(head.clone())?.rfind('\n') {
            Some(newline) => head.start + newline + 1,
            None => head.start,
        };
        let rest = text.get(tail.clone())?;
        let end = match rest.find('\n') {
            Some(newline) => tail.start + newline,
            None => tail.end,
        };
        // As long as it was, so that the places in it stay the same.
        let line = &*without_passwords(text.get(start..end)?.trim_end_matches('\r'));
        let mark_end = bytes.end.min(start + line.len()).max(bytes.start);
        let mark = bytes.start - start..mark_end - start;
        let window = window(line, &mark);
        let cut = |range: Range<usize>| visible(line.get(range).unwrap_or_default()).into_owned();

        let mut shown = String::new();
        if window.start > 0 {
            shown.push_str("...");
        }
        shown.push_str(&cut(window.start..mark.start));
        let from = shown.len();
        shown.push_str(&cut(mark.start..mark.end.min(window.end)));
        let to = shown.len();
        shown.push_str(&cut(mark.end.min(window.end)..window.end));
        if window.end < line.len() {
            shown.push_str("...");
        }
        // Something to point at, even at the end of a line.
        if shown.len() == from {
            shown.push(' ');
        }
        let to = if to > from {
            to
        } else {
            from + shown[from..].chars().next().map_or(1, char::len_utf8)
        };
        Some(Self {
            line: shown,
            bytes: from..to,
        })
    }
}

impl Excerpt {
    /// The nearest boundary of a character from `at` on, or down from it.
    fn near(text: &str, at: usize, up: bool) -> usize {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            if up {
                at += 1;
            } else {
                at -= 1;
            }
        }
        at
    }
}

/// The bytes of the line to show: all, or [`LONGEST`] around `mark`.
fn window(line: &str, mark: &Range<usize>) -> Range<usize> {
    if line.len() <= LONGEST {
        return 0..line.len();
    }
    let room = LONGEST.saturating_sub(mark.len()) / 2;
    let mut start = mark.start.saturating_sub(room);
    let mut end = (start + LONGEST).min(line.len());
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    while !line.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
