//! Type expressions: a type of the plan in, the Rust that names it out.

use std::borrow::Cow;
use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::format::Item;
use crate::format::piece::Function;
use crate::model::{Api, ItemKind, Presence, Scalar, Type};
use crate::name::is_keyword;

/// An identifier, raw where it is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    if !is_keyword(name) {
        Ident::new(name, Span::call_site())
    } else {
        Ident::new_raw(name, Span::call_site())
    }
}

/// How a type of the crate is reached from where it is named.
#[derive(Clone, Copy)]
pub(super) enum From<'a> {
    /// From this module below `types`.
    Types(&'a str),
    /// From anywhere else in the crate, where `types` is imported.
    Crate,
}

/// An identifier as text, raw where it is a keyword.
pub(super) fn ident_text(name: &str) -> Cow<'_, str> {
    if is_keyword(name) {
        Cow::Owned(format!("r#{name}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The type of a value that is there and not null.
pub(super) fn ty(api: &Api, ty: &Type, from: From<'_>) -> TokenStream {
    tokens(&text(api, ty, from))
}

/// The type of a value that is there and not null, as it is written.
pub(super) fn text(api: &Api, ty: &Type, from: From<'_>) -> String {
    match ty {
        Type::Scalar(scalar) => scalar_type(*scalar),
        Type::Foreign(path) => path.clone(),
        Type::Array(inner) => format!("Vec<{}>", text(api, inner, from)),
        Type::Map(inner) => {
            let map = api.map.name();
            format!("{map}<String, {}>", text(api, inner, from))
        }
        Type::Nullable(inner) => format!("Option<{}>", text(api, inner, from)),
        Type::Item(id) => {
            let item = api.item(*id);
            let name = ident_text(&item.name.rust);
            match from {
                From::Types(module) if module == item.module => name.into_owned(),
                From::Types(_) => format!("super::{name}"),
                From::Crate => format!("types::{name}"),
            }
        }
    }
}

pub(super) fn scalar_type(scalar: Scalar) -> String {
    let name = match scalar {
        Scalar::Any => "serde_json::Value",
        Scalar::Bool => "bool",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::F32 => "f32",
        Scalar::F64 => "f64",
        Scalar::String => "String",
        Scalar::Secret => "Secret",
        Scalar::Part => "Part",
        Scalar::Formatted(format) => return format!("Formatted<{}>", format.path()),
    };
    name.to_owned()
}

/// Rust as tokens. What is given here is a path or a type that this module or
/// `lower` has made or checked.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// The type of a field.
pub(super) fn field(
    api: &Api,
    inner: &Type,
    presence: Presence,
    boxed: bool,
    from: From<'_>,
) -> String {
    let inner = text(api, inner, from);
    let inner = if boxed {
        format!("Box<{inner}>")
    } else {
        inner
    };
    match presence {
        Presence::Required => inner,
        Presence::RequiredNullable | Presence::Optional => format!("Option<{inner}>"),
        Presence::OptionalNullable => format!("Option<Option<{inner}>>"),
    }
}

/// What a caller may give for a value of the type, and the expression that
/// makes it one.
pub(super) fn argument(api: &Api, inner: &Type, name: &str, from: From<'_>) -> (String, String) {
    let plain = text(api, inner, from);
    if converts(api, inner) {
        (format!("impl Into<{plain}>"), format!("{name}.into()"))
    } else {
        (plain, name.to_owned())
    }
}

/// Whether values of the type are commonly made from others.
fn converts(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => {
            matches!(
                scalar,
                Scalar::String | Scalar::Secret | Scalar::Formatted(_) | Scalar::Part | Scalar::Any
            )
        }
        Type::Array(_) => true,
        Type::Map(_) | Type::Nullable(_) | Type::Foreign(_) => false,
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) => !alias.newtype && converts(api, &alias.ty),
            ItemKind::Struct(_)
            | ItemKind::StringEnum(_)
            | ItemKind::IntegerEnum(_)
            | ItemKind::Newtype(_)
            | ItemKind::Union(_) => true,
        },
    }
}

/// Whether values of the type are made of a text as it is.
pub(super) fn is_text(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Secret),
        Type::Item(id) => {
            matches!(&api.item(*id).kind, ItemKind::Newtype(newtype) if newtype.inner == Scalar::String)
        }
        _ => false,
    }
}

