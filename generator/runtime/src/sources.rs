//! The texts of this crate, for the generator that copies them into clients.
//!
//! A file is copied whole or not at all; with it goes everything that it
//! [needs](SourceFile::needs).

/// One file of the runtime.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile {
    /// The file's name, `call.rs`; its module is named alike.
    pub name: &'static str,
    /// What is in it.
    pub text: &'static str,
    /// The packages that it uses, by their Cargo names. Their versions and
    /// features stand in [`MANIFEST`].
    pub dependencies: &'static [&'static str],
    /// The files that it refers to, or that its macros do.
    pub needs: &'static [&'static str],
    /// The cfg feature that its module has to depend on.
    pub feature: Option<&'static str>,
}

/// The manifest of this crate: the one source of the clients' versions.
pub const MANIFEST: &str = include_str!("../Cargo.toml");

/// A file, the packages it uses, the files it needs, and its feature if any.
macro_rules! file {
    ($name:literal, [$($dependency:literal),*], [$($need:literal),*] $(, $feature:literal)?) => {
        SourceFile {
            name: $name,
            text: include_str!($name),
            dependencies: &[$($dependency),*],
            needs: &[$($need),*],
            feature: feature!($($feature)?),
        }
    };
}

macro_rules! feature {
    () => {
        None
    };
    ($name:literal) => {
        Some($name)
    };
}

/// Every file that can be copied, sorted by name.
pub const FILES: &[SourceFile] = &[
    file!("base64.rs", ["base64", "serde"], []),
    file!("base_url.rs", ["http"], ["build_error.rs", "path.rs"]),
    file!("build_error.rs", [], []),
    file!(
        "call.rs",
        ["bytes", "http"],
        [
            "draft.rs",
            "error.rs",
            "exchange.rs",
            "operation.rs",
            "received.rs",
            "response.rs"
        ]
    ),
    file!(
        "client_core.rs",
        ["http"],
        ["base_url.rs", "credentials.rs", "transport.rs"]
    ),
    file!(
        "credentials.rs",
        ["http"],
        ["base64.rs", "build_error.rs", "secret.rs", "transport.rs"]
    ),
    file!(
        "decode_error.rs",
        ["serde", "serde_json", "serde_path_to_error"],
        ["screen.rs"]
    ),
    file!(
        "draft.rs",
        ["bytes", "http", "serde", "serde_json"],
        [
            "base_url.rs",
            "build_error.rs",
            "call.rs",
            "client_core.rs",
            "credentials.rs",
            "fault.rs",
            "operation.rs",
            "parameter.rs",
            "path.rs",
            "screen.rs",
            "secret.rs",
            "style.rs",
            "transport.rs"
        ]
    ),
    file!(
        "error.rs",
        ["bytes", "http"],
        ["build_error.rs", "decode_error.rs", "fault.rs"]
    ),
    file!(
        "exchange.rs",
        ["bytes", "http"],
        [
            "call.rs",
            "client_core.rs",
            "credentials.rs",
            "decode_error.rs",
            "draft.rs",
            "fault.rs",
            "operation.rs",
            "received.rs",
            "screen.rs",
            "transport.rs"
        ]
    ),
    file!(
        "fault.rs",
        ["bytes", "serde_json"],
        [
            "build_error.rs",
            "decode_error.rs",
            "error.rs",
            "operation.rs",
            "received.rs",
            "screen.rs",
            "transport.rs"
        ]
    ),
    file!("json_text.rs", ["serde", "serde_json"], []),
    file!("open_enum.rs", ["serde"], ["unknown.rs"]),
    file!("operation.rs", [], ["decode_error.rs", "received.rs"]),
    file!("parameter.rs", ["serde"], []),
    file!("path.rs", ["percent-encoding"], []),
    file!(
        "platform_roots.rs",
        ["rustls", "rustls-platform-verifier"],
        [],
        "reqwest"
    ),
    file!("presence.rs", ["serde"], []),
    file!(
        "received.rs",
        ["bytes", "http", "serde", "serde_json"],
        ["decode_error.rs", "response.rs"]
    ),
    file!(
        "reqwest_transport.rs",
        ["bytes", "http", "http-body-util", "reqwest", "rustls"],
        ["build_error.rs", "platform_roots.rs", "transport.rs"],
        "reqwest"
    ),
    file!("response.rs", ["http"], []),
    file!("screen.rs", ["bytes"], ["secret.rs"]),
    file!("secret.rs", ["serde", "zeroize"], []),
    file!("server_url.rs", [], ["build_error.rs", "client_core.rs"]),
    file!(
        "settings.rs",
        [],
        [
            "base_url.rs",
            "build_error.rs",
            "client_core.rs",
            "credentials.rs",
            "reqwest_transport.rs",
            "secret.rs",
            "transport.rs"
        ]
    ),
    file!("style.rs", ["percent-encoding"], ["parameter.rs"]),
    file!("tagged.rs", ["serde", "serde_json"], ["decode_error.rs"]),
    file!(
        "token.rs",
        [],
        ["credentials.rs", "secret.rs", "transport.rs"]
    ),
    file!(
        "transport.rs",
        ["bytes", "http", "http-body", "http-body-util"],
        []
    ),
    file!("unknown.rs", [], []),
    file!("untagged.rs", ["serde", "serde_json"], ["decode_error.rs"]),
];
