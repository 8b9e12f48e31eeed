//! The request of the next page: that of the page before, with one value in
//! another's place.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header;
use serde_json::Value;
use serde_json::value::RawValue;

use super::draft::Draft;
use super::request_body::RequestBody;
use super::style::percent_encode;

/// Where a request says which page it wants.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Slot {
    /// In the query parameter of this name.
    Query(&'static str),
    /// In the property of the JSON body that these names lead to.
    Body(&'static [&'static str]),
}

impl<'a> Draft<'a> {
    /// The same once more; `None` where the body can be sent only once.
    pub(crate) fn again(&self) -> Option<Draft<'a>> {
        let body = match &self.body {
            Some(body) => Some(RequestBody::from(body.as_bytes()?.clone())),
            None => None,
        };
        Some(Draft {
            core: self.core,
            endpoint: self.endpoint,
            base_url: self.base_url.clone(),
            path: self.path.clone(),
            own_path: self.own_path.clone(),
            link: self.link.clone(),
            query: self.query.clone(),
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
            body,
            screen: self.screen.clone(),
            problem: self.problem.clone(),
        })
    }

    /// The number in a slot, where the caller has put one.
    pub(crate) fn number_in(&self, slot: Slot) -> Option<u64> {
        match slot {
            Slot::Query(name) => {
                let start = query_start(name);
                let value = self.query.iter().find_map(|pair| pair.strip_prefix(&start));
                value?.parse().ok()
            }
            Slot::Body(names) => {
                let body: Value = serde_json::from_slice(self.body.as_ref()?.as_bytes()?).ok()?;
                names
                    .iter()
                    .try_fold(&body, |value, name| value.get(name))?
                    .as_u64()
            }
        }
    }

    /// Puts a value into a slot.
    pub(crate) fn put(&mut self, slot: Slot, value: Value) {
        match slot {
            Slot::Query(name) => {
                let start = query_start(name);
                self.query.retain(|pair| !pair.starts_with(&start));
                let text = match value {
                    Value::String(text) => text,
                    other => json(&other),
                };
                self.query_pair(name, &text);
            }
            Slot::Body(names) => {
                let sent = self.body.as_ref().and_then(RequestBody::as_bytes);
                match sent
                    .and_then(|sent| with(std::str::from_utf8(sent).ok()?, names, &json(&value)))
                {
                    Some(body) => {
                        let media_type = self.headers.get(header::CONTENT_TYPE).cloned();
                        let body = Bytes::from(body);
                        self.conceal_body(body.clone());
                        self.body = Some(body.into());
                        self.headers
                            .extend(media_type.map(|value| (header::CONTENT_TYPE, value)));
                    }
                    None => self.note("its body has no place for the next page".to_owned()),
                }
            }
        }
    }

    /// Goes where a link leads, if that is the server that this page came from:
    /// the credentials travel along.
    pub(crate) fn follow(&mut self, link: &str) {
        let base_url = self.base_url.as_ref();
        let base_url = base_url.unwrap_or(&self.core.parts().base_url);
        let link = link.split('#').next().unwrap_or_default();
        let target = match link.strip_prefix(base_url.origin()) {
            Some(target) => target,
            None => link,
        };
        if target.starts_with('/') && !target.starts_with("//") {
            self.link = Some(target.to_owned());
        } else {
            self.note("the link to the next page leads to another server".to_owned());
        }
    }
}

/// What the encoded pair of a parameter starts with.
fn query_start(name: &str) -> String {
    format!("{}=", percent_encode(name))
}

/// The JSON of a cursor.
fn json(value: &Value) -> String {
    match value {
        // An integer beyond 64 bits, as its text.
        Value::Array(digits) => digits.iter().filter_map(Value::as_str).collect(),
        other => other.to_string(),
    }
}

/// A JSON text with another value in a place; the object around it is made
/// where there is none. Everything else stays as it is written.
fn with(sent: &str, names: &[&str], value: &str) -> Option<String> {
    let [name, inside @ ..] = names else {
        return Some(value.to_owned());
    };
    let object: Option<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(sent).ok()?;
    let mut object = object.unwrap_or_default();
    let old = object.get(*name).map_or("null", |old| old.get());
    let new = RawValue::from_string(with(old, inside, value)?).ok()?;
    object.insert((*name).to_owned(), new);
    serde_json::to_string(&object).ok()
}
