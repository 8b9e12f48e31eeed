//! Identifiers: any text in, the readable Rust identifier nearest to it out.

use heck::{ToPascalCase, ToSnakeCase};

/// How the words of an identifier are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `PascalCase`: types and variants.
    Pascal,
    /// `snake_case`: fields, methods, modules.
    Snake,
}

/// The identifier for `text`. Keywords are left alone unless no raw identifier
/// of that name exists.
#[must_use]
pub fn identifier(text: &str, case: Case) -> String {
    let cased = cased(&spelled(text), case);
    let cased = if cased.is_empty() {
        let words: Vec<&str> = text.chars().filter_map(symbol).collect();
        self::cased(&words.join(" "), case)
    } else {
        cased
    };
    let name = match (cased.chars().next(), case) {
        (None, _) if text.trim().is_empty() => self::cased("empty", case),
        (None, _) => self::cased("unnamed", case),
        // An identifier cannot start with a digit: N for number.
        (Some(first), Case::Pascal) if first.is_numeric() => format!("N{cased}"),
        (Some(first), Case::Snake) if first.is_numeric() => format!("n{cased}"),
        (Some(_), _) => cased,
    };
    let name = if is_identifier(&name) {
        name
    } else {
        let ascii: String = name.chars().filter(char::is_ascii).collect();
        if is_identifier(&ascii) {
            ascii
        } else {
            self::cased("unnamed", case)
        }
    };
    // The words that no raw identifier can be made of.
    match name.as_str() {
        "self" | "super" | "crate" | "Self" | "_" => format!("{name}_"),
        _ => name,
    }
}

fn cased(words: &str, case: Case) -> String {
    match case {
        Case::Pascal => words.to_pascal_case(),
        Case::Snake => words.to_snake_case(),
    }
}

/// Signs in front count: `-created` and `created` are different orders, `+1`
/// and `-1` different votes.
fn spelled(text: &str) -> String {
    match text.chars().next() {
        Some(sign @ ('+' | '-' | '!' | '<' | '>' | '=' | '~' | '*')) if text.len() > 1 => {
            let rest = &text[1..];
            // A run of symbols is spelled as a whole, dashes in front of a word
            // that is one hyphenated anyway are not.
            if rest.chars().any(char::is_alphanumeric) {
                format!("{} {rest}", symbol(sign).unwrap_or_default())
            } else {
                text.to_owned()
            }
        }
        _ => text.to_owned(),
    }
}

fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '\'' => "quote",
        '"' => "double quote",
        '`' => "backtick",
        '(' => "open parenthesis",
        ')' => "close parenthesis",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        _ => return None,
    })
}

fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
        || syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok()
        || matches!(name, "self" | "super" | "crate" | "Self" | "_")
}

/// Whether an identifier must be written raw. `syn` does not know the words
/// that edition 2024 reserves.
#[must_use]
pub fn is_keyword(name: &str) -> bool {
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}
