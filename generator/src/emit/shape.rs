//! Shapes: a union of the plan in, what its generated decoder knows of each
//! variant before it tries one out.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, From, ident, idents};
use crate::model::{Api, Field, Item, ItemId, ItemKind, Scalar, Struct, Type, Union};

/// How deep constants inside properties are looked for.
const DEEPEST: usize = 3;

/// How many values of an enum are worth comparing with.
const MOST_VALUES: usize = 64;

/// How many types are looked through for one that is an object.
const MOST_ITEMS: usize = 256;

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
                && super::union::chooses(api, union)
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
    pub(super) fn of_struct(
        &self,
        api: &Api,
        id: ItemId,
        structure: &Struct,
    ) -> Option<TokenStream> {
        self.0.contains(&id).then(|| {
            let item = api.item(id);
            let writer = Writer {
                api,
                from: From::Types(&item.module),
                properties: true,
            };
            let name = ident(&item.name.rust);
            let shape = writer.structure(structure);
            let imports = imports(&shape);
            // The union that reads it may be off.
            let unread = (!api.features.is_empty())
                .then(|| quote!(#[allow(dead_code, reason = "features may be off")]));
            quote! {
                impl #name {
                    #unread
                    pub(crate) const SHAPE: crate::runtime::untagged::Shape = {
                        #imports
                        #shape
                    };
                }
            }
        })
    }
}

/// What is known of each variant of a union.
pub(super) fn of_union(api: &Api, item: &Item, union: &Union) -> TokenStream {
    let writer = Writer::of(item, api, union);
    let shapes = union
        .variants
        .iter()
        .map(|variant| writer.shape(&variant.ty, &mut Vec::new()));
    let shapes = quote!(&[#(#shapes),*]);
    let name = ident(&item.name.rust);
    let imports = imports(&shapes);
    quote! {
        impl #name {
            const SHAPES: &'static [crate::runtime::untagged::Shape] = {
                #imports
                #shapes
            };
        }
    }
}

/// The imports that a shape needs.
fn imports(shape: &TokenStream) -> Option<TokenStream> {
    let mut used = BTreeSet::new();
    idents(shape.clone(), &mut used);
    let names: Vec<_> = ["JsonKind", "Known", "Shape"]
        .into_iter()
        .filter(|name| used.contains(*name))
        .map(ident)
        .collect();
    (!names.is_empty()).then(|| quote!(use crate::runtime::untagged::{#(#names),*};))
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
        }
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
                            self.shared(&variant.ty, path, found);
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

    fn shape(&self, ty: &Type, path: &mut Vec<ItemId>) -> TokenStream {
        match ty {
            Type::Scalar(scalar) => of(match scalar {
                Scalar::Any => "Any",
                Scalar::Bool => "Boolean",
                Scalar::I32 | Scalar::I64 | Scalar::U32 | Scalar::U64 => "Integer",
                Scalar::F32 | Scalar::F64 => "Number",
                Scalar::String | Scalar::Secret => "String",
                _ => "Format",
            }),
            Type::Array(inner) => {
                let inner = self.shape(inner, path);
                quote!(Shape { items: Some(&#inner), ..Shape::of(JsonKind::Array) })
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
                        let ty = ty::ty(self.api, ty, self.from);
                        quote!(#ty::SHAPE)
                    }
                    ItemKind::Struct(structure) => self.structure(structure),
                };
                path.pop();
                shape
            }
        }
    }

    fn any_of(&self, union: &Union, path: &mut Vec<ItemId>) -> TokenStream {
        let shapes = union.variants.iter().map(|variant| {
            let shape = self.shape(&variant.ty, path);
            match (&union.tag, &variant.tag) {
                (Some(property), Some(tag)) => {
                    let tags: Vec<&String> = [tag].into_iter().chain(&variant.also).collect();
                    quote!(Shape { tag: Some((#property, &[#(#tags),*])), ..#shape })
                }
                _ => shape,
            }
        });
        quote!(Shape { any_of: &[#(#shapes),*], ..Shape::of(JsonKind::Any) })
    }

    fn structure(&self, structure: &Struct) -> TokenStream {
        let mut known = Vec::new();
        self.known(structure, &mut Vec::new(), &mut known);
        let known = (!known.is_empty()).then(|| quote!(known: &[#(#known),*],));
        let properties = self.properties.then(|| {
            let required = structure
                .fields
                .iter()
                .filter(|field| field.presence.is_required())
                .map(|field| &field.wire);
            let properties = structure.fields.iter().map(|field| &field.wire);
            quote! {
                required: &[#(#required),*],
                properties: &[#(#properties),*],
            }
        });
        if known.is_none() && properties.is_none() {
            return of("Object");
        }
        quote!(Shape { #properties #known ..Shape::of(JsonKind::Object) })
    }

    /// The listed values of properties: all of the variant's own, constants
    /// only further inside.
    fn known<'s>(
        &'s self,
        structure: &'s Struct,
        path: &mut Vec<&'s str>,
        known: &mut Vec<TokenStream>,
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
                let path = path.iter();
                known.push(quote! {
                    Known { path: &[#(#path),*], values: &[#(#values),*] }
                });
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

fn of(kind: &str) -> TokenStream {
    let kind = ident(kind);
    quote!(Shape::of(JsonKind::#kind))
}

fn listed(kind: &str, values: Vec<String>) -> TokenStream {
    if values.len() > MOST_VALUES {
        return of(kind);
    }
    let kind = ident(kind);
    quote! {
        Shape {
            known: &[Known { path: &[], values: &[#(#values),*] }],
            ..Shape::of(JsonKind::#kind)
        }
    }
}
