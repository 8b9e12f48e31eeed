//! The table of sources against the sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{FEATURES, FILES, MANIFEST, SourceFile};

/// The text without comments.
fn code(file: &SourceFile) -> String {
    file.text
        .lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The word before each `::` that nothing comes before.
fn roots(code: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices("::")
        .filter_map(|(end, _)| {
            let start = code[..end].rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
            let before = &code[..start];
            let inner = before.ends_with("::") && !before.ends_with(" ::");
            (start < end && !inner).then(|| &code[start..end])
        })
        .collect()
}

#[test]
fn every_file_is_listed_once_and_in_order() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut on_disk: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".rs"))
        .filter(|name| !["lib.rs", "rules.rs", "sources.rs"].contains(&name.as_str()))
        .collect();
    on_disk.sort();
    assert_eq!(
        FILES.iter().map(|file| file.name).collect::<Vec<_>>(),
        on_disk
    );
}

#[test]
fn files_name_what_they_use() {
    let manifest = MANIFEST.split("[dependencies]").nth(1).unwrap();
    let manifest = manifest.split("[dev-dependencies]").next().unwrap();
    let packages: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
        .collect();
    assert!(packages.len() > 10, "{packages:?}");
    for file in FILES {
        let code = code(file);
        // What a macro writes stands anywhere in the crate.
        let has_macro = matches!(file.name, "newtype.rs" | "object.rs" | "open_enum.rs");
        assert!(!code.contains("crate::") || has_macro, "{}", file.name);
        let roots = roots(&code);
        let used: BTreeSet<&str> = packages
            .iter()
            .filter(|name| roots.contains(name.replace('-', "_").as_str()))
            .copied()
            .collect();
        // `use super::base64;` leads to a file, not to the package.
        let used: BTreeSet<&str> = match file.name {
            "credentials.rs" | "format_base64.rs" | "format_base64_url.rs" => {
                used.into_iter().filter(|name| *name != "base64").collect()
            }
            _ => used,
        };
        assert_eq!(
            file.dependencies.iter().copied().collect::<BTreeSet<_>>(),
            used,
            "{}",
            file.name
        );

        let mut needed: BTreeSet<String> = code
            .split("super::")
            .skip(1)
            .map(|rest| {
                rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap()
            })
            // What the generated root of the runtime has.
            .filter(|module| *module != "Failure")
            .map(|module| format!("{module}.rs"))
            .collect();
        // What their macros refer to.
        let by_macros: &[&str] = match file.name {
            "newtype.rs" => &["reading.rs"],
            "open_enum.rs" => &["reading.rs", "unknown.rs"],
            _ => &[],
        };
        needed.extend(by_macros.iter().map(|name| (*name).to_owned()));
        let listed: BTreeSet<String> = file.needs.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(listed, needed, "{}", file.name);
        assert!(
            listed
                .iter()
                .all(|name| FILES.iter().any(|file| file.name == name))
        );
    }
}

#[test]
fn files_can_be_copied() {
    for file in FILES {
        assert!(file.text.starts_with("//! "), "{}", file.name);
        assert!(!file.text.contains("cfg(test)"), "{}", file.name);
        // What a file uses is there whenever the file is.
        for name in file.dependencies {
            let by_client = turned_on("client").contains(&format!("dep:{name}"));
            let by_feature = file
                .feature
                .is_some_and(|feature| turns_on(feature, &format!("dep:{name}")));
            let in_part = GATED_INSIDE.contains(&(file.name, *name));
            assert!(by_client || by_feature || in_part, "{}: {name}", file.name);
        }
    }
}

/// Dependencies that a file uses below a `cfg` of its own.
const GATED_INSIDE: [(&str, &str); 4] = [
    ("blocking.rs", "tokio"),
    ("roots.rs", "webpki-roots"),
    ("tls.rs", "rustls"),
    ("trace.rs", "tracing"),
];

#[test]
fn features_are_those_of_the_manifest() {
    let mut described: Vec<&str> = FEATURES.iter().map(|feature| feature.name).collect();
    described.sort_unstable();
    let listed: Vec<String> = features()
        .into_keys()
        .filter(|name| !["default", "client", "pattern", "rules"].contains(&name.as_str()))
        .collect();
    assert_eq!(described, listed);
    let defaults: Vec<&str> = FEATURES
        .iter()
        .filter(|feature| feature.is_default)
        .map(|feature| feature.name)
        .collect();
    assert_eq!(turned_on("default")[1..], defaults);
}

/// Whether a feature turns something on, by way of others too.
fn turns_on(feature: &str, what: &str) -> bool {
    turned_on(feature)
        .iter()
        .any(|name| name == what || (features().contains_key(name) && turns_on(name, what)))
}

fn turned_on(feature: &str) -> Vec<String> {
    features().remove(feature).unwrap_or_default()
}

/// The features of the manifest, with what they turn on.
fn features() -> BTreeMap<String, Vec<String>> {
    let (_, rest) = MANIFEST.split_once("[features]").unwrap();
    let (features, _) = rest.split_once("[dependencies]").unwrap();
    let features: String = features
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect::<Vec<_>>()
        .join("");
    let mut rest = features.as_str();
    let mut all = BTreeMap::new();
    while let Some((name, after)) = rest.split_once(" = [") {
        let (list, after) = after.split_once(']').unwrap();
        let list = list
            .split(',')
            .map(|name| name.trim().trim_matches('"').to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        all.insert(name.trim().to_owned(), list);
        rest = after;
    }
    all
}
