//! What real documents get wrong in security schemes: an object in, the scheme
//! that its author meant out, each mend a warning.

use super::check::{Check, Verdict, listed};
use super::structure::SECURITY_SCHEMES;
use crate::diagnostic::{Code, is_one_edit, nearest};
use crate::source::{Node, Value};

use Verdict::{Keep, Remove};

/// A security scheme has other keys for each `type`, so that one must be right.
pub(super) fn before(check: &mut Check<'_>, node: &mut Node) -> Verdict {
    let origin = node.origin;
    let Value::Object(entries) = &mut node.value else {
        return Keep;
    };
    let Some(kind) = entries.get_mut("type") else {
        check.report.error(
            Code::MissingKey,
            origin,
            "a security scheme object needs the key `type`",
        );
        return Remove;
    };
    let Some(text) = kind.as_str() else {
        return Keep;
    };
    let names: Vec<_> = SECURITY_SCHEMES.iter().map(|(name, _)| *name).collect();
    if names.contains(&text) {
        if text == "http"
            && let Some(scheme) = entries.get("scheme")
        {
            http_scheme(check, scheme);
        }
        return Keep;
    }
    let message = format!("a security scheme cannot be of type \"{text}\"");
    let known = names.iter().find(|name| name.eq_ignore_ascii_case(text));
    let scheme = ["basic", "bearer"]
        .into_iter()
        .find(|scheme| scheme.eq_ignore_ascii_case(text));
    if let Some(name) = known {
        check
            .report
            .warn(Code::InvalidValue, kind.origin, message)
            .help(format!("it is taken as `{name}`"));
        kind.value = Value::String((*name).to_owned());
        return Keep;
    }
    if let Some(scheme) = scheme {
        check
            .report
            .warn(Code::InvalidValue, kind.origin, message)
            .help(format!("it is taken as type `http` with scheme `{scheme}`"));
        kind.value = Value::String("http".to_owned());
        let value = Node::new(kind.origin, Value::String(scheme.to_owned()));
        entries.insert_if_absent("scheme", value);
        return Keep;
    }
    let help = if text == "mutualTLS" {
        "it came with OpenAPI 3.1; this document is 3.0".to_owned()
    } else {
        match nearest(text, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`? Allowed are {}", listed(&names)),
            None => format!("allowed are {}", listed(&names)),
        }
    };
    check
        .report
        .error(Code::InvalidValue, kind.origin, message)
        .help(help);
    Remove
}

/// Reports a scheme of HTTP that was probably meant to be a registered one: the
/// client would send other credentials.
fn http_scheme(check: &mut Check<'_>, scheme: &Node) {
    // https://www.iana.org/assignments/http-authschemes
    const REGISTERED: [&str; 13] = [
        "basic",
        "bearer",
        "concealed",
        "digest",
        "dpop",
        "gnap",
        "hoba",
        "mutual",
        "negotiate",
        "oauth",
        "privatetoken",
        "scram-sha-1",
        "scram-sha-256",
    ];
    let written = scheme.as_str().unwrap_or_default().to_ascii_lowercase();
    if REGISTERED.contains(&written.as_str()) {
        return;
    }
    if let Some(meant) = REGISTERED.iter().find(|known| is_one_edit(&written, known)) {
        let message = format!("`scheme` cannot be `{written}`");
        check
            .report
            .error(Code::InvalidValue, scheme.origin, message)
            .help(format!("did you mean `{meant}`?"));
    }
}