/// The imports that the items of a module of types need.
pub(super) fn imports(api: &Api, items: &[Item]) -> Vec<TokenStream> {
    let mut used = BTreeSet::new();
    for item in items {
        used_by(item, &mut used);
    }
    let mut imports = Vec::new();
    imports.extend(map_import(api, &used));
    let runtime: Vec<Ident> = ["Base64", "Base64Url", "Formatted", "Secret"]
        .into_iter()
        .filter(|name| used.contains(*name))
        .map(ident)
        .collect();
    if !runtime.is_empty() {
        imports.push(quote!(use crate::runtime::{#(#runtime),*};));
    }
    imports
}

/// The import of the type of maps, where it is used.
pub(super) fn map_import(api: &Api, used: &BTreeSet<String>) -> Option<TokenStream> {
    let map = api.map.name();
    let path = tokens(&format!("{}::{map}", api.map.module()));
    used.contains(map).then(|| quote!(use #path;))
}

/// Every identifier of an item that an import could be for.
pub(super) fn used_by(item: &Item, used: &mut BTreeSet<String>) {
    match item {
        Item::Tokens(tokens) => idents(tokens.clone(), used),
        Item::Definition(definition) => {
            for member in &definition.members {
                // The name of a field or a variant is its own.
                let name = member.text.find(['(', ':']).unwrap_or(member.text.len());
                words(&member.text[name..], used);
            }
        }
        Item::Impl(block) => {
            words(&block.head, used);
            for line in &block.constants {
                words(line, used);
            }
            for method in &block.methods {
                of_function(method, used);
            }
        }
        Item::Function(function) => of_function(function, used),
        // It names everything by its path.
        Item::Text(_) => {}
    }
}

fn of_function(function: &Function, used: &mut BTreeSet<String>) {
    let signature = function.arguments.iter().chain([&function.output]);
    for line in signature.chain(&function.body) {
        words(line, used);
    }
}

/// Every identifier in a line of Rust that an import could be for: not those
/// that follow `::` or a dot, nor what a literal holds.
fn words(line: &str, used: &mut BTreeSet<String>) {
    let is_word = |character: char| character == '_' || character.is_alphanumeric();
    let mut rest = line;
    while let Some(start) = rest.find(|character| character == '"' || is_word(character)) {
        let before = &rest[..start];
        rest = &rest[start..];
        if let Some(literal) = rest.strip_prefix('"') {
            rest = after_literal(literal);
            continue;
        }
        let end = rest
            .find(|character| !is_word(character))
            .unwrap_or(rest.len());
        let word = &rest[..end];
        if let Some(after) = (word == "r")
            .then(|| after_raw_literal(&rest[end..]))
            .flatten()
        {
            rest = after;
            continue;
        }
        // One dot is a method or field; two are the rest of a struct.
        let belongs = before.ends_with("::") || before.ends_with('.') && !before.ends_with("..");
        if !belongs && !used.contains(word) {
            used.insert(word.to_owned());
        }
        rest = &rest[end..];
    }
}

/// What follows a raw literal that begins with `text`, if one does.
fn after_raw_literal(text: &str) -> Option<&str> {
    let inside = text.trim_start_matches('#').strip_prefix('"')?;
    let hashes = &text[..text.len() - inside.len() - 1];
    let end = inside.find(&format!("\"{hashes}"))?;
    Some(&inside[end + 1 + hashes.len()..])
}

/// What follows a literal whose inside `text` begins with.
fn after_literal(text: &str) -> &str {
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &text[index + 1..],
            _ => {}
        }
    }
    ""
}

/// Every identifier in the tokens that an import could be for: not those that
/// follow `::` or a dot, and not the variants that an enum defines.
pub(super) fn idents(tokens: TokenStream, used: &mut BTreeSet<String>) {
    use proc_macro2::{Spacing, TokenTree};
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
            TokenTree::Punct(punct) if punct.as_char() == ':' => match (colons, punct.spacing()) {
                (0, Spacing::Joint) => 1,
                (1, _) => 2,
                _ => 0,
            },
            _ => 0,
        };
        match token {
            TokenTree::Ident(ident) if ident == "enum" => in_enum = true,
            TokenTree::Ident(_) if belongs => {}
            TokenTree::Ident(ident) => {
                used.insert(ident.to_string());
            }
            TokenTree::Group(group) if in_enum => {
                in_enum = false;
                for token in group.stream() {
                    if let TokenTree::Group(fields) = token {
                        idents(fields.stream(), used);
                    }
                }
            }
            TokenTree::Group(group) => idents(group.stream(), used),
            _ => {}
        }
    }
}
