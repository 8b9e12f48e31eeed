//! Identifiers: any text in, the readable Rust identifier nearest to it out.

use std::borrow::Cow;

use foldhash::HashMap;
use heck::{ToPascalCase, ToSnakeCase};
use unicode_normalization::UnicodeNormalization;

use super::brand::as_words;
use super::symbol::{is_sign, symbol};
use crate::threads::each;

/// How the words of an identifier are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `PascalCase`: types and variants.
    Pascal,
    /// `snake_case`: fields, methods, modules.
    Snake,
}

/// How long an identifier may be, in characters. Files are named after
/// identifiers, and file systems bound their names.
const LONGEST: usize = 100;

/// How many characters of a longer name are kept; a fingerprint of all of it
/// follows.
const KEPT: usize = 80;

/// From how many texts on their identifiers are made on all threads, and in how
/// many shares.
const MANY: usize = 512;
const SHARES: usize = 8;

/// What is read of a text. Nobody names a thing in so many words.
const READ: usize = 4096;

/// The identifier for `text`. Keywords are left alone unless no raw identifier
/// of that name exists.
#[must_use]
pub fn identifier(text: &str, case: Case) -> String {
    made(text, case, spelled, &mut Words::default())
}

/// The identifiers that were made already: a large document writes the same few
/// thousand words again and again.
#[derive(Debug, Default)]
pub(crate) struct Identifiers {
    made: HashMap<Case, HashMap<String, String>>,
    words: Words,
}

impl Identifiers {
    /// What [`identifier`] makes of `text`, which is asked for only once.
    pub(crate) fn once(&mut self, text: &str, case: Case) -> String {
        made(text, case, spelled, &mut self.words)
    }

    /// What [`identifier`] makes of each of the texts.
    pub(super) fn of_all(&mut self, texts: &[&str], case: Case) -> Vec<String> {
        if texts.len() < MANY {
            return texts.iter().map(|text| self.of(text, case)).collect();
        }
        let made = each(texts.chunks(texts.len().div_ceil(SHARES)), |texts| {
            let mut words = Words::default();
            let made = texts
                .iter()
                .map(|text| made(text, case, spelled, &mut words));
            made.collect::<Vec<_>>()
        });
        made.into_iter().flatten().collect()
    }

    /// What [`identifier`] makes of `text`.
    pub(super) fn of(&mut self, text: &str, case: Case) -> String {
        let made = self.made.entry(case).or_default();
        if let Some(name) = made.get(text) {
            return name.clone();
        }
        let name = self::made(text, case, spelled, &mut self.words);
        made.insert(text.to_owned(), name.clone());
        name
    }
}

/// The identifier for `text` with every symbol in it spelled out, to tell it
/// from one that differs in nothing else.
pub(super) fn identifier_in_full(text: &str, case: Case) -> String {
    made(text, case, spelled_in_full, &mut Words::default())
}

/// The identifier that an author chose: as it is where Rust takes it, else the
/// nearest one.
pub(super) fn chosen(text: &str, case: Case) -> String {
    let fits = match case {
        Case::Pascal => {
            text.starts_with(|first: char| first.is_ascii_uppercase()) && !text.contains('_')
        }
        Case::Snake => {
            !text.contains(char::is_uppercase)
                && !text.contains("__")
                && text.starts_with(|first: char| first.is_ascii_lowercase())
        }
    };
    // What Rust takes to be the same (RFC 2457) is the same here.
    if fits && text.is_ascii() && text.len() <= LONGEST && is_identifier(text) {
        not_reserved(text.to_owned())
    } else {
        identifier(text, case)
    }
}

fn made(text: &str, case: Case, spelled: fn(&str) -> String, words: &mut Words) -> String {
    let start = composed(text);
    let mut name = match is_plain(&start) {
        true => words.cased(&start, case),
        false => {
            let spelled: String = spelled(&start)
                .chars()
                .map(|character| if is_part(character) { character } else { ' ' })
                .collect();
            words.cased(&spelled, case)
        }
    };
    if name.is_empty() {
        name = words.cased(&symbols(&start), case);
    }
    if name.is_empty() && start.trim().is_empty() {
        name = words.cased("empty", case);
    }
    // An identifier cannot start with a digit: N for number.
    if name.starts_with(char::is_numeric) {
        name.insert(0, if case == Case::Pascal { 'N' } else { 'n' });
    }
    if !is_identifier(&name) {
        name = words.cased("unnamed", case);
    }
    not_reserved(bounded(composed(&name), text, case))
}

/// The start of `text` with its accents in one character each (Unicode's NFC),
/// as ASCII is already.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(&text[..text.len().min(READ)]);
    }
    Cow::Owned(text.nfc().take(READ).collect())
}

/// The words that no raw identifier can be made of.
fn not_reserved(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" | "Self" | "_" => format!("{name}_"),
        _ => name,
    }
}

/// Cuts a name that is too long. What is cut off still tells it from others.
fn bounded(name: Cow<'_, str>, text: &str, case: Case) -> String {
    if name.chars().count() <= LONGEST {
        return name.into_owned();
    }
    let kept: String = name.chars().take(KEPT).collect();
    let kept = kept.trim_end_matches('_');
    match case {
        Case::Pascal => format!("{kept}{:08X}", fingerprint(text)),
        Case::Snake => format!("{kept}_{:08x}", fingerprint(text)),
    }
}

