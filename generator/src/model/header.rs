//! Response headers as the client reads them.

use super::{Docs, Name, Type};
use crate::source::Origin;

/// The struct of the documented headers of an operation's responses.
#[derive(Clone, Debug)]
pub struct HeaderStruct {
    /// Its name.
    pub name: Name,
    /// Its fields, in the author's order.
    pub fields: Vec<HeaderField>,
}

/// A header.
#[derive(Clone, Debug)]
pub struct HeaderField {
    /// Where it was written.
    pub origin: Origin,
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust.
    pub name: Name,
    /// The type of its value.
    pub ty: Type,
    /// Whether every response has it.
    pub required: bool,
    /// Whether objects are written `key=value`.
    pub explode: bool,
    /// What separates the items of a list.
    pub delimiter: char,
    /// Whether its value is JSON.
    pub json: bool,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
}
