//! Responses: one schema for all media types in, content out.

use super::body::content;
use super::{Shared, media, object};
use crate::diagnostic::Code;
use crate::source::{Node, Value};

const JSON: &str = "application/json";

impl Shared<'_> {
    /// Rewrites a response. `produces` is what its operation says.
    pub(super) fn response(&mut self, response: &mut Node, produces: Option<&[String]>) {
        let origin = response.origin;
        let Value::Object(entries) = &mut response.value else {
            return;
        };
        if entries.contains_key("$ref") {
            return;
        }
        let examples = entries.remove("examples");
        let Some(schema) = entries.remove("schema") else {
            if let Some(examples) = examples {
                self.report.warn(
                    Code::NoEffect,
                    examples.origin,
                    "`examples` of a response without a schema have no effect",
                );
            }
            return;
        };
        let names = self.media_types(&schema, produces);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut content = content(origin, &names, object(origin, [("schema", schema)]));
        if let Some(examples) = examples {
            self.examples(&mut content, examples);
        }
        entries.insert_if_absent("content", content);
    }

    /// The media types that a response with this schema may have.
    fn media_types(&mut self, schema: &Node, produces: Option<&[String]>) -> Vec<String> {
        let produced = produces.or(self.produces.as_deref());
        let kind = self.kind(schema);
        if kind == Some("file") {
            let names: Vec<String> = produced
                .unwrap_or_default()
                .iter()
                .filter(|name| !media::essence(name).ends_with("json"))
                .cloned()
                .collect();
            if names.is_empty() {
                return vec!["application/octet-stream".to_owned()];
            }
            return names;
        }
        let Some(produced) = produced else {
            return vec![JSON.to_owned()];
        };
        let fits = kind == Some("string") || produced.iter().any(|name| media::is_structured(name));
        if fits {
            return produced.to_vec();
        }
        let name = produced.join("`, `");
        self.report
            .warn(
                Code::Contradiction,
                schema.origin,
                format!("`{name}` cannot hold what this schema describes"),
            )
            .help(format!("`{JSON}` is taken"));
        vec![JSON.to_owned()]
    }

    /// The type of a schema, or of the definition that it refers to.
    fn kind<'a>(&'a self, schema: &'a Node) -> Option<&'a str> {
        let reference = schema.get("$ref").and_then(Node::as_str);
        let target = reference.and_then(|reference| {
            self.definitions
                .get(reference.strip_prefix("#/definitions/")?)
        });
        target.unwrap_or(schema).get("type")?.as_str()
    }

    /// Examples are by media type.
    fn examples(&mut self, content: &mut Node, examples: Node) {
        let Value::Object(content) = &mut content.value else {
            return;
        };
        let Value::Object(examples) = examples.value else {
            self.report.warn(
                Code::WrongType,
                examples.origin,
                "`examples` of a response are an object, by media type",
            );
            return;
        };
        for (name, example) in examples {
            match content.get_mut(&name).map(|node| &mut node.value) {
                Some(Value::Object(entries)) => {
                    entries.insert("example", example);
                }
                _ if name.starts_with("x-") => {}
                _ => {
                    self.report
                        .warn(
                            Code::NoEffect,
                            example.origin,
                            format!("the example has no effect: `{name}` is not produced"),
                        )
                        .help("name it in `produces`");
                }
            }
        }
    }
}
