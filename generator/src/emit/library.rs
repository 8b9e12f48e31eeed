//! The root of the crate: its front page, modules and re-exports.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::ident;
use super::{Files, docs, front_page, readme, runtime};
use crate::format::RustFile;
use crate::format::import::Import;
use crate::model::{Api, Docs, ItemKind};

pub(super) fn emit<'a>(api: &'a Api, files: &mut Files<'a>) {
    files.rust("src/lib.rs", None, "", move || file(api));
}

fn file(api: &Api) -> RustFile {
    let text = Docs {
        text: api.description.clone(),
        notes: api.notes.clone(),
    };
    let description = Docs {
        text: Some(format!(
            "{}.",
            api.package.description.trim_end_matches('.')
        )),
        notes: Vec::new(),
    };
    let mut lines = docs::lines(&description, "");
    if api.description.is_some() || !api.notes.is_empty() {
        lines.push(String::new());
        lines.extend(docs::lines(&text, ""));
    }
    let mut needed = None;
    if let Some((feature, example)) = front_page::example(api) {
        needed = feature;
        let title = "# Quick start".to_owned();
        lines.extend([String::new(), title, String::new()]);
        lines.extend(front_page::fenced(feature, example));
    }
    lines.extend(front_page::operations(api));
    let handled = front_page::handled(api).map(|(feature, program)| {
        let program = front_page::fenced(feature, program);
        format!("\n{}\n", program.join("\n"))
    });
    // A level up: the page has no title of its own.
    let about = readme::about(api, &handled.unwrap_or_default()).replace("\n## ", "\n# ");
    lines.extend(about.lines().map(str::to_owned));
    let doctest = match needed {
        Some(feature) => quote!(all(doctest, feature = #feature)),
        None => quote!(doctest),
    };
    let server = (!api.servers.is_empty()).then(|| quote!(, Server));
    let server_module = super::server::has_variables(api).then(|| {
        quote!(
            pub mod server;
        )
    });
    let exports = runtime::exports(api).into_iter().map(|(feature, names)| {
        let gate = feature.map(|feature| quote!(#[cfg(feature = #feature)]));
        let names = names.into_iter().map(|name| ident(&name));
        quote!(#gate pub use runtime::{#(#names),*};)
    });
    RustFile {
        docs: lines,
        attributes: attributes(api),
        imports: vec![
            // A page of rustdoc shows the methods of a type in the order of
            // the modules: those of every call come before the setters of one.
            // rustfmt sorts what stands close together.
            quote!(
                mod runtime;
            )
            .into(),
            Import::Text("\n".to_owned()),
            quote!(
                mod client;
            )
            .into(),
            quote!(
                #[cfg(feature = "mock")]
                pub mod mock;
            )
            .into(),
            quote!(
                pub mod operations;
            )
            .into(),
        ]
        .into_iter()
        .chain(server_module.map(Import::from))
        .chain([quote!(
            pub mod types;
        )
        .into()])
        .collect(),
        items: vec![
            quote! {
                pub use client::{Client, ClientBuilder #server};
                #(#exports)*
            }
            .into(),
            reexports(api).into(),
            quote! {
                /// The program in the README is compiled like those in the documentation.
                #[cfg(#doctest)]
                #[doc = include_str!("../README.md")]
                mod readme {}
            }
            .into(),
        ],
    }
}

/// The packages whose types stand in signatures.
const IN_SIGNATURES: [&str; 9] = [
    "bytes",
    "chrono",
    "http",
    "indexmap",
    "jiff",
    "rust_decimal",
    "serde_json",
    "time",
    "uuid",
];

/// The module with the packages whose types stand in signatures.
fn reexports(api: &Api) -> TokenStream {
    let needed = runtime::dependencies(api);
    let packages = IN_SIGNATURES.iter().filter(|name| needed.contains(**name));
    let packages = packages.map(|name| ident(name));
    quote! {
        /// The packages whose types stand in the signatures of this crate, in the
        /// versions that it uses.
        pub mod reexport {
            #(pub use #packages;)*
        }
    }
}

fn attributes(api: &Api) -> Vec<String> {
    let mut attributes = [
        "#![forbid(unsafe_code)]",
        "#![cfg_attr(docsrs, feature(doc_cfg))]",
        "#![deny(missing_docs)]",
        "#![allow(",
        "    rustdoc::bare_urls,",
        "    rustdoc::invalid_html_tags,",
        "    rustdoc::broken_intra_doc_links,",
        "    reason = \"descriptions are the API's own Markdown\"",
        ")]",
        "#![allow(",
        "    uncommon_codepoints,",
        "    mixed_script_confusables,",
        "    confusable_idents,",
        "    reason = \"names are the API's own\"",
        ")]",
    ]
    .map(str::to_owned)
    .to_vec();
    if has_deprecated(api) {
        attributes.push(
            "#![allow(deprecated, reason = \"what is deprecated is still part of the API\")]"
                .to_owned(),
        );
    }
    attributes
}

fn has_deprecated(api: &Api) -> bool {
    let items = api.items.iter().any(|item| {
        let fields = match &item.kind {
            ItemKind::Struct(structure) => structure.fields.iter().any(|field| field.deprecated),
            _ => false,
        };
        item.deprecated || fields
    });
    let operations = api.operations.iter().any(|operation| {
        operation.deprecated
            || operation
                .parameters
                .iter()
                .any(|parameter| parameter.deprecated)
    });
    items || operations
}
