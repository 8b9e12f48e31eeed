//! [`Pages`] and [`Items`]: the call of a first page in, page after page out.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::Serialize;
use serde_json::Value;

use super::call::Call;
use super::call_options::CallOptions;
use super::client_core::Core;
use super::decode_error::DecodeError;
use super::draft::Draft;
use super::error::Error;
use super::fault::Fault;
use super::link_header::next_link;
use super::next_page::Slot;
use super::operation::Operation;
use super::response::Response;
use super::transport::BoxFuture;

/// An operation that answers page by page.
pub trait Paginated: Operation {
    /// What pages are lists of.
    type Item;
    /// How the next page is asked for.
    const PAGINATION: Pagination;

    /// The items of a page.
    fn items(page: &Self::Output) -> Option<&Vec<Self::Item>>;

    /// The items of a page, taken out of it.
    fn into_items(page: Self::Output) -> Option<Vec<Self::Item>>;

    /// What the page says of the next one: its cursor, or where it is.
    fn next(_page: &Self::Output) -> Option<Value> {
        None
    }

    /// Whether there is another page, if the page says so.
    fn more(_page: &Self::Output) -> Option<bool> {
        None
    }

    /// How many pages there are, or items where these are counted, if the page
    /// says so.
    fn total(_page: &Self::Output) -> Option<u64> {
        None
    }
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Pagination {
    /// By a mark that the page before has.
    Cursor(Slot),
    /// By its number.
    Page {
        /// Where the number goes.
        slot: Slot,
        /// The number of the first page.
        first: u64,
    },
    /// By the number of items before it.
    Offset(Slot),
    /// By a URL that the page before has, in its `Link` header or its body.
    Link,
}

impl<'a, O: Paginated + 'a> Call<'a, O> {
    /// Page after page, from the one that this call asks for, each with its
    /// response. Every page is a call of its own, with the options of this one:
    /// its attempts, its time.
    pub fn pages(self) -> Pages<'a, O> {
        let Call { draft, options, .. } = self;
        let (number, slot) = match O::PAGINATION {
            Pagination::Page { slot, first } => (first, Some(slot)),
            Pagination::Offset(slot) => (0, Some(slot)),
            Pagination::Cursor(_) | Pagination::Link => (0, None),
        };
        let given = slot.and_then(|slot| draft.number_in(slot));
        Pages {
            number: given.unwrap_or(number),
            template: draft.again(),
            core: draft.core,
            next: Some(Ok(draft)),
            options,
            under_way: None,
            mark: None,
        }
    }

    /// The items of page after page, from the page that this call asks for.
    pub fn items(self) -> Items<'a, O> {
        Items {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }
}

/// The next item.
type Item<O> = Result<<O as Paginated>::Item, Error<<O as Operation>::Failure>>;

/// The next page's response.
type Page<O> = Result<Response<<O as Operation>::Output>, Error<<O as Operation>::Failure>>;

/// Page after page, as a stream. It ends after the last page, or an error.
#[must_use = "nothing is sent before a page is asked for"]
pub struct Pages<'a, O: Paginated> {
    core: &'a Core,
    /// The first request; `None` where its body can be sent only once.
    template: Option<Draft<'a>>,
    options: CallOptions,
    /// The next request, or why there is none.
    next: Option<Result<Draft<'a>, Error<O::Failure>>>,
    under_way: Option<BoxFuture<'a, Page<O>>>,
    /// The number of this page, or of the items before it.
    number: u64,
    /// The cursor, link or number that the next page is asked for by.
    mark: Option<Value>,
}

