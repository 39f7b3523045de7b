//! From a query's text to an operation that is safe to run, remembered so that the next request skips the work.
//!
//! - A document is parsed and validated once; what is remembered is one operation of it with the fragments it uses.
//! - Validation does not look at variables, so what is remembered holds for any of them; they are checked each time.
//! - Nothing runs before the whole operation, its literals and its variables have been found right.
//! - Memory is bounded: a document weighs by the length of its text.

mod absent;
mod documents;
mod operation;
mod persisted;
mod refusal;
mod select;
mod typename;
mod validate;

pub(crate) use documents::Documents;
pub(crate) use operation::{Operation, Ready};
pub(crate) use persisted::{PersistedQuery, Source};
pub(crate) use refusal::refusal;
