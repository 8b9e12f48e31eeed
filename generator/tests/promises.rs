//! What every client promises of its public types: whatever may grow says so,
//! and a builder that is thrown away is noticed.

mod documents;

use documents::documents;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, ReturnType, Visibility};

fn has(attributes: &[Attribute], name: &str) -> bool {
    let is = |attribute: &Attribute| attribute.path().is_ident(name);
    attributes.iter().any(is)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// What of an item breaks the promise.
fn broken(item: &Item, is_kept: &dyn Fn(&str) -> bool) -> Vec<String> {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let name = item.ident.to_string();
            // Written out by programs, so that a new field is seen by them.
            let is_plain = name.contains("Required");
            let is_open = item.fields.iter().any(|field| is_public(&field.vis));
            let named = matches!(item.fields, Fields::Named(_));
            match named && is_open && !is_plain && !has(&item.attrs, "non_exhaustive") {
                true => vec![name],
                false => Vec::new(),
            }
        }
        Item::Enum(item) if is_public(&item.vis) && !item.variants.is_empty() => {
            match has(&item.attrs, "non_exhaustive") {
                true => Vec::new(),
                false => vec![item.ident.to_string()],
            }
        }
        Item::Impl(block) if block.trait_.is_none() => {
            let syn::Type::Path(of) = block.self_ty.as_ref() else {
                return Vec::new();
            };
            let of = of.path.segments.last().map(|last| last.ident.to_string());
            let of = of.unwrap_or_default();
            let methods = block.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) => Some(method),
                _ => None,
            });
            let thrown_away = methods.filter(|method| {
                let takes_self = matches!(
                    method.sig.inputs.first(),
                    Some(FnArg::Receiver(receiver)) if matches!(receiver.kind, syn::ReceiverKind::Value)
                );
                let gives_self = matches!(
                    &method.sig.output,
                    ReturnType::Type(_, output)
                        if matches!(output.as_ref(), syn::Type::Path(path) if path.path.is_ident("Self"))
                );
                is_public(&method.vis)
                    && takes_self
                    && gives_self
                    && !has(&method.attrs, "must_use")
                    && !is_kept(&of)
            });
            thrown_away
                .map(|method| format!("{of}::{}", method.sig.ident))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn what_may_grow_says_so_and_builders_must_be_used() {
    let mut found = Vec::new();
    let mut seen = 0;
    for document in documents("golden") {
        let tree = document.generate().tree.expect("a tree");
        let sources = tree.iter().filter(|(path, _)| path.starts_with("src/"));
        let files: Vec<(&String, syn::File)> = sources
            .map(|(path, file)| (path, syn::parse_file(&file.contents).expect("Rust")))
            .collect();
        let items = || {
            files
                .iter()
                .flat_map(|(path, file)| file.items.iter().map(move |item| (path, item)))
        };
        // `#[must_use]` on the type says it for all of its methods.
        let kept: Vec<String> = items()
            .filter_map(|(_, item)| match item {
                Item::Struct(item) if has(&item.attrs, "must_use") => Some(item.ident.to_string()),
                _ => None,
            })
            .collect();
        for (path, item) in items() {
            seen += 1;
            // What is said to a mock counts at once.
            let is_kept =
                |name: &str| name == "MockedOperation" || kept.iter().any(|kept| kept == name);
            let broken = broken(item, &is_kept);
            found.extend(
                broken
                    .into_iter()
                    .map(|what| format!("{} {path}: {what}", document.name())),
            );
        }
    }
    assert!(seen > 1000, "{seen} items are too few");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
