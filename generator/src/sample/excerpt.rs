//! A part of a document as JSON: the nodes that are asked for, and all that
//! those refer to, each where it stands in the document. The whole of a large
//! document takes as much memory as any stage.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use crate::source::{Node, Value, percent_decoded};

/// An excerpt in the making.
pub(crate) struct Excerpt<'a> {
    document: &'a Node,
    /// What was copied. An array of which only some elements were copied is an
    /// object here, which a JSON pointer does not see.
    json: Json,
    /// The pointers of what was copied.
    copied: HashSet<String>,
    /// The pointers of what is still to be copied.
    open: Vec<String>,
}

impl<'a> Excerpt<'a> {
    pub(crate) fn new(document: &'a Node) -> Self {
        Self {
            document,
            json: Json::Object(Map::new()),
            copied: HashSet::new(),
            open: Vec::new(),
        }
    }

    /// Adds the node that a JSON pointer names, if there is one.
    pub(crate) fn add(&mut self, pointer: String) {
        self.open.push(pointer);
        while let Some(pointer) = self.open.pop() {
            if self.document.pointer(&pointer).is_some() {
                self.copy(pointer);
            } else {
                self.copy(percent_decoded(&pointer));
            }
        }
    }

    /// The excerpt.
    pub(crate) fn into_json(self) -> Json {
        self.json
    }

    fn copy(&mut self, pointer: String) {
        let mut ancestors = pointer.match_indices('/').map(|(end, _)| &pointer[..end]);
        if ancestors.any(|ancestor| self.copied.contains(ancestor)) {
            return;
        }
        let Some(node) = self.document.pointer(&pointer) else {
            return;
        };
        if !self.copied.insert(pointer.clone()) {
            return;
        }
        self.follow(node);
        let mut place = &mut self.json;
        for token in pointer.split('/').skip(1) {
            let key = match token.contains('~') {
                true => token.replace("~1", "/").replace("~0", "~"),
                false => token.to_owned(),
            };
            if !place.is_object() {
                *place = Json::Object(Map::new());
            }
            place = &mut place[key];
        }
        *place = node.to_json();
    }

    /// Notes what a node refers to.
    fn follow(&mut self, node: &Node) {
        match &node.value {
            Value::Object(entries) => {
                for (key, value) in entries.iter() {
                    match (key, value.as_str()) {
                        ("$ref", Some(text)) => {
                            self.open.extend(text.strip_prefix('#').map(str::to_owned));
                        }
                        // Any component may say that it is a kind of this one.
                        ("discriminator", None) => {
                            self.open.push("/components/schemas".to_owned());
                        }
                        _ => {}
                    }
                    self.follow(value);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.follow(element)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Excerpt;
    use crate::diagnostic::Report;
    use crate::source::{self, Input};

    fn excerpt(text: &str, pointers: &[&str]) -> serde_json::Value {
        let input = Input {
            path: "openapi.yaml".to_owned(),
            text: text.into(),
        };
        let source = source::load(vec![input], &mut Report::default());
        let mut excerpt = Excerpt::new(&source.entry().root);
        for pointer in pointers {
            excerpt.add((*pointer).to_owned());
        }
        excerpt.into_json()
    }

    #[test]
    fn what_is_referred_to_stands_where_it_stood() {
        let text = "{a: {$ref: '#/b/x~1y'}, b: {x/y: [{$ref: '#/c/1'}, {$ref: '#/d%20d'}], z: 1}, c: [0, {$ref: '#/a'}], 'd d': 2}";
        let expected = json!({
            "a": {"$ref": "#/b/x~1y"},
            "b": {"x/y": [{"$ref": "#/c/1"}, {"$ref": "#/d%20d"}]},
            "c": {"1": {"$ref": "#/a"}},
            "d d": 2,
        });
        assert_eq!(excerpt(text, &["/a"]), expected);
        assert_eq!(expected.pointer("/c/1"), Some(&json!({"$ref": "#/a"})));
    }

    #[test]
    fn a_part_gives_way_to_the_whole() {
        let text = "{a: [{b: 1}, 2], c: {$ref: '#/a/0/b'}}";
        let whole = json!({"a": [{"b": 1}, 2]});
        assert_eq!(excerpt(text, &["/a/0/b", "/a"]), whole);
        assert_eq!(excerpt(text, &["/a", "/a/0/b", "/missing"]), whole);
        assert_eq!(
            excerpt("{a: [{$ref: '#'}], b: 1}", &["/a/0", "/a/0/x"])["b"],
            1
        );
    }

    #[test]
    fn of_a_family_all_members_are_there() {
        let text = "{a: {$ref: '#/components/schemas/Pet'}, components: {schemas: {\
                    Pet: {discriminator: {propertyName: type}}, \
                    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}}}}";
        let found = excerpt(text, &["/a"]);
        assert!(found.pointer("/components/schemas/Cat").is_some());
    }
}
