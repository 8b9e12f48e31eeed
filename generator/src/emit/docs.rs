//! Documentation: an author's Markdown in, lines for rustdoc out, which
//! neither become doctests nor break a build with warnings denied.

use std::borrow::Cow;
use std::ops::Range;

use proc_macro2::TokenStream;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use quote::quote;

use crate::format::{self, piece::Front};
use crate::model::Docs;

/// Where lines are wrapped, in characters.
const WIDTH: usize = 88;

/// The `#[doc]` attributes of an item. `fallback` stands in for an author who
/// said nothing.
pub(super) fn attributes(docs: &Docs, fallback: &str) -> TokenStream {
    lines_to_attributes(&lines(docs, fallback))
}

/// The `#[doc]` attributes of a sentence.
pub(super) fn sentence(text: &str) -> TokenStream {
    lines_to_attributes(&wrapped(text))
}

/// What stands in front of an item or a member. `fallback` stands in for an
/// author who said nothing.
pub(super) fn front(docs: &Docs, fallback: &str) -> Front {
    Front::docs(lines(docs, fallback))
}

/// A sentence in front of an item or a member.
pub(super) fn front_sentence(text: &str) -> Front {
    Front::docs(wrapped(text))
}

/// An entry of a list: a name, and the first paragraph about it.
pub(super) fn entry(name: &str, docs: &Docs, fallback: &str) -> Vec<String> {
    labelled(&format!("`{name}`"), docs, fallback)
}

/// An entry of a list: Markdown that it begins with, and the first paragraph.
pub(super) fn labelled(label: &str, docs: &Docs, fallback: &str) -> Vec<String> {
    let lines = lines(docs, fallback);
    let paragraph: Vec<&str> = lines
        .iter()
        .take_while(|line| !line.is_empty())
        .map(|line| line.trim())
        .collect();
    wrapped(&format!("- {label}: {}", paragraph.join(" ")))
}

/// The first sentence of a text; all of it where that cannot be told.
pub(super) fn first_sentence(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let ends = paragraph.match_indices(". ").map(|(at, _)| at);
    let end = ends.into_iter().find(|at| {
        let (before, after) = paragraph.split_at(*at);
        // A full stop in code, in a link or after an abbreviation ends nothing.
        let word = before.rsplit([' ', '(']).next().unwrap_or_default();
        let closed = before.matches('`').count() % 2 == 0
            && before.matches('[').count() == before.matches(']').count()
            && before.matches('(').count() == before.matches(')').count();
        let begins = after[2..].trim_start().chars().next();
        closed && !word.contains('.') && word.len() > 1 && begins.is_some_and(char::is_uppercase)
    });
    end.map_or(paragraph, |end| &paragraph[..=end])
}

/// The first sentence on one line, fit for a cell of a table; `None` where
/// nothing is said.
pub(super) fn cell(docs: &Docs) -> Option<String> {
    let text = docs.text.as_deref().map(first_sentence)?;
    let docs = Docs {
        text: Some(text.to_owned()),
        notes: Vec::new(),
    };
    let lines = lines(&docs, "");
    let paragraph: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .take_while(|line| !line.is_empty())
        .collect();
    let text = paragraph.join(" ");
    // A heading, a list, a table or a block of code is no sentence.
    let is_prose =
        !text.is_empty() && !text.starts_with(['#', '|', '-', '*', '>', '`', '~', '<', ' ']);
    is_prose.then(|| text.replace("\\|", "|").replace('|', "\\|"))
}

