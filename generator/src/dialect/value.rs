//! Checks single values against the shape that the table asks for.

use std::borrow::Cow;

use super::check::{Check, Name, Verdict, listed};
use super::scalar;
use crate::diagnostic::{Code, nearest, userinfo, without_userinfo};
use crate::source::{Node, Number, Value};

use Verdict::{Keep, Remove};

impl Check<'_> {
    pub(super) fn boolean(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        let meant = match &node.value {
            Value::Bool(_) => return Keep,
            Value::String(text) => scalar::boolean(text),
            Value::Number(number) => match scalar::count(*number) {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            _ => None,
        };
        let Some(meant) = meant else {
            return self.wrong(node, name, "`true` or `false`");
        };
        self.mended(node, name, "`true` or `false`", &format!("`{meant}`"));
        node.value = Value::Bool(meant);
        Keep
    }

    pub(super) fn text(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        if node.as_str().is_some() {
            return Keep;
        }
        let Some(text) = scalar::text(node, self.source) else {
            return self.wrong(node, name, "a string");
        };
        self.mended(node, name, "a string", &format!("the string \"{text}\""));
        node.value = Value::String(text);
        Keep
    }

    /// A text that is published, without the passwords that it may have in it.
    pub(super) fn prose(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        let verdict = self.published(node, name);
        if verdict == Keep
            && let Value::String(text) = &node.value
            && text
                .lines()
                .any(|line| matches!(without_userinfo(line), Cow::Owned(_)))
        {
            let message =
                format!("{name} has a URL with a user name or password in it, which is not shown");
            self.report
                .warn(Code::InvalidValue, node.origin, message)
                .conceal()
                .help("remove it, or write a placeholder: `https://{user}:{password}@host`");
        }
        verdict
    }

    fn published(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        if node.as_array().is_some() || node.as_object().is_some() {
            self.report.warn(
                Code::WrongType,
                node.origin,
                format!(
                    "{name} should be a string, not {}, and is left out",
                    node.kind()
                ),
            );
            return Remove;
        }
        self.text(node, name)
    }

    /// A URL, without the user name and password that it may have in it.
    pub(super) fn url(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        if self.published(node, name) == Remove {
            return Remove;
        }
        if let Value::String(url) = &mut node.value
            // `mailto:` has no host.
            && url.contains("//")
            && let Some(userinfo) = userinfo(url)
        {
            url.replace_range(userinfo, "");
            let message = format!("{name} has a user name or password in it, which is left out");
            self.report
                .warn(Code::InvalidValue, node.origin, message)
                .conceal()
                .help("remove it: the URLs of a description are published with the client");
        }
        Keep
    }

    pub(super) fn number(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        let meant = match &node.value {
            Value::Number(_) => return Keep,
            Value::String(text) => scalar::number(text),
            _ => None,
        };
        let Some(number) = meant else {
            return self.without(node, Code::WrongType, name, "a number");
        };
        self.mended(node, name, "a number", "the number that it spells");
        node.value = Value::Number(number);
        Keep
    }

    pub(super) fn count(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        const WANTED: &str = "an integer from 0 on";
        let meant = match &node.value {
            Value::Number(number) => scalar::count(*number),
            Value::String(text) => scalar::number(text).and_then(scalar::count),
            _ => None,
        };
        let Some(meant) = meant else {
            let code = match node.value {
                Value::Number(_) => Code::InvalidValue,
                _ => Code::WrongType,
            };
            return self.without(node, code, name, WANTED);
        };
        if node.as_str().is_some() {
            self.mended(node, name, WANTED, "the number that it spells");
        }
        // `3.0` is an integer in JSON's data model.
        node.value = Value::Number(Number::Integer(meant.into()));
        Keep
    }

    /// A warning about a bound that cannot be read.
    fn without(&mut self, node: &Node, code: Code, name: Name<'_>, wanted: &str) -> Verdict {
        self.report.warn(
            code,
            node.origin,
            format!("{name} should be {wanted}, and is left out"),
        );
        Remove
    }

    pub(super) fn choice(&mut self, node: &mut Node, values: &[&str], name: Name<'_>) -> Verdict {
        let Some(text) = node.as_str() else {
            return self.wrong(node, name, "a string");
        };
        if values.contains(&text) {
            return Keep;
        }
        let meant = values
            .iter()
            .find(|value| value.eq_ignore_ascii_case(text.trim()));
        let message = format!("{name} cannot be \"{text}\"");
        if let Some(meant) = meant {
            self.report
                .warn(Code::InvalidValue, node.origin, message)
                .help(format!("it is taken as `{meant}`"));
            node.value = Value::String((*meant).to_owned());
            return Keep;
        }
        // Left out, it would send or read something else than what was meant.
        if let Some(meant) = nearest(text, values.iter().copied()) {
            self.report
                .error(Code::InvalidValue, node.origin, message)
                .help(format!(
                    "did you mean `{meant}`? Allowed are {}",
                    listed(values)
                ));
            return Remove;
        }
        self.report
            .warn(Code::InvalidValue, node.origin, message)
            .help(format!("it is left out; allowed are {}", listed(values)));
        Remove
    }
}
