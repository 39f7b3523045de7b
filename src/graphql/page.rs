//! Relay connections with keyset cursors: a page begins after a row, not after a number of rows, so that rows which
//! come or go elsewhere never shift it.

use async_graphql::{InputObject, SimpleObject};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Error, Result};

/// Items on a page if nothing is said.
pub const DEFAULT_SIZE: u32 = 20;
/// The most items on a page.
pub const MAX_SIZE: u32 = 100;

/// How many items a list without pages is taken to have. One with more costs more than it weighs, for which there is
/// the ceiling on the items of an answer.
pub const LIST_SIZE: usize = 10;

/// The part of a list that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PageArgs {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

/// What a page costs against the limit on complexity: its items, each with what is asked of it.
pub fn complexity(first: Option<i32>, last: Option<i32>, of_child: usize) -> usize {
    let size = first.or(last).and_then(|count| u32::try_from(count).ok()).unwrap_or(DEFAULT_SIZE);
    of_list(usize::try_from(size).unwrap_or(usize::MAX), of_child)
}

/// What a list of about so many items costs.
pub const fn of_list(size: usize, of_child: usize) -> usize {
    size.saturating_mul(of_child).saturating_add(1)
}

/// Arguments that make sense together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageRequest {
    pub size: u32,
    /// Counted from the end, towards the beginning.
    pub is_backward: bool,
    /// The row next to which the page lies: after it, or before it if backward.
    pub edge: Option<Cursor>,
}

impl PageRequest {
    /// How many rows to read: one more than fits on the page tells whether another follows.
    pub fn rows(&self) -> u64 {
        u64::from(self.size) + 1
    }
}

/// Where a row stands in a list: the value it is sorted by, then its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cursor {
    /// Which order the cursor belongs to.
    #[serde(rename = "s")]
    pub sort: String,
    #[serde(rename = "k")]
    pub key: CursorKey,
    #[serde(rename = "i")]
    pub id: Uuid,
}

/// The value that a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CursorKey {
    Number(i64),
    Text(String),
}

impl Cursor {
    pub fn encode(&self) -> String {
        // Numbers, texts and ids always have a JSON form.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    fn decode(text: &str) -> Option<Self> {
        let cursor: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        // PostgreSQL holds no such text, so no list gave it.
        let is_possible = !matches!(&cursor.key, CursorKey::Text(text) if text.contains('\0'));
        is_possible.then_some(cursor)
    }
}

impl PageArgs {
    /// Checks the arguments against each other and the limits.
    pub fn check(&self, sort: &str) -> Result<PageRequest> {
        let forward = self.first.is_some() || self.after.is_some();
        let is_backward = self.last.is_some() || self.before.is_some();
        if forward && is_backward {
            return Err(Error::BadInput(
                "Give \"first\" and \"after\", or \"last\" and \"before\", but not both.".into(),
            ));
        }
        if self.before.is_some() && self.last.is_none() {
            return Err(Error::BadInput("\"before\" needs \"last\", the number of items wanted.".into()));
        }
        let (name, count, edge, edge_name) = if is_backward {
            ("last", self.last, &self.before, "before")
        } else {
            ("first", self.first, &self.after, "after")
        };
        Ok(PageRequest { size: size(name, count)?, is_backward, edge: cursor(edge_name, edge.as_deref(), sort)? })
    }
}

fn size(name: &str, count: Option<i32>) -> Result<u32> {
    let Some(count) = count else { return Ok(DEFAULT_SIZE) };
    u32::try_from(count)
        .ok()
        .filter(|count| (1..=MAX_SIZE).contains(count))
        .ok_or_else(|| Error::BadInput(format!("\"{name}\" must be between 1 and {MAX_SIZE}; {count} was given.")))
}

fn cursor(name: &str, text: Option<&str>, sort: &str) -> Result<Option<Cursor>> {
    let Some(text) = text else { return Ok(None) };
    match Cursor::decode(text) {
        Some(cursor) if cursor.sort == sort => Ok(Some(cursor)),
        Some(_) => {
            Err(Error::BadInput(format!("The cursor in \"{name}\" belongs to another sort; begin again without it.")))
        }
        None => Err(Error::BadInput(format!("\"{name}\" is not a cursor that this list gave."))),
    }
}

/// One page of rows, in the list's order.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<(Cursor, T)>,
    pub has_next: bool,
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// Makes a page of what a query found: the rows in the direction of the page, one more than its size if there are
    /// more.
    pub fn new(request: &PageRequest, mut rows: Vec<(Cursor, T)>) -> Self {
        let size = usize::try_from(request.size).unwrap_or(usize::MAX);
        let has_more = rows.len() > size;
        rows.truncate(size);
        let came_from_somewhere = request.edge.is_some();
        let (has_next, has_previous) = if request.is_backward {
            rows.reverse();
            (came_from_somewhere, has_more)
        } else {
            (has_more, came_from_somewhere)
        };
        Self { rows, has_next, has_previous }
    }
}

