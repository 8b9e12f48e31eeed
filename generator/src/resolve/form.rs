//! Forms and multipart bodies that no value could be sent as: their properties
//! are all that such a body has.

use std::collections::HashSet;

use super::Resolver;
use super::media_type::{self, Kind};
use crate::diagnostic::{Code, Report};
use crate::graph::{JsonType, SchemaId};
use crate::source::{Node, Origin};

impl Resolver<'_> {
    /// Whether a media type is a form or multipart, and its schema no object.
    /// The text of a form is one that the caller has written.
    pub(super) fn is_no_form(
        &self,
        media_type: &str,
        node: &Node,
        schema: Option<SchemaId>,
    ) -> bool {
        let is_multipart = match media_type::kind(media_type) {
            Kind::Form => false,
            Kind::Multipart => true,
            _ => return false,
        };
        match schema {
            Some(schema) => self.is_no_object(schema, is_multipart, &mut HashSet::new()),
            // A sequence of parts without names (OpenAPI 3.2).
            None => is_multipart && node.get("x-driftless-item-schema").is_some(),
        }
    }

    /// Whether a multipart body is a list of parts without names, which form data
    /// cannot be (OAS 3.2, section 4.15.4).
    pub(super) fn is_list_of_parts(
        &self,
        media_type: &str,
        node: &Node,
        schema: Option<SchemaId>,
    ) -> bool {
        let is_list = || match schema.and_then(|schema| self.plain(schema)) {
            Some(schema) => schema.json_type == Some(JsonType::Array),
            None => schema.is_none() && node.get("x-driftless-item-schema").is_some(),
        };
        media_type::kind(media_type) == Kind::Multipart
            && media_type::essence(media_type) != "multipart/form-data"
            && is_list()
    }

    /// Whether no value of a schema is an object. A schema that was met is being
    /// asked, and adds nothing.
    fn is_no_object(&self, id: SchemaId, is_multipart: bool, met: &mut HashSet<SchemaId>) -> bool {
        let Some(schema) = self.plain(id).filter(|_| met.insert(id)) else {
            return false;
        };
        match schema.json_type {
            Some(JsonType::Object) => return false,
            Some(JsonType::String) => return is_multipart,
            Some(_) => return true,
            None => {}
        }
        let mut is_none = |inner: &SchemaId| self.is_no_object(*inner, is_multipart, met);
        let choices = || schema.one_of.iter().chain(&schema.any_of);
        let no_choice = choices().next().is_some() && choices().all(&mut is_none);
        no_choice || schema.all_of.iter().any(is_none)
    }
}

/// Says that a body cannot be sent: with an error, unless another media type
/// can be.
pub(super) fn report_no_object(
    report: &mut Report,
    media_type: &str,
    origin: Origin,
    used: Option<&str>,
) {
    let problem = format!("a body of `{media_type}` is an object, and this one is not");
    match used {
        Some(used) => report
            .warn(
                Code::Unsupported,
                origin,
                format!("{problem}; it is left out, the client uses `{used}`"),
            )
            .help("describe the object whose properties are sent"),
        None => report.error(Code::Unsupported, origin, problem).help(
            "describe the object whose properties are sent, or leave the operation out: \
             `[skip]` in client.toml",
        ),
    };
}
