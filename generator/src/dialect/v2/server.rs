//! Servers: `host`, `basePath` and `schemes` in, addresses out.

use super::{object, string};
use crate::diagnostic::{Code, Report};
use crate::source::{Entries, Node, Origin, Value};

/// The parts of the document's addresses.
pub(super) struct Addresses {
    host: Option<Node>,
    base_path: Option<Node>,
    schemes: Option<Node>,
}

impl Addresses {
    /// Takes them out of the document.
    pub(super) fn take(entries: &mut Entries) -> Self {
        Self {
            host: entries.remove("host"),
            base_path: entries.remove("basePath"),
            schemes: entries.remove("schemes"),
        }
    }

    /// The servers of the document; `None` where it names none.
    pub(super) fn servers(&self, report: &mut Report) -> Option<Node> {
        let host = self.host.as_ref().map(|node| node.origin);
        let origin = host.or_else(|| self.base_path.as_ref().map(|node| node.origin))?;
        self.with(self.schemes.as_ref(), origin, report)
    }

    /// The servers of an operation that has schemes of its own.
    pub(super) fn of_operation(&self, schemes: &Node, report: &mut Report) -> Option<Node> {
        self.text(&self.host)?;
        let same = self.schemes.as_ref().is_some_and(|own| {
            let own = names(own);
            names(schemes).iter().all(|name| own.contains(name))
        });
        if same {
            return None;
        }
        self.with(Some(schemes), schemes.origin, report)
    }

    fn with(&self, schemes: Option<&Node>, origin: Origin, report: &mut Report) -> Option<Node> {
        let path = self.text(&self.base_path).unwrap_or_default();
        let path = path.trim_end_matches('/');
        let path = match path {
            "" => String::new(),
            _ if path.starts_with('/') => path.to_owned(),
            _ => format!("/{path}"),
        };
        let Some(host) = self.text(&self.host) else {
            let url = if path.is_empty() { "/" } else { &path };
            let server = object(origin, [("url", string(origin, url))]);
            return Some(Node::new(origin, Value::Array(vec![server])));
        };
        // Whoever writes the scheme into the host means that one.
        let written = host.split_once("://");
        let (host, mut schemes) = match written {
            Some((scheme, host)) => (host, vec![(scheme, origin)]),
            None => (host, schemes.map(names_with_places).unwrap_or_default()),
        };
        schemes.retain(|(name, origin)| {
            let fits = ["https", "http"].contains(name);
            if !fits {
                report.warn(
                    Code::NoEffect,
                    *origin,
                    format!("the scheme `{name}` has no effect: the client speaks HTTP"),
                );
            }
            fits
        });
        if schemes.is_empty() {
            schemes.push(("https", origin));
        }
        // Requests are encrypted where they can be.
        schemes.sort_by_key(|(name, _)| *name != "https");
        let host = host.trim_end_matches('/');
        let servers = schemes
            .into_iter()
            .map(|(scheme, origin)| {
                let url = string(origin, &format!("{scheme}://{host}{path}"));
                object(origin, [("url", url)])
            })
            .collect();
        Some(Node::new(origin, Value::Array(servers)))
    }

    fn text<'a>(&self, node: &'a Option<Node>) -> Option<&'a str> {
        let text = node.as_ref()?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }
}

fn names(node: &Node) -> Vec<&str> {
    let names = names_with_places(node).into_iter();
    names.map(|(name, _)| name).collect()
}

fn names_with_places(node: &Node) -> Vec<(&str, Origin)> {
    let names = match &node.value {
        Value::Array(names) => names.as_slice(),
        _ => std::slice::from_ref(node),
    };
    names
        .iter()
        .filter_map(|node| Some((node.as_str()?, node.origin)))
        .collect()
}