/// The lines as one `#[doc]` attribute, which [`format`](crate::format) makes
/// into a `///` for each line.
pub(super) fn lines_to_attributes(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let lines = format::doc_lines(lines);
    quote!(#[doc = #lines])
}

/// The lines of an item's documentation.
pub(super) fn lines(docs: &Docs, fallback: &str) -> Vec<String> {
    let text = docs
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let mut lines = wrapped(&tamed(text.unwrap_or(fallback)));
    for note in &docs.notes {
        lines.push(String::new());
        lines.extend(wrapped(&tamed(note)));
    }
    lines
}

/// Markdown that rustdoc takes as prose: code blocks are marked as text, HTML
/// and brackets that lead nowhere are escaped.
fn tamed(text: &str) -> Cow<'_, str> {
    if is_prose(text) {
        return Cow::Borrowed(text);
    }
    let is_kept = |character: &char| *character == '\n' || !character.is_control();
    let text: Cow<'_, str> = match text.chars().all(|character| is_kept(&character)) {
        true => text.into(),
        false => text.chars().filter(is_kept).collect(),
    };
    let mut edits: Vec<(usize, Edit)> = Vec::new();
    let mut links = Links::default();
    let mut broken: Vec<usize> = Vec::new();
    let mut callback = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        broken.push(link.span.start);
        None
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_with_broken_link_callback(&text, options, Some(&mut callback));
    let mut events = parser.into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        if !leads_somewhere_safe(&definition.dest) {
            let span = definition.span.clone();
            edits.push((span.start, Edit::Literal(span.end)));
        }
    }
    for (event, range) in events.by_ref() {
        edits.extend(links.edit(&event, &range, &text));
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                edits.push((range.start, Edit::Fence(range.end)));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                edits.push((range.start, Edit::Indented(range.end)));
            }
            // It would be read as a path in Rust.
            Event::Start(Tag::Link { dest_url, .. }) if is_rust_path(&dest_url) => {
                edits.push((range.start, Edit::Escape));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                for (offset, _) in text[range.clone()].match_indices('<') {
                    edits.push((range.start + offset, Edit::Escape));
                }
            }
            _ => {}
        }
    }
    edits.extend(broken.into_iter().map(|start| (start, Edit::Escape)));
    edits.sort_by_key(|(start, _)| *start);
    edits.dedup_by_key(|(start, _)| *start);
    Cow::Owned(apply(&text, &edits))
}

/// The links and images that are open where a text is being read.
#[derive(Default)]
struct Links {
    links: usize,
    images: usize,
}

impl Links {
    /// What to do about a link or an image: addresses that a browser would run,
    /// or read from the reader's disk, stay text, and images, which a browser
    /// loads unasked, become links.
    fn edit(
        &mut self,
        event: &Event<'_>,
        range: &Range<usize>,
        text: &str,
    ) -> Option<(usize, Edit)> {
        let (dest, is_image) = match event {
            Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
            Event::End(TagEnd::Link) => {
                self.links -= 1;
                return None;
            }
            Event::End(TagEnd::Image) => {
                self.images -= 1;
                return None;
            }
            _ => return None,
        };
        let is_inside = self.links + self.images > 0;
        match is_image {
            true => self.images += 1,
            false => self.links += 1,
        }
        if is_rust_path(dest) && !is_image {
            return None;
        }
        // Links inside of links are none.
        let edit = match leads_somewhere_safe(dest) && !(is_inside && is_image) {
            false => Edit::Literal(range.end),
            true if is_image => Edit::Unloaded(text[range.clone()].starts_with("![]")),
            true => return None,
        };
        Some((range.start, edit))
    }
}

/// Whether following a link neither runs code nor reads a file of the reader:
/// `http`, `https`, `mailto`, and what starts from the page itself.
fn leads_somewhere_safe(link: &str) -> bool {
    // Browsers read addresses without them.
    let is_seen = |character: &char| !character.is_whitespace() && !character.is_control();
    let link: String = link.chars().filter(is_seen).collect();
    match link.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known)),
        _ => true,
    }
}

/// Whether a text has nothing in it that could be markup of the kinds that are
/// changed, and no control characters; most have not.
fn is_prose(text: &str) -> bool {
    let bytes = text.as_bytes();
    !bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\n' => false,
        // The indentation and the fences of code.
        b' ' => bytes[..at].ends_with(b"   "),
        b'`' => bytes[..at].ends_with(b"``"),
        b'~' => bytes[..at].ends_with(b"~~"),
        b'<' | b'[' => true,
        // Controls beyond ASCII begin with the last.
        _ => byte.is_ascii_control() || *byte == 0xc2,
    })
}

