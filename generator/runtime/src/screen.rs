//! [`Screen`]: what a call sent and nobody may read in a log. Texts that come
//! back from a server go in; out comes whether they may be shown.

use bytes::Bytes;

use super::secret::Secret;

/// Shorter texts turn up in a request's body, or inside a secret, by chance.
pub(crate) const BY_CHANCE: usize = 8;

/// The longest text that still looks like an identifier.
const LONGEST_IDENTIFIER: usize = 128;

/// The secrets of one call.
#[derive(Clone, Default)]
pub(crate) struct Screen {
    secrets: Vec<Secret>,
    body: Bytes,
}

/// Nothing of what it hides.
impl std::fmt::Debug for Screen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Screen")
    }
}

impl Screen {
    pub(crate) fn add(&mut self, secret: Secret) {
        if !secret.expose().is_empty() {
            self.secrets.push(secret);
        }
    }

    /// Any property of the body may be a secret as well.
    pub(crate) fn body(&mut self, body: Bytes) {
        self.body = body;
    }

    /// Whether a text holds a secret, or is a good part of one.
    pub(crate) fn hides(&self, text: &str) -> bool {
        self.secrets.iter().map(Secret::expose).any(|secret| {
            text.contains(secret) || (text.len() >= BY_CHANCE && secret.contains(text))
        })
    }

    /// Whether a path in JSON may tell a secret: one of its names is, or is a
    /// good part of, something secret or a value of the body that was sent.
    /// Names of properties that were sent are nothing to hide.
    pub(crate) fn hides_path(&self, path: &str) -> bool {
        let of_a_property = |rest: &[u8]| rest.starts_with(b"\":") || rest.starts_with(b"=");
        let mut names = path.split(['.', '[', ']']);
        let secret = |name| self.hides(name) || self.sent(name).any(|rest| !of_a_property(rest));
        self.hides(path) || names.any(secret)
    }

    /// What follows in the body wherever a text was part of it.
    fn sent<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a [u8]> {
        let known = (text.len() >= BY_CHANCE).then_some(&*self.body);
        let starts = 0..known.map_or(0, <[u8]>::len);
        starts.filter_map(move |start| known?[start..].strip_prefix(text.as_bytes()))
    }

    /// The text, where it can only be an identifier that the server made up.
    pub(crate) fn identifier(&self, text: &str) -> Option<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let shown = !text.is_empty()
            && text.len() <= LONGEST_IDENTIFIER
            && text.chars().all(plain)
            && !self.hides(text)
            && self.sent(text).next().is_none();
        shown.then(|| text.to_owned())
    }
}
