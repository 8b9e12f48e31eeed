//! Values in Rust: a type and a JSON value in, the expression that makes it as
//! a program outside of the crate writes it out.

use serde_json::Value as Json;

use super::imports::Imports;
use crate::emit::methods;
use crate::emit::operations::item_of;
use crate::emit::ty::{ident_text, is_text};
use crate::format::statement::literal;
use crate::model::{
    Api, Field, Item, ItemId, ItemKind, Operation, PartsStruct, Presence, Scalar, Struct, Type,
    Union, UnionVariant,
};
use crate::surface::type_text;

/// Writes expressions, and keeps what they import.
#[derive(Clone)]
pub(super) struct Writer<'a> {
    pub(super) api: &'a Api,
    pub(super) imports: Imports,
    /// Whether properties that a struct does not have are left out. Where
    /// structs are told apart by them, it is another struct.
    pub(super) lenient: bool,
}

impl<'a> Writer<'a> {
    /// An expression for what takes `impl Into` of the type.
    pub(super) fn given(&mut self, ty: &Type, json: &Json) -> Option<String> {
        match (ty, json) {
            (Type::Scalar(Scalar::Part), _) => Some("\"content\"".to_owned()),
            (Type::Scalar(Scalar::Formatted(_)), Json::String(text)) => Some(literal(text)),
            (_, Json::String(text)) if is_text(self.api, ty) => Some(literal(text)),
            (Type::Item(id), _) => match &self.api.item(*id).kind {
                ItemKind::Alias(alias) if !alias.newtype => self.given(&alias.ty, json),
                _ => self.exact(ty, json),
            },
            _ => self.exact(ty, json),
        }
    }

    /// An expression of the type, which says by itself what it is.
    pub(super) fn exact(&mut self, ty: &Type, json: &Json) -> Option<String> {
        let api = self.api;
        match ty {
            Type::Scalar(scalar) => self.scalar(ty, *scalar, json),
            Type::Foreign(_) => Some(self.decoded(ty, json)),
            Type::Array(inner) => {
                let Json::Array(items) = json else {
                    return None;
                };
                if items.is_empty() {
                    return Some(format!("<{}>::new()", named(api, ty)));
                }
                let items: Option<Vec<String>> =
                    items.iter().map(|item| self.exact(inner, item)).collect();
                Some(format!("vec![{}]", items?.join(", ")))
            }
            Type::Map(inner) => {
                let Json::Object(entries) = json else {
                    return None;
                };
                self.map(inner, entries.iter())
            }
            Type::Nullable(inner) => match json {
                Json::Null => Some(format!("None::<{}>", named(api, inner))),
                json => Some(format!("Some({})", self.exact(inner, json)?)),
            },
            Type::Item(id) => self.item(*id, json),
        }
    }

