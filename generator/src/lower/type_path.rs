//! Reads paths of types that people wrote: which packages they name, and that
//! there is nothing but types in them.

use syn::{Expr, ExprLit, GenericArgument, Lit, PathArguments, Type, TypePath};

use crate::name::is_keyword;

/// The types that are known without a path, with those of the language.
const PRELUDE: [&str; 22] = [
    "Box", "Option", "Result", "String", "Vec", "bool", "char", "f32", "f64", "i128", "i16", "i32",
    "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8", "usize",
];

/// Parses the path of a type. `None` for everything else that can stand in the
/// place of a type.
pub(super) fn parse(text: &str) -> Option<TypePath> {
    // A comment could hide the rest of a line.
    if text.contains('/') || text.contains(char::is_control) {
        return None;
    }
    syn::parse_str(text).ok().filter(is_plain)
}

/// Whether a path consists of names, and its generic arguments of such paths,
/// `'static` and literals: no macro, block or expression, which would be code.
fn is_plain(path: &TypePath) -> bool {
    let first = path.path.segments.first();
    path.qself.is_none()
        && first.is_some_and(|first| !is_keyword(&first.ident.to_string()))
        && path
            .path
            .segments
            .iter()
            .all(|segment| match &segment.arguments {
                PathArguments::None => true,
                PathArguments::AngleBracketed(arguments) => {
                    arguments.args.iter().all(is_plain_argument)
                }
                PathArguments::Parenthesized(_) => false,
            })
}

fn is_plain_argument(argument: &GenericArgument) -> bool {
    match argument {
        GenericArgument::Type(Type::Path(path)) => is_plain(path),
        GenericArgument::Lifetime(lifetime) => lifetime.ident == "static",
        GenericArgument::Const(Expr::Lit(ExprLit { lit, .. })) => {
            matches!(lit, Lit::Int(_) | Lit::Bool(_) | Lit::Char(_))
        }
        _ => false,
    }
}

/// The first names of a path and of those inside it, without the types that
/// need no path.
pub(super) fn roots(path: &TypePath) -> Vec<String> {
    let mut roots = Vec::new();
    collect(path, &mut roots);
    roots
}

fn collect(path: &TypePath, roots: &mut Vec<String>) {
    let segments = &path.path.segments;
    let first = segments.first().map(|segment| segment.ident.to_string());
    roots.extend(first.filter(|first| segments.len() > 1 || !PRELUDE.contains(&first.as_str())));
    for segment in segments {
        if let PathArguments::AngleBracketed(arguments) = &segment.arguments {
            for argument in &arguments.args {
                if let GenericArgument::Type(Type::Path(path)) = argument {
                    collect(path, roots);
                }
            }
        }
    }
}
