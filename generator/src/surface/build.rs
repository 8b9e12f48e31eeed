//! The surface of a plan: items of the plan in, entries out.

use super::pointer::pointers;
use super::{
    BodyEntry, Credential, FieldEntry, OperationEntry, ParameterEntry, ResponseEntry, ServerEntry,
    SkippedEntry, Surface, TypeEntry, VariantEntry,
};
use crate::graph::Skipped;
use crate::model::{
    Api, BodyContent, Content, EventData, Format, Item, ItemId, ItemKind, NamespaceId, Operation,
    Outcome, OutcomeEnum, Presence, Scalar, Type, View,
};
use crate::source::Source;

/// The public API of the crate that is planned from these documents.
#[must_use]
pub fn surface(api: &Api, source: &Source) -> Surface {
    let mut operations: Vec<OperationEntry> = api
        .operations
        .iter()
        .map(|operation| operation_entry(api, operation))
        .collect();
    operations.sort_by(|one, other| one.call.cmp(&other.call));
    let mut types: Vec<TypeEntry> = api.items.iter().map(|item| type_entry(api, item)).collect();
    for (entry, pointer) in types.iter_mut().zip(pointers(api, source)) {
        entry.pointer = pointer;
    }
    types.sort_by(|one, other| one.rust.cmp(&other.rust));
    let mut skipped: Vec<SkippedEntry> = api.skipped.iter().map(skipped_entry).collect();
    skipped.sort_by(|one, other| one.id.cmp(&other.id));
    let mut credentials: Vec<Credential> = api
        .schemes
        .iter()
        .map(|scheme| Credential {
            scheme: scheme.wire.clone(),
            method: scheme.name.rust.clone(),
        })
        .collect();
    credentials.sort_by(|one, other| one.method.cmp(&other.method));
    let mut servers: Vec<ServerEntry> = api
        .servers
        .iter()
        .map(|server| ServerEntry {
            rust: format!("{}::Server::{}", api.library(), server.name.rust),
            url: server.url.clone(),
        })
        .collect();
    servers.sort_by(|one, other| one.rust.cmp(&other.rust));
    Surface {
        version: 1,
        package: api.package.name.clone(),
        credentials,
        servers,
        operations,
        skipped,
        types,
    }
}

fn skipped_entry(skipped: &Skipped) -> SkippedEntry {
    SkippedEntry {
        id: skipped.id.clone(),
        method: skipped.method.clone(),
        path: skipped.path.clone(),
        reason: skipped.reason.clone(),
    }
}

fn operation_entry(api: &Api, operation: &Operation) -> OperationEntry {
    let module = format!(
        "{}::operations::{}",
        api.library(),
        operation.module.join("::")
    );
    let outcome = |outcome: &Outcome, nothing: &str| match outcome {
        Outcome::Nothing => nothing.to_owned(),
        Outcome::One(content) => content_text(api, content),
        Outcome::ByStatus(OutcomeEnum { name, .. }) => format!("{module}::{}", name.rust),
    };
    OperationEntry {
        id: operation.id.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        call: format!(
            "client{}.{}",
            accessors(api, operation.namespace),
            operation.name.rust
        ),
        rust: format!("{module}::{}", operation.marker.rust),
        returns: format!("{module}::{}", operation.call.rust),
        deprecated: operation.deprecated,
        parameters: operation
            .path_parameters
            .iter()
            .chain(&operation.parameters)
            .map(|parameter| ParameterEntry {
                name: parameter.wire.clone(),
                location: parameter.location.as_str(),
                required: parameter.required,
                rust: parameter.name.rust.clone(),
                ty: type_text(api, &parameter.ty),
            })
            .collect(),
        body: operation
            .body
            .iter()
            .flat_map(|body| {
                body.choices.iter().map(|choice| BodyEntry {
                    media: choice.media_type.clone(),
                    ty: body_text(api, &module, &choice.content),
                    required: body.required,
                })
            })
            .collect(),
        output: outcome(&operation.output, "()"),
        failure: outcome(&operation.failure, "serde_json::Value"),
        item: operation
            .pagination
            .as_ref()
            .map(|pagination| type_text(api, &pagination.item)),
        responses: operation
            .responses
            .iter()
            .flat_map(|response| {
                let status = response.status.to_string();
                let empty = response.media.is_empty().then(|| ResponseEntry {
                    status: status.clone(),
                    media: None,
                    ty: None,
                });
                let media = response
                    .media
                    .iter()
                    .map(move |(media, content)| ResponseEntry {
                        status: status.clone(),
                        media: Some(media.clone()),
                        ty: Some(content_text(api, content)),
                    });
                empty.into_iter().chain(media)
            })
            .collect(),
    }
}

fn accessors(api: &Api, namespace: Option<NamespaceId>) -> String {
    namespace.map_or_else(String::new, |id| {
        let namespace = &api.namespaces[id.0];
        format!(
            "{}.{}()",
            accessors(api, namespace.parent),
            namespace.accessor.rust
        )
    })
}

