//! [`EventStream`]: a successful response that is a stream of server-sent
//! events. An unread body goes in; decoded events come out as they arrive.

use std::fmt;
use std::future::poll_fn;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decode_error::{DecodeError, decode};
use super::error::Error;
use super::event_parser::{EventParser, RawEvent};
use super::exchange::Unread;
use super::json_body::read_json;
use super::parts::Parts;

/// A server-sent event. Dereferences to its data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The event's type; `None` for the usual one, `message`.
    pub event: Option<String>,
    /// The last id that the server gave, to go on from.
    pub id: Option<String>,
    /// How long the server wants clients to wait before they ask again, where
    /// it said so just before this event.
    pub retry: Option<Duration>,
    /// What it says.
    pub data: T,
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// Decodes an event whose JSON may have so many values.
type Decode<E> = fn(RawEvent, usize) -> Result<E, DecodeError>;

/// Events, as they arrive. Dropping it cancels the rest; there is no
/// reconnecting.
///
/// An event that does not fit is an error, after which the next one follows;
/// after any other error the stream ends. No event may be longer than the
/// client's response limit, and nothing may come for no longer than the
/// timeout of the call. Where data is JSON, `[DONE]`, which is none, ends the
/// stream.
pub struct EventStream<E> {
    body: Parts,
    parser: EventParser,
    decode: Decode<E>,
    /// What ends the stream before its body does.
    last: Option<&'static str>,
    ended: bool,
}

impl EventStream<Event<String>> {
    /// Events whose data is text.
    pub(crate) fn texts(body: Unread) -> Self {
        Self::new(body, None, |raw, _| {
            let data = raw.data.clone();
            Ok(event(raw, data))
        })
    }
}

impl<T: DeserializeOwned> EventStream<Event<T>> {
    /// Events whose data is JSON.
    pub(crate) fn values(body: Unread) -> Self {
        Self::new(body, Some("[DONE]"), |raw, limit| {
            let data = read_json(raw.data.as_bytes(), limit)?;
            Ok(event(raw, data))
        })
    }
}

impl<E: DeserializeOwned> EventStream<E> {
    /// Events that are decoded as a whole: an object with `data`, which is JSON
    /// or a text, `event`, `id` and `retry`.
    pub(crate) fn whole(body: Unread) -> Self {
        Self::new(body, Some("[DONE]"), |raw, limit| {
            // A text may well look like a number, less so like an object.
            let is_structured = raw.data.trim_start().starts_with(['{', '[']);
            let text = Some(Value::from(raw.data.as_str()));
            let parsed = read_json(raw.data.as_bytes(), limit).ok();
            let (first, second) = match is_structured {
                true => (parsed, text),
                false => (text, parsed),
            };
            let fields = [
                ("event", raw.event.map(Value::from)),
                ("id", raw.id.map(Value::from)),
                ("retry", raw.retry.map(Value::from)),
            ];
            let fields: serde_json::Map<String, Value> = fields
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                .collect();
            let with = |data: Value| {
                let mut whole = fields.clone();
                whole.insert("data".to_owned(), data);
                decode(Value::Object(whole))
            };
            let mut tried = [first, second].into_iter().flatten().map(with);
            match tried.next() {
                Some(Err(error)) => tried.next().and_then(Result::ok).ok_or(error),
                Some(whole) => whole,
                None => Err(DecodeError::new("it has no data")),
            }
        })
    }
}

fn event<T>(raw: RawEvent, data: T) -> Event<T> {
    Event {
        event: raw.event,
        id: raw.id,
        retry: raw.retry.map(Duration::from_millis),
        data,
    }
}

impl<E> EventStream<E> {
    fn new(body: Unread, last: Option<&'static str>, decode: Decode<E>) -> Self {
        Self {
            body: Parts::of(body),
            parser: EventParser::default(),
            decode,
            last,
            ended: false,
        }
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// When an event does not fit, the body breaks off, or nothing comes for
    /// too long.
    pub async fn next(&mut self) -> Option<Result<E, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The events as an iterator that blocks the thread until there is one.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> super::blocking_iter::BlockingIter<Self> {
        Parts::blocking(self, |stream| &stream.body)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E, Error>>> {
        loop {
            if self.ended {
                return Poll::Ready(None);
            }
            if let Some(raw) = self.parser.next() {
                if self.last == Some(raw.data.trim()) {
                    self.ended = true;
                    continue;
                }
                let event = (self.decode)(raw, self.body.value_limit())
                    .map_err(|error| self.body.misfit(error));
                return Poll::Ready(Some(event));
            }
            if self.parser.pending() > self.body.limit() {
                self.ended = true;
                return Poll::Ready(Some(Err(self.body.too_large())));
            }
            match self.body.poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(part))) => self.parser.push(&part),
                Poll::Ready(Some(Err(error))) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                // An event without its end is no event.
                Poll::Ready(None) => self.ended = true,
            }
        }
    }
}

impl<E> Stream for EventStream<E> {
    type Item = Result<E, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}
