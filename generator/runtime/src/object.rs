//! Structs from JSON objects: the properties of a struct go in, its
//! `Deserialize` comes out.
//!
//! What serde derives for a struct reads it in three ways and compiles for
//! long. An API's objects are only ever objects, and all are read alike.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};

use super::reading::read_integers;

/// A struct that is read from an object.
pub(crate) trait Object<'de>: Sized {
    /// Its name.
    const NAME: &'static str;
    /// The names of its properties.
    const PROPERTIES: &'static [&'static str];

    /// Reads it, to `place`.
    fn from_map<A: MapAccess<'de>>(
        map: &mut Properties<A>,
        place: &mut Option<Self>,
    ) -> Result<(), A::Error>;
}

/// Reads a struct. It is handed on by its place: structs of many properties
/// are large, and without optimisation every function that returned one would
/// have several copies of it on the stack.
pub(crate) fn read_object<'de, T: Object<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut place = None;
    deserializer.deserialize_struct(T::NAME, T::PROPERTIES, Whole(&mut place))?;
    place.ok_or_else(|| D::Error::custom("there is no object"))
}

struct Whole<'a, T>(&'a mut Option<T>);

impl<'de, T: Object<'de>> Visitor<'de> for Whole<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let name = String::new();
        T::from_map(&mut Properties { map, name }, self.0)
    }
}

/// The properties of an object, one after the other.
pub(crate) struct Properties<A> {
    map: A,
    /// The name of the one that is next.
    name: String,
}

impl<'de, A: MapAccess<'de>> Properties<A> {
    /// The name of the next property.
    pub(crate) fn next(&mut self) -> Result<Option<&str>, A::Error> {
        self.name.clear();
        let seed = Name(&mut self.name);
        Ok(match self.map.next_key_seed(seed)? {
            Some(()) => Some(&self.name),
            None => None,
        })
    }

    /// Reads the value of a property that has to be there.
    pub(crate) fn required<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        self.present(slot)
    }

    /// Reads the value of a property that may be left out, or be null instead.
    pub(crate) fn optional<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        self.first(slot.is_some())?;
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Reads the value of a property that may be left out, which is not the same
    /// as null.
    pub(crate) fn present<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        self.first(slot.is_some())?;
        *slot = Some(self.map.next_value()?);
        Ok(())
    }

    /// As [`required`](Self::required), of a type made of integers.
    pub(crate) fn required_integers<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        self.present_integers(slot)
    }

    /// As [`optional`](Self::optional), of a type made of integers.
    pub(crate) fn optional_integers<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        self.first(slot.is_some())?;
        *slot = self.map.next_value_seed(Integers(PhantomData))?;
        Ok(())
    }

    /// As [`present`](Self::present), of a type made of integers.
    pub(crate) fn present_integers<T: Deserialize<'de>>(
        &mut self,
        slot: &mut Option<T>,
    ) -> Result<(), A::Error> {
        self.first(slot.is_some())?;
        *slot = Some(self.map.next_value_seed(Integers(PhantomData))?);
        Ok(())
    }

    /// As [`kept`](Self::kept), of a type made of integers.
    pub(crate) fn kept_integers<T: Deserialize<'de>, M: Extend<(String, T)>>(
        &mut self,
        others: &mut M,
    ) -> Result<(), A::Error> {
        let value = self.map.next_value_seed(Integers(PhantomData))?;
        others.extend([(self.name.clone(), value)]);
        Ok(())
    }

    /// Only if there was no such property before.
    fn first(&self, was_there: bool) -> Result<(), A::Error> {
        if was_there {
            let name = &self.name;
            return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
        }
        Ok(())
    }

    /// Passes over it.
    pub(crate) fn ignored(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(|_| ())
    }

    /// Keeps it, by its name.
    pub(crate) fn kept<T: Deserialize<'de>, M: Extend<(String, T)>>(
        &mut self,
        others: &mut M,
    ) -> Result<(), A::Error> {
        let value = self.map.next_value()?;
        others.extend([(self.name.clone(), value)]);
        Ok(())
    }
}

/// Reads a type made of integers.
struct Integers<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Integers<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        read_integers(deserializer)
    }
}

/// Reads a name to where there is room for it already.
struct Name<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.0.push_str(name);
        Ok(())
    }
}

/// For a struct with these properties: its field, how it is there, and its name.
macro_rules! object {
    ($name:ident { $($field:ident: $presence:ident $wire:literal,)* $(..$others:ident $(: $keeping:ident)?)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::read_object(deserializer)
            }
        }

        impl<'de> $crate::runtime::Object<'de> for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const PROPERTIES: &'static [&'static str] = &[$($wire,)*];

            fn from_map<A: ::serde::de::MapAccess<'de>>(
                map: &mut $crate::runtime::Properties<A>,
                place: &mut ::std::option::Option<Self>,
            ) -> ::std::result::Result<(), A::Error> {
                $(let mut $field = ::std::option::Option::None;)*
                $(let mut $others = ::std::default::Default::default();)?
                while let ::std::option::Option::Some(name) = map.next()? {
                    match name {
                        $($wire => map.$presence(&mut $field)?,)*
                        _ => $crate::runtime::other_property!(map $($others $($keeping)?)?),
                    }
                }
                *place = ::std::option::Option::Some(Self {
                    $($field: $crate::runtime::property!($presence $field $wire),)*
                    $($others,)?
                });
                ::std::result::Result::Ok(())
            }
        }
    };
}

/// What was read of a property. Not a function: that would move it once more.
macro_rules! property {
    (required_integers $field:ident $wire:literal) => {
        $crate::runtime::property!(required $field $wire)
    };
    (required $field:ident $wire:literal) => {
        match $field {
            ::std::option::Option::Some(value) => value,
            ::std::option::Option::None => {
                return ::std::result::Result::Err(::serde::de::Error::missing_field($wire));
            }
        }
    };
    ($presence:ident $field:ident $wire:literal) => {
        $field
    };
}

macro_rules! other_property {
    ($map:ident) => {
        $map.ignored()?
    };
    ($map:ident $others:ident) => {
        $map.kept(&mut $others)?
    };
    ($map:ident $others:ident $keeping:ident) => {
        $map.$keeping(&mut $others)?
    };
}

pub(crate) use {object, other_property, property};
