//! Names for definitions among the components: their pointers in, a component
//! each out. A name that only one definition has stays as it is.

use std::collections::{BTreeMap, HashMap};

use crate::source::Node;

/// The component name of each definition, by its pointer.
pub(super) fn names(root: &Node, definitions: &[String]) -> HashMap<String, String> {
    let components = root
        .pointer("/components/schemas")
        .and_then(Node::as_object);
    let taken = |name: &str| components.is_some_and(|components| components.contains_key(name));
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for pointer in definitions {
        *wanted.entry(last(pointer)).or_default() += 1;
    }
    let mut names = HashMap::new();
    let mut given: BTreeMap<String, ()> = BTreeMap::new();
    for pointer in definitions {
        let name = last(pointer);
        let alone = wanted.get(&name) == Some(&1) && !taken(&name);
        let mut name = if alone { name } else { qualified(pointer) };
        while taken(&name) || given.contains_key(&name) {
            name.push('_');
        }
        given.insert(name.clone(), ());
        names.insert(pointer.clone(), name);
    }
    names
}

/// The pointer of what was below a definition that has moved.
pub(super) fn moved(names: &HashMap<String, String>, pointer: &str) -> Option<String> {
    let mut end = pointer.len();
    loop {
        if let Some(name) = names.get(&pointer[..end]) {
            let name = name.replace('~', "~0").replace('/', "~1");
            return Some(format!("/components/schemas/{name}{}", &pointer[end..]));
        }
        end = pointer[..end].rfind('/')?;
    }
}

fn last(pointer: &str) -> String {
    let token = pointer.rsplit('/').next().unwrap_or_default();
    token.replace("~1", "/").replace("~0", "~")
}

/// The names on the way to the definition, without what only leads there.
fn qualified(pointer: &str) -> String {
    const LEADING: [&str; 8] = [
        "components",
        "schemas",
        "$defs",
        "definitions",
        "properties",
        "paths",
        "schema",
        "content",
    ];
    let tokens: Vec<_> = pointer
        .split('/')
        .filter(|token| !token.is_empty() && !LEADING.contains(token))
        .map(|token| token.replace("~1", "_").replace("~0", "~"))
        .collect();
    tokens.join(".")
}
