//! References within the document: a tree in which some lead through others, or
//! name what Swagger 2.0 has elsewhere, in; one in which each names its target
//! directly out, and the references that name nothing.

use std::collections::{HashMap, HashSet};

use super::v2;
use super::version::Version;
use crate::diagnostic::{Code, Report};
use crate::identifiers::Position;
use crate::source::{Node, Origin, Value, percent_decoded, pointer_token};

/// How many references are followed on the way to one target. Each may lead
/// through others at every token.
const MOST_STEPS: usize = 50;

/// Where Swagger 2.0 has what OpenAPI 3 has among the components.
const SECTIONS: [(&str, &str); 3] = [
    ("/definitions/", "/components/schemas/"),
    ("/parameters/", "/components/parameters/"),
    ("/responses/", "/components/responses/"),
];

/// What there is to say of a document's references, before it changes.
pub(super) struct References {
    /// The texts of those that name nothing.
    pub(super) missing: HashSet<String>,
    /// What those name that lead into what Swagger 2.0 has in another form, by
    /// the place of their texts.
    moving: HashMap<Origin, Moving>,
}

/// Something that gets another pointer.
struct Moving {
    origin: Origin,
    /// Whether it is a schema: what is around it may then have the same place.
    schema: bool,
}

impl References {
    /// Lets the references of a document that has not been changed yet name
    /// their targets directly: their pointers are its author's.
    pub(super) fn direct(root: &mut Node, version: Version, report: &mut Report) -> Self {
        let mut scan = Scan {
            root,
            version,
            report,
            texts: HashMap::new(),
            found: Self {
                missing: HashSet::new(),
                moving: HashMap::new(),
            },
        };
        scan.walk(root, Position::Object);
        let Scan { texts, found, .. } = scan;
        if !texts.is_empty() {
            write(root, &texts);
        }
        found
    }

    /// Lets references into what has moved name its new place.
    pub(super) fn follow_moved(&self, root: &mut Node) {
        if self.moving.is_empty() {
            return;
        }
        let wanted = self.moving.values().map(|moving| moving.origin).collect();
        let mut found = HashMap::new();
        places(root, &mut String::new(), &wanted, &mut found);
        let texts = self.moving.iter().filter_map(|(reference, moving)| {
            let (outermost, innermost) = found.get(&moving.origin)?;
            let pointer = if moving.schema { innermost } else { outermost };
            Some((*reference, format!("#{pointer}")))
        });
        let texts = texts.collect();
        write(root, &texts);
    }
}

struct Scan<'a, 'r> {
    root: &'a Node,
    version: Version,
    report: &'r mut Report,
    /// What references become, by the place of their texts.
    texts: HashMap<Origin, String>,
    found: References,
}

