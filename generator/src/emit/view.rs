//! Views: a type of requests in, its conversion from the type of responses out.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use super::ty::{self, From, ident};
use crate::model::{
    Alias, Api, Field, Item, ItemId, ItemKind, Presence, Struct, Type, Union, View,
};

/// The conversion, where there can be one.
pub(super) fn conversion(api: &Api, item: &Item) -> Option<TokenStream> {
    let Some(View::Request {
        response,
        derivable: true,
    }) = item.view
    else {
        return None;
    };
    let value = match (&api.item(response).kind, &item.kind) {
        (ItemKind::Struct(from), ItemKind::Struct(to)) => structure(api, from, to),
        (ItemKind::Union(from), ItemKind::Union(to)) => union(api, response, from, to),
        (ItemKind::Alias(from), ItemKind::Alias(to)) if to.newtype => newtype(api, from, to),
        // Another name for a type that has the conversion.
        _ => return None,
    };
    let from = ty::ty(api, &Type::Item(response), From::Types(&item.module));
    let to = ident(&item.name.rust);
    Some(quote! {
        /// What of a response can be sent back.
        impl From<#from> for #to {
            fn from(value: #from) -> Self { #value }
        }
    })
}

fn structure(api: &Api, from: &Struct, to: &Struct) -> TokenStream {
    let fields = to.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let value = from
            .fields
            .iter()
            .find(|other| other.wire == field.wire)
            .map_or_else(|| quote!(None), |other| property(api, other, field));
        quote!(#name: #value,)
    });
    let additional = from.additional.as_ref().zip(to.additional.as_ref()).map(
        |((from, from_values), (to, to_values))| {
            let (from, to) = (ident(&from.rust), ident(&to.rust));
            let map = |values: &Type| Type::Map(Box::new(values.clone()));
            let value = converted(api, &map(from_values), &map(to_values), quote!(value.#from));
            quote!(#to: #value,)
        },
    );
    let is_common = |field: &Field| from.fields.iter().any(|other| other.wire == field.wire);
    let unread = additional.is_none() && !to.fields.iter().any(is_common);
    let unread = unread.then(|| quote!(let _ = value;));
    quote! {
        #unread
        Self { #(#fields)* #additional }
    }
}

/// The value of a property, taken out of the field of the response.
fn property(api: &Api, from: &Field, to: &Field) -> TokenStream {
    let name = ident(&from.name.rust);
    if from.ty == to.ty && from.boxed == to.boxed {
        return quote!(value.#name);
    }
    let inner = |value: TokenStream| {
        let value = if from.boxed { quote!((*#value)) } else { value };
        let value = converted(api, &from.ty, &to.ty, value);
        if to.boxed {
            quote!(Box::new(#value))
        } else {
            value
        }
    };
    match to.presence {
        Presence::Required => inner(quote!(value.#name)),
        Presence::RequiredNullable | Presence::Optional => {
            mapped(quote!(value.#name), inner(quote!(value)))
        }
        Presence::OptionalNullable => {
            let one = mapped(quote!(value), inner(quote!(value)));
            quote!(value.#name.map(|value| #one))
        }
    }
}

fn union(api: &Api, response: ItemId, from: &Union, to: &Union) -> TokenStream {
    let ty = ident(&api.item(response).name.rust);
    let arms = from.variants.iter().zip(&to.variants).map(|(from, to)| {
        let (name, other) = (ident(&from.name.rust), ident(&to.name.rust));
        if from.ty == to.ty && from.boxed == to.boxed {
            return quote!(super::#ty::#name(value) => Self::#other(value),);
        }
        let value = if from.boxed {
            quote!((*value))
        } else {
            quote!(value)
        };
        let value = converted(api, &from.ty, &to.ty, value);
        let value = if to.boxed {
            quote!(Box::new(#value))
        } else {
            value
        };
        quote!(super::#ty::#name(value) => Self::#other(#value),)
    });
    quote! {
        match value {
            #(#arms)*
            super::#ty::UnknownValue(value) => Self::UnknownValue(value),
        }
    }
}

fn newtype(api: &Api, from: &Alias, to: &Alias) -> TokenStream {
    let value = converted(api, &from.ty, &to.ty, quote!(value.0));
    quote!(Self(#value))
}

/// The expression that makes a `to` of the expression `value`, a `from`.
fn converted(api: &Api, from: &Type, to: &Type, value: TokenStream) -> TokenStream {
    match (from, to) {
        _ if from == to => value,
        (Type::Item(one), Type::Item(other)) => {
            match (&api.item(*one).kind, &api.item(*other).kind) {
                (ItemKind::Alias(from), ItemKind::Alias(to)) if !to.newtype => {
                    converted(api, &from.ty, &to.ty, value)
                }
                // Its methods are properties of the document.
                _ => {
                    let value = without_parentheses(value);
                    quote!(Into::into(#value))
                }
            }
        }
        (Type::Array(from), Type::Array(to)) => {
            let item = function(&converted(api, from, to, quote!(value)));
            quote!(#value.into_iter().map(#item).collect())
        }
        (Type::Map(from), Type::Map(to)) => {
            let item = converted(api, from, to, quote!(value));
            quote!(#value.into_iter().map(|(key, value)| (key, #item)).collect())
        }
        (Type::Nullable(from), Type::Nullable(to)) => {
            mapped(value, converted(api, from, to, quote!(value)))
        }
        _ => value,
    }
}

/// The expression without the parentheses around it, which an argument does not
/// need.
fn without_parentheses(value: TokenStream) -> TokenStream {
    let mut tokens = value.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => {
            group.stream()
        }
        _ => value,
    }
}

fn mapped(option: TokenStream, inner: TokenStream) -> TokenStream {
    let function = function(&inner);
    quote!(#option.map(#function))
}

/// The function that turns `value` into the expression.
fn function(inner: &TokenStream) -> TokenStream {
    if inner.to_string() == quote!(Into::into(value)).to_string() {
        quote!(Into::into)
    } else {
        quote!(|value| #inner)
    }
}
