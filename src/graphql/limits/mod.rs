//! How much one operation may ask for, counted before validation and before any work.
//!
//! - Counting takes time in proportion to the text, also where fragments multiply: each fragment is measured once.
//! - What is counted is the operation as it would run, with its fragments spread out.
//! - A document that passes may be walked with its fragments spread out, by recursion, without harm.

mod measure;
mod text;

pub(crate) use measure::{MAX_NESTING, check_operation, measure};
pub(crate) use text::check_text;
