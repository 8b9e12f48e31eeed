//! [`JsonStream`]: a successful response that is one JSON document after
//! another. An unread body goes in; decoded items come out as they arrive.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::error::Error;
use super::exchange::Unread;
use super::json_body::read_json;
use super::parts::Parts;

/// Values of type `T`, as they arrive. Dropping it cancels the rest.
///
/// An item that does not fit `T` is an error, after which the next item
/// follows; after any other error the stream ends. No item may be longer than
/// the client's response limit, and nothing may come for no longer than the
/// timeout of the call.
pub struct JsonStream<T> {
    body: Parts,
    /// What came since the last item.
    buffer: Vec<u8>,
    /// How much of that has been looked at.
    searched: usize,
    /// What stands after (`\n`) or before (RFC 7464) each item.
    separator: u8,
    ended: bool,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> JsonStream<T> {
    /// One document on each line.
    pub(crate) fn lines(body: Unread) -> Self {
        Self::separated_by(body, b'\n')
    }

    /// A record separator before each document.
    pub(crate) fn records(body: Unread) -> Self {
        Self::separated_by(body, 0x1e)
    }

    fn separated_by(body: Unread, separator: u8) -> Self {
        Self {
            body: Parts::of(body),
            buffer: Vec::new(),
            searched: 0,
            separator,
            ended: false,
            item: PhantomData,
        }
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// When an item does not fit, the body breaks off, or nothing comes for too
    /// long.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The items as an iterator that blocks the thread until there is one.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> super::blocking_iter::BlockingIter<Self> {
        Parts::blocking(self, |stream| &stream.body)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.buffered() {
                return Poll::Ready(Some(item));
            }
            if self.ended {
                let rest = std::mem::take(&mut self.buffer);
                self.searched = 0;
                return Poll::Ready(self.read(&rest));
            }
            if self.buffer.len() > self.body.limit() {
                self.end();
                return Poll::Ready(Some(Err(self.body.too_large())));
            }
            match self.body.poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(part))) => self.buffer.extend_from_slice(&part),
                Poll::Ready(Some(Err(error))) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => self.ended = true,
            }
        }
    }

    /// The next item of those whose end has come.
    fn buffered(&mut self) -> Option<Result<T, Error>> {
        loop {
            let separator = self.separator;
            let mut unsearched = self.buffer[self.searched..].iter();
            let Some(at) = unsearched.position(|byte| *byte == separator) else {
                self.searched = self.buffer.len();
                return None;
            };
            let end = self.searched + at;
            let rest = self.buffer.split_off(end + 1);
            let mut item = std::mem::replace(&mut self.buffer, rest);
            item.truncate(end);
            self.searched = 0;
            if let Some(item) = self.read(&item) {
                return Some(item);
            }
        }
    }

    /// Reads an item; `None` for a blank.
    fn read(&self, item: &[u8]) -> Option<Result<T, Error>> {
        let item = item.strip_prefix(b"\xef\xbb\xbf").unwrap_or(item);
        let item = item.trim_ascii();
        if item.is_empty() {
            return None;
        }
        let value = read_json(item, self.body.value_limit());
        Some(value.map_err(|error| self.body.misfit(error)))
    }

    fn end(&mut self) {
        self.ended = true;
        self.buffer = Vec::new();
        self.searched = 0;
    }
}

impl<T: DeserializeOwned> Stream for JsonStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for JsonStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonStream").finish_non_exhaustive()
    }
}
