//! TLS of the default transport, as the features of the crate say: a builder of
//! reqwest goes in and comes out with a TLS backend.

use super::build_error::BuildError;

/// Whether there is any TLS.
pub(crate) const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// The operating system's TLS.
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(crate) fn with_tls(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(builder.tls_backend_native())
}

/// TLS by rustls with ring, whatever provider the process has installed, or
/// none.
#[cfg(feature = "rustls")]
pub(crate) fn with_tls(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, BuildError> {
    use std::sync::Arc;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| BuildError::caused("TLS cannot be set up", error))?;
    let mut config = super::roots::trusting(config, provider).with_no_client_auth();
    config.alpn_protocols = match cfg!(feature = "http2") {
        true => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
        false => vec![b"http/1.1".to_vec()],
    };
    Ok(builder.tls_backend_preconfigured(config))
}

/// No TLS: what other crates of the build have turned on is theirs.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(crate) fn with_tls(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(builder)
}
