//! A scope: names that must differ from one another.

use std::collections::BTreeMap;

use foldhash::HashSet;

use super::identifier::{Case, Identifiers, chosen, identifier, identifier_in_full};
use crate::diagnostic::{Code, Report};
use crate::model::Name;
use crate::source::Source;

/// A set of names that are told apart.
pub(super) struct Scope<'a> {
    /// The words that Rust or the crate itself takes.
    pub(super) reserved: HashSet<String>,
    /// The names that items of the document have.
    pub(super) taken: HashSet<String>,
    pub(super) case: Case,
    /// What is appended to a name that meets a reserved word.
    pub(super) suffix: &'static str,
    /// Whether nobody but the crate itself sees these names.
    pub(super) hidden: bool,
    pub(super) source: &'a Source,
    pub(super) report: &'a mut Report,
    pub(super) identifiers: &'a mut Identifiers,
}

/// A name to give, and the words to try before numbers where another item has
/// it.
pub(super) struct Wish<'n> {
    pub(super) name: &'n mut Name,
    pub(super) otherwise: Option<String>,
}

impl Scope<'_> {
    /// The same scope, in which items of the document already have names.
    pub(super) fn beside(self, taken: HashSet<String>) -> Self {
        Self { taken, ..self }
    }

    /// The names that items of the document have by now.
    pub(super) fn into_taken(self) -> HashSet<String> {
        self.taken
    }

    /// The same scope, of which users of the crate see nothing: collisions are
    /// not worth a word.
    pub(super) fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Gives each of `names` an identifier of its own.
    pub(super) fn assign(&mut self, names: Vec<&mut Name>) {
        let wishes = names.into_iter().map(|name| Wish {
            name,
            otherwise: None,
        });
        self.grant(wishes.collect());
    }

    /// Gives each of the names an identifier of its own. Where several want the
    /// same one, a chosen name goes first, then the one that is most written like
    /// it, then the order of texts and places decides. The others get a name
    /// that says in what they differ, or numbers.
    pub(super) fn grant(&mut self, wishes: Vec<Wish<'_>>) {
        let mut groups: BTreeMap<String, Vec<Wish<'_>>> = BTreeMap::new();
        let words: Vec<&str> = wishes.iter().map(|wish| wish.name.words.as_str()).collect();
        let wanted = self.identifiers.of_all(&words, self.case);
        for (wish, wanted) in wishes.into_iter().zip(wanted) {
            let wanted = match &wish.name.chosen {
                Some(name) => chosen(name, self.case),
                None => wanted,
            };
            groups.entry(wanted).or_default().push(wish);
        }
        let is_contested = |(base, group): (&String, &Vec<Wish<'_>>)| {
            group.len() > 1 || self.reserved.contains(base) || self.taken.contains(base)
        };
        // What nobody else wants needs no comparison with what others want.
        let wanted: HashSet<String> = match groups.iter().any(is_contested) {
            true => groups.keys().cloned().collect(),
            false => HashSet::default(),
        };
        for (base, mut group) in groups {
            if let [wish] = group.as_mut_slice()
                && !self.reserved.contains(&base)
                && !self.taken.contains(&base)
            {
                wish.name.rust.clone_from(&base);
                self.taken.insert(base);
                continue;
            }
            group.sort_by_cached_key(|Wish { name, otherwise }| {
                (
                    name.chosen.is_none(),
                    otherwise.is_some(),
                    name.words != base,
                    identifier_in_full(&name.words, self.case) != base,
                    name.words.clone(),
                    self.source.reference(name.origin),
                )
            });
            let mut number = 2;
            let first = group.first().map(|wish| wish.name.words.clone());
            let first = first.unwrap_or_default();
            for (index, wish) in group.into_iter().enumerate() {
                let alone = index == 0 && !self.taken.contains(&base);
                let rust = if alone && !self.reserved.contains(&base) {
                    base.clone()
                } else if index == 0 {
                    // A keyword ends in an underscore, which belongs at an end.
                    let word = match self.case {
                        Case::Pascal => base.trim_end_matches('_'),
                        Case::Snake => &base,
                    };
                    let beside = format!("{word}{}", self.suffix);
                    if self.is_free(&beside, &wanted) {
                        beside
                    } else {
                        self.numbered(&base, &wanted, &mut number)
                    }
                } else {
                    self.otherwise(&wish, &first, &base, &wanted)
                        .unwrap_or_else(|| self.numbered(&base, &wanted, &mut number))
                };
                // Beside a reserved word nothing of the document collides.
                if !alone && !self.hidden {
                    // Chosen names come first, so that the one before is chosen too.
                    match index > 0 && wish.name.chosen.is_some() {
                        true => self.contradiction(wish.name, &base),
                        false => self.collision(wish.name, &base, &rust),
                    }
                }
                wish.name.rust.clone_from(&rust);
                self.taken.insert(rust);
            }
        }
    }

    fn is_free(&self, name: &str, wanted: &HashSet<String>) -> bool {
        !self.reserved.contains(name) && !self.taken.contains(name) && !wanted.contains(name)
    }

    /// A name that says in what an item differs from the one that has the name
    /// it wants.
    fn otherwise(
        &self,
        Wish { name, otherwise }: &Wish<'_>,
        first: &str,
        base: &str,
        wanted: &HashSet<String>,
    ) -> Option<String> {
        if name.chosen.is_some() {
            return None;
        }
        let words = &name.words;
        let is_lower = !words.contains(char::is_uppercase);
        let is_upper = !words.contains(char::is_lowercase);
        let letters = (is_lower != is_upper
            && words != first
            && words.to_lowercase() == first.to_lowercase())
        .then(|| format!("{words} {}", if is_lower { "lower" } else { "upper" }));
        let others = [otherwise.clone(), letters].into_iter().flatten();
        others
            .map(|words| identifier(&words, self.case))
            .chain([identifier_in_full(words, self.case)])
            .find(|name| name != base && self.is_free(name, wanted))
    }

    fn numbered(&self, base: &str, wanted: &HashSet<String>, number: &mut usize) -> String {
        // The underscore of `self_` is one already.
        let base = base.trim_end_matches('_');
        loop {
            let numbered = match self.case {
                Case::Pascal if !base.ends_with(char::is_numeric) => format!("{base}{number}"),
                _ => format!("{base}_{number}"),
            };
            *number += 1;
            if self.is_free(&numbered, wanted) {
                return numbered;
            }
        }
    }

    fn contradiction(&mut self, name: &Name, base: &str) {
        self.report
            .error(
                Code::NameCollision,
                name.origin,
                format!("the name `{base}` is chosen for another item too"),
            )
            .help("choose two names, by `x-rust-name` or under `[pins]` in client.toml");
    }

    fn collision(&mut self, name: &Name, base: &str, rust: &str) {
        self.report
            .warn(
                Code::NameCollision,
                name.origin,
                format!("another item is named `{base}` too, so this one is named `{rust}`"),
            )
            .help(format!(
                "choose its name under `[pins]` in client.toml: \"{}\" = \"…\"",
                self.source.reference(name.origin)
            ));
    }
}
