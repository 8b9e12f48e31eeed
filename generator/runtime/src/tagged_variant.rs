//! Serialises a variant with its tag: an object gets one property more, every
//! other value passes unchanged.

use serde::ser::{self, Serialize, Serializer};

/// A variant, and the tag that its object is written with unless it writes the
/// property itself.
pub(crate) struct TaggedVariant<'a, T: ?Sized> {
    pub(crate) tag: &'a str,
    pub(crate) tag_value: &'a str,
    pub(crate) variant: &'a T,
}

impl<T: Serialize + ?Sized> Serialize for TaggedVariant<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.variant.serialize(Tagging {
            tag: self.tag,
            tag_value: self.tag_value,
            inner: serializer,
        })
    }
}

struct Tagging<'a, S> {
    tag: &'a str,
    tag_value: &'a str,
    inner: S,
}

impl<'a, S: Serializer> Tagging<'a, S> {
    /// An object whose length is not known: it may write the tag itself.
    fn object(self) -> Result<Object<'a, S>, S::Error> {
        Ok(Object::Tagged {
            tag: self.tag,
            tag_value: self.tag_value,
            is_written: false,
            map: self.inner.serialize_map(None)?,
        })
    }
}

macro_rules! pass {
    ($($name:ident($($argument:ident: $type:ty),*) -> $ok:ident),* $(,)?) => {
        $(fn $name(self, $($argument: $type),*) -> Result<Self::$ok, S::Error> {
            self.inner.$name($($argument),*)
        })*
    };
}

impl<'a, S: Serializer> Serializer for Tagging<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = S::SerializeSeq;
    type SerializeTuple = S::SerializeTuple;
    type SerializeTupleStruct = S::SerializeTupleStruct;
    type SerializeTupleVariant = S::SerializeTupleVariant;
    type SerializeMap = Object<'a, S>;
    type SerializeStruct = Object<'a, S>;
    type SerializeStructVariant = S::SerializeStructVariant;

    pass! {
        serialize_bool(value: bool) -> Ok,
        serialize_i8(value: i8) -> Ok,
        serialize_i16(value: i16) -> Ok,
        serialize_i32(value: i32) -> Ok,
        serialize_i64(value: i64) -> Ok,
        serialize_i128(value: i128) -> Ok,
        serialize_u8(value: u8) -> Ok,
        serialize_u16(value: u16) -> Ok,
        serialize_u32(value: u32) -> Ok,
        serialize_u64(value: u64) -> Ok,
        serialize_u128(value: u128) -> Ok,
        serialize_f32(value: f32) -> Ok,
        serialize_f64(value: f64) -> Ok,
        serialize_char(value: char) -> Ok,
        serialize_str(value: &str) -> Ok,
        serialize_bytes(value: &[u8]) -> Ok,
        serialize_none() -> Ok,
        serialize_unit() -> Ok,
        serialize_unit_struct(name: &'static str) -> Ok,
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> Ok,
        serialize_seq(length: Option<usize>) -> SerializeSeq,
        serialize_tuple(length: usize) -> SerializeTuple,
        serialize_tuple_struct(name: &'static str, length: usize) -> SerializeTupleStruct,
        serialize_tuple_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> SerializeTupleVariant,
        serialize_struct_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> SerializeStructVariant,
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        variant: &T,
    ) -> Result<S::Ok, S::Error> {
        let tagged = TaggedVariant {
            tag: self.tag,
            tag_value: self.tag_value,
            variant,
        };
        self.inner.serialize_newtype_struct(name, &tagged)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner
            .serialize_newtype_variant(name, index, variant, value)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a, S>, S::Error> {
        self.object()
    }

    fn serialize_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Object<'a, S>, S::Error> {
        // What `serde_json` makes of numbers and raw texts, by some features.
        match name.starts_with("$serde_json::private") {
            true => self.inner.serialize_struct(name, length).map(Object::Plain),
            false => self.object(),
        }
    }
}

/// An object that is being written.
enum Object<'a, S: Serializer> {
    Tagged {
        tag: &'a str,
        tag_value: &'a str,
        is_written: bool,
        map: S::SerializeMap,
    },
    /// No object in JSON.
    Plain(S::SerializeStruct),
}

impl<S: Serializer> Object<'_, S> {
    fn finish(self) -> Result<S::Ok, S::Error> {
        use ser::{SerializeMap, SerializeStruct};

        match self {
            Object::Tagged {
                tag,
                tag_value,
                is_written,
                mut map,
            } => {
                if !is_written {
                    map.serialize_entry(tag, tag_value)?;
                }
                map.end()
            }
            Object::Plain(structure) => structure.end(),
        }
    }
}

impl<S: Serializer> ser::SerializeMap for Object<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        match self {
            Object::Tagged {
                tag,
                is_written,
                map,
                ..
            } => {
                let name = serde_json::to_value(key);
                *is_written |= name.is_ok_and(|name| name == *tag);
                map.serialize_key(key)
            }
            // Only structs are plain.
            Object::Plain(_) => Ok(()),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        match self {
            Object::Tagged { map, .. } => map.serialize_value(value),
            Object::Plain(_) => Ok(()),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.finish()
    }
}

impl<S: Serializer> ser::SerializeStruct for Object<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        use ser::SerializeMap;

        match self {
            Object::Tagged {
                tag,
                is_written,
                map,
                ..
            } => {
                *is_written |= name == *tag;
                map.serialize_entry(name, value)
            }
            Object::Plain(structure) => structure.serialize_field(name, value),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.finish()
    }
}