/// Whether rustdoc may take the destination of a link for an item of the crate.
fn is_rust_path(link: &str) -> bool {
    let scheme = link.split_once(':').is_some_and(|(scheme, rest)| {
        !scheme.is_empty()
            && !rest.starts_with(':')
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    !scheme
        && !link.is_empty()
        && link
            .chars()
            .all(|character| character.is_alphanumeric() || "_:<>!()@,&*;[] ".contains(character))
}

/// A change to the Markdown at some offset.
#[derive(Clone, Copy)]
enum Edit {
    /// Put a backslash in front.
    Escape,
    /// Nothing up to an offset means anything.
    Literal(usize),
    /// A link in place of an image, which may have no text.
    Unloaded(bool),
    /// A fenced code block up to an offset.
    Fence(usize),
    /// An indented code block up to an offset.
    Indented(usize),
}

fn apply(text: &str, edits: &[(usize, Edit)]) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (start, edit) in edits {
        if *start < at {
            continue;
        }
        result.push_str(&text[at..*start]);
        at = *start;
        match edit {
            Edit::Escape => result.push('\\'),
            Edit::Literal(end) => {
                for character in text[*start..*end].chars() {
                    if character.is_ascii_punctuation() {
                        result.push('\\');
                    }
                    result.push(character);
                }
                at = *end;
            }
            Edit::Unloaded(is_nameless) => {
                // A mark in front of it would make it an image again.
                if result.ends_with('!') {
                    result.push(' ');
                }
                at += "!".len();
                if *is_nameless {
                    result.push_str("[image]");
                    at += "[]".len();
                }
            }
            Edit::Fence(end) => {
                let prefix = prefix(&result);
                let block = text[*start..*end].trim_end();
                let mut lines: Vec<&str> = block
                    .lines()
                    .skip(1)
                    .map(|line| unindented(line, prefix.len()))
                    .collect();
                // The end of the document closes a block as well.
                if lines.last().is_some_and(|line| is_fence(line)) {
                    lines.pop();
                }
                let body = lines.join("\n");
                fence(&mut result, body.trim_end(), &prefix);
                at = *end;
            }
            Edit::Indented(end) => {
                let body: Vec<&str> = text[*start..*end]
                    .lines()
                    .map(|line| {
                        line.strip_prefix("    ")
                            .or(line.strip_prefix('\t'))
                            .unwrap_or(line)
                    })
                    .collect();
                let indent = result.len() - result.trim_end_matches([' ', '\t']).len();
                result.truncate(result.len() - indent);
                fence(&mut result, body.join("\n").trim_end(), "");
                at = *end;
            }
        }
    }
    result.push_str(&text[at..]);
    result
}

fn is_fence(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.chars().all(|c| c == '`') || line.chars().all(|c| c == '~'))
}

/// A code block, every line of which but the first starts with `prefix`.
fn fence(result: &mut String, body: &str, prefix: &str) {
    let ticks = "`".repeat(longest_run(body).max(2) + 1);
    let body: Vec<String> = body
        .split('\n')
        .map(|line| format!("{prefix}{line}").trim_end().to_owned())
        .collect();
    let body = body.join("\n");
    result.push_str(&format!("{ticks}text\n{body}\n{prefix}{ticks}\n"));
}

/// What each line of a block starts with that stands where `text` ends: in a
/// list its indentation, in a quotation the marks of it.
fn prefix(text: &str) -> String {
    let (_, line) = text.rsplit_once('\n').unwrap_or(("", text));
    line.chars()
        .map(|character| if character == '>' { '>' } else { ' ' })
        .collect()
}

/// A line without the first characters that only say what it belongs to.
fn unindented(line: &str, most: usize) -> &str {
    let belongs = |(index, character): &(usize, char)| *index < most && " \t>".contains(*character);
    let end = line
        .char_indices()
        .find(|character| !belongs(character))
        .map_or(line.len(), |(index, _)| index);
    &line[end..]
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// Long lines broken at blanks; tables, headings and code stay as they are.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let line = line.trim_end();
        let trimmed = line.trim_start();
        if let Some(open) = &fence {
            if trimmed == open.as_str() {
                fence = None;
            }
            lines.push(line.to_owned());
        } else if trimmed.starts_with("```") {
            let ticks = trimmed.chars().take_while(|c| *c == '`').collect();
            fence = Some(ticks);
            lines.push(line.to_owned());
        } else if line.len() <= WIDTH
            || line.chars().count() <= WIDTH
            || trimmed.starts_with(['|', '#'])
            || is_code_span(trimmed)
        {
            lines.push(line.to_owned());
        } else {
            wrap(line, &mut lines);
        }
    }
    lines
}

/// Whether a line is one code span from end to end.
fn is_code_span(line: &str) -> bool {
    line.starts_with('`') && line.ends_with('`') && line.matches('`').count() == 2
}

