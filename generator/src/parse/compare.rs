//! Compares a tree with what was parsed from it: the typed form is written
//! back, not as text but along the tree, and every key of the tree that it
//! passes by is reported.

use std::cell::RefCell;
use std::fmt;

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

use crate::diagnostic::{Code, Report};
use crate::source::{Node, Number, Value};

/// Reports every key below `node` that `parsed` does not have or has otherwise.
/// `key` is what `node` stands under.
pub(super) fn compare(key: &str, node: &Node, parsed: &impl Serialize, report: &mut Report) {
    let report = RefCell::new(report);
    let walk = Walk {
        report: &report,
        node: Some(node),
        key,
    };
    if let Err(Stop(message)) = parsed.serialize(walk) {
        report.borrow_mut().error(
            Code::LostKey,
            node.origin,
            format!("the document cannot be written back: {message}"),
        );
    }
}

/// A place in the tree, to be compared with the value that is written next.
#[derive(Clone, Copy)]
struct Walk<'a> {
    report: &'a RefCell<&'a mut Report>,
    /// `None` for what was not in the tree: defaults.
    node: Option<&'a Node>,
    key: &'a str,
}

impl<'a> Walk<'a> {
    fn at(self, node: Option<&'a Node>, key: &'a str) -> Self {
        Self { node, key, ..self }
    }

    fn expect(self, fits: impl FnOnce(&Value) -> bool) -> Result<(), Stop> {
        if let Some(node) = self.node
            && !fits(&node.value)
        {
            self.lost(node, "is read as another value");
        }
        Ok(())
    }

    fn number(self, same: impl FnOnce(Number) -> bool) -> Result<(), Stop> {
        self.expect(|value| match value {
            Value::Number(number) => same(*number),
            _ => false,
        })
    }

    fn lost(self, node: &Node, what: &str) {
        self.report
            .borrow_mut()
            .warn(Code::LostKey, node.origin, format!("`{}` {what}", self.key));
    }

    fn object(self) -> Keys<'a> {
        let object = self.node.and_then(Node::as_object);
        if object.is_none() {
            // Not an object: reported once, by its own key.
            let _ = self.expect(|_| false);
        }
        Keys {
            walk: self,
            seen: vec![false; object.map_or(0, |object| object.len())],
            coming: None,
        }
    }
}

/// Numbers are the same when they are the same in 64 bits of floating point,
/// which is what bounds become.
fn as_float(number: Number) -> f64 {
    match number {
        Number::Integer(integer) => integer as f64,
        Number::Float(float) => float,
    }
}

fn same_integer(number: Number, integer: i128) -> bool {
    match number {
        Number::Integer(written) => written == integer,
        Number::Float(written) => written == integer as f64,
    }
}

/// The comparison cannot go on.
#[derive(Debug)]
struct Stop(String);

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Stop {}

impl ser::Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl<'a> Serializer for Walk<'a> {
    type Ok = ();
    type Error = Stop;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Elements<'a>;
    type SerializeTupleStruct = Elements<'a>;
    type SerializeTupleVariant = Impossible<(), Stop>;
    type SerializeMap = Keys<'a>;
    type SerializeStruct = Keys<'a>;
    type SerializeStructVariant = Impossible<(), Stop>;

    fn serialize_bool(self, written: bool) -> Result<(), Stop> {
        self.expect(|value| matches!(value, Value::Bool(read) if *read == written))
    }

    fn serialize_i64(self, written: i64) -> Result<(), Stop> {
        self.number(|read| same_integer(read, written.into()))
    }

    fn serialize_u64(self, written: u64) -> Result<(), Stop> {
        self.number(|read| same_integer(read, written.into()))
    }

    fn serialize_f64(self, written: f64) -> Result<(), Stop> {
        self.number(|read| as_float(read) == written)
    }

    fn serialize_str(self, written: &str) -> Result<(), Stop> {
        self.expect(|value| matches!(value, Value::String(read) if read == written))
    }

    fn serialize_unit(self) -> Result<(), Stop> {
        self.expect(|value| *value == Value::Null)
    }

    fn serialize_none(self) -> Result<(), Stop> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Stop> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Stop> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Stop> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Stop> {
        let mut entries = self.object();
        entries.entry(variant, value)?;
        entries.finish()
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Elements<'a>, Stop> {
        let array = self.node.and_then(Node::as_array);
        if array.is_none() {
            self.expect(|_| false)?;
        }
        Ok(Elements {
            walk: self,
            rest: array.unwrap_or_default().iter(),
        })
    }