impl<'a> Scan<'a, '_> {
    fn walk(&mut self, node: &'a Node, position: Position) {
        match &node.value {
            Value::Object(_) if position == Position::Data => {}
            Value::Object(entries) => {
                for (key, value) in entries {
                    match value.as_str() {
                        Some(text) if key == "$ref" && position == Position::Object => {
                            self.reference(value.origin, text);
                        }
                        _ => self.walk(value, position.below(key)),
                    }
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    self.walk(element, position);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, origin: Origin, text: &str) {
        if self.is_plain(text) {
            return;
        }
        let Some(fragment) = text.strip_prefix('#') else {
            return;
        };
        let pointer = percent_decoded(fragment);
        let found = if pointer.is_empty() || pointer.starts_with('/') {
            let found = self.target(&pointer);
            let found = found.or_else(|| self.encoded(fragment));
            found.or_else(|| {
                let moved = |from: &str, to: &str| {
                    let moved = format!("{to}{}", pointer.strip_prefix(from)?);
                    self.target(&moved)
                };
                SECTIONS
                    .iter()
                    .find_map(|(old, new)| moved(old, new).or_else(|| moved(new, old)))
            })
        } else if self.version < Version::V3_1 {
            self.target(&format!("/{pointer}"))
        } else {
            // The name of an anchor.
            return;
        };
        let Some((tokens, target)) = found else {
            self.found.missing.insert(text.to_owned());
            self.found.missing.extend(v2::reference(text));
            return;
        };
        let direct: String = tokens
            .iter()
            .map(|token| format!("/{}", pointer_token(token)))
            .collect();
        let known: Vec<String> = pointer.split('/').skip(1).map(decoded).collect();
        if known != tokens || !(pointer.is_empty() || pointer.starts_with('/')) {
            self.report
                .warn(
                    Code::UnresolvedReference,
                    origin,
                    format!("the reference `{text}` names nothing by itself"),
                )
                .help(format!("it is taken as `#{direct}`"));
            self.texts.insert(origin, format!("#{direct}"));
        }
        // Everything but definitions changes its form on the way to OpenAPI 3.
        let stays = tokens.first().is_some_and(|first| first == "definitions");
        if self.version == Version::V2 && !stays && tokens.len() > 2 {
            let moving = Moving {
                origin: target.origin,
                schema: tokens.iter().any(|token| token == "schema"),
            };
            self.found.moving.insert(origin, moving);
        }
    }

    /// Whether the reference is one to a component, which others look after.
    fn is_plain(&self, text: &str) -> bool {
        let name = match self.version {
            Version::V2 => text.strip_prefix("#/definitions/"),
            _ => text
                .strip_prefix("#/components/")
                .and_then(|rest| rest.split_once('/'))
                .map(|(_, name)| name),
        };
        name.is_some_and(|name| !name.contains(['/', '%']))
    }

    /// What a pointer leads to whose tokens were percent-encoded one by one, or
    /// not at all.
    fn encoded(&self, fragment: &str) -> Option<(Vec<String>, &'a Node)> {
        if !fragment.contains('%') {
            return None;
        }
        let each: String = fragment
            .split('/')
            .skip(1)
            .map(|token| format!("/{}", percent_decoded(token).replace('/', "~1")))
            .collect();
        self.target(&each).or_else(|| self.target(fragment))
    }

    /// What a pointer leads to, through references where it must, and the
    /// tokens that lead there without any.
    fn target(&self, pointer: &str) -> Option<(Vec<String>, &'a Node)> {
        let mut left = MOST_STEPS;
        self.target_within(pointer, &mut left)
    }

    /// The same; `left` is how many more references may be followed.
    fn target_within(&self, pointer: &str, left: &mut usize) -> Option<(Vec<String>, &'a Node)> {
        let mut at = self.root;
        let mut tokens: Vec<String> = Vec::new();
        for token in pointer.split('/').skip(1).map(decoded) {
            let child = child(at, &token);
            let reference = at.get("$ref").and_then(Node::as_str);
            // Before 3.1, what stands beside a reference is not there.
            let through = match reference {
                Some(text)
                    if *left > 0
                        && token != "$ref"
                        && (child.is_none() || self.version < Version::V3_1) =>
                {
                    let pointer = percent_decoded(text.strip_prefix('#')?);
                    let rest = format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"));
                    *left -= 1;
                    self.target_within(&rest, left)
                }
                _ => None,
            };
            if let Some((direct, target)) = through {
                tokens = direct;
                at = target;
                continue;
            }
            at = child?;
            tokens.push(token);
        }
        Some((tokens, at))
    }
}

fn child<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Object(entries) => entries.get(token),
        Value::Array(elements) => elements.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

fn decoded(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Gives references other texts, by the places of those that they have.
fn write(node: &mut Node, texts: &HashMap<Origin, String>) {
    match &mut node.value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match &mut value.value {
                    Value::String(text) if key == "$ref" => {
                        if let Some(new) = texts.get(&value.origin) {
                            text.clone_from(new);
                        }
                    }
                    _ => write(value, texts),
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                write(element, texts);
            }
        }
        _ => {}
    }
}

/// The pointers of the first nodes from these places: of the outermost and of
/// the innermost of those that are in each other.
fn places(
    node: &Node,
    pointer: &mut String,
    wanted: &HashSet<Origin>,
    found: &mut HashMap<Origin, (String, String)>,
) {
    let first = wanted.contains(&node.origin) && !found.contains_key(&node.origin);
    let mut below = |token: &str, node: &Node| {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&pointer_token(token));
        places(node, pointer, wanted, found);
        pointer.truncate(length);
    };
    match &node.value {
        Value::Object(entries) => {
            for (key, value) in entries {
                below(key, value);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                below(&index.to_string(), element);
            }
        }
        _ => {}
    }
    if first {
        let (outermost, _) = found
            .entry(node.origin)
            .or_insert_with(|| (String::new(), pointer.clone()));
        outermost.clone_from(pointer);
    }
}
