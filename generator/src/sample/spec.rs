//! The document as samples see it: plain JSON, with references followed and
//! `allOf` taken apart.

use std::collections::HashMap;
use std::ptr;

use serde_json::{Map, Value as Json};

use crate::source::percent_decoded;

/// A way that values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
}

/// An upgraded document.
pub(crate) struct Spec<'a> {
    root: &'a Json,
    components: &'a Map<String, Json>,
    /// The names of the components.
    names: HashMap<*const Json, &'a str>,
}

/// A key as a token of a JSON pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl<'a> Spec<'a> {
    pub(crate) fn new(root: &'a Json) -> Self {
        static NONE: std::sync::LazyLock<Map<String, Json>> = std::sync::LazyLock::new(Map::new);
        let components = root.pointer("/components/schemas");
        let components = components.and_then(Json::as_object).unwrap_or(&NONE);
        let all = components.iter();
        Self {
            root,
            components,
            names: all
                .map(|(name, schema)| (ptr::from_ref(schema), name.as_str()))
                .collect(),
        }
    }

    pub(crate) fn root(&self) -> &'a Json {
        self.root
    }

    /// The component schemas, by name.
    pub(super) fn components(&self) -> &'a Map<String, Json> {
        self.components
    }

    /// What stands behind a reference, if it is one.
    pub(crate) fn target(&self, node: &'a Json) -> &'a Json {
        let mut node = node;
        // Longer chains lead in circles.
        for _ in 0..100 {
            let reference = node.get("$ref").and_then(Json::as_str);
            let Some(pointer) = reference.and_then(|reference| reference.strip_prefix('#')) else {
                return node;
            };
            let decoded = || self.root.pointer(&percent_decoded(pointer));
            match self.root.pointer(pointer).or_else(decoded) {
                Some(target) => node = target,
                None => return &Json::Null,
            }
        }
        &Json::Null
    }

    /// What stands behind a reference, also where there is something said about
    /// the reference beside it: `allOf` with one member and no other keyword.
    pub(super) fn meant(&self, schema: &'a Json) -> &'a Json {
        let mut schema = self.target(schema);
        for _ in 0..100 {
            let [member] = list(schema, "allOf") else {
                break;
            };
            let says = |key: &String| !(is_annotation(key) || key == "allOf" || key == "nullable");
            let object = schema.as_object();
            if object.is_none_or(|object| object.keys().any(says)) {
                break;
            }
            let member = self.target(member);
            if self.is_heir(schema, member) {
                break;
            }
            schema = member;
        }
        schema
    }

    /// Whether a component that only names another one is a kind of it: a
    /// property tells the two apart, which has a tag for the component.
    fn is_heir(&self, schema: &'a Json, base: &Json) -> bool {
        let Some(name) = self.names.get(&ptr::from_ref(schema)) else {
            return false;
        };
        let Some(discriminator) = base.get("discriminator") else {
            return false;
        };
        let mapping = discriminator.get("mapping").and_then(Json::as_object);
        let mut targets = mapping.into_iter().flat_map(Map::values);
        let nullable = schema.get("nullable") == Some(&Json::Bool(true));
        targets.any(|target| names(target, name))
            || (mapping.is_none_or(Map::is_empty) && !nullable)
    }

    /// Whether a schema is a reference, something said about it or not.
    pub(super) fn refers(&self, schema: &'a Json) -> bool {
        let member = list(schema, "allOf").first();
        let wrapped = member.is_some_and(|member| member.get("$ref").is_some())
            && !ptr::eq(self.meant(schema), schema);
        schema.get("$ref").is_some() || wrapped
    }

    /// The name of the component that a schema is, or refers to.
    pub(crate) fn component(&self, schema: &'a Json) -> Option<&'a str> {
        let target = ptr::from_ref(self.meant(schema));
        self.names.get(&target).copied()
    }

    /// A schema and all that its `allOf`s bring along, each once, references
    /// followed: a value has to fit every one.
    pub(crate) fn parts(&self, schema: &'a Json) -> Vec<&'a Json> {
        let mut parts: Vec<&'a Json> = Vec::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            let schema = self.target(schema);
            if parts.iter().any(|known| ptr::eq(*known, schema)) {
                continue;
            }
            parts.push(schema);
            open.extend(list(schema, "allOf").iter().rev());
        }
        parts
    }

    /// Whether `null` fits.
    pub(super) fn nullable(&self, schema: &'a Json) -> bool {
        self.nullable_below(schema, &mut HashMap::new())
    }

    /// `known` has what was found out, and `false` for what is being looked at:
    /// a schema that leads back to itself allows no more than it says.
    fn nullable_below(&self, schema: &'a Json, known: &mut HashMap<*const Json, bool>) -> bool {
        let schema = self.target(schema);
        if let Some(known) = known.get(&ptr::from_ref(schema)) {
            return *known;
        }
        known.insert(ptr::from_ref(schema), false);
        let written = schema.get("nullable") == Some(&Json::Bool(true));
        let listed = list(schema, "enum").iter().any(Json::is_null);
        let all = list(schema, "allOf");
        let inherited = !all.is_empty()
            && schema.get("type").is_none()
            && all.iter().all(|member| self.nullable_below(member, known));
        let chosen = ["oneOf", "anyOf"]
            .into_iter()
            .flat_map(|key| list(schema, key))
            .any(|variant| self.nullable_below(variant, known));
        let any = schema
            .as_object()
            .is_some_and(|object| object.keys().all(|key| is_annotation(key)));
        let nullable =
            written || listed || inherited || (chosen && schema.get("type").is_none()) || any;
        known.insert(ptr::from_ref(schema), nullable);
        nullable
    }

    /// The schemas of a property: a value has to fit every one.
    pub(crate) fn property(&self, parts: &[&'a Json], name: &str) -> Vec<&'a Json> {
        let all = parts.iter().filter_map(|part| part.get("properties"));
        all.filter_map(|properties| properties.get(name)).collect()
    }

    /// Whether a property is left out of values that travel this way.
    pub(super) fn is_left_out(&self, schemas: &[&'a Json], direction: Direction) -> bool {
        let key = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        schemas.iter().any(|schema| {
            let mut parts = self.parts(schema).into_iter();
            parts.any(|part| part.get(key) == Some(&Json::Bool(true)))
        })
    }
}

/// Whether the target of a mapping is the component of this name.
pub(super) fn names(target: &Json, name: &str) -> bool {
    let target = target.as_str().unwrap_or("");
    let named = target.rsplit('/').next().unwrap_or(target);
    named.replace("~1", "/").replace("~0", "~") == name && !name.is_empty()
}

/// A list under a key, empty where there is none.
pub(crate) fn list<'a>(schema: &'a Json, key: &str) -> &'a [Json] {
    schema
        .get(key)
        .and_then(Json::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether a keyword says nothing about values.
fn is_annotation(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "title"
                | "description"
                | "example"
                | "examples"
                | "default"
                | "deprecated"
                | "readOnly"
                | "writeOnly"
                | "externalDocs"
                | "xml"
        )
}
