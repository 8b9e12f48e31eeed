//! Checks that the packages exist which `client.toml` takes from a path or from the
//! workspace. Cargo cannot load a workspace with a dependency that is missing, and so
//! could not run `cargo xtask generate` again.

use std::path::{Component, Path, PathBuf};

use toml::{Table, Value};

use super::reading::{self, Allowed, MOST_CONFIG};
use crate::config::Config;
use crate::diagnostic::Report;

/// Reports the dependencies that cargo would not find from the folder `out`.
pub(super) fn check(config: &Config, out: &Path, report: &mut Report) {
    let out = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let tables = [
        ("dependencies", &config.dependencies),
        ("dev-dependencies", &config.dev_dependencies),
    ];
    for (table, dependencies) in tables {
        for (name, value) in dependencies {
            let problem = match (value.get("path"), value.get("workspace")) {
                (Some(Value::String(path)), _) => not_at(&out, path),
                (_, Some(Value::Boolean(true))) => not_in_workspace(&out, name),
                _ => None,
            };
            if let Some((what, help)) = problem {
                let message = format!("`[{table}]` takes `{name}` {what}");
                config.error(report, &[table, name], message).help(help);
            }
        }
    }
}

/// What is wrong, and what to do about it.
type Problem = (String, String);

fn not_at(out: &Path, path: &str) -> Option<Problem> {
    let folder = without_dots(&out.join(path));
    (!folder.join("Cargo.toml").is_file()).then(|| {
        (
            format!("from `{path}`, where no package is"),
            "write the path of a package, relative to the client's folder".to_owned(),
        )
    })
}

fn not_in_workspace(out: &Path, name: &str) -> Option<Problem> {
    let workspace = out.ancestors().skip(1).find_map(workspace);
    let known = workspace.as_ref().and_then(|workspace| {
        let dependencies = workspace.get("dependencies")?;
        dependencies.get(name)
    });
    known.is_none().then(|| {
        let what = match workspace {
            Some(_) => "from the workspace, which does not have it".to_owned(),
            None => "from the workspace, and the client is in none".to_owned(),
        };
        let help = format!(
            "add `{name}` to `[workspace.dependencies]`, or write the version here: \
             `{name} = \"1\"`"
        );
        (what, help)
    })
}

/// The workspace whose root is this folder.
fn workspace(folder: &Path) -> Option<Value> {
    let manifest = folder.join("Cargo.toml");
    let bytes = reading::read(&manifest, MOST_CONFIG, Allowed::Files).ok()?;
    let manifest: Table = toml::from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
    manifest.get("workspace").cloned()
}

/// The path without `.` and `..`: a part of it may not be there yet.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
