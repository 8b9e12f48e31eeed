//! `Cargo.toml` and `rustfmt.toml` of the crate.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use driftless_runtime::sources::FEATURES;
use toml::{Table, Value};

use super::{Files, docs, runtime};
use crate::config::dependency::{merged, runtime_manifest};
use crate::model::{Api, Package};

pub(super) fn emit(api: &Api, files: &mut Files<'_>) {
    let text = manifest(api);
    files.text("Cargo.toml", None, "", &text);
    let rustfmt = "# What the generator lays out stays as it is.\ndisable_all_formatting = true\n";
    files.text("rustfmt.toml", None, "", rustfmt);
}

fn manifest(api: &Api) -> String {
    let versions = runtime_manifest();
    let mut text = String::from("[package]\n");
    package(&api.package, &versions, &mut text);
    text.push_str("\n[package.metadata.docs.rs]\nall-features = true\n");
    // Compiled as a test as well, a large crate takes twice its time.
    text.push_str("\n[lib]\n# Its tests are in `tests`.\ntest = false\nbench = false\n");
    features(api, &versions, &mut text);
    text.push_str("\n[dependencies]\n");
    let needed = runtime::dependencies(api);
    dependencies(&versions, &needed, &api.package.dependencies, &mut text);
    if !api.package.dev_dependencies.is_empty() {
        text.push_str("\n[dev-dependencies]\n");
        for (name, value) in &api.package.dev_dependencies {
            text.push_str(&format!("{} = {}\n", key(name), inline(value)));
        }
    }
    text
}

fn package(package: &Package, versions: &Table, text: &mut String) {
    let mut line = |key: &str, value: Value| {
        text.push_str(&format!("{key} = {}\n", inline(&value)));
    };
    let list = |words: &[String]| Value::Array(words.iter().cloned().map(Value::String).collect());
    line("name", Value::String(package.name.clone()));
    line("version", Value::String(package.version.clone()));
    line("edition", Value::String("2024".to_owned()));
    let rust_version = versions
        .get("package")
        .and_then(|package| package.get("rust-version"))
        .cloned();
    if let Some(rust_version) = rust_version {
        line("rust-version", rust_version);
    }
    line("description", Value::String(package.description.clone()));
    line("readme", Value::String("README.md".to_owned()));
    if let Some(license) = &package.license {
        line("license", Value::String(license.clone()));
    }
    if let Some(repository) = &package.repository {
        line("repository", Value::String(repository.clone()));
    }
    if !package.keywords.is_empty() {
        line("keywords", list(&package.keywords));
    }
    if !package.categories.is_empty() {
        line("categories", list(&package.categories));
    }
    if !package.publish {
        line("publish", Value::Boolean(false));
    }
}

/// The features, with what they turn on.
fn features(api: &Api, versions: &Table, text: &mut String) {
    let default: Vec<String> = FEATURES
        .iter()
        .filter(|feature| feature.is_default)
        .map(|feature| feature.name)
        .chain(api.features.iter().map(|feature| feature.name.as_str()))
        .map(|name| format!("\"{name}\""))
        .collect();
    let line = format!("default = [{}]", default.join(", "));
    let line = match line.len() > 100 {
        true => format!("default = [\n    {},\n]", default.join(",\n    ")),
        false => line,
    };
    text.push_str(&format!("\n[features]\n{line}\n"));
    for feature in FEATURES {
        for line in docs::wrapped(feature.about) {
            text.push_str(&format!("# {line}\n"));
        }
        let turned_on: Vec<String> = turned_on(versions, feature.name)
            .filter_map(|name| always_there(name, &api.package.dependencies))
            .map(|name| format!("\"{name}\""))
            .collect();
        text.push_str(&format!("{} = [{}]\n", feature.name, turned_on.join(", ")));
    }
    for feature in &api.features {
        text.push_str(&format!("# {}\n{} = []\n", feature.about, feature.name));
    }
}

/// What a feature turns on. The runtime's own crate has one more, for
/// everything but its sources.
fn turned_on<'a>(versions: &'a Table, feature: &str) -> impl Iterator<Item = &'a str> {
    let listed = versions
        .get("features")
        .and_then(|features| features.get(feature))
        .and_then(Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(Value::as_str);
    listed.filter(|name| *name != "client")
}

/// What is left to turn on where the configuration makes dependencies ordinary
/// ones: cargo knows `dep:x` and `x?/feature` of optional ones only.
fn always_there<'a>(name: &'a str, configured: &BTreeMap<String, Value>) -> Option<Cow<'a, str>> {
    let is_configured = |name: &str| configured.contains_key(name);
    match (name.strip_prefix("dep:"), name.split_once("?/")) {
        (Some(package), _) if is_configured(package) => None,
        (_, Some((package, feature))) if is_configured(package) => {
            Some(format!("{package}/{feature}").into())
        }
        _ => Some(name.into()),
    }
}

/// The dependencies that features turn on.
fn optional(versions: &Table) -> BTreeSet<&str> {
    FEATURES
        .iter()
        .flat_map(|feature| turned_on(versions, feature.name))
        .filter_map(|name| name.strip_prefix("dep:"))
        .collect()
}

/// The dependencies that are needed, and those of the configuration.
fn dependencies(
    versions: &Table,
    needed: &BTreeSet<String>,
    extra: &BTreeMap<String, Value>,
    text: &mut String,
) {
    let optional = optional(versions);
    let own: BTreeMap<&String, &Value> = versions
        .get("dependencies")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
        .collect();
    let mut all = own.clone();
    all.extend(extra);
    for (name, value) in all {
        let is_optional = optional.contains(name.as_str());
        if let Some(configured) = extra.get(name) {
            let value = match own.get(name) {
                Some(own) => merged(own, configured),
                None => configured.clone(),
            };
            text.push_str(&format!("{} = {}\n", key(name), inline(&value)));
            continue;
        }
        if !is_optional && !needed.contains(name) {
            continue;
        }
        // In the runtime's own crate all are optional.
        let mut value = value.clone();
        if let (Some(table), false) = (value.as_table_mut(), is_optional) {
            table.remove("optional");
        }
        text.push_str(&format!("{} = {}\n", key(name), inline(&value)));
    }
}

/// A value on one line; a table with nothing but a version is the version.
fn inline(value: &Value) -> String {
    match value {
        Value::Table(table) if table.len() == 1 && table.contains_key("version") => {
            inline(&table["version"])
        }
        Value::Table(table) => {
            // The version first, as people write it.
            let mut entries: Vec<(&String, &Value)> = table.iter().collect();
            entries.sort_by_key(|(key, _)| (key.as_str() != "version", key.as_str()));
            let entries: Vec<String> = entries
                .into_iter()
                .map(|(name, value)| format!("{} = {}", key(name), inline(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(inline).collect();
            format!("[{}]", values.join(", "))
        }
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if bare {
        name.to_owned()
    } else {
        Value::String(name.to_owned()).to_string()
    }
}
