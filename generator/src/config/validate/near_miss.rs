//! Names in `client.toml` that are allowed and nearly something else: a slip of the
//! hand would copy a file to where nobody looks for it, or add an unknown package.

use super::dependency::runtime_dependencies;
use super::name::identifier;
use crate::config::Config;
use crate::diagnostic::{Report, is_one_edit};

/// Warns of names that are a single edit away from what was probably meant.
pub(super) fn report(config: &Config, report: &mut Report) {
    for (target, original) in &config.files {
        let meant = original.trim_start_matches("../");
        if is_near(target, meant) {
            let message = format!("`[files]` copies `{original}` to `{target}`");
            config
                .warn(report, &["files", target], message)
                .help(format!("did you mean `{meant}`?"));
        }
    }
    let runtime = runtime_dependencies();
    let tables = [
        ("dependencies", &config.dependencies),
        ("dev-dependencies", &config.dev_dependencies),
    ];
    for (table, dependencies) in tables {
        for name in dependencies.keys() {
            // What is one name in Rust is an error already.
            let is_known = |known: &String| identifier(known) == identifier(name);
            if runtime.keys().any(is_known) {
                continue;
            }
            if let Some(meant) = runtime.keys().find(|known| is_near(name, known)) {
                let message =
                    format!("`[{table}]` names `{name}`, and the client depends on `{meant}`");
                config
                    .warn(report, &[table, name], message)
                    .help(format!("did you mean `{meant}`?"));
            }
        }
    }
}

/// Whether two names differ in one edit. Of short ones, many do.
fn is_near(name: &str, meant: &str) -> bool {
    const SHORTEST: usize = 4;
    let mut parts = name.split('/').zip(meant.split('/'));
    let part = parts.find(|(one, other)| one != other);
    let stem = part.and_then(|(part, _)| part.split('.').next());
    stem.is_some_and(|stem| stem.len() >= SHORTEST) && is_one_edit(name, meant)
}
