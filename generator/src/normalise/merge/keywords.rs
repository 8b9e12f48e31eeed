//! Two schemas in, the one that says what both say out, keyword by keyword.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::super::Normaliser;
use crate::diagnostic::Code;
use crate::graph::{Additional, Discriminator, JsonType, Property, Schema, SchemaId};
use crate::source::{Node, Origin};

impl Normaliser<'_> {
    /// A schema that says what both say. The second's annotations win.
    pub(super) fn both(&mut self, first: Schema, second: Schema) -> Schema {
        let mut properties = first.properties;
        for (name, property) in second.properties {
            match properties.get_mut(&name) {
                Some(other) if other.schema != property.schema => {
                    *other = Property {
                        origin: property.origin,
                        schema: self.intersection(vec![other.schema, property.schema]),
                    };
                }
                Some(_) => {}
                None => {
                    properties.insert(name, property);
                }
            }
        }
        let mut required = first.required;
        for also in second.required {
            if required.iter().all(|known| known.name != also.name) {
                required.push(also);
            }
        }
        let mut enumeration = self.values_of_both(&first.enumeration, &second.enumeration);
        let mut format = second.format.clone().or(first.format.clone());
        let json_type = match (first.json_type, second.json_type) {
            (Some(one), Some(other)) if one != other => {
                let kept = self.one_type(one, other, second.origin);
                if !matches!(kept, JsonType::Integer | JsonType::Number) {
                    let says = if kept == one {
                        &first.enumeration
                    } else {
                        &second.enumeration
                    };
                    enumeration = says.clone();
                    format = if kept == one {
                        first.format
                    } else {
                        second.format
                    };
                }
                Some(kept)
            }
            (one, other) => one.or(other),
        };
        let (one_of, any_of, discriminator) = self.choices(
            (first.one_of, first.any_of, first.discriminator),
            (second.one_of, second.any_of, second.discriminator),
            second.origin,
        );
        let mut enum_notes = first.enum_notes;
        enum_notes.extend(second.enum_notes);
        let mut constraints = first.constraints;
        for keyword in second.constraints.keywords {
            if !constraints.keywords.contains(&keyword) {
                constraints.keywords.push(keyword);
            }
        }
        let mut conditional = first.conditional;
        for inner in second.conditional {
            if !conditional.contains(&inner) {
                conditional.push(inner);
            }
        }
        let notes: IndexSet<String> = first.notes.into_iter().chain(second.notes).collect();
        Schema {
            origin: second.origin,
            component: None,
            rust_name: None,
            rust_type: None,
            rust_newtype: None,
            title: second.title.or(first.title),
            description: second.description.or(first.description),
            external_docs: second.external_docs.or(first.external_docs),
            deprecated: false,
            deprecation: None,
            read_only: first.read_only || second.read_only,
            write_only: first.write_only || second.write_only,
            sensitive: first.sensitive || second.sensitive,
            default: second.default.or(first.default),
            example: second.example.or(first.example),
            nullable: first.nullable && second.nullable,
            json_type,
            format,
            content_type: second.content_type.or(first.content_type),
            enumeration,
            enum_notes,
            properties,
            required,
            additional: self.additional(first.additional, second.additional),
            items: match (first.items, second.items) {
                (Some(one), Some(other)) if one != other => {
                    Some(self.intersection(vec![one, other]))
                }
                (one, other) => one.or(other),
            },
            all_of: Vec::new(),
            one_of,
            any_of,
            not: second.not.or(first.not),
            discriminator,
            constraints,
            conditional,
            notes: notes.into_iter().collect(),
            view: None,
        }
    }

    /// The values that both lists allow; those of the later where they have
    /// none in common.
    fn values_of_both(&mut self, first: &[Node], second: &[Node]) -> Vec<Node> {
        if first.is_empty() || second.is_empty() {
            return [first, second].concat();
        }
        let texts: HashSet<&str> = second.iter().filter_map(Node::as_str).collect();
        let others: Vec<&Node> = second
            .iter()
            .filter(|node| node.as_str().is_none())
            .collect();
        let in_second = |node: &&Node| match node.as_str() {
            Some(text) => texts.contains(text),
            None => others.iter().any(|other| other.value == node.value),
        };
        let common: Vec<Node> = first.iter().filter(in_second).cloned().collect();
        if common.is_empty() {
            self.report
                .warn(
                    Code::Contradiction,
                    second[0].origin,
                    "`allOf` asks for values of two lists that have none in common",
                )
                .help("the values of the later list are taken");
            return second.to_vec();
        }
        common
    }

    /// The choices of two members of `allOf`: one stays a choice of its own
    /// beside the other.
    fn choices(&mut self, first: Choice, second: Choice, origin: Origin) -> Choice {
        let is_choice = |choice: &Choice| !choice.0.is_empty() || !choice.1.is_empty();
        match (is_choice(&first), is_choice(&second)) {
            (_, false) => (first.0, first.1, second.2.or(first.2)),
            (false, true) => (second.0, second.1, second.2.or(first.2)),
            (true, true) if first.0 == second.0 && first.1 == second.1 => first,
            (true, true) => match (only_list(&first), only_list(&second)) {
                // The one with a discriminator is asked first.
                (Some(one), Some(other)) if second.2.is_some() => (other, one, second.2),
                (Some(one), Some(other)) => (one, other, first.2),
                _ => {
                    self.report.warn(
                        Code::NoEffect,
                        origin,
                        "a third choice (`oneOf` or `anyOf`) inside `allOf` has no effect",
                    );
                    first
                }
            },
        }
    }

    fn additional(&mut self, first: Additional, second: Additional) -> Additional {
        match (first, second) {
            (Additional::Schema(one), Additional::Schema(other)) if one != other => {
                Additional::Schema(self.intersection(vec![one, other]))
            }
            (Additional::Schema(one), _) | (_, Additional::Schema(one)) => Additional::Schema(one),
            (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
            (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
            (Additional::Unwritten, Additional::Unwritten) => Additional::Unwritten,
        }
    }

    fn one_type(&mut self, one: JsonType, other: JsonType, origin: Origin) -> JsonType {
        match (one, other) {
            // Every integer is a number: the narrower of the two holds.
            (JsonType::Integer, JsonType::Number) | (JsonType::Number, JsonType::Integer) => {
                JsonType::Integer
            }
            _ => {
                // What has parts says more than what has none; else the later
                // speaks for the whole.
                let kept = match (one, other) {
                    (JsonType::Object, _) | (_, JsonType::Object) => JsonType::Object,
                    (JsonType::Array, _) | (_, JsonType::Array) => JsonType::Array,
                    _ => other,
                };
                self.report
                    .warn(
                        Code::Contradiction,
                        origin,
                        format!(
                            "`allOf` asks for {one:?} and {other:?} at once, which no value is"
                        ),
                    )
                    .help(format!("use `oneOf` if either may come; {kept:?} is taken"));
                kept
            }
        }
    }
}

/// `oneOf`, `anyOf` and the discriminator of a schema.
type Choice = (Vec<SchemaId>, Vec<SchemaId>, Option<Box<Discriminator>>);

/// The members of a choice that uses one of the two keywords.
fn only_list(choice: &Choice) -> Option<Vec<SchemaId>> {
    match (choice.0.as_slice(), choice.1.as_slice()) {
        (members, []) | ([], members) => Some(members.to_vec()),
        _ => None,
    }
}
