//! How far the work is: a bar that is written over and over where a terminal
//! can do that, else a line for each document that is done.

use driftless::cli::{Terminal, Tone};

/// The width of the bar, in characters.
const WIDTH: usize = 25;

/// The most characters of names behind the bar.
const NAMES: usize = 40;

/// One stretch of the work.
pub(crate) struct Progress<'a> {
    terminal: &'a Terminal,
    verb: &'static str,
    all: usize,
    done: usize,
    /// What is worked on.
    running: Vec<String>,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(terminal: &'a Terminal, verb: &'static str, all: usize) -> Self {
        Self {
            terminal,
            verb,
            all,
            done: 0,
            running: Vec::new(),
        }
    }

    /// Work on `name` has begun.
    pub(crate) fn start(&mut self, name: &str) {
        self.running.push(name.to_owned());
        self.show();
    }

    /// Work on `name` is done; `failure` says in short what is wrong with it.
    pub(crate) fn finish(&mut self, name: &str, failure: Option<&str>) {
        self.running.retain(|running| running != name);
        self.done += 1;
        let count = format!("({}/{})", self.done, self.all);
        if let Some(failure) = failure {
            self.terminal.passed();
            let message = format!("{name}: {failure} {count}");
            self.terminal.tell(Tone::Bad, "Failed", message);
        } else if !self.terminal.live() {
            self.terminal.status(self.verb, format!("{name} {count}"));
        }
        self.show();
    }

    fn show(&self) {
        if self.done == self.all {
            self.terminal.passed();
        } else {
            self.terminal.passing(self.verb, &self.bar());
        }
    }

    fn bar(&self) -> String {
        let full = WIDTH * self.done / self.all.max(1);
        let mut bar: String = "=".repeat(full);
        bar.push('>');
        let names: String = self.running.join(", ").chars().take(NAMES).collect();
        let (done, all) = (self.done, self.all);
        format!("[{bar:<width$}] {done}/{all}: {names}", width = WIDTH + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use driftless::cli::Verbosity;

    #[test]
    fn the_bar_shows_how_much_is_done_and_what_is_at_work() {
        let terminal = Terminal::new(Some(false), Verbosity::Quiet);
        let mut progress = Progress::new(&terminal, "Generating", 5);
        progress.start("pets");
        progress.start("stores");
        assert_eq!(
            progress.bar(),
            format!("[>{}] 0/5: pets, stores", " ".repeat(25))
        );
        progress.finish("pets", None);
        assert_eq!(
            progress.bar(),
            format!("[=====>{}] 1/5: stores", " ".repeat(20))
        );
    }
}
