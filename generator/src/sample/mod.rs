//! Samples: a document and the surface of its client in, a test of the client
//! out, which decodes values of every component schema into the type of the
//! schema, encodes them again and compares; the examples of the document are
//! decoded as well.
//!
//! Values with one thing broken are made, too. Whoever reads values by the schema
//! has to refuse them: the type where it cannot hold them, `validate()` where
//! there is one, and the mock. Enums are open, so the client takes any value.
//!
//! Values are made from the tree that `dialect` leaves, by rules of their own:
//! what `normalise`, `lower` and `emit` make of schemas is what they test.

mod example;
mod excerpt;
mod fits;
mod make;
#[cfg(test)]
mod program;
mod rust_type;
mod same;
mod scalar;
mod spec;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use serde::Serialize;
use serde_json::Value as Json;

use crate::source::Node;
use crate::surface::TypeEntry;
use crate::threads::with_stack;
use crate::{Outcome, surface::Surface};
pub(crate) use excerpt::Excerpt;
pub(crate) use fits::{Budget, Exceeded, Judge};
use make::{Breach, Maker};
use rust_type::RustTypes;
pub use spec::Direction;
pub(crate) use spec::{Spec, escaped, list};

/// The modules of the test that are the same for every client.
const MODULES: [(&str, &str); 2] = [
    ("program", include_str!("program.rs")),
    ("same", include_str!("same.rs")),
];

/// The most samples of one schema.
const MOST: usize = 400;

/// A value to decode.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Sample {
    /// The number of its type.
    #[serde(rename = "type")]
    ty: usize,
    /// Where its schema, or it itself, stands in the document after upgrades.
    place: String,
    /// What is special about it.
    case: String,
    /// The value.
    value: Json,
    /// Whether it fits by all keywords, so that `validate()` has nothing to say.
    strict: bool,
    /// Who has to notice that it is broken, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    breach: Option<Breach>,
}

/// Everything that the test reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Samples {
    /// Values that have to come back as they are.
    samples: Vec<Sample>,
    /// Values that are broken in one thing.
    broken: Vec<Sample>,
    /// Values that are broken, and which the mock takes as they are.
    disputed: Vec<Sample>,
    /// Examples of the document that fit their schemas: they decode.
    examples: Vec<Sample>,
    /// How many examples do not fit.
    misfits: usize,
    /// The component schemas without a type.
    untyped: Vec<String>,
    /// The types, as Rust code outside of the crate writes them.
    #[serde(skip)]
    types: Vec<String>,
}

/// The files of the test: path in the crate and contents. Nothing where there
/// is no crate.
#[must_use]
pub fn test_files(outcome: &Outcome) -> Vec<(String, String)> {
    let (Some(surface), Some(upgraded)) = (&outcome.surface, outcome.upgraded()) else {
        return Vec::new();
    };
    let samples = with_stack(|| samples(outcome, surface, upgraded));
    let arms = samples.types.iter().enumerate();
    let arms: String = arms
        .map(|(number, ty)| format!("        {number} => program::again::<{ty}>,\n"))
        .collect();
    let validating = validating(outcome);
    let types = samples.types.iter().enumerate();
    let checks: String = types
        .filter_map(|(number, ty)| {
            let (krate, path) = ty.split_once("::types::")?;
            let name = path.rsplit("::").next()?;
            validating.contains(name).then(|| {
                format!(
                    "        {number} => Some((|text: &str| {{\n            \
                         let value: {ty} = serde_json::from_str(text).map_err(|error| error.to_string())?;\n            \
                         {krate}::Validate::validate(&value).map_err(|found| found.to_string())?;\n            \
                         Ok(String::new())\n        \
                     }}) as program::Again),\n"
                )
            })
        })
        .collect();
    let modules: String = MODULES.iter().map(inline).collect();
    let test = format!(
        "//! Values of every schema, there and back again.\n\
         \n\
         #![allow(dead_code, deprecated, unused_imports)]\n\
         \n\
         use std::collections::BTreeMap;\n\
         \n\
         fn again(ty: usize) -> program::Again {{\n    \
             match ty {{\n{arms}        _ => unreachable!(\"no type {{ty}}\"),\n    }}\n\
         }}\n\
         \n\
         fn validate(ty: usize) -> Option<program::Again> {{\n    \
             match ty {{\n{checks}        _ => None,\n    }}\n\
         }}\n\
         \n\
         #[test]\n\
         fn values_come_back_and_examples_decode() {{\n    \
             program::run(include_str!(\"round_trip.json\"), again, validate);\n\
         }}\n\
         {modules}"
    );
    // Strings, numbers, lists and objects: nothing that JSON cannot say.
    let data = serde_json::to_string_pretty(&samples).unwrap_or_default();
    vec![
        ("tests/round_trip.rs".to_owned(), test),
        ("tests/round_trip.json".to_owned(), data),
    ]
}

