//! Shapes: a union of the plan in, what its generated decoder knows of each
//! variant before it tries one out.

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};

use super::ty::{self, From, ident_text};
use crate::format::Item as Piece;
use crate::format::expression::{self, Expression};
use crate::format::import;
use crate::format::statement::literal;
use crate::model::{Api, Field, Item, ItemId, ItemKind, Scalar, Struct, Type, Union};

/// How deep constants inside properties are looked for.
const DEEPEST: usize = 3;

/// How many values of an enum are worth comparing with.
const MOST_VALUES: usize = 64;

/// How many types are looked through for one that is an object.
const MOST_ITEMS: usize = 256;

/// The most variants of unions inside of one union that its shapes tell of:
/// unions that lead to each other have ever more.
const MOST_VARIANTS: usize = 4096;

/// The structs that have their shape beside them, because a union refers to it.
#[derive(Debug)]
pub(super) struct Shaped(BTreeSet<ItemId>);

impl Shaped {
    /// Those that any union refers to.
    pub(super) fn of(api: &Api) -> Self {
        let mut shaped = BTreeSet::new();
        for item in &api.items {
            if let ItemKind::Union(union) = &item.kind
                && item.deserialize
                && union.is_chosen_by_shape(api)
            {
                let writer = Writer::of(item, api, union);
                for variant in &union.variants {
                    writer.shared(&variant.ty, &mut Vec::new(), &mut shaped);
                }
            }
        }
        Self(shaped)
    }

    /// The shape of a struct, where a union refers to it.
    pub(super) fn of_struct(&self, api: &Api, id: ItemId, structure: &Struct) -> Option<Piece> {
        self.0.contains(&id).then(|| {
            let item = api.item(id);
            let writer = Writer {
                api,
                from: From::Types(&item.module),
                properties: true,
                variants_left: Cell::new(MOST_VARIANTS),
            };
            let shape = writer.structure(structure);
            // The union that reads it may be off.
            let unread = match api.features.is_empty() {
                true => "",
                false => "    #[allow(dead_code, reason = \"features may be off\")]\n",
            };
            let head = "pub(crate) const SHAPE: crate::runtime::untagged::Shape";
            constant(item, unread, head, &shape)
        })
    }
}

/// What is known of each variant of a union.
pub(super) fn of_union(api: &Api, item: &Item, union: &Union) -> Piece {
    let writer = Writer::of(item, api, union);
    let shapes = union
        .variants
        .iter()
        .map(|variant| writer.shape(&variant.ty, &mut Vec::new()));
    let shapes = Expression::List(shapes.collect());
    let head = "const SHAPES: &'static [crate::runtime::untagged::Shape]";
    constant(item, "", head, &shapes)
}

/// A constant of the type, with the imports that its value needs.
fn constant(item: &Item, front: &str, head: &str, value: &Expression) -> Piece {
    let name = ident_text(&item.name.rust);
    let mut text = format!("impl {name} {{\n{front}    {head} = {{\n");
    let is_of =
        |value: &Expression| matches!(value, Expression::Plain(text) if text.starts_with(OF));
    let is = |value: &Expression, name| matches!(value, Expression::Struct(of) if of.name == name);
    let of = value.any(&is_of);
    let names: Vec<&str> = [
        ("JsonKind", of),
        ("Known", value.any(&|value| is(value, "Known"))),
        ("Shape", of || value.any(&|value| is(value, "Shape"))),
    ]
    .into_iter()
    .filter_map(|(name, used)| used.then_some(name))
    .collect();
    if !names.is_empty() {
        text.push_str("        ");
        text.push_str(&import::names("use crate::runtime::untagged", &names));
    }
    text.push_str("        ");
    value.write(&mut text, 8, 0);
    text.push_str("\n    };\n}\n");
    Piece::Text(text)
}

/// What was met before is not asked again: it would have been the answer.
fn may_be_object(api: &Api, ty: &Type, met: &mut HashSet<ItemId>) -> bool {
    match ty {
        Type::Scalar(scalar) => *scalar == Scalar::Any,
        Type::Foreign(_) => true,
        Type::Array(_) => false,
        Type::Map(_) => true,
        Type::Nullable(inner) => may_be_object(api, inner, met),
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Struct(_) => true,
            ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) | ItemKind::Newtype(_) => false,
            // Nobody needs to know what stands that far away.
            _ if met.len() >= MOST_ITEMS => true,
            _ if !met.insert(*id) => false,
            ItemKind::Alias(alias) => may_be_object(api, &alias.ty, met),
            ItemKind::Union(union) => union
                .variants
                .iter()
                .any(|variant| may_be_object(api, &variant.ty, met)),
        },
    }
}

