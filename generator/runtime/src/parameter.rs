//! [`Parameter`]: the value of a path, query, header or cookie parameter, free
//! of its Rust type. Anything that serialises goes in; numbers that are none
//! are refused.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

/// What a parameter can hold, whatever its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Parameter {
    /// Nothing, or null.
    Absent,
    /// Text.
    Scalar(String),
    /// A number or boolean.
    Literal(String),
    List(Vec<Parameter>),
    Object(Vec<(String, Parameter)>),
}

impl Parameter {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Unfit> {
        value.serialize(Reader)
    }

    /// Whether no list or object is in it.
    pub(crate) fn is_plain(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }

    /// The text of an item or a property; JSON for one that is a list or an
    /// object itself, nothing for null.
    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Self::Absent => None,
            Self::Scalar(text) | Self::Literal(text) => Some(text),
            Self::List(_) | Self::Object(_) => {
                let mut json = String::new();
                self.write_json(&mut json);
                Some(json)
            }
        }
    }

    fn write_json(&self, json: &mut String) {
        match self {
            Self::Absent => json.push_str("null"),
            Self::Literal(text) => json.push_str(text),
            Self::Scalar(text) => quote(text, json),
            Self::List(items) => {
                json.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    item.write_json(json);
                }
                json.push(']');
            }
            Self::Object(properties) => {
                json.push('{');
                for (index, (name, value)) in properties.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    quote(name, json);
                    json.push(':');
                    value.write_json(json);
                }
                json.push('}');
            }
        }
    }
}

/// A JSON string (RFC 8259, section 7).
fn quote(text: &str, json: &mut String) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => json.push(character),
        }
    }
    json.push('"');
}

/// Why a value cannot be a parameter; ends a sentence that begins with its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unfit(pub(crate) &'static str);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    /// Drops the message: it may quote the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("cannot be serialised")
    }
}

const NOT_PLAIN: Unfit = Unfit("is neither text, a number, a list nor an object");

struct Reader;

/// `fn name(self, value: type)` for types whose `Display` is what we send.
macro_rules! display {
    ($kind:ident: $($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<Parameter, Unfit> {
            Ok(Parameter::$kind(value.to_string()))
        })*
    };
}

impl Serializer for Reader {
    type Ok = Parameter;
    type Error = Unfit;
    type SerializeSeq = ListReader;
    type SerializeTuple = ListReader;
    type SerializeTupleStruct = ListReader;
    type SerializeTupleVariant = Impossible<Parameter, Unfit>;
    type SerializeMap = ObjectReader;
    type SerializeStruct = ObjectReader;
    type SerializeStructVariant = Impossible<Parameter, Unfit>;

    display! {
        Scalar: serialize_char: char, serialize_str: &str
    }

    display! {
        Literal: serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
    }

    fn serialize_f32(self, value: f32) -> Result<Parameter, Unfit> {
        finite(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<Parameter, Unfit> {
        finite(value.is_finite(), value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Parameter, Unfit> {
        Err(NOT_PLAIN)
    }

    fn serialize_none(self) -> Result<Parameter, Unfit> {
        Ok(Parameter::Absent)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Parameter, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Parameter, Unfit> {
        Ok(Parameter::Absent)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Parameter, Unfit> {
        Ok(Parameter::Absent)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Parameter, Unfit> {
        Ok(Parameter::Scalar(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Parameter, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Parameter, Unfit> {
        Err(NOT_PLAIN)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListReader, Unfit> {
        Ok(ListReader::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<ListReader, Unfit> {
        Ok(ListReader::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListReader, Unfit> {
        Ok(ListReader::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        Err(NOT_PLAIN)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ObjectReader, Unfit> {
        Ok(ObjectReader::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectReader, Unfit> {
        Ok(ObjectReader::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        Err(NOT_PLAIN)
    }
}

fn finite(is_finite: bool, value: impl fmt::Display) -> Result<Parameter, Unfit> {
    if is_finite {
        Ok(Parameter::Literal(value.to_string()))
    } else {
        Err(Unfit("is not a finite number"))
    }
}

#[derive(Default)]
struct ListReader(Vec<Parameter>);

impl ListReader {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.0.push(Parameter::of(value)?);
        Ok(())
    }
}

impl ser::SerializeSeq for ListReader {
    type Ok = Parameter;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.push(value)
    }

    fn end(self) -> Result<Parameter, Unfit> {
        Ok(Parameter::List(self.0))
    }
}

impl ser::SerializeTuple for ListReader {
    type Ok = Parameter;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.push(value)
    }

    fn end(self) -> Result<Parameter, Unfit> {
        Ok(Parameter::List(self.0))
    }
}

impl ser::SerializeTupleStruct for ListReader {
    type Ok = Parameter;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.push(value)
    }

    fn end(self) -> Result<Parameter, Unfit> {
        Ok(Parameter::List(self.0))
    }
}

#[derive(Default)]
struct ObjectReader {
    properties: Vec<(String, Parameter)>,
    key: Option<String>,
}

impl ObjectReader {
    fn push<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), Unfit> {
        self.properties.push((name, Parameter::of(value)?));
        Ok(())
    }
}

impl ser::SerializeMap for ObjectReader {
    type Ok = Parameter;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.key = Parameter::of(key)?.into_text();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let name = self
            .key
            .take()
            .ok_or(Unfit("has a property without a name"))?;
        self.push(name, value)
    }

    fn end(self) -> Result<Parameter, Unfit> {
        Ok(Parameter::Object(self.properties))
    }
}

impl ser::SerializeStruct for ObjectReader {
    type Ok = Parameter;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        self.push(name.to_owned(), value)
    }

    fn end(self) -> Result<Parameter, Unfit> {
        Ok(Parameter::Object(self.properties))
    }
}
