//! The manifest's values: the configuration first, else the document.

use heck::ToKebabCase;

use crate::config::Config;
use crate::graph::Graph;
use crate::model::Package;
use crate::name::as_words;

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
            .unwrap_or_else(|| format!("Client of the {}", api_title(&graph.title))),
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
    let name = as_words(&ascii).to_kebab_case();
    let name: String = name.chars().take(60).collect();
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => format!("{name}-client"),
        _ => "api-client".to_owned(),
    }
}

/// What a title calls the API: `Museum API`, whether the title says `API` or not.
pub(crate) fn api_title(title: &str) -> String {
    let title = one_line(title);
    let words = title.trim_end_matches('.').trim_end();
    let rest = words.len().checked_sub("API".len());
    let name = match rest.and_then(|at| words.split_at_checked(at)) {
        Some((name, last)) if last.eq_ignore_ascii_case("API") => match name.chars().next_back() {
            None | Some(' ') => name.trim_end(),
            Some(_) => words,
        },
        _ => words,
    };
    format!("{name} API").trim_start().to_owned()
}

fn one_line(title: &str) -> String {
    let title = crate::format::comment(title);
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{api_title, crate_name_from};

    #[test]
    fn titles_say_api_once() {
        for (title, expected) in [
            ("Museum API", "Museum API"),
            ("Museum api.", "Museum API"),
            ("Museum", "Museum API"),
            ("API", "API"),
            ("OpenAPI", "OpenAPI API"),
            ("Größe API", "Größe API"),
        ] {
            assert_eq!(api_title(title), expected);
        }
    }

    #[test]
    fn products_are_one_word_in_names_of_crates() {
        let name = crate_name_from("GitHub v3 REST API");
        assert_eq!(name, "github-v3-rest-api-client");
    }
}
