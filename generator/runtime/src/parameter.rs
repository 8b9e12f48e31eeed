//! [`Parameter`]: the value of a path, query, header or cookie parameter, free
//! of its Rust type. Anything that serialises goes in; nested values and
//! numbers that are none are refused.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

/// What a parameter can hold, whatever its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Parameter {
    Absent,
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Parameter {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, Unfit> {
        value.serialize(Reader)
    }

    /// An item of a list or a property; null ones are left out.
    fn into_scalar(self) -> Result<Option<String>, Unfit> {
        match self {
            Self::Absent => Ok(None),
            Self::Scalar(text) => Ok(Some(text)),
            Self::List(_) | Self::Object(_) => Err(Unfit("holds a list or object inside another")),
        }
    }
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
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<Parameter, Unfit> {
            Ok(Parameter::Scalar(value.to_string()))
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
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128, serialize_char: char,
        serialize_str: &str
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
        Ok(Parameter::Scalar(value.to_string()))
    } else {
        Err(Unfit("is not a finite number"))
    }
}

#[derive(Default)]
struct ListReader(Vec<String>);

impl ListReader {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.0.extend(Parameter::of(value)?.into_scalar()?);
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
    properties: Vec<(String, String)>,
    key: Option<String>,
}

impl ObjectReader {
    fn push<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), Unfit> {
        let value = Parameter::of(value)?.into_scalar()?;
        self.properties.extend(value.map(|value| (name, value)));
        Ok(())
    }
}

impl ser::SerializeMap for ObjectReader {
    type Ok = Parameter;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.key = Parameter::of(key)?.into_scalar()?;
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