fn wrap(line: &str, lines: &mut Vec<String>) {
    let indent = line.len() - line.trim_start().len();
    let words = line.split_whitespace();
    // What follows a list marker is its paragraph and is indented like it.
    let first = words.clone().next();
    let marker = first
        .filter(|word| is_list_marker(word))
        .map_or(0, |word| word.len() + 1);
    let hanging = " ".repeat(indent + marker);
    let mut current = String::with_capacity(WIDTH + 8);
    current.push_str(&hanging[..indent]);
    let mut length = indent;
    let mut empty = true;
    let is_ascii = line.is_ascii();
    for word in words {
        let letters = match is_ascii {
            true => word.len(),
            false => word.chars().count(),
        };
        if !empty && length + 1 + letters > WIDTH && !changes_meaning(word) {
            lines.push(current.clone());
            current.clone_from(&hanging);
            length = hanging.len();
            empty = true;
        }
        if !empty {
            current.push(' ');
            length += 1;
        }
        current.push_str(word);
        length += letters;
        empty = false;
    }
    lines.push(current);
}

fn is_list_marker(word: &str) -> bool {
    matches!(word, "-" | "*" | "+")
        || word.strip_suffix(['.', ')']).is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Whether a word at the start of a line would be more than a word.
fn changes_meaning(word: &str) -> bool {
    is_list_marker(word)
        || ["#", ">", "|", "```", "~~~", "==", "--", "**", "__"]
            .iter()
            .any(|mark| word.starts_with(mark))
        || word == "="
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::{first_sentence, tamed};

    #[test]
    fn links_lead_to_pages_and_images_are_links() {
        for text in [
            "[x](javascript:alert(1))",
            "[x](JavaScript:alert)",
            "[x](<java\tscript:alert(1)>)",
            "[x](java&Tab;script:alert)",
            "[x](&#106;avascript:alert)",
            "[x](javascript&colon;alert)",
            "[x]( vbscript:x )",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](file:///etc/passwd)",
            "<javascript:alert(1)>",
            "[x][r] and [r]\n\n[r]: javascript:alert(1)",
            "[r]\n\n> [r]: javascript:alert(1)",
            "[unused]: javascript:alert(1)",
            "![x](https://evil.example/track.png)",
            "![](https://evil.example/track.png)",
            "!![x](https://evil.example/track.png)",
            "![x][r]\n\n[r]: https://evil.example/track.png",
            "[![x](https://evil.example/track.png)](https://a.example)",
            "[![x](https://evil.example/track.png)](javascript:alert(1))",
            "![a [x](javascript:b)](https://evil.example/track.png)",
            "[[x](javascript:a)](https://a.example)",
            "[ [x](javascript:alert(1))",
            "` [x](javascript:alert(1))",
            "[a]![x](https://evil.example/track.png)",
            "| a |\n|---|\n| [x](javascript:alert) |",
            "- a\n\n  [x\n  y](javascript:alert)",
            "> [x\n> y](javascript:alert)",
            "**[x](javascript:alert)**",
            "# [x](javascript:alert)",
            "<img src=https://evil.example/track.png>",
        ] {
            let tamed = tamed(text);
            let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
            for event in Parser::new_ext(&tamed, options) {
                match event {
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        assert!(dest_url.starts_with("https:"), "{text}: {tamed}");
                    }
                    Event::Start(Tag::Image { .. }) | Event::Html(_) | Event::InlineHtml(_) => {
                        panic!("{text}: {tamed}");
                    }
                    _ => {}
                }
            }
        }
        for text in [
            "[x](https://a.example/b)",
            "[x](HTTP://a.example)",
            "<https://a.example>",
            "<a@b.example>",
            "[x](mailto:a@b.example)",
            "[x](#a)",
            "[x](/a/b:c)",
            "[x](a/b.html?c=d:e)",
            "[x][r]\n\n[r]: https://a.example",
        ] {
            assert_eq!(tamed(text), text);
        }
        assert_eq!(
            tamed("![a](https://b.example/c.png)"),
            "[a](https://b.example/c.png)"
        );
    }

    #[test]
    fn a_first_sentence_ends_where_another_begins() {
        let cases = [
            ("One. Two.", "One."),
            ("One, e.g. Two. Three.", "One, e.g. Two."),
            ("See `a. B` there. Then.", "See `a. B` there."),
            ("See [a. B](c) there. Then.", "See [a. B](c) there."),
            ("From 1.5 on. É then.", "From 1.5 on."),
            ("One. two", "One. two"),
            ("One\n\nTwo. Three.", "One"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(first_sentence(text), expected, "{text}");
        }
    }
}
