//! What a program says when it panics: that it is a bug, and what to report.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::ffi::OsString;
use std::io::{self, Write};
use std::panic;

use super::inputs::quoted;
use crate::diagnostic::visible;

/// Lets a panic say that it is a bug of the program, and what to report. The
/// exit code stays 101. `RUST_BACKTRACE=1` adds a backtrace.
pub fn report_panics(program: &'static str) {
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string);
        let arguments = std::env::args_os().skip(1);
        let mut text = message(
            program,
            payload_text(info.payload()),
            place.as_deref().unwrap_or("at an unknown place"),
            arguments,
        );
        let backtrace = Backtrace::capture();
        if backtrace.status() == BacktraceStatus::Captured {
            text.push_str(&format!("{backtrace}\n"));
        }
        // There is nobody left to tell that this could not be written.
        let _unseen = io::stderr().write_all(text.as_bytes());
    }));
}

fn payload_text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("it does not say why")
}

fn message(
    program: &str,
    problem: &str,
    place: &str,
    arguments: impl Iterator<Item = OsString>,
) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let command: Vec<String> = std::iter::once(program.to_owned())
        .chain(arguments.map(|argument| quoted(&argument.to_string_lossy())))
        .collect();
    format!(
        "error: driftless {version} panicked: {}\n  --> {place}\n \
         help: this is a bug in driftless: please report it with these lines, the OpenAPI document \
         and its overlays, `client.toml`, and the command `{}`\n",
        visible(problem),
        visible(&command.join(" "))
    )
}

#[cfg(test)]
mod tests {
    use super::{message, payload_text};

    #[test]
    fn the_message_names_the_bug_and_what_to_report() {
        let arguments = ["generate", "--spec", "my api.yaml"].map(Into::into);
        let text = message(
            "driftless",
            "no\u{1b}",
            "src/emit/ty.rs:16:9",
            arguments.into_iter(),
        );
        for words in [
            concat!(
                "driftless ",
                env!("CARGO_PKG_VERSION"),
                " panicked: no\\u{1b}\n"
            ),
            "--> src/emit/ty.rs:16:9\n",
            "a bug in driftless",
            "`client.toml`",
            "`driftless generate --spec 'my api.yaml'`",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn every_payload_has_a_text() {
        assert_eq!(payload_text(&"a"), "a");
        assert_eq!(payload_text(&"b".to_owned()), "b");
        assert_eq!(payload_text(&1), "it does not say why");
    }
}