/// One value of a schema to look at, with what is documented in it.
pub(crate) fn value<'a>(spec: &Spec<'a>, schema: &'a Json, direction: Direction) -> Option<Json> {
    Maker::new(spec, &BTreeSet::new(), Some(direction)).telling(schema)
}

/// Values of a schema to send, the least one first.
pub(crate) fn values<'a>(spec: &Spec<'a>, schema: &'a Json, direction: Direction) -> Vec<Json> {
    let least = Maker::new(spec, &BTreeSet::new(), Some(direction)).least(schema);
    let telling = value(spec, schema, direction);
    let cases = Maker::new(spec, &BTreeSet::new(), Some(direction)).all(schema);
    least.into_iter().chain(telling).chain(cases).collect()
}

/// Returns the names of the types that have a `validate()`.
fn validating(outcome: &Outcome) -> BTreeSet<&str> {
    let files = outcome.tree.iter().flatten();
    files
        .filter(|(path, _)| path.starts_with("src/types/"))
        .flat_map(|(_, file)| file.contents.lines())
        .filter_map(|line| line.split_once("Validate for ")?.1.strip_suffix(" {"))
        .collect()
}

/// A module as a part of another file.
fn inline((name, text): &(&str, &str)) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    format!("\nmod {name} {{\n{}}}\n", lines.collect::<String>())
}

fn samples(outcome: &Outcome, surface: &Surface, upgraded: &Node) -> Samples {
    let root = upgraded.to_json();
    let spec = Spec::new(&root);
    let types = RustTypes::new(surface);
    let mut samples = Samples::default();
    let mut components = Vec::new();
    for name in spec.components().keys() {
        let found = component_types(outcome, surface, upgraded, name);
        components.push((name.clone(), found));
    }
    let split: BTreeSet<&str> = components
        .iter()
        .filter(|(_, types)| types.iter().any(|ty| ty.direction.is_some()))
        .map(|(name, _)| name.as_str())
        .collect();
    for (name, found) in &components {
        if found.is_empty() {
            samples.untyped.push(name.clone());
        }
        let Some(schema) = spec.components().get(name) else {
            continue;
        };
        let place = format!("#/components/schemas/{}", escaped(name));
        for entry in found {
            let direction = types.direction(entry);
            let mut maker = Maker::new(&spec, &split, direction);
            let made = maker.component(name);
            samples.add(&maker, schema, (entry, &place), direction, made);
        }
    }
    for entry in inline_types(outcome, surface, upgraded) {
        let pointer = entry.pointer.strip_prefix('#').unwrap_or("");
        let Some(schema) = root.pointer(pointer) else {
            continue;
        };
        let mut maker = Maker::new(&spec, &split, None);
        let made = maker.inline(schema);
        samples.add(&maker, schema, (entry, &entry.pointer), None, made);
    }
    example::collect(&spec, surface, &types, &components, &mut samples);
    samples
}

