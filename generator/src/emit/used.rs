//! What a file uses: its items in, those of some names out that an import has to
//! bring. Every line of the crate is looked through for them.

use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::format::Item;
use crate::format::piece::Function;

/// The names that are looked for, and whether they were found.
pub(super) struct Used<'n> {
    names: Vec<(&'n str, bool)>,
    /// Whether any of the names begins with a byte.
    begins: [bool; 256],
}

impl<'n> Used<'n> {
    /// Looks for the names in the items.
    pub(super) fn of(names: impl IntoIterator<Item = &'n str>, items: &[Item]) -> Self {
        let names: Vec<_> = names.into_iter().map(|name| (name, false)).collect();
        let mut begins = [false; 256];
        for first in names.iter().filter_map(|(name, _)| name.bytes().next()) {
            begins[usize::from(first)] = true;
        }
        let mut used = Self { names, begins };
        for item in items {
            used.item(item);
        }
        used
    }

    /// Whether a name was found.
    pub(super) fn has(&self, name: &str) -> bool {
        let mut found = self.names.iter().filter(|(_, found)| *found);
        found.any(|(known, _)| *known == name)
    }

    /// Those of the names that were found.
    pub(super) fn among<'m>(&self, names: &[&'m str]) -> Vec<&'m str> {
        let names = names.iter().copied();
        names.filter(|name| self.has(name)).collect()
    }

    fn word(&mut self, word: &str) {
        for (name, found) in &mut self.names {
            *found |= *name == word;
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
        while let Some(byte) = bytes.get(at) {
            if *byte == b'"' {
                at = after_literal(line, at + 1);
                continue;
            }
            if !PART[usize::from(*byte)] {
                at += 1;
                continue;
            }
            let start = at;
            while bytes.get(at).is_some_and(|byte| PART[usize::from(*byte)]) {
                at += 1;
            }
            if at == start + 1
                && *byte == b'r'
                && let Some(after) = after_raw_literal(line, at)
            {
                at = after;
                continue;
            }
            if !self.begins[usize::from(*byte)] {
                continue;
            }
            let before = &bytes[..start];
            // One dot is a method or field; two are the rest of a struct.
            let belongs =
                before.ends_with(b"::") || before.ends_with(b".") && !before.ends_with(b"..");
            if !belongs {
                self.word(&line[start..at]);
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
        for token in tokens {
            // One dot is a method or field; two are the rest of a struct.
            let belongs = colons == 2 || dots == 1;
            dots = match &token {
                TokenTree::Punct(punct) if punct.as_char() == '.' => dots + 1,
                _ => 0,
            };
            colons = match &token {
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
                TokenTree::Ident(ident) if ident == "enum" => in_enum = true,
                TokenTree::Ident(_) if belongs => {}
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
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

/// Where the raw literal ends whose `r` stands before `at`, if there is one.
fn after_raw_literal(line: &str, at: usize) -> Option<usize> {
    let rest = &line[at..];
    let inside = rest.trim_start_matches('#').strip_prefix('"')?;
    let hashes = &rest[..rest.len() - inside.len() - 1];
    let end = inside.find(&format!("\"{hashes}"))?;
    Some(line.len() - inside.len() + end + 1 + hashes.len())
}

/// Where the literal ends whose inside begins at `at`.
fn after_literal(line: &str, at: usize) -> usize {
    let mut escaped = false;
    for (index, byte) in line.bytes().enumerate().skip(at) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    line.len()
}
