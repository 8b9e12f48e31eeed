//! Says what is wrong with an example: why it does not fit its schema, and what
//! in one that fits was probably meant otherwise.

use super::Lowerer;
use super::example::Fit;
use crate::diagnostic::{is_one_edit, nearest};
use crate::graph::SchemaId;
use crate::normalise::{Field, Kind};
use crate::source::{Entries, Node, Origin, Value};

/// What is wrong with an example, and where.
pub(super) struct Misfit {
    pub(super) origin: Origin,
    pub(super) message: String,
    pub(super) help: String,
}

impl Lowerer<'_> {
    /// Why an example does not fit its schema.
    pub(super) fn misfit(&self, id: SchemaId, example: &Node) -> Misfit {
        let (origin, why) = self.why(id, example);
        Misfit {
            origin,
            message: format!("the example does not fit its schema: {why}"),
            help: "correct the example or the schema; no test is made from it".to_owned(),
        }
    }

    fn why(&self, id: SchemaId, node: &Node) -> (Origin, String) {
        let other = |wanted: &str| {
            let found = node.kind();
            (node.origin, format!("expected {wanted}, found {found}"))
        };
        let is_wrong = |id: SchemaId, node: &Node| self.fit(id, node) == Fit::No;
        match (&self.shapes.shape(id).kind, &node.value) {
            (Kind::Same(same), _) => self.why(*same, node),
            (Kind::Array(items), Value::Array(elements)) => {
                let wrong = elements.iter().find(|element| is_wrong(*items, element));
                wrong.map_or_else(|| other("a list"), |wrong| self.why(*items, wrong))
            }
            (Kind::Map(values), Value::Object(object)) => {
                let wrong = object.values().find(|value| is_wrong(*values, value));
                wrong.map_or_else(|| other("an object"), |wrong| self.why(*values, wrong))
            }
            (Kind::Object { fields, additional }, Value::Object(object)) => {
                for field in fields {
                    match object.get(&field.wire) {
                        None if field.required => {
                            let name = &field.wire;
                            return (node.origin, format!("it lacks the property `{name}`"));
                        }
                        Some(value) if is_wrong(field.schema, value) => {
                            return self.why(field.schema, value);
                        }
                        _ => {}
                    }
                }
                let known = |key: &str| fields.iter().any(|field| field.wire == *key);
                let more = object.iter().filter(|(key, _)| !known(key));
                let mut values = more.map(|(_, value)| value);
                additional
                    .and_then(|schema| {
                        let wrong = values.find(|value| is_wrong(schema, value))?;
                        Some(self.why(schema, wrong))
                    })
                    .unwrap_or_else(|| other("an object"))
            }
            (Kind::Boolean, _) => other("a boolean"),
            (Kind::Integer(_) | Kind::IntegerEnum(_), Value::Number(_)) => (
                node.origin,
                "it is no integer of its type's range".to_owned(),
            ),
            (Kind::Integer(_) | Kind::IntegerEnum(_), _) => other("an integer"),
            (Kind::Number(_), _) => other("a number"),
            (Kind::String(_), Value::String(_)) => {
                (node.origin, "it is no text of its format".to_owned())
            }
            (Kind::String(_) | Kind::StringEnum(_), _) => other("a string"),
            (Kind::Array(_), _) => other("a list"),
            (Kind::Map(_) | Kind::Object { .. }, _) => other("an object"),
            (Kind::Any | Kind::Union(_), _) => other("another value"),
        }
    }

    /// What in an example that fits was probably meant otherwise: values that an
    /// `enum` does not list, and names that are nearly those of properties.
    pub(super) fn oversights(&self, id: SchemaId, node: &Node, found: &mut Vec<Misfit>) {
        match (&self.shapes.shape(id).kind, &node.value) {
            (Kind::Same(same), _) => self.oversights(*same, node, found),
            (Kind::Array(items), Value::Array(elements)) => {
                for element in elements {
                    self.oversights(*items, element, found);
                }
            }
            (Kind::Map(values), Value::Object(object)) => {
                for value in object.values() {
                    self.oversights(*values, value, found);
                }
            }
            (Kind::Object { fields, .. }, Value::Object(object)) => {
                for field in fields {
                    if let Some(value) = object.get(&field.wire) {
                        self.oversights(field.schema, value, found);
                    }
                }
                misspelt(fields, object, found);
            }
            (Kind::StringEnum(values), Value::String(text))
                if values.iter().all(|known| known.value != *text) =>
            {
                let names = values.iter().map(|known| known.value.as_str());
                let help = match nearest(text, names) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "correct the example, or list the value".to_owned(),
                };
                found.push(Misfit {
                    origin: node.origin,
                    message: format!("the example has `{text}`, which `enum` does not list"),
                    help,
                });
            }
            _ => {}
        }
    }
}

/// Reports names in an example that are one edit away from a property that the
/// example lacks.
fn misspelt(fields: &[Field], object: &Entries, found: &mut Vec<Misfit>) {
    /// Of how many pairs of names each is compared.
    const MOST_PAIRS: usize = 100_000;
    if fields.len().saturating_mul(object.len()) > MOST_PAIRS {
        return;
    }
    for (key, value) in object {
        if fields.iter().any(|field| field.wire == *key) {
            continue;
        }
        let absent = fields
            .iter()
            .filter(|field| object.get(&field.wire).is_none());
        let meant = absent
            .map(|field| field.wire.as_str())
            .find(|name| is_one_edit(key, name));
        if let Some(meant) = meant {
            found.push(Misfit {
                origin: value.origin,
                message: format!("the example has `{key}`, which is no property of its schema"),
                help: format!("did you mean `{meant}`?"),
            });
        }
    }
}
