//! How JSON is read: a deserializer goes in, a value comes out, or an error and
//! the place where it is. On the way serde is made to read as APIs mean it: a
//! list is never a struct, and `1.0` is an integer.

use std::cell::RefCell;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess,
    SeqAccess, Unexpected, Visitor,
};

use super::wide_integer::{self, Width};

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into an element of a list.
    Index(usize),
    /// Into a property.
    Key(String),
}

/// Reads a value; an error comes with the steps to where it is.
pub(crate) fn read<'de, T, D>(deserializer: D) -> Result<T, (Vec<Step>, D::Error)>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    let failed = RefCell::new(None);
    let at = At {
        way: Way::Start,
        failed: &failed,
    };
    T::deserialize(Reader {
        inner: deserializer,
        at,
    })
    .map_err(|error| (failed.take().unwrap_or_default(), error))
}

/// Reads an integer, or a list or map of them, as [`read`] does, whatever the
/// deserializer: generated types mean the same by `1.0` whoever decodes them. Of
/// a type that is itself generated it would be a deserializer inside a
/// deserializer, without end.
pub(crate) fn read_integers<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let failed = RefCell::new(None);
    let at = At {
        way: Way::Start,
        failed: &failed,
    };
    T::deserialize(Reader {
        inner: deserializer,
        at,
    })
}

/// The way from the whole to a value, each step on the stack of its reader.
#[derive(Clone, Copy)]
enum Way<'a> {
    Start,
    Index(&'a Way<'a>, usize),
    Key(&'a Way<'a>, &'a str),
}

impl Way<'_> {
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut way = self;
        loop {
            way = match way {
                Way::Start => break,
                Way::Index(before, index) => {
                    steps.push(Step::Index(*index));
                    before
                }
                Way::Key(before, key) => {
                    steps.push(Step::Key((*key).to_owned()));
                    before
                }
            };
        }
        steps.reverse();
        steps
    }
}

/// Where a reader stands, and where the innermost error was.
#[derive(Clone, Copy)]
struct At<'a> {
    way: Way<'a>,
    failed: &'a RefCell<Option<Vec<Step>>>,
}

impl At<'_> {
    /// Keeps the place of an error, if none further inside did.
    fn note<T, E>(&self, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            let mut failed = self.failed.borrow_mut();
            if failed.is_none() {
                *failed = Some(self.way.steps());
            }
        }
        result
    }
}

/// What the type that is read expects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Anything,
    Integer,
    Struct,
}

struct Reader<'a, D> {
    inner: D,
    at: At<'a>,
}

