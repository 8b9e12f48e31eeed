use super::{Enforcement, Overrides, apply};
use crate::config::{self, Level};
use crate::diagnostic::{Code, Report};
use crate::source::{self, Input, Source};

const DOCUMENT: &str = "a: {b: 1}\nc: 2\n";

/// Warnings at `/a/b` (no-effect) and `/c` (unknown-key), and an error where
/// there is to be one.
fn findings(has_error: bool) -> (Source, Report) {
    let mut report = Report::default();
    let input = Input {
        path: "openapi.yaml".to_owned(),
        text: DOCUMENT.into(),
    };
    let source = source::load(vec![input], &mut report);
    let origin = |pointer| source.entry().root.pointer(pointer).unwrap().origin;
    report.warn(Code::NoEffect, origin("/a/b"), "b has no effect");
    report.warn(Code::UnknownKey, origin("/c"), "c is unknown");
    if has_error {
        report.error(Code::WrongType, origin("/a"), "a is wrong");
    }
    (source, report)
}

/// What becomes of the findings, one word each.
fn leveled(configuration: &str, overrides: &Overrides, enforcement: Enforcement) -> Vec<String> {
    let (source, report) = findings(false);
    of(configuration, overrides, enforcement, &source, report)
}

fn of(
    configuration: &str,
    overrides: &Overrides,
    enforcement: Enforcement,
    source: &Source,
    report: Report,
) -> Vec<String> {
    let config = config::parse(configuration).expect(configuration);
    let report = apply(report, source, &config, overrides, enforcement);
    let findings = report.diagnostics().iter();
    findings
        .map(|finding| format!("{} {}", finding.severity.name(), finding.code))
        .collect()
}

fn overrides(default: Option<Level>, codes: &[(Code, Level)]) -> Overrides {
    let codes = codes.iter().copied().collect();
    Overrides { default, codes }
}

#[test]
fn codes_have_the_level_that_is_nearest_to_them() {
    let none = Overrides::default();
    let deny = Enforcement::Deny;
    let deny_all = overrides(Some(Level::Deny), &[]);
    for (configuration, flags, expected) in [
        (
            "",
            &none,
            ["warning no-effect", "warning unknown-key"].as_slice(),
        ),
        (
            "[lints]\ndefault = 'deny'",
            &none,
            &["error no-effect", "error unknown-key"],
        ),
        ("", &deny_all, &["error no-effect", "error unknown-key"]),
        (
            "[lints]\ndefault = 'deny'\nno-effect = 'warn'",
            &none,
            &["warning no-effect", "error unknown-key"],
        ),
        (
            "[lints]\nno-effect = 'allow'",
            &deny_all,
            &["error unknown-key"],
        ),
        (
            "[lints]\nno-effect = 'allow'",
            &overrides(None, &[(Code::NoEffect, Level::Deny)]),
            &["error no-effect", "warning unknown-key"],
        ),
        (
            "[lints]\ndefault = 'deny'",
            &overrides(Some(Level::Warn), &[(Code::UnknownKey, Level::Allow)]),
            &["warning no-effect"],
        ),
        ("[lints]\ndefault = 'allow'", &none, &[]),
    ] {
        assert_eq!(
            leveled(configuration, flags, deny),
            expected,
            "{configuration}"
        );
    }
}

#[test]
fn denied_findings_stay_warnings_where_nothing_is_enforced() {
    let deny_all = overrides(Some(Level::Deny), &[]);
    assert_eq!(
        leveled(
            "[lints]\nunknown-key = 'allow'",
            &deny_all,
            Enforcement::Warn
        ),
        ["warning no-effect"]
    );
}

#[test]
fn errors_are_never_allowed() {
    let (source, report) = findings(true);
    let configuration = "[lints]\ndefault = 'allow'\nwrong-type = 'allow'\n[[lints.allow]]\ncode = 'wrong-type'\nat = '#/a'\nreason = 'r'";
    let none = Overrides::default();
    assert_eq!(
        of(configuration, &none, Enforcement::Deny, &source, report),
        ["error wrong-type"]
    );
}

#[test]
fn a_waiver_allows_one_finding_and_has_to_allow_one() {
    let none = Overrides::default();
    let deny = Enforcement::Deny;
    let waiver = |code: &str, at: &str, reason: &str| {
        format!(
            "[lints]\ndefault = 'deny'\n[[lints.allow]]\ncode = '{code}'\nat = '{at}'\nreason = '{reason}'"
        )
    };
    assert_eq!(
        leveled(&waiver("no-effect", "#/a/b", "we wait for it"), &none, deny),
        ["error unknown-key"]
    );
    for wrong in [
        waiver("no-effect", "#/a", "r"),
        waiver("no-effect", "#/c", "r"),
        waiver("contradiction", "#/a/b", "r"),
    ] {
        assert_eq!(
            leveled(&wrong, &none, deny),
            [
                "error no-effect",
                "error unknown-key",
                "error configuration"
            ],
            "{wrong}"
        );
    }
    assert_eq!(
        leveled(&waiver("no-effect", "#/a/b", " "), &none, deny),
        ["error unknown-key", "error configuration"]
    );
    for wrong in [
        "[lints]\nno-efect = 'deny'",
        "[lints]\nno-effect = 'forbid'",
        "[[lints.allow]]\ncode = 'no-efect'\nat = '#/a'\nreason = 'r'",
        "[[lints.allow]]\ncode = 'no-effect'\nreason = 'r'",
    ] {
        assert!(config::parse(wrong).is_err(), "{wrong}");
    }
}