    fn map<'j>(
        &mut self,
        values: &Type,
        entries: impl Iterator<Item = (&'j String, &'j Json)>,
    ) -> Option<String> {
        let api = self.api;
        let map = format!("{}::{}", api.map.module(), api.map.name());
        let entries: Option<Vec<String>> = entries
            .map(|(key, value)| {
                let value = self.exact(values, value)?;
                Some(format!("({}.to_owned(), {value})", literal(key)))
            })
            .collect();
        let entries = entries?;
        if entries.is_empty() {
            let values = named(api, values);
            return Some(format!("<{map}<String, {values}>>::new()"));
        }
        Some(format!("{map}::from([{}])", entries.join(", ")))
    }

    fn scalar(&mut self, ty: &Type, scalar: Scalar, json: &Json) -> Option<String> {
        // A generic type cannot stand in front of `::` as it is.
        let named = || match type_text(self.api, ty) {
            generic if generic.contains('<') => format!("<{generic}>"),
            plain => plain,
        };
        Some(match (scalar, json) {
            (Scalar::Any, json) => return Some(self.any(json)),
            (Scalar::Bool, Json::Bool(value)) => value.to_string(),
            (Scalar::I32, _) => i32::try_from(json.as_i64()?).ok()?.to_string(),
            (Scalar::I64 | Scalar::I128, _) if json.is_i64() => json.as_i64()?.to_string(),
            (Scalar::I128, _) => json.as_u64()?.to_string(),
            (Scalar::U32, _) => u32::try_from(json.as_u64()?).ok()?.to_string(),
            (Scalar::U64, _) => json.as_u64()?.to_string(),
            (Scalar::F32, _) => {
                let value = json.as_f64()? as f32;
                value.is_finite().then(|| format!("{value:?}"))?
            }
            (Scalar::F64, _) => format!("{:?}", json.as_f64()?),
            (Scalar::String, Json::String(text)) => format!("{}.to_owned()", literal(text)),
            (Scalar::Secret | Scalar::Formatted(_), Json::String(text)) => {
                format!("{}::from({})", named(), literal(text))
            }
            (Scalar::Part, _) => format!("{}::from(\"content\")", named()),
            _ => return None,
        })
    }

    /// Any value there is. The macro cannot hold much, nor large numbers.
    fn any(&mut self, json: &Json) -> String {
        match json {
            Json::Object(object) if object.is_empty() => "serde_json::json!({})".to_owned(),
            Json::Null | Json::Bool(_) => format!("serde_json::json!({json})"),
            Json::String(text) => format!("serde_json::json!({})", literal(text)),
            json => self.decoded(&Type::Scalar(Scalar::Any), json),
        }
    }

    /// What is best said in JSON.
    fn decoded(&mut self, ty: &Type, json: &Json) -> String {
        let text = self.imports.json(json);
        format!("serde_json::from_str::<{}>({text})?", named(self.api, ty))
    }

    fn item(&mut self, id: ItemId, json: &Json) -> Option<String> {
        let item = self.api.item(id);
        if let ItemKind::Alias(alias) = &item.kind
            && !alias.newtype
        {
            return self.exact(&alias.ty, json);
        }
        let path = format!("types::{}", ident_text(&item.name.rust));
        let mut name = || self.imports.name(&path);
        match &item.kind {
            ItemKind::StringEnum(values) => {
                let text = json.as_str()?;
                let known = values.variants.iter().find(|known| known.value == text);
                Some(match known {
                    Some(known) => format!("{}::{}", name(), ident_text(&known.name.rust)),
                    None => format!("{}::from({})", name(), literal(text)),
                })
            }
            ItemKind::IntegerEnum(values) => {
                let number = json.as_i64()?;
                let known = values.variants.iter().find(|known| known.value == number);
                Some(match known {
                    Some(known) => format!("{}::{}", name(), ident_text(&known.name.rust)),
                    None => format!("{}::from({number})", name()),
                })
            }
            ItemKind::Newtype(newtype) => {
                let name = name();
                let value = self.given(&Type::Scalar(newtype.inner), json)?;
                Some(format!("{name}::from({value})"))
            }
            ItemKind::Alias(alias) => {
                let name = name();
                Some(format!("{name}({})", self.exact(&alias.ty, json)?))
            }
            ItemKind::Union(union) => self.union_of(item, union, json),
            ItemKind::Struct(structure) => self.structure(&path, "types::", structure, json),
        }
    }

    /// The first variant that the value is one of.
    fn union_of(&mut self, item: &Item, union: &Union, json: &Json) -> Option<String> {
        let tag = union.tag.as_ref().map(|property| json.get(property));
        let has_tag = |variant: &UnionVariant, tag: Option<&Json>| {
            tag.and_then(Json::as_str) == variant.tag.as_deref()
        };
        let is_meant = |variant: &&UnionVariant| match tag {
            None => true,
            Some(tag) if variant.default => {
                let mut others = union.variants.iter().filter(|other| !other.default);
                !others.any(|other| has_tag(other, tag))
            }
            Some(tag) => has_tag(variant, tag),
        };
        union.variants.iter().filter(is_meant).find_map(|variant| {
            let mut attempt = self.clone();
            attempt.lenient = union.tag.is_some();
            let path = format!("types::{}", ident_text(&item.name.rust));
            let name = attempt.imports.name(&path);
            let value = attempt.exact(&variant.ty, json)?;
            let value = match variant.boxed {
                true => format!("Box::new({value})"),
                false => value,
            };
            self.imports = attempt.imports;
            Some(format!(
                "{name}::{}({value})",
                ident_text(&variant.name.rust)
            ))
        })
    }

    /// A struct by its constructor and setters; `beside` leads to the struct of
    /// what it requires.
    fn structure(
        &mut self,
        path: &str,
        beside: &str,
        structure: &Struct,
        json: &Json,
    ) -> Option<String> {
        let Json::Object(object) = json else {
            return None;
        };
        let known = |key: &&String| structure.fields.iter().any(|field| field.wire == **key);
        let mut others = object.iter().filter(|(key, _)| !known(key)).peekable();
        if !self.lenient && structure.additional.is_none() && others.peek().is_some() {
            return None;
        }
        let name = self.imports.name(path);
        let required: Option<Vec<(&Field, String)>> = structure
            .fields
            .iter()
            .filter(|field| field.presence.is_required())
            .map(|field| {
                let single = structure.required_name.is_none();
                let json = object.get(&field.wire)?;
                Some((field, self.required(field, single, json)?))
            })
            .collect();
        let arguments = match (&structure.required_name, required?) {
            (Some(required), values) => {
                let fields: Vec<String> = values
                    .into_iter()
                    .map(|(field, value)| format!("{}: {value}", ident_text(&field.name.rust)))
                    .collect();
                let required = format!("{beside}{}", ident_text(&required.rust));
                format!(
                    "{} {{ {} }}",
                    self.imports.name(&required),
                    fields.join(", ")
                )
            }
            (None, values) => {
                let values: Vec<String> = values.into_iter().map(|(_, value)| value).collect();
                values.join(", ")
            }
        };
        let mut expression = format!("{name}::new({arguments})");
        for field in &structure.fields {
            if field.presence.is_required() || field.deprecated {
                continue;
            }
            let setter = ident_text(&field.name.rust);
            match (object.get(&field.wire), field.presence) {
                (None, _) | (Some(Json::Null), Presence::Optional) => {}
                (Some(Json::Null), _) => {
                    let null = methods::beside(structure, field, "null");
                    expression.push_str(&format!(".{null}()"));
                }
                (Some(json), _) => {
                    let value = self.given(&field.ty, json)?;
                    expression.push_str(&format!(".{setter}({value})"));
                }
            }
        }
        if let Some((name, values)) = &structure.additional
            && others.peek().is_some()
        {
            let map = self.map(values, others)?;
            expression.push_str(&format!(".{}({map})", ident_text(&name.rust)));
        }
        Some(expression)
    }

    /// The value of a required property: the only one is given as it is, of
    /// several each is a field.
    fn required(&mut self, field: &Field, single: bool, json: &Json) -> Option<String> {
        if field.presence == Presence::RequiredNullable {
            let nullable = Type::Nullable(Box::new(field.ty.clone()));
            return self.exact(&nullable, json);
        }
        match single {
            true => self.given(&field.ty, json),
            false => self.exact(&field.ty, json),
        }
    }

    /// The struct of a multipart body, which stands beside its operation.
    pub(super) fn parts(
        &mut self,
        operation: &Operation,
        parts: &PartsStruct,
        json: &Json,
    ) -> Option<String> {
        let path = item_of(operation, &parts.name.rust);
        let beside = path.strip_suffix(&*ident_text(&parts.name.rust))?;
        self.structure(&path, beside, &parts.structure, json)
    }
}

/// A type as a program that imports nothing writes it.
fn named(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Array(inner) => format!("Vec<{}>", named(api, inner)),
        Type::Nullable(inner) => format!("Option<{}>", named(api, inner)),
        Type::Map(inner) => {
            let (module, map) = (api.map.module(), api.map.name());
            format!("{module}::{map}<String, {}>", named(api, inner))
        }
        ty => type_text(api, ty),
    }
}
