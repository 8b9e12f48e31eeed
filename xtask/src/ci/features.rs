//! The features that can be built here: what a step says of them in, the
//! arguments that are true on this machine out.

use std::env;
use std::process::{Command, Stdio};

use driftless_runtime::sources::FEATURES;

/// The feature of the clients that needs more than a Rust toolchain.
const NATIVE_TLS: &str = "native-tls";

/// The packages that have those features.
const PACKAGES: [&str; 2] = ["driftless-runtime", "stytch-sso"];

/// Why `native-tls` cannot be built, if it cannot.
pub(super) fn no_native_tls() -> Option<String> {
    // Elsewhere the operating system has TLS of its own.
    if !cfg!(target_os = "linux") || env::var_os("OPENSSL_DIR").is_some() {
        return None;
    }
    let found = Command::new("pkg-config")
        .args(["--exists", "openssl"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    (!found).then(|| "the headers of OpenSSL are not installed".to_owned())
}

/// The arguments with all features that can be built.
pub(super) fn possible(arguments: &[&str], has_native_tls: bool) -> Vec<String> {
    let arguments = arguments.iter();
    let arguments = arguments.map(|argument| match *argument {
        "--all-features" if !has_native_tls => format!("--features={}", others()),
        other => other.to_owned(),
    });
    arguments.collect()
}

/// All features but `native-tls`.
fn others() -> String {
    let features = FEATURES.iter().filter(|feature| feature.name != NATIVE_TLS);
    let features =
        features.flat_map(|feature| PACKAGES.map(|package| format!("{package}/{}", feature.name)));
    features.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_be_built_is_left_out() {
        let arguments = ["test", "--all-features", "--locked"];
        assert_eq!(possible(&arguments, true), arguments);
        let without = possible(&arguments, false);
        let features = without[1].strip_prefix("--features=");
        let features: Vec<&str> = features.unwrap_or_default().split(',').collect();
        assert_eq!(features.len(), 2 * (FEATURES.len() - 1));
        assert!(features.contains(&"stytch-sso/http2"), "{features:?}");
        assert!(!without[1].contains(NATIVE_TLS), "{without:?}");
    }
}
