//! What a cell holds, and where it stood.

use std::sync::Arc;

use super::row_error::RowError;

/// A value in a file, with the two ways in which it may be absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cell<T> {
    /// The file has no such column: what the shop has is kept.
    #[default]
    Missing,
    /// The column is there and the cell is empty: what the shop has is cleared.
    Empty,
    Value(T),
}

impl<T> Cell<T> {
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The value, where it does not matter why there is none.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Missing | Self::Empty => None,
        }
    }

    pub fn as_ref(&self) -> Cell<&T> {
        match self {
            Self::Missing => Cell::Missing,
            Self::Empty => Cell::Empty,
            Self::Value(value) => Cell::Value(value),
        }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Self::Missing => Cell::Missing,
            Self::Empty => Cell::Empty,
            Self::Value(value) => Cell::Value(change(value)),
        }
    }
}

/// A value that is judged later and remembers where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    pub value: T,
    pub line: u64,
    /// The column's name as the file's header writes it.
    pub column: Arc<str>,
}

impl<T> Located<T> {
    /// The error that refuses this value.
    pub fn refuse(&self, handle: &str, message: impl Into<String>) -> RowError {
        RowError {
            column: Some(self.column.to_string()),
            handle: Some(handle.to_owned()),
            ..RowError::at(self.line, message)
        }
    }
}
