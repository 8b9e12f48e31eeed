//! [`Multipart`] bodies (RFC 7578, RFC 2046): named parts go in; out comes a
//! body that holds no more in memory than was given so.

use std::collections::VecDeque;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use http_body::{Body, Frame, SizeHint};
use serde::Serialize;

use super::draft::Draft;
use super::field_value::FieldValue;
use super::request_body::RequestBody;

/// A part of a multipart body: a file, most of the time. Bytes and texts
/// convert into one; [`RequestBody::new`] makes one of a stream.
pub struct Part {
    body: RequestBody,
    file_name: FileName,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

/// What a part says of its file name.
enum FileName {
    /// It is no file.
    None,
    /// It is a file, named as its field is.
    Field,
    /// It is a file of this name.
    Given(String),
}

impl Part {
    /// A file with this content, named as its field is.
    pub fn new(content: impl Into<RequestBody>) -> Self {
        Self {
            body: content.into(),
            file_name: FileName::Field,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// A text that is no file.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            file_name: FileName::None,
            ..Self::new(text.into())
        }
    }

    /// The name of the file.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = FileName::Given(name.into());
        self
    }

    /// The media type of the content. If not set, it is the one that the API
    /// description has, or `application/octet-stream` for a file.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl<B: Into<RequestBody>> From<B> for Part {
    fn from(content: B) -> Self {
        Self::new(content)
    }
}

/// The names of the headers and the length, no content.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Part")
            .field("headers", &headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// How a property of a multipart body is written, where not as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartStyle {
    /// As this media type.
    Of(&'static str),
    /// A part for each item; an object's properties stand for themselves.
    Exploded,
    /// One part, with this between the items, or between the names and values
    /// of an object.
    Joined(&'static str),
    /// Parts `name[key]`, to any depth.
    Deep,
}

/// A multipart body in the making.
#[derive(Default)]
pub(crate) struct Multipart {
    /// The head and content of each part.
    parts: Vec<(String, RequestBody)>,
    /// What is no file: it may have secrets.
    texts: Vec<u8>,
    /// The first thing that was wrong; ends a sentence that begins with "the
    /// body".
    problem: Option<String>,
}

impl Multipart {
    /// The properties of an object as parts; `styles` has those that are not
    /// written as usual.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T, styles: &[(&str, PartStyle)]) -> Self {
        let mut multipart = Self::default();
        match FieldValue::of(value) {
            Ok(FieldValue::Object(properties)) => {
                for (name, value) in properties {
                    let style = styles.iter().find(|(known, _)| *known == name);
                    multipart.field(&name, style.map(|(_, style)| *style), value);
                }
            }
            Ok(_) => multipart.refuse("is no object, so it has no parts".to_owned()),
            Err(_) => multipart.refuse("cannot be written in parts".to_owned()),
        }
        multipart
    }

    /// Adds a value: a scalar as text, an object as JSON, a list as one part
    /// for each of its items, unless the style says otherwise. An absent value
    /// adds nothing.
    pub(crate) fn value<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: Option<PartStyle>,
        value: &T,
    ) {
        match FieldValue::of(value) {
            Ok(value) => self.field(name, style, value),
            // The error's text may quote the value.
            Err(_) => self.refuse("cannot be written in parts".to_owned()),
        }
    }

    /// Adds the property that tells the alternatives of a body apart, unless it
    /// is there.
    pub(crate) fn tag(&mut self, name: &str, value: &str) {
        let disposition = disposition(name);
        if !self
            .parts
            .iter()
            .any(|(head, _)| head.starts_with(&disposition))
        {
            self.part(name, None, Part::text(value));
        }
    }

    fn field(&mut self, name: &str, style: Option<PartStyle>, value: FieldValue) {
        match style {
            Some(PartStyle::Of(content_type)) => self.typed(name, Some(content_type), value),
            Some(PartStyle::Joined(between)) => match value.into_delimited() {
                Ok(items) => self.joined(name, between, items),
                Err(scalar) => self.typed(name, None, scalar),
            },
            Some(PartStyle::Deep) => self.deep(name, value),
            Some(PartStyle::Exploded) => match value {
                FieldValue::Object(properties) => {
                    for (name, value) in properties {
                        self.typed(&name, None, value);
                    }
                }
                value => self.typed(name, None, value),
            },
            None => self.typed(name, None, value),
        }
    }

    /// A value as a media type, or as the one that is usual for it.
    fn typed(&mut self, name: &str, content_type: Option<&str>, value: FieldValue) {
        let is_json = content_type.is_some_and(|content_type| content_type.contains("json"));
        match value {
            FieldValue::List(items) if !is_json => {
                for item in items {
                    self.typed(name, content_type, item);
                }
            }
            value => {
                let is_object = matches!(value, FieldValue::Object(_) | FieldValue::List(_));
                let content_type = content_type.or(is_object.then_some("application/json"));
                let text = match is_json {
                    true => value.to_json(),
                    false => value.into_text(),
                };
                self.part(name, content_type, Part::text(text));
            }
        }
    }

    /// Nothing is encoded in a part, so no item can hold the delimiter.
    fn joined(&mut self, name: &str, between: &str, items: Vec<FieldValue>) {
        let items: Vec<String> = items.into_iter().map(FieldValue::into_text).collect();
        if items.iter().any(|item| item.contains(between)) {
            self.refuse(format!(
                "has the delimiter inside an item of `{name}`, which would read as two items"
            ));
        } else if !items.is_empty() {
            self.part(name, None, Part::text(items.join(between)));
        }
    }

    fn deep(&mut self, name: &str, value: FieldValue) {
        match value {
            FieldValue::List(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    self.deep(&format!("{name}[{index}]"), item);
                }
            }
            FieldValue::Object(properties) => {
                for (key, value) in properties {
                    self.deep(&format!("{name}[{key}]"), value);
                }
            }
            scalar => self.typed(name, None, scalar),
        }
    }

    /// Adds a part; `content_type` counts where the part itself says nothing.
    pub(crate) fn part(&mut self, name: &str, content_type: Option<&str>, part: Part) {
        let mut head = disposition(name);
        let file_name = match &part.file_name {
            FileName::None => None,
            FileName::Field => Some(name),
            FileName::Given(file_name) => Some(file_name.as_str()),
        };
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        } else if let Some(text) = part.body.as_bytes() {
            self.texts.extend_from_slice(text);
            self.texts.push(b'\n');
        }
        head.push_str("\r\n");
        let usual = file_name.map(|_| "application/octet-stream");
        let own = part.content_type.as_deref().or(part.body.media_type());
        let content_type = own.or(content_type).or(usual);
        if let Some(content_type) = content_type {
            self.line(&mut head, "Content-Type", content_type);
        }
        for (name, value) in &part.headers {
            self.line(&mut head, name, value);
        }
        self.parts.push((head, part.body));
    }

    /// Refuses the body if the part says that its content type is none of
    /// `allowed`, which may have ranges such as `image/*`.
    pub(crate) fn allow(&mut self, name: &str, allowed: &[&str], part: &Part) {
        let essence = |text: &str| {
            let essence = text.split(';').next().unwrap_or_default();
            essence.trim().to_ascii_lowercase()
        };
        let said = part.content_type.as_deref().or(part.body.media_type());
        let Some(said) = said.map(essence) else {
            return;
        };
        let fits = |one: &&str| {
            let one = essence(one);
            match one.strip_suffix('*') {
                Some("*/") => true,
                Some(start) => said.starts_with(start),
                None => one == said,
            }
        };
        if !allowed.iter().any(fits) {
            let shown: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
            self.refuse(format!(
                "has a part `{name}` whose content type is none of {}",
                shown.join(", ")
            ));
        }
    }

    fn line(&mut self, head: &mut String, name: &str, value: &str) {
        let is_valid = HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok();
        if is_valid {
            head.push_str(&format!("{name}: {value}\r\n"));
        } else {
            self.refuse("has a part whose headers cannot be sent".to_owned());
        }
    }

    fn refuse(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// The boundary and the body.
    fn finish(self) -> (String, RequestBody) {
        let mut boundary = boundary();
        let holds = |boundary: &str| {
            self.parts.iter().any(|(head, body)| {
                let body = body.as_bytes().map_or(&b""[..], |bytes| bytes);
                contains(head.as_bytes(), boundary) || contains(body, boundary)
            })
        };
        // Nobody can guess one, so it is in no data by more than chance; where
        // the data can be seen, even chance is ruled out.
        while holds(&boundary) {
            boundary = self::boundary();
        }
        let mut segments = VecDeque::new();
        let mut text = String::new();
        for (head, body) in self.parts {
            text.push_str(&format!("--{boundary}\r\n{head}\r\n"));
            segments.push_back(RequestBody::from(std::mem::take(&mut text)));
            segments.push_back(body);
            text.push_str("\r\n");
        }
        text.push_str(&format!("--{boundary}--\r\n"));
        segments.push_back(RequestBody::from(text));
        let in_memory: Option<Vec<&[u8]>> = segments
            .iter()
            .map(|segment| segment.as_bytes().map(|bytes| &bytes[..]))
            .collect();
        let body = match in_memory {
            Some(pieces) => RequestBody::from(pieces.concat()),
            None => RequestBody::new(Segments(segments)),
        };
        (boundary, body)
    }
}

