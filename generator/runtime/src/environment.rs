//! [`Environment`]: credentials from variables. Their names go in; out come
//! their values, or what is missing.

use super::build_error::BuildError;

/// What is looked up, usually in the environment of the process.
pub(crate) struct Environment<'a> {
    variable: &'a dyn Fn(&str) -> Option<String>,
    /// The names that were looked up.
    names: Vec<&'static str>,
    /// Whether there was anything.
    found: bool,
}

impl<'a> Environment<'a> {
    pub(crate) fn new(variable: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            variable,
            names: Vec::new(),
            found: false,
        }
    }

    /// The values of variables that belong together; `None` where none of them
    /// is set. An empty one counts as not set.
    pub(crate) fn all<const N: usize>(
        &mut self,
        names: [&'static str; N],
    ) -> Result<Option<[String; N]>, BuildError> {
        self.names.extend(names);
        let values = names.map(|name| (self.variable)(name).filter(|value| !value.is_empty()));
        if values.iter().all(Option::is_none) {
            return Ok(None);
        }
        self.found = true;
        let missing = names.iter().zip(&values).find(|(_, value)| value.is_none());
        if let Some((name, _)) = missing {
            return Err(BuildError::new(format!(
                "the environment variable `{name}` is not set"
            )));
        }
        Ok(Some(values.map(Option::unwrap_or_default)))
    }

    /// Makes sure that there was anything.
    pub(crate) fn finish(self) -> Result<(), BuildError> {
        if self.found {
            return Ok(());
        }
        let names: Vec<String> = self.names.iter().map(|name| format!("`{name}`")).collect();
        Err(BuildError::new(format!(
            "none of the environment variables {} is set",
            names.join(", ")
        )))
    }
}
