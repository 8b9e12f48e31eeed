//! Response headers: those of an operation's responses in, the structs that
//! read them out.

use std::collections::{HashMap, HashSet};

use super::Lowerer;
use crate::graph::{Response, ResponseHeader};
use crate::model::{Docs, HeaderField, HeaderStruct, Name, Scalar, Type};
use crate::source::Origin;

impl Lowerer<'_> {
    /// The headers of successful responses, or of the others; `None` where none
    /// is documented.
    pub(super) fn headers(
        &mut self,
        responses: &[&Response],
        words: &str,
        origin: Origin,
    ) -> Option<HeaderStruct> {
        let mut fields: Vec<HeaderField> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        // In how many responses each must be.
        let mut required: HashMap<String, usize> = HashMap::new();
        for response in responses {
            let always = response.headers.iter().filter(|header| header.required);
            let names: HashSet<String> = always
                .map(|header| header.name.to_ascii_lowercase())
                .collect();
            for name in names {
                *required.entry(name).or_default() += 1;
            }
        }
        for header in responses.iter().flat_map(|response| &response.headers) {
            let lower = header.name.to_ascii_lowercase();
            let known = places.get(&lower).copied();
            let ty = self.bare(header.schema);
            if let Some(at) = known {
                // What differs from one response to the next is read as text.
                if fields[at].ty != ty
                    || fields[at].json != header.json
                    || fields[at].delimiter != header.delimiter
                {
                    fields[at].ty = Type::Scalar(Scalar::String);
                    fields[at].json = false;
                }
                continue;
            }
            let everywhere = required.get(&lower) == Some(&responses.len());
            places.insert(lower, fields.len());
            fields.push(HeaderField {
                origin: header.origin,
                wire: header.name.clone(),
                name: self.name(&header.name, header.rust_name.as_ref(), header.origin),
                ty,
                required: everywhere,
                explode: header.explode,
                delimiter: header.delimiter,
                json: header.json,
                docs: self.header_docs(header),
                deprecated: header.deprecated,
            });
        }
        (!fields.is_empty()).then(|| HeaderStruct {
            name: Name::new(words, None, origin),
            fields,
        })
    }

    fn header_docs(&self, header: &ResponseHeader) -> Docs {
        let mut docs = self.docs(self.graph.schema(header.schema));
        docs.text = header.description.clone().or(docs.text);
        docs
    }
}
