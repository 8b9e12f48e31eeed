//! Methods of structs: a struct of the plan in, its construction, its setters
//! and what it says of defaults out.

use super::docs;
use super::structure::{code, deprecation, map_of};
use super::ty::{self, From, ident_text};
use crate::format::piece::{Function, Impl};
use crate::format::statement::{assignment, literal};
use crate::model::{Api, Default, Field, Item, Presence, Struct};

/// The inherent methods of a struct.
pub(super) fn methods(
    api: &Api,
    item: &Item,
    structure: &Struct,
    required: &[&Field],
    from: From<'_>,
) -> Impl {
    let mut methods = vec![constructor(api, structure, required, from)];
    // What is required is given to `new`, and can be assigned later.
    for field in &structure.fields {
        if !field.presence.is_required() {
            methods.push(setter(api, field, from));
            methods.extend(
                (field.presence == Presence::OptionalNullable).then(|| null(structure, field)),
            );
        }
    }
    if let Some((name, values)) = &structure.additional {
        let name = ident_text(&name.rust);
        methods.push(Function {
            front: docs::front_sentence("Sets the properties that have no field of their own.")
                .must_use(),
            head: format!("pub fn {name}"),
            arguments: vec![
                "mut self".to_owned(),
                format!("{name}: {}", map_of(api, values, from)),
            ],
            output: "Self".to_owned(),
            body: vec![format!("self.{name} = {name};"), "self".to_owned()],
        });
    }
    methods.extend(
        structure
            .fields
            .iter()
            .filter_map(|field| default(api, structure, field, from)),
    );
    Impl::new(format!("impl {}", ident_text(&item.name.rust)), methods)
}

fn constructor(api: &Api, structure: &Struct, required: &[&Field], from: From<'_>) -> Function {
    let (sentence, arguments) = match (required, &structure.required_name) {
        ([], _) => ("With no property set.", Vec::new()),
        (_, Some(name)) => (
            "With the required properties, and no other set.",
            vec![format!("required: {}", ident_text(&name.rust))],
        ),
        (required, None) => (
            "With the required property, and no other set.",
            required
                .iter()
                .map(|field| {
                    let (ty, _) = required_argument(api, field, from);
                    format!("{}: {ty}", ident_text(&field.name.rust))
                })
                .collect(),
        ),
    };
    let given = required.iter().map(|field| {
        let name = ident_text(&field.name.rust);
        let value = match &structure.required_name {
            Some(_) => format!("required.{name}"),
            None => required_argument(api, field, from).1,
        };
        let value = boxed(field, value);
        if value == name {
            ["    ", &*name, ","].concat()
        } else {
            ["    ", &*name, ": ", &value, ","].concat()
        }
    });
    let optional = structure
        .fields
        .iter()
        .filter(|field| !field.presence.is_required())
        .map(|field| ["    ", &*ident_text(&field.name.rust), ": None,"].concat());
    let additional = structure.additional.iter().map(|(name, _)| {
        let (name, map) = (ident_text(&name.rust), api.map.name());
        format!("    {name}: {map}::new(),")
    });
    let mut body = vec!["Self {".to_owned()];
    body.extend(given.chain(optional).chain(additional));
    match body.len() {
        1 => body = vec!["Self {}".to_owned()],
        _ => body.push("}".to_owned()),
    }
    Function {
        front: docs::front_sentence(sentence).must_use(),
        head: "pub fn new".to_owned(),
        arguments,
        output: "Self".to_owned(),
        body,
    }
}

/// What is given for a required property, and the expression that makes its
/// value of it.
fn required_argument(api: &Api, field: &Field, from: From<'_>) -> (String, String) {
    let name = ident_text(&field.name.rust);
    if field.presence == Presence::RequiredNullable {
        let ty = ty::text(api, &field.ty, from);
        (format!("Option<{ty}>"), name.into_owned())
    } else {
        ty::argument(api, &field.ty, &name, from)
    }
}

/// The value of a field that stands behind a pointer.
fn boxed(field: &Field, value: String) -> String {
    match (field.boxed, field.presence) {
        (false, _) => value,
        (true, Presence::RequiredNullable) => [&*value, ".map(Box::new)"].concat(),
        (true, _) => ["Box::new(", &*value, ")"].concat(),
    }
}

