//! Which base URLs are taken, and what may be sent there.

use super::fixture::settings;
use crate::runtime::*;

#[test]
fn usable_base_urls() {
    for (text, kept) in [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        (
            "https://api.example.com:8443/a/b~c/",
            "https://api.example.com:8443/a/b~c",
        ),
        ("HTTPS://API.example.com", "https://API.example.com"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("http://[::1]:1/x", "http://[::1]:1/x"),
        ("https://h/%7Ea", "https://h/%7Ea"),
    ] {
        assert_eq!(BaseUrl::parse(text).unwrap().as_str(), kept);
    }
}

#[test]
fn unusable_base_urls() {
    for text in [
        "",
        "api.example.com",
        "/v1",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https://:80",
        "https://user@example.com",
        "https://user:pass@example.com",
        "https://example.com?x=1",
        "https://example.com/#x",
        "https://example.com:99999",
        "https://example.com:x",
        "https://exa mple.com",
        " https://example.com",
        "https://example.com/a b",
        "https://example.com/..",
        "https://example.com/a/../b",
        "https://example.com/%2e%2E/b",
        "https://example.com/a//b",
        "https://example.com/a\\b",
        "https://example.com/{version}",
        "https://münchen.example",
        "https://ex%61mple.com",
        "https://example.com\r\nX: y",
    ] {
        let error = BaseUrl::parse(text).unwrap_err().to_string();
        assert!(error.starts_with("the base URL "), "{text}: {error}");
    }
}

#[test]
fn a_host_outside_ascii_is_explained() {
    for (text, why) in [
        (
            "https://münchen.example/a",
            "has a host with characters outside ASCII: write it in Punycode, `xn--…`",
        ),
        (
            "http://例え.example:80",
            "has a host with characters outside ASCII: write it in Punycode, `xn--…`",
        ),
        (
            "https://exa mple.com",
            "has a blank or a control character in it",
        ),
        ("", "is not a URL"),
    ] {
        let error = BaseUrl::parse(text).unwrap_err().to_string();
        assert_eq!(error, format!("the base URL {why}"), "{text}");
    }
    assert!(BaseUrl::parse("https://xn--mnchen-3ya.example").is_ok());
}

#[test]
fn credentials_need_encryption_or_loopback() {
    for (url, private) in [
        ("https://api.example", true),
        ("http://localhost", true),
        ("http://LOCALHOST:80", true),
        ("http://127.9.9.9:80", true),
        ("http://[::1]:80", true),
        ("http://api.example", false),
        ("http://localhost.example", false),
        ("http://127.0.0.1.example", false),
        ("http://127.1", false),
        ("http://10.0.0.1", false),
        ("http://[::2]", false),
        ("http://0.0.0.0", false),
    ] {
        assert_eq!(settings().build(url).is_ok(), private, "{url}");
        let mut allowed = settings();
        allowed.allow_plain_http();
        assert!(allowed.build(url).is_ok(), "{url}");
        assert!(Settings::new("fixture/1").build(url).is_ok(), "{url}");
    }
    let error = settings().build("http://api.example").unwrap_err();
    assert!(error.to_string().contains("is not https"), "{error}");
}

#[test]
fn a_given_base_url_wins() {
    let mut settings = settings();
    assert!(settings.clone().build("nonsense").is_err());
    settings.base_url("https://given.example/p".to_owned());
    let core = settings.build("nonsense").unwrap();
    assert!(format!("{core:?}").contains("https://given.example/p"));
}
