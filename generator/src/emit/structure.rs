//! Structs: fields, construction and setters.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ty::{self, From, ident};
use super::{derives, docs};
use crate::model::{Api, Default, Docs, Field, Item, ItemKind, Presence, Scalar, Struct, Type};
use crate::name::is_keyword;

/// A struct, the plain struct of its required fields where it has several, and
/// its methods.
pub(super) fn items(api: &Api, item: &Item, structure: &Struct) -> Vec<TokenStream> {
    let from = From::Types(&item.module);
    let definition = definition(api, item, structure, from);
    with_methods(api, item, structure, definition, from)
}

/// The same for a struct that is no JSON and stands outside of `types`.
pub(super) fn plain_items(api: &Api, item: &Item, structure: &Struct) -> Vec<TokenStream> {
    let from = From::Crate;
    let name = ident(&item.name.rust);
    let docs = docs::attributes(&item.docs, "");
    let fields = structure.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let docs = field_docs(field);
        let deprecated = self::deprecated(field.deprecated, &field.docs);
        let ty = ty::field(api, &field.ty, field.presence, field.boxed, from);
        quote! { #docs #deprecated pub #name: #ty, }
    });
    let additional = structure.additional.as_ref().map(|(name, values)| {
        let name = ident(&name.rust);
        let values = ty::ty(api, values, from);
        quote! {
            /// The properties that have no field of their own.
            pub #name: BTreeMap<String, #values>,
        }
    });
    let definition = quote! {
        #docs
        #[derive(Debug)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* #additional }
    };
    with_methods(api, item, structure, definition, from)
}

fn with_methods(
    api: &Api,
    item: &Item,
    structure: &Struct,
    definition: TokenStream,
    from: From<'_>,
) -> Vec<TokenStream> {
    let mut items = vec![definition];
    let required: Vec<&Field> = structure
        .fields
        .iter()
        .filter(|field| field.presence.is_required())
        .collect();
    items.push(methods(api, item, structure, &required, from));
    if let Some(name) = &structure.required_name {
        items.extend(required_struct(api, item, &name.rust, &required, from));
    }
    items
}

fn definition(api: &Api, item: &Item, structure: &Struct, from: From<'_>) -> TokenStream {
    let name = ident(&item.name.rust);
    let docs = docs::attributes(&item.docs, &format!("`{}`.", item.name.rust));
    let deprecated = deprecated(item.deprecated, &item.docs);
    let all_optional = structure
        .fields
        .iter()
        .all(|field| !field.presence.is_required());
    let mut derives = vec!["Clone", "Debug"];
    derives.extend(all_optional.then_some("Default"));
    derives.extend(["PartialEq", "serde::Deserialize", "serde::Serialize"]);
    let derives = derives::attribute(item, &derives);
    let fields = structure.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let docs = field_docs(field);
        let deprecated = self::deprecated(field.deprecated, &field.docs);
        let serde = serde_attribute(api, field);
        let ty = ty::field(api, &field.ty, field.presence, field.boxed, from);
        quote! { #docs #deprecated #serde pub #name: #ty, }
    });
    let additional = structure.additional.as_ref().map(|(name, values)| {
        let name = ident(&name.rust);
        let map = ident(api.map.name());
        let values = ty::ty(api, values, from);
        quote! {
            /// The properties that have no field of their own.
            #[serde(flatten)]
            pub #name: #map<String, #values>,
        }
    });
    quote! {
        #docs
        #deprecated
        #derives
        #[non_exhaustive]
        pub struct #name { #(#fields)* #additional }
    }
}

fn serde_attribute(api: &Api, field: &Field) -> TokenStream {
    let rename = (field.wire != field.name.rust).then(|| {
        let wire = &field.wire;
        quote!(rename = #wire)
    });
    let presence = match field.presence {
        Presence::Required => None,
        // Without this, serde takes a missing property for null.
        Presence::RequiredNullable => Some(quote!(deserialize_with = "Option::deserialize")),
        Presence::Optional if is_any(api, &field.ty) => Some(quote!(
            default,
            deserialize_with = "crate::runtime::presence::any",
            skip_serializing_if = "Option::is_none"
        )),
        Presence::Optional => Some(quote!(default, skip_serializing_if = "Option::is_none")),
        Presence::OptionalNullable => Some(quote!(
            default,
            with = "crate::runtime::presence",
            skip_serializing_if = "Option::is_none"
        )),
    };
    let arguments: Vec<TokenStream> = rename.into_iter().chain(presence).collect();
    if arguments.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[serde(#(#arguments),*)])
    }
}

/// Whether the type has `null` among its values.
pub(super) fn is_any(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => *scalar == Scalar::Any,
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) => is_any(api, &alias.ty),
            _ => false,
        },
        _ => false,
    }
}

