//! What parts are called as components: their places and the names that the
//! entry document has already in, a name for each out. A name depends only on
//! the part itself and on those that want the same one.

use std::collections::{BTreeMap, BTreeSet};

use super::shelf::Place;

/// A part that needs a name.
#[derive(Clone, Debug)]
pub(super) struct Nameless {
    /// The path of its document from the root.
    pub(super) path: String,
    pub(super) place: Place,
}

/// What a part is called where nothing else wants that name.
pub(super) fn natural(part: &Nameless) -> String {
    Wish::new(part).name(0)
}

/// The names of parts of one kind, in their order. None is in `taken`.
pub(super) fn names(parts: &[Nameless], taken: &BTreeSet<String>) -> Vec<String> {
    let wishes: Vec<Wish> = parts.iter().map(Wish::new).collect();
    let mut levels = vec![0; parts.len()];
    loop {
        let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, wish) in wishes.iter().enumerate() {
            wanted
                .entry(wish.name(levels[index]))
                .or_default()
                .push(index);
        }
        let mut changed = false;
        for (name, group) in &wanted {
            if group.len() == 1 && !taken.contains(name) {
                continue;
            }
            for index in group {
                if levels[*index] < wishes[*index].around.len() {
                    levels[*index] += 1;
                    changed = true;
                }
            }
        }
        if !changed {
            return numbered(&wanted, taken, parts);
        }
    }
}

/// Names of which some are still wanted twice, and then have a number.
fn numbered(
    wanted: &BTreeMap<String, Vec<usize>>,
    taken: &BTreeSet<String>,
    parts: &[Nameless],
) -> Vec<String> {
    let mut names = vec![String::new(); parts.len()];
    let mut used = taken.clone();
    used.extend(wanted.keys().cloned());
    for (name, group) in wanted {
        let mut group = group.clone();
        group.sort_by_key(|index| (&parts[*index].path, &parts[*index].place.pointer));
        let free = !taken.contains(name);
        for (number, index) in group.into_iter().enumerate() {
            names[index] = if number == 0 && free {
                name.clone()
            } else {
                let mut number = number.max(1) + 1;
                while used.contains(&format!("{name}_{number}")) {
                    number += 1;
                }
                format!("{name}_{number}")
            };
            used.insert(names[index].clone());
        }
    }
    names
}

/// What a part would like to be called.
struct Wish {
    name: String,
    /// What makes it longer: the names around it in its file, the stem of the
    /// file, the folders above; the nearest first.
    around: Vec<String>,
}

impl Wish {
    fn new(part: &Nameless) -> Self {
        let mut folders: Vec<String> = part.path.split('/').rev().map(plain).collect();
        let file = part.path.rsplit('/').next().unwrap_or_default();
        let stem = [".yaml", ".yml", ".json"]
            .into_iter()
            .find_map(|ending| file.strip_suffix(ending))
            .unwrap_or(file);
        if matches!(stem, "index" | "_index") && folders.len() > 1 {
            // The folder says more.
            folders.remove(0);
        } else if let Some(first) = folders.first_mut() {
            *first = plain(stem);
        }
        folders.retain(|folder| !folder.is_empty() && folder != "..");
        let (name, mut around) = match last_name(&part.place.pointer) {
            Some(names) => names,
            None if folders.is_empty() => (plain(stem), Vec::new()),
            None => (folders.remove(0), Vec::new()),
        };
        around.append(&mut folders);
        Self { name, around }
    }

    fn name(&self, level: usize) -> String {
        let mut name = self.name.clone();
        for word in self.around.iter().take(level) {
            name = format!("{word}_{name}");
        }
        name
    }
}

/// The last part of a pointer that is a name, with what follows it, and the
/// names before it, the last one first; `None` where there is none.
fn last_name(pointer: &str) -> Option<(String, Vec<String>)> {
    let tokens: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect();
    // What stands below `properties` is a name, whatever it is.
    let is_name = |at: usize| {
        let named = at
            .checked_sub(1)
            .is_some_and(|parent| holds_names(&tokens[parent]));
        // A list has numbers for names; statuses are better than none.
        let number = tokens[at].bytes().all(|byte| byte.is_ascii_digit());
        let status = number && at > 0 && tokens[at - 1] == "responses";
        status || (!number && named) || !is_keyword(&tokens[at])
    };
    let mut names: Vec<usize> = (0..tokens.len()).filter(|at| is_name(*at)).collect();
    let last = names.pop()?;
    let parts: Vec<String> = tokens[last..]
        .iter()
        .map(|token| plain(token))
        .filter(|token| !token.is_empty())
        .collect();
    if parts.is_empty() {
        return None;
    }
    let around = names.iter().rev().map(|at| plain(&tokens[*at]));
    let around = around.filter(|word| !word.is_empty()).collect();
    Some((parts.join("_"), around))
}

/// How long the part of a schema's pointer is that leads to what has a name, or
/// a file, of its own; `None` where that is all of it.
pub(super) fn named_part(pointer: &str) -> Option<usize> {
    let mut length = 0;
    let mut named = false;
    for token in pointer.split('/').skip(1) {
        if !named && is_inside_a_schema(token) {
            return Some(length);
        }
        named = !named && holds_names(token);
        length += 1 + token.len();
    }
    None
}

