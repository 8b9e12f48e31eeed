//! Format: emitted items in, the text of a file out. `prettyplease` lays out
//! what is given as tokens; [pieces](piece) of items, the header, the blank
//! lines between items and those between methods are laid out here.

pub mod expression;
pub mod import;
pub mod piece;
pub mod statement;

use std::borrow::Cow;
use std::cell::Cell;

use proc_macro2::TokenStream;

use crate::diagnostic::without_userinfo;
use import::Import;
use piece::{Definition, Function, Impl, TypeAlias};

/// A Rust file before it is text.
#[derive(Clone, Debug, Default)]
pub struct RustFile {
    /// The file's own documentation, line by line.
    pub docs: Vec<String>,
    /// The `#![…]` attributes, as text.
    pub attributes: Vec<String>,
    /// What stands close together at the top: `mod` and `use` lines.
    pub imports: Vec<Import>,
    /// The items, in order.
    pub items: Vec<Item>,
}

/// An item before it is text.
#[derive(Clone, Debug)]
pub enum Item {
    /// Any Rust there is.
    Tokens(TokenStream),
    /// A struct or an enum, in pieces.
    Definition(Definition),
    /// Another name for a type, in pieces.
    TypeAlias(TypeAlias),
    /// An `impl` block, in pieces.
    Impl(Impl),
    /// A function, in pieces.
    Function(Function),
    /// Rust that is laid out already.
    Text(String),
}

impl From<TokenStream> for Item {
    fn from(tokens: TokenStream) -> Self {
        Self::Tokens(tokens)
    }
}

impl From<Definition> for Item {
    fn from(definition: Definition) -> Self {
        Self::Definition(definition)
    }
}

impl From<Impl> for Item {
    fn from(block: Impl) -> Self {
        Self::Impl(block)
    }
}

/// The text of a Rust file below its header.
///
/// # Errors
///
/// When an emitter wrote something that is no Rust; that is a bug.
pub fn rust(file: &RustFile, header: &str) -> Result<String, String> {
    let mut text = SCRATCH.take();
    text.clear();
    text.push_str(header);
    let written = write(file, &mut text).map(|()| text.as_str().to_owned());
    SCRATCH.set(text);
    written
}

thread_local! {
    /// What files are written in: it has grown to the longest, and each gets
    /// what it needs and no more.
    static SCRATCH: Cell<String> = const { Cell::new(String::new()) };
}

/// Writes a file behind its header.
fn write(file: &RustFile, text: &mut String) -> Result<(), String> {
    let top = text.len();
    for line in &file.docs {
        let line = comment(line);
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    for attribute in &file.attributes {
        text.push_str(attribute);
        text.push('\n');
    }
    let mut imports = Vec::new();
    for import in &file.imports {
        imports.extend(import.items()?);
    }
    imports.sort_by_key(|(group, _)| *group);
    let mut last = None;
    for (group, import) in &imports {
        if last != Some(group) && text.len() > top {
            text.push('\n');
        }
        text.push_str(import);
        last = Some(group);
    }
    for item in &file.items {
        let before = text.len();
        if before > top {
            text.push('\n');
        }
        let start = text.len();
        match item {
            Item::Tokens(tokens) => push_spaced(text, &laid_out(tokens)?),
            Item::Definition(definition) => definition.write(text),
            Item::TypeAlias(alias) => alias.write(text),
            Item::Impl(block) => block.write(text),
            Item::Function(function) => function.write(text, 0),
            Item::Text(item) => text.push_str(item),
        }
        if text.len() == start {
            text.truncate(before);
        }
    }
    Ok(())
}

/// A text as one line of a comment: without what ends the line, without the
/// characters that turn the direction of writing, which rustc refuses, and without
/// the user names and passwords in its URLs.
#[must_use]
pub fn comment(text: &str) -> Cow<'_, str> {
    match without_userinfo(text) {
        Cow::Borrowed(text) => on_one_line(text),
        Cow::Owned(text) => Cow::Owned(on_one_line(&text).into_owned()),
    }
}

fn on_one_line(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    // Without an early end, many bytes are looked at at once.
    if text.bytes().fold(true, |all, byte| all & plain(byte)) {
        return Cow::Borrowed(text);
    }
    let text = text
        .chars()
        .filter(|character| {
            !matches!(
                character,
                '\u{61c}'
                    | '\u{200e}'
                    | '\u{200f}'
                    | '\u{202a}'..='\u{202e}'
                    | '\u{2066}'..='\u{2069}'
                    | '\u{feff}'
            )
        })
        .map(|character| match character {
            '\u{2028}' | '\u{2029}' => ' ',
            control if control.is_control() => ' ',
            other => other,
        })
        .collect();
    Cow::Owned(text)
}

fn laid_out(tokens: &TokenStream) -> Result<String, String> {
    let file: syn::File =
        syn::parse2(tokens.clone()).map_err(|error| format!("{error}, in `{tokens}`"))?;
    Ok(prettyplease::unparse(&file))
}

/// Stands between the lines of a documentation while it is one attribute: a
/// character for private use, which therefore says nothing in a text.
const LINE_END: char = '\u{f8ff}';

/// The value of the one `#[doc]` attribute that stands for these lines. An
/// attribute for each would be read and laid out one by one, and documentation
/// is half of most clients.
#[must_use]
pub fn doc_lines(lines: &[String]) -> String {
    let mut value = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            value.push(LINE_END);
        }
        if !line.is_empty() {
            value.push(' ');
            value.extend(
                comment(line)
                    .chars()
                    .filter(|character| *character != LINE_END),
            );
        }
    }
    value
}

/// Writes a line; one of documentation as the lines that it stands for.
fn push_line(text: &mut String, line: &str) {
    let documentation = line.trim_start_matches(' ');
    if !documentation.starts_with("///") {
        text.push_str(line);
        text.push('\n');
        return;
    }
    let indentation = line.len() - documentation.len();
    let mut lines = line.split(LINE_END);
    text.push_str(lines.next().unwrap_or_default());
    for line in lines {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', indentation));
        text.push_str("///");
        text.push_str(line);
    }
    text.push('\n');
}

/// Writes the lines, and a blank one in front of each method of a block but the
/// first thing in it.
fn push_spaced(text: &mut String, block: &str) {
    let mut in_block = false;
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        push_line(text, line);
        if !line.starts_with([' ', '#', '/']) {
            in_block = line.starts_with("impl") || line.contains("trait ");
        }
        let is_end = line == "    }" || (line.starts_with("    ") && line.ends_with(';'));
        let is_item = !line.starts_with("     ") && is_end;
        let is_method = |next: &&str| {
            let item = next.strip_prefix("    ").unwrap_or_default();
            item.starts_with("///") || item.starts_with("#[") || item.contains("fn ")
        };
        if in_block && is_item && lines.peek().is_some_and(is_method) {
            text.push('\n');
        }
    }
}