impl<T> Page<T> {
    /// Turns every row into something else.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(|(cursor, row)| (cursor, f(row))).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}

/// What surrounds a page.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether there are items after this page. Paging backward, whether one came from there.
    has_next_page: bool,
    /// Whether there are items before this page. Paging forward, whether one came from there.
    has_previous_page: bool,
    /// The cursor of the first item; null on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last item; null on an empty page.
    end_cursor: Option<String>,
}

impl PageInfo {
    pub fn new<T>(page: &Page<T>) -> Self {
        let cursor = |row: Option<&(Cursor, T)>| row.map(|(cursor, _)| cursor.encode());
        Self {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: cursor(page.rows.first()),
            end_cursor: cursor(page.rows.last()),
        }
    }
}

/// A range of amounts in the channel's currency; an absent end is open.
#[derive(Clone, Debug, InputObject)]
pub struct DecimalRange {
    /// The least, included.
    pub from: Option<crate::graphql::scalar::Decimal>,
    /// The greatest, included.
    pub to: Option<crate::graphql::scalar::Decimal>,
}

/// A span of time; an absent end is open.
#[derive(Clone, Debug, InputObject)]
pub struct DateTimeRange {
    /// The earliest instant, included.
    pub from: Option<crate::graphql::scalar::DateTime>,
    /// The latest instant, included.
    pub to: Option<crate::graphql::scalar::DateTime>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn args(first: Option<i32>, last: Option<i32>) -> PageArgs {
        PageArgs { first, last, ..PageArgs::default() }
    }

    #[test]
    fn a_page_has_between_one_and_a_hundred_items() {
        assert_eq!(args(None, None).check("NAME").unwrap().size, DEFAULT_SIZE);
        assert_eq!(args(Some(100), None).check("NAME").unwrap().size, 100);
        for wrong in [-1, 0, 101, i32::MAX] {
            assert!(args(Some(wrong), None).check("NAME").is_err());
            assert!(args(None, Some(wrong)).check("NAME").is_err());
        }
        assert!(args(Some(1), Some(1)).check("NAME").is_err());
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back(sort in "[A-Z_]{1,12}", text in any::<Option<String>>(), number in any::<i64>(), id in any::<u128>()) {
            let key = text.map_or(CursorKey::Number(number), CursorKey::Text);
            let cursor = Cursor { sort, key, id: Uuid::from_u128(id) };
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn any_text_is_a_cursor_or_refused(text in "\\PC{0,80}") {
            let args = PageArgs { after: Some(text), ..PageArgs::default() };
            let _ = args.check("NAME");
        }

        #[test]
        fn paging_through_a_list_gives_each_row_once(count in 0_usize..60, size in 1_i32..20, is_backward: bool) {
            let all: Vec<i64> = (0..).take(count).collect();
            let mut edge: Option<Cursor> = None;
            let mut seen = Vec::new();
            loop {
                let cursor = edge.as_ref().map(Cursor::encode);
                let args = if is_backward {
                    PageArgs { last: Some(size), before: cursor, ..PageArgs::default() }
                } else {
                    PageArgs { first: Some(size), after: cursor, ..PageArgs::default() }
                };
                let request = args.check("N").unwrap();
                let page = Page::new(&request, query(&all, &request));
                let numbers: Vec<i64> = page.rows.iter().map(|(_, number)| *number).collect();
                prop_assert!(numbers.is_sorted());
                let more = if is_backward { page.has_previous } else { page.has_next };
                edge = if is_backward { page.rows.first() } else { page.rows.last() }.map(|(cursor, _)| cursor.clone());
                if is_backward { seen.splice(0..0, numbers); } else { seen.extend(numbers); }
                if !more { break; }
            }
            prop_assert_eq!(seen, all);
        }
    }

    /// What a database would answer.
    fn query(all: &[i64], request: &PageRequest) -> Vec<(Cursor, i64)> {
        let edge = request.edge.as_ref().map(|edge| match edge.key {
            CursorKey::Number(number) => number,
            CursorKey::Text(_) => panic!("a text in a list of numbers"),
        });
        let cursor = |number: i64| Cursor { sort: "N".to_owned(), key: CursorKey::Number(number), id: Uuid::nil() };
        let wanted = usize::try_from(request.size).unwrap() + 1;
        if request.is_backward {
            all.iter()
                .rev()
                .filter(|n| edge.is_none_or(|edge| **n < edge))
                .take(wanted)
                .map(|n| (cursor(*n), *n))
                .collect()
        } else {
            all.iter().filter(|n| edge.is_none_or(|edge| **n > edge)).take(wanted).map(|n| (cursor(*n), *n)).collect()
        }
    }
}
