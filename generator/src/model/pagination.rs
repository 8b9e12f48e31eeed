//! Operations that answer page by page.

use super::Type;

/// How an operation answers page by page.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// How the next page is asked for.
    pub turn: Turn,
    /// The variant of the outcome that is a page; `None` where all outcomes are.
    pub variant: Option<usize>,
    /// The type of a page.
    pub page: Type,
    /// The properties that lead to a page's items.
    pub items: Vec<String>,
    /// The type of an item.
    pub item: Type,
    /// What says where the next page is.
    pub next: Option<Mark>,
    /// The properties that lead to whether there is another page.
    pub more: Option<Vec<String>>,
    /// The properties that lead to the number of pages, or of items.
    pub total: Option<Vec<String>>,
}

/// How the next page is asked for.
#[derive(Clone, Debug)]
pub enum Turn {
    /// By the mark that the page before has.
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
    /// By a URL that the page before has, in its body or its `Link` header.
    Link,
}

/// Where a request says which page it wants.
#[derive(Clone, Debug)]
pub enum Slot {
    /// In the query parameter of this name.
    Query(String),
    /// In the property of its body that these properties lead to.
    Body(Vec<String>),
}

/// What has the next page's cursor or URL.
#[derive(Clone, Debug)]
pub enum Mark {
    /// The page, where these properties lead.
    Page(Vec<String>),
    /// Its last item, where these properties lead.
    LastItem(Vec<String>),
}
