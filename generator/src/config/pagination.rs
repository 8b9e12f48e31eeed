//! `[[pagination]]` and `x-pagination`: how an operation answers page by page.

use serde::Deserialize;

/// How operations answer page by page. Places in bodies are JSON pointers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Paging {
    /// Which operations, by operationId, or by method and path where they have
    /// none; `*` stands for any text. Only in `client.toml`.
    #[serde(default)]
    pub operations: Vec<String>,
    /// How the next page is asked for.
    #[serde(rename = "type")]
    pub kind: PagingKind,
    /// The query parameter that says which page, or a pointer to the property
    /// of the request's body that does.
    pub parameter: Option<String>,
    /// Where the items of a page are; empty where the body is the list.
    pub items: String,
    /// Where the page has the next one's cursor or URL.
    pub next: Option<String>,
    /// Where the last item of a page has the next page's cursor.
    pub last: Option<String>,
    /// Where the page says whether there is another.
    pub more: Option<String>,
    /// Where the page says how many pages (`type = "page"`) or items
    /// (`type = "offset"`) there are.
    pub total: Option<String>,
    /// The number of the first page; 1 where absent.
    pub first: Option<u64>,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PagingKind {
    /// By a mark that the page before has.
    Cursor,
    /// By its number.
    Page,
    /// By the number of items before it.
    Offset,
    /// By a URL that the page before has, in its body or its `Link` header.
    Link,
}

impl Paging {
    /// The first thing in it that does not go together.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let kind = match self.kind {
            PagingKind::Cursor => "cursor",
            PagingKind::Page => "page",
            PagingKind::Offset => "offset",
            PagingKind::Link => "link",
        };
        let cursor = self.kind == PagingKind::Cursor;
        let link = self.kind == PagingKind::Link;
        let page = self.kind == PagingKind::Page;
        // The key, whether it is there, whether it can be, whether it must be.
        let keys = [
            ("parameter", self.parameter.is_some(), !link, !link),
            (
                "next",
                self.next.is_some(),
                cursor || link,
                cursor && self.last.is_none(),
            ),
            (
                "last",
                self.last.is_some(),
                cursor && self.next.is_none(),
                false,
            ),
            ("total", self.total.is_some(), !cursor && !link, false),
            ("first", self.first.is_some(), page, false),
        ];
        for (key, there, possible, needed) in keys {
            if there && !possible {
                return Some(format!("`{key}` has no meaning where `type` is `{kind}`"));
            }
            if !there && needed {
                return Some(format!("`{key}` is missing, which `{kind}` needs"));
            }
        }
        let pointers = [Some(&self.items), self.next.as_ref(), self.last.as_ref()];
        let pointers = pointers
            .into_iter()
            .chain([self.more.as_ref(), self.total.as_ref()]);
        pointers
            .flatten()
            .find(|pointer| !pointer.is_empty() && !pointer.starts_with('/'))
            .map(|pointer| format!("`{pointer}` is no JSON pointer, which starts with a slash"))
    }
}
