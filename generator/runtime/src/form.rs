//! Forms: `application/x-www-form-urlencoded` bodies. Any object goes in, with
//! how those of its properties are written that are not written as usual; out
//! come `name=value` pairs.
//!
//! As usual (OpenAPI 3.0, section 4.7.14.2): a list is its items, each under
//! the name of the property; an object is JSON. What is absent is left out;
//! null, which is not the same, is an empty text. An item that holds the
//! delimiter of its list is refused where the two cannot be told apart.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;

use super::draft::Draft;
use super::field_value::FieldValue;

/// All but what WHATWG's serializer of forms leaves as it is; a space is then
/// made a plus.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b' ');

/// The same with RFC 3986's reserved characters left as they are, but for those
/// that would end the pair or mean a space.
const RESERVED_ALLOWED: &AsciiSet = &ENCODED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b';')
    .remove(b'~');

/// How a property of a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormStyle {
    /// `name=a&name=b`; an object's properties stand for themselves.
    Exploded,
    /// `name=a,b`, with this between the items, or between the names and values
    /// of an object.
    Joined(&'static str),
    /// `name[key]=a&name[list][0]=b`, to any depth.
    Deep,
    /// `name=` and JSON.
    Json,
}

/// A property of a form that is not written as usual.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormField {
    name: &'static str,
    style: FormStyle,
    /// Whether reserved characters are left as they are.
    allow_reserved: bool,
}

impl FormField {
    pub(crate) const fn new(name: &'static str, style: FormStyle) -> Self {
        Self {
            name,
            style,
            allow_reserved: false,
        }
    }

    pub(crate) const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }
}

/// An encoded form in the making.
#[derive(Default)]
struct Form(String);

impl Draft<'_> {
    /// A form.
    pub(crate) fn form<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        value: &T,
        fields: &[FormField],
    ) {
        match FieldValue::of(value).map(|value| encode(value, fields)) {
            Ok(Ok(form)) => {
                // As a server may send it back.
                let decoded: Vec<u8> = percent_decode_str(&form).collect();
                self.bytes(content_type, form.into());
                self.conceal_body(decoded.into());
            }
            Ok(Err(problem)) => self.note(problem),
            // The error's text may quote the value.
            Err(_) => self.note("the body cannot be written as a form".to_owned()),
        }
    }
}

/// The text of a form, or why there is none.
fn encode(value: FieldValue, fields: &[FormField]) -> Result<String, String> {
    let FieldValue::Object(properties) = value else {
        return Err("the body is no object, so it cannot be a form".to_owned());
    };
    let mut form = Form::default();
    for (name, value) in properties {
        let field = fields.iter().find(|field| field.name == name);
        let set = match field {
            Some(field) if field.allow_reserved => RESERVED_ALLOWED,
            _ => ENCODED,
        };
        match (field.map(|field| field.style), value) {
            (Some(FormStyle::Json), value) => form.pair(&name, &value.to_json(), set),
            (Some(FormStyle::Deep), value) => form.deep(&name, value, set),
            (Some(FormStyle::Exploded), FieldValue::Object(properties)) => {
                for (name, value) in properties {
                    form.pair(&name, &value.into_text(), set);
                }
            }
            (Some(FormStyle::Joined(between)), value) => match value.into_delimited() {
                Ok(items) => form.joined(&name, between, items, set)?,
                Err(scalar) => form.pair(&name, &scalar.into_text(), set),
            },
            (_, FieldValue::List(items)) => {
                for item in items {
                    form.pair(&name, &item.into_text(), set);
                }
            }
            (_, value) => form.pair(&name, &value.into_text(), set),
        }
    }
    Ok(form.0)
}

impl Form {
    fn pair(&mut self, name: &str, value: &str, set: &'static AsciiSet) {
        self.name(name);
        self.value(value, set);
    }

    fn name(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.value(name, ENCODED);
        self.0.push('=');
    }

    fn value(&mut self, value: &str, set: &'static AsciiSet) {
        self.0.push_str(&encoded(value, set));
    }

    /// Fails where the delimiter stands inside an item and is written there as
    /// it is between two.
    fn joined(
        &mut self,
        name: &str,
        between: &str,
        items: Vec<FieldValue>,
        set: &'static AsciiSet,
    ) -> Result<(), String> {
        let delimiter = percent_decode_str(between).decode_utf8_lossy();
        let items: Vec<String> = items.into_iter().map(FieldValue::into_text).collect();
        let is_ambiguous = |item: &String| {
            item.contains(&*delimiter)
                && (between != delimiter || encoded(&delimiter, set) == delimiter)
        };
        if items.iter().any(is_ambiguous) {
            return Err(format!(
                "the property `{name}` of the body has the delimiter inside an item, which would \
                 read as two items"
            ));
        }
        for (index, item) in items.iter().enumerate() {
            match index {
                0 => self.name(name),
                // As it is: what stands inside an item is encoded.
                _ => self.0.push_str(between),
            }
            self.value(item, set);
        }
        Ok(())
    }

    fn deep(&mut self, name: &str, value: FieldValue, set: &'static AsciiSet) {
        match value {
            FieldValue::List(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    self.deep(&format!("{name}[{index}]"), item, set);
                }
            }
            FieldValue::Object(properties) => {
                for (key, value) in properties {
                    self.deep(&format!("{name}[{key}]"), value, set);
                }
            }
            scalar => self.pair(name, &scalar.into_text(), set),
        }
    }
}

/// A name or value; a space is a plus.
fn encoded(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(text, set).to_string().replace(' ', "+")
}
