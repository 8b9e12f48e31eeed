//! Definitions: the shape of each schema that became a type in, its fields,
//! variants or target out.

use super::Lowerer;
use crate::graph::{JsonType, Schema, SchemaId};
use crate::model::{
    Alias, Docs, Enum, Field, Item, ItemKind, Name, Presence, Scalar, Struct, Type, Variant,
};
use crate::normalise::{self, EnumValue, Kind};
use crate::source::Value;
use crate::string_format::{StringType, is_of_numbers, string_type};

impl Lowerer<'_> {
    /// Fills in what every registered type is.
    pub(super) fn define_items(&mut self) {
        for (item, id) in self.schemas.clone().into_iter().enumerate() {
            if self.is_newtype(id) {
                continue;
            }
            let kind = self.definition(id);
            let docs = self.docs(self.graph.schema(id));
            let view = self.view(id);
            let Item {
                kind: k,
                docs: d,
                view: v,
                ..
            } = &mut self.api.items[item];
            *k = kind;
            *d = docs;
            *v = view;
        }
    }

    fn definition(&mut self, id: SchemaId) -> ItemKind {
        let shapes = self.shapes;
        match &shapes.shape(id).kind {
            _ if self.foreign.contains_key(&id) => ItemKind::Alias(Alias {
                ty: self.structure(id),
                newtype: false,
            }),
            Kind::StringEnum(values) => ItemKind::StringEnum(Enum {
                variants: self.values(values, Clone::clone),
            }),
            Kind::IntegerEnum(values) => ItemKind::IntegerEnum(Enum {
                variants: self.values(values, ToString::to_string),
            }),
            Kind::Object { fields, additional } => {
                let fields: Vec<Field> = fields.iter().map(|field| self.field(field)).collect();
                let required = fields.iter().filter(|field| field.presence.is_required());
                let origin = self.graph.schema(id).origin;
                ItemKind::Struct(Struct {
                    required_name: (required.count() > 1).then(|| Name::new("", None, origin)),
                    fields,
                    least: self.graph.schema(id).least_properties(),
                    additional: additional.map(|values| {
                        let name = Name::new("additional_properties", None, origin);
                        (name, self.ty(values))
                    }),
                })
            }
            Kind::Union(union) => ItemKind::Union(self.union_of(union)),
            _ => ItemKind::Alias(Alias {
                ty: self.structure(id),
                newtype: false,
            }),
        }
    }

    fn values<T: Clone>(
        &self,
        values: &[EnumValue<T>],
        words: impl Fn(&T) -> String,
    ) -> Vec<Variant<T>> {
        values
            .iter()
            .map(|value| Variant {
                value: value.value.clone(),
                name: self.name(
                    &value.name.clone().unwrap_or_else(|| words(&value.value)),
                    None,
                    value.origin,
                ),
                description: value.description.clone(),
            })
            .collect()
    }

    pub(super) fn field(&mut self, field: &normalise::Field) -> Field {
        let graph = self.graph;
        let schema = graph.schema(field.schema);
        let ty = self.bare(field.schema);
        let nullable = self.is_nullable(field.schema) && ty != Type::Scalar(Scalar::Any);
        // A property that is a reference is not the component itself: what the
        // component says of itself stands on the component's type.
        let inline = schema.component.is_none();
        let mut docs = self.docs(schema);
        if !field.conditions.is_empty() {
            let conditions = field.conditions.join(", or ");
            docs.notes.insert(0, format!("Only {conditions}."));
        }
        // What is chosen for an inline schema that becomes a type is the name of the
        // type; newtypes have names of their own.
        let is_type =
            inline && self.items.contains_key(&field.schema) && !self.is_newtype(field.schema);
        let chosen = schema.rust_name.as_ref().filter(|_| inline && !is_type);
        let mut name = self.name(&field.wire, chosen, field.origin);
        let names_type = |chosen: &String| chosen.starts_with(char::is_uppercase);
        name.chosen = name.chosen.filter(|chosen| !is_type || !names_type(chosen));
        Field {
            origin: field.origin,
            wire: field.wire.clone(),
            name,
            presence: match (field.required, nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredNullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalNullable,
            },
            boxed: false,
            docs,
            deprecated: inline && schema.deprecated,
            default: self.default(field.schema, &ty),
            constant: constant(schema),
            ty,
        }
    }

    /// The author's words, and what other keywords say in words of our own.
    pub(super) fn docs(&self, schema: &Schema) -> Docs {
        let mut notes = Vec::new();
        let deprecation = schema.deprecation.as_ref().filter(|_| schema.deprecated);
        if schema.read_only {
            notes.push("Read-only: only the server sends it.".to_owned());
        }
        if schema.write_only {
            notes.push("Write-only: the server never sends it.".to_owned());
        }
        if let Some(format) = &schema.format
            && !self.type_says(schema, format)
        {
            notes.push(format!("Format: `{}`.", code_span(format)));
        }
        if !schema.constraints.keywords.is_empty() {
            let constraints: Vec<String> = schema
                .constraints
                .keywords
                .iter()
                .map(|(keyword, value)| format!("`{keyword}` `{}`", code_span(value)))
                .collect();
            let client = match self.config.validate {
                Some(true) => "does where `validate` is called",
                _ => "does not",
            };
            notes.push(format!(
                "The API checks: {}. The client {client}.",
                constraints.join(", ")
            ));
        }
        if let Some(default) = &schema.default {
            notes.push(format!(
                "Default where absent: `{}`.",
                code_span(&default.to_json().to_string())
            ));
        }
        if let Some(example) = &schema.example
            && !matches!(example.value, Value::Array(_) | Value::Object(_))
        {
            notes.push(format!(
                "Example: `{}`.",
                code_span(&example.to_json().to_string())
            ));
        }
        notes.extend(schema.notes.iter().cloned());
        notes.extend(schema.external_docs.clone());
        let mut docs = Docs {
            text: schema.description.clone().or_else(|| schema.title.clone()),
            notes,
        };
        docs.deprecate(deprecation);
        docs
    }

    /// Whether the Rust type of a schema says what its format says.
    fn type_says(&self, schema: &Schema, format: &str) -> bool {
        match schema.json_type {
            Some(JsonType::Integer | JsonType::Number) => is_of_numbers(format),
            _ => string_type(Some(format), &self.config.formats) != StringType::Text,
        }
    }
}

/// The one value of a boolean or number that lists one.
fn constant(schema: &Schema) -> Option<String> {
    match schema.enumeration.as_slice() {
        [only] if matches!(only.value, Value::Bool(_) | Value::Number(_)) => {
            Some(only.to_json().to_string())
        }
        _ => None,
    }
}

/// Text that cannot end a Markdown code span or a line.
fn code_span(text: &str) -> String {
    text.replace('`', "'").replace(['\n', '\r'], " ")
}
