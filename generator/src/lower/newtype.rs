//! Newtypes: the strings and integers that `x-rust-newtype` and `[newtypes]`
//! name in, a type of its own for each name out, wherever it is used.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowerer;
use crate::config::NewtypeChoice;
use crate::diagnostic::Code;
use crate::graph::SchemaId;
use crate::model::{Docs, ItemKind, Newtype, Owner, Scalar};
use crate::name::is_keyword;
use crate::normalise::Kind;
use crate::source::{Node, Origin, Value};
use crate::string_format::StringType;

/// A schema that is a newtype.
struct Place {
    id: SchemaId,
    /// Its JSON pointer.
    pointer: String,
    /// What stands inside.
    inner: Scalar,
    /// Where it is said.
    said: Origin,
}

impl Lowerer<'_> {
    /// Registers a type for each name of a newtype. The configuration wins over
    /// the document.
    pub(super) fn newtypes(&mut self) {
        let graph = self.graph;
        let configured: BTreeMap<String, (&String, &NewtypeChoice)> = self
            .config
            .newtypes
            .iter()
            .map(|(key, choice)| (configured_pointer(key), (key, choice)))
            .collect();
        let mut met: BTreeSet<String> = BTreeSet::new();
        let mut places: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for (index, schema) in graph.schemas.iter().enumerate() {
            let written = schema.rust_newtype.as_ref();
            if configured.is_empty() && written.is_none() {
                continue;
            }
            let id = SchemaId(index as u32);
            let pointer = self.pointer(schema.origin);
            let (name, said) = match (configured.get(&pointer), written) {
                (Some((key, choice)), _) => {
                    met.insert(pointer.clone());
                    (self.chosen_newtype(id, key, choice), schema.origin)
                }
                (None, Some(node)) => (self.written_newtype(id, node), node.origin),
                (None, None) => continue,
            };
            let Some(name) = name else {
                continue;
            };
            match self.newtype_inner(id) {
                Ok(inner) => places.entry(name).or_default().push(Place {
                    id,
                    pointer,
                    inner,
                    said,
                }),
                Err(what) => self
                    .report
                    .warn(
                        Code::NoEffect,
                        said,
                        format!("a newtype holds a string or an integer, and this is {what}, so it has no effect"),
                    )
                    .help("remove it here, or say it of the string or integer inside"),
            }
        }
        for (pointer, (key, _)) in &configured {
            if !met.contains(pointer) {
                let message =
                    format!("`[newtypes]` names `{key}`, which is no schema of the document");
                let help = self.pointer_help(pointer);
                self.config
                    .error(self.report, &["newtypes", key], message)
                    .help(help);
            }
        }
        for (name, places) in places {
            self.register_newtype(&name, places);
        }
    }

    /// The name that the configuration gives.
    fn chosen_newtype(
        &mut self,
        id: SchemaId,
        key: &str,
        choice: &NewtypeChoice,
    ) -> Option<String> {
        let (message, help) = match choice {
            NewtypeChoice::Flag(false) => return None,
            NewtypeChoice::Flag(true) => match &self.graph.schema(id).component {
                Some(component) => return Some(component.clone()),
                None => (
                    format!("`[newtypes]` gives `{key}` no name, and it is no component"),
                    "write the name of the type: `= \"OrganizationId\"`",
                ),
            },
            NewtypeChoice::Name(name) if is_type_name(name) => return Some(name.clone()),
            NewtypeChoice::Name(name) => (
                format!("`[newtypes]` calls `{key}` `{name}`, which is no name of a type"),
                HELP,
            ),
        };
        self.config
            .error(self.report, &["newtypes", key], message)
            .help(help);
        None
    }

    /// The name that an `x-rust-newtype` gives; reports where it gives none.
    fn written_newtype(&mut self, id: SchemaId, node: &Node) -> Option<String> {
        let schema = self.graph.schema(id);
        let (message, help) = match &node.value {
            Value::Bool(false) => return None,
            _ if schema.rust_type.is_some() => {
                self.report
                    .error(
                        Code::Contradiction,
                        node.origin,
                        "`x-rust-newtype` and `x-rust-type` both say what the type is",
                    )
                    .help("remove one of the two");
                return None;
            }
            Value::Bool(true) => match &schema.component {
                Some(component) => return Some(component.clone()),
                None => (
                    "`x-rust-newtype` is `true`, and there is no component to name the type after"
                        .to_owned(),
                    "write the name of the type: `x-rust-newtype: OrganizationId`",
                ),
            },
            Value::String(name) if is_type_name(name) => return Some(name.clone()),
            Value::String(name) => (
                format!("`x-rust-newtype` is `{name}`, which is no name of a type"),
                HELP,
            ),
            _ => (
                format!("`x-rust-newtype` is {}, not a name", node.kind()),
                HELP,
            ),
        };
        self.report
            .error(Code::InvalidValue, node.origin, message)
            .help(help);
        None
    }

    /// What a newtype of the schema holds, or what it is that cannot be held.
    fn newtype_inner(&self, id: SchemaId) -> Result<Scalar, &'static str> {
        let schema = self.graph.schema(id);
        let is_configured = || self.config.types.contains_key(&self.pointer(schema.origin));
        if !self.config.types.is_empty() && is_configured() {
            return Err("replaced by `[types]`");
        }
        match &self.shapes.shape(id).kind {
            Kind::Integer(format) => Ok(self.integer(*format)),
            Kind::String(StringType::Secret) => Err("a secret, whose type keeps it out of sight"),
            Kind::String(_) if schema.format.as_deref() == Some("binary") => Err("a file"),
            // An id is compared and sent back letter by letter, whatever its
            // format.
            Kind::String(_) => Ok(Scalar::String),
            Kind::Same(same) if self.graph.schema(*same).rust_newtype.is_some() => {
                Err("another name for a newtype")
            }
            Kind::Same(same) if self.foreign.contains_key(same) => {
                Err("another name for a type of its own")
            }
            Kind::Same(same) => self.newtype_inner(*same),
            Kind::StringEnum(_) | Kind::IntegerEnum(_) => Err("an enum, which is a type already"),
            Kind::Boolean => Err("a boolean"),
            Kind::Number(_) => Err("a number"),
            Kind::Array(_) => Err("a list"),
            Kind::Map(_) | Kind::Object { .. } => Err("an object"),
            Kind::Union(_) => Err("a choice of schemas"),
            Kind::Any => Err("any value, or a part of another schema"),
        }
    }

    /// One type for all places of a name. Those that hold something else than
    /// the first are reported.
    fn register_newtype(&mut self, name: &str, mut places: Vec<Place>) {
        let graph = self.graph;
        // The component of that name, else another, else the first by the
        // letters of its pointer, whatever the order of the document.
        places.sort_by_cached_key(|place| {
            let component = graph.schema(place.id).component.as_deref();
            (
                component != Some(name),
                component.is_none(),
                place.pointer.clone(),
                place.id,
            )
        });
        let mut places = places.into_iter();
        let Some(first) = places.next() else {
            return;
        };
        let schema = graph.schema(first.id);
        let item = self.register(first.id, Owner::Component, name);
        self.foreign.remove(&first.id);
        let mut descriptions = BTreeSet::from([schema.description.as_ref()]);
        for place in places {
            if place.inner != first.inner {
                self.report
                    .error(
                        Code::Contradiction,
                        place.said,
                        format!(
                            "the newtype `{name}` holds {} here and {} in {}",
                            words(place.inner),
                            words(first.inner),
                            first.pointer
                        ),
                    )
                    .help("give one of them another name, or both the same type and format");
                continue;
            }
            self.items.insert(place.id, item);
            self.foreign.remove(&place.id);
            descriptions.insert(graph.schema(place.id).description.as_ref());
        }
        // What a property says of itself is true of the type where all say it.
        let docs = match (&schema.component, descriptions.len()) {
            (Some(_), _) => self.docs(schema),
            (None, 1) => Docs {
                text: schema.description.clone(),
                notes: Vec::new(),
            },
            (None, _) => Docs::default(),
        };
        // `x-rust-name` and pins of a property name the property.
        let chosen = match &schema.component {
            Some(component) if component == name => None,
            Some(_) => Some(self.pin(schema.origin).cloned().unwrap_or(name.to_owned())),
            None => Some(name.to_owned()),
        };
        let new = &mut self.api.items[item.0];
        if chosen.is_some() {
            new.name.chosen = chosen;
        }
        new.deprecated &= schema.component.is_some();
        new.docs = docs;
        new.kind = ItemKind::Newtype(Newtype { inner: first.inner });
    }

    /// Whether the type of a schema is a newtype.
    pub(super) fn is_newtype(&self, id: SchemaId) -> bool {
        let item = self.items.get(&id);
        item.is_some_and(|item| matches!(self.api.item(*item).kind, ItemKind::Newtype(_)))
    }
}

/// What to write in place of what is no name.
const HELP: &str = "write letters and digits, a capital first: `OrganizationId`";

/// The pointer that a key of `[newtypes]` stands for.
fn configured_pointer(key: &str) -> String {
    if key.contains('#') {
        return key.to_owned();
    }
    let name = key.replace('~', "~0").replace('/', "~1");
    format!("#/components/schemas/{name}")
}

/// Whether a type can be called so, as it is written.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric())
        && !is_keyword(name)
}

fn words(inner: Scalar) -> &'static str {
    match inner {
        Scalar::I32 => "an `int32`",
        Scalar::U32 => "a `uint32`",
        Scalar::U64 => "a `uint64`",
        Scalar::I64 | Scalar::I128 => "an `int64`",
        _ => "a string",
    }
}
