//! Every value that a request brings along is checked against the schema before the operation starts.
//!
//! - Execution skips validation for remembered documents, so nothing else stands between a wrong variable and an
//!   earlier mutation field that has already run.
//! - Variables are made to fit on every request; values written into the document are checked once, when it is new.
//! - What a custom scalar accepts is decided by the [`ScalarCheck`] of that name.

mod coerce;
mod input_types;
mod leaf;
mod literal;
mod path;

pub(crate) use input_types::InputTypes;
pub use input_types::{ScalarCheck, ScalarChecks};
