//! Symbols: a character that is no letter in, the word for it out.

/// The word for a symbol.
pub(super) fn symbol(character: char) -> Option<&'static str> {
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
        '°' => "degree",
        '§' => "section",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '≥' => "greater equal",
        '≤' => "less equal",
        '≠' => "not equal",
        '±' => "plus minus",
        _ => return None,
    })
}

/// Whether a symbol changes the meaning of the word that it stands at.
pub(super) fn is_sign(character: char) -> bool {
    matches!(
        character,
        '+' | '-' | '!' | '<' | '>' | '=' | '~' | '*' | '≥' | '≤' | '≠' | '±'
    )
}
