//! What the client depends on by itself, and how a dependency of `client.toml`
//! joins in.

use semver::{Comparator, Op, Prerelease, Version, VersionReq};
use toml::{Table, Value};

#[cfg(test)]
mod tests;

/// The manifest of the runtime, which has the versions of all dependencies.
pub(crate) fn runtime_manifest() -> Table {
    // It is a manifest that cargo reads: this workspace is built with it.
    driftless_runtime::sources::MANIFEST
        .parse()
        .unwrap_or_default()
}

/// The version requirement of a dependency, if it has one.
pub(crate) fn version(dependency: &Value) -> Option<&str> {
    let version = dependency.get("version").unwrap_or(dependency);
    version.as_str()
}

/// Returns the version requirement that asks for what both ask for; `None` where
/// no version is enough for both.
pub(crate) fn joined(ours: &str, theirs: &str) -> Option<String> {
    let ours_parsed = VersionReq::parse(ours).ok()?;
    let theirs_parsed = VersionReq::parse(theirs).ok()?;
    let both = [&ours_parsed, &theirs_parsed];
    // Ranges that overlap share the least version of one of the two.
    let mut least = both.iter().flat_map(|all| &all.comparators).map(least);
    least.find(|version| both.iter().all(|all| all.matches(version)))?;
    Some(match is_weaker(&theirs_parsed, &ours_parsed) {
        true => ours.to_owned(),
        false => format!("{ours}, {theirs}"),
    })
}

/// The least version that a comparator can accept.
fn least(comparator: &Comparator) -> Version {
    let Comparator {
        major,
        minor,
        patch,
        ..
    } = *comparator;
    let version = match (comparator.op, minor, patch) {
        (Op::Less | Op::LessEq, ..) => Version::new(0, 0, 0),
        (Op::Greater, None, _) => Version::new(major.saturating_add(1), 0, 0),
        (Op::Greater, Some(minor), None) => Version::new(major, minor.saturating_add(1), 0),
        (Op::Greater, Some(minor), Some(patch)) if comparator.pre.is_empty() => {
            Version::new(major, minor, patch.saturating_add(1))
        }
        (_, minor, patch) => Version::new(major, minor.unwrap_or(0), patch.unwrap_or(0)),
    };
    Version {
        pre: match comparator.op {
            Op::Less | Op::LessEq | Op::Greater => Prerelease::EMPTY,
            _ => comparator.pre.clone(),
        },
        ..version
    }
}

/// Whether `weak` accepts all that `strong` does: both are of the form `1.2`,
/// whose upper end follows from what they accept at all.
fn is_weaker(weak: &VersionReq, strong: &VersionReq) -> bool {
    let mut all = weak.comparators.iter().chain(&strong.comparators);
    all.all(|comparator| comparator.op == Op::Caret)
        && strong
            .comparators
            .iter()
            .map(least)
            .all(|least| weak.matches(&least))
}

/// The dependency as the client has it: what `theirs` says, without losing what
/// the runtime needs of it.
pub(crate) fn merged(ours: &Value, theirs: &Value) -> Value {
    let table = |value: &Value| match value {
        Value::Table(table) => table.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    };
    let (ours, mut all) = (table(ours), table(theirs));
    if let Some(version) = self::version(&Value::Table(ours.clone())) {
        let asked = all.get("version").and_then(Value::as_str);
        let joined = asked.map_or_else(|| Some(version.to_owned()), |asked| joined(version, asked));
        if let (Some(joined), None) = (joined, all.get("workspace")) {
            all.insert("version".to_owned(), Value::String(joined));
        }
    }
    let list = |table: &Table| {
        let features = table.get("features").and_then(Value::as_array);
        features.cloned().unwrap_or_default()
    };
    let mut features = list(&ours);
    let more = list(&all);
    features.extend(more.into_iter().filter(|more| !list(&ours).contains(more)));
    if !features.is_empty() {
        all.insert("features".to_owned(), Value::Array(features));
    }
    // Whoever needs the default features gets them.
    let without_default =
        |table: &Table| table.get("default-features").and_then(Value::as_bool) == Some(false);
    if !without_default(&ours) {
        all.remove("default-features");
    }
    all.remove("package");
    Value::Table(all)
}
