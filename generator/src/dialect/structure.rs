//! What OpenAPI 3.0 allows where: one table row per key of every object. No
//! logic, only the specification as data; `check` follows it.

mod extensions;
mod later;
mod objects;
mod security;

pub(super) use extensions::EXTENSIONS;
pub(super) use later::LATER;
pub(super) use objects::{OPENAPI, TYPES};
pub(super) use security::SECURITY_SCHEMES;

/// What may stand at a place.
pub(super) enum Shape {
    /// Anything: examples, defaults.
    Any,
    /// `true` or `false`.
    Bool,
    /// A string that the client depends on.
    Text,
    /// A string for people: never worth an error.
    Prose,
    /// The address of a page or of another service, which is published.
    Url,
    /// A number. One that cannot be read is left out: bounds are not enforced.
    Number,
    /// A number of things: an integer from 0 on, left out otherwise.
    Count,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A list.
    List(&'static Shape),
    /// An object with keys of the author's choice.
    Map(&'static Shape),
    /// One of the specification's objects.
    Object(&'static Object),
    /// `true`, `false` or an object.
    BoolOr(&'static Object),
}

/// One of the specification's objects.
pub(super) struct Object {
    /// Its name with an article, for messages.
    pub(super) name: &'static str,
    /// Its fixed keys.
    pub(super) keys: &'static [Key],
    /// What other keys than the fixed ones may be.
    pub(super) others: Others,
    /// Whether a reference may stand in its place.
    pub(super) reference: bool,
    /// Mends that need to see the object as a whole.
    pub(super) kind: Kind,
}

impl Object {
    /// Whether requests or responses are not as described without it.
    pub(super) fn is_essential(&self) -> bool {
        match self.kind {
            Kind::Document
            | Kind::Components
            | Kind::Operation
            | Kind::Paths
            | Kind::PathItem
            | Kind::Parameter
            | Kind::Responses
            | Kind::MediaType
            | Kind::SecurityScheme => true,
            Kind::Plain => self.reference,
            _ => false,
        }
    }
}

/// A fixed key of an object.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) absence: Absence,
}

/// What it means that a key is missing.
#[derive(Clone, Copy)]
pub(super) enum Absence {
    /// The key is optional.
    Fine,
    /// The object makes no sense without it.
    Error,
    /// The object makes no sense without it, and nothing depends on the object.
    LeftOut,
    /// The client does not depend on it: an empty string stands in.
    EmptyText,
    /// The client does not depend on it: an empty object stands in.
    EmptyObject,
}

/// What keys an object may have besides the fixed ones and `x-…`.
pub(super) enum Others {
    None,
    /// Path templates.
    Paths(Shape),
    /// Status codes and their ranges.
    Statuses(Shape),
    /// Anything; not even `x-…` is special.
    Expressions(Shape),
}

/// Objects with rules that a table of keys cannot say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Document,
    Components,
    Callback,
    Schema,
    Parameter,
    Header,
    MediaType,
    Encoding,
    Example,
    Link,
    Operation,
    Paths,
    PathItem,
    Responses,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
}

const fn key(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        absence: Absence::Fine,
    }
}

const fn required(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        absence: Absence::Error,
    }
}

const fn wanted(name: &'static str, shape: Shape, absence: Absence) -> Key {
    Key {
        name,
        shape,
        absence,
    }
}

const fn object(name: &'static str, keys: &'static [Key]) -> Object {
    Object {
        name,
        keys,
        others: Others::None,
        reference: false,
        kind: Kind::Plain,
    }
}

const fn special(kind: Kind, name: &'static str, keys: &'static [Key]) -> Object {
    Object {
        kind,
        ..object(name, keys)
    }
}

const fn referable(kind: Kind, name: &'static str, keys: &'static [Key]) -> Object {
    Object {
        reference: true,
        ..special(kind, name, keys)
    }
}
