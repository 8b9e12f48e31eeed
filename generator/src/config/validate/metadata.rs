//! Checks what `[package]` says of the crate, by the rules of cargo and
//! crates.io.

use http::Uri;
use semver::Version;

use super::{Key, Problem};
use crate::config::Package;
use crate::diagnostic::is_one_edit;

/// How many keywords, and how many categories, crates.io accepts.
const MAX_WORDS: usize = 5;

/// The longest keyword that crates.io accepts.
const MAX_KEYWORD_LEN: usize = 20;

/// Reports the values of `[package]` other than the name.
pub(super) fn problems(package: &Package, problems: &mut Vec<Problem>) {
    problems.extend(package.version.as_deref().and_then(version));
    let lines = [
        ("description", &package.description, "Client of the Pet API"),
        ("license", &package.license, "MIT OR Apache-2.0"),
    ];
    for (key, value, example) in lines {
        let is_wrong = value.as_deref().is_some_and(|value| !is_line(value));
        problems.extend(is_wrong.then(|| {
            let help = format!("write `{key} = \"{example}\"`, or remove the line");
            Problem::new(package_key(key), "is not one line with text in it", help)
        }));
    }
    let is_spdx = |text: &String| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b" -.+()/:".contains(&byte);
        text.bytes().all(is_allowed) || !is_line(text)
    };
    if package
        .license
        .as_ref()
        .is_some_and(|license| !is_spdx(license))
    {
        let help = "write identifiers of https://spdx.org/licenses: `MIT OR Apache-2.0`";
        let what = "is not an SPDX expression";
        problems.push(Problem::new(package_key("license"), what, help));
    }
    let identifiers = package.license.iter().flat_map(|text| {
        let is_in_name =
            |character: char| character.is_ascii_alphanumeric() || "-.".contains(character);
        text.split(move |character| !is_in_name(character))
    });
    near(package_key("license"), identifiers, &LICENSES, problems);
    problems.extend(package.repository.as_deref().and_then(repository));
    let help = "a keyword is up to 20 ASCII letters, digits, `_`, `-` and `+`, and starts with a \
                letter or digit";
    words("keywords", &package.keywords, is_keyword, help, problems);
    let help = "the categories are at https://crates.io/category_slugs: `api-bindings`";
    words(
        "categories",
        &package.categories,
        is_category,
        help,
        problems,
    );
    let categories = package.categories.iter().map(String::as_str);
    near(package_key("categories"), categories, &CATEGORIES, problems);
}

/// The licences that crates have most.
const LICENSES: [&str; 12] = [
    "0BSD",
    "AGPL-3.0-only",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "GPL-3.0-or-later",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unlicense",
    "Zlib",
];

/// The categories that clients of APIs have most.
const CATEGORIES: [&str; 10] = [
    "api-bindings",
    "asynchronous",
    "authentication",
    "cryptography",
    "data-structures",
    "database",
    "development-tools",
    "network-programming",
    "web-programming",
    "web-programming::http-client",
];

/// Reports words that are one edit away from a usual one.
fn near<'a>(
    key: Key,
    words: impl Iterator<Item = &'a str>,
    usual: &[&'static str],
    problems: &mut Vec<Problem>,
) {
    for word in words.filter(|word| !usual.contains(word)) {
        if let Some(meant) = usual.iter().find(|usual| is_one_edit(word, usual)) {
            let what = format!("has `{word}`, which is not known");
            let help = format!("did you mean `{meant}`?");
            problems.push(Problem::new(key.clone(), what, help));
        }
    }
}

fn package_key(name: &str) -> Key {
    Key::of("package", name)
}

fn version(text: &str) -> Option<Problem> {
    let error = Version::parse(text).err()?;
    let what = format!("is `{text}`, which is no version: {error}");
    let help = "a version has three numbers (https://semver.org): `0.1.0`";
    Some(Problem::new(package_key("version"), what, help))
}

/// Whether a text is one line, and not blank.
pub(super) fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(char::is_control)
}

/// crates.io shows nothing but `http` and `https`.
fn repository(text: &str) -> Option<Problem> {
    let url = text.parse::<Uri>().ok();
    let scheme = url.as_ref().and_then(Uri::scheme_str);
    let authority = url.as_ref().and_then(Uri::authority);
    let what = match authority {
        // The message shows no password.
        Some(authority) if authority.as_str().contains('@') => "has a user name in it".to_owned(),
        Some(authority)
            if matches!(scheme, Some("http" | "https")) && !authority.host().is_empty() =>
        {
            return None;
        }
        _ if text.contains('@') => "is not a URL".to_owned(),
        _ => format!("is `{text}`, which is not a URL"),
    };
    let help = "write the address of the repository's page: `https://github.com/owner/name`";
    Some(Problem::new(package_key("repository"), what, help))
}

/// Reports lists that are too long, and words of another form.
fn words(
    key: &str,
    words: &[String],
    is_word: fn(&str) -> bool,
    help: &str,
    problems: &mut Vec<Problem>,
) {
    let key = package_key(key);
    if words.len() > MAX_WORDS {
        let what = format!("has {} words", words.len());
        problems.push(Problem::new(
            key.clone(),
            what,
            "crates.io accepts at most 5",
        ));
    }
    for word in words.iter().filter(|word| !is_word(word)) {
        let what = format!("has `{word}`, which cannot be one");
        problems.push(Problem::new(key.clone(), what, help));
    }
}

fn is_keyword(word: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+".contains(&byte);
    word.len() <= MAX_KEYWORD_LEN
        && word.starts_with(|first: char| first.is_ascii_alphanumeric())
        && word.bytes().all(is_allowed)
}

fn is_category(word: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_slug = |slug: &str| !slug.is_empty() && slug.bytes().all(is_allowed);
    word.split("::").all(is_slug)
}
