//! The steps of `ci`, as data.

use std::path::Path;
use std::process::{Command, Stdio};

use super::features;
use crate::{cargo, prism};

/// One command, and what is special about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// What the summary calls it.
    pub(super) name: &'static str,
    /// What runs.
    program: Program,
    arguments: &'static [&'static str],
    /// Variables that the command gets.
    variables: &'static [(&'static str, &'static str)],
    /// What not everybody has.
    tool: Option<Tool>,
    /// Whether the command looks at the registry. It is tried without the
    /// network first.
    pub(super) network: bool,
    /// Whether the output has results of tests in it.
    pub(super) tests: bool,
}

/// What a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    /// A cargo subcommand that is not part of every toolchain.
    Cargo(&'static str),
    /// npm, and what it installs.
    Prism,
    /// What the feature `native-tls` of the clients needs.
    NativeTls,
}

/// What a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    Cargo,
    /// A command of this program.
    Xtask,
}

const CARGO: Step = Step {
    name: "",
    program: Program::Cargo,
    arguments: &[],
    variables: &[],
    tool: None,
    network: false,
    tests: false,
};

/// All steps, the quick ones first.
pub(super) const STEPS: &[Step] = &[
    Step {
        name: "format",
        arguments: &["fmt", "--all", "--check"],
        tool: Some(Tool::Cargo("fmt")),
        ..CARGO
    },
    Step {
        name: "drift",
        program: Program::Xtask,
        arguments: &["check"],
        ..CARGO
    },
    Step {
        name: "lints",
        arguments: &[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
        tool: Some(Tool::Cargo("clippy")),
        ..CARGO
    },
    Step {
        name: "lints, no features",
        arguments: &[
            "clippy",
            "--locked",
            "--package",
            "stytch-sso",
            "--package",
            "driftless-runtime",
            "--no-default-features",
            "--",
            "-D",
            "warnings",
        ],
        tool: Some(Tool::Cargo("clippy")),
        ..CARGO
    },
    Step {
        name: "lints, native TLS",
        arguments: &[
            "clippy",
            "--locked",
            "--package",
            "stytch-sso",
            "--package",
            "driftless-runtime",
            "--no-default-features",
            "--features=native-tls",
            "--",
            "-D",
            "warnings",
        ],
        tool: Some(Tool::NativeTls),
        ..CARGO
    },
    Step {
        name: "tests",
        arguments: &[
            "test",
            "--locked",
            "--workspace",
            "--all-features",
            "--no-fail-fast",
        ],
        tests: true,
        ..CARGO
    },
    Step {
        name: "wire tests by Prism",
        program: Program::Xtask,
        arguments: &["prism"],
        tool: Some(Tool::Prism),
        ..CARGO
    },
    Step {
        name: "docs",
        arguments: &[
            "doc",
            "--locked",
            "--workspace",
            "--all-features",
            "--no-deps",
        ],
        variables: &[("RUSTDOCFLAGS", "-D warnings")],
        ..CARGO
    },
    Step {
        name: "package",
        arguments: &[
            "package",
            "--locked",
            "--package",
            "stytch-sso",
            "--allow-dirty",
        ],
        network: true,
        ..CARGO
    },
    Step {
        name: "package, generator",
        // To build what is in the packages would take longer than all tests.
        arguments: &[
            "package",
            "--locked",
            "--package",
            "driftless-runtime",
            "--package",
            "driftless",
            "--no-verify",
            "--allow-dirty",
        ],
        network: true,
        ..CARGO
    },
];

impl Step {
    /// The command line, as a person would type it.
    pub(super) fn shown(&self) -> String {
        let variables = self
            .variables
            .iter()
            .map(|(name, value)| format!("{name}=\"{value}\" "));
        let program = match self.program {
            Program::Cargo => "cargo",
            Program::Xtask => "cargo xtask",
        };
        format!(
            "{}{program} {}",
            variables.collect::<String>(),
            self.arguments.join(" ")
        )
    }

    /// Why the step cannot run here, if its tool is absent.
    pub(super) fn absent(&self, root: &Path) -> Option<String> {
        let tool = match self.tool? {
            Tool::Cargo(tool) => tool,
            Tool::Prism => return prism::install(root).err(),
            Tool::NativeTls => return features::no_native_tls(),
        };
        let found = cargo::command(root)
            .args([tool, "--version"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        (!found).then(|| format!("cargo-{tool} is not installed"))
    }

    /// The command itself, in the repository. `this` is this program.
    pub(super) fn command(&self, root: &Path, this: &Path, offline: bool) -> Command {
        let mut command = match self.program {
            Program::Cargo => cargo::command(root),
            Program::Xtask => Command::new(this),
        };
        command.current_dir(root).stdin(Stdio::null());
        let has_native_tls = features::no_native_tls().is_none();
        let arguments = features::possible(self.arguments, has_native_tls);
        for (number, argument) in arguments.iter().enumerate() {
            command.arg(argument);
            if number == 0 && offline && self.network {
                command.arg("--offline");
            }
        }
        command.envs(self.variables.iter().copied());
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_step_changes_the_lock_file() {
        let cargo = STEPS.iter().filter(|step| step.program == Program::Cargo);
        for step in cargo.filter(|step| step.arguments[0] != "fmt") {
            assert!(step.arguments.contains(&"--locked"), "{step:?}");
        }
    }

    #[test]
    fn a_step_is_shown_as_it_could_be_typed() {
        let docs = STEPS.iter().find(|step| step.name == "docs");
        assert_eq!(
            docs.map(Step::shown).as_deref(),
            Some(
                "RUSTDOCFLAGS=\"-D warnings\" cargo doc --locked --workspace --all-features --no-deps"
            )
        );
    }

    #[test]
    fn a_tool_that_is_absent_is_named() {
        let step = Step {
            name: "nothing",
            tool: Some(Tool::Cargo("no-such-subcommand")),
            ..CARGO
        };
        assert_eq!(
            step.absent(Path::new(".")).as_deref(),
            Some("cargo-no-such-subcommand is not installed")
        );
    }
}
