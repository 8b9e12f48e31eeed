//! Addresses with variables: a template and the values of its variables go in,
//! the text of a base URL comes out, or a refusal where a value would change
//! more than its own part of it.

use super::build_error::BuildError;

/// Fills in a template.
pub(crate) fn server_url(template: &str, values: &[(&str, &str)]) -> Result<String, BuildError> {
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, name, after)) = next_variable(rest) {
        url.push_str(literal);
        let value = values.iter().find(|(known, _)| *known == name);
        let value = value.map_or("", |(_, value)| value);
        if let Err(why) = check(&url, value, after) {
            return Err(BuildError::new(format!(
                "the server variable `{name}` {why}"
            )));
        }
        url.push_str(value);
        rest = after;
    }
    url.push_str(rest);
    Ok(url)
}

/// The text before the first `{name}`, the name, and the text after it.
fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}

/// Whether a value stays within its part of the address.
fn check(before: &str, value: &str, after: &str) -> Result<(), &'static str> {
    let only = |allowed: &[u8]| {
        value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || allowed.contains(&byte))
    };
    match before.split_once("://") {
        None if after.starts_with("://") => match value {
            "http" | "https" => Ok(()),
            _ => Err("is neither `http` nor `https`"),
        },
        // The beginning of the address as a whole: judged as one.
        None => Ok(()),
        Some((_, rest)) if rest.contains('/') => match only(b"-._~!$&'()*+,;=:/") {
            true => Ok(()),
            false => Err("has a character in it that no path can hold"),
        },
        Some(_) if value.is_empty() => Err("has no value"),
        // Brackets and colons are those of IPv6 and of ports.
        Some(_) => match only(b"-._[]:") {
            true => Ok(()),
            false => Err("has a character in it that no host can hold"),
        },
    }
}
