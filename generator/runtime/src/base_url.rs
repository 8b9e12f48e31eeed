//! [`BaseUrl`]: where a client sends its requests. A text goes in; out comes a
//! URL that nothing on the way to the wire changes, or a refusal.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

use super::build_error::BuildError;
use super::path::is_whole;

/// An absolute `http` or `https` URL: host, perhaps a port, perhaps the
/// beginning of a path.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    /// Without a slash at the end.
    text: String,
    https: bool,
    loopback: bool,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, BuildError> {
        // The messages do not quote the URL: it may have a password in it.
        let refuse = |why| Err(BuildError::new(format!("the base URL {why}")));
        if text.contains('?') || text.contains('#') {
            return refuse("has a query or a fragment");
        }
        let Ok(uri) = text.parse::<Uri>() else {
            return refuse(why_no_url(text));
        };
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return refuse("does not start with https://"),
        };
        let Some(authority) = uri.authority() else {
            return refuse("names no host");
        };
        if authority.as_str().contains('@') {
            return refuse("has a user name in it");
        }
        let host = authority.host();
        let port = authority
            .as_str()
            .strip_prefix(host)
            .and_then(|rest| rest.strip_prefix(':'));
        if host.is_empty() || host.contains('%') {
            return refuse("names no host");
        }
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return refuse("has a port that is no number up to 65535");
        }
        let prefix = uri.path().trim_end_matches('/');
        if !prefix.is_empty() && !is_whole(prefix) {
            return refuse("has a path with an empty, `.` or `..` segment or unescaped characters");
        }
        let scheme = if https { "https" } else { "http" };
        Ok(Self {
            text: format!("{scheme}://{authority}{prefix}"),
            https,
            loopback: is_loopback(host),
        })
    }

    /// Scheme, host and port: `https://api.example:8443`.
    pub(crate) fn origin(&self) -> &str {
        let host = self.text.find("://").map_or(0, |at| at + 3);
        let end = self.text[host..].find('/').map(|at| host + at);
        &self.text[..end.unwrap_or(self.text.len())]
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether credentials may travel there: encrypted, or not leaving this
    /// machine.
    pub(crate) fn is_private(&self) -> bool {
        self.https || self.loopback
    }

    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// What is wrong with a text that is no URL.
fn why_no_url(text: &str) -> &'static str {
    let after_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = after_scheme.split('/').next().unwrap_or_default();
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        "has a blank or a control character in it"
    } else if !host.is_ascii() {
        "has a host with characters outside ASCII: write it in Punycode, `xn--…`"
    } else {
        "is not a URL"
    }
}

/// Only spellings that every resolver reads as loopback.
fn is_loopback(host: &str) -> bool {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || bare.is_some_and(|host| {
            host.parse()
                .is_ok_and(|address: Ipv6Addr| address.is_loopback())
        })
}
