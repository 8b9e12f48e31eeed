//! Lines at the top of a file: what is imported in, `mod` and `use` items out,
//! laid out as rustfmt would. Every file of types has some.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::laid_out;
use super::piece::{Attribute, WIDTH, fits};

/// What stands close together at the top of a file.
#[derive(Clone, Debug)]
pub enum Import {
    /// Any `mod` or `use` items.
    Tokens(TokenStream),
    /// Items that are laid out already.
    Text(String),
}

impl From<TokenStream> for Import {
    fn from(tokens: TokenStream) -> Self {
        Self::Tokens(tokens)
    }
}

impl Import {
    /// One item, with an attribute in front of it.
    #[must_use]
    pub fn item(attribute: Option<&Attribute>, item: &str) -> Self {
        Self::Text(match attribute {
            None => format!("{item}\n"),
            Some(attribute) => format!("{}\n{item}\n", attribute.line()),
        })
    }

    /// `head` and the names below it: `use crate::runtime` and `Secret`.
    #[must_use]
    pub fn names(head: &str, names: &[&str]) -> Self {
        Self::Text(self::names(head, names))
    }

    /// The items, each with the group that it stands in.
    pub(super) fn items(&self) -> Result<Vec<(Group, String)>, String> {
        match self {
            Self::Tokens(tokens) => {
                let file: syn::File = syn::parse2(tokens.clone())
                    .map_err(|error| format!("{error}, in `{tokens}`"))?;
                let items = file.items.into_iter().map(|item| {
                    let text = laid_out(&item.to_token_stream())?;
                    Ok((Group::of(&text), text))
                });
                items.collect()
            }
            Self::Text(import) => Ok(vec![(Group::of(import), import.clone())]),
        }
    }
}

/// What stands together at the top of a file, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Modules,
    Standard,
    Packages,
    Crate,
    Exports,
}

impl Group {
    /// The group of an item that is laid out.
    fn of(item: &str) -> Self {
        let item = item.lines().find(|line| !line.starts_with("#["));
        let item = item.unwrap_or_default();
        if item.contains("mod ") {
            return Self::Modules;
        }
        let Some(path) = item.strip_prefix("use ") else {
            return Self::Exports;
        };
        let root = path.trim_start_matches("::").split([':', ';', ' ']).next();
        match root {
            Some("std" | "core" | "alloc") => Self::Standard,
            Some("crate" | "super" | "self") => Self::Crate,
            _ => Self::Packages,
        }
    }
}

/// `head` and the names below it, as an item.
#[must_use]
pub fn names(head: &str, names: &[&str]) -> String {
    let text = match names {
        [name] => format!("{head}::{name};\n"),
        names => format!("{head}::{{{}}};\n", names.join(", ")),
    };
    match names.len() > 1 && !fits(&text, 0) {
        true => broken(head, names),
        false => text,
    }
}

/// As many names on each line as it has room for.
fn broken(head: &str, names: &[&str]) -> String {
    let mut text = format!("{head}::{{\n   ");
    let mut columns = 3;
    for name in names {
        // A blank in front of it and a comma behind.
        let wanted = name.chars().count() + 2;
        if columns > 3 && columns + wanted > WIDTH {
            text.push_str("\n   ");
            columns = 3;
        }
        text.push(' ');
        text.push_str(name);
        text.push(',');
        columns += wanted;
    }
    text.push_str("\n};\n");
    text
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_take_as_few_lines_as_they_have_room_for() {
        assert_eq!(names("use crate", &["types"]), "use crate::types;\n");
        assert_eq!(names("use a", &["B", "C"]), "use a::{B, C};\n");
        let long = "N".repeat(44);
        let three = [long.as_str(); 3];
        let text = names("pub use module", &three);
        assert_eq!(
            text,
            format!("pub use module::{{\n    {long}, {long},\n    {long},\n}};\n")
        );
        assert!(text.lines().all(|line| line.len() <= 100));
    }
}