/// Methods of `Deserializer` that only differ in name, with what the type that
/// calls them expects.
macro_rules! forwarded {
    ($($method:ident($($argument:ident: $type:ty),*) $expected:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(
            self,
            $($argument: $type,)*
            visitor: V,
        ) -> Result<V::Value, D::Error> {
            let visitor = Watched {
                visitor,
                at: self.at,
                expected: Expected::$expected,
            };
            self.at.note(self.inner.$method($($argument,)* visitor))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Reader<'_, D> {
    type Error = D::Error;

    forwarded! {
        deserialize_any() Anything;
        deserialize_bool() Anything;
        deserialize_i8() Integer;
        deserialize_i16() Integer;
        deserialize_i32() Integer;
        deserialize_i64() Integer;
        deserialize_u8() Integer;
        deserialize_u16() Integer;
        deserialize_u32() Integer;
        deserialize_u64() Integer;
        deserialize_f32() Anything;
        deserialize_f64() Anything;
        deserialize_char() Anything;
        deserialize_str() Anything;
        deserialize_string() Anything;
        deserialize_bytes() Anything;
        deserialize_byte_buf() Anything;
        deserialize_option() Anything;
        deserialize_unit() Anything;
        deserialize_unit_struct(name: &'static str) Anything;
        deserialize_newtype_struct(name: &'static str) Anything;
        deserialize_seq() Anything;
        deserialize_tuple(length: usize) Anything;
        deserialize_tuple_struct(name: &'static str, length: usize) Anything;
        deserialize_map() Anything;
        deserialize_struct(name: &'static str, fields: &'static [&'static str]) Struct;
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) Anything;
        deserialize_identifier() Anything;
        deserialize_ignored_any() Anything;
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.wide(visitor, Width::I128)
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.wide(visitor, Width::U128)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

impl<'de, D: Deserializer<'de>> Reader<'_, D> {
    fn wide<V: Visitor<'de>>(self, visitor: V, width: Width) -> Result<V::Value, D::Error> {
        let visitor = Watched {
            visitor,
            at: self.at,
            expected: Expected::Integer,
        };
        self.at
            .note(wide_integer::deserialize(self.inner, visitor, width))
    }
}

struct Watched<'a, V> {
    visitor: V,
    at: At<'a>,
    expected: Expected,
}

/// Methods of `Visitor` that pass a plain value on.
macro_rules! passed {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    passed! {
        visit_bool: bool,
        visit_i8: i8,
        visit_i16: i16,
        visit_i32: i32,
        visit_i64: i64,
        visit_i128: i128,
        visit_u8: u8,
        visit_u16: u16,
        visit_u32: u32,
        visit_u64: u64,
        visit_u128: u128,
        visit_f32: f32,
        visit_char: char,
        visit_str: &str,
        visit_borrowed_str: &'de str,
        visit_string: String,
        visit_bytes: &[u8],
        visit_borrowed_bytes: &'de [u8],
        visit_byte_buf: Vec<u8>,
    }

    /// JSON has numbers only: `1.0` and `1e2` are integers, `1.5` is none (JSON
    /// Schema 2020-12, 4.2.3).
    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        // 2^64 and 2^63, each the first integer that does not fit.
        const U64: f64 = 18_446_744_073_709_551_616.0;
        const I64: f64 = 9_223_372_036_854_775_808.0;
        if self.expected != Expected::Integer || value.fract() != 0.0 {
            self.visitor.visit_f64(value)
        } else if (0.0..U64).contains(&value) {
            self.visitor.visit_u64(value as u64)
        } else if (-I64..0.0).contains(&value) {
            self.visitor.visit_i64(value as i64)
        } else {
            let found = Unexpected::Other("integer out of range");
            Err(E::invalid_value(found, &self.visitor))
        }
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let at = self.at;
        self.visitor.visit_some(Reader { inner, at })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let at = self.at;
        self.visitor.visit_newtype_struct(Reader { inner, at })
    }

    /// Serde reads a list as a struct, field by field; no API means that.
    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        if self.expected == Expected::Struct {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self.visitor));
        }
        let at = self.at;
        self.visitor.visit_seq(Items {
            inner,
            at,
            index: 0,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let at = self.at;
        self.visitor.visit_map(Entries {
            inner,
            at,
            key: String::new(),
        })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(inner)
    }
}

struct Items<'a, A> {
    inner: A,
    at: At<'a>,
    index: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let way = Way::Index(&self.at.way, self.index);
        self.index += 1;
        let at = At { way, ..self.at };
        // What goes wrong before the element begins, is not in it.
        self.at
            .note(self.inner.next_element_seed(Seed { seed, at }))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

struct Entries<'a, A> {
    inner: A,
    at: At<'a>,
    /// The key whose value comes next.
    key: String,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.key.clear();
        let key = &mut self.key;
        self.at
            .note(self.inner.next_key_seed(Key { inner: seed, key }))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let way = Way::Key(&self.at.way, &self.key);
        let at = At { way, ..self.at };
        self.at.note(self.inner.next_value_seed(Seed { seed, at }))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

struct Seed<'a, S> {
    seed: S,
    at: At<'a>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let at = self.at;
        // A union fails after its reader is done.
        at.note(self.seed.deserialize(Reader { inner, at }))
    }
}

/// The seed, the deserializer and the visitor of a key, which keep its text.
struct Key<'a, T> {
    inner: T,
    key: &'a mut String,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let key = self.key;
        self.inner.deserialize(Key { inner, key })
    }
}

/// Methods of `Deserializer` that keys are read with.
macro_rules! keys {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            let key = self.key;
            self.inner.$method(Key { inner: visitor, key })
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Key<'_, D> {
    type Error = D::Error;

    keys! {
        deserialize_any deserialize_bool
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string
        deserialize_bytes deserialize_byte_buf deserialize_option deserialize_unit
        deserialize_seq deserialize_map deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple_struct(name, length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_enum(name, variants, visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Key<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.key.push_str(text);
        self.inner.visit_str(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.key.push_str(text);
        self.inner.visit_borrowed_str(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        self.key.push_str(&text);
        self.inner.visit_string(text)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<V::Value, E> {
        self.inner.visit_bool(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.inner.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.inner.visit_u64(value)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(inner)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(inner)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(inner)
    }
}