struct Writer<'a> {
    api: &'a Api,
    /// Where the shape stands.
    from: From<'a>,
    /// Whether properties tell variants apart.
    properties: bool,
    /// How many more variants of unions inside may be told of.
    variants_left: Cell<usize>,
}

impl<'a> Writer<'a> {
    fn of(item: &'a Item, api: &'a Api, union: &Union) -> Self {
        let objects = union
            .variants
            .iter()
            .filter(|variant| may_be_object(api, &variant.ty, &mut HashSet::new()))
            .count();
        Self {
            api,
            from: From::Types(&item.module),
            // One object among scalars is known by its kind alone.
            properties: objects > 1,
            variants_left: Cell::new(MOST_VARIANTS),
        }
    }

    /// Whether a variant of a union inside is told of. `shared` and `shape` ask
    /// in the same order.
    fn tells_of_variant(&self) -> bool {
        let left = self.variants_left.get();
        self.variants_left.set(left.saturating_sub(1));
        left > 0
    }

    /// The structs whose shape stands beside them and not in the place of the
    /// type; the way to them is that of `shape`.
    fn shared(&self, ty: &Type, path: &mut Vec<ItemId>, found: &mut BTreeSet<ItemId>) {
        match ty {
            Type::Array(inner) => self.shared(inner, path, found),
            Type::Item(id) if !path.contains(id) && path.len() <= DEEPEST => {
                path.push(*id);
                match &self.api.item(*id).kind {
                    ItemKind::Alias(alias) => self.shared(&alias.ty, path, found),
                    ItemKind::Union(union) => {
                        for variant in &union.variants {
                            if self.tells_of_variant() {
                                self.shared(&variant.ty, path, found);
                            }
                        }
                    }
                    ItemKind::Struct(_) if self.properties => {
                        found.insert(*id);
                    }
                    ItemKind::Struct(_)
                    | ItemKind::StringEnum(_)
                    | ItemKind::IntegerEnum(_)
                    | ItemKind::Newtype(_) => {}
                }
                path.pop();
            }
            _ => {}
        }
    }

    fn shape(&self, ty: &Type, path: &mut Vec<ItemId>) -> Expression {
        match ty {
            Type::Scalar(scalar) => of(match scalar {
                Scalar::Any => "Any",
                Scalar::Bool => "Boolean",
                integer if integer.is_integer() => "Integer",
                Scalar::F32 | Scalar::F64 => "Number",
                Scalar::String | Scalar::Secret => "String",
                _ => "Format",
            }),
            Type::Array(inner) => {
                let inner = self.shape(inner, path);
                let items = Expression::Within("Some(&".to_owned(), Box::new(inner), ")");
                shape([("items", items)], of("Array"))
            }
            Type::Map(_) => of("Object"),
            Type::Nullable(_) | Type::Foreign(_) => of("Any"),
            // What holds itself has no shape that could be written down.
            Type::Item(id) if path.contains(id) || path.len() > DEEPEST => of("Any"),
            Type::Item(id) => {
                path.push(*id);
                let shape = match &self.api.item(*id).kind {
                    ItemKind::Alias(alias) => self.shape(&alias.ty, path),
                    ItemKind::Newtype(newtype) => self.shape(&Type::Scalar(newtype.inner), path),
                    ItemKind::StringEnum(values) => {
                        let values = values.variants.iter().map(|variant| variant.value.clone());
                        listed("String", values.collect())
                    }
                    ItemKind::IntegerEnum(values) => {
                        let values = values
                            .variants
                            .iter()
                            .map(|variant| variant.value.to_string());
                        listed("Integer", values.collect())
                    }
                    ItemKind::Union(union) => self.any_of(union, path),
                    ItemKind::Struct(_) if self.properties => {
                        let ty = ty::text(self.api, ty, self.from);
                        Expression::Plain(format!("{ty}::SHAPE"))
                    }
                    ItemKind::Struct(structure) => self.structure(structure),
                };
                path.pop();
                shape
            }
        }
    }