    fn serialize_tuple(self, len: usize) -> Result<Elements<'a>, Stop> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _name: &'static str, len: usize) -> Result<Elements<'a>, Stop> {
        self.serialize_seq(Some(len))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Keys<'a>, Stop> {
        Ok(self.object())
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Keys<'a>, Stop> {
        Ok(self.object())
    }

    fn serialize_i8(self, written: i8) -> Result<(), Stop> {
        self.serialize_i64(written.into())
    }

    fn serialize_i16(self, written: i16) -> Result<(), Stop> {
        self.serialize_i64(written.into())
    }

    fn serialize_i32(self, written: i32) -> Result<(), Stop> {
        self.serialize_i64(written.into())
    }

    fn serialize_u8(self, written: u8) -> Result<(), Stop> {
        self.serialize_u64(written.into())
    }

    fn serialize_u16(self, written: u16) -> Result<(), Stop> {
        self.serialize_u64(written.into())
    }

    fn serialize_u32(self, written: u32) -> Result<(), Stop> {
        self.serialize_u64(written.into())
    }

    fn serialize_f32(self, written: f32) -> Result<(), Stop> {
        self.serialize_f64(written.into())
    }

    fn serialize_char(self, written: char) -> Result<(), Stop> {
        self.serialize_str(written.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, _written: &[u8]) -> Result<(), Stop> {
        Err(Stop("bytes have no place in OpenAPI".to_owned()))
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Stop> {
        self.serialize_unit()
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Impossible<(), Stop>, Stop> {
        Err(Stop(format!("{name} has a form that OpenAPI does not use")))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Impossible<(), Stop>, Stop> {
        Err(Stop(format!("{name} has a form that OpenAPI does not use")))
    }
}

/// The elements of a list, of which each is written in turn.
struct Elements<'a> {
    walk: Walk<'a>,
    rest: std::slice::Iter<'a, Node>,
}

impl Elements<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        let node = self.rest.next();
        value.serialize(self.walk.at(node, self.walk.key))
    }

    fn finish(self) -> Result<(), Stop> {
        for node in self.rest {
            self.walk.lost(node, "has an element that is not read");
        }
        Ok(())
    }
}

/// The keys of an object, which are written in any order.
struct Keys<'a> {
    walk: Walk<'a>,
    seen: Vec<bool>,
    /// The place of the value whose key has been written.
    coming: Option<usize>,
}

impl<'a> Keys<'a> {
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Stop> {
        self.key(key);
        self.value(value)
    }

    fn key(&mut self, key: &str) {
        let object = self.walk.node.and_then(Node::as_object);
        self.coming = object.and_then(|object| object.index_of(key));
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        let object = self.walk.node.and_then(Node::as_object);
        let found = self.coming.take().and_then(|index| {
            if let Some(seen) = self.seen.get_mut(index) {
                *seen = true;
            }
            object?.at(index)
        });
        match found {
            Some((key, node)) => value.serialize(self.walk.at(Some(node), key)),
            // Not in the tree: a default, of which nothing can get lost.
            None => Ok(()),
        }
    }

    fn finish(self) -> Result<(), Stop> {
        let object: Option<&'a _> = self.walk.node.and_then(Node::as_object);
        for ((key, node), seen) in object.into_iter().flatten().zip(&self.seen) {
            if !seen && !is_absence(node) {
                self.walk.at(None, key).lost(node, "is not read");
            }
        }
        Ok(())
    }
}

/// Whether the value says the same as no value: what is optional in OpenAPI is
/// `false` or empty by default.
fn is_absence(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(array) => array.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) => false,
    }
}

impl ser::SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        self.element(value)
    }

    fn end(self) -> Result<(), Stop> {
        self.finish()
    }
}

impl ser::SerializeTuple for Elements<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        self.element(value)
    }

    fn end(self) -> Result<(), Stop> {
        self.finish()
    }
}

impl ser::SerializeTupleStruct for Elements<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        self.element(value)
    }

    fn end(self) -> Result<(), Stop> {
        self.finish()
    }
}

/// A key as text: `serde` writes scalars into a formatter by itself.
struct Shown<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> fmt::Display for Shown<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(formatter)
    }
}

impl ser::SerializeMap for Keys<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Stop> {
        self.key(&Shown(key).to_string());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        self.value(value)
    }

    fn end(self) -> Result<(), Stop> {
        self.finish()
    }
}

impl ser::SerializeStruct for Keys<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Stop> {
        self.entry(key, value)
    }

    fn end(self) -> Result<(), Stop> {
        self.finish()
    }
}
