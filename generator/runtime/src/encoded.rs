//! [`Encoded`]: a value as it would be sent, for checks: numbers as they are
//! written, and unions with the names of the variants that they hold.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{self, Serialize, Serializer};

use super::exact_number::ExactNumber;

/// How deep values may be nested. Decoded ones never are as deep.
pub(crate) const DEEPEST: usize = 200;

/// A value as JSON. It may hold secrets, and so it is never shown.
pub(crate) enum Encoded {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Encoded>),
    Object(BTreeMap<String, Encoded>),
    /// The value of a union, with the name of the variant that it holds.
    Variant(&'static str, Box<Encoded>),
    /// A value that is nested too deep.
    TooDeep,
}

/// Encoding failed.
#[derive(Debug)]
pub(crate) struct Unencodable;

impl fmt::Display for Unencodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be encoded")
    }
}

impl std::error::Error for Unencodable {}

impl ser::Error for Unencodable {
    /// Drops the message: it may quote the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl Encoded {
    /// Encodes a value.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Unencodable> {
        value.serialize(Encoder { depth: 0 })
    }

    /// The value without the names of variants.
    pub(crate) fn bare(&self) -> &Self {
        let mut value = self;
        while let Encoded::Variant(_, inner) = value {
            value = inner;
        }
        value
    }

    /// Writes a text that equal values share: numbers are equal where their
    /// values are, objects whatever the order of their properties. Returns
    /// `None` where a part is nested too deep.
    pub(crate) fn canonical(&self, text: &mut String) -> Option<()> {
        match self.bare() {
            Encoded::Null => text.push('n'),
            Encoded::Bool(value) => text.push(if *value { 't' } else { 'f' }),
            Encoded::Number(number) => {
                text.push_str(&ExactNumber::parse(number)?.canonical());
            }
            Encoded::Text(value) => text.push_str(&format!("{}:{value}", value.len())),
            Encoded::List(items) => {
                text.push('[');
                items.iter().try_for_each(|item| item.canonical(text))?;
                text.push(']');
            }
            Encoded::Object(properties) => {
                text.push('{');
                for (name, value) in properties {
                    text.push_str(&format!("{}:{name}", name.len()));
                    value.canonical(text)?;
                }
                text.push('}');
            }
            Encoded::Variant(..) | Encoded::TooDeep => return None,
        }
        Some(())
    }

    /// The name of a property, which JSON writes as a text.
    fn into_name(self) -> Result<String, Unencodable> {
        match self {
            Encoded::Text(text) | Encoded::Number(text) => Ok(text),
            Encoded::Bool(value) => Ok(value.to_string()),
            Encoded::Variant(_, inner) => inner.into_name(),
            _ => Err(Unencodable),
        }
    }
}

#[derive(Clone, Copy)]
struct Encoder {
    depth: usize,
}

impl Encoder {
    /// Encodes what is inside.
    fn inside<T: Serialize + ?Sized>(self, value: &T) -> Result<Encoded, Unencodable> {
        let depth = self.depth + 1;
        match depth > DEEPEST {
            true => Ok(Encoded::TooDeep),
            false => value.serialize(Encoder { depth }),
        }
    }

    /// The only property of an object, as serde writes variants of enums.
    fn named(name: &str, value: Encoded) -> Encoded {
        Encoded::Object(BTreeMap::from([(name.to_owned(), value)]))
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<Encoded, Unencodable> {
            Ok(Encoded::Number(value.to_string()))
        })*
    };
}

/// JSON has no numbers that are not finite; `serde_json` writes `null`. The
/// shortest digits that stand for the value are those that are sent.
macro_rules! floats {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<Encoded, Unencodable> {
            Ok(match value.is_finite() {
                true => Encoded::Number(format!("{value:e}")),
                false => Encoded::Null,
            })
        })*
    };
}

