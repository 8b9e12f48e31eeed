//! Name: the plan with proposed names in, the same plan with final Rust names
//! out. One pass over the whole crate; each scope sees all of its items at
//! once, so that no name depends on the order of the document, and adding an
//! item never renames one that it does not collide with.

mod brand;
mod identifier;
mod operations;
mod prefix;
mod scope;
mod servers;
mod symbol;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use brand::as_words;
pub(crate) use identifier::Identifiers;
pub use identifier::{Case, identifier, is_keyword};

use foldhash::HashSet;

use crate::diagnostic::Report;
use crate::model::{Api, Name};
use crate::source::Source;
use crate::threads::{both, each};
use scope::{Scope, Wish};

/// The methods of the generated `ClientBuilder` that are not credentials.
const BUILDER_METHODS: [&str; 19] = [
    "new",
    "clone",
    "default",
    "default_server",
    "server",
    "base_url",
    "timeout",
    "attempt_timeout",
    "connect_timeout",
    "retry",
    "follow_redirects",
    "user_agent",
    "transport",
    "response_limit",
    "value_limit",
    "allow_plain_http",
    "from_env",
    "from_variables",
    "build",
];

/// How many items are a share of work.
const ITEMS: usize = 64;

/// Makes every name final.
#[must_use]
pub fn name(mut api: Api, source: &Source, report: &mut Report) -> Api {
    let words = api.operations.iter().map(|operation| {
        let name = &operation.name;
        name.chosen.clone().unwrap_or_else(|| name.words.clone())
    });
    let words: Vec<String> = words.collect();
    let mut items = std::mem::take(&mut api.items);
    let map = api.map;
    let mut others = Report::default();
    // Neither looks at what the other one names.
    both(
        || Namer::new(source, report).types(&mut items, map, &words),
        || Namer::new(source, &mut others).all_but_types(&mut api),
    );
    report.append(others);
    api.items = items;
    api
}

struct Namer<'a> {
    source: &'a Source,
    report: &'a mut Report,
    identifiers: Identifiers,
}

impl<'a> Namer<'a> {
    fn new(source: &'a Source, report: &'a mut Report) -> Self {
        Self {
            source,
            report,
            identifiers: Identifiers::default(),
        }
    }

    fn all_but_types(&mut self, api: &mut Api) {
        self.operations(api);
        let schemes = api.schemes.iter_mut().map(|scheme| &mut scheme.name);
        self.snake(&BUILDER_METHODS).assign(schemes.collect());
        self.servers(api);
    }

    /// Names what is in each of the items, on all threads: it is of no concern
    /// to the others.
    fn each<T: Send>(&mut self, items: &mut [T], name: impl Fn(&mut Namer<'_>, &mut T) + Sync) {
        let source = self.source;
        let reports = each(items.chunks_mut(ITEMS), |items| {
            let mut report = Report::default();
            let mut namer = Namer::new(source, &mut report);
            for item in items {
                name(&mut namer, item);
            }
            report
        });
        for report in reports {
            self.report.append(report);
        }
    }

    /// A scope of fields, methods or modules in which `reserved` is taken.
    fn snake(&mut self, reserved: &[&str]) -> Scope<'_> {
        self.scope(reserved, Case::Snake, "_")
    }

    /// A scope of types or variants in which `reserved` is taken; names that
    /// meet it get the suffix.
    fn pascal(&mut self, reserved: &[&str], suffix: &'static str) -> Scope<'_> {
        self.scope(reserved, Case::Pascal, suffix)
    }

    fn scope(&mut self, reserved: &[&str], case: Case, suffix: &'static str) -> Scope<'_> {
        Scope {
            reserved: reserved.iter().map(|name| (*name).to_owned()).collect(),
            taken: HashSet::default(),
            case,
            suffix,
            hidden: false,
            source: self.source,
            report: self.report,
            identifiers: &mut self.identifiers,
        }
    }
}

/// A name that was made to go with another one and has no pin of its own.
fn derived(name: &mut Name, words: String) {
    name.words = words;
}
