//! The types of the crate: structs, enums, unions, aliases.

use super::{Api, Check, Name, Scalar, Type};
use crate::source::Origin;

/// A type of the crate: an index into [`Api::items`](super::Api::items).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub(crate) usize);

/// A type of the crate.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where its schema was written.
    pub origin: Origin,
    /// The JSON pointer of its schema.
    pub pointer: String,
    /// What it belongs to, which decides its name and file.
    pub owner: Owner,
    /// Its name.
    pub name: Name,
    /// The module and file it stands in, below `types`; filled in by `name`.
    pub module: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Which side it is of, where requests and responses differ.
    pub view: Option<View>,
    /// Whether it can be encoded.
    pub serialize: bool,
    /// Whether it can be decoded.
    pub deserialize: bool,
    /// Whether a value may hold a secret, which no output shows.
    pub holds_secret: bool,
    /// What `validate` checks; nothing where it is not wanted.
    pub checks: Vec<Check>,
    /// What it derives beside what its kind does, as Rust writes it.
    pub derives: Vec<String>,
    /// What it is.
    pub kind: ItemKind,
}

/// One side of a type that differs between requests and responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What responses hold.
    Response,
    /// What requests hold.
    Request {
        /// What responses hold in its place.
        response: ItemId,
        /// Whether a value of the response's type is enough to make one of this.
        derivable: bool,
    },
}

/// What a type belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Itself: a component.
    Component,
    /// Another type, inside whose schema it was written, and the way there.
    Item(ItemId, String),
    /// An operation (its index), and its part in it.
    Operation(usize, String),
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// A struct of known fields.
    Struct(Struct),
    /// An open enum of strings.
    StringEnum(Enum<String>),
    /// An open enum of integers.
    IntegerEnum(Enum<i64>),
    /// One of several types.
    Union(Union),
    /// A text or a number that is no other.
    Newtype(Newtype),
    /// Another name for a type.
    Alias(Alias),
}

/// A struct.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Its fields, in the author's order.
    pub fields: Vec<Field>,
    /// The field for properties that are not known, and the type of their
    /// values, where they are kept.
    pub additional: Option<(Name, Type)>,
    /// The name of the plain struct of required fields, where there are
    /// several.
    pub required_name: Option<Name>,
    /// How many properties it has at least: `minProperties`.
    pub least: usize,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where it was written.
    pub origin: Origin,
    /// The property in JSON.
    pub wire: String,
    /// Its name.
    pub name: Name,
    /// The type of its value, when there and not null.
    pub ty: Type,
    /// When it is there.
    pub presence: Presence,
    /// Whether the value stands behind a pointer, because its type holds this
    /// struct.
    pub boxed: bool,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The default that the API fills in.
    pub default: Option<Default>,
    /// The text of the one value that it can have, where its type allows more.
    pub constant: Option<String>,
}

/// When a property is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// Always, perhaps as `null`.
    RequiredNullable,
    /// Or absent.
    Optional,
    /// Or absent, or `null`: three states.
    OptionalNullable,
}

impl Presence {
    /// Whether the property is always there.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Presence::Required | Presence::RequiredNullable)
    }
}

/// A default that can be written as a Rust value.
#[derive(Clone, Debug, PartialEq)]
pub enum Default {
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// A number.
    Float(f64),
    /// A string.
    String(String),
    /// A secret, a text with a format or a newtype.
    Text(String),
    /// The variant of a string enum with this value.
    StringEnum(ItemId, String),
    /// The variant of an integer enum with this value.
    IntegerEnum(ItemId, i64),
    /// The integer newtype of this value.
    IntegerNewtype(i128),
}

/// An enum of known values.
#[derive(Clone, Debug)]
pub struct Enum<T> {
    /// The known values, in the author's order.
    pub variants: Vec<Variant<T>>,
}

/// A known value of an enum.
#[derive(Clone, Debug)]
pub struct Variant<T> {
    /// The value in JSON.
    pub value: T,
    /// Its name.
    pub name: Name,
    /// What its author says of it.
    pub description: Option<String>,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The property that tells the variants apart, if one does.
    pub tag: Option<String>,
    /// The variants, in the author's order.
    pub variants: Vec<UnionVariant>,
}

impl Union {
    /// Whether values are told apart by their shape: each variant is decoded and
    /// encoded again to see what it loses.
    #[must_use]
    pub fn is_chosen_by_shape(&self, api: &Api) -> bool {
        self.tag.is_none() || self.falls_back(api)
    }

    /// Whether a value without a tag may be one of the variants: one has no tag, or
    /// its type does not ask for the property. With a default, only values that are
    /// no objects.
    #[must_use]
    pub fn falls_back(&self, api: &Api) -> bool {
        let mut variants = self.variants.iter();
        if self.default_variant().is_some() {
            return variants.any(|variant| variant.tag.is_none() && !variant.default);
        }
        self.tag.as_ref().is_some_and(|property| {
            variants.any(|variant| variant.tag.is_none() || !variant.ty.always_has(api, property))
        })
    }

    /// The variant of values without a tag, or with one of no variant.
    #[must_use]
    pub fn default_variant(&self) -> Option<&UnionVariant> {
        let tagged = self.tag.is_some();
        self.variants
            .iter()
            .find(|variant| tagged && variant.default)
    }
}

/// A variant of a [`Union`].
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The value of the tag, where the union has one and the variant too.
    pub tag: Option<String>,
    /// Other values of the tag that stand for it as well.
    pub also: Vec<String>,
    /// Whether values without a tag, and with any other, are of this variant.
    pub default: bool,
    /// Its name.
    pub name: Name,
    /// The type of its value.
    pub ty: Type,
    /// Whether the value stands behind a pointer.
    pub boxed: bool,
}

/// A struct around a text or a number that its author wants to tell from
/// others: an id.
#[derive(Clone, Copy, Debug)]
pub struct Newtype {
    /// What it holds: a string or an integer.
    pub inner: Scalar,
}

/// Another name for a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The type.
    pub ty: Type,
    /// Whether it is a struct around the type, because the type leads back to
    /// it.
    pub newtype: bool,
}

/// The documentation of an item, before it is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The author's Markdown.
    pub text: Option<String>,
    /// Facts from other keywords, each a sentence.
    pub notes: Vec<String>,
}

/// What a note about a deprecation begins with.
const DEPRECATED: &str = "Deprecated: ";

impl Docs {
    /// Notes what the author says about a deprecation.
    pub fn deprecate(&mut self, deprecation: Option<&String>) {
        self.notes
            .extend(deprecation.map(|text| format!("{DEPRECATED}{text}")));
    }

    /// What the author says about a deprecation.
    #[must_use]
    pub fn deprecation(&self) -> Option<&str> {
        self.notes
            .iter()
            .find_map(|note| note.strip_prefix(DEPRECATED))
    }
}