impl<'a, O: Paginated + 'a> Pages<'a, O> {
    /// The next page; `None` at the end.
    ///
    /// # Errors
    ///
    /// As those of [`Call::send`]. There is no page after an error.
    pub async fn next(&mut self) -> Option<Page<O>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The pages as an iterator that blocks the thread until there is one.
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> super::blocking_iter::BlockingIter<Self> {
        self.options.blocks = true;
        let executor = std::sync::Arc::clone(&self.core.parts().executor);
        super::blocking_iter::BlockingIter::new(self, executor, O::ENDPOINT)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        if self.under_way.is_none() {
            match self.next.take() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(draft)) => {
                    let call: Call<'a, O> = draft.call().options(self.options.clone());
                    self.under_way = Some(Box::pin(call.send()));
                }
            }
        }
        let Some(under_way) = &mut self.under_way else {
            return Poll::Ready(None);
        };
        let page = ready!(under_way.as_mut().poll(context));
        self.under_way = None;
        if let Ok(page) = &page {
            self.next = self.after(page).transpose();
        }
        Poll::Ready(Some(page))
    }

    /// The request after this page; `None` after the last.
    fn after(
        &mut self,
        page: &Response<O::Output>,
    ) -> Result<Option<Draft<'a>>, Error<O::Failure>> {
        let body = page.body();
        if O::more(body) == Some(false) {
            return Ok(None);
        }
        let count = O::items(body).map_or(0, Vec::len) as u64;
        let total = O::total(body).unwrap_or(u64::MAX);
        let next = match O::PAGINATION {
            Pagination::Cursor(slot) => O::next(body).map(|mark| (Some(slot), mark)),
            Pagination::Link => {
                let link = O::next(body).or_else(|| next_link(page.headers()).map(Value::String));
                link.map(|link| (None, link))
            }
            Pagination::Page { slot, first } => {
                self.number = self.number.saturating_add(1);
                let is_last = count == 0 || self.number.saturating_sub(first) >= total;
                (!is_last).then(|| (Some(slot), Value::from(self.number)))
            }
            Pagination::Offset(slot) => {
                self.number = self.number.saturating_add(count);
                let is_last = count == 0 || self.number >= total;
                (!is_last).then(|| (Some(slot), Value::from(self.number)))
            }
        };
        let Some((slot, mark)) = next else {
            return Ok(None);
        };
        // Such pages would never end.
        if self.mark.as_ref() == Some(&mark) {
            let error = DecodeError::new("the page names itself as the next one");
            return Err(Box::new(Fault::decode(O::ENDPOINT, error)).into());
        }
        let Some(mut draft) = self.template.as_ref().and_then(Draft::again) else {
            let problem = "its body is a stream, which cannot be sent for every page".to_owned();
            return Err(Box::new(Fault::invalid(O::ENDPOINT, problem)).into());
        };
        match slot {
            Some(slot) => draft.put(slot, mark.clone()),
            None => draft.follow(mark.as_str().unwrap_or_default()),
        }
        self.mark = Some(mark);
        Ok(Some(draft))
    }
}

impl<'a, O: Paginated + 'a> Stream for Pages<'a, O> {
    type Item = Page<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        self.poll(context)
    }
}

/// Nothing in it is pinned.
impl<O: Paginated> Unpin for Pages<'_, O> {}

/// Item after item of page after page, as a stream. It ends after the last
/// item, or an error.
#[must_use = "nothing is sent before an item is asked for"]
pub struct Items<'a, O: Paginated> {
    pages: Pages<'a, O>,
    /// What is left of the page.
    items: std::vec::IntoIter<O::Item>,
}

impl<'a, O: Paginated + 'a> Items<'a, O> {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// As those of [`Call::send`]. There is no item after an error.
    pub async fn next(&mut self) -> Option<Item<O>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The items as an iterator that blocks the thread until there is one.
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> super::blocking_iter::BlockingIter<Self> {
        self.pages.options.blocks = true;
        let executor = std::sync::Arc::clone(&self.pages.core.parts().executor);
        super::blocking_iter::BlockingIter::new(self, executor, O::ENDPOINT)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    let items = O::into_items(page.into_body());
                    self.items = items.unwrap_or_default().into_iter();
                }
            }
        }
    }
}

impl<'a, O: Paginated + 'a> Stream for Items<'a, O> {
    type Item = Item<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// Nothing in it is pinned.
impl<O: Paginated> Unpin for Items<'_, O> {}

impl<O: Paginated> fmt::Debug for Pages<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::ENDPOINT.id)
            .finish_non_exhaustive()
    }
}

impl<O: Paginated> fmt::Debug for Items<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &O::ENDPOINT.id)
            .finish_non_exhaustive()
    }
}

/// A cursor or link, as JSON; `None` where it says that there is none. An integer
/// beyond 64 bits is a list of its text, which no other cursor is.
pub(crate) fn mark<T: Serialize>(value: &T) -> Option<Value> {
    let Ok(value) = serde_json::to_value(value) else {
        // An integer beyond 64 bits, which `Value` has no place for.
        let digits = serde_json::to_string(value).ok()?;
        return Some(Value::Array(vec![Value::String(digits)]));
    };
    let says_something = match &value {
        Value::String(text) => !text.is_empty(),
        Value::Number(_) => true,
        _ => false,
    };
    says_something.then_some(value)
}

/// A number of pages or items.
pub(crate) fn count<T: Serialize>(value: &T) -> Option<u64> {
    let value = serde_json::to_value(value).ok()?;
    match &value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    }
}