/// Whether a value fits a schema by all keywords, on its way to the server and
/// back.
fn fits_by_the_word<'a>(
    spec: &Spec<'a>,
    schema: &'a Json,
    direction: Option<Direction>,
    value: &Json,
) -> bool {
    let never = AtomicBool::new(false);
    [Direction::Request, Direction::Response]
        .into_iter()
        .all(|way| {
            let budget = Budget::new(&never);
            let judge = Judge::by_the_word(spec, direction.unwrap_or(way), &budget);
            judge.fits(schema, value)
        })
}

/// The types of schemas that stand in bodies and parameters, as they are written
/// there, but for those that are one of two views: the component says which
/// properties those have.
fn inline_types<'a>(
    outcome: &Outcome,
    surface: &'a Surface,
    upgraded: &Node,
) -> Vec<&'a TypeEntry> {
    let inside = |entry: &&TypeEntry| {
        let pointer = &entry.pointer;
        let is_component = ["#/components/schemas/", "#/definitions/"]
            .iter()
            .any(|start| pointer.starts_with(start));
        let node = pointer.strip_prefix('#');
        let node = node.and_then(|pointer| upgraded.pointer(pointer));
        !is_component && node.is_some_and(|node| outcome.source.reference(node.origin) == *pointer)
    };
    let types = surface.types.iter();
    types
        .filter(|entry| entry.serialize && entry.deserialize && entry.direction.is_none())
        .filter(inside)
        .collect()
}

/// The types that a component became: two where requests and responses differ.
fn component_types<'a>(
    outcome: &Outcome,
    surface: &'a Surface,
    upgraded: &Node,
    name: &str,
) -> Vec<&'a TypeEntry> {
    let key = escaped(name);
    let written = upgraded
        .pointer(&format!("/components/schemas/{key}"))
        .map(|node| outcome.source.reference(node.origin));
    let places = [
        Some(format!("#/components/schemas/{key}")),
        Some(format!("#/definitions/{key}")),
        written,
    ];
    let found = places.into_iter().flatten().map(|pointer| {
        let types = surface.types.iter();
        types
            .filter(|entry| entry.pointer == pointer && entry.serialize && entry.deserialize)
            .collect::<Vec<_>>()
    });
    found
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

impl Samples {
    /// Adds what was made of a schema, and the first of it with one thing broken.
    fn add<'a>(
        &mut self,
        maker: &Maker<'_, 'a>,
        schema: &'a Json,
        (entry, place): (&TypeEntry, &str),
        direction: Option<Direction>,
        made: Vec<(String, Json)>,
    ) {
        let spec = maker.spec();
        let ty = self.number(&entry.rust);
        let sample = |case: String, value: Json, strict: bool, breach: Option<Breach>| Sample {
            ty,
            place: place.to_owned(),
            case,
            value,
            strict,
            breach,
        };
        let mut valid = None;
        for (case, value) in made.into_iter().take(MOST) {
            let strict =
                !case.starts_with("unknown") && fits_by_the_word(spec, schema, direction, &value);
            if strict {
                valid.get_or_insert_with(|| value.clone());
            }
            self.samples.push(sample(case, value, strict, None));
        }
        let broken = valid.map_or(Vec::new(), |valid| maker.broken(schema, &valid));
        for (case, breach, value) in broken {
            let fits = fits_by_the_word(spec, schema, direction, &value);
            // Another variant may take it.
            if fits && case.contains("variant ") {
                continue;
            }
            let list = match fits {
                true => &mut self.disputed,
                false => &mut self.broken,
            };
            list.push(sample(case, value, fits, Some(breach)));
        }
    }

    /// The number of a type.
    fn number(&mut self, ty: &str) -> usize {
        let known = self.types.iter().position(|known| known == ty);
        known.unwrap_or_else(|| {
            self.types.push(ty.to_owned());
            self.types.len() - 1
        })
    }
}
