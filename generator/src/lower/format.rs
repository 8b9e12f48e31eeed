//! Reports choices of `[formats]` that do not exist.

use super::Lowerer;
use super::replacement::Key;
use super::types::INTEGER;
use crate::diagnostic::{is_one_edit, nearest};
use crate::string_format::{choosable, is_path};

#[cfg(test)]
mod tests;

impl Lowerer<'_> {
    /// Reports choices of formats that do not exist.
    pub(super) fn formats(&mut self) {
        for (format, choice) in &self.config.formats {
            let path = ["formats", format.as_str()];
            if is_path(choice) {
                self.usable_format(format);
                self.usable_type(choice, &Key::Configuration(&path));
                let known = choosable().flat_map(|known| known.choices);
                let mut paths = known.filter_map(|(_, format)| Some(format.as_ref()?.path()));
                let meant = paths.find(|known| is_one_edit(choice, known));
                if let Some(meant) = meant.filter(|meant| choice != meant) {
                    let message = format!("`[formats]` makes `{format}` the type `{choice}`");
                    self.config
                        .warn(self.report, &path, message)
                        .help(format!("did you mean `{meant}`?"));
                }
                continue;
            }
            if format == INTEGER {
                self.integer_choice(choice);
                continue;
            }
            match choosable().find(|known| known.name == format) {
                None => {
                    let known = choosable().map(|known| known.name);
                    let known: Vec<&str> = known.chain([INTEGER]).collect();
                    let message = format!("`[formats]` has no format `{format}`");
                    let help = match nearest(format, known.iter().copied()) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!(
                            "the formats are `{}`; others take the path of a type, `my_crate::Type`",
                            known.join("`, `")
                        ),
                    };
                    self.config.error(self.report, &path, message).help(help);
                }
                Some(known) if !known.choices.iter().any(|(word, _)| word == choice) => {
                    let words: Vec<&str> = known.choices.iter().map(|(word, _)| *word).collect();
                    let message = format!("`[formats]` cannot make `{format}` a `{choice}`");
                    let help = match nearest(choice, words.iter().copied()) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("write `{}`", words.join("` or `")),
                    };
                    self.config.error(self.report, &path, message).help(help);
                }
                Some(_) => {}
            }
        }
    }

    /// Reports a format of one's own that is nearly a known one, and that no schema
    /// has.
    fn usable_format(&mut self, format: &str) {
        let mut schemas = self.graph.schemas.iter();
        let is_used = schemas.any(|schema| schema.format.as_deref() == Some(format));
        let meant = choosable().find(|known| is_one_edit(format, known.name));
        if let Some(meant) = meant.filter(|_| !is_used && format != INTEGER) {
            let message = format!("`[formats]` names `{format}`, which no schema has");
            self.config
                .error(self.report, &["formats", format], message)
                .help(format!("did you mean `{}`?", meant.name));
        }
    }

    /// Reports a choice for integers that does not exist.
    fn integer_choice(&mut self, choice: &str) {
        if !matches!(choice, "i64" | "i128") {
            let message = format!("`[formats]` cannot make `{INTEGER}` a `{choice}`");
            self.config
                .error(self.report, &["formats", INTEGER], message)
                .help("write `i64`, `i128` or the path of a type, `my_crate::Type`");
        }
    }
}
