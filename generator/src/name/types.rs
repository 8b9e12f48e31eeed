//! The names of types, their fields and variants.

use foldhash::HashSet;
use unicode_normalization::UnicodeNormalization;

use super::identifier::{Case, identifier, is_keyword};
use super::{Namer, derived};
use crate::model::{Item, ItemKind, MapType, Name, Owner, Struct, View};

/// Names of the prelude and of the runtime that generated modules of types use
/// without a path.
const TYPE_NAMES: [&str; 19] = [
    "BTreeMap",
    "Base64",
    "Base64Url",
    "Box",
    "Clone",
    "Default",
    "Err",
    "Formatted",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "Result",
    "Secret",
    "Some",
    "String",
    "Value",
    "Vec",
];

/// The names that no type of the document can have.
fn reserved_types<'a>(map: MapType) -> Vec<&'a str> {
    let mut names = TYPE_NAMES.to_vec();
    names.push(map.name());
    names
}

/// Module names that a file system or Rust gives a meaning of its own.
pub(super) const FILE_NAMES: [&str; 27] = [
    "mod", "lib", "main", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5",
    "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8",
    "lpt9", "self", "super",
];

/// Methods of structs that are not setters.
const STRUCT_METHODS: [&str; 3] = ["new", "default", "clone"];

