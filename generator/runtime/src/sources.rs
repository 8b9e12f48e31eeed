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

/// A cargo feature of every client.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// What cargo calls it; what it turns on stands in [`MANIFEST`].
    pub name: &'static str,
    /// Whether clients have it unless they are told otherwise.
    pub is_default: bool,
    /// What it is for, in Markdown.
    pub about: &'static str,
}

/// A feature, what it is for, and whether it is on by default.
macro_rules! described {
    (@ default) => {
        true
    };
    (@) => {
        false
    };
    ($name:literal, $about:literal $(, $default:ident)?) => {
        Feature {
            name: $name,
            is_default: described!(@ $($default)?),
            about: $about,
        }
    };
}

/// The features of the clients, those first that matter most.
pub const FEATURES: &[Feature] = &[
    described!(
        "rustls",
        "TLS by rustls with ring, for the default transport. Trusts whom the operating system \
         trusts.",
        default
    ),
    described!(
        "reqwest",
        "The default transport, `ReqwestTransport`, without TLS of its own. Without it, give the \
         builder a `Transport`."
    ),
    described!("http2", "HTTP/2 where the server offers it by TLS."),
    described!(
        "native-tls",
        "The operating system's TLS, for the default transport, where `rustls` is off. On Linux \
         that is OpenSSL, whose headers are needed to build it."
    ),
    described!(
        "webpki-roots",
        "rustls trusts Mozilla's list of certificates, compiled in: for containers that have none."
    ),
    described!(
        "platform-roots",
        "rustls trusts whom the operating system trusts, even where another crate turns on \
         `webpki-roots`."
    ),
    described!(
        "mock",
        "`mock::Mock`, which answers calls in memory: for the tests of programs that use the crate."
    ),
    described!(
        "blocking",
        "`send_blocking`, and iterators in place of streams, for programs that are not asynchronous."
    ),
    described!(
        "tracing",
        "A span per call and an event per attempt, by `tracing`, with OpenTelemetry's names for \
         HTTP clients."
    ),
    described!("tower", "`TowerTransport`: any tower service as transport."),
    described!("tokio", "Tokio's clock. The transports turn it on."),
];