/// The setter of an optional property.
fn setter(api: &Api, field: &Field, from: From<'_>) -> Function {
    let name = ident_text(&field.name.rust);
    let (argument, value) = ty::argument(api, &field.ty, &name, from);
    let value = boxed(field, value);
    let value = if field.presence == Presence::OptionalNullable {
        ["Some(Some(", &*value, "))"].concat()
    } else {
        ["Some(", &*value, ")"].concat()
    };
    let mut body = assignment(&["self.", &*name].concat(), &value);
    body.push("self".to_owned());
    Function {
        front: docs::front_sentence(&["Sets `", &*code(&field.wire), "`."].concat())
            .with(deprecation(field.deprecated, &field.docs))
            .must_use(),
        head: ["pub fn ", &*name].concat(),
        arguments: vec!["mut self".to_owned(), [&*name, ": ", &*argument].concat()],
        output: "Self".to_owned(),
        body,
    }
}

/// The setter of null.
fn null(structure: &Struct, field: &Field) -> Function {
    let sentence = format!(
        "Sets `{}` to null, which is not the same as leaving it out.",
        code(&field.wire)
    );
    let place = format!("self.{}", ident_text(&field.name.rust));
    let mut body = assignment(&place, "Some(None)");
    body.push("self".to_owned());
    Function {
        front: docs::front_sentence(&sentence)
            .with(deprecation(field.deprecated, &field.docs))
            .must_use(),
        head: format!("pub fn {}", beside(structure, field, "null")),
        arguments: vec!["mut self".to_owned()],
        output: "Self".to_owned(),
        body,
    }
}

/// The name of a second method of a field. A setter that is called so already
/// keeps its name.
pub(super) fn beside(structure: &Struct, field: &Field, suffix: &str) -> String {
    let name = format!("{}_{suffix}", field.name.rust.trim_end_matches('_'));
    if structure.fields.iter().any(|other| other.name.rust == name) {
        format!("{name}_")
    } else {
        name
    }
}

/// The value of a property, or what the API takes where it is absent.
fn default(api: &Api, structure: &Struct, field: &Field, from: From<'_>) -> Option<Function> {
    if field.presence.is_required() || field.boxed {
        return None;
    }
    let place = format!("self.{}", ident_text(&field.name.rust));
    let ty = ty::text(api, &field.ty, from);
    let nullable = field.presence == Presence::OptionalNullable;
    let (ty, value) = match field.default.as_ref()? {
        Default::Bool(value) => (ty, or_copy(&place, nullable, &value.to_string())),
        Default::Integer(value) => (ty, or_copy(&place, nullable, &value.to_string())),
        Default::Float(value) => (ty, or_copy(&place, nullable, &format!("{value:?}"))),
        Default::String(value) => {
            let value = literal(value);
            let value = if nullable {
                format!("{place}.as_ref().map_or(Some({value}), Option::as_deref)")
            } else {
                format!("{place}.as_deref().unwrap_or({value})")
            };
            ("&str".to_owned(), value)
        }
        Default::Text(value) | Default::StringEnum(_, value) => {
            (ty, or_made(&place, nullable, &literal(value)))
        }
        Default::IntegerEnum(_, value) => (ty, or_made(&place, nullable, &number(*value))),
        Default::IntegerNewtype(value) => (ty, or_made(&place, nullable, &number(*value))),
    };
    // Null is no absence.
    let (output, null) = match nullable {
        true => (format!("Option<{ty}>"), "; null stays null"),
        false => (ty, ""),
    };
    let sentence = format!(
        "`{}`, or what the API takes for it where it is absent{null}.",
        code(&field.wire)
    );
    Some(Function {
        front: docs::front_sentence(&sentence).must_use(),
        head: format!("pub fn {}", beside(structure, field, "or_default")),
        arguments: vec!["&self".to_owned()],
        output,
        body: vec![value],
    })
}

/// The value of a property, or one that needs no making.
fn or_copy(place: &str, nullable: bool, value: &str) -> String {
    if nullable {
        format!("{place}.unwrap_or(Some({value}))")
    } else {
        format!("{place}.unwrap_or({value})")
    }
}

/// A number that a method can be called on.
fn number(value: impl Into<i128>) -> String {
    let value = value.into();
    match value < 0 {
        true => format!("({value})"),
        false => value.to_string(),
    }
}

/// The value of a property, or one that is made from `value`.
fn or_made(place: &str, nullable: bool, value: &str) -> String {
    if nullable {
        format!("{place}.clone().unwrap_or_else(|| Some({value}.into()))")
    } else {
        format!("{place}.clone().unwrap_or_else(|| {value}.into())")
    }
}
