//! Type expressions: a type of the plan in, the Rust that names it out.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

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

/// The type of a value that is there and not null.
pub(super) fn ty(api: &Api, ty: &Type, from: From<'_>) -> TokenStream {
    match ty {
        Type::Scalar(scalar) => scalar_type(*scalar),
        Type::Foreign(path) => tokens(path),
        Type::Array(inner) => {
            let inner = self::ty(api, inner, from);
            quote!(Vec<#inner>)
        }
        Type::Map(inner) => {
            let inner = self::ty(api, inner, from);
            let map = ident(api.map.name());
            quote!(#map<String, #inner>)
        }
        Type::Nullable(inner) => {
            let inner = self::ty(api, inner, from);
            quote!(Option<#inner>)
        }
        Type::Item(id) => {
            let item = api.item(*id);
            let name = ident(&item.name.rust);
            match from {
                From::Types(module) if module == item.module => quote!(#name),
                From::Types(_) => quote!(super::#name),
                From::Crate => quote!(types::#name),
            }
        }
    }
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Any => quote!(serde_json::Value),
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::U32 => quote!(u32),
        Scalar::U64 => quote!(u64),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        Scalar::String => quote!(String),
        Scalar::Secret => quote!(Secret),
        Scalar::Part => quote!(Part),
        Scalar::Formatted(format) => {
            let ty = tokens(format.path());
            quote!(Formatted<#ty>)
        }
    }
}

/// A type as it is written; `lower` has seen to it that it is one.
fn tokens(path: &str) -> TokenStream {
    path.parse().unwrap_or_default()
}

/// The type of a field.
pub(super) fn field(
    api: &Api,
    inner: &Type,
    presence: Presence,
    boxed: bool,
    from: From<'_>,
) -> TokenStream {
    let inner = ty(api, inner, from);
    let inner = if boxed { quote!(Box<#inner>) } else { inner };
    match presence {
        Presence::Required => inner,
        Presence::RequiredNullable | Presence::Optional => quote!(Option<#inner>),
        Presence::OptionalNullable => quote!(Option<Option<#inner>>),
    }
}

/// What a caller may give for a value of the type, and the expression that
/// makes it one.
pub(super) fn argument(
    api: &Api,
    inner: &Type,
    name: &Ident,
    from: From<'_>,
) -> (TokenStream, TokenStream) {
    let plain = ty(api, inner, from);
    if converts(api, inner) {
        (quote!(impl Into<#plain>), quote!(#name.into()))
    } else {
        (plain, quote!(#name))
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
            | ItemKind::Union(_) => true,
        },
    }
}

/// The imports that the tokens of a module need.
pub(super) fn imports(api: &Api, items: &[TokenStream]) -> Vec<TokenStream> {
    let mut used = std::collections::BTreeSet::new();
    for item in items {
        idents(item.clone(), &mut used);
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
pub(super) fn map_import(
    api: &Api,
    used: &std::collections::BTreeSet<String>,
) -> Option<TokenStream> {
    let map = api.map.name();
    let path = tokens(&format!("{}::{map}", api.map.module()));
    used.contains(map).then(|| quote!(use #path;))
}

/// Every identifier in the tokens that an import could be for: not those that
/// follow `::` or a dot, and not the variants that an enum defines.
pub(super) fn idents(tokens: TokenStream, used: &mut std::collections::BTreeSet<String>) {
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
