//! Addresses with variables.

use crate::runtime::*;

#[test]
fn values_stay_within_their_part() {
    let host = "https://{x}.example.com:8443/v1";
    let path = "https://example.com/{x}/v1";
    for (template, value, expected) in [
        (host, "eu-1", Some("https://eu-1.example.com:8443/v1")),
        ("https://{x}/v1", "[::1]:80", Some("https://[::1]:80/v1")),
        ("https://a:{x}", "80", Some("https://a:80")),
        ("{x}://a", "http", Some("http://a")),
        ("{x}/v1", "https://a.example", Some("https://a.example/v1")),
        (path, "a/b~c", Some("https://example.com/a/b~c/v1")),
        (path, "", Some("https://example.com//v1")),
        ("https://a/{open", "x", Some("https://a/{open")),
        (host, "", None),
        (host, "a/b", None),
        (host, "a@b", None),
        (host, "a?", None),
        (host, "a#", None),
        (host, "a b", None),
        (host, "a\\b", None),
        (host, "%2f", None),
        (host, "é", None),
        (host, "{x}", None),
        ("{x}://a", "ftp", None),
        ("{x}://a", "https://b", None),
        (path, "a?b", None),
        (path, "a#b", None),
        (path, "a b", None),
        (path, "%2e", None),
    ] {
        let url = server_url(template, &[("x", value)]);
        assert_eq!(url.ok().as_deref(), expected, "{template} {value}");
    }
    // The value is not told: it may be a password by mistake.
    let error = server_url(host, &[("x", "canary@")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server variable `x` has a character in it that no host can hold"
    );
}

#[test]
fn what_is_judged_later_is_judged() {
    for url in [
        server_url("{x}/v1", &[("x", "https://user@a")]),
        server_url("{x}", &[("x", "ftp://a")]),
        server_url("https://a/{x}", &[("x", "../b")]),
        server_url("https://a:{x}", &[("x", "99999")]),
        server_url("https://{x}:80", &[("x", "a:80")]),
        server_url("https://a/{x}/b", &[("x", "")]),
    ] {
        assert!(BaseUrl::parse(&url.unwrap()).is_err());
    }
}

#[test]
fn variables_that_were_set_are_inherited_where_they_fit() {
    let mut settings = Settings::new("fixture/1");
    settings.server_variables(vec![("region", "us".to_owned()), ("port", "1".to_owned())]);
    let core = settings.build("https://api.example").unwrap();
    let url = |region: &[&str]| {
        let variables = [
            ("region", "eu", region),
            ("port", "443", &[]),
            ("other", "o", &[]),
        ];
        inherited_url(&core, "https://{region}.{other}:{port}", &variables).unwrap()
    };
    assert_eq!(url(&[]), "https://us.o:1");
    assert_eq!(url(&["eu", "us"]), "https://us.o:1");
    assert_eq!(url(&["eu"]), "https://eu.o:1");
}
