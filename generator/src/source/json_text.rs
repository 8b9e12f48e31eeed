//! Nodes as JSON texts: a tree in, the text of what [`Node::to_json`] makes of
//! it out, without making it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Node, Value};

impl Node {
    /// The text of [`to_json`](Self::to_json), laid out to be read.
    pub(crate) fn to_json_text(&self) -> String {
        // Every key is a text.
        serde_json::to_string_pretty(&Sorted(self)).unwrap_or_default()
    }
}

/// A node that is written as `serde_json` has it: keys by name.
struct Sorted<'a>(&'a Node);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => number.to_json().serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(nodes) => serializer.collect_seq(nodes.iter().map(Sorted)),
            Value::Object(nodes) => {
                let mut nodes: Vec<(&str, &Node)> = nodes.iter().collect();
                nodes.sort_unstable_by_key(|(key, _)| *key);
                let mut object = serializer.serialize_map(Some(nodes.len()))?;
                for (key, node) in nodes {
                    object.serialize_entry(key, &Sorted(node))?;
                }
                object.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Report;
    use crate::source::{Input, load};

    #[test]
    fn the_text_is_that_of_the_value() {
        let text = r#"
            b: {z: [1, -1, 1.5, 18446744073709551615, 99999999999999999999], a: "\u0007\"\u00e9"}
            B: [true, false, null, [], {}, .inf]
            10: {é: 1, e: 2, "": 3}
        "#;
        let inputs = vec![Input {
            path: "a.yaml".to_owned(),
            text: text.to_owned().into(),
        }];
        let source = load(inputs, &mut Report::default());
        let root = &source.entry().root;
        let expected = serde_json::to_string_pretty(&root.to_json()).unwrap();
        assert!(expected.len() > 100, "{expected}");
        assert_eq!(root.to_json_text(), expected);
        for node in root.get("B").unwrap().as_array().unwrap() {
            let expected = serde_json::to_string_pretty(&node.to_json()).unwrap();
            assert_eq!(node.to_json_text(), expected);
        }
    }
}