    fn any_of(&self, union: &Union, path: &mut Vec<ItemId>) -> Expression {
        let shapes = union.variants.iter().map(|variant| {
            let inner = match self.tells_of_variant() {
                true => self.shape(&variant.ty, path),
                false => of("Any"),
            };
            match (&union.tag, &variant.tag) {
                (Some(property), Some(tag)) if !variant.default => {
                    let tags = [tag].into_iter().chain(&variant.also);
                    let tags = Expression::texts(tags.map(String::as_str));
                    let before = format!("Some(({}, ", literal(property));
                    let tag = Expression::Within(before, Box::new(tags), "))");
                    shape([("tag", tag)], inner)
                }
                _ => inner,
            }
        });
        shape([("any_of", Expression::List(shapes.collect()))], of("Any"))
    }

    fn structure(&self, structure: &Struct) -> Expression {
        let mut known = Vec::new();
        self.known(structure, &mut Vec::new(), &mut known);
        let mut fields = Vec::new();
        if self.properties {
            let required = structure
                .fields
                .iter()
                .filter(|field| field.presence.is_required());
            fields.push(("required", Expression::texts(required.map(wire))));
            let properties = structure.fields.iter();
            fields.push(("properties", Expression::texts(properties.map(wire))));
        }
        if !known.is_empty() {
            fields.push(("known", Expression::List(known)));
        }
        match fields.is_empty() {
            true => of("Object"),
            false => shape(fields, of("Object")),
        }
    }

    /// The listed values of properties: all of the variant's own, constants
    /// only further inside.
    fn known<'s>(
        &'s self,
        structure: &'s Struct,
        path: &mut Vec<&'s str>,
        known: &mut Vec<Expression>,
    ) {
        for field in &structure.fields {
            path.push(&field.wire);
            let values = self.values(field);
            let worth = if path.len() > 1 {
                values.len() == 1
            } else {
                values.len() == 1 || (self.properties && values.len() <= MOST_VALUES)
            };
            if !values.is_empty() && worth {
                let path = path.iter().copied();
                known.push(self::known(path, &values));
            } else if field.presence.is_required()
                && path.len() < DEEPEST
                && let Some(inner) = self.struct_of(&field.ty)
            {
                self.known(inner, path, known);
            }
            path.pop();
        }
    }

    fn struct_of(&self, ty: &Type) -> Option<&Struct> {
        match ty {
            Type::Item(id) => match &self.api.item(*id).kind {
                ItemKind::Struct(structure) => Some(structure),
                ItemKind::Alias(alias) if !alias.newtype => match &alias.ty {
                    Type::Item(id) => match &self.api.item(*id).kind {
                        ItemKind::Struct(structure) => Some(structure),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// The texts of the values that a property lists.
    fn values(&self, field: &Field) -> Vec<String> {
        if let Some(constant) = &field.constant {
            return vec![constant.clone()];
        }
        let mut ty = &field.ty;
        // Aliases of aliases end: circles of them are newtypes.
        while let Type::Item(id) = ty {
            ty = match &self.api.item(*id).kind {
                ItemKind::Alias(alias) if !alias.newtype => &alias.ty,
                ItemKind::StringEnum(values) => {
                    let values = values.variants.iter().map(|variant| variant.value.clone());
                    return values.collect();
                }
                ItemKind::IntegerEnum(values) => {
                    let values = values
                        .variants
                        .iter()
                        .map(|variant| variant.value.to_string());
                    return values.collect();
                }
                _ => break,
            };
        }
        Vec::new()
    }
}

/// What the shapes without anything else to say begin with.
const OF: &str = "Shape::of(";

fn of(kind: &str) -> Expression {
    Expression::Plain(format!("{OF}JsonKind::{kind})"))
}

fn shape(
    fields: impl IntoIterator<Item = (&'static str, Expression)>,
    base: Expression,
) -> Expression {
    Expression::Struct(expression::Struct {
        name: "Shape",
        fields: fields.into_iter().collect(),
        base: Some(Box::new(base)),
    })
}

fn known<'p>(path: impl IntoIterator<Item = &'p str>, values: &[String]) -> Expression {
    let values = values.iter().map(String::as_str);
    Expression::Struct(expression::Struct {
        name: "Known",
        fields: vec![
            ("path", Expression::texts(path)),
            ("values", Expression::texts(values)),
        ],
        base: None,
    })
}

fn listed(kind: &str, values: Vec<String>) -> Expression {
    if values.len() > MOST_VALUES {
        return of(kind);
    }
    let known = Expression::List(vec![known([], &values)]);
    shape([("known", known)], of(kind))
}

fn wire(field: &Field) -> &str {
    &field.wire
}
