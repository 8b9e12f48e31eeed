//! Which credentials go with which operation.

use crate::runtime::*;

fn settings() -> Settings {
    Settings::new("fixture/1")
}

/// The proofs that a list of alternatives leads to, as text.
fn proofs(settings: &Settings, security: &[&[&str]]) -> Result<Vec<String>, String> {
    let core = settings.clone().build("https://api.example").unwrap();
    let proofs = core.parts().credentials.prove(security)?;
    Ok(proofs
        .into_iter()
        .map(|(proof, _)| match proof {
            Proof::Header(name, value) => format!("{name}: {}", value.to_str().unwrap()),
            Proof::Token(_) => "token".to_owned(),
            Proof::Query(name, key) => format!("?{name}={}", key.expose()),
            Proof::Cookie(name, key) => format!("cookie {name}={}", key.expose()),
        })
        .collect())
}

#[test]
fn the_first_complete_alternative_is_used() {
    let mut settings = settings();
    settings.bearer("bearer", "t".into());
    settings.api_key("key", ApiKeyPlace::Header("X-Key"), "k".into());
    let none: Vec<String> = Vec::new();
    for (security, expected) in [
        (&[][..], none.clone()),
        (&[&[][..]], none.clone()),
        (&[&["basic"][..], &["key"]], vec!["x-key: k".to_owned()]),
        (&[&["key"][..], &["bearer"]], vec!["x-key: k".to_owned()]),
        (
            &[&["basic", "key"][..], &["bearer", "key"]],
            vec!["authorization: Bearer t".to_owned(), "x-key: k".to_owned()],
        ),
        // Optional, but there.
        (
            &[&[][..], &["bearer"]],
            vec!["authorization: Bearer t".to_owned()],
        ),
        (&[&["basic"][..], &[]], none),
    ] {
        assert_eq!(proofs(&settings, security).unwrap(), expected);
    }
    assert_eq!(
        proofs(&settings, &[&["basic"], &["key", "other"]]).unwrap_err(),
        "the client has no credentials for `basic` or `key` and `other`; give them to its `ClientBuilder`"
    );
}

#[test]
fn the_last_credential_of_a_scheme_counts() {
    let mut settings = settings();
    settings.basic("b", "old".into(), "x".into());
    settings.basic("b", "Aladdin".into(), "open sesame".into());
    assert_eq!(settings.username("b"), Some("Aladdin"));
    assert_eq!(settings.username("c"), None);
    // The example of RFC 7617.
    let expected = "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    assert_eq!(proofs(&settings, &[&["b"]]).unwrap(), [expected]);
}

#[test]
fn basic_takes_what_its_rfc_allows() {
    let mut settings = settings();
    settings.basic("b", "test".into(), "123£".into());
    // Also from the RFC: UTF-8.
    assert_eq!(
        proofs(&settings, &[&["b"]]).unwrap(),
        ["authorization: Basic dGVzdDoxMjPCow=="]
    );
    settings.basic("b", "".into(), "".into());
    assert_eq!(
        proofs(&settings, &[&["b"]]).unwrap(),
        ["authorization: Basic Og=="]
    );
}

#[test]
fn credentials_that_cannot_be_sent_are_refused_early() {
    type Give = fn(&mut Settings);
    let cases: [(&str, Give); 8] = [
        ("has a user name with a colon", |s| {
            s.basic("x", "a:b".into(), "".into())
        }),
        ("has a control character", |s| {
            s.basic("x", "a".into(), "b\n".into())
        }),
        ("is empty", |s| s.bearer("x", "".into())),
        ("has a control character", |s| {
            s.bearer("x", "a\r\nb".into())
        }),
        ("begins or ends with a blank", |s| {
            s.bearer("x", "a ".into())
        }),
        ("is empty", |s| {
            s.api_key("x", ApiKeyPlace::Query("k"), "".into())
        }),
        ("is empty", |s| {
            s.api_key("x", ApiKeyPlace::Cookie("k"), "".into())
        }),
        ("begins or ends with a blank", |s| {
            s.api_key("x", ApiKeyPlace::Header("k"), " k".into())
        }),
    ];
    for (expected, give) in cases {
        let mut settings = settings();
        give(&mut settings);
        let error = settings
            .build("https://api.example")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with(&format!("the credential for `x` {expected}")),
            "{error}"
        );
    }
}

#[test]
fn places_of_keys() {
    let mut settings = settings();
    settings.api_key("q", ApiKeyPlace::Query("api_key"), "k".into());
    settings.api_key("c", ApiKeyPlace::Cookie("sid"), "s".into());
    assert_eq!(
        proofs(&settings, &[&["q", "c"]]).unwrap(),
        ["?api_key=k", "cookie sid=s"]
    );
}
