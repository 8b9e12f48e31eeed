//! [`Base64Url`]: bytes that travel as base64 text of the URL-safe alphabet.

use super::base64;
use super::formatted::TextFormat;

/// Bytes that JSON holds as base64 text of the URL-safe alphabet, without
/// padding (RFC 4648, section 5).
///
/// Reading also takes the standard alphabet, padding and line breaks. `Debug`
/// shows the length only.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64Url(Vec<u8>);

impl Base64Url {
    /// The bytes themselves, not their base64 form.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes themselves.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl AsRef<[u8]> for Base64Url {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Base64Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Base64Url({} bytes)", self.0.len())
    }
}

impl TextFormat for Base64Url {
    fn parse(text: &str) -> Option<Self> {
        base64::decode_text(text).map(Self)
    }

    fn is_exact(text: &str) -> bool {
        !text.contains(['+', '/']) && Self::parse(text).is_some()
    }

    fn print(&self) -> String {
        let standard = base64::encode(&self.0);
        let unpadded = standard.trim_end_matches('=').chars();
        unpadded
            .map(|letter| match letter {
                '+' => '-',
                '/' => '_',
                other => other,
            })
            .collect()
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }
}