impl Namer<'_> {
    /// Names all types; `operations` are the words for those that they belong
    /// to.
    pub(super) fn types(&mut self, items: &mut [Item], map: MapType, operations: &[String]) {
        self.type_names(items, map, operations);
        self.modules(items);
        self.each(items, |namer, item| namer.inside(item));
    }

    /// Names what is in a type, which is of no concern to any other.
    fn inside(&mut self, item: &mut Item) {
        let names: Vec<&mut Name> = match &mut item.kind {
            ItemKind::Struct(structure) => return self.fields(structure),
            ItemKind::StringEnum(values) => names_of(&mut values.variants, |it| &mut it.name),
            ItemKind::IntegerEnum(values) => names_of(&mut values.variants, |it| &mut it.name),
            ItemKind::Union(union) => names_of(&mut union.variants, |it| &mut it.name),
            ItemKind::Newtype(_) | ItemKind::Alias(_) => return,
        };
        self.pascal(&["UnknownValue"], "Known").assign(names);
    }

    /// Components first, whose names are the document's own; then the types of
    /// operations; then the types inside others, level by level, because their
    /// names start with the final name of what they belong to.
    fn type_names(&mut self, items: &mut [Item], map: MapType, operations: &[String]) {
        let mut taken: HashSet<String> = HashSet::default();
        let is_request = |item: &Item| matches!(item.view, Some(View::Request { .. }));
        self.type_round(items, map, &mut taken, |_, item| {
            (item.owner == Owner::Component && !is_request(item)).then(|| item.name.words.clone())
        });
        self.request_names(items, map, &mut taken);
        self.type_round(items, map, &mut taken, |_, item| match &item.owner {
            Owner::Operation(operation, part) => {
                operations
                    .get(*operation)
                    .map(|words| match is_request(item) {
                        true => format!("{words} {part} request"),
                        false => format!("{words} {part}"),
                    })
            }
            _ => None,
        });
        while self.type_round(items, map, &mut taken, |items, item| match &item.owner {
            Owner::Item(parent, steps) => {
                let parent = &items[parent.0].name.rust;
                (!parent.is_empty()).then(|| [parent, " ", steps].concat())
            }
            _ => None,
        }) {}
        let names = items
            .iter_mut()
            .filter_map(|item| match &mut item.kind {
                ItemKind::Struct(structure) => {
                    let name = structure.required_name.as_mut()?;
                    derived(name, format!("{} Required", item.name.rust));
                    Some(name)
                }
                _ => None,
            })
            .collect();
        self.pascal(&reserved_types(map), "Schema")
            .beside(taken)
            .assign(names);
    }

    /// Names the request views of components. No component's name gives way to
    /// one that is made up, and there is nothing to say about it.
    fn request_names(&mut self, items: &mut [Item], map: MapType, taken: &mut HashSet<String>) {
        let mut reserved = reserved_types(map);
        let names = items.iter_mut();
        let names: Vec<&mut Name> = names
            .filter(|item| item.owner == Owner::Component && item.name.rust.is_empty())
            .map(|item| &mut item.name)
            .collect();
        if names.is_empty() {
            return;
        }
        reserved.extend(taken.iter().map(String::as_str));
        self.pascal(&reserved, "Schema").assign(names);
        let components = items.iter();
        *taken = components
            .map(|item| item.name.rust.clone())
            .filter(|name| !name.is_empty())
            .collect();
    }

    /// Names the types without a name for which `words` knows words; whether
    /// there were any.
    fn type_round(
        &mut self,
        items: &mut [Item],
        map: MapType,
        taken: &mut HashSet<String>,
        words: impl Fn(&[Item], &Item) -> Option<String>,
    ) -> bool {
        let ready: Vec<Option<String>> = items
            .iter()
            .map(|item| {
                item.name
                    .rust
                    .is_empty()
                    .then(|| words(items, item))
                    .flatten()
            })
            .collect();
        let names: Vec<&mut Name> = items
            .iter_mut()
            .zip(ready)
            .filter_map(|(item, words)| {
                item.name.words = words?;
                Some(&mut item.name)
            })
            .collect();
        if names.is_empty() {
            return false;
        }
        let mut scope = self
            .pascal(&reserved_types(map), "Schema")
            .beside(std::mem::take(taken));
        scope.assign(names);
        *taken = scope.into_taken();
        true
    }

    /// One module for each component with its inline children.
    fn modules(&mut self, items: &mut [Item]) {
        let mut roots: Vec<(usize, Name)> = items
            .iter()
            .enumerate()
            .filter(|(_, item)| !matches!(item.owner, Owner::Item(..)))
            .map(|(index, item)| {
                (
                    index,
                    Name::new(module_words(&item.name.rust), None, item.origin),
                )
            })
            .collect();
        self.snake(&FILE_NAMES)
            .hidden()
            .assign(roots.iter_mut().map(|(_, name)| name).collect());
        for (index, name) in roots {
            items[index].module = module_name(name);
        }
        for index in 0..items.len() {
            let mut root = index;
            while let Owner::Item(parent, _) = items[root].owner {
                root = parent.0;
            }
            items[index].module = items[root].module.clone();
        }
    }

    pub(super) fn fields(&mut self, structure: &mut Struct) {
        let mut names: Vec<&mut Name> = structure
            .fields
            .iter_mut()
            .map(|field| &mut field.name)
            .collect();
        if let Some((name, _)) = &mut structure.additional {
            // A property called like the map of the others keeps its name.
            let is_taken =
                |name: &&mut Name| identifier(&name.words, Case::Snake) == "additional_properties";
            if names.iter().any(is_taken) {
                name.words = "other_properties".to_owned();
            }
            names.push(name);
        }
        self.snake(&STRUCT_METHODS).assign(names);
    }
}

fn names_of<T>(variants: &mut [T], name: impl Fn(&mut T) -> &mut Name) -> Vec<&mut Name> {
    variants.iter_mut().map(name).collect()
}

/// The words for a module and its file: ASCII, since not every file system keeps
/// other letters as they are and rustc refuses them. Accents are left out; a
/// name without Latin letters is written by the numbers of its letters.
pub(super) fn module_words(name: &str) -> String {
    let plain: String = name.nfkd().filter(char::is_ascii).collect();
    if plain
        .chars()
        .any(|character| character.is_ascii_alphanumeric())
        || name.is_ascii()
    {
        return identifier(&plain, Case::Snake);
    }
    let numbers: Vec<String> = name
        .chars()
        .filter(|character| !character.is_ascii())
        .map(|character| format!("u{:x}", u32::from(character)))
        .collect();
    identifier(&numbers.join(" "), Case::Snake)
}

/// The final name of a module and its file. A keyword gets an underscore, so
/// that neither needs a raw identifier; no other module can be called so, since
/// words end without one.
pub(super) fn module_name(name: Name) -> String {
    if is_keyword(&name.rust) {
        format!("{}_", name.rust)
    } else {
        name.rust
    }
}
