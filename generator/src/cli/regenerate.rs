//! The command that makes a client again, for people who find the client: the
//! same one from wherever, and by whatever program, the client is made.

use std::path::{Component, Path, PathBuf};

use super::arguments::InputArguments;
use super::inputs::{is_stream, quoted};

/// Returns the command line, as it is typed in the folder of the client.
pub(super) fn command(arguments: &InputArguments, spec: &Path, out: &Path) -> String {
    let mut command = format!("driftless generate --spec {}", shown(spec, out));
    for (flag, path) in [("--config", &arguments.config), ("--root", &arguments.root)] {
        if let Some(path) = path {
            command.push_str(&format!(" {flag} {}", shown(path, out)));
        }
    }
    command.push_str(" --out .");
    if let Some(name) = &arguments.name {
        command.push_str(&format!(" --name {}", quoted(name)));
    }
    command
}

fn shown(path: &Path, from: &Path) -> String {
    if is_stream(path) {
        return "-".to_owned();
    }
    let relative = relative(path, from);
    quoted(&relative.to_string_lossy().replace('\\', "/"))
}

/// The path as it is named from the folder `from`. The name alone where the two
/// have nothing in common but the root: where they are then is a matter of one
/// machine.
fn relative(path: &Path, from: &Path) -> PathBuf {
    let parts = |path: &Path| -> Option<Vec<String>> {
        let path = std::path::absolute(path).ok()?;
        let mut parts = Vec::new();
        for part in path.components() {
            match part {
                Component::ParentDir => {
                    parts.pop();
                }
                Component::CurDir => {}
                part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
            }
        }
        Some(parts)
    };
    let name = || path.file_name().map(PathBuf::from).unwrap_or_default();
    let (Some(path), Some(from)) = (parts(path), parts(from)) else {
        return name();
    };
    let common = path.iter().zip(&from).take_while(|(a, b)| a == b).count();
    // The first part is the root.
    if common < 2 {
        return name();
    }
    let up = from[common..].iter().map(|_| "..".to_owned());
    up.chain(path[common..].iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{InputArguments, command};

    #[test]
    fn paths_are_those_from_the_folder_of_the_client() {
        let arguments = InputArguments::default();
        for (spec, out, expected) in [
            ("spec/api.yaml", "client", "../spec/api.yaml"),
            ("./spec/../api.yaml", "a/b", "../../api.yaml"),
            ("api.yaml", ".", "api.yaml"),
            ("a b.yaml", ".", "'a b.yaml'"),
            ("/x/api.yaml", "/y/client", "api.yaml"),
            ("/dev/stdin", "client", "-"),
        ] {
            let command = command(&arguments, spec.as_ref(), out.as_ref());
            let expected = format!("driftless generate --spec {expected} --out .");
            assert_eq!(command, expected);
        }
        let arguments = InputArguments {
            config: Some(PathBuf::from("x.toml")),
            name: Some("pets".to_owned()),
            ..arguments
        };
        assert_eq!(
            command(&arguments, "api.yaml".as_ref(), "client".as_ref()),
            "driftless generate --spec ../api.yaml --config ../x.toml --out . --name pets"
        );
    }
}