/// 128 bits that nobody can guess: the standard library keys its hash maps with
/// random numbers of the operating system, so that needs no crate.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

fn contains(text: &[u8], boundary: &str) -> bool {
    text.windows(boundary.len())
        .any(|window| window == boundary.as_bytes())
}

/// How the head of each part with this name begins.
fn disposition(name: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{}\"", quoted(name))
}

/// What would end a quoted name (WHATWG HTML, "multipart form data").
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl Draft<'_> {
    /// A multipart body.
    pub(crate) fn multipart(&mut self, media_type: &'static str, multipart: Multipart) {
        if let Some(problem) = multipart.problem {
            self.note(format!("the body {problem}"));
            return;
        }
        let texts = Bytes::from(multipart.texts.clone());
        let (boundary, body) = multipart.finish();
        match HeaderValue::try_from(format!("{media_type}; boundary={boundary}")) {
            Ok(content_type) => self.body(content_type, body),
            Err(_) => self.note("the media type cannot be sent".to_owned()),
        }
        self.conceal_body(texts);
    }
}

/// Bodies one after another.
struct Segments(VecDeque<RequestBody>);

impl Body for Segments {
    type Data = Bytes;
    type Error = <RequestBody as Body>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        loop {
            let Some(first) = self.0.front_mut() else {
                return Poll::Ready(None);
            };
            match Pin::new(first).poll_frame(context) {
                Poll::Ready(None) => {
                    self.0.pop_front();
                }
                // Trailers belong to whole bodies.
                Poll::Ready(Some(Ok(frame))) if !frame.is_data() => {}
                other => return other,
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    /// Exact where all are.
    fn size_hint(&self) -> SizeHint {
        let lengths: Option<Vec<u64>> = self.0.iter().map(RequestBody::length).collect();
        let sum = lengths.and_then(|lengths| {
            lengths
                .into_iter()
                .try_fold(0_u64, |sum, length| sum.checked_add(length))
        });
        sum.map(SizeHint::with_exact).unwrap_or_default()
    }
}