/// Every file that can be copied, sorted by name.
pub const FILES: &[SourceFile] = &[
    file!(
        "assembly.rs",
        ["http"],
        [
            "call_options.rs",
            "credentials.rs",
            "draft.rs",
            "fault.rs",
            "framing_headers.rs",
            "parameter.rs",
            "path.rs",
            "request_body.rs",
            "screen.rs",
            "style.rs",
            "transport.rs"
        ]
    ),
    file!("base64.rs", ["base64", "serde"], []),
    file!("base_url.rs", ["http"], ["build_error.rs", "path.rs"]),
    file!(
        "blocking.rs",
        ["pollster", "tokio"],
        [
            "build_error.rs",
            "call.rs",
            "error.rs",
            "fault.rs",
            "operation.rs",
            "received.rs",
            "response.rs",
            "transport.rs"
        ],
        "blocking"
    ),
    file!(
        "blocking_iter.rs",
        ["futures-core"],
        [
            "blocking.rs",
            "error.rs",
            "fault.rs",
            "operation.rs",
            "transport.rs"
        ],
        "blocking"
    ),
    file!("build_error.rs", [], []),
    file!(
        "byte_stream.rs",
        ["bytes", "futures-core"],
        ["blocking_iter.rs", "error.rs", "exchange.rs", "parts.rs"]
    ),
    file!(
        "call.rs",
        ["http"],
        [
            "call_options.rs",
            "draft.rs",
            "error.rs",
            "exchange.rs",
            "operation.rs",
            "received.rs",
            "request_body.rs",
            "response.rs",
            "transport.rs"
        ]
    ),
    file!(
        "call_options.rs",
        ["http"],
        [
            "credentials.rs",
            "framing_headers.rs",
            "retry.rs",
            "screen.rs",
            "secret.rs"
        ]
    ),
    file!("charset.rs", [], []),
    file!(
        "client_core.rs",
        ["http"],
        [
            "base_url.rs",
            "blocking.rs",
            "build_error.rs",
            "credentials.rs",
            "retry.rs",
            "transport.rs"
        ]
    ),
    file!(
        "credentials.rs",
        ["http"],
        [
            "base64.rs",
            "build_error.rs",
            "framing_headers.rs",
            "secret.rs",
            "transport.rs"
        ]
    ),
    file!(
        "decode_error.rs",
        ["serde", "serde_json"],
        ["charset.rs", "reading.rs", "screen.rs"]
    ),
    file!(
        "draft.rs",
        ["bytes", "http", "serde", "serde_json"],
        [
            "base_url.rs",
            "build_error.rs",
            "charset.rs",
            "client_core.rs",
            "credentials.rs",
            "framing_headers.rs",
            "operation.rs",
            "parameter.rs",
            "path.rs",
            "request_body.rs",
            "screen.rs",
            "secret.rs",
            "style.rs"
        ]
    ),
    file!("encoded.rs", ["serde", "serde_json"], ["exact_number.rs"]),
    file!("environment.rs", [], ["build_error.rs"]),
    file!("epoch_text.rs", [], []),
    file!(
        "error.rs",
        ["bytes", "http"],
        [
            "build_error.rs",
            "decode_error.rs",
            "fault.rs",
            "retry.rs",
            "retry_after.rs",
            "transport.rs"
        ]
    ),
    file!("event_parser.rs", [], []),
    file!(
        "event_stream.rs",
        ["futures-core", "serde", "serde_json"],
        [
            "blocking_iter.rs",
            "decode_error.rs",
            "error.rs",
            "event_parser.rs",
            "exchange.rs",
            "json_body.rs",
            "parts.rs"
        ]
    ),
    file!(
        "exact_json.rs",
        ["serde", "serde_json"],
        ["decode_error.rs", "tagged.rs", "wide_integer.rs"]
    ),
    file!("exact_number.rs", [], []),
    file!(
        "exchange.rs",
        ["bytes", "http"],
        [
            "blocking.rs",
            "call_options.rs",
            "client_core.rs",
            "credentials.rs",
            "decode_error.rs",
            "draft.rs",
            "error.rs",
            "fault.rs",
            "operation.rs",
            "received.rs",
            "redirects.rs",
            "request_body.rs",
            "retry.rs",
            "retry_after.rs",
            "screen.rs",
            "trace.rs",
            "transport.rs"
        ]
    ),
    file!(
        "fault.rs",
        ["bytes"],
        [
            "build_error.rs",
            "decode_error.rs",
            "error.rs",
            "json_pointer.rs",
            "operation.rs",
            "received.rs",
            "screen.rs",
            "transport.rs"
        ]
    ),
    file!(
        "field_value.rs",
        ["serde", "serde_json"],
        ["wide_integer.rs"]
    ),
    file!(
        "form.rs",
        ["percent-encoding", "serde"],
        ["draft.rs", "field_value.rs"]
    ),
    file!("format_base64.rs", [], ["base64.rs", "formatted.rs"]),
    file!("format_base64_url.rs", [], ["base64.rs", "formatted.rs"]),
    file!(
        "format_chrono.rs",
        ["chrono"],
        ["epoch_text.rs", "formatted.rs"]
    ),
    file!("format_decimal.rs", ["rust_decimal"], ["formatted.rs"]),
    file!("format_ip.rs", [], ["formatted.rs"]),
    file!(
        "format_jiff.rs",
        ["jiff"],
        ["epoch_text.rs", "formatted.rs"]
    ),
    file!("format_number.rs", [], ["formatted.rs"]),
    file!(
        "format_time.rs",
        ["time"],
        ["epoch_text.rs", "formatted.rs"]
    ),
    file!("format_url.rs", ["url"], ["formatted.rs"]),
    file!("format_uuid.rs", ["uuid"], ["formatted.rs"]),
    file!("formatted.rs", ["serde"], []),
    file!("framing_headers.rs", [], []),
    file!(
        "header_values.rs",
        ["http", "serde", "serde_json"],
        ["decode_error.rs"]
    ),
    file!(
        "inherited_url.rs",
        [],
        ["build_error.rs", "client_core.rs", "server_url.rs"]
    ),
    file!("json_body.rs", ["serde", "serde_json"], ["decode_error.rs"]),
    file!("json_pointer.rs", ["serde", "serde_json"], []),
    file!(
        "json_stream.rs",
        ["futures-core", "serde"],
        [
            "blocking_iter.rs",
            "error.rs",
            "exchange.rs",
            "json_body.rs",
            "parts.rs"
        ]
    ),
    file!("json_text.rs", ["serde", "serde_json"], []),
    file!("link_header.rs", ["http"], []),
    file!("media_type.rs", ["http"], ["received.rs"]),
    file!(
        "mock.rs",
        ["bytes", "http", "http-body-util", "serde", "serde_json"],
        [
            "decode_error.rs",
            "mock_answer.rs",
            "operation.rs",
            "request_body.rs",
            "transport.rs",
            "undescribed.rs"
        ],
        "mock"
    ),
    file!(
        "mock_answer.rs",
        ["bytes", "http", "serde", "serde_json"],
        ["decode_error.rs", "transport.rs"],
        "mock"
    ),
    file!(
        "multipart.rs",
        ["bytes", "http", "http-body", "serde"],
        ["draft.rs", "field_value.rs", "request_body.rs"]
    ),
    file!("newtype.rs", ["serde"], ["reading.rs"]),
    file!(
        "next_page.rs",
        ["bytes", "http", "serde_json"],
        ["draft.rs", "request_body.rs", "style.rs"]
    ),
    file!("object.rs", ["serde"], ["reading.rs"]),
    file!("open_enum.rs", ["serde"], ["reading.rs", "unknown.rs"]),
    file!(
        "operation.rs",
        [],
        ["decode_error.rs", "exchange.rs", "received.rs"]
    ),
    file!(
        "pagination.rs",
        ["futures-core", "serde", "serde_json"],
        [
            "blocking_iter.rs",
            "call.rs",
            "call_options.rs",
            "client_core.rs",
            "decode_error.rs",
            "draft.rs",
            "error.rs",
            "fault.rs",
            "link_header.rs",
            "next_page.rs",
            "operation.rs",
            "response.rs",
            "transport.rs"
        ]
    ),
    file!("parameter.rs", ["serde"], []),
    file!(
        "parts.rs",
        ["bytes"],
        [
            "blocking_iter.rs",
            "decode_error.rs",
            "error.rs",
            "exchange.rs",
            "fault.rs"
        ]
    ),
    file!("path.rs", ["percent-encoding"], []),
    file!(
        "pattern.rs",
        ["fancy-regex", "regex"],
        ["pattern_syntax.rs", "pattern_text.rs"]
    ),
    file!("pattern_set.rs", [], ["pattern_syntax.rs"]),
    file!("pattern_syntax.rs", [], ["pattern_set.rs"]),
    file!(
        "pattern_text.rs",
        [],
        ["pattern_set.rs", "pattern_syntax.rs"]
    ),
    file!("random_key.rs", ["getrandom"], []),
    file!("reading.rs", ["serde"], ["wide_integer.rs"]),
    file!(
        "received.rs",
        ["bytes", "http", "serde"],
        [
            "charset.rs",
            "decode_error.rs",
            "json_body.rs",
            "redirects.rs",
            "response.rs"
        ]
    ),
    file!(
        "redirect.rs",
        ["http"],
        [
            "byte_stream.rs",
            "decode_error.rs",
            "exchange.rs",
            "received.rs"
        ]
    ),
    file!(
        "redirects.rs",
        ["bytes", "http"],
        ["operation.rs", "request_body.rs"]
    ),
    file!(
        "request_body.rs",
        ["bytes", "http-body", "http-body-util"],
        []
    ),
    file!(
        "reqwest_transport.rs",
        ["http", "http-body-util", "reqwest", "tokio"],
        [
            "build_error.rs",
            "request_body.rs",
            "time_limit.rs",
            "tls.rs",
            "transport.rs"
        ],
        "reqwest"
    ),
    file!("response.rs", ["http"], []),
    file!("retry.rs", ["http"], []),
    file!("retry_after.rs", ["http", "httpdate"], []),
    file!(
        "roots.rs",
        ["rustls", "rustls-platform-verifier", "webpki-roots"],
        [],
        "rustls"
    ),
    file!("screen.rs", ["bytes"], ["secret.rs"]),
    file!("secret.rs", ["serde", "zeroize"], []),
    file!("server_url.rs", [], ["build_error.rs"]),
    file!(
        "settings.rs",
        [],
        [
            "base_url.rs",
            "blocking.rs",
            "build_error.rs",
            "client_core.rs",
            "credentials.rs",
            "received.rs",
            "reqwest_transport.rs",
            "retry.rs",
            "secret.rs",
            "tls.rs",
            "transport.rs"
        ]
    ),
    file!("style.rs", ["percent-encoding"], ["parameter.rs"]),
    file!(
        "tagged.rs",
        ["serde", "serde_json"],
        ["decode_error.rs", "tagged_variant.rs"]
    ),
    file!("tagged_variant.rs", ["serde", "serde_json"], []),
    file!(
        "time_limit.rs",
        ["bytes", "http", "http-body", "tokio"],
        ["request_body.rs", "transport.rs"],
        "tokio"
    ),
    file!(
        "tls.rs",
        ["reqwest", "rustls"],
        ["build_error.rs", "roots.rs"],
        "reqwest"
    ),
    file!(
        "token.rs",
        [],
        ["credentials.rs", "secret.rs", "transport.rs"]
    ),
    file!(
        "tower_transport.rs",
        ["bytes", "http", "http-body", "tokio", "tower-service"],
        [
            "request_body.rs",
            "reqwest_transport.rs",
            "time_limit.rs",
            "transport.rs"
        ],
        "tower"
    ),
    file!(
        "trace.rs",
        ["http", "tracing"],
        ["error.rs", "operation.rs"]
    ),
    file!(
        "transport.rs",
        ["bytes", "http", "http-body", "http-body-util"],
        ["request_body.rs"]
    ),
    file!(
        "undescribed.rs",
        ["http", "serde", "serde_json"],
        [
            "call.rs",
            "client_core.rs",
            "decode_error.rs",
            "draft.rs",
            "operation.rs",
            "received.rs",
            "request_body.rs"
        ]
    ),
    file!("unknown.rs", [], []),
    file!("untagged.rs", ["serde", "serde_json"], ["decode_error.rs"]),
    file!(
        "validation.rs",
        ["serde"],
        ["encoded.rs", "exact_number.rs", "pattern.rs"]
    ),
    file!(
        "wide_integer.rs",
        ["serde", "serde_json"],
        ["exact_number.rs"]
    ),
];