fn methods(
    api: &Api,
    item: &Item,
    structure: &Struct,
    required: &[&Field],
    from: From<'_>,
) -> TokenStream {
    let name = ident(&item.name.rust);
    let constructor = constructor(api, structure, required, from);
    // What is required is given to `new`, and can be assigned later.
    let setters = structure
        .fields
        .iter()
        .filter(|field| !field.presence.is_required())
        .flat_map(|field| setters(api, structure, field, from));
    let additional = structure.additional.as_ref().map(|(field, values)| {
        let field = ident(&field.rust);
        let map = ident(api.map.name());
        let values = ty::ty(api, values, from);
        quote! {
            /// Sets the properties that have no field of their own.
            #[must_use]
            pub fn #field(mut self, #field: #map<String, #values>) -> Self {
                self.#field = #field;
                self
            }
        }
    });
    let defaults = structure
        .fields
        .iter()
        .filter_map(|field| default(api, structure, field, from));
    quote! {
        impl #name { #constructor #(#setters)* #additional #(#defaults)* }
    }
}

fn constructor(api: &Api, structure: &Struct, required: &[&Field], from: From<'_>) -> TokenStream {
    let optional = structure
        .fields
        .iter()
        .filter(|field| !field.presence.is_required())
        .map(|field| {
            let name = ident(&field.name.rust);
            quote!(#name: None,)
        });
    let additional = structure.additional.as_ref().map(|(name, _)| {
        let name = ident(&name.rust);
        let map = ident(api.map.name());
        quote!(#name: #map::new(),)
    });
    match (required, &structure.required_name) {
        ([], _) => quote! {
            /// With no property set.
            #[must_use]
            pub fn new() -> Self { Self { #(#optional)* #additional } }
        },
        (required, Some(required_name)) => {
            let required_name = ident(&required_name.rust);
            let given = required.iter().map(|field| {
                let name = ident(&field.name.rust);
                let value = boxed(field, quote!(required.#name));
                quote!(#name: #value,)
            });
            quote! {
                /// With the required properties, and no other set.
                #[must_use]
                pub fn new(required: #required_name) -> Self {
                    Self { #(#given)* #(#optional)* #additional }
                }
            }
        }
        (required, None) => {
            let arguments = required.iter().map(|field| {
                let name = ident(&field.name.rust);
                let (ty, _) = required_argument(api, field, from);
                quote!(#name: #ty)
            });
            let given = required.iter().map(|field| {
                let name = ident(&field.name.rust);
                let (_, value) = required_argument(api, field, from);
                let value = boxed(field, value);
                quote!(#name: #value,)
            });
            quote! {
                /// With the required property, and no other set.
                #[must_use]
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#given)* #(#optional)* #additional }
                }
            }
        }
    }
}

fn required_argument(api: &Api, field: &Field, from: From<'_>) -> (TokenStream, TokenStream) {
    let name = ident(&field.name.rust);
    if field.presence == Presence::RequiredNullable {
        let ty = ty::ty(api, &field.ty, from);
        (quote!(Option<#ty>), quote!(#name))
    } else {
        ty::argument(api, &field.ty, &name, from)
    }
}

/// The value of a field that stands behind a pointer.
fn boxed(field: &Field, value: TokenStream) -> TokenStream {
    match (field.boxed, field.presence) {
        (false, _) => value,
        (true, Presence::RequiredNullable) => quote!(#value.map(Box::new)),
        (true, _) => quote!(Box::new(#value)),
    }
}

/// The setters of an optional property.
fn setters(api: &Api, structure: &Struct, field: &Field, from: From<'_>) -> Vec<TokenStream> {
    let name = ident(&field.name.rust);
    let deprecated = deprecated(field.deprecated, &field.docs);
    let (argument, value) = ty::argument(api, &field.ty, &name, from);
    let value = boxed(field, value);
    let value = if field.presence == Presence::OptionalNullable {
        quote!(Some(Some(#value)))
    } else {
        quote!(Some(#value))
    };
    let docs = docs::sentence(&format!("Sets `{}`.", code(&field.wire)));
    let mut setters = vec![quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = #value;
            self
        }
    }];
    if field.presence == Presence::OptionalNullable {
        let null = beside(structure, field, "null");
        let docs = docs::sentence(&format!(
            "Sets `{}` to null, which is not the same as leaving it out.",
            code(&field.wire)
        ));
        setters.push(quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #null(mut self) -> Self {
                self.#name = Some(None);
                self
            }
        });
    }
    setters
}

/// The name of a second method of a field. A setter that is called so already
/// keeps its name.
fn beside(structure: &Struct, field: &Field, suffix: &str) -> Ident {
    let name = format!("{}_{suffix}", field.name.rust.trim_end_matches('_'));
    if structure.fields.iter().any(|other| other.name.rust == name) {
        format_ident!("{name}_")
    } else {
        format_ident!("{name}")
    }
}

/// The value of a property, or what the API takes where it is absent.
fn default(api: &Api, structure: &Struct, field: &Field, from: From<'_>) -> Option<TokenStream> {
    if field.presence.is_required() || field.boxed {
        return None;
    }
    let name = ident(&field.name.rust);
    let method = beside(structure, field, "or_default");
    let ty = ty::ty(api, &field.ty, from);
    let nullable = field.presence == Presence::OptionalNullable;
    let (ty, value) = match field.default.as_ref()? {
        Default::Bool(value) => (ty, or_copy(&name, nullable, &quote!(#value))),
        Default::Integer(value) => {
            let value = proc_macro2::Literal::i128_unsuffixed(*value);
            (ty, or_copy(&name, nullable, &quote!(#value)))
        }
        Default::Float(value) => {
            let value = proc_macro2::Literal::f64_unsuffixed(*value);
            (ty, or_copy(&name, nullable, &quote!(#value)))
        }
        Default::String(value) if nullable => (
            quote!(&str),
            quote!(self.#name.as_ref().map_or(Some(#value), Option::as_deref)),
        ),
        Default::String(value) => (
            quote!(&str),
            quote!(self.#name.as_deref().unwrap_or(#value)),
        ),
        Default::Text(value) | Default::StringEnum(_, value) => {
            (ty, or_made(&name, nullable, &quote!(#value)))
        }
        Default::IntegerEnum(_, value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            (ty, or_made(&name, nullable, &quote!(#value)))
        }
    };
    // Null is no absence.
    let (ty, null) = match nullable {
        true => (quote!(Option<#ty>), "; null stays null"),
        false => (ty, ""),
    };
    let docs = docs::sentence(&format!(
        "`{}`, or what the API takes for it where it is absent{null}.",
        code(&field.wire)
    ));
    Some(quote! {
        #docs
        #[must_use]
        pub fn #method(&self) -> #ty { #value }
    })
}

/// The value of a property, or one that needs no making.
fn or_copy(name: &Ident, nullable: bool, value: &TokenStream) -> TokenStream {
    if nullable {
        quote!(self.#name.unwrap_or(Some(#value)))
    } else {
        quote!(self.#name.unwrap_or(#value))
    }
}

/// The value of a property, or one that is made from `value`.
fn or_made(name: &Ident, nullable: bool, value: &TokenStream) -> TokenStream {
    if nullable {
        quote!(self.#name.clone().unwrap_or_else(|| Some(#value.into())))
    } else {
        quote!(self.#name.clone().unwrap_or_else(|| #value.into()))
    }
}

fn required_struct(
    api: &Api,
    item: &Item,
    required_name: &str,
    required: &[&Field],
    from: From<'_>,
) -> Vec<TokenStream> {
    let name = ident(&item.name.rust);
    let required_name = ident(required_name);
    let docs = docs::sentence(&format!(
        "The required properties of [`{}`].",
        item.name.rust
    ));
    let fields = required.iter().map(|field| {
        let name = ident(&field.name.rust);
        let property = format!("`{}::{name}`", item.name.rust);
        // Whether links find raw identifiers depends on rustdoc.
        let docs = docs::sentence(&match is_keyword(&field.name.rust) {
            true => format!("What {property} becomes."),
            false => format!("What [{property}] becomes."),
        });
        let ty = ty::field(api, &field.ty, field.presence, false, from);
        quote! { #docs pub #name: #ty, }
    });
    // Parts of multipart bodies may be streams, of which there is one each.
    let has_parts = required.iter().any(|field| {
        let mut found = false;
        field
            .ty
            .scalars(&mut |scalar| found |= scalar == Scalar::Part);
        found
    });
    let derives = if has_parts {
        quote!(#[derive(Debug)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    vec![
        quote! {
            #docs
            #derives
            pub struct #required_name { #(#fields)* }
        },
        quote! {
            impl From<#required_name> for #name {
                fn from(required: #required_name) -> Self { Self::new(required) }
            }
        },
    ]
}

fn field_docs(field: &Field) -> TokenStream {
    docs::attributes(&field.docs, &format!("`{}`.", code(&field.wire)))
}

/// `#[deprecated]`, where it applies, with what the author says about it.
pub(super) fn deprecated(deprecated: bool, docs: &Docs) -> TokenStream {
    match (deprecated, docs.deprecation()) {
        (false, _) => TokenStream::new(),
        (true, None) => quote!(#[deprecated]),
        (true, Some(note)) => quote!(#[deprecated(note = #note)]),
    }
}

/// Text that cannot end a Markdown code span.
pub(super) fn code(text: &str) -> String {
    text.replace('`', "'").replace(['\n', '\r'], " ")
}
