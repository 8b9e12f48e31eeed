//! The end of `ci`: the result of every step, and how many tests ran.

use std::time::Duration;

use anstream::adapter::strip_str;
use driftless::cli::{Terminal, Tone};

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    Failed,
    /// Did not run, for this reason.
    Skipped(String),
}

/// One line of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Result {
    pub(super) name: &'static str,
    pub(super) outcome: Outcome,
    /// The tests in it, if it is a step that has some.
    pub(super) tested: Option<Tested>,
    pub(super) took: Duration,
}

/// How many tests ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tested {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Tested {
    /// Adds up the closing lines of all test programs.
    pub(super) fn count(output: &str) -> Self {
        let mut total = Self::default();
        let plain = strip_str(output).to_string();
        for line in plain
            .lines()
            .filter(|line| line.starts_with("test result: "))
        {
            for part in line.split([';', '.']) {
                let mut words = part.split_whitespace();
                let number = words.next().and_then(|word| word.parse::<usize>().ok());
                match (number, words.next()) {
                    (Some(number), Some("passed")) => total.passed += number,
                    (Some(number), Some("failed")) => total.failed += number,
                    (Some(number), Some("ignored")) => total.ignored += number,
                    _ => {}
                }
            }
        }
        total
    }
}

impl Result {
    /// Says how the step went.
    pub(super) fn tell(&self, terminal: &Terminal) {
        let took = seconds(self.took);
        match &self.outcome {
            Outcome::Passed => terminal.status("Passed", format_args!("{} in {took}", self.name)),
            Outcome::Failed => {
                terminal.tell(Tone::Bad, "Failed", format_args!("{} in {took}", self.name));
            }
            Outcome::Skipped(why) => {
                terminal.tell(
                    Tone::Warning,
                    "Skipped",
                    format_args!("{}: {why}", self.name),
                );
            }
        }
    }

    fn line(&self, width: usize) -> String {
        let (tone, word, note) = match &self.outcome {
            Outcome::Passed => (Tone::Good, "passed", ""),
            Outcome::Failed => (Tone::Bad, "FAILED", ""),
            Outcome::Skipped(why) => (Tone::Warning, "SKIPPED", why.as_str()),
        };
        let took = match self.outcome {
            Outcome::Skipped(_) => String::new(),
            _ => seconds(self.took),
        };
        let word = tone.paint(format_args!("{word:<7}"));
        let line = format!("  {:width$}  {word}  {took:>8}  {note}", self.name);
        format!("{}\n", line.trim_end())
    }
}

/// A table of all steps, the tests added up, and the verdict in the last line.
pub(super) fn text(results: &[Result]) -> String {
    let width = results
        .iter()
        .map(|result| result.name.len())
        .max()
        .unwrap_or_default();
    let mut text = format!("\n{}\n", Tone::Plain.paint("Summary"));
    text.extend(results.iter().map(|result| result.line(width)));
    let tested =
        results
            .iter()
            .filter_map(|result| result.tested)
            .fold(Tested::default(), |sum, tested| Tested {
                passed: sum.passed + tested.passed,
                failed: sum.failed + tested.failed,
                ignored: sum.ignored + tested.ignored,
            });
    let count = |wanted: fn(&Outcome) -> bool| {
        results
            .iter()
            .filter(|result| wanted(&result.outcome))
            .count()
    };
    let failed = count(|outcome| *outcome == Outcome::Failed);
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let verdict = match failed {
        0 => Tone::Good.paint("ok"),
        _ => Tone::Bad.paint("FAILED"),
    };
    // In the form of libtest, for whoever looks for it.
    let Tested {
        passed,
        failed: broken,
        ignored,
    } = tested;
    // Tests that do not compile have no results, and are not fine.
    let fine = |result: &Result| result.tested.is_none() || result.outcome == Outcome::Passed;
    let all = match results.iter().all(fine) {
        true => "ok",
        false => "FAILED",
    };
    text.push_str(&format!(
        "\ntest result: {all}. {passed} passed; {broken} failed; {ignored} ignored\n\
         ci {verdict}: {} of {} steps passed, {skipped} skipped; tests: {passed} passed, {broken} failed, {ignored} ignored\n",
        results.len() - failed - skipped,
        results.len(),
    ));
    text
}

fn seconds(took: Duration) -> String {
    match took.as_secs() {
        0..=59 => format!("{:.1}s", took.as_secs_f64()),
        whole => format!("{}m {:02}s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_test_programs_add_up() {
        let output = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test some::test_result ... FAILED\n\
            test result: \x1b[31mFAILED\x1b[0m. 40 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        let expected = Tested {
            passed: 42,
            failed: 3,
            ignored: 1,
        };
        assert_eq!(Tested::count(output), expected);
        assert_eq!(Tested::count("error: could not compile"), Tested::default());
    }

    #[test]
    fn the_summary_has_a_line_for_every_step_and_ends_with_the_verdict() {
        let result = |name, outcome, tested| Result {
            name,
            outcome,
            tested,
            took: Duration::from_secs(75),
        };
        let tested = Some(Tested {
            passed: 5,
            failed: 1,
            ignored: 2,
        });
        let all = [
            result("format", Outcome::Passed, None),
            result("tests", Outcome::Failed, tested),
            result("lints", Outcome::Skipped("no clippy".to_owned()), None),
        ];
        let text = strip_str(&text(&all)).to_string();
        let expected = "\n\
            Summary\n\
            \u{20} format  passed     1m 15s\n\
            \u{20} tests   FAILED     1m 15s\n\
            \u{20} lints   SKIPPED            no clippy\n\
            \n\
            test result: FAILED. 5 passed; 1 failed; 2 ignored\n\
            ci FAILED: 1 of 3 steps passed, 1 skipped; tests: 5 passed, 1 failed, 2 ignored\n";
        assert_eq!(text, expected);
    }
    #[test]
    fn tests_that_do_not_compile_are_not_fine() {
        let result = Result {
            name: "tests",
            outcome: Outcome::Failed,
            tested: Some(Tested::default()),
            took: Duration::ZERO,
        };
        let text = text(&[result]);
        assert!(text.contains("test result: FAILED. 0 passed"), "{text}");
    }
}
