//! What a file uses: its items in, those of some names out that an import has to
//! bring. Every line of the crate is looked through for them.

use foldhash::HashMap;
use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::format::Item;
use crate::format::piece::Function;

/// The names that are looked for, and whether they were found.
pub(super) struct Used<'n> {
    names: HashMap<&'n str, bool>,
    /// Where looking through a line stops: at literals, and at what any of the
    /// names begins with.
    stops: [bool; 256],
}

impl<'n> Used<'n> {
    /// Looks for the names in the items.
    pub(super) fn of(names: impl IntoIterator<Item = &'n str>, items: &[Item]) -> Self {
        let names: HashMap<_, _> = names.into_iter().map(|name| (name, false)).collect();
        let mut stops = [false; 256];
        stops[usize::from(b'"')] = true;
        for first in names.keys().filter_map(|name| name.bytes().next()) {
            stops[usize::from(first)] = true;
        }
        let mut used = Self { names, stops };
        for item in items {
            used.item(item);
        }
        used
    }

    /// Whether a name was found.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|found| *found)
    }

    /// Those of the names that were found.
    pub(super) fn among<'m>(&self, names: &[&'m str]) -> Vec<&'m str> {
        let names = names.iter().copied();
        names.filter(|name| self.has(name)).collect()
    }

    /// A module counts only where something in it is named: a variable may be
    /// called like it.
    fn word(&mut self, word: &str, is_path: bool) {
        let is_module = word.starts_with(|first: char| first.is_ascii_lowercase());
        if let Some(found) = self.names.get_mut(word) {
            *found |= is_path || !is_module;
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Tokens(tokens) => self.tokens(tokens.clone()),
            Item::Definition(definition) => {
                for member in &definition.members {
                    // The name of a field or a variant is its own.
                    let name = member.text.find(['(', ':']).unwrap_or(member.text.len());
                    self.line(&member.text[name..]);
                }
            }
            Item::TypeAlias(alias) => self.line(&alias.ty),
            Item::Impl(block) => {
                self.line(&block.head);
                for line in &block.constants {
                    self.line(line);
                }
                for method in &block.methods {
                    self.function(method);
                }
            }
            Item::Function(function) => self.function(function),
            // It names everything by its path.
            Item::Text(_) => {}
        }
    }

    fn function(&mut self, function: &Function) {
        let signature = function.arguments.iter().chain([&function.output]);
        for line in signature.chain(&function.body) {
            self.line(line);
        }
    }

    /// A line of Rust: its identifiers but those that follow `::` or a dot, and
    /// what a literal holds.
    fn line(&mut self, line: &str) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(next) = bytes[at..]
            .iter()
            .position(|byte| self.stops[usize::from(*byte)])
        {
            let start = at + next;
            let before = &bytes[..start];
            if bytes[start] == b'"' {
                at = after_raw_literal(line, start).unwrap_or_else(|| after_literal(line, start));
                continue;
            }
            let rest = bytes[start..].iter();
            at = start + rest.take_while(|byte| PART[usize::from(**byte)]).count();
            // One dot is a method or field; two are the rest of a struct.
            let belongs =
                before.ends_with(b"::") || before.ends_with(b".") && !before.ends_with(b"..");
            if !ends_in_word(before) && !belongs {
                self.word(&line[start..at], line[at..].starts_with("::"));
            }
        }
    }

    /// The identifiers in tokens but those that follow `::` or a dot, and the
    /// variants that an enum defines.
    fn tokens(&mut self, tokens: TokenStream) {
        // How much of `::` stands before the token, and how many dots.
        let (mut colons, mut dots) = (0, 0);
        // What stands between `enum` and its variants.
        let mut in_enum = false;
        // Cloning the iterator of a stream would copy what is left of it.
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            // One dot is a method or field; two are the rest of a struct.
            let belongs = colons == 2 || dots == 1;
            dots = match token {
                TokenTree::Punct(punct) if punct.as_char() == '.' => dots + 1,
                _ => 0,
            };
            colons = match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    match (colons, punct.spacing()) {
                        (0, Spacing::Joint) => 1,
                        (1, _) => 2,
                        _ => 0,
                    }
                }
                _ => 0,
            };
            match token {
                TokenTree::Ident(ident) if *ident == "enum" => in_enum = true,
                TokenTree::Ident(_) if belongs => {}
                TokenTree::Ident(ident) => {
                    self.word(&ident.to_string(), begins_with_colons(&tokens[index + 1..]));
                }
                TokenTree::Group(group) if in_enum => {
                    in_enum = false;
                    for token in group.stream() {
                        if let TokenTree::Group(fields) = token {
                            self.tokens(fields.stream());
                        }
                    }
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                _ => {}
            }
        }
    }
}

/// Whether `::` comes next.
fn begins_with_colons(tokens: &[TokenTree]) -> bool {
    let is_colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    matches!(tokens, [first, second, ..] if is_colon(first) && is_colon(second))
}

/// Whether a byte is part of a word. Outside of literals, Rust has no other
/// characters beyond ASCII than those of identifiers.
const PART: [bool; 256] = {
    let mut part = [false; 256];
    let mut byte = 0;
    while byte < part.len() {
        let ascii = byte as u8;
        part[byte] = ascii == b'_' || ascii.is_ascii_alphanumeric() || !ascii.is_ascii();
        byte += 1;
    }
    part
};

fn ends_in_word(bytes: &[u8]) -> bool {
    bytes.last().is_some_and(|byte| PART[usize::from(*byte)])
}

/// Where the raw literal ends whose quotation mark is at `start`, if it is one.
fn after_raw_literal(line: &str, start: usize) -> Option<usize> {
    let mark = line[..start].trim_end_matches('#');
    let is_raw = mark.strip_suffix('r')?;
    if ends_in_word(is_raw.as_bytes()) {
        return None;
    }
    let hashes = &line[mark.len()..start];
    let inside = &line[start + 1..];
    let end = inside.find(&["\"", hashes].concat())?;
    Some(start + 1 + end + 1 + hashes.len())
}

/// Where the literal ends whose quotation mark is at `start`.
fn after_literal(line: &str, start: usize) -> usize {
    let mut escaped = false;
    for (index, byte) in line.bytes().enumerate().skip(start + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    line.len()
}
