//! Reads CSV files as people and programs write them.
//!
//! Invariants:
//! - Columns are known by name, whatever their order, letter case and spacing.
//! - Every row and every error knows its physical line (1-based).
//! - A damaged row is told and passed over; only what makes the rest of the file unreadable ends it.
//! - Memory holds one row, within [`limits`].

pub mod cell;
mod first_lines;
mod header;
pub mod limits;
mod row;
mod row_error;
mod source;
mod value;

pub use first_lines::FirstLines;
pub use header::{Column, Header, Names};
pub use row::{Row, RowReading, Rows};
pub use row_error::RowError;
pub use value::{Cell, Located};
