//! Conditions in words: the schema of an `if` in, a phrase for the documentation
//! out.

use crate::source::{Entries, Node, Value};

/// How much of a condition is quoted that has no words.
const MOST_TEXT: usize = 200;

/// What has to hold: all of these.
pub(super) struct Condition(Vec<Fact>);

/// Something that holds or does not, and the words for both.
struct Fact {
    holds: String,
    fails: String,
}

impl Condition {
    /// The condition that a schema describes.
    pub(super) fn of(schema: &Node) -> Self {
        let facts = schema.as_object().and_then(facts);
        Self(facts.unwrap_or_else(|| vec![Fact::fits(schema)]))
    }

    /// The condition that an object has a property.
    pub(super) fn present(name: &str) -> Self {
        Self(vec![Fact::present(name)])
    }

    /// A phrase that begins with "where".
    pub(super) fn text(&self, holds: bool) -> String {
        let all = |word: fn(&Fact) -> &String, with: &str| {
            let words: Vec<&str> = self.0.iter().map(|fact| word(fact).as_str()).collect();
            format!("where {}", words.join(with))
        };
        match holds {
            true => all(|fact| &fact.holds, " and "),
            false => all(|fact| &fact.fails, " or "),
        }
    }
}

impl Fact {
    fn present(name: &str) -> Self {
        Self {
            holds: format!("{} is present", code(name)),
            fails: format!("{} is absent", code(name)),
        }
    }

    fn value(name: &str, values: &[String]) -> Self {
        let name = code(name);
        match values {
            [only] => Self {
                holds: format!("{name} is {only}"),
                fails: format!("{name} is not {only}"),
            },
            _ => Self {
                holds: format!("{name} is one of {}", values.join(", ")),
                fails: format!("{name} is none of {}", values.join(", ")),
            },
        }
    }

    /// A condition that is quoted.
    fn fits(schema: &Node) -> Self {
        let json = schema.to_json().to_string();
        let text = match json.char_indices().nth(MOST_TEXT) {
            Some((end, _)) => code(&format!("{}…", &json[..end])),
            None => code(&json),
        };
        Self {
            holds: format!("the value fits {text}"),
            fails: format!("the value does not fit {text}"),
        }
    }
}

/// The facts of a schema; `None` where it has others than those that have words.
fn facts(schema: &Entries) -> Option<Vec<Fact>> {
    let mut found = Vec::new();
    let mut named = Vec::new();
    if let Some(properties) = schema.get("properties") {
        for (name, property) in properties.as_object()? {
            let values = values(property.as_object()?)?;
            found.push(Fact::value(name, &values));
            named.push(name);
        }
    }
    if let Some(required) = schema.get("required") {
        for name in required.as_array()? {
            let name = name.as_str()?;
            // What has one of these values is there.
            if !named.contains(&name) {
                found.push(Fact::present(name));
            }
        }
    }
    let known = |key: &str| matches!(key, "properties" | "required" | "type");
    (schema.keys().all(known) && !found.is_empty()).then_some(found)
}

/// The values that a schema lists, where it says nothing else.
fn values(schema: &Entries) -> Option<Vec<String>> {
    let known = |key: &str| matches!(key, "const" | "enum" | "type");
    let listed: Vec<&Node> = match (schema.get("const"), schema.get("enum")) {
        (Some(constant), _) => vec![constant],
        (None, Some(values)) => values.as_array()?.iter().collect(),
        (None, None) => return None,
    };
    let text = |node: &&Node| match &node.value {
        Value::String(text) => code(text),
        _ => code(&node.to_json().to_string()),
    };
    let fits = schema.keys().all(known) && !listed.is_empty();
    fits.then(|| listed.iter().map(text).collect())
}

/// A Markdown code span, which the text cannot end.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace(['\n', '\r'], " "))
}
