//! Checks `[dependencies]` and `[dev-dependencies]`: each must be one that
//! cargo can read, and none may take away what the client itself needs.

use std::collections::BTreeMap;

use http::Uri;
use semver::VersionReq;
use serde::Deserialize;
use toml::{Table, Value};

use super::metadata::is_line;
use super::name::{identifier, identifier_problem, package_problem};
use super::{Key, Problem};
use crate::config::Config;
use crate::config::dependency::{joined, runtime_manifest, version};

/// A dependency as a table, as cargo reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Detail {
    version: Option<String>,
    package: Option<String>,
    path: Option<String>,
    git: Option<String>,
    branch: Option<String>,
    tag: Option<String>,
    rev: Option<String>,
    registry: Option<String>,
    workspace: Option<bool>,
    optional: Option<bool>,
    #[serde(default)]
    features: Vec<String>,
    #[serde(rename = "default-features")]
    _default_features: Option<bool>,
}

/// The packages that the runtime depends on, those of features among them.
pub(super) fn runtime_dependencies() -> Table {
    let manifest = runtime_manifest();
    let dependencies = manifest.get("dependencies").and_then(Value::as_table);
    dependencies.cloned().unwrap_or_default()
}

/// Reports the dependencies of the configuration that cannot be used.
pub(super) fn problems(config: &Config, problems: &mut Vec<Problem>) {
    let runtime = runtime_dependencies();
    for (table, dependencies) in [
        ("dependencies", &config.dependencies),
        ("dev-dependencies", &config.dev_dependencies),
    ] {
        for (name, value) in dependencies {
            let problem = of_name(name, dependencies)
                .or_else(|| of_value(value))
                .or_else(|| of_runtime(name, value, &runtime));
            problems
                .extend(problem.map(|(what, help)| Problem::new(Key::of(table, name), what, help)));
        }
    }
}

/// What is wrong, and what to do about it.
type Wrong = (String, String);

fn of_name(name: &str, all: &BTreeMap<String, Value>) -> Option<Wrong> {
    if let Some(why) = identifier_problem(name) {
        let help = "write the name of a package: `my-money = \"1\"`".to_owned();
        return Some((format!("names a package `{name}`, {why}"), help));
    }
    let twin = all
        .keys()
        .find(|other| *other != name && identifier(other) == identifier(name))?;
    let what = format!("and `{twin}` are one name in Rust");
    Some((what, "remove one of the two, or rename it".to_owned()))
}

fn of_value(value: &Value) -> Option<Wrong> {
    const HELP: &str =
        "write it as in Cargo.toml: `\"1\"`, or `{ version = \"1\", features = [\"…\"] }`";
    let wrong = |what: String| Some((what, HELP.to_owned()));
    let detail = match value {
        Value::String(text) => return requirement(text).and_then(wrong),
        Value::Table(table) => match Detail::deserialize(table.clone()) {
            Ok(detail) => detail,
            Err(error) => return wrong(format!("is no dependency: {}", error.message().trim())),
        },
        other => return wrong(format!("is no dependency, but {}", other.type_str())),
    };
    let sources = [&detail.path, &detail.git, &detail.registry];
    let sources = sources.into_iter().flatten();
    let commits = [&detail.branch, &detail.tag, &detail.rev];
    let commits = commits.into_iter().flatten().count();
    let of_workspace = detail.workspace == Some(true);
    let is_bad_feature = |feature: &&String| feature.is_empty() || feature.contains(['/', ':']);
    let texts = [&detail.path, &detail.git, &detail.branch, &detail.tag];
    let texts = texts.into_iter().chain([&detail.rev, &detail.registry]);
    if let Some(what) = detail.version.as_deref().and_then(requirement) {
        wrong(what)
    } else if texts.flatten().any(|text| !is_line(text)) {
        wrong("has a value that is not one line with text in it".to_owned())
    } else if detail.git.as_deref().is_some_and(|git| !is_git_url(git)) {
        let help = "write a URL without a password: `https://github.com/owner/name`".to_owned();
        Some(("has a `git` that cargo cannot use".to_owned(), help))
    } else if detail
        .registry
        .as_deref()
        .and_then(package_problem)
        .is_some()
    {
        wrong("has a `registry` that is no name of one".to_owned())
    } else if let Some(package) = &detail.package
        && let Some(why) = package_problem(package)
    {
        wrong(format!("names the package `{package}`, {why}"))
    } else if sources.clone().count() > 1 {
        wrong("names more than one of `path`, `git` and `registry`".to_owned())
    } else if commits > 1 || (commits == 1 && detail.git.is_none()) {
        wrong("names one of `branch`, `tag` and `rev` beside `git`, and no other".to_owned())
    } else if of_workspace && (detail.version.is_some() || sources.clone().count() > 0) {
        wrong("has `workspace = true`, and says itself where the package is".to_owned())
    } else if !of_workspace && detail.version.is_none() && sources.count() == 0 {
        wrong("has no `version`".to_owned())
    } else if detail.optional == Some(true) {
        let help = "remove `optional`: the client always needs it".to_owned();
        Some(("is optional".to_owned(), help))
    } else {
        let feature = detail.features.iter().find(is_bad_feature)?;
        wrong(format!("has the feature `{feature}`, which cannot be one"))
    }
}

/// Whether cargo reads it as a URL. Passwords in it would be published.
fn is_git_url(text: &str) -> bool {
    let url = text.parse::<Uri>().ok();
    let authority = url.as_ref().and_then(Uri::authority);
    text.starts_with("file:///")
        || authority.is_some_and(|authority| {
            let user = authority.as_str().split_once('@');
            text.contains("://") && user.is_none_or(|(user, _)| !user.contains(':'))
        })
}

fn requirement(text: &str) -> Option<String> {
    let error = VersionReq::parse(text).err()?;
    Some(format!(
        "asks for version `{text}`, which is no version requirement: {error}"
    ))
}

/// Whether it would replace a package that the runtime depends on.
fn of_runtime(name: &str, value: &Value, runtime: &Table) -> Option<Wrong> {
    let (known, ours) = runtime
        .iter()
        .find(|(known, _)| identifier(known) == identifier(name))?;
    let package = value.get("package").and_then(Value::as_str);
    if known != name || package.is_some_and(|package| package != known) {
        let what = format!("would replace `{known}`, which the client depends on");
        return Some((what, "give it another name".to_owned()));
    }
    let source = ["path", "git", "registry", "workspace"]
        .into_iter()
        .find(|key| value.get(key).is_some());
    if let Some(source) = source {
        let what = format!("takes `{known}`, which the client depends on, from a `{source}`");
        let help = "name a version alone; `[patch]` of the workspace replaces a package for all \
                    that depend on it";
        return Some((what, help.to_owned()));
    }
    let ours = version(ours)?;
    let theirs = version(value)?;
    if joined(ours, theirs).is_some() {
        return None;
    }
    let what = format!("asks for version `{theirs}`, but the client needs `{ours}`");
    let help = format!("write `{name} = \"{ours}\"`, or remove the line");
    Some((what, help))
}