impl Serializer for Encoder {
    type Ok = Encoded;
    type Error = Unencodable;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Object;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128
    }

    floats! { serialize_f32: f32, serialize_f64: f64 }

    fn serialize_bool(self, value: bool) -> Result<Encoded, Unencodable> {
        Ok(Encoded::Bool(value))
    }

    fn serialize_char(self, value: char) -> Result<Encoded, Unencodable> {
        Ok(Encoded::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Encoded, Unencodable> {
        Ok(Encoded::Text(value.to_owned()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Encoded, Unencodable> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<Encoded, Unencodable> {
        Ok(Encoded::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Encoded, Unencodable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Encoded, Unencodable> {
        Ok(Encoded::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Encoded, Unencodable> {
        Ok(Encoded::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Encoded, Unencodable> {
        Ok(Encoded::Text(variant.to_owned()))
    }

    /// A union writes the variant that it holds under the name of both.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Encoded, Unencodable> {
        let value = self.inside(value)?;
        Ok(match name.contains("::") {
            true => Encoded::Variant(name, Box::new(value)),
            false => value,
        })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Encoded, Unencodable> {
        Ok(Self::named(variant, self.inside(value)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Unencodable> {
        Ok(List::new(self, None))
    }

    fn serialize_tuple(self, _: usize) -> Result<List, Unencodable> {
        Ok(List::new(self, None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, Unencodable> {
        Ok(List::new(self, None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List, Unencodable> {
        Ok(List::new(self, Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object, Unencodable> {
        Ok(Object::new(self, None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object, Unencodable> {
        Ok(Object::new(self, None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object, Unencodable> {
        Ok(Object::new(self, Some(variant)))
    }
}

/// A list that is being encoded.
struct List {
    encoder: Encoder,
    variant: Option<&'static str>,
    items: Vec<Encoded>,
}

impl List {
    fn new(encoder: Encoder, variant: Option<&'static str>) -> Self {
        Self {
            encoder,
            variant,
            items: Vec::new(),
        }
    }
}

macro_rules! list {
    ($($trait:ident: $method:ident),*) => {
        $(impl ser::$trait for List {
            type Ok = Encoded;
            type Error = Unencodable;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
                self.items.push(self.encoder.inside(value)?);
                Ok(())
            }

            fn end(self) -> Result<Encoded, Unencodable> {
                let list = Encoded::List(self.items);
                Ok(match self.variant {
                    Some(variant) => Encoder::named(variant, list),
                    None => list,
                })
            }
        })*
    };
}

list! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field
}

/// An object that is being encoded.
struct Object {
    encoder: Encoder,
    variant: Option<&'static str>,
    properties: BTreeMap<String, Encoded>,
    name: Option<String>,
}

impl Object {
    fn new(encoder: Encoder, variant: Option<&'static str>) -> Self {
        Self {
            encoder,
            variant,
            properties: BTreeMap::new(),
            name: None,
        }
    }

    fn finished(mut self) -> Encoded {
        // As `serde_json` writes a number with its feature `arbitrary_precision`.
        if let Some(Encoded::Text(number)) = self.properties.remove("$serde_json::private::Number")
        {
            return Encoded::Number(number);
        }
        let object = Encoded::Object(self.properties);
        match self.variant {
            Some(variant) => Encoder::named(variant, object),
            None => object,
        }
    }
}

impl ser::SerializeMap for Object {
    type Ok = Encoded;
    type Error = Unencodable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unencodable> {
        self.name = Some(key.serialize(self.encoder)?.into_name()?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
        let name = self.name.take().ok_or(Unencodable)?;
        self.properties.insert(name, self.encoder.inside(value)?);
        Ok(())
    }

    fn end(self) -> Result<Encoded, Unencodable> {
        Ok(self.finished())
    }
}

macro_rules! object {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Object {
            type Ok = Encoded;
            type Error = Unencodable;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Unencodable> {
                let value = self.encoder.inside(value)?;
                self.properties.insert(name.to_owned(), value);
                Ok(())
            }

            fn end(self) -> Result<Encoded, Unencodable> {
                Ok(self.finished())
            }
        })*
    };
}

object! { SerializeStruct, SerializeStructVariant }
