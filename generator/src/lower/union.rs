//! Unions: the choices of schemas in, enums of types out, and what variants are
//! called whose authors did not say.

use foldhash::{HashMap, HashMapExt};

use super::Lowerer;
use crate::model::{Name, Scalar, Type, Union, UnionVariant};
use crate::name::{Case, identifier};
use crate::normalise::{self, Field, Kind};

impl Lowerer<'_> {
    pub(super) fn union_of(&mut self, union: &normalise::Union) -> Union {
        let lists = union
            .variants
            .iter()
            .filter(|variant| matches!(self.bare(variant.schema), Type::Array(_)))
            .count();
        let variants = union
            .variants
            .iter()
            .zip(self.variant_words(union))
            .map(|(variant, words)| {
                // Null is a matter of the place where the union stands.
                let ty = self.bare(variant.schema);
                let schema = self.graph.schema(variant.schema);
                let words = match (&variant.hint, &ty) {
                    (Some(_), _) | (_, Type::Item(_)) => words,
                    (None, other) => self.type_words(other, lists > 1),
                };
                UnionVariant {
                    tag: variant.tag.clone(),
                    also: variant.also.clone(),
                    default: variant.default,
                    name: Name::new(words, None, schema.origin),
                    ty,
                    boxed: false,
                }
            })
            .collect();
        Union {
            tag: union.tag.clone(),
            variants,
        }
    }

    /// What a variant that holds a type without a name is called; a list among
    /// lists after its elements.
    fn type_words(&self, ty: &Type, several: bool) -> String {
        match ty {
            Type::Array(inner) if several => format!("{} list", self.type_words(inner, true)),
            Type::Item(id) => self.api.items[id.0].name.words.clone(),
            other => type_words(other).to_owned(),
        }
    }

    /// The words for the variants of a union, and for the types that stand in
    /// them: none of them depends on the order of the variants, as long as there
    /// is anything to tell them by.
    pub(super) fn variant_words(&self, union: &normalise::Union) -> Vec<String> {
        let kind =
            |variant: &normalise::UnionVariant| &self.shapes.shape(self.end(variant.schema)).kind;
        let mut objects = 0;
        // How many of the variants have a property.
        let mut owners: HashMap<&str, usize> = HashMap::new();
        for variant in &union.variants {
            if let Kind::Object { fields, .. } = kind(variant) {
                objects += 1;
                for field in fields {
                    *owners.entry(&field.wire).or_default() += 1;
                }
            }
        }
        let words = |variant: &normalise::UnionVariant| match kind(variant) {
            Kind::StringEnum(values) => match values.as_slice() {
                // Without letters it would say nothing after other words.
                [only] if !only.value.contains(char::is_alphanumeric) => {
                    Some(identifier(&only.value, Case::Snake))
                }
                [only] => Some(only.value.clone()),
                _ => Some("keyword".to_owned()),
            },
            Kind::IntegerEnum(values) => match values.as_slice() {
                [only] => Some(only.value.to_string()),
                _ => Some("code".to_owned()),
            },
            Kind::Object { .. } if objects == 1 => Some("object".to_owned()),
            Kind::Object { fields, .. } => {
                // The first by its letters, whatever the author's order.
                let own = fields
                    .iter()
                    .filter(|field| owners.get(field.wire.as_str()) == Some(&1));
                let first = own.min_by_key(|field| (!field.required, &field.wire));
                first.map(|field: &Field| field.wire.clone())
            }
            _ => None,
        };
        let variants = union.variants.iter().enumerate();
        variants
            .map(|(index, variant)| {
                let known = variant.hint.clone().or_else(|| variant.tag.clone());
                let newtype = || {
                    let item = self.items.get(&variant.schema)?;
                    let is_newtype = self.is_newtype(variant.schema);
                    is_newtype.then(|| self.api.item(*item).name.words.clone())
                };
                known
                    .or_else(newtype)
                    .or_else(|| words(variant))
                    .unwrap_or_else(|| format!("variant {}", index + 1))
            })
            .collect()
    }
}

/// What a variant that holds a type without a name is called.
fn type_words(ty: &Type) -> &'static str {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Any => "any",
            Scalar::Bool => "boolean",
            Scalar::I32 | Scalar::I64 | Scalar::I128 | Scalar::U32 | Scalar::U64 => "integer",
            Scalar::F32 | Scalar::F64 => "number",
            Scalar::String => "string",
            Scalar::Secret => "secret",
            Scalar::Formatted(format) => format.word(),
            Scalar::Part => "bytes",
        },
        Type::Foreign(_) => "value",
        Type::Array(_) => "list",
        Type::Map(_) => "map",
        Type::Nullable(inner) => type_words(inner),
        Type::Item(_) => "value",
    }
}