fn type_entry(api: &Api, item: &Item) -> TypeEntry {
    let mut entry = TypeEntry {
        pointer: item.pointer.clone(),
        rust: format!("{}::types::{}", api.library(), item.name.rust),
        kind: "struct",
        direction: item.view.map(|view| match view {
            View::Response => "response",
            View::Request { .. } => "request",
        }),
        serialize: item.serialize,
        deserialize: item.deserialize,
        deprecated: item.deprecated,
        ty: None,
        fields: Vec::new(),
        additional: None,
        variants: Vec::new(),
    };
    match &item.kind {
        ItemKind::Struct(structure) => {
            entry.fields = structure
                .fields
                .iter()
                .map(|field| FieldEntry {
                    wire: field.wire.clone(),
                    rust: field.name.rust.clone(),
                    ty: type_text(api, &field.ty),
                    required: field.presence.is_required(),
                    nullable: matches!(
                        field.presence,
                        Presence::RequiredNullable | Presence::OptionalNullable
                    ),
                })
                .collect();
            entry.additional = structure
                .additional
                .as_ref()
                .map(|(_, ty)| type_text(api, ty));
        }
        ItemKind::StringEnum(values) => {
            entry.kind = "string-enum";
            entry.variants = values
                .variants
                .iter()
                .map(|variant| VariantEntry {
                    rust: variant.name.rust.clone(),
                    value: Some(variant.value.clone().into()),
                    ty: None,
                })
                .collect();
        }
        ItemKind::IntegerEnum(values) => {
            entry.kind = "integer-enum";
            entry.variants = values
                .variants
                .iter()
                .map(|variant| VariantEntry {
                    rust: variant.name.rust.clone(),
                    value: Some(variant.value.into()),
                    ty: None,
                })
                .collect();
        }
        ItemKind::Union(union) => {
            entry.kind = "union";
            entry.variants = union
                .variants
                .iter()
                .map(|variant| VariantEntry {
                    rust: variant.name.rust.clone(),
                    value: variant.tag.clone().map(Into::into),
                    ty: Some(type_text(api, &variant.ty)),
                })
                .collect();
        }
        ItemKind::Newtype(newtype) => {
            entry.kind = "newtype";
            entry.ty = Some(type_text(api, &Type::Scalar(newtype.inner)));
        }
        ItemKind::Alias(alias) => {
            entry.kind = if alias.newtype { "newtype" } else { "alias" };
            entry.ty = Some(type_text(api, &alias.ty));
        }
    }
    entry
}

pub(crate) fn content_text(api: &Api, content: &Content) -> String {
    match content {
        Content::Json(ty) => type_text(api, ty),
        Content::Text => "String".to_owned(),
        Content::Bytes => "bytes::Bytes".to_owned(),
        Content::Stream => format!("{}::ByteStream", api.library()),
        Content::Redirect => format!("{}::Redirect", api.library()),
        Content::Events(data) => {
            let library = api.library();
            match data {
                EventData::Text => format!("{library}::EventStream<{library}::Event<String>>"),
                EventData::Json(ty) => {
                    let ty = type_text(api, ty);
                    format!("{library}::EventStream<{library}::Event<{ty}>>")
                }
                EventData::Whole(ty) => {
                    format!("{library}::EventStream<{}>", type_text(api, ty))
                }
            }
        }
        Content::Items(ty, _) => {
            format!("{}::JsonStream<{}>", api.library(), type_text(api, ty))
        }
    }
}

fn body_text(api: &Api, module: &str, content: &BodyContent) -> String {
    match content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            type_text(api, ty)
        }
        BodyContent::Parts(parts) => format!("{module}::{}", parts.name.rust),
        BodyContent::PartsUnion(union) => format!("{module}::{}", union.name.rust),
        BodyContent::Text => "String".to_owned(),
        BodyContent::Binary => format!("{}::RequestBody", api.library()),
    }
}

/// A type as Rust code outside the crate would write it.
pub(crate) fn type_text(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Any => "serde_json::Value".to_owned(),
            Scalar::Bool => "bool".to_owned(),
            Scalar::I32 => "i32".to_owned(),
            Scalar::I64 => "i64".to_owned(),
            Scalar::I128 => "i128".to_owned(),
            Scalar::U32 => "u32".to_owned(),
            Scalar::U64 => "u64".to_owned(),
            Scalar::F32 => "f32".to_owned(),
            Scalar::F64 => "f64".to_owned(),
            Scalar::String => "String".to_owned(),
            Scalar::Secret => format!("{}::Secret", api.library()),
            Scalar::Part => format!("{}::Part", api.library()),
            Scalar::Formatted(format @ (Format::Base64 | Format::Base64Url)) => {
                let library = api.library();
                format!("{library}::Formatted<{library}::{}>", format.path())
            }
            Scalar::Formatted(format) => {
                format!("{}::Formatted<{}>", api.library(), format.path())
            }
        },
        Type::Foreign(path) => path.clone(),
        Type::Array(inner) => ["Vec<", &*type_text(api, inner), ">"].concat(),
        Type::Map(inner) => format!("{}<String, {}>", api.map.name(), type_text(api, inner)),
        Type::Nullable(inner) => ["Option<", &*type_text(api, inner), ">"].concat(),
        Type::Item(id) => item_text(api, *id),
    }
}

fn item_text(api: &Api, id: ItemId) -> String {
    [&*api.library(), "::types::", &*api.item(id).name.rust].concat()
}