/// FNV-1a: short, the same everywhere, and no secret depends on it.
fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Whether a text is words and what separates them: there is nothing in it to
/// be spelled out.
fn is_plain(text: &str) -> bool {
    let is_word = |word: &str| {
        let ends = [word.bytes().next(), word.bytes().next_back()];
        ends.iter()
            .all(|end| end.is_some_and(|byte| byte.is_ascii_alphanumeric()))
            && word
                .bytes()
                .all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
    };
    text.split(' ').all(is_word)
}

/// The words that were written in a case already: names of a document are made
/// of the same few.
#[derive(Debug, Default)]
struct Words {
    pascal: HashMap<String, String>,
    snake: HashMap<String, String>,
}

impl Words {
    /// A text in a case. `PascalCase` keeps numbers apart: `1.10` is not `11.0`.
    fn cased(&mut self, text: &str, case: Case) -> String {
        let mut name = String::with_capacity(text.len() + 8);
        for word in text.split(|character: char| !character.is_alphanumeric()) {
            let apart = match case {
                Case::Pascal => {
                    name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric)
                }
                Case::Snake => !name.is_empty() && !word.is_empty(),
            };
            if apart {
                name.push('_');
            }
            // Most words are one in any case.
            if word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            {
                let start = name.len();
                name.push_str(word);
                if let (Case::Pascal, Some(first)) = (case, name.get_mut(start..start + 1)) {
                    first.make_ascii_uppercase();
                }
            } else {
                name.push_str(self.word(word, case));
            }
        }
        name
    }

    fn word(&mut self, word: &str, case: Case) -> &str {
        let known = match case {
            Case::Pascal => &mut self.pascal,
            Case::Snake => &mut self.snake,
        };
        if !known.contains_key(word) {
            let cased = match case {
                Case::Pascal => word.to_pascal_case(),
                Case::Snake => as_words(word).to_snake_case(),
            };
            known.insert(word.to_owned(), cased);
        }
        known.get(word).map_or("", String::as_str)
    }
}

/// Signs in front of and behind a word count: `-created` and `created` are
/// different orders, `+1` and `-1` different votes, `date>` and `date<`
/// different bounds.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len() + 16);
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            spelled.push(' ');
        }
        let start = word.find(char::is_alphanumeric);
        let end = word.rfind(char::is_alphanumeric);
        let (Some(start), Some(end)) = (start, end) else {
            // A hyphen between two words is a dash, a list of signs is a name.
            let alone = text.split(' ').count() == 1;
            spelled.push_str(&if alone {
                word.to_owned()
            } else {
                signs(&word.replace('-', ""))
            });
            continue;
        };
        let end = end + word[end..].chars().next().map_or(1, char::len_utf8);
        let (front, back) = (&word[..start], &word[end..]);
        // What ends in a dash was cut off, or leads to the next word.
        spelled.push_str(&signs(&front.replace("--", "")));
        spelled.push_str(&word[start..end]);
        spelled.push_str(&signs(back.trim_end_matches('-')));
    }
    spelled
}

/// The signs among these symbols, as words.
fn signs(symbols: &str) -> String {
    let mut words = String::new();
    for character in symbols.chars() {
        words.push(' ');
        if is_sign(character)
            && let Some(word) = symbol(character)
        {
            words.push_str(word);
            words.push(' ');
        }
    }
    words
}

/// Every symbol as a word, but for what merely separates words.
fn spelled_in_full(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let between = before.is_some_and(char::is_alphanumeric)
            && characters.peek().is_some_and(|next| next.is_alphanumeric());
        let separates = between && matches!(character, '-' | '_' | '.' | '/' | ' ' | ':');
        match symbol(character) {
            Some(word) if !separates => {
                spelled.push(' ');
                spelled.push_str(word);
                spelled.push(' ');
            }
            _ if is_part(character) || character.is_ascii() => spelled.push(character),
            _ => spelled.push_str(&format!(" u{:x} ", u32::from(character))),
        }
        before = Some(character);
    }
    spelled
}

/// A text without letters: its symbols as words, others by their numbers.
fn symbols(text: &str) -> String {
    let mut words = Vec::new();
    for character in text.trim().chars() {
        match symbol(character) {
            Some(word) => words.push(word.to_owned()),
            None if character.is_ascii() => {}
            None => words.push(format!("u{:x}", u32::from(character))),
        }
    }
    words.join(" ")
}

/// Whether a character may stand in an identifier.
fn is_part(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || character == '_'
        || (!character.is_ascii()
            && character.is_alphanumeric()
            && is_identifier(&format!("a{character}")))
}

fn is_identifier(name: &str) -> bool {
    if name.is_ascii() {
        let mut bytes = name.bytes();
        return bytes
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    }
    syn::parse_str::<syn::Ident>(name).is_ok()
}

/// Whether an identifier must be written raw: the words that are reserved in
/// any edition of Rust
/// (<https://doc.rust-lang.org/reference/keywords.html>).
#[must_use]
pub fn is_keyword(name: &str) -> bool {
    name.len() <= LONGEST_KEYWORD && KEYWORDS.binary_search(&name).is_ok()
}

/// Most names are longer.
const LONGEST_KEYWORD: usize = "abstract".len();

/// Sorted by their bytes.
const KEYWORDS: [&str; 53] = [
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