fn is_inside_a_schema(token: &str) -> bool {
    matches!(
        token,
        "properties"
            | "patternProperties"
            | "additionalProperties"
            | "items"
            | "prefixItems"
            | "allOf"
            | "oneOf"
            | "anyOf"
            | "not"
    )
}

fn holds_names(token: &str) -> bool {
    matches!(
        token,
        "properties"
            | "$defs"
            | "definitions"
            | "schemas"
            | "parameters"
            | "responses"
            | "headers"
            | "requestBodies"
            | "examples"
            | "links"
            | "callbacks"
            | "securitySchemes"
            | "securityDefinitions"
    )
}

/// Whether a part of a pointer says where something is, not what.
fn is_keyword(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_digit())
        || holds_names(token)
        || matches!(
            token,
            "components"
                | "items"
                | "prefixItems"
                | "additionalProperties"
                | "allOf"
                | "oneOf"
                | "anyOf"
                | "not"
                | "schema"
                | "content"
                | "requestBody"
                | "value"
        )
}

/// A text as a name of a component: letters and digits of any language and
/// what OpenAPI allows besides.
fn plain(text: &str) -> String {
    let plain = |character: char| match character {
        '.' | '-' | '_' => character,
        character if character.is_alphanumeric() => character,
        _ => '_',
    };
    match text {
        "." | ".." => String::new(),
        _ => text.chars().map(plain).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_all(places: &[&str], taken: &[&str]) -> Vec<String> {
        let parts: Vec<Nameless> = places
            .iter()
            .map(|place| {
                let (path, pointer) = place.split_once('#').expect("a fragment");
                Nameless {
                    path: path.to_owned(),
                    place: Place {
                        document: 1,
                        pointer: pointer.to_owned(),
                    },
                }
            })
            .collect();
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        names(&parts, &taken)
    }

    #[test]
    fn a_name_is_the_last_of_the_pointer_or_the_file() {
        for (place, wanted) in [
            ("a/Pet.yaml#", "Pet"),
            ("a/pet.v1.json#", "pet.v1"),
            ("a/index.yaml#", "a"),
            ("index.yaml#", "index"),
            ("a.yaml#/components/schemas/Pet", "Pet"),
            ("a.yaml#/Pet", "Pet"),
            ("a.yaml#/x/Pet~1Cat", "Pet_Cat"),
            ("a.yaml#/components/schemas/items", "items"),
            ("a.yaml#/Pet/properties/tags/items", "tags_items"),
            ("a.yaml#/items/allOf/0", "a"),
            ("a b.yaml#", "a_b"),
            ("responses/404.yaml#", "404"),
            ("x.yaml#/responses/404", "404"),
            ("x.yaml#/get/parameters/0", "get_parameters_0"),
        ] {
            assert_eq!(name_all(&[place], &[]), [wanted], "{place}");
        }
    }

    #[test]
    fn schemas_inside_others_belong_to_them() {
        for (pointer, wanted) in [
            ("", None),
            ("/Pet", None),
            ("/components/schemas/items", None),
            ("/$defs/Pet", None),
            ("/properties/a", Some("")),
            (
                "/components/schemas/Pet/properties/items",
                Some("/components/schemas/Pet"),
            ),
            (
                "/definitions/properties/items",
                Some("/definitions/properties"),
            ),
            ("/a/allOf/0/properties/b", Some("/a")),
        ] {
            let end = named_part(pointer);
            assert_eq!(end.map(|end| &pointer[..end]), wanted, "{pointer}");
        }
    }

    #[test]
    fn who_collides_says_where_it_is_from() {
        assert_eq!(
            name_all(
                &["c/a.yaml#/Error", "c/b.yaml#/Error", "c/a.yaml#/Pet"],
                &[]
            ),
            ["a_Error", "b_Error", "Pet"]
        );
        assert_eq!(name_all(&["c/a.yaml#/Error"], &["Error"]), ["a_Error"]);
        assert_eq!(name_all(&["c/Error.yaml#"], &["Error"]), ["c_Error"]);
        assert_eq!(
            name_all(&["v1/a.yaml#/E", "v2/a.yaml#/E"], &[]),
            ["v1_a_E", "v2_a_E"]
        );
        assert_eq!(
            name_all(&["a.yaml#/Cat/Tail", "b.yaml#/Dog/Tail"], &[]),
            ["Cat_Tail", "Dog_Tail"]
        );
    }

    #[test]
    fn where_nothing_helps_there_is_a_number() {
        assert_eq!(name_all(&["E.yaml#"], &["E"]), ["E_2"]);
        assert_eq!(name_all(&["E.yaml#"], &["E", "E_2"]), ["E_3"]);
        assert_eq!(
            name_all(&["a.yaml#/x/~1", "a.yaml#/x/~0"], &[]),
            ["a_x___2", "a_x__"]
        );
    }

    #[test]
    fn order_and_others_change_no_name() {
        let one = name_all(&["a.yaml#/E", "b.yaml#/E", "a.yaml#/F"], &["Z"]);
        let other = name_all(&["a.yaml#/F", "b.yaml#/E", "a.yaml#/E"], &["Y"]);
        assert_eq!(one, [other[2].clone(), other[1].clone(), other[0].clone()]);
    }
}
