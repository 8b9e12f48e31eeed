//! The manifest's values: the configuration first, else the document.

use heck::ToKebabCase;

use crate::config::Config;
use crate::graph::Graph;
use crate::model::Package;

pub(super) fn package(graph: &Graph, config: &Config, crate_name: Option<&str>) -> Package {
    let package = &config.package;
    let name = crate_name
        .map(str::to_owned)
        .or_else(|| package.name.clone())
        .unwrap_or_else(|| crate_name_from(&graph.title));
    Package {
        name,
        version: package
            .version
            .clone()
            .unwrap_or_else(|| "0.1.0".to_owned()),
        description: package
            .description
            .clone()
            .unwrap_or_else(|| format!("Client of the {} API", one_line(&graph.title))),
        license: package.license.clone(),
        repository: package.repository.clone(),
        keywords: package.keywords.clone(),
        categories: package.categories.clone(),
        publish: package.publish.unwrap_or(true),
        dependencies: config.dependencies.clone(),
        known_dependencies: std::collections::BTreeSet::new(),
        dev_dependencies: config.dev_dependencies.clone(),
    }
}

/// A crate name (ASCII letters, digits and hyphens, a letter first) from a
/// title.
fn crate_name_from(title: &str) -> String {
    let ascii: String = title
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                ' '
            }
        })
        .collect();
    let name = ascii.to_kebab_case();
    let name: String = name.chars().take(60).collect();
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => format!("{name}-client"),
        _ => "api-client".to_owned(),
    }
}

fn one_line(title: &str) -> String {
    let title = crate::format::comment(title);
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}
