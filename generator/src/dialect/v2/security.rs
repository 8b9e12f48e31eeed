//! Security schemes: `basic` and OAuth 2 with a single flow in, `http` and
//! OAuth 2 with flows out.

use super::{object, string};
use crate::source::{Entries, Node, Value};

/// Rewrites a security scheme.
pub(super) fn scheme(mut scheme: Node) -> Node {
    let origin = scheme.origin;
    if let Value::Object(entries) = &mut scheme.value
        && let Some(kind) = entries.get_mut("type")
    {
        let name = kind.as_str().map(str::to_ascii_lowercase);
        match name.as_deref() {
            Some("basic") => {
                kind.value = Value::String("http".to_owned());
                entries.insert("scheme", string(origin, "basic"));
            }
            Some("oauth2") => oauth2(entries),
            _ => {}
        }
    }
    scheme
}

fn oauth2(entries: &mut Entries) {
    let Some(flow) = entries.remove("flow") else {
        return;
    };
    let name = match flow.as_str().unwrap_or_default() {
        "application" => "clientCredentials",
        "accessCode" => "authorizationCode",
        other => other,
    };
    let mut inner = Entries::default();
    for key in ["authorizationUrl", "tokenUrl", "scopes"] {
        if let Some(node) = entries.remove(key) {
            inner.insert(key, node);
        }
    }
    // Some flows have no use for one of the addresses.
    match name {
        "implicit" => inner.remove("tokenUrl"),
        "password" | "clientCredentials" => inner.remove("authorizationUrl"),
        _ => None,
    };
    let origin = flow.origin;
    let inner = Node::new(origin, Value::Object(inner));
    entries.insert("flows", object(origin, [(name, inner)]));
}
