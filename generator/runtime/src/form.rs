//! Forms: `application/x-www-form-urlencoded` bodies. Any object goes in, with
//! how those of its properties are written that are not written as usual; out
//! come `name=value` pairs.
//!
//! As usual (OpenAPI 3.0, section 4.7.14.2): a list is its items, each under
//! the name of the property; an object is JSON. What is absent is left out;
//! null, which is not the same, is an empty text.

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
    /// `name=a,b`, with this between the items.
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
            Ok(Some(form)) => {
                // As a server may send it back.
                let decoded: Vec<u8> = percent_decode_str(&form).collect();
                self.bytes(content_type, form.into());
                self.conceal_body(decoded.into());
            }
            Ok(None) => self.note("the body is no object, so it cannot be a form".to_owned()),
            // The error's text may quote the value.
            Err(_) => self.note("the body cannot be written as a form".to_owned()),
        }
    }
}

/// The text of a form; `None` for what is no object.
fn encode(value: FieldValue, fields: &[FormField]) -> Option<String> {
    let FieldValue::Object(properties) = value else {
        return None;
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
            (Some(FormStyle::Joined(between)), FieldValue::List(items)) => {
                form.joined(&name, between, items, set);
            }
            (Some(FormStyle::Joined(between)), FieldValue::Object(properties)) => {
                let items = properties
                    .into_iter()
                    .flat_map(|(name, value)| [FieldValue::Text(name), value])
                    .collect();
                form.joined(&name, between, items, set);
            }
            (_, FieldValue::List(items)) => {
                for item in items {
                    form.pair(&name, &item.into_text(), set);
                }
            }
            (_, value) => form.pair(&name, &value.into_text(), set),
        }
    }
    Some(form.0)
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
        let encoded = utf8_percent_encode(value, set).to_string();
        self.0.push_str(&encoded.replace(' ', "+"));
    }

    fn joined(
        &mut self,
        name: &str,
        between: &str,
        items: Vec<FieldValue>,
        set: &'static AsciiSet,
    ) {
        if items.is_empty() {
            return;
        }
        self.name(name);
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                // As it is: what stands inside an item is encoded.
                self.0.push_str(between);
            }
            self.value(&item.into_text(), set);
        }
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
